#include "app/examples.h"

#include "base/image.h"
#include "base/log.h"
#include "desk/sheets.h"
#include "shapes/attendance/attendance.h"
#include "shapes/booking/booking.h"
#include "shapes/notice/notice.h"
#include "shapes/request/request.h"
#include "village/newcomers.h"
#include "ui/portrait.h"
#include "village/photos.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <thread>
#include <unistd.h>

namespace app {
namespace {

using store::Known;
using store::Role;

// A kiosk before which people come and go.
struct Scene {
  Kiosk& kiosk;
  Copy& copy;
  village::SiteId site;
  std::string screen;

  // --- who stands there
  void staff(Role role = Role::manager) {
    parts::Identity who;
    for (const auto& s : village::staff(eyes()))
      if (s.role == role) {
        who.staff = s.id;
        who.role = role;
        break;
      }
    kiosk.become(who);
  }
  void resident(village::PersonId person, Known how = Known::card) {
    parts::Identity who;
    who.person = person;
    who.known = how;
    kiosk.become(who);
  }

  // --- what is touched
  void open(const std::string& key = {}) { kiosk.open(screen, key); }
  void open_at(const std::string& where, const std::string& key = {}) { kiosk.open(where, key); }
  void touch(std::initializer_list<std::string> ids) {
    for (const auto& id : ids) kiosk.touch(id);
  }

  // --- what the village has
  [[nodiscard]] store::Viewer manager() const {
    for (const auto& s : village::staff(copy.store().reader(store::Viewer::clockwork(site.value))))
      if (s.role == Role::manager) return store::Viewer::of_staff(site.value, s.role, s.id.value, s.person.value);
    return store::Viewer::of_staff(site.value, Role::manager, {}, {});
  }
  [[nodiscard]] store::Reader eyes() const { return copy.store().reader(manager()); }
  [[nodiscard]] base::Day today() const { return eyes().today(); }
  template <class I, class... A>
  [[nodiscard]] std::optional<I> first(std::string_view sql, const A&... args) const { return eyes().one<I>(sql, args...); }
  [[nodiscard]] village::PersonId somebody(const char* tag, int which = 0) const {
    return first<village::PersonId>("SELECT s.person FROM village_person_site s JOIN village_person_tag t ON t.person = s.person AND t.tag = ? AND t.until IS NULL"
                                    " WHERE s.site = ? ORDER BY s.name LIMIT 1 OFFSET ?", tag, site, which).value_or(village::PersonId{});
  }
  // A deed in the copy; what it gives, or nothing where it was refused.
  template <class Deed>
  auto deed(const store::Viewer& viewer, Deed what) const -> std::optional<typename std::invoke_result_t<Deed, store::Act&>::value_type> {
    store::Act act(copy.store(), viewer);
    auto done = what(act);
    if (!done) {
      spdlog::warn("example of {}: {}", screen, name(done.error()));
      return std::nullopt;
    }
    act.commit();
    return *done;
  }
  void at(int hour, int minute) const { copy.clock().set(base::instant_at(today(), base::Minutes{hour * 60 + minute}, copy.store().place())); }
  void later(int minutes) const { copy.clock().set(copy.clock().now() + base::Minutes{minutes}); }

  // --- people who are in
  std::optional<attendance::Receipt> comes(village::PersonId person) const {
    const auto here = eyes();
    if (const auto stay = attendance::any_open_stay(here, person)) return attendance::Receipt{stay->id, person, stay->offer, stay->came, stay->last_fact, false};
    const auto offers = attendance::open_offers(here, person);
    if (offers.empty()) return std::nullopt;
    return deed(manager(), [&](store::Act& act) { return attendance::check_in(act, {person, offers.front()->code, {}}); });
  }
  // A child that is in, and one who may fetch it.
  std::optional<std::pair<village::PersonId, village::PersonId>> child_in() const {
    const auto adult = [&](village::PersonId child) { return first<village::PersonId>("SELECT adult FROM village_carer WHERE child = ? AND may_fetch = 1 ORDER BY guardian DESC, adult LIMIT 1", child); };
    for (int i = 0; i < 40; ++i) {
      const auto child = somebody("child", i);
      const auto who = adult(child);
      if (child.none() || !who || !comes(child)) continue;
      return std::pair{child, *who};
    }
    return std::nullopt;
  }

