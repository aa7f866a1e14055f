// A screen: four free functions and a table. No SQL, no clock, no literal text in it.
//
//   load    reads once, when the screen opens and when the store has moved; never per frame
//   draw    shows the model and the draft; every touch comes back as the id of a widget
//   on_tap  decides what is next, pure
//   on_done decides what follows a deed that was committed
// One draft a journey, owned by the session and wiped when it ends. Drawing thread only.
#pragma once

#include "base/text.h"
#include "store/act.h"
#include "ui/ui.h"
#include "village/people.h"

#include <any>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <vector>

namespace parts {

// What was touched: `person:019a…` is verb `person`, arg `019a…`.
struct Tap {
  std::string id;
  [[nodiscard]] std::string_view verb() const { return std::string_view(id).substr(0, id.find(':')); }
  [[nodiscard]] std::string_view arg() const {
    const auto colon = id.find(':');
    return colon == std::string::npos ? std::string_view{} : std::string_view(id).substr(colon + 1);
  }
};

// What the person has chosen so far on this journey. Each part of the house keeps its own struct in it: draft.of<attendance::Choice>().
class Draft {
 public:
  template <class T>
  T& of() {
    auto& slot = parts_[std::type_index(typeid(T))];
    if (!slot.has_value()) slot = T{};
    return std::any_cast<T&>(slot);
  }
  template <class T>
  const T& of() const {
    static const T empty{};
    const auto found = parts_.find(std::type_index(typeid(T)));
    return found == parts_.end() ? empty : std::any_cast<const T&>(found->second);
  }
  void wipe() { parts_.clear(); }

 private:
  std::map<std::type_index, std::any> parts_;
};

// Which page of a list each screen stands on.
struct Pages { std::map<std::string, int> at; };

// Who the session knows; kept in the draft by the app before each load and draw, so that screens may read it.
struct Session {
  store::Viewer viewer;
  village::SiteId site;
  std::optional<village::PersonId> who;   // the resident known in this session
  std::string who_called;                 // 王奶奶
  std::optional<village::StaffId> staff;
  std::string duty_name;                  // 小王: who is found by 找小王
  bool headset = false;                   // private things may be spoken
};

// A deed said no: text and voice key is <shape>.refused.<name>.
struct Refused { std::string shape, name; };
using Outcome = std::expected<std::any, Refused>;

// Wraps a deed's own result: as_outcome("attendance", attendance::check_in(act, …)).
template <class R, class E>
Outcome as_outcome(std::string_view shape, const std::expected<R, E>& result) {
  if (result) return std::any(*result);
  return std::unexpected(Refused{std::string(shape), std::string(name(result.error()))});
}

// What the session becomes: a resident known at a level, or staff. Both none: nobody.
struct Identity {
  std::optional<village::PersonId> person;
  store::Known known = store::Known::nobody;
  std::optional<village::StaffId> staff;
  store::Role role = store::Role::none;
};

struct Next {
  enum class Kind { stay, push, replace, back, home, run, note };
  Kind kind = Kind::stay;
  std::string screen, key;           // push, replace
  std::string drop;                  // replace: also take away the screens below whose key begins so (a finished sub-journey)
  std::function<Outcome(store::Act&)> deed;  // run, note: one transaction, opened for the session's viewer
  std::function<void()> slow;        // run: first this on a worker (hashing), the screen shows that it is busy; must not touch the store
  std::optional<Identity> becomes;   // from now on
  std::string say_key, say_text;     // spoken instead of the next screen's own sentence
  std::string sound;                 // tick refused
  // Nothing said by the voice about this on the loudspeaker.
  bool hush = false;

