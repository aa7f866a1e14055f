// A past of notices that could be true: each has its season, stands as long as it matters and is said again; some were taken down early; people
// stop to listen on their way in, some of them known, and a few women ask for a job and are called back. Ends with all four kinds standing.
#include "shapes/notice/demo.h"

#include "shapes/notice/tables.h"

#include <algorithm>
#include <array>

namespace notice {
namespace {

int between(std::mt19937_64& random, int least, int most) { return least + static_cast<int>(random() % static_cast<std::uint64_t>(most - least + 1)); }
bool chance(std::mt19937_64& random, int of_100) { return static_cast<int>(random() % 100) < of_100; }

// What is said: words notice.demo.<name>.title and .text. Months in which it makes sense, as bits from January.
constexpr unsigned months(std::initializer_list<int> list) {
  unsigned bits = 0;
  for (const int m : list) bits |= 1u << (m - 1);
  return bits;
}
constexpr unsigned always = 0xFFF;
struct Template {
  const char* name;
  const char* offer;
  const char* picture;
  unsigned in;
  int day_of_month;  // it comes on this day; 0: any working day
  int days;          // how long it stands
  bool everywhere;
  const char* sex;   // of the person told about: stories
};
constexpr std::array<Template, 17> templates{{
    {"pension", "policies", "💴", always, 8, 8, true, ""},
    {"insurance", "policies", "🩺", months({9, 10, 11, 12}), 5, 26, true, ""},
    {"alive_check", "policies", "👴", months({3, 4, 5, 10, 11}), 0, 21, true, ""},
    {"school_aid", "policies", "📚", months({8, 9, 2, 3}), 0, 20, true, ""},
    {"carbon_monoxide", "safety", "🔥", months({10, 11, 12, 1, 2, 3}), 1, 30, true, ""},
    {"fraud", "safety", "📵", always, 12, 21, true, ""},
    {"forest_fire", "safety", "🌾", months({9, 10, 11, 2, 3, 4}), 0, 25, true, ""},
    {"icy_road", "safety", "⛄", months({11, 12, 1, 2}), 0, 12, false, ""},
    {"heat", "safety", "🌞", months({6, 7, 8}), 0, 14, false, ""},
    {"pond", "safety", "💧", months({5, 6, 7, 8, 9}), 0, 25, true, ""},
    {"mother_in_law", "stories", "🌟", always, 0, 28, true, "f"},
    {"neighbour", "stories", "🤝", always, 0, 24, true, "m"},
    {"tidy_yard", "stories", "🏡", always, 0, 20, false, "f"},
    {"apples", "jobs_board", "🍎", months({8, 9, 10, 11}), 0, 12, false, ""},
    {"kitchen", "jobs_board", "🍳", always, 0, 16, false, ""},
    {"home_service", "jobs_board", "🧹", always, 0, 20, false, ""},
    {"greenhouse", "jobs_board", "🍅", months({11, 12, 1, 2, 3, 4}), 0, 14, false, ""},
}};

bool in_season(const Template& t, base::Day day) { return (t.in & (1u << (static_cast<unsigned>(base::date_of(day).month()) - 1))) != 0; }

template <class Deed>
auto do_as(shapes::Demo& demo, const store::Viewer& viewer, Deed deed) {
  store::Act act(demo.store, viewer);
  auto result = deed(act);
  act.commit();
  return result;
}

const village::Staff* clerk_of(shapes::Demo& demo, village::SiteId site) {
  const village::Staff* anyone = nullptr;
  for (const auto& s : demo.village.staff) {
    if (s.role != store::Role::clerk && s.role != store::Role::manager) continue;
    if (s.site == site) return &s;
    if (anyone == nullptr) anyone = &s;
  }
  return anyone;
}

store::Viewer of(const village::SiteId& site, const village::Staff& staff) { return store::Viewer::of_staff(site.value, staff.role, staff.id.value, staff.person.value); }

bool stands(shapes::Demo& demo, const village::Site& site, const std::string& title) {
  return demo.store.reader(store::Viewer::clockwork(site.id.value))
             .count("SELECT count(*) FROM notice_notice WHERE title = ? AND last_day >= ? AND retired IS NULL AND (everywhere = 1 OR site = ?)", title,
                    base::day_of(demo.clock.now(), demo.store.place()), site.id) > 0;
}

const village::Person* somebody(shapes::Demo& demo, const std::string& sex) {
  const auto& people = sex == "m" ? demo.village.elders : demo.village.women.empty() ? demo.village.elders : demo.village.women;
  std::vector<const village::Person*> fit;
  for (const auto& p : people)
    if (p.sex == sex) fit.push_back(&p);
  return fit.empty() ? nullptr : fit[demo.random() % fit.size()];
}

std::optional<NoticeId> say(shapes::Demo& demo, const village::Site& site, const Template& t, base::Day from, int days) {
  const auto* offer = shapes::catalogue().offer(t.offer);
  const auto* staff = clerk_of(demo, site.id);
  const std::string key = std::string("notice.demo.") + t.name;
  const auto title = demo.words.text(key + ".title");
  if (offer == nullptr || offer->hidden || !offer->offered_at(site.kind) || staff == nullptr || stands(demo, site, title)) return std::nullopt;
  Publish p;
  p.offer = t.offer;
  p.title = title;
  p.picture = t.picture;
  p.from = from;
  p.until = from + std::chrono::days(days);
  p.everywhere = t.everywhere;
  std::string called;
  if (*t.sex != '\0') {
    const auto* person = somebody(demo, t.sex);
    if (person == nullptr) return std::nullopt;
    p.about = person->id;
    p.read_to_them = true;
    called = village::address(*person, from, demo.words);
  }
  p.text = demo.words.text(key + ".text", {{"name", called}});
  const auto r = do_as(demo, of(site.id, *staff), [&](store::Act& act) { return publish(act, p); });
  return r ? std::optional(r->notice) : std::nullopt;
}

// Who stops to listen: mostly nobody the kiosk knows, some known by face or card.
void listen(shapes::Demo& demo, const village::Site& site, base::Day day) {
  const auto standing = current(demo.store.reader(store::Viewer::nobody(site.id.value)), day);
  if (standing.empty()) return;
  // The newest is heard most.
  const auto& n = standing[static_cast<std::size_t>(std::min(between(demo.random, 0, static_cast<int>(standing.size()) - 1), between(demo.random, 0, static_cast<int>(standing.size()) - 1)))];
  const auto& people = n.kind == Kind::jobs ? demo.village.women : demo.village.elders;
  const bool known = !people.empty() && chance(demo.random, 45);
  const village::Person* person = known ? &people[demo.random() % people.size()] : nullptr;
  const auto viewer = person == nullptr ? store::Viewer::nobody(site.id.value)
                                        : store::Viewer::resident(site.id.value, person->id.value, chance(demo.random, 40) ? store::Known::card : store::Known::face);
  do_as(demo, viewer, [&](store::Act& act) { return heard(act, n.id); });
  if (n.kind != Kind::jobs || person == nullptr || !chance(demo.random, 40)) return;
  do_as(demo, viewer, [&](store::Act& act) { return want(act, n.id, person->id); });
  if (chance(demo.random, 10)) do_as(demo, viewer, [&](store::Act& act) { return want_no_more(act, n.id, person->id); });
}

void call_back(shapes::Demo& demo, const village::Site& site) {
  const auto* staff = clerk_of(demo, site.id);
  if (staff == nullptr) return;
  const auto viewer = of(site.id, *staff);
  const auto reader = demo.store.reader(viewer);
  std::vector<std::pair<NoticeId, village::PersonId>> calls;
  for (const auto& n : board(reader)) {
    if (n.kind != Kind::jobs || n.site != site.id) continue;
    for (const auto& w : wanting(reader, n.id))
      if (!w.called && chance(demo.random, 60)) calls.emplace_back(n.id, w.person);
  }
  for (const auto& [id, person] : calls) do_as(demo, viewer, [id = id, person = person](store::Act& act) { return called_back(act, id, person); });
}

}  // namespace

void demo_day(shapes::Demo& demo, base::Day day) {
  const auto now = demo.clock.now();
  const auto place = demo.store.place();
  const auto at = [&](int minute) {
    const auto when = base::instant_at(day, base::Minutes{minute}, place);
    if (when > now) return false;
    demo.clock.set(when);
    return true;
  };
  const bool weekend = base::weekday_of(day).iso_encoding() >= 6;
  const auto day_of_month = static_cast<int>(static_cast<unsigned>(base::date_of(day).day()));
  for (const auto& site : demo.village.sites) {
    if (!at(8 * 60 + between(demo.random, 20, 50))) break;
    for (const auto& t : templates) {
      if (!in_season(t, day)) continue;
      const bool due = t.day_of_month > 0 ? t.day_of_month == day_of_month : !weekend && chance(demo.random, 8);
      if (due && (t.everywhere ? &site == &demo.village.sites.front() || site.kind == "village_office" : true)) (void)say(demo, site, t, day, t.days);
    }
    // A job that was given away is taken down before its last day.
    if (!weekend && chance(demo.random, 5)) {
      const auto* staff = clerk_of(demo, site.id);
      const auto standing = current(demo.store.reader(store::Viewer::nobody(site.id.value)), day);
      const auto job = std::ranges::find_if(standing, [&](const Notice& n) { return n.kind == Kind::jobs && n.from + std::chrono::days(5) < day; });
      if (staff != nullptr && job != standing.end()) do_as(demo, of(site.id, *staff), [&](store::Act& act) { return retire(act, job->id, Reason::over); });
    }
    const int times = site.kind == "day_care_centre" ? between(demo.random, 3, 9) : between(demo.random, 0, weekend ? 2 : 6);
    std::vector<int> minutes;
    for (int i = 0; i < times; ++i) minutes.push_back(between(demo.random, 9 * 60, 17 * 60));
    std::ranges::sort(minutes);
    for (const int minute : minutes)
      if (at(minute)) listen(demo, site, day);
    if (!weekend && at(17 * 60 + 20)) call_back(demo, site);
  }
  demo.clock.set(now);
}

void demo_ahead(shapes::Demo& demo) {
  const auto today = base::day_of(demo.clock.now(), demo.store.place());
  for (const auto& site : demo.village.sites) {
    const auto reader = demo.store.reader(store::Viewer::nobody(site.id.value));
    for (const auto kind : {Kind::policy, Kind::safety, Kind::story, Kind::jobs}) {
      const auto standing = current(reader, today);
      int there = static_cast<int>(std::ranges::count(standing, kind, &Notice::kind));
      for (const auto& t : templates) {
        if (there >= 2) break;
        const auto* o = offered(t.offer);
        // What names a day of the month is said before that day, not whenever there is room.
        if (o != nullptr && o->kind == kind && std::string_view(t.name) != "pension" && in_season(t, today) && say(demo, site, t, today, t.days)) ++there;
      }
    }
  }
  // One that is yet to come: next month's pension.
  if (demo.village.sites.empty()) return;
  const auto& pension = *std::ranges::find(templates, std::string_view("pension"), [](const Template& t) { return std::string_view(t.name); });
  auto from = today + std::chrono::days(1);
  while (static_cast<int>(static_cast<unsigned>(base::date_of(from).day())) != pension.day_of_month) from += std::chrono::days(1);
  (void)say(demo, demo.village.sites.front(), pension, from, pension.days);
}

}  // namespace notice
