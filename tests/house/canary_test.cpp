// Canaries: every restricted record carries a word of its own; each query, screen and sheet, asked as each kind of viewer, may tell a word
// only where tests/house/canaries.csv says so, and must tell it there. The trace and the log of a run may tell none.
//
// canaries.csv: record, where it turns up, then one column a viewer. A record and place without a line is told to nobody.
#include "canary_village.h"

#include "app/kiosk.h"
#include "base/log.h"
#include "desk/home.h"
#include "parts/pick_person.h"
#include "ui/headless.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sstream>

namespace {

using canary::Village;
using store::Viewer;

// What was told, as one text: blanks and dashes inside numbers left out, ids of people as their names.
class Told {
 public:
  explicit Told(const Village& v) : v_(v) {}
  Told& operator<<(const std::string& s) { text_ += s + "\n"; return *this; }
  template <class Tag>
  Told& operator<<(const base::Id<Tag>& id) {
    const auto found = v_.names.find(id.text());
    return *this << (found == v_.names.end() ? id.text() : found->second);
  }
  template <class T>
  Told& operator<<(const std::optional<T>& o) { return o ? *this << *o : *this; }
  template <class T>
  Told& operator<<(const std::vector<T>& all) {
    for (const auto& one : all) *this << one;
    return *this;
  }
  Told& operator<<(base::Instant at) { return *this << base::hour_minute(base::minutes_of_day(at, {})); }
  Told& operator<<(const village::FaceOf& f) { return *this << f.name << f.called << f.photo; }
  Told& operator<<(const village::Person& p) { return *this << p.name << p.phone << p.photo << p.emergency_contact; }
  Told& operator<<(const village::Household& h) { return *this << h.number << h.phone << h.note; }
  Told& operator<<(const village::Carer& c) { return *this << c.child << c.relation << c.face; }
  Told& operator<<(const village::Staff& s) { return *this << s.face; }
  Told& operator<<(const attendance::Stay& s) { return *this << s.person << s.came << s.meal << s.fetched_by; }
  Told& operator<<(const attendance::RefusedFetch& f) { return *this << f.child; }
  Told& operator<<(const attendance::RollLine& l) { return *this << l.face; }
  Told& operator<<(const booking::Slot& s) { return offer(s.offer) << s.by_whom << s.close_reason; }
  Told& operator<<(const booking::Booking& b) {
    offer(b.offer) << b.person << b.by_whom << b.reason;
    return b.transport ? *this << v_.odd.at("wang.transport") : *this;
  }
  Told& operator<<(const request::Request& r) { return offer(r.offer) << r.person; }
  Told& operator<<(const request::Step& s) { return *this << s.by << s.to; }
  Told& operator<<(const notice::Notice& n) { return *this << n.title << n.text << n.about; }
  Told& operator<<(const notice::Attraction& a) { return *this << a.title; }
  Told& operator<<(const notice::Wanting& w) { return *this << w.person; }
  Told& operator<<(const village::Offer* o) { return offer(o->code); }
  Told& operator<<(const ui::Outline& o) {
    for (const auto& w : o.widgets) *this << w.id << w.label << w.voice << w.picture;
    return *this << o.speak_text;
  }
  [[nodiscard]] bool tells(const std::string& word) const {
    for (std::size_t from = 0; from <= word.size();) {
      const auto bar = std::min(word.find('|', from), word.size());
      if (text_.find(word.substr(from, bar - from)) != std::string::npos || packed().find(word.substr(from, bar - from)) != std::string::npos) return true;
      from = bar + 1;
    }
    return false;
  }