  static Next stay() { return {}; }
  static Next push(std::string screen, std::string key = {}) { Next n; n.kind = Kind::push; n.screen = std::move(screen); n.key = std::move(key); return n; }
  static Next replace(std::string screen, std::string key = {}, std::string drop = {}) {
    Next n; n.kind = Kind::replace; n.screen = std::move(screen); n.key = std::move(key); n.drop = std::move(drop); return n;
  }
  static Next back() { Next n; n.kind = Kind::back; return n; }
  static Next home() { Next n; n.kind = Kind::home; return n; }
  static Next run(std::function<Outcome(store::Act&)> deed, std::function<void()> slow = {}) {
    Next n; n.kind = Kind::run; n.deed = std::move(deed); n.slow = std::move(slow); return n;
  }
  // Written down by the way (who has read this): the page does not wait for it, a full disk does not take it away, and it is tried again later.
  static Next note(std::function<Outcome(store::Act&)> deed) { Next n; n.kind = Kind::note; n.deed = std::move(deed); return n; }
  Next& as(Identity who) { becomes = who; return *this; }
  Next& saying(std::string key, std::string text) { say_key = std::move(key); say_text = std::move(text); return *this; }
};

// What `load` is asked for.
struct Ask {
  const store::Reader& reader;
  const base::Words& words;
  const std::string& key;
  const Draft& draft;
  [[nodiscard]] const Session& session() const { return draft.of<Session>(); }
};

enum class Ground { resident, staff, overlay };

// How long a screen waits and what it may say aloud.
enum class Privacy { open, quiet };  // quiet: shorter idle, nothing spoken on the loudspeaker but "read it yourself"

struct Screen {
  std::string key;                                // attendance/welcome
  Ground ground = Ground::resident;
  Privacy privacy = Privacy::open;
  store::Role needs = store::Role::none;          // staff screens: the least role; the deeds ask again
  int leaves_after_s = 0;                         // a receipt: home by itself, counted after speech
  std::function<std::any(const Ask&)> load;
  std::function<void(ui::Ui&, const std::any& model, const Draft&)> draw;
  std::function<Next(Draft&, const std::any& model, const Tap&)> on_tap;
  std::function<Next(Draft&, const std::any& model, const std::any& receipt)> on_done;    // after `run`
  std::function<Next(Draft&, const std::any& model, const Refused&)> on_refused;          // optional: else a band with <shape>.refused.<name>
  std::function<Next(Draft&, const std::any& model)> on_open;                              // optional: once, when it is pushed
};

// Ties typed functions into a Screen. Any of the last three may be left out (nullptr).
template <class Model>
struct Made {
  Model (*load)(const Ask&) = nullptr;
  void (*draw)(ui::Ui&, const Model&, const Draft&) = nullptr;
  Next (*on_tap)(Draft&, const Model&, const Tap&) = nullptr;
  Next (*on_done)(Draft&, const Model&, const std::any&) = nullptr;
  Next (*on_refused)(Draft&, const Model&, const Refused&) = nullptr;
  Next (*on_open)(Draft&, const Model&) = nullptr;
};

template <class Model>
Screen screen(std::string key, Made<Model> f, Ground ground = Ground::resident, Privacy privacy = Privacy::open) {
  Screen s;
  s.key = std::move(key);
  s.ground = ground;
  s.privacy = privacy;
  s.load = [f](const Ask& ask) -> std::any { return f.load ? std::any(f.load(ask)) : std::any(Model{}); };
  s.draw = [f](ui::Ui& ui, const std::any& m, const Draft& d) { f.draw(ui, std::any_cast<const Model&>(m), d); };
  s.on_tap = [f](Draft& d, const std::any& m, const Tap& t) { return f.on_tap ? f.on_tap(d, std::any_cast<const Model&>(m), t) : Next::stay(); };
  if (f.on_done) s.on_done = [f](Draft& d, const std::any& m, const std::any& r) { return f.on_done(d, std::any_cast<const Model&>(m), r); };
  if (f.on_refused) s.on_refused = [f](Draft& d, const std::any& m, const Refused& r) { return f.on_refused(d, std::any_cast<const Model&>(m), r); };
  if (f.on_open) s.on_open = [f](Draft& d, const std::any& m) { return f.on_open(d, std::any_cast<const Model&>(m)); };
  return s;
}
inline Screen for_role(Screen s, store::Role least) { s.ground = Ground::staff; s.needs = least; return s; }
inline Screen leaving_after(Screen s, int seconds) { s.leaves_after_s = seconds; return s; }

// A standing thing that chrome draws over any screen until it is over: an alarm with staff's way on.
struct Alarm {
  std::string id, picture;      // id of what stands; `alarm:<id>` is touched to answer
  std::string line, action;     // already in words; no name unless staff are signed in
  std::string screen, key;      // what `action` opens after sign-in
  bool loud = true;
};

// What a shape, or the desk, shows: one table, filled in <shape>/screens/face.cpp.
struct HomeTile {
  std::string id;               // go:check_in
  ui::Picture picture;
  std::string label_key;        // <room>.tile.<name>
  ui::Tint tint = ui::Tint::neutral;
  std::string screen, key;      // what it opens
  int order = 0;                // its place; the hero is the smallest of the site's kind
  std::vector<std::string> site_kinds;   // empty: all kinds
  std::vector<std::string> hero_at;      // kinds of site where it is the hero
  bool leaf = false;            // drawn as today's leaf
};

// One tile on staff's page beside the numbers (registers, editors).
struct StaffTile { std::string id; ui::Picture picture; std::string label_key; std::string screen, key; store::Role least = store::Role::volunteer; int order = 0; };

struct Faces {
  std::vector<Screen> screens;
  std::vector<HomeTile> tiles;
  std::vector<StaffTile> staff_tiles;
  // Screen that greets a card read on any screen; attendance's. Empty in all others.
  std::string on_card;
  // Screen of the urgent count-down; request's. Empty in all others.
  std::string urgent;
  // Alarms that stand now, asked after each commit and each minute.
  std::function<std::vector<Alarm>(const store::Reader&, const base::Words&)> alarms;
};

}  // namespace parts
