// A past of requests that could be true: meals before noon, repairs on working days, a word from most of those who were helped; some late,
// some taken back, a few done twice; and this morning's, one of which has waited too long. No urgent call stands open.
#include "shapes/request/demo.h"

#include "shapes/request/request.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>

namespace request {
namespace {

int between(std::mt19937_64& random, int least, int most) { return least + static_cast<int>(random() % static_cast<std::uint64_t>(most - least + 1)); }
bool chance(std::mt19937_64& random, int of_100) { return static_cast<int>(random() % 100) < of_100; }

template <class Deed>
auto do_as(shapes::Demo& demo, const store::Viewer& viewer, Deed deed) {
  store::Act act(demo.store, viewer);
  auto result = deed(act);
  act.commit();
  return result;
}

store::Viewer resident(const village::SiteId& site, const village::PersonId& person, std::mt19937_64& random) {
  return store::Viewer::resident(site.value, person.value, chance(random, 40) ? store::Known::card : store::Known::face);
}
store::Viewer of(const village::SiteId& site, const village::Staff& staff) {
  return store::Viewer::of_staff(site.value, staff.role, staff.id.value, staff.person.value);
}

// How often a service is asked for, of all requests of a village: ours, so that the demo has a shape people know.
int weight(const std::string& offer) {
  static const std::map<std::string, int, std::less<>> weights{{"meals", 26},   {"medicine", 14},      {"company", 9}, {"cleaning", 9}, {"repair", 9},
                                                               {"haircut", 7},  {"neighbour_help", 6}, {"bathing", 5}, {"farm_work", 5}, {"sell_produce", 3},
                                                               {"real_things", 3}, {"mediation", 1}};
  const auto found = weights.find(offer);
  return found == weights.end() ? 1 : found->second;
}

class DayOf {
 public:
  DayOf(shapes::Demo& demo, base::Day day) : demo_(demo), day_(day), now_(demo.clock.now()) {}
  void at(int minute, std::function<void()> happen) {
    const auto when = base::instant_at(day_, base::Minutes{minute}, demo_.store.place());
    if (when < now_) events_.push_back({when, static_cast<int>(events_.size()), std::move(happen)});
  }
  // What happens may say that something more happens later the same day.
  void play() {
    while (!events_.empty()) {
      const auto next = std::min_element(events_.begin(), events_.end(), [](const auto& a, const auto& b) { return std::tie(a.at, a.order) < std::tie(b.at, b.order); });
      auto event = std::move(*next);
      events_.erase(next);
      demo_.clock.set(event.at);
      event.happen();
    }
    demo_.clock.set(now_);
  }

