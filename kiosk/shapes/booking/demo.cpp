// A past and two weeks ahead that could be true: the village doctor's mornings, a visiting doctor on Thursdays, video calls at the weekend.
#include "shapes/booking/tables.h"

#include <algorithm>

namespace booking {
namespace {

using base::Day;
using base::Minutes;
using store::Known;
using store::Viewer;

struct Plan { const char* offer; const char* kind; int weekday; int start, end; int places; const char* by_whom; int every_weeks; };
// weekday 0 Sunday; minutes of the day
constexpr Plan plans[] = {
    {"health_check", "day_care_centre", 2, 8 * 60 + 30, 9 * 60 + 30, 6, "village_doctor", 1},
    {"health_check", "day_care_centre", 2, 9 * 60 + 30, 10 * 60 + 30, 6, "village_doctor", 1},
    {"health_check", "day_care_centre", 5, 8 * 60 + 30, 9 * 60 + 30, 6, "village_doctor", 1},
    {"health_check", "day_care_centre", 5, 15 * 60, 16 * 60, 4, "village_doctor", 1},
    {"womens_screening", "womens_home", 4, 8 * 60, 9 * 60 + 30, 5, "visiting_doctor", 1},
    {"womens_screening", "womens_home", 4, 10 * 60, 11 * 60 + 30, 5, "visiting_doctor", 1},
    {"womens_screening", "womens_home", 4, 14 * 60, 15 * 60 + 30, 3, "visiting_doctor", 1},
    {"womens_screening", "womens_home", 6, 9 * 60, 10 * 60 + 30, 4, "visiting_doctor", 2},
    {"womens_screening", "womens_home", 6, 14 * 60, 15 * 60 + 30, 4, "visiting_doctor", 2},
    {"rehabilitation_session", "day_care_centre", 3, 14 * 60 + 30, 15 * 60 + 30, 4, "therapist", 1},
    {"family_call", "rainbow_room", 6, 9 * 60, 9 * 60 + 30, 2, "", 1},
    {"family_call", "rainbow_room", 6, 15 * 60, 15 * 60 + 30, 2, "", 1},
    {"family_call", "rainbow_room", 0, 9 * 60, 9 * 60 + 30, 2, "", 1},
    {"family_call", "rainbow_room", 0, 19 * 60, 19 * 60 + 30, 2, "", 1},
    {"counselling", "rainbow_room", 5, 16 * 60 + 30, 17 * 60 + 10, 1, "teacher", 1},
    {"counselling", "rainbow_room", 3, 16 * 60 + 30, 17 * 60 + 10, 1, "teacher", 2},
};

int number(shapes::Demo& d, int least, int most) { return std::uniform_int_distribution<int>(least, most)(d.random); }
bool chance(shapes::Demo& d, int percent) { return number(d, 1, 100) <= percent; }
void at(shapes::Demo& d, Day day, int minutes) { d.clock.set(base::instant_at(day, Minutes{minutes}, d.store.place())); }

const village::Staff* clerk(const shapes::Demo& d, village::SiteId site) {
  const village::Staff* found = nullptr;
  for (const auto& s : d.village.staff) {
    if (s.role != store::Role::clerk && s.role != store::Role::manager) continue;
    if (s.site == site) return &s;
    if (found == nullptr || (found->role == store::Role::manager && s.role == store::Role::clerk)) found = &s;
  }
  return found;
}

Viewer as(const village::Staff& s, village::SiteId site) { return Viewer::of_staff(site.value, s.role, s.id.value, s.person.value); }

// A home for what this village has: without a women's home the doctor comes to the day-care centre.
const village::Site* site_for(const shapes::Demo& d, const Plan& plan) {
  const auto* offer = shapes::catalogue().offer(plan.offer);
  if (offer == nullptr || offered(plan.offer) == nullptr) return nullptr;
  const village::Site* other = nullptr;
  for (const auto& s : d.village.sites) {
    if (s.kind == plan.kind) return &s;
    if (other == nullptr && offer->offered_at(s.kind)) other = &s;
  }
  return other;
}

bool due(const Plan& plan, Day day) {
  const auto weeks = day.time_since_epoch().count() / 7;
  return static_cast<int>(base::weekday_of(day).c_encoding()) == plan.weekday && weeks % plan.every_weeks == 0;
}

void open(shapes::Demo& d, Day day, Day said_on, base::Instant until) {
  for (const auto& plan : plans) {
    if (!due(plan, day)) continue;
    const auto* site = site_for(d, plan);
    const auto* who = site != nullptr ? clerk(d, site->id) : nullptr;
    if (who == nullptr) continue;
    if (d.store.reader(as(*who, site->id)).count("SELECT count(*) FROM booking_slot WHERE site = ? AND day = ? AND offer = ? AND start_min = ?", site->id, day,
                                                 plan.offer, plan.start) > 0)
      continue;
    at(d, said_on, 9 * 60 + number(d, 0, 400));
    if (d.clock.now() > until) d.clock.set(until);
    store::Act act(d.store, as(*who, site->id));
    const std::string by = *plan.by_whom == 0 ? std::string{} : d.words.text(std::string("booking.demo.") + plan.by_whom);
    if (set_slot(act, {{}, site->id, plan.offer, day, Minutes{plan.start}, Minutes{plan.end}, plan.places, by, 0})) act.commit();
  }
}

const std::vector<village::Person>& crowd(const shapes::Demo& d, std::string_view offer) {
  if (offer == "womens_screening") return d.village.women;
  if (offer == "family_call" || offer == "counselling") return d.village.children;
  if (offer == "rehabilitation_session" && !d.village.hardship.empty()) return d.village.hardship;
  return d.village.elders;
}

// A resident before the kiosk; a child with one of its carers beside it.
Viewer comes(shapes::Demo& d, village::SiteId site, village::PersonId person, Known known) {
  auto viewer = Viewer::resident(site.value, person.value, known);
  if (village::child_alone(d.store.reader(viewer), person))
    if (const auto beside = village::companions(d.store.reader(viewer), person); !beside.empty()) viewer.helper = beside.front().adult.value;
  return viewer;
}

// Asks for a place as that person would: a child's family agrees before a clerk, a woman touches the tick herself.
void ask_for(shapes::Demo& d, const Slot& s, const village::Person& p) {
  const auto* o = offered(s.offer);
  const auto* who = clerk(d, s.site);
  if (o == nullptr || who == nullptr) return;
  const bool by_clerk = crowd(d, s.offer).data() == d.village.children.data() || chance(d, 20);
  store::Act act(d.store, by_clerk ? as(*who, s.site) : comes(d, s.site, p.id, o->known > Known::face || chance(d, 60) ? Known::card : Known::face));
  if (against(act, p.id, s.offer, s.day)) return;
  if (!o->consent.empty() && !agreed(act, p.id, s.offer) && !agree(act, p.id, s.offer, true)) return;
  const Book in{p.id, s.id, o->transport && chance(d, 25)};
  auto done = book(act, in);
  if (!done && done.error() == Refusal::full && chance(d, 50)) done = join_waiting(act, in);
  if (done) act.commit();
}

std::vector<Slot> slots_of_village(shapes::Demo& d, Day day) {
  std::vector<Slot> found;
  for (const auto& site : d.village.sites) {
    auto some = slots_on(d.store.reader(Viewer::clockwork(site.id.value)), day);
    found.insert(found.end(), some.begin(), some.end());
  }
  return found;
}

// Until so many hold a place, or as many times in vain: not everybody who is asked may have it.
void fill(shapes::Demo& d, const Slot& s, Day on, int wanted, base::Instant until) {
  const auto& people = crowd(d, s.offer);
  if (people.empty()) return;
  for (int i = s.taken; i < wanted; ++i) {
    at(d, on, 8 * 60 + number(d, 0, 560));
    if (d.clock.now() > until) return;
    ask_for(d, s, people[static_cast<std::size_t>(number(d, 0, static_cast<int>(people.size()) - 1))]);
  }
}

// Of a screening once in three years only few are had in a short history, or nobody would be left to book one.
int wanted_in_the_past(shapes::Demo& d, const Slot& s, int percent) {
  const auto* o = offered(s.offer);
  if (o == nullptr || !o->interval_months) return (s.places * percent + 50) / 100;
  const int slots = std::max(1, d.days * 4 / 7), share = static_cast<int>(crowd(d, s.offer).size()) * 25 / slots;  // percent of a booking a slot
  return s.taken + share / 100 + (chance(d, share % 100) ? 1 : 0);
}

}  // namespace

void demo_day(shapes::Demo& d, Day day) {
  const auto until = d.clock.now();  // what is later has not happened yet
  constexpr int ahead = 7;           // days that a slot is known before
  open(d, day + std::chrono::days(ahead), day, until);
  // In a long history the old years are thinner: it is the last months that people look at.
  const bool thin = d.days > 120 && number(d, 0, 2) != 0;
  if (!thin)
    for (const int before : {5, 2})
      for (const auto& s : slots_of_village(d, day + std::chrono::days(before)))
        if (!s.closed) fill(d, s, day, wanted_in_the_past(d, s, before == 5 ? number(d, 30, 60) : number(d, 70, 110)), until);
  // Something came between: a place goes back, and to whoever waits.
  for (const auto& s : slots_of_village(d, day + std::chrono::days(2)))
    for (const auto& b : bookings_of(d.store.reader(Viewer::clockwork(s.site.value)), s.id)) {
      if (!chance(d, 6)) continue;
      at(d, day, 10 * 60 + number(d, 0, 400));
      if (d.clock.now() > until) continue;
      store::Act act(d.store, comes(d, s.site, b.person, Known::card));
      if (cancel(act, b.id)) act.commit();
    }
  for (const auto& s : slots_of_village(d, day)) {
    const auto* who = clerk(d, s.site);
    if (who == nullptr || s.closed) continue;
    const int end = static_cast<int>(s.end.count());
    for (const auto& b : bookings_of(d.store.reader(as(*who, s.site)), s.id)) {
      const int luck = number(d, 1, 100);
      at(d, day, std::min(end + number(d, 0, 20), 23 * 60));
      if (luck > 96 || d.clock.now() > until) continue;  // nobody wrote it down
      store::Act act(d.store, as(*who, s.site));
      if (luck <= 88 ? attended(act, b.id) : no_show(act, b.id)) act.commit();
    }
  }
  // A visiting doctor's papers come back after ten days and are given by hand.
  for (const auto& s : slots_of_village(d, day - std::chrono::days(10))) {
    const auto* o = offered(s.offer);
    const auto* who = clerk(d, s.site);
    if (o == nullptr || who == nullptr || !o->discreet || !o->interval_months) continue;
    for (const auto& b : bookings_of(d.store.reader(as(*who, s.site)), s.id)) {
      if (b.state != State::attended || !chance(d, 85)) continue;
      at(d, day, 9 * 60 + number(d, 0, 420));
      if (d.clock.now() > until) continue;
      store::Act act(d.store, as(*who, s.site));
      if (hand_over_result(act, b.id)) act.commit();
    }
  }
  d.clock.set(until);
}

void demo_ahead(shapes::Demo& d) {
  const auto now = d.clock.now();
  const auto today = base::day_of(now, d.store.place()), yesterday = today - std::chrono::days(1);
  bool screening_full = false;
  for (int i = 0; i <= 14; ++i) {
    const auto day = today + std::chrono::days(i);
    open(d, day, yesterday, now);
    auto slots = slots_of_village(d, day);
    std::stable_sort(slots.begin(), slots.end(), [](const Slot& a, const Slot& b) { return a.places < b.places; });
    for (const auto& s : slots) {
      if (s.closed) continue;
      const auto* o = offered(s.offer);
      if (o != nullptr && o->interval_months) {
        // One of the doctor's hours is full and somebody waits for it; the others have places.
        if (i > 0 && !screening_full) {
          for (int round = 0; round < 40; ++round) {
            const auto now_so = slot(d.store.reader(Viewer::clockwork(s.site.value)), s.id);
            if (!now_so || (now_so->left() == 0 && now_so->waiting > 0)) break;
            fill(d, *now_so, yesterday, now_so->taken + 1, now);
          }
          screening_full = true;
        } else if (chance(d, 30)) {
          fill(d, s, yesterday, s.taken + 1, now);
        }
        continue;
      }
      fill(d, s, yesterday, (s.places * (i <= 3 ? number(d, 60, 130) : number(d, 20, 70)) + 50) / 100, now);
    }
  }
  // Sign-ups for what is on in the next two weeks.
  std::vector<village::Activity> activities;
  for (const auto& site : d.village.sites) {
    auto some = village::activities(d.store.reader(Viewer::nobody(site.id.value)), site.id, today, today + std::chrono::days(14));
    activities.insert(activities.end(), some.begin(), some.end());
  }
  for (const auto& a : activities) {
    if (!a.places || a.cancelled) continue;
    const auto* offer = shapes::catalogue().offer(a.offer);
    const auto has = [&](std::string_view group) { return offer != nullptr && std::find(offer->audience.begin(), offer->audience.end(), group) != offer->audience.end(); };
    const auto& people = has("child") ? d.village.children : has("woman") ? d.village.women : d.village.elders;
    if (people.empty()) continue;
    const int wanted = std::min<int>(*a.places + 2, (*a.places * number(d, 30, 110) + 50) / 100);
    for (int i = 0; i < wanted && i < 40; ++i) {
      const auto& p = people[static_cast<std::size_t>(number(d, 0, static_cast<int>(people.size()) - 1))];
      at(d, today - std::chrono::days(1), 8 * 60 + number(d, 0, 560));
      store::Act act(d.store, comes(d, a.site, p.id, chance(d, 50) ? Known::card : Known::face));
      auto done = sign_up(act, p.id, a.id);
      if (!done && done.error() == Refusal::full) done = wait_for_activity(act, p.id, a.id);
      if (done) act.commit();
    }
  }
  d.clock.set(now);
}

}  // namespace booking
