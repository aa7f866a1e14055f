// `staff` lists the accounts, makes the first one, and gives a new PIN when it was forgotten: the way in when nobody can sign in.
#include "cli/cli.h"
#include "cli/unseen.h"
#include "shapes/shape.h"
#include "village/keys.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <iostream>
#include <unistd.h>

namespace cli {

void add_staff(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("staff", "list staff accounts; give a new PIN (read from standard input, never from the command line)");
  struct Asked { std::string number; bool new_pin = false, json = false; };
  auto asked = std::make_shared<Asked>();
  auto* number = verb->add_option("--number", asked->number, "staff number");
  verb->add_flag("--new-pin", asked->new_pin, "set a new PIN for --number; type it twice, a line each")->needs(number);
  verb->add_flag("--json", asked->json, "print as JSON");
  verb->callback([&common, result, asked] {
    result([&common, asked] {
      auto store = common.open(false);
      const auto viewer = store::Viewer::of_staff({}, store::Role::manager, {}, {});
      const auto all = village::all_staff(store->reader(viewer));
      if (!asked->new_pin) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& s : all) {
          if (asked->json) list.push_back({{"number", s.number}, {"role", store::name(s.role)}, {"id", s.id.text()}});
          else fmt::print("{:<8} {:<10} {}\n", s.number, store::name(s.role), s.id.text());
        }
        if (asked->json) fmt::print("{}\n", list.dump());
        return done;
      }
      for (const auto& s : all) {
        if (s.number != asked->number) continue;
        std::string first, second;
        const bool both = [&] {
          const bool asks = ::isatty(0) != 0;
          const Unseen unseen(asks);  // whoever looks over the shoulder sees no digits, and the terminal keeps none
          if (asks) fmt::print(stderr, "new PIN (six digits, not shown): ");
          std::getline(std::cin, first);
          if (asks) fmt::print(stderr, "\nonce more: ");
          return static_cast<bool>(std::getline(std::cin, second));
        }();
        if (!both) {
          fmt::print(stderr, "{}; nothing was changed\n",
                     first.empty() ? "no PIN came in: type it twice, a line each" : "the second line is missing: type the PIN twice, a line each");
          return not_done;
        }
        if (first != second) {
          fmt::print(stderr, "the two are not the same; nothing was changed\n");
          return not_done;
        }
        if (village::weak_pin(first)) {
          fmt::print(stderr, "that PIN is too easy to guess: six digits, not a run, not all the same; nothing was changed\n");
          return not_done;
        }
        const auto r = store->reader(viewer);
        village::StaffEdit edit;
        edit.id = s.id;
        edit.pin_hash = village::hash_pin(first, static_cast<int>(r.setting("pin.passes", std::int64_t{3})), static_cast<int>(r.setting("pin.memory_mib", std::int64_t{128})));
        // It was forgotten: another key, for what was sealed with the old one nobody can open any more.
        edit.key = village::wrap_key(store::KeyPair::make(), first, static_cast<int>(r.setting("pin.passes", std::int64_t{3})), static_cast<int>(r.setting("pin.memory_mib", std::int64_t{128})));
        store::Act act(*store, viewer);
        const auto saved = village::save_staff(act, edit);
        if (!saved) {
          fmt::print(stderr, "it was refused: {}\n", village::name(saved.error()));
          return not_done;
        }
        act.commit();
        fmt::print("{} has a new PIN\n", asked->number);
        return done;
      }
      fmt::print(stderr, "there is no staff account with this number\n");
      return not_done;
    });
  });
}

}  // namespace cli