  // --- today's session here, its roll half taken
  std::optional<village::ActivityId> session(int of_100) const {
    const auto today_ = today();
    for (const auto& a : village::activities(eyes(), site, today_, today_ + std::chrono::days(7))) {
      const auto* o = attendance::offered(a.offer);
      if (o == nullptr || o->open || a.cancelled) continue;
      if (a.day != today_) copy.clock().set(base::instant_at(a.day, a.start, copy.store().place()));
      if (!deed(manager(), [&](store::Act& act) { return attendance::open_session(act, a.id); })) continue;
      int n = 0;
      const auto roll = attendance::roll(eyes(), a.id);
      for (const auto& line : roll.lines) {
        const bool here = n++ * 100 < of_100 * static_cast<int>(roll.lines.size());
        if (line.here != here) (void)deed(manager(), [&](store::Act& act) { return attendance::mark(act, a.id, line.face.id, here); });
      }
      return a.id;
    }
    return std::nullopt;
  }

  // --- places
  struct Wish { village::PersonId person; village::OfferCode offer; base::Day day; booking::SlotId slot; };
  // Somebody who can book something that asks for a card, and what.
  std::optional<Wish> wish(int which = 0) const {
    for (const bool consents : {true, false})
      for (int i = 0; i < 60; ++i) {
        const auto person = somebody("woman", i);
        if (person.none()) break;
        const auto her = copy.store().reader(store::Viewer::resident(site.value, person.value, Known::card));
        for (const auto* offer : booking::offers(her, person)) {
          const auto* o = booking::offered(offer->code);
          if (o == nullptr || o->consent.empty() == consents) continue;
          for (const auto& day : booking::days(her, offer->code))
            for (const auto& slot : booking::slots(her, offer->code, day.day))
              if (slot.left() > 0 && which-- <= 0) return Wish{person, offer->code, day.day, slot.id};
        }
      }
    return std::nullopt;
  }
  [[nodiscard]] store::Viewer self(village::PersonId person) const { return store::Viewer::resident(site.value, person.value, Known::card); }
  std::optional<booking::Receipt> booked(const Wish& w, bool waiting = false) const {
    if (const auto* o = booking::offered(w.offer); o != nullptr && !o->consent.empty())
      (void)deed(self(w.person), [&](store::Act& act) { return booking::agree(act, w.person, w.offer, true); });
    return deed(self(w.person), [&](store::Act& act) {
      const booking::Book in{w.person, w.slot, false};
      return waiting ? booking::join_waiting(act, in) : booking::book(act, in);
    });
  }

  // --- help
  std::optional<request::Receipt> asked() const {
    for (int i = 0; i < 20; ++i) {
      const auto person = somebody("elder", i);
      if (person.none()) break;
      const auto her = copy.store().reader(store::Viewer::resident(site.value, person.value, Known::face));
      if (!request::mine(her, person).empty()) continue;
      for (const auto* offer : request::askable(her, person))
        if (const auto r = deed(store::Viewer::resident(site.value, person.value, Known::face), [&](store::Act& act) { return request::ask(act, {person, offer->code}); })) {
          asker = person;
          return r;
        }
    }
    return std::nullopt;
  }
  mutable village::PersonId asker;

