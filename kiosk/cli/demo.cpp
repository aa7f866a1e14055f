// `demo` makes a village to try.
#include "app/demo_village.h"
#include "cli/cli.h"
#include "shapes/shape.h"
#include "store/heal.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fstream>
#include <unistd.h>

namespace cli {

void add_demo(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("demo", "make a village to try: people, sites, staff, activities and a history; the same seed gives the same village");
  auto options = std::make_shared<app::DemoOptions>();
  auto json = std::make_shared<bool>(false);
  verb->add_option("--residents", options->residents, "how many people live there")->capture_default_str()->check(CLI::Range(60, 1'000'000));
  verb->add_option("--days", options->days, "days of history before today")->capture_default_str()->check(CLI::Range(0, 3660));
  verb->add_option("--kiosks", options->kiosks, "villages whose centres have a kiosk and a history; of the others only the people are known")->capture_default_str()->check(CLI::Range(1, 1000));
  verb->add_option("--seed", options->seed, "another number, another village")->capture_default_str();
  verb->add_flag("--json", *json, "print counts, staff numbers with their PINs, cards and secrets as JSON");
  verb->callback([&common, result, options, json] {
    result([&common, options, json] {
      std::filesystem::create_directories(common.data);
      const OneKiosk alone(common.data);  // two that make a village in one place at once would make neither
      // A demo that was cut short is begun anew; any other village is left alone.
      const auto unfinished = common.data / demo_unfinished;
      const bool begun = std::filesystem::exists(unfinished);
      if (!begun && std::filesystem::exists(common.data / "nuanzhan.db")) {
        fmt::print(stderr, "there is a village in {} already; choose another --data directory\n", common.data.string());
        return not_done;
      }
      // Not where a village was: what is invented would go into its second journal, and come back with it.
      if (const auto left = store::left_of_village(common.data); !left.empty() && !begun) {
        fmt::print(stderr, "in {} lies what is left of a village ({}), though its database is gone: nuanzhan doctor --heal brings it back; for a village to try choose another --data directory\n",
                   common.data.string(), left);
        return not_done;
      }
      if (begun)
        for (const auto* part : {"nuanzhan.db", "nuanzhan.db-wal", "nuanzhan.db-shm"}) std::filesystem::remove(common.data / part);
      common.use_catalogue();
      auto words = common.words();
      base::FixedClock clock(common.clock().now());
      store::Store::Options open;
      open.seed = options->seed;
      options->names = common.share() / "db" / "demo" / "names.toml";
      std::ofstream(unfinished) << "`nuanzhan demo` has not come to its end\n";
      store::Store store(common.data, shapes::contract(), clock, open);
      // Days of history cost about the same each: once some are made, it is known how long the rest will take. Before, nobody knows.
      using Clock = std::chrono::steady_clock;
      std::optional<std::pair<double, Clock::time_point>> first_day;
      // On a terminal one line that is written over; in a file or a pipe one line each ten per cent.
      const bool terminal = isatty(STDERR_FILENO) == 1;
      int shown = -1;
      const auto made = app::make_demo(store, clock, words.at("zh-CN"), *options, [&](double share, const char* what) {
        const int percent = static_cast<int>(share * 100) / (terminal ? 1 : 10);
        if (percent == shown) return;
        shown = percent;
        auto line = fmt::format("{:3.0f} %  {}", share * 100, what);
        if (what == std::string_view("history")) {
          if (!first_day) first_day.emplace(share, Clock::now());
          const double made = share - first_day->first, gone = std::chrono::duration<double>(Clock::now() - first_day->second).count();
          const double left = made > 0.05 ? gone / made * (1 - share) : 0;
          if (left >= 1) line += fmt::format(", about {:.0f} s left", left);
        }
        if (terminal)
          fmt::print(stderr, "\r{:<50}", line);
        else
          fmt::print(stderr, "{}\n", line);
        std::fflush(stderr);
      });
      if (terminal) fmt::print(stderr, "\r{:60}\r", "");
      std::ofstream(common.data / "demo-village.txt") << "made by `nuanzhan demo`; no real people\n";
      std::ofstream(common.data / "demo-village.json") << made.dump(1) << "\n";
      std::filesystem::remove(unfinished);
      if (*json) {
        fmt::print("{}\n", made.dump(1));
        return done;
      }
      fmt::print("{} residents in {} households, {} villages, {} sites, {} activities, {} facts of {} days\n", made["residents"].dump(), made["households"].dump(), made["villages"].dump(),
                 made["sites"].dump(), made["activities"].dump(), made["facts"].dump(), made["days"].dump());
      fmt::print("\nstaff sign in with number and PIN; with their card too what is confidential opens:\n");
      for (const auto& s : made["staff"])
        fmt::print("  {}  {}  {:<10} {:<10} {}\n", s["number"].get<std::string>(), s["pin"].get<std::string>(), s.value("card", "no card"), s["role"].get<std::string>(),
                   s["called"].get<std::string>());
      fmt::print("\na few cards (type the code and Enter, as a reader does):\n");
      int n = 0;
      for (const auto& c : made["cards"])
        if (++n <= 6) fmt::print("  {}  {} ({})\n", c["code"].get<std::string>(), c["name"].get<std::string>(), c["who"].get<std::string>());
      fmt::print("\nopen it:  nuanzhan run --data {}\n", common.data.string());
      return done;
    });
  });
}

}  // namespace cli