 private:
  // A code that was told is a label that was told; codes themselves are keys of screens.
  Told& offer(const std::string& code) { return *this << (code.empty() ? code : v_.words.at("zh-CN").text("catalogue.offer." + code + ".label")); }
  [[nodiscard]] const std::string& packed() const {
    if (packed_.empty())
      for (const char c : text_)
        if (c != ' ' && c != '-') packed_ += c;
    return packed_;
  }
  const Village& v_;
  std::string text_;
  mutable std::string packed_;
};

using Places = std::map<std::string, Told>;  // attendance: its queries; attendance/: its screens; mine, mine/; sheets; home: with bar and alarms

std::vector<village::PersonId> everybody(const Village& v) {
  std::vector<village::PersonId> all;
  for (const auto& [id, name] : v.names) all.push_back(*village::PersonId::parse(id));
  return all;
}

void ask_the_village(Village& v, const store::Reader& r, Told& told) {
  for (const auto p : everybody(v)) {
    told << village::person(r, p) << village::cards_of(r, p) << village::carers(r, p) << village::wards(r, p);
    if (const auto face = village::face(r, p)) told << face->photo;  // whose face a kiosk shows is asked below: here by an id that only a record gives
  }
  if (village::consent_version(r, v.wang, "screening")) told << v.odd.at("wang.consent");
  for (const auto& site : village::sites(r)) {
    told << village::faces(r, site.id, v.group, 0, 100) << village::faces(r, site.id, {}, 0, 100);
    told << village::on_duty(r, site.id);
  }
  told << village::households(r, v.group, 0, 100) << village::household(r, v.house) << village::members(r, v.house);
  for (const auto* typed : {"王", "钱", "饕", "NZ", "1397", "李", "秦", "许"}) told << village::find(r, typed, 24);
  told << village::staff(r) << village::all_staff(r);
}

void ask_attendance(Village& v, const store::Reader& r, Told& told) {
  for (const auto p : everybody(v)) {
    told << attendance::any_open_stay(r, p) << attendance::last_stay_today(r, p);
    for (const auto* offer : {"odd_stay", "odd_room"}) told << attendance::open_stay(r, p, offer);
    if (attendance::time_here(r, p, std::chrono::year{2026} / 11)) told << p;
  }
  for (auto rows = v.store->reader(v.machine()).query("SELECT id FROM attendance_stay"); const auto row : rows) told << attendance::stay(r, row.get<attendance::StayId>(0));
  told << attendance::here_now(r) << attendance::stays_on(r, canary::today) << attendance::regulars_missing(r) << attendance::late_pickups(r) << attendance::refused_fetches(r);
  told << attendance::roll(r, v.session).lines << attendance::roll(r, v.singing).lines;
}

void ask_booking(Village& v, const store::Reader& r, Told& told) {
  for (const auto p : everybody(v)) {
    told << booking::sign_up_of(r, p, v.singing);
    for (const auto* o : booking::offers(r, p)) told << o;
  }
  for (const auto s : {v.screening, v.screening_closed, v.pressure, v.pressure_closed}) told << booking::slot(r, s) << booking::bookings_of(r, s);
  for (auto rows = v.store->reader(v.machine()).query("SELECT id FROM booking_place"); const auto row : rows) told << booking::booking(r, row.get<booking::BookingId>(0));
  for (int days = 0; days < 6; ++days) {
    const auto day = canary::today + std::chrono::days(days);
    told << booking::slots_on(r, day) << booking::bookings_on(r, day);
    for (const auto* offer : {"odd_screening", "odd_pressure"}) told << booking::slots(r, offer, day);
  }
  told << booking::slots_ahead(r) << booking::by_whom_before(r) << booking::bookings_of(r, v.singing) << booking::waiting(r) << booking::to_tell(r);
}

void ask_request(Village& v, const store::Reader& r, Told& told) {
  for (auto rows = v.store->reader(v.machine()).query("SELECT id FROM request_request"); const auto row : rows) {
    const auto id = row.get<request::RequestId>(0);
    told << request::one(r, id) << request::history(r, id);
    for (const auto& said : request::said_of(r, id)) told << std::to_string(said.seconds) + "秒上下";
  }
  told << request::queue(r) << request::urgent_open(r) << request::urgent_all(r) << request::urgent_reaches(r);
  for (const auto* o : request::askable(r, v.wang)) told << o;
}

// What a person finds under "mine" when she comes back another day, without the id that a receipt gave.
void ask_mine(Village& v, const store::Reader& r, Told& told) {
  for (const auto p : everybody(v)) told << request::mine(r, p) << booking::mine(r, p);
}

void ask_notice(Village& v, const store::Reader& r, Told& told) {
  for (int days = 0; days < 8; ++days) told << notice::current(r, r.today() + std::chrono::days(days));
  for (auto rows = v.store->reader(v.machine()).query("SELECT id FROM notice_notice"); const auto row : rows) {
    const auto id = row.get<notice::NoticeId>(0);
    told << notice::one(r, id) << notice::wanting(r, id);
    for (const auto p : everybody(v))
      if (notice::wants(r, id, p)) told << p;
  }
  told << notice::for_attract(r) << notice::board(r);
}

void ask_sheets(Village& v, const store::Reader& r, Told& told) {
  const auto cell = [&](const base::Cell& c) {
    if (const auto* text = std::get_if<std::string>(&c)) told << *text;
    if (const auto* at = std::get_if<base::Instant>(&c)) told << *at;
    if (const auto* minutes = std::get_if<base::Minutes>(&c)) told << base::hour_minute(*minutes);
  };
  for (const auto& shape : shapes::all())
    for (const auto& sheet : shape.sheets)
      for (const auto& site : {std::optional<village::SiteId>{}, std::optional(v.here)})
        sheet.rows(r, v.words.at("zh-CN"), {site, canary::on(11, 1), canary::on(11, 30), true}, [&](const std::vector<base::Cell>& cells) {
          for (const auto& c : cells) cell(c);
        });
}

void see_screens(Village& v, const Viewer& viewer, const std::vector<parts::Faces>& faces, Places& places) {
  const auto& words = v.words.at("zh-CN");
  const auto r = v.store->reader(viewer);
  ui::Look look;
  look.reduced_motion = true;
  ui::Headless glass(ui::reference_glasses()[2].glass, look, &words);
  auto keys = v.keys;
  for (const auto& [record, id] : v.guests) keys.push_back(id.text());
  for (const auto& shape : faces)
    for (const auto& screen : shape.screens) {
      auto room = screen.key.substr(0, screen.key.find('/') + 1);
      if (room == "identify/" || room == "pick/" || room == "type/") room = "parts/";
      if (screen.key.ends_with("/mine")) room = "mine/";
      auto& told = places.try_emplace(room, v).first->second;
      const auto last = keys.size() - (room == "desk/" && viewer.is_staff() ? 0 : v.guests.size());  // a guest's own id is a key of staff's pages alone
      for (std::size_t k = 0; k < last; ++k) {
        parts::Draft draft;
        auto& session = draft.of<parts::Session>();
        session.viewer = viewer;
        session.site = village::SiteId{viewer.site};
        if (viewer.role == store::Role::none && viewer.person) session.who = village::PersonId{*viewer.person};
        if (viewer.staff) session.staff = village::StaffId{*viewer.staff};
        const auto model = screen.load(parts::Ask{r, words, keys[k], draft});
        if (screen.on_open) (void)screen.on_open(draft, model);
        glass.look.staff = screen.ground == parts::Ground::staff;
        glass.look.overlay = screen.ground == parts::Ground::overlay;
        const ui::Headless::Draw draw = [&](ui::Ui& ui) { screen.draw(ui, model, draft); };
        ui::Outline before;
        for (int page = 0; page < 12; ++page) {  // the last page stays when it is turned once more
          draft.of<parts::Pages>().at[screen.key] = page;
          (void)glass.step({}, draw, 1000);
          if (glass.frame().outline() == before) break;
          before = glass.frame().outline();
          told << before;
        }
      }
    }
}

// A kiosk as it runs: trace, log, alarms, bar, what is spoken.
struct Machine {
  Machine(Village& v, const std::filesystem::path& file)
      : trace(file, false), workers([] {}), kiosk({*v.store, trace, workers, app::all_faces(), v.words, "zh-CN", v.here, {}, false, true}), v(v) {}
  void see(const Viewer& viewer, Told* told) {
    kiosk.become(identity(viewer));
    for (int i = 0; i < 3; ++i) {
      kiosk.tick(now += 31'000);
      look_at();
    }
    EXPECT_TRUE(std::ranges::any_of(frame.outline().widgets, [](const auto& w) { return w.id.starts_with("alarm:"); })) << "no alarm stands: nothing was seen of it";
    *told << frame.outline();
  }
  // One frame. A finger rests on the glass, so that nobody is asked whether they are still there.
  void look_at() {
    const auto& glass = ui::reference_glasses()[2].glass;
    ui::Input input;
    input.events.push_back(ui::touch_at(ui::Did::touch_move, 0, 0, glass, now));
    const auto drawn = kiosk.draw(frame, glass, input, now += 1000);
    kiosk.presented(frame, glass, drawn);
  }
  static parts::Identity identity(const Viewer& viewer) {
    parts::Identity who;
    if (viewer.staff) who.staff = village::StaffId{*viewer.staff}, who.role = viewer.role;
    else if (viewer.person) who.person = village::PersonId{*viewer.person}, who.known = viewer.known;
    return who;
  }
  app::Trace trace;
  app::Workers workers;
  app::Kiosk kiosk;
  ui::Frame frame;
  Village& v;
  std::int64_t now = 1'000'000;
};

// Every screen of everything, for the files a run leaves behind.
void run_through(Village& v, const std::filesystem::path& file) {
  Machine machine(v, file);
  for (const auto& [who, viewer] : v.viewers()) {
    if (who != "nobody" && who != "secret" && who != "manager") continue;  // who sees least, her own, and most
    for (const auto& faces : app::all_faces())
      for (const auto& screen : faces.screens)
        for (const auto& key : v.keys) {
          machine.kiosk.go_home(false);
          machine.kiosk.become(Machine::identity(viewer));
          machine.kiosk.open(screen.key, key);
          machine.look_at();
        }
    machine.kiosk.card(v.odd.at("wang.card"));
    machine.kiosk.card("NZ000000025");
  }
}

void prepare_tiles() {
  std::vector<parts::HomeTile> tiles;
  for (const auto& f : app::all_faces()) tiles.insert(tiles.end(), f.tiles.begin(), f.tiles.end());
  desk::set_home_tiles(std::move(tiles));
}

Village& a_village() {
  static Village v;
  static const bool ready = (prepare_tiles(), true);
  (void)ready;
  return v;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Canaries, a_record_is_told_only_where_the_table_says_so) {
  auto& v = a_village();
  const auto faces = app::all_faces();
  const auto viewers = v.viewers();
  std::map<std::string, std::vector<std::string>> cells_of;  // "record,where" -> a cell a viewer
  for (std::size_t i = 0; i < viewers.size(); ++i) {
    const auto& [who, viewer] = viewers[i];
    const auto r = v.store->reader(viewer);
    Places places;
    const auto at = [&](const char* where) -> Told& { return places.try_emplace(where, v).first->second; };
    ask_the_village(v, r, at("village"));
    ask_attendance(v, r, at("attendance"));
    ask_booking(v, r, at("booking"));
    ask_request(v, r, at("request"));
    ask_notice(v, r, at("notice"));
    ask_mine(v, r, at("mine"));
    ask_sheets(v, r, at("sheets"));
    see_screens(v, viewer, faces, places);
    if (viewer.site == v.here.value) {
      Machine machine(v, v.folder / "home.trace");
      machine.see(viewer, &at("home"));
    }
    for (const auto& [record, word] : v.odd)
      for (const auto& [where, told] : places)
        if (told.tells(word)) cells_of.try_emplace(record + "," + where, viewers.size(), "-").first->second[i] = "yes";
  }
  std::map<std::string, std::string> found;
  for (const auto& [place, cells] : cells_of) found[place] = fmt::format("{}", fmt::join(cells, ","));

  std::string head = "record,where";
  for (const auto& [who, viewer] : viewers) head += "," + who;
  std::map<std::string, std::string> table;
  std::ifstream file(std::filesystem::path(NUANZHAN_SOURCE_DIR) / "tests/house/canaries.csv");
  std::string first;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    if (first.empty()) {
      first = line;
      continue;
    }
    const auto second_comma = line.find(',', line.find(',') + 1);
    table[line.substr(0, second_comma)] = line.substr(second_comma + 1);
  }
  EXPECT_EQ(first, head) << "the head of canaries.csv";
  std::string wrong;
  for (const auto& [place, cells] : found) {
    const auto line = table.find(place);
    if (line == table.end()) wrong += "told, and not in canaries.csv: " + place + "," + cells + "\n";
    if (line != table.end() && line->second != cells) wrong += "canaries.csv " + place + "," + line->second + "\n   the program " + place + "," + cells + "\n";
  }
  for (const auto& [place, cells] : table)
    if (!found.contains(place)) wrong += "in canaries.csv, and told to nobody: " + place + "," + cells + "\n";
  EXPECT_TRUE(wrong.empty()) << head << "\n" << wrong;
}

TEST(Canaries, what_was_said_aloud_stands_on_no_disk) {
  auto& v = a_village();
  v.store->database().raw().exec("PRAGMA wal_checkpoint(TRUNCATE)");
  int recordings = 0;
  for (const auto& f : std::filesystem::recursive_directory_iterator(v.folder)) {
    if (!f.is_regular_file()) continue;
    const auto bytes = read(f.path());
    recordings += bytes.starts_with("NZSEALED");
    // What was asked in confidence: not even its offer, by its code, stands where the kiosk keeps things.
    if (f.path().parent_path().filename() != "catalogue")
      for (const auto* code : {"own_sealed", "guest_sealed"}) EXPECT_EQ(bytes.find(code), std::string::npos) << code << " stands in " << f.path();
    for (const auto& [record, word] : v.odd)
      if (record.ends_with(".voice")) EXPECT_EQ(bytes.find(word), std::string::npos) << record << " stands in " << f.path();
  }
  EXPECT_EQ(recordings, 2);
}

TEST(Canaries, no_record_is_told_by_the_trace_or_the_log_of_a_run) {
  auto& v = a_village();
  std::ostringstream log;
  const auto before = spdlog::default_logger();
  auto logger = std::make_shared<spdlog::logger>("run", std::make_shared<spdlog::sinks::ostream_sink_mt>(log));
  logger->set_level(spdlog::level::trace);
  spdlog::set_default_logger(logger);
  spdlog::info("a line, so that the log is known to be read");
  const auto file = v.folder / "run.trace";
  run_through(v, file);
  spdlog::set_default_logger(before);
  const auto trace = read(file);
  EXPECT_NE(log.str().find("known to be read"), std::string::npos);
  for (const auto* seen : {"\"person:", "\"lost:", "\"take:", "\"request/queue\""}) EXPECT_NE(trace.find(seen), std::string::npos) << "the run saw no " << seen;
  for (const auto& [record, word] : v.odd) {
    if (record.starts_with("offer.")) continue;  // a code of the catalogue, and its words: in the trace by design, without whose
    Told told(v), logged(v);
    told << trace;
    logged << log.str();
    if (record == "wang.stay") continue;  // a time of day is nobody's without the name
    EXPECT_FALSE(told.tells(word)) << record << " stands in the trace: ..." << trace.substr(trace.find(word) < 300 ? 0 : trace.find(word) - 300, 600);
    EXPECT_FALSE(logged.tells(word)) << record << " stands in the log";
  }
}

}  // namespace