  // --- news
  std::optional<notice::Notice> news(std::optional<notice::Kind> kind = {}) const {
    for (const auto& n : notice::current(eyes(), today()))
      if (!kind || n.kind == *kind) return n;
    return std::nullopt;
  }
};

using Show = void (*)(Scene&);

void plain(Scene& s) { s.open(); }
void for_staff(Scene& s) {
  s.staff();
  s.open();
}
void erase_page(Scene& s) {
  s.staff(Role::manager);
  s.open(s.somebody("elder", 3).text());
}
void person_page(Scene& s) {
  s.staff();
  s.open(s.somebody("elder", 3).text());
}
// With consent given, and whatever comes from workers and camera there.
void photo_page(Scene& s) {
  using namespace std::chrono_literals;
  s.staff(Role::clerk);
  const auto person = s.somebody("elder", 3);
  (void)s.deed(s.manager(), [&](store::Act& act) { return village::record_consent(act, person, "photo", village::photo_consent_version, true); });
  auto* camera = s.kiosk.camera();
  const auto wait = [&](auto there) {
    for (int i = 0; camera != nullptr && i < 300 && !there(); ++i) {
      std::this_thread::sleep_for(10ms);
      camera->at(s.kiosk.screen_key());
    }
  };
  if (s.screen == "desk/photo_keep") {
    s.open_at("desk/photo_file", person.text());
    wait([&] { return camera->looked(); });
    s.touch({"file:0"});
    wait([&] { return camera->taken() != "reading"; });
    if (camera != nullptr) return;
  }
  s.open(person.text());
  if (s.screen == "desk/photo_file") wait([&] { return camera->looked(); });
  if (s.screen == "desk/photo_take")
    wait([&] { return camera->not_seen().empty(); });
}
void activity_page(Scene& s) {
  if (const auto id = s.first<village::ActivityId>("SELECT id FROM village_activity WHERE site = ? AND cancelled = 0 AND day > ? ORDER BY places IS NULL, day, start_min LIMIT 1", s.site, s.today())) s.open(id->text());
}
void welcome(Scene& s) {
  // Somebody who is not in yet; where every seat is taken somebody goes first.
  for (int i = 0; i < 30; ++i) {
    const auto person = s.somebody("elder", 5 + i);
    if (person.none()) return;
    if (const auto stay = attendance::any_open_stay(s.eyes(), person)) {
      (void)s.deed(s.manager(), [&](store::Act& act) { return attendance::check_out(act, person, stay->offer); });
      continue;
    }
    s.resident(person, Known::face);
    s.open_at("attendance/arrive");
    if (s.kiosk.screen_key() == "attendance/arrive") s.touch({"offer:day_care"});
    if (s.kiosk.screen_key() == "attendance/welcome") return;
    s.kiosk.go_home(false);
  }
}
void roll(Scene& s, int of_100) {
  s.staff(Role::volunteer);
  if (const auto id = s.session(of_100)) s.open(id->text());
}
void fetching(Scene& s, bool with_adult) {
  s.at(16, 40);
  if (const auto in = s.child_in()) s.open(with_adult ? in->first.text() + "/" + in->second.text() : in->first.text());
}
void one_slot(Scene& s) {
  if (const auto w = s.wish()) {
    s.resident(w->person);
    s.open(w->slot.text());
  }
}
void one_booking(Scene& s) {
  const auto w = s.wish();
  const auto r = w ? s.booked(*w) : std::nullopt;
  if (!r) return;
  s.resident(w->person);
  s.open(r->booking.text());
}
// She said something aloud about it; what, no picture shows.
void aloud(Scene& s, request::RequestId id) {
  const auto may = request::may_say(s.eyes(), id);
  if (!may) return;
  request::SaidFile file(s.copy.store().folder(), "of a picture", *may, 12);
  if (s.deed(s.manager(), [&](store::Act& act) { return request::say(act, id, file); })) file.keep();
}
void one_request(Scene& s) {
  s.staff(Role::clerk);
  const auto r = s.asked();
  if (!r) return;
  aloud(s, r->request);
  (void)s.deed(s.manager(), [&](store::Act& act) { return request::take(act, r->request); });
  s.open(r->request.text());
}
void sent(Scene& s) {
  for (int i = 0; i < 20; ++i) {
    const auto person = s.somebody("elder", i);
    const auto her = s.copy.store().reader(store::Viewer::resident(s.site.value, person.value, Known::face));
    if (person.none() || !request::mine(her, person).empty()) continue;
    s.resident(person, Known::face);
    const auto offers = request::askable(her, person);
    if (!offers.empty()) s.open_at("request/send", offers.front()->code);
    return;
  }
}
std::optional<request::Receipt> raised(Scene& s) {
  return s.deed(store::Viewer::nobody(s.site.value), [](store::Act& act) { return request::raise_urgent(act, std::nullopt); });
}
void urgent_call(Scene& s, bool staff) {
  const auto r = raised(s);
  if (staff) s.staff();
  if (r) s.open(staff ? std::string{} : r->request.text());
}
void one_notice(Scene& s) {
  s.staff(Role::clerk);
  if (const auto n = s.news()) s.open(n->id.text());
}
void wanted(Scene& s) {
  const auto job = s.news(notice::Kind::jobs);
  if (!job) return;
  s.resident(s.somebody("woman", 4), Known::face);
  s.open_at("notice/want", job->id.text());
}
void household(Scene& s) {
  s.staff(Role::clerk);
  const auto home = s.first<village::HouseholdId>("SELECT p.household FROM village_person p JOIN village_person_site s ON s.person = p.id WHERE s.site = ? AND p.household IS NOT NULL"
                                                  " GROUP BY p.household ORDER BY count(*) DESC, p.household LIMIT 1", s.site);
  if (home) s.open_at("desk/household", home->text());
}
void child_page(Scene& s) {
  s.staff(Role::clerk);
  if (const auto child = s.first<village::PersonId>("SELECT child FROM village_carer GROUP BY child ORDER BY count(*) DESC, child LIMIT 1")) s.open_at("desk/carers", child->text());
}

const std::map<std::string_view, Show>& shows() {
  static const std::map<std::string_view, Show> all{
      // --- who is it
      {"identify/faces", [](Scene& s) {
         if (const auto group = s.first<village::GroupId>("SELECT grp FROM village_person_site WHERE site = ? GROUP BY grp ORDER BY count(*) DESC LIMIT 1", s.site)) s.open(group->text());
       }},
      {"identify/number", [](Scene& s) {
         s.open_at("identify/group");
         s.touch({"number", "key:1", "key:3"});
       }},
      {"identify/secret", [](Scene& s) {
         const auto person = s.somebody("elder", 2);
         (void)s.deed(s.manager(), [&](store::Act& act) { return village::give_secret(act, person); });
         s.resident(person, Known::face);
         s.open_at("desk/mine_lines");
         s.touch({"prove", "picture:hen"});
       }},
      {"identify/newcomer", [](Scene& s) {
         s.open_at("identify/number");
         s.open();
       }},
      {"type/own", [](Scene& s) {
         s.open_at("identify/newcomer");
         s.touch({"name"});
       }},
      {"desk/clock", [](Scene& s) {
         (void)s.deed(s.manager(), [](store::Act& act) { return village::save_setting(act, "request.urgent_again_s", "4", false); });
         s.later(-2 * 24 * 60);  // as after a night without power and with an empty battery
         s.staff(Role::volunteer);
         s.open();
       }},
      {"desk/health", [](Scene& s) {
         s.staff(Role::clerk);
         s.open();
       }},
      {"desk/newcomers", [](Scene& s) {
         (void)s.deed(store::Viewer::nobody(s.site.value), [](store::Act& act) { return village::come_new(act, {"何满仓", ""}); });
         s.staff();
         s.open();
       }},
      {"identify/carer", [](Scene& s) {
         const auto child = s.first<village::PersonId>("SELECT c.child FROM village_carer c JOIN village_person p ON p.id = c.child WHERE c.guardian = 1 ORDER BY c.child LIMIT 1");
         if (!child) return;
         s.resident(*child, Known::face);
         s.open();
       }},
      // --- coming and going
      {"attendance/arrive", [](Scene& s) {
         const auto person = s.somebody("elder", 1);
         if (!s.comes(person)) return;
         s.resident(person, Known::face);
         s.open();
       }},
      {"attendance/welcome", welcome},
      {"attendance/undone", [](Scene& s) {
         welcome(s);
         s.touch({"undo"});
       }},
      {"attendance/left", [](Scene& s) {
         const auto person = s.somebody("elder", 4);
         if (!s.comes(person)) return;
         s.later(95);
         s.resident(person);
         s.open_at("attendance/arrive", "card");
       }},
      {"attendance/refused", [](Scene& s) { s.open("full"); }},
      {"attendance/child_faces", [](Scene& s) { s.open("arrive"); }},
      {"attendance/fetch", [](Scene& s) { fetching(s, false); }},
      {"attendance/fetch_confirm", [](Scene& s) { fetching(s, true); }},
      {"attendance/fetched", [](Scene& s) { fetching(s, true); }},
      {"attendance/fetch_refused", [](Scene& s) {
         s.at(16, 40);
         const auto in = s.child_in();
         if (!in) return;
         s.open_at("attendance/fetch", in->first.text());
         s.touch({"not_listed"});
       }},
      {"attendance/sessions", [](Scene& s) {
         s.staff(Role::volunteer);
         (void)s.session(60);
         s.open();
       }},
      {"attendance/roster", [](Scene& s) { roll(s, 70); }},
      {"attendance/absent", [](Scene& s) { roll(s, 85); }},
      {"attendance/closed", [](Scene& s) {
         s.staff(Role::volunteer);
         const auto id = s.session(90);
         if (!id) return;
         s.at(17, 50);
         (void)s.deed(s.manager(), [&](store::Act& act) { return attendance::close_session(act, *id); });
         s.open(id->text());
       }},
      {"attendance/here", [](Scene& s) {
         s.staff();
         for (int i = 0; i < 6; ++i) (void)s.comes(s.somebody("elder", 2 * i));
         s.open();
       }},
      {"attendance/still_in", [](Scene& s) {
         s.at(16, 40);
         s.staff();
         if (const auto in = s.child_in()) (void)s.deed(s.manager(), [&](store::Act& act) { return attendance::refuse_fetch(act, in->first); });
         s.open();
       }},
      {"attendance/stay", [](Scene& s) {
         s.staff();
         if (const auto in = s.comes(s.somebody("elder", 6))) s.open(in->stay.text());
       }},
      // --- help
      {"request/sent", sent},
      {"request/undone", [](Scene& s) {
         sent(s);
         s.touch({"undo"});
       }},
      {"request/mine", [](Scene& s) {
         if (!s.asked()) return;
         s.resident(s.asker, Known::face);
         s.open();
       }},
      {"request/answered", [](Scene& s) {
         const auto r = s.asked();
         if (!r) return;
         s.resident(s.asker, Known::face);
         s.open("bad@" + r->request.text());
       }},
      {"request/urgent_sent", [](Scene& s) { urgent_call(s, false); }},
      {"request/urgent_list", [](Scene& s) { urgent_call(s, true); }},
      {"request/urgent_close", [](Scene& s) {
         const auto r = raised(s);
         s.staff();
         if (r) s.open("false_alarm@" + r->request.text());
       }},
      {"request/one", one_request},
      {"request/hear", one_request},
      {"request/queue", [](Scene& s) {
         s.staff(Role::clerk);
         if (const auto r = s.asked()) aloud(s, r->request);
         s.open();
       }},
      {"request/say", [](Scene& s) {
         sent(s);
         s.touch({"say"});
       }},
      {"request/pass_on", one_request},
      // --- places
      {"booking/services", [](Scene& s) {
         const auto w = s.wish();
         if (!w) return;
         s.resident(w->person);
         s.open();
         // One service alone is not asked about: with a booking of her own the list is shown.
         if (s.kiosk.screen_key() == s.screen) return;
         s.kiosk.go_home(false);
         for (const auto* offer : booking::offers(s.copy.store().reader(s.self(w->person)), w->person))
           if (offer->code != w->offer) return;
         (void)s.booked(*w);
         s.resident(w->person);
         s.open();
       }},
      {"booking/day", [](Scene& s) {
         const auto w = s.wish();
         if (!w) return;
         s.resident(w->person);
         s.open(w->offer);
       }},
      {"booking/slot", [](Scene& s) {
         const auto w = s.wish();
         if (!w) return;
         s.resident(w->person);
         s.open(w->offer + "/" + base::iso(w->day));
       }},
      {"booking/consent", one_slot},
      {"booking/confirm", one_slot},
      {"booking/booked", one_booking},
      {"booking/entry", one_booking},
      {"booking/waiting", [](Scene& s) {
         // Every place of that hour is given away first.
         auto w = s.wish();
         if (!w) return;
         for (int i = 0; i < 60; ++i) {
           const auto slot = booking::slot(s.eyes(), w->slot);
           if (!slot || slot->left() == 0) break;
           (void)s.deed(s.manager(), [&](store::Act& act) {
             booking::SlotEdit e;
             e.id = slot->id, e.site = slot->site, e.offer = slot->offer, e.day = slot->day, e.start = slot->start, e.end = slot->end, e.by_whom = slot->by_whom;
             e.places = std::max(1, slot->taken);
             return booking::set_slot(act, e);
           });
           if (slot->taken > 0) continue;
           // Nobody has it yet: the next woman takes the only place.
           for (int n = 1; n < 60; ++n) {
             const auto other = s.somebody("woman", n);
             if (other.none() || other == w->person) continue;
             if (s.booked({other, w->offer, w->day, w->slot})) break;
           }
         }
         const auto r = s.booked(*w, true);
         if (!r) return;
         s.resident(w->person);
         s.open(r->booking.text());
       }},
      {"booking/cancelled", [](Scene& s) {
         const auto w = s.wish();
         const auto r = w ? s.booked(*w) : std::nullopt;
         if (!r) return;
         (void)s.deed(s.self(w->person), [&](store::Act& act) { return booking::cancel(act, r->booking); });
         s.resident(w->person);
         s.open(r->booking.text());
       }},
      {"booking/mine", [](Scene& s) {
         const auto w = s.wish();
         if (!w || !s.booked(*w)) return;
         s.resident(w->person);
         s.open();
       }},
      {"booking/sign_up", activity_page},
      {"booking/list", [](Scene& s) {
         s.staff();
         const auto w = s.wish();
         if (w && s.booked(*w)) s.open(base::iso(w->day));
       }},
      {"booking/slot_edit", [](Scene& s) {
         s.staff(Role::clerk);
         const auto w = s.wish();
         if (w && s.booked(*w)) s.open(w->slot.text());
       }},
      {"booking/for_somebody", [](Scene& s) {
         const auto w = s.wish();
         if (!w) return;
         s.staff(Role::clerk);
         s.open_at("booking/slots");
         s.touch({"for:" + w->slot.text(), "person:" + w->person.text()});
       }},
      {"booking/slot_close", [](Scene& s) {
         s.staff();
         if (const auto w = s.wish()) s.open(w->slot.text());
       }},
      // --- news
      {"notice/of_kind", [](Scene& s) {
         if (const auto n = s.news()) s.open(n->offer);
       }},
      {"notice/read", [](Scene& s) {
         if (const auto n = s.news(notice::Kind::policy)) s.open(n->id.text());
       }},
      {"notice/wanted", wanted},
      {"notice/want_undone", [](Scene& s) {
         wanted(s);
         s.touch({"undo"});
       }},
      {"notice/retire", one_notice},
      {"notice/edit", for_staff},
      {"notice/wanting", [](Scene& s) {
         const auto job = s.news(notice::Kind::jobs);
         if (!job) return;
         for (int i = 0; i < 2; ++i) (void)s.deed(s.manager(), [&](store::Act& act) { return notice::want(act, job->id, s.somebody("woman", 3 + i)); });
         s.staff(Role::clerk);
         s.open(job->id.text());
       }},
      // --- the desk
      {"desk/sign_in_number", [](Scene& s) {
         s.open();
         s.touch({"key:1", "key:0"});
       }},
      {"desk/pin", [](Scene& s) {
         const auto staff = village::staff(s.eyes());
         if (staff.empty()) return;
         s.open(staff.front().id.text());
         s.touch({"key:1", "key:2", "key:3"});
       }},
      {"desk/calendar", plain},
      {"desk/activity", activity_page},
      {"desk/activity_edit", [](Scene& s) {
         s.staff(Role::clerk);
         activity_page(s);
       }},
      {"desk/activity_cancel", [](Scene& s) {
         s.staff(Role::clerk);
         activity_page(s);
       }},
      {"desk/search", [](Scene& s) {
         s.staff();
         s.open();
         s.touch({"key:W", "see"});
       }},
      {"desk/person", person_page},
      {"desk/person_more", person_page},
      {"desk/person_edit", person_page},
      {"desk/give_card", person_page},
      {"desk/person_erase", erase_page},
      {"desk/person_erase_sure", erase_page},
      {"desk/person_erased", [](Scene& s) {
         // Whoever has nothing open.
         auto person = s.somebody("elder", 0);
         for (int n = 1; n < 40 && shapes::holds(s.eyes(), person); ++n) person = s.somebody("elder", n);
         s.staff(Role::manager);
         s.open_at("desk/person_erase_sure", person.text());
         s.touch({"yes"});
       }},
      {"desk/leavers", [](Scene& s) {
         for (const int n : {4, 5, 6})
           (void)s.deed(s.manager(), [person = s.somebody("elder", n)](store::Act& act) { return village::save_person(act, {.id = person, .left_on = act.today() - std::chrono::days(1200)}); });
         s.staff(Role::manager);
         s.open();
       }},
      {"desk/card_lost", [](Scene& s) {
         const auto person = s.somebody("elder", 3);
         (void)s.deed(s.manager(), [&](store::Act& act) { return village::give_card(act, person, "NZ00004712"); });
         s.staff(Role::clerk);
         s.open_at("desk/give_card", person.text());
         s.touch({"lost:0"});
       }},
      {"desk/photo", person_page},
      {"desk/photo_consent", [](Scene& s) {
         s.staff(Role::clerk);
         s.open_at("desk/photo", s.somebody("elder", 3).text());
         s.touch({"take"});
       }},
      {"desk/photo_take", photo_page},
      {"desk/photo_file", photo_page},
      {"desk/photo_keep", photo_page},
      {"desk/photo_drawn", person_page},
      {"desk/card_given", [](Scene& s) {
         s.staff();
         s.open_at("desk/give_card", s.somebody("elder", 3).text());
         s.kiosk.card("NZ00000000EXAMPLE");
       }},
      {"desk/give_secret", person_page},
      {"desk/secret_given", [](Scene& s) {
         s.staff();
         s.open_at("desk/give_secret", s.somebody("elder", 3).text());
         s.touch({"yes"});
       }},
      {"desk/carers", child_page},
      {"desk/carer", [](Scene& s) {
         child_page(s);
         if (const auto adult = s.first<village::PersonId>("SELECT adult FROM village_carer WHERE child = (SELECT child FROM village_carer GROUP BY child ORDER BY count(*) DESC, child LIMIT 1) ORDER BY guardian DESC LIMIT 1"))
           s.touch({"edit:" + adult->text()});
       }},
      {"desk/household", household},
      {"desk/household_edit", [](Scene& s) {
         household(s);
         s.touch({"edit"});
       }},
      {"desk/household_add", [](Scene& s) {
         // The household is chosen for a person, as from her page.
         s.staff(Role::clerk);
         const auto home = s.first<village::HouseholdId>("SELECT h.id FROM village_household h JOIN village_group g ON g.id = h.grp JOIN village_site t ON t.village = h.village WHERE t.id = ? ORDER BY g.number, h.number LIMIT 1", s.site);
         s.open_at("desk/households", s.somebody("elder", 3).text());
         if (home) s.touch({"household:" + home->text()});
       }},
      {"desk/staff_edit", [](Scene& s) {
         s.staff();
         const auto staff = village::staff(s.eyes());
         if (!staff.empty()) s.open(staff.back().id.text());
       }},
      {"desk/new_pin", [](Scene& s) {
         s.staff();
         const auto staff = village::staff(s.eyes());
         if (staff.empty()) return;
         s.open_at("desk/staff_edit", staff.back().id.text());
         s.touch({"pin", "key:1", "key:2"});
       }},
      {"desk/duty_edit", [](Scene& s) {
         s.staff();
         const auto duties = village::duties(s.eyes(), s.site);
         if (!duties.empty()) s.open(duties.front().id.text());
       }},
      {"desk/settings_group", [](Scene& s) {
         s.staff();
         s.open("request");
       }},
      {"desk/sheet", [](Scene& s) {
         s.staff();
         s.open("attendance.month");
       }},
      {"desk/mine_lines", [](Scene& s) {
         if (!s.asked()) return;
         s.resident(s.asker, Known::face);
         s.open();
       }},
      {"type/text", [](Scene& s) {
         household(s);
         s.touch({"edit", "note", "letter:l"});
       }},
      {"pick/search", [](Scene& s) {
         s.staff();
         s.open_at("desk/staff");
         s.touch({"new", "key:L", "see"});
       }},
      {"pick/new", [](Scene& s) {
         s.staff();
         s.open_at("desk/staff");
         s.touch({"new", "new"});
       }},
  };
  return all;
}

constexpr std::array leading_on{"attendance/check_in", "attendance/walked_in", "request/send", "desk/mine", "notice/want"};
constexpr std::array alarming{"request/urgent_sent", "request/urgent_list", "request/urgent_close", "attendance/fetch_refused", "attendance/still_in"};

base::Instant by_day(store::Store& village) {
  const auto now = village.clock().now();
  const auto minute = base::minutes_of_day(now, village.place()).count();
  return minute >= 9 * 60 && minute <= 17 * 60 ? now : base::instant_at(base::day_of(now, village.place()), base::Minutes{10 * 60 + 5}, village.place());
}

}  // namespace

Copy::Copy(store::Store& village) : began_(by_day(village)), clock_(began_) {
  static std::atomic<int> number{0};
  folder_ = std::filesystem::temp_directory_path() / ("nuanzhan-copy-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
  std::filesystem::create_directories(folder_);
  std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
  village.backup_to(folder_ / "nuanzhan.db");
  if (const auto& keys = village.keys().all(); !keys.keys.empty() || !keys.destroyed.empty()) store::replace_person_keys(folder_, keys);
  store_ = std::make_unique<store::Store>(folder_, village.contract(), clock_);
}

std::filesystem::path Copy::pictures() {
  const auto folder = folder_ / "pictures";
  if (!std::filesystem::create_directories(folder)) return folder;
  for (int i = 0; i < 9; ++i) {
    const base::Image face{640, 480, ui::draw_portrait("v1:example" + std::to_string(i) + (i % 3 == 2 ? ":m:66" : ":f:71"), 640, 480)};
    std::ofstream(folder / (std::to_string(i) + ".jpg"), std::ios::binary) << base::encode_jpeg(face);
  }
  return folder;
}

Copy::~Copy() {
  store_.reset();
  std::error_code none;
  std::filesystem::remove_all(folder_, none);
}

bool only_leads_on(std::string_view screen) { return std::ranges::find(leading_on, screen) != leading_on.end(); }
bool leaves_an_alarm(std::string_view screen) { return std::ranges::find(alarming, screen) != alarming.end(); }

std::string_view home_of(std::string_view screen) {
  for (const auto* of_children : {"attendance/child", "attendance/fetch", "attendance/sessions", "attendance/roster", "attendance/absent", "attendance/closed", "attendance/still_in"})
    if (screen.starts_with(of_children)) return "rainbow_room";
  if (screen == "booking/sign_up" || screen == "desk/activity_edit" || screen == "desk/activity_cancel" || screen == "desk/activity") return "womens_home";
  if (screen.starts_with("booking/")) return "womens_home";
  if (screen.starts_with("notice/")) return "village_office";
  return "day_care_centre";
}

bool bring(Kiosk& kiosk, Copy& copy, village::SiteId site, const std::string& screen) {
  copy.clock().set(copy.began());
  copy.store().new_origin();  // the clock goes back from picture to picture on purpose: nobody is to be told that it is unsure
  Scene scene{kiosk, copy, site, screen, {}};
  const auto found = shows().find(screen);
  if (found != shows().end()) found->second(scene);
  else if (kiosk.needs(screen) != Role::none) for_staff(scene);
  else plain(scene);
  return kiosk.screen_key() == screen;
}

}  // namespace app
