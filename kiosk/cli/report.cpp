// `report` writes a sheet as xlsx, csv, pdf or json.
#include "cli/cli.h"
#include "paper/counts.h"
#include "paper/writer.h"
#include "shapes/shape.h"
#include "store/envelope.h"
#include "store/mark.h"
#include "village/handed.h"
#include "village/reading.h"

#include <CLI/CLI.hpp>
#include <array>
#include <algorithm>
#include <fmt/format.h>

namespace cli {
namespace {

// The township's secret key opens what is confidential: from then on `eyes` sees it, in this program's memory alone. Words for why not; then nothing
// was opened and nothing remembered. What was found is remembered under an id that is no account's, sealed for the township.
std::optional<std::string> open_confidential(store::Store& store, const store::Reader& eyes) {
  const auto pair = asked_for_secret();
  if (!pair) return "that is no secret key: 44 characters, as `nuanzhan keys make` prints them after \"secret\"";
  std::int64_t envelopes = 0;
  const std::array pairs{&*pair};
  const auto handed = village::handed_to(eyes, pairs);
  bool opens = !handed.empty();
  // Newest first: it may be a key that the township was given later.
  for (auto rows = eyes.query("SELECT body FROM journal_fact WHERE subject = ? ORDER BY number DESC", store::envelope::subject()); const auto row : rows) {
    store::Fact outside;
    outside.body = row.get<std::string>(0);
    const auto sealed = store::envelope::sealed_in(outside);
    auto inside = sealed ? store::open(*sealed, *pair) : std::nullopt;
    ++envelopes;
    if (!inside) continue;
    store::wipe(*inside);
    opens = true;
    break;
  }
  if (envelopes == 0) return "nothing confidential stands in this journal";
  if (!opens) {
    const auto township = store::township_key(store.folder());
    if (township && *township == pair->open_to_all()) return "the township's key came here after everything confidential that is here: none of it was sealed for it";
    return fmt::format("this key opens nothing of what is confidential here{}", township ? "" : ", and this machine has no township key (nuanzhan keys township)");
  }
  const auto found = store.open_envelopes(pairs, handed, base::id_of("the township")).facts;
  store.show_opened(eyes.viewer(), found);
  fmt::print(stderr, "what is confidential is counted in it ({} of its facts were opened); what was said before the township gave its key is among them once a clerk or manager has opened it with their card after that day\n",
             found.size());
  return std::nullopt;
}

// Who wrote a sheet that names people, or opened what is confidential for it, is written down before it is.
void note(store::Store& store, const store::Reader& eyes, const std::string& sheet, bool confidential) {
  store::Act act(store, eyes.viewer());
  if (!village::note_sheet(act, sheet, {}, confidential)) throw std::logic_error("whoever writes sheets is staff");
  (void)act.commit();
}

}  // namespace

void add_report(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("report", "write a sheet: without --sheet, list what there is");
  struct Asked { std::string sheet, month, from, to, site, out, form, language = "zh-CN"; bool no_names = false, confidential = false; };
  auto asked = std::make_shared<Asked>();
  verb->add_option("--sheet", asked->sheet, "name of the sheet, as attendance.month");
  verb->add_option("--month", asked->month, "as 2026-11");
  verb->add_option("--from", asked->from, "first day, as 2026-11-01");
  verb->add_option("--to", asked->to, "last day");
  verb->add_option("--site", asked->site, "one site only: id, kind or part of its name");
  verb->add_option("--out", asked->out, "file; its ending says the form: .xlsx .csv .pdf .json");
  verb->add_option("--language", asked->language, "language of headings")->capture_default_str();
  verb->add_flag("--no-names", asked->no_names, "counts only: a sheet of one line a person is gathered, with how many lines each count stands for");
  verb->add_flag("--confidential", asked->confidential, "count what is confidential too: the township's secret key is read from standard input");
  verb->callback([&common, result, asked] {
    result([&common, asked] {
      const auto words = common.words();
      if (!words.contains(asked->language)) throw CLI::ValidationError("--language", "there is no such language");
      const auto& w = words.at(asked->language);
      auto store = common.open(false);
      std::vector<const shapes::Sheet*> all;
      for (const auto& shape : shapes::all())
        for (const auto& sheet : shape.sheets) all.push_back(&sheet);
      const auto title = [&](const shapes::Sheet& s) {
        const auto dot = s.name.find('.');
        return w.text(std::string(s.name.substr(0, dot)) + ".sheet." + std::string(s.name.substr(dot + 1)) + ".title");
      };
      if (asked->sheet.empty()) {
        for (const auto* s : all) fmt::print("{:<24} {}\n", s->name, title(*s));
        return done;
      }
      const auto found = std::find_if(all.begin(), all.end(), [&](const auto* s) { return s->name == asked->sheet; });
      if (found == all.end()) throw CLI::ValidationError("--sheet", "there is no such sheet; `nuanzhan report` lists them");
      if (asked->out.empty()) throw CLI::ValidationError("--out", "say which file to write");
      const auto form = paper::form_of(std::filesystem::path(asked->out).extension().string());
      if (!form) throw CLI::ValidationError("--out", "the file must end in .xlsx, .csv, .pdf or .json");
      shapes::SheetAsk ask;
      ask.names = !asked->no_names;
      const auto today = base::day_of(common.clock().now(), store->place());
      const auto date = base::date_of(today);
      ask.from = base::day(date.year() / date.month() / 1);
      ask.to = base::day(date.year() / date.month() / std::chrono::last);
      if (!asked->month.empty()) {
        base::Day first;
        if (!base::parse_day(asked->month + "-01", first)) throw CLI::ValidationError("--month", "give a month as 2026-11");
        ask.from = first;
        const auto d = base::date_of(first);
        ask.to = base::day(d.year() / d.month() / std::chrono::last);
      }
      if (!asked->from.empty() && !base::parse_day(asked->from, ask.from)) throw CLI::ValidationError("--from", "give a day as 2026-11-01");
      if (!asked->to.empty() && !base::parse_day(asked->to, ask.to)) throw CLI::ValidationError("--to", "give a day as 2026-11-30");
      if (ask.to < ask.from) throw CLI::ValidationError("--to", "the last day, " + base::iso(ask.to) + ", is before the first, " + base::iso(ask.from));
      const auto eyes = store->reader(store::Viewer::of_staff({}, store::Role::manager, {}, {}));
      std::string place;
      if (!asked->site.empty()) {
        const auto site = village::site_meant(eyes, asked->site);
        if (!site) no_such_site(*store, asked->site);
        ask.site = site->id;
        place = site->name;
      }
      const auto& sheet = **found;
      if (asked->confidential)
        if (const auto why = open_confidential(*store, eyes)) {
          fmt::print(stderr, "{}; nothing was written\n", *why);
          return not_done;
        }
      // A mark is a promise about what was said: none where the chain is broken.
      if (const auto chain = store->verify_chain(); chain.broken_at != 0) {
        fmt::print(stderr, "fact {} of the journal was changed or lost: nuanzhan doctor says what to do; nothing was written\n", chain.broken_at);
        return not_done;
      }
      if (ask.names || asked->confidential) note(*store, eyes, asked->sheet, asked->confidential);
      base::SheetHead head{std::string(sheet.name), title(sheet),
                           (place.empty() ? "" : place + "  ") + base::iso(ask.from) + " – " + base::iso(ask.to) + "  " + w.text("paper.mark", {{"mark", store::mark(*store).text()}}), {}};
      paper::Counts counts(sheet.columns);
      const bool gather = asked->no_names && counts.gathers();
      head.columns = gather ? counts.columns() : sheet.columns;
      std::int64_t rows = 0;
      paper::Writer writer(*form, asked->out);
      writer.begin(head, w, store->place());
      const base::RowSink write = [&](const std::vector<base::Cell>& cells) {
        writer.row(cells);
        ++rows;
      };
      if (gather) {
        sheet.rows(eyes, w, ask, [&](const std::vector<base::Cell>& cells) { counts.add(cells); });
        counts.each(write);
      } else {
        sheet.rows(eyes, w, ask, write);
      }
      writer.end();
      fmt::print("{} rows in {}\n", rows, asked->out);
      return done;
    });
  });
}

}  // namespace cli