 private:
  struct Event { base::Instant at; int order; std::function<void()> happen; };
  shapes::Demo& demo_;
  base::Day day_;
  base::Instant now_;
  std::vector<Event> events_;
};

// Somebody who comes to this site and for whom the offer is.
std::optional<village::PersonId> somebody(shapes::Demo& demo, const village::Site& site, const village::Offer& offer) {
  std::string tags;
  for (const auto& group : offer.audience) tags += (tags.empty() ? "'" : ",'") + (group == "all" ? std::string("elder','woman','hardship") : group) + "'";
  std::vector<village::PersonId> people;
  auto rows = demo.store.reader(store::Viewer::clockwork(site.id.value))
                  .query("SELECT DISTINCT s.person FROM village_person_site s JOIN village_person_tag t ON t.person = s.person AND t.until IS NULL AND t.tag IN (" +
                             tags + ") WHERE s.site = ? ORDER BY s.person LIMIT 400",
                         site.id);
  for (const auto row : rows) people.push_back(row.get<village::PersonId>(0));
  if (people.empty()) return std::nullopt;
  return people[demo.random() % people.size()];
}

const village::Offer* something(shapes::Demo& demo, const village::Site& site) {
  const auto reader = demo.store.reader(store::Viewer::nobody(site.id.value));
  auto offers = askable(reader, std::nullopt);
  std::erase_if(offers, [](const auto* offer) { return offered(offer->code)->aloud; });  // nobody speaks in a demo
  int all = 0;
  for (const auto* offer : offers) all += weight(offer->code);
  if (all == 0) return nullptr;
  int pick = static_cast<int>(demo.random() % static_cast<std::uint64_t>(all));
  for (const auto* offer : offers)
    if ((pick -= weight(offer->code)) < 0) return offer;
  return nullptr;
}

// Who goes: any staff for ordinary things, clerk or manager for confidential ones.
const village::Staff* somebody_of_staff(shapes::Demo& demo, bool confidential) {
  std::vector<const village::Staff*> staff;
  for (const auto& s : demo.village.staff)
    if (!confidential || s.role == store::Role::clerk || s.role == store::Role::manager) staff.push_back(&s);
  return staff.empty() ? nullptr : staff[demo.random() % staff.size()];
}

void answer(shapes::Demo& demo, const village::SiteId& site, RequestId id, village::PersonId person) {
  if (!chance(demo.random, 72)) return;
  const int luck = between(demo.random, 1, 100);
  const auto said = luck <= 82 ? Answer::good : luck <= 94 ? Answer::fair : Answer::bad;
  const auto viewer = resident(site, person, demo.random);
  const bool again = said == Answer::bad && chance(demo.random, 60);
  do_as(demo, viewer, [&](store::Act& act) { return rate(act, id, said); });
  if (again) do_as(demo, viewer, [&](store::Act& act) { return reopen(act, id); });
}

// From asked to finished on this day, as far as the day goes.
void handle(shapes::Demo& demo, DayOf& day, const village::Site& site, RequestId id, village::PersonId person, bool confidential, int minute, base::Minutes due) {
  const auto* staff = somebody_of_staff(demo, confidential);
  if (staff == nullptr) return;
  const auto viewer = of(site.id, *staff);
  // Most are handled within half of their time; one in eight takes longer than it should.
  const bool slow = chance(demo.random, 12);
  const int whole = static_cast<int>(std::min<std::int64_t>(due.count(), 300));
  const int taken = minute + between(demo.random, 2, std::max(3, whole / 5));
  const int left = taken + between(demo.random, 1, std::max(2, whole / 6));
  const int done = slow ? left + whole + between(demo.random, 5, 60) : left + between(demo.random, 5, std::max(6, whole / 2));
  day.at(taken, [&demo, viewer, id] { do_as(demo, viewer, [&](store::Act& act) { return take(act, id); }); });
  if (due.count() <= 720) day.at(left, [&demo, viewer, id] { do_as(demo, viewer, [&](store::Act& act) { return set_off(act, id); }); });
  if (done > 20 * 60) return;  // not in the night: the next days go on with it
  day.at(done, [&demo, viewer, id] { do_as(demo, viewer, [&](store::Act& act) { return finish(act, id); }); });
  const int told = done + between(demo.random, 3, 90);
  const auto where = site.id;
  if (confidential) return;  // the kiosk cannot ask whether it helped: it does not know of it
  day.at(told, [&demo, where, id, person] { answer(demo, where, id, person); });
}

void asks(shapes::Demo& demo, DayOf& day, const village::Site& site, int minute) {
  const auto* offer = something(demo, site);
  if (offer == nullptr) return;
  const auto* o = offered(offer->code);
  const auto person = somebody(demo, site, *offer);
  if (o == nullptr || !person) return;
  if (offer->code == "meals") minute = between(demo.random, 9 * 60 + 40, 11 * 60 + 20);
  const bool confidential = o->kind == Kind::confidential, wrong = chance(demo.random, 6), waits = o->due.count() > 720 && chance(demo.random, 45);
  const auto viewer = resident(site.id, *person, demo.random);
  const auto code = offer->code;
  const auto due = o->due;
  day.at(minute, [&demo, &day, site, viewer, person = *person, code, due, confidential, wrong, waits, minute] {
    const auto r = do_as(demo, viewer, [&](store::Act& act) { return ask(act, {person, code}); });
    if (!r) return;
    if (wrong) do_as(demo, viewer, [&](store::Act& act) { return cancel(act, r->request); });
    else if (!waits) handle(demo, day, site, r->request, person, confidential, minute, due);
  });
}

}  // namespace

void demo_day(shapes::Demo& demo, base::Day today) {
  if (demo.village.sites.empty()) return;
  const bool weekend = base::weekday_of(today).iso_encoding() >= 6;
  DayOf day(demo, today);
  // What earlier days left open goes on in the morning.
  std::vector<std::tuple<RequestId, village::PersonId, village::Site, bool, base::Minutes>> left;
  {
    const auto reader = demo.store.reader(store::Viewer::clockwork(demo.village.sites.front().id.value));
    for (const auto& q : queue(reader))
      for (const auto& site : demo.village.sites)
        if (site.id == q.site && q.person) left.emplace_back(q.id, *q.person, site, q.kind == Kind::confidential, std::chrono::floor<base::Minutes>(q.due - q.since));
  }
  for (const auto& [id, person, site, confidential, due] : left)
    if (chance(demo.random, weekend ? 30 : 75)) handle(demo, day, site, id, person, confidential, between(demo.random, 8 * 60 + 10, 16 * 60), due);
  // A village of 400 asks a few times a day; ten times the people do not ask ten times as often through one kiosk.
  const int people = static_cast<int>(demo.village.elders.size() + demo.village.hardship.size() + demo.village.women.size());
  const int most = std::clamp(people / 40, 1, 5);
  for (const auto& site : demo.village.sites) {
    const bool busy = site.kind == "day_care_centre";
    const int times = busy ? between(demo.random, weekend ? 0 : 1, weekend ? most / 2 + 1 : most) : chance(demo.random, weekend ? 5 : 22) ? 1 : 0;
    for (int i = 0; i < times; ++i) asks(demo, day, site, between(demo.random, 8 * 60 + 20, 17 * 60));
  }
  const auto site = demo.village.sites.front().id;
  // An urgent call now and then, answered within minutes.
  if (chance(demo.random, 4)) {
    const auto* staff = somebody_of_staff(demo, false);
    const int minute = between(demo.random, 9 * 60, 17 * 60);
    if (staff != nullptr) {
      const auto viewer = of(site, *staff);
      const auto outcome = chance(demo.random, 60) ? Outcome::helped : Outcome::false_alarm;
      const auto id = std::make_shared<std::optional<RequestId>>();
      day.at(minute, [&demo, site, id] {
        const auto r = do_as(demo, store::Viewer::nobody(site.value), [&](store::Act& act) { return raise_urgent(act, std::nullopt); });
        if (r) *id = r->request;
      });
      // Taken up in the same breath: a day that ends here must not end with an alarm.
      const auto answered = [&demo, viewer, id](auto deed) {
        if (*id) do_as(demo, viewer, [&](store::Act& act) { return deed(act, **id); });
      };
      day.at(minute + between(demo.random, 1, 3), [answered] { answered([](store::Act& act, RequestId r) { return acknowledge_urgent(act, r); }); });
      day.at(minute + between(demo.random, 12, 50), [answered, outcome] { answered([outcome](store::Act& act, RequestId r) { return close(act, r, outcome); }); });
    }
  }
  day.at(20 * 60 + 30, [&demo, site] {
    do_as(demo, store::Viewer::clockwork(site.value), [](store::Act& act) { escalate_overdue(act); return 0; });
  });
  day.play();
}

void demo_ahead(shapes::Demo& demo) {
  const auto now = demo.clock.now();
  const village::Site* site = nullptr;
  for (const auto& s : demo.village.sites)
    if (site == nullptr || (s.kind == "day_care_centre" && site->kind != "day_care_centre")) site = &s;
  if (site == nullptr) return;
  // A past day may have left an alarm of the last minutes: it is over.
  if (const auto* staff = somebody_of_staff(demo, true)) {
    const auto open = urgent_all(demo.store.reader(of(site->id, *staff)));
    for (const auto& q : open) do_as(demo, of(site->id, *staff), [&](store::Act& act) { return close(act, q.id, Outcome::helped); });
  }
  struct Now { const char* offer; int minutes_ago, steps; };  // steps: 0 waits, 1 taken, 2 on the way, 3 finished and not yet answered
  for (const auto& [code, minutes_ago, steps] : {Now{"haircut", 190, 3}, Now{"cleaning", 130, 1}, Now{"mediation", 95, 0}, Now{"meals", 52, 0}, Now{"repair", 47, 0},
                                                 Now{"medicine", 24, 2}, Now{"meals", 12, 0}, Now{"company", 5, 0}}) {
    const auto* offer = shapes::catalogue().offer(code);
    if (offer == nullptr || offer->hidden || !offer->offered_at(site->kind)) continue;
    const auto person = somebody(demo, *site, *offer);
    const auto* staff = somebody_of_staff(demo, false);
    if (!person) continue;
    demo.clock.set(now - std::chrono::minutes(minutes_ago));
    const auto r = do_as(demo, resident(site->id, *person, demo.random), [&](store::Act& act) { return ask(act, {*person, code}); });
    if (!r || staff == nullptr) continue;
    const auto viewer = of(site->id, *staff);
    const auto id = r->request;
    const auto step = [&](int of_steps, auto deed) {
      if (steps < of_steps) return;
      demo.clock.set(demo.clock.now() + std::chrono::minutes(std::max(1, minutes_ago / 6)));
      do_as(demo, viewer, [&](store::Act& act) { return deed(act, id); });
    };
    step(1, [](store::Act& act, RequestId q) { return take(act, q); });
    step(2, [](store::Act& act, RequestId q) { return set_off(act, q); });
    step(3, [](store::Act& act, RequestId q) { return finish(act, q); });
  }
  demo.clock.set(now);
  do_as(demo, store::Viewer::clockwork(site->id.value), [](store::Act& act) { escalate_overdue(act); return 0; });
}

}  // namespace request
