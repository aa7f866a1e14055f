// `journal` prints facts: ids and kinds; names only when asked for.
#include "cli/cli.h"
#include "village/people.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace cli {

void add_journal(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("journal", "print the newest facts, oldest first");
  auto last = std::make_shared<int>(20);
  auto json = std::make_shared<bool>(false);
  auto names = std::make_shared<bool>(false);
  verb->add_option("--last", *last, "how many")->capture_default_str()->check(CLI::Range(1, 10'000'000));
  verb->add_flag("--json", *json, "one JSON object a line");
  verb->add_flag("--names", *names, "with the names of the people concerned");
  verb->callback([&common, result, last, json, names] {
    result([&common, last, json, names] {
      auto store = common.open(false);
      const auto eyes = store->reader(store::Viewer::of_staff({}, store::Role::manager, {}, {}));
      const auto newest = eyes.count("SELECT max(number) FROM journal_fact");
      store->each_fact(std::max<std::int64_t>(0, newest - *last), [&](std::int64_t, const store::Fact& f) {
        std::string name;
        if (*names && f.person)
          if (const auto face = village::face(eyes, village::PersonId{*f.person})) name = face->name;
        if (*json) {
          nlohmann::json j{{"id", f.id.text()}, {"origin", f.origin.text()}, {"seq", f.seq}, {"kind", f.kind}, {"version", f.version}, {"at", base::iso(f.at, store->place())},
                           {"clock", f.clock_sure ? "sure" : "unsure"}, {"subject", f.subject.text()}, {"means", f.means}, {"offer", f.offer}};
          const auto put = [&](const char* key, const std::optional<base::Uuid>& id) { j[key] = id ? nlohmann::json(id->text()) : nlohmann::json(nullptr); };
          put("person", f.person);
          put("site", f.site);
          put("by", f.by);
          put("corrects", f.corrects);
          // Who touched the glass for the resident: an id, or "other" for somebody the register does not know.
          if (const auto body = f.json(); body.contains("helped_by")) j["helped_by"] = body["helped_by"];
          if (!name.empty()) j["name"] = name;
          fmt::print("{}\n", j.dump());
        } else {
          fmt::print("{:>8}  {}  {:<28} {:<8} {}  {}\n", f.seq, base::iso(f.at, store->place()), f.kind, f.means, f.person ? f.person->text() : std::string(36, ' '), name);
        }
        return true;
      });
      return done;
    });
  });
}

}  // namespace cli
