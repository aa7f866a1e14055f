// `journal` prints facts: ids and kinds; names only when asked for. And the mark that stands on paper, against which it is checked.
#include "cli/cli.h"
#include "store/mark.h"
#include "village/people.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace cli {
namespace {

int check(store::Store& store, const store::Mark& paper) {
  if (const auto chain = store.verify_chain(); chain.broken_at != 0) {
    fmt::print(stderr, "fact {} was changed or lost: somebody wrote into the database, or the disk is bad. nuanzhan doctor says what to do\n", chain.broken_at);
    return not_done;
  }
  const auto here = store::mark_at(store, paper.facts);
  if (here == paper) {
    fmt::print("the first {} facts are as they were when this mark was printed; {} came later. It vouches for the journal, not for figures that somebody typed on paper: "
               "write the sheet of that month anew and compare\n", paper.facts, store::mark(store).facts - paper.facts);
    return done;
  }
  fmt::print(stderr, "{}: what stands here is not what stood here then, or the mark was copied wrongly. (An older backup that was put in has fewer facts: what came later lies in second/before-restore)\n",
             here ? "another mark, " + here->text() : fmt::format("only {} facts are here", store::mark(store).facts));
  return not_done;
}

}  // namespace

void add_journal(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("journal", "print the newest facts, oldest first");
  auto last = std::make_shared<int>(20);
  auto json = std::make_shared<bool>(false);
  auto names = std::make_shared<bool>(false);
  verb->add_option("--last", *last, "how many")->capture_default_str()->check(CLI::Range(1, 10'000'000));
  verb->add_flag("--json", *json, "one JSON object a line");
  verb->add_flag("--names", *names, "with the names of the people concerned");
  auto mark = std::make_shared<bool>(false);
  auto paper = std::make_shared<std::string>();
  verb->add_flag("--mark", *mark, "print the mark of all facts that are here, as it stands on sheets");
  verb->add_option("--check", *paper, "compare with the mark on a sheet, as 1234-7K3Q-9XPM-4F2A: were facts changed or taken away since? exit 1 when they were");
  verb->callback([&common, result, last, json, names, mark, paper] {
    result([&common, last, json, names, mark, paper] {
      const auto on_paper = store::parse_mark(*paper);
      if (!paper->empty() && !on_paper) throw CLI::ValidationError("--check", "a mark is a number and twelve characters, as 1234-7K3Q-9XPM-4F2A");
      auto store = common.open(false);
      if (on_paper) return check(*store, *on_paper);
      if (*mark) {
        if (const auto chain = store->verify_chain(); chain.broken_at != 0) {
          fmt::print(stderr, "fact {} was changed or lost: no mark is given before nuanzhan doctor --heal\n", chain.broken_at);
          return int{not_done};
        }
        fmt::print("{}\n", store::mark(*store).text());
        return int{done};
      }
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
      return int{done};
    });
  });
}

}  // namespace cli
