// Whose table is whose, asked of SQLite itself while deeds, folds and queries run: a shape reads its own tables, the village's and the
// journal; only a fold writes, and only its own shape's tables; the journal is written by the store alone, local_* by the village.
//
// SQLite asks when a statement is prepared, and names every table and column it will touch, also those behind `JOIN` and a subquery.
#include "canary_village.h"

#include "app/demo_village.h"

#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <set>
#include <sqlite3.h>

namespace {

// Who speaks to the database now.
struct Watch {
  std::string room;         // of the deed or query that runs; empty: several (a demo's own making), their reads are not judged
  std::string fold;         // of the fold that runs inside it
  bool reading = false;     // a query: nothing may be written at all
  std::set<std::string> wrong;
  std::map<std::string, std::set<std::string>> wrote, read;  // room -> tables: a test that saw nothing would prove nothing

  void set(std::string who, bool only_reading) {
    room = std::move(who);
    reading = only_reading;
  }
};
Watch* watch = nullptr;

std::string prefix(std::string_view table) { return std::string(table.substr(0, table.find('_'))); }

void judge(int action, std::string_view table) {
  if (table.starts_with("sqlite_") || table.empty()) return;
  // What somebody has opened of what is sealed: its twin in memory belongs to the same shape.
  const bool opened = table.starts_with("opened_");
  if (opened) table.remove_prefix(7);
  auto& w = *watch;
  if (opened && w.fold.empty() && action != SQLITE_READ) return;  // the store closes what was opened
  const auto owner = prefix(table);
  const bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
  const auto& who = w.fold.empty() ? w.room : w.fold;
  (writes ? w.wrote : w.read)[who].emplace(table);
  const auto say = [&](const char* what) { w.wrong.insert(fmt::format("{}{} {} {}", who, w.fold.empty() ? "" : " (fold)", what, table)); };
  if (writes) {
    if (!w.fold.empty() && owner != w.fold) say("writes");
    if (w.fold.empty() && w.reading) say("writes in a query");
    if (w.fold.empty() && !w.reading && owner != "journal" && owner != "local") say("writes outside a fold");
    if (w.fold.empty() && owner == "local" && !w.room.empty() && w.room != "village") say("writes");
  } else if (!who.empty() && owner != who && owner != "village" && owner != "journal" && owner != "local") {
    say("reads");
  }
}

int asked(void*, int action, const char* table, const char*, const char*, const char*) {
  if (watch != nullptr && (action == SQLITE_READ || action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE)) judge(action, table != nullptr ? table : "");
  return SQLITE_OK;
}

void listen(store::Store& store) { ASSERT_EQ(sqlite3_set_authorizer(store.database().raw().getHandle(), &asked, nullptr), SQLITE_OK); }

// The house's contract with every fold and reaction announced. A fold is a plain function: each place of the table has its own.
constexpr std::size_t at_most = 160;
std::array<store::FactKind, at_most> kinds_of_the_house;
std::array<store::Reaction, at_most> reactions_of_the_house;

template <std::size_t i>
void announced_fold(store::Fold& fold) {
  const auto before = watch->fold;
  watch->fold = prefix(std::string(kinds_of_the_house[i].kind.substr(0, kinds_of_the_house[i].kind.find('.'))));
  kinds_of_the_house[i].fold(fold);
  watch->fold = before;
}
template <std::size_t i>
void announced_reaction(store::Act& act, const store::Fact& fact) {
  const auto before = watch->room;
  watch->room.clear();  // what joins two shapes is reactions.cpp's to do
  reactions_of_the_house[i].follow(act, fact);
  watch->room = before;
}
template <std::size_t... i>
store::Contract announced(std::index_sequence<i...>) {
  static constexpr std::array<void (*)(store::Fold&), at_most> folds{&announced_fold<i>...};
  static constexpr std::array<void (*)(store::Act&, const store::Fact&), at_most> follows{&announced_reaction<i>...};
  auto contract = shapes::contract();
  if (contract.kinds.size() > at_most || contract.reactions.size() > at_most) throw std::runtime_error("more kinds of fact than places in this test");
  for (std::size_t k = 0; k < contract.kinds.size(); ++k) {
    kinds_of_the_house[k] = contract.kinds[k];
    if (contract.kinds[k].fold != nullptr) contract.kinds[k].fold = folds[k];
  }
  for (std::size_t k = 0; k < contract.reactions.size(); ++k) {
    reactions_of_the_house[k] = contract.reactions[k];
    contract.reactions[k].follow = follows[k];
  }
  return contract;
}
store::Contract announced() { return announced(std::make_index_sequence<at_most>()); }

// All that shapes show: their sheets, figures, lines about people, screens. As staff and as a resident.
void read_everything(Watch& w, store::Store& store, village::SiteId site, const base::Words& words, const std::vector<std::string>& keys, const std::vector<village::PersonId>& people) {
  const auto manager = store::Viewer::of_staff(site.value, store::Role::manager, {}, {});
  for (const auto& viewer : {manager, store::Viewer::resident(site.value, people.front().value, store::Known::secret)}) {
    const auto r = store.reader(viewer);
    for (const auto& shape : shapes::all()) {
      w.set(std::string(shape.name), true);
      for (const auto& sheet : shape.sheets) sheet.rows(r, words, {site, r.today() - std::chrono::days(30), r.today(), true}, [](const std::vector<base::Cell>&) {});
      for (const auto& figure : shape.figures) (void)figure.value(r);
      std::vector<shapes::About> lines;
      if (shape.about != nullptr)
        for (const auto p : people) shape.about(r, p, words, lines);
    }
    for (const auto& faces : app::all_faces()) {
      for (const auto& screen : faces.screens) {
        const auto room = screen.key.substr(0, screen.key.find('/'));
        const bool of_a_shape = std::any_of(shapes::all().begin(), shapes::all().end(), [&](const auto& s) { return s.name == room; });
        w.set(of_a_shape ? room : "", true);  // the desk shows figures and sheets of every shape
        for (const auto& key : keys) {
          parts::Draft draft;
          draft.of<parts::Session>().viewer = viewer;
          draft.of<parts::Session>().site = site;
          if (viewer.role == store::Role::none) draft.of<parts::Session>().who = people.front();
          (void)screen.load(parts::Ask{r, words, key, draft});
        }
      }
      if (faces.alarms) (void)faces.alarms(r, words);
    }
  }
  for (const auto& shape : shapes::all())
    for (const auto& chore : shape.chores) {
      w.set(std::string(shape.name), false);
      store::Act act(store, store::Viewer::clockwork(site.value));
      chore.run(act);
      act.commit();
    }
}

TEST(Tables, are_read_and_written_by_those_whose_they_are) {
  Watch w;
  watch = &w;
  canary::Village v(announced(), [&](canary::Village& made, const char* room) {
    if (w.room.empty()) listen(*made.store);
    w.set(room, false);
  });
  std::vector<village::PersonId> people{v.wang, v.child, v.guests.at("stay"), v.guests.at("sealed")};
  read_everything(w, *v.store, v.here, v.words.at("zh-CN"), v.keys, people);
  w.set("", false);
  watch = nullptr;
  EXPECT_THAT(w.wrong, testing::IsEmpty()) << fmt::format("{}", fmt::join(w.wrong, "\n"));
  for (const auto& shape : shapes::all()) {
    EXPECT_FALSE(w.wrote[std::string(shape.name)].empty()) << shape.name << " wrote nothing: nothing was seen";
    EXPECT_FALSE(w.read[std::string(shape.name)].empty()) << shape.name << " read nothing: nothing was seen";
  }
}

TEST(Tables, of_a_demo_village_are_written_by_folds_alone) {
  Watch w;
  watch = &w;
  const auto folder = std::filesystem::temp_directory_path() / ("tables-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::vector<base::Wrong> wrong;
  const std::filesystem::path source = NUANZHAN_SOURCE_DIR;
  std::set<std::string, std::less<>> built;
  for (const auto& shape : shapes::all()) built.emplace(shape.name);
  shapes::use_catalogue(village::Catalogue::load(source / "db/catalogue", built, wrong), wrong);
  const auto words = base::Words::load(source / "assets/text", "zh-CN", wrong);
  ASSERT_TRUE(wrong.empty()) << base::to_string(wrong);
  {
    base::FixedClock clock(base::instant_at(canary::today, base::Minutes{9 * 60}, {}));
    store::Store store(folder, announced(), clock, store::Store::Options{.seed = 3});
    listen(store);
    (void)app::make_demo(store, clock, words, {.residents = 40, .days = 8, .seed = 3, .names = source / "db/demo/names.toml"}, [](double, const char*) {});
  }
  {
    // Opened anew: statements that were ready from the making would not be asked about again.
    base::FixedClock clock(base::instant_at(canary::today, base::Minutes{9 * 60}, {}));
    store::Store store(folder, announced(), clock);
    listen(store);
    const auto eyes = store.reader(store::Viewer::clockwork({}));
    std::vector<village::PersonId> people;
    for (auto rows = eyes.query("SELECT id FROM village_person ORDER BY name LIMIT 12"); const auto row : rows) people.push_back(row.get<village::PersonId>(0));
    std::vector<std::string> keys{""};
    for (const auto* table : {"village_activity", "attendance_stay", "booking_slot", "booking_place", "request_request", "notice_notice"})
      if (const auto id = eyes.one<base::Uuid>(std::string("SELECT id FROM ") + table + " ORDER BY id LIMIT 1")) keys.push_back(id->text());
    for (const auto& site : village::sites(eyes)) read_everything(w, store, site.id, words, keys, people);
    watch = nullptr;
  }
  std::filesystem::remove_all(folder);
  EXPECT_THAT(w.wrong, testing::IsEmpty()) << fmt::format("{}", fmt::join(w.wrong, "\n"));
  EXPECT_TRUE(w.wrote[""].contains("journal_fact"));
}

}  // namespace
