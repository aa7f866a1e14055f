// A past of attendance that could be true: elders come in the morning and leave in the afternoon, some forget to say so; children come after
// school and are fetched; volunteers take the roll of what was on.
#include "shapes/attendance/demo.h"

#include "shapes/attendance/attendance.h"

#include <algorithm>
#include <functional>
#include <tuple>

namespace attendance {
namespace {

int between(std::mt19937_64& random, int least, int most) { return least + static_cast<int>(random() % static_cast<std::uint64_t>(most - least + 1)); }
bool chance(std::mt19937_64& random, int of_100) { return static_cast<int>(random() % 100) < of_100; }

// How eagerly a person comes, 10..90 of 100, always the same for the same person.
int eagerness(const village::PersonId& id) { return 10 + static_cast<int>(std::hash<village::PersonId>{}(id) % 81); }

struct Event { base::Instant at; int order; std::function<void()> happen; };

class DayOf {
 public:
  DayOf(shapes::Demo& demo, base::Day day) : demo_(demo), day_(day), now_(demo.clock.now()) {}

  void at(int minute, std::function<void()> happen) {
    const auto when = base::instant_at(day_, base::Minutes{minute}, demo_.store.place());
    if (when < limit) events_.push_back({when, static_cast<int>(events_.size()), std::move(happen)});
  }
  void play() {
    std::sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) { return std::tie(a.at, a.order) < std::tie(b.at, b.order); });
    for (auto& e : events_) {
      demo_.clock.set(e.at);
      e.happen();
    }
    demo_.clock.set(now_);
  }
  base::Instant limit = base::Instant::max();

 private:
  shapes::Demo& demo_;
  base::Day day_;
  base::Instant now_;
  std::vector<Event> events_;
};

template <class Deed>
void do_as(shapes::Demo& demo, const store::Viewer& viewer, Deed deed) {
  store::Act act(demo.store, viewer);
  (void)deed(act);
  act.commit();
}

// Faces that a site's kiosk knows, by tag.
std::vector<village::PersonId> regulars(shapes::Demo& demo, const village::Site& site, const char* tags) {
  std::vector<village::PersonId> people;
  auto rows = demo.store.reader(store::Viewer::clockwork(site.id.value))
                  .query(std::string("SELECT DISTINCT s.person FROM village_person_site s JOIN village_person_tag t ON t.person = s.person AND t.until IS NULL AND t.tag IN (") +
                             tags + ") WHERE s.site = ? ORDER BY s.person",
                         site.id);
  for (const auto row : rows) people.push_back(row.get<village::PersonId>(0));
  return people;
}

void open_day(shapes::Demo& demo, DayOf& day, const village::Site& site, const std::string& offer, const Offered& o, const char* tags, bool weekend) {
  auto people = regulars(demo, site, tags);
  std::shuffle(people.begin(), people.end(), demo.random);
  const int most = std::min<int>(static_cast<int>(people.size()), site.seats.value_or(40) * (weekend ? 6 : 9) / 10);
  int coming = 0;
  for (const auto& person : people) {
    if (coming >= most) break;
    if (!chance(demo.random, eagerness(person) * (weekend ? 6 : 10) / 10)) continue;
    ++coming;
    const int opens = static_cast<int>(o.opens.value_or(base::Minutes{480}).count());
    const int closes = static_cast<int>(o.closes.value_or(base::Minutes{1080}).count());
    const int came = std::clamp(opens + between(demo.random, -15, 150), 0, closes - 60);
    const int left = std::clamp(came + between(demo.random, 60, 420), came + 20, closes - 2);
    const bool by_card = chance(demo.random, 45), forgets = chance(demo.random, 6), wrong = chance(demo.random, 1);
    const auto viewer = store::Viewer::resident(site.id.value, person.value, by_card ? store::Known::card : store::Known::face);
    const auto dish = o.meal ? (chance(demo.random, 70) ? "臊子面" : "米饭炒菜") : "";
    day.at(came, [&demo, viewer, person, offer, dish, wrong] {
      do_as(demo, viewer, [&](store::Act& act) {
        auto r = check_in(act, {person, offer, dish});
        if (r && wrong) (void)undo(act, *r);
        return r;
      });
    });
    if (!forgets)
      day.at(left, [&demo, viewer, person, offer] { do_as(demo, viewer, [&](store::Act& act) { return check_out(act, person, offer); }); });
  }
}

void session(shapes::Demo& demo, DayOf& day, const village::Activity& activity, const Offered& o) {
  if (demo.village.staff.empty()) return;
  const auto& leader = demo.village.staff[activity.led_by ? 0 : demo.random() % demo.village.staff.size()];
  const auto viewer = store::Viewer::of_staff(activity.site.value, leader.role, leader.id.value, leader.person.value);
  const auto id = activity.id;
  const int start = static_cast<int>(activity.start.count()), end = static_cast<int>(activity.end.count());
  day.at(start - 5, [&demo, viewer, id] { do_as(demo, viewer, [&](store::Act& act) { return open_session(act, id); }); });
  day.at(start + 2, [&demo, viewer, id] {
    const auto r = roll(demo.store.reader(viewer), id);
    std::vector<village::PersonId> here;
    for (const auto& line : r.lines)
      if (chance(demo.random, 55 + eagerness(line.face.id) / 3)) here.push_back(line.face.id);
    if (here.size() > 60) here.resize(60);
    store::Act act(demo.store, viewer);
    for (const auto& person : here) (void)mark(act, id, person, true);
    act.commit();
  });
  if (o.handover)
    day.at(end + 2, [&demo, viewer, id] {
      std::vector<std::pair<village::PersonId, village::PersonId>> pairs;
      {
        auto reader = demo.store.reader(viewer);
        for (const auto& line : roll(reader, id).lines) {
          if (!line.here) continue;
          const auto carers = village::carers(reader, line.face.id);
          for (const auto& c : carers)
            if (c.may_fetch) { pairs.emplace_back(line.face.id, c.adult); break; }
        }
      }
      store::Act act(demo.store, viewer);
      for (const auto& [child, adult] : pairs) (void)hand_over(act, child, adult);
      act.commit();
    });
  day.at(end + 6, [&demo, viewer, id] { do_as(demo, viewer, [&](store::Act& act) { return close_session(act, id); }); });
}

}  // namespace

void demo_day(shapes::Demo& demo, base::Day today) {
  const bool weekend = base::weekday_of(today).iso_encoding() >= 6;
  DayOf day(demo, today);
  day.limit = demo.clock.now();
  for (const auto& site : demo.village.sites) {
    for (const auto* offer : shapes::catalogue().shown("attendance", site.kind)) {
      const auto* o = offered(offer->code);
      if (o == nullptr || !o->open || o->handover) continue;
      std::string tags;
      for (const auto& group : offer->audience) tags += (tags.empty() ? "'" : ",'") + group + "'";
      if (offer->code == "sunshine_day") continue;  // the few it is for come with day care in this village
      open_day(demo, day, site, offer->code, *o, tags.c_str(), weekend);
    }
    for (const auto& activity : village::activities(demo.store.reader(store::Viewer::clockwork(site.id.value)), site.id, today, today)) {
      const auto* o = offered(activity.offer);
      if (o != nullptr && !o->open && !activity.cancelled) session(demo, day, activity, *o);
    }
    // The chore of that evening.
    const auto id = site.id;
    day.at(21 * 60 + 30, [&demo, id] {
      store::Act act(demo.store, store::Viewer::clockwork(id.value));
      close_forgotten(act);
      act.commit();
    });
  }
  day.play();
}

}  // namespace attendance
