// The stack of screens and the session: what follows a touch.
#include "app/kiosk.h"

#include "app/acts.h"
#include "base/log.h"
#include "desk/sign_in.h"
#include "devices/wedge.h"
#include "parts/identify.h"
#include "parts/keyring.h"
#include "parts/writers.h"
#include "shapes/shape.h"
#include "village/places.h"

#include <algorithm>
#include <tuple>

namespace app {

using parts::Next;

namespace {
// A touch is answered within 50 ms, whoever holds the database; after six seconds somebody who waits is told.
constexpr int first_patience_ms = 25, again_patience_ms = 10;
constexpr std::int64_t waits_at_most_ms = 6000, chores_every_ms = 60'000, chores_again_ms = 5000;
}  // namespace

Kiosk::Kiosk(Setup setup) : s_(std::move(setup)), language_(s_.language) {
  for (const auto& faces : s_.faces) {
    for (const auto& screen : faces.screens) screens_.emplace(screen.key, screen);
    if (!faces.on_card.empty()) on_card_ = faces.on_card;
    if (!faces.urgent.empty()) urgent_ = faces.urgent;
    for (const auto& tile : faces.tiles)
      if (!tile.screen.empty()) ways_.emplace(tile.screen, tile.key);
  }
  for (const auto* own : {"desk/home", "desk/attract", "desk/call"}) ways_.emplace(own, "");
  for (const auto& [language, words] : s_.words) s_.trace.know(words);
  viewer_ = store::Viewer::nobody(s_.site.value);
  go_home(false);
}

store::Reader Kiosk::reader() const { return s_.store.reader(viewer_); }

const base::Words& Kiosk::words() const {
  const auto found = s_.words.find(language_);
  return found == s_.words.end() ? s_.words.begin()->second : found->second;
}

const std::string& Kiosk::screen_key() const {
  static const std::string none;
  return stack_.empty() ? none : stack_.back().screen->key;
}

bool Kiosk::holds_key() const { return draft_.of<parts::Keyring>().pair != nullptr; }

void Kiosk::refresh_session() {
  auto& session = draft_.of<parts::Session>();
  session.viewer = viewer_;
  draft_.of<parts::Writers>().engines = s_.entry;
  draft_.of<parts::Cameras>().camera = viewer_.is_staff() ? s_.camera : nullptr;
  // The key goes with whoever it belongs to.
  if (!session.viewer.staff || draft_.of<parts::Keyring>().whose.value != *session.viewer.staff) draft_.of<parts::Keyring>() = {};
  draft_.of<parts::Hears>().ear = s_.ear;
  session.site = s_.site;
  session.headset = s_.ears.headset && s_.ears.headset();
  session.who = viewer_.role == store::Role::none && viewer_.person ? std::optional(village::PersonId{*viewer_.person}) : std::nullopt;
  session.who_called = session.who ? village::address(reader(), *session.who, words()) : "";
  session.staff = viewer_.staff ? std::optional(village::StaffId{*viewer_.staff}) : std::nullopt;
  const auto duty = village::on_duty(reader(), s_.site);
  session.duty_name = duty ? duty->face.called : reader().setting("site.duty_name", std::string_view{});
}

void Kiosk::load(Open& open) {
  open.moved = s_.store.moved();
  const auto r = reader();
  open.model = open.screen->load(parts::Ask{r, words(), open.key, draft_});
  dirty_ = true;
}

void Kiosk::push(const std::string& screen, const std::string& key, bool replacing, bool backwards) {
  const auto found = screens_.find(screen);
  if (found == screens_.end()) {
    spdlog::error("no screen {}", screen);
    refuse({"app", "machine"});
    return;
  }
  // A staff screen that the session may not see leads to the sign-in, then on.
  if (found->second.needs != store::Role::none && viewer_.role < found->second.needs) {
    // Staff without the right are told so; somebody not signed in signs in first and then stands where it was asked to go.
    if (viewer_.is_staff()) return refuse({"village", "no_right"});
    asked_ = {screen, key};
    if (screen_key() != "desk/sign_in") push("desk/sign_in", "", replacing);
    return;
  }
  const auto signs_in = [](std::string_view s) { return s.starts_with("desk/sign_in") || s == "desk/pin"; };
  if (!signs_in(screen) && !viewer_.is_staff()) asked_.reset();
  if (screen == "identify/newcomer" && s_.entry) s_.entry->want_composer();
  const bool same = replacing && !stack_.empty() && stack_.back().screen == &found->second, other = same && stack_.back().key != key;
  if (replacing && !stack_.empty()) stack_.pop_back();
  // A ring of screens must not fill the memory: what is deeper than 40 steps is the beginning again.
  if (stack_.size() > 40) stack_.erase(stack_.begin() + 1);
  stack_.push_back({&found->second, key, {}, -1, now_ms_, same});
  try {
    load(stack_.back());
  } catch (const std::exception& e) {
    spdlog::error("{} could not be loaded: {}", screen, e.what());
    stack_.pop_back();
    if (stack_.empty()) throw;
    refuse({"app", "machine"});
    return;
  }
  if (!same) {
    forget_heard();
    changed_screen_ = true;
    backwards_ = backwards;
    band_text_.clear();
    choices_.clear();
  }
  if (!same) step_of_reader();
  // Another month of the same sheet is another page that somebody opened.
  if ((!same || other) && top().screen->on_open) follow(top().screen->on_open(draft_, top().model));
}

// What was said on a screen is gone with it, and nothing of it sounds any more.
void Kiosk::forget_heard() {
  if (s_.ear) s_.ear->forget();
}

void Kiosk::go_home(bool because_idle) {
  forget_heard();
  const bool had_session = knows_somebody();
  if (because_idle || had_session) s_.trace.idle();
  if (had_session) close_sealed();
  if (because_idle) last_input_ms_ = now_ms_;  // home is seen for a while before the attract screen comes
  draft_.wipe();
  if (s_.entry) s_.entry->forget();
  if (s_.camera) s_.camera->forget();
  forget_faces_ = true;
  viewer_ = store::Viewer::nobody(s_.site.value);
  language_ = s_.language;
  hearing_ = {};
  scale_ = s_.scale;
  night_ = usually_night();
  over_ = Over::nothing;
  band_text_.clear();
  say_key_.clear();
  say_text_.clear();
  choices_.clear();
  alarms_moved_ = -1;  // what staff may see of them is not what everybody may
  swap_to_.reset();
  asked_.reset();
  waiting_.reset();
  for_carer_.reset();
  busy_ = false;
  stack_.clear();
  last_ = {};
  if (s_.ears.hush) s_.ears.hush();
  refresh_session();
  push("desk/home", "", false);
}

// The last step back is home, and home is everybody's: whoever was known is not any more, and nothing half done waits for the next one.
// Who chose a language or large letters and was not known goes on with them.
void Kiosk::step_home() {
  const bool known = knows_somebody();
  const auto before = std::tuple(language_, scale_, night_, hearing_);
  go_home(false);
  if (!known) {
    chosen() = before;
    refresh_session();
    load(top());
  }
  backwards_ = true;
}

bool Kiosk::is_public(const std::string& screen, const std::string& key) const {
  const auto found = screens_.find(screen);
  return found != screens_.end() && ways_.contains({screen, key}) && found->second.needs == store::Role::none && found->second.privacy == parts::Privacy::open;
}

Place Kiosk::public_place() const {
  if (!knows_somebody())
    for (auto open = stack_.rbegin(); open != stack_.rend(); ++open)
      if (is_public(open->screen->key, open->key)) return {open->screen->key, open->key};
  return {"desk/home", ""};
}

bool Kiosk::come_back(const Place& place) {
  if (!is_public(place.screen, place.key)) return false;
  go_home(false);
  if (place.screen != "desk/home") push(place.screen, place.key, false);
  return true;
}

void Kiosk::become(const parts::Identity& who) {
  s_.store.forget_steps();
  if (who.staff) {
    const auto account = village::staff_by_id(s_.store.reader(store::Viewer::clockwork(s_.site.value)), *who.staff);
    if (!account) return;
    viewer_ = store::Viewer::of_staff(s_.site.value, account->role, who.staff->value, account->person.value);
    if (s_.entry) s_.entry->want_composer();  // 80 ms on a worker: it is there before anybody has come to a field
  } else if (who.person) {
    viewer_ = store::Viewer::resident(s_.site.value, who.person->value, who.known);
    if (const auto& helper = draft_.of<parts::Helper>().who; helper != who.person->value) viewer_.helper = helper;
  } else {
    viewer_ = store::Viewer::nobody(s_.site.value);
  }
  refresh_session();
  if (who.staff) open_sealed();
}

void Kiosk::open(const std::string& screen, const std::string& key) { push(screen, key, false); }

store::Role Kiosk::needs(const std::string& screen) const {
  const auto found = screens_.find(screen);
  return found == screens_.end() ? store::Role::none : found->second.needs;
}

void Kiosk::set_language(const std::string& language) {
  language_ = language;
  refresh_session();
  for (auto& o : stack_) o.moved = -1;
  top().spoken = false;
  dirty_ = true;
}

void Kiosk::follow(Next next) {
  const bool signed_in = next.becomes && next.becomes->staff;
  if (next.becomes) become(*next.becomes);
  if (!next.say_key.empty()) {
    say_key_ = next.say_key;
    say_text_ = next.say_text;
  }
  if (!next.sound.empty()) {
    s_.trace.sound(next.sound);
    if (s_.ears.sound) s_.ears.sound(next.sound);
  }
  switch (next.kind) {
    case Next::Kind::stay:
      dirty_ = true;
      if (!next.say_key.empty()) top().spoken = false;
      break;
    case Next::Kind::push: push(next.screen, next.key, false); break;
    case Next::Kind::replace:
      if (!next.drop.empty()) {
        while (stack_.size() > 1 && stack_.back().screen->key.starts_with(next.drop)) stack_.pop_back();
        // A screen that asked for somebody and is come back to stands once.
        const bool asked = top().screen->key == next.screen && top().key == next.key;
        push(next.screen, next.key, asked);
      } else {
        push(next.screen, next.key, true);
      }
      break;
    case Next::Kind::back:
      if (stack_.size() == 2 && stack_.front().screen->key == "desk/home") {
        step_home();
      } else if (stack_.size() > 1) {
        stack_.pop_back();
        forget_heard();
        changed_screen_ = backwards_ = true;
        top().spoken = false;
        top().opened_ms = now_ms_;
        top().edited = top().screen->ground == parts::Ground::staff;
        refresh_session();
        load(top());
        step_of_reader();
      } else {
        go_home(false);
      }
      break;
    case Next::Kind::home: go_home(false); break;
    case Next::Kind::run: run(std::move(next.deed), std::move(next.slow)); break;
    case Next::Kind::note: note(std::move(next.deed)); break;
  }
  if (for_carer_ && next.kind == Next::Kind::back) {
    if (viewer_.helper) return carer_came();
    if (!std::exchange(for_carer_, std::nullopt)->seen && stack_.size() > 1) return follow(Next::back());  // there is nothing to see there
  }
  // Whoever signed in to answer an alarm, or for a page of staff, stands there; "back" leads to today.
  if (signed_in && viewer_.is_staff() && asked_) {
    const auto [screen, key] = *std::exchange(asked_, std::nullopt);
    if (screen != screen_key()) push(screen, key, false);
  }
  // What was wrong is said, also where the screen stays the same (a secret that was not right).
  if (next.sound == "refused" && !stack_.empty()) top().spoken = false;
}

void Kiosk::run(std::function<parts::Outcome(store::Act&)> deed, std::function<void()> slow) {
  if (!slow) return attempt(std::move(deed));
  busy_ = true;
  busy_since_ = now_ms_;
  dirty_ = true;
  s_.workers.start(std::move(slow), [this, deed = std::move(deed), on = top().screen, session = viewer_.person] {
    if (!busy_) return;  // the session ended meanwhile: nothing is done in somebody else's name
    busy_ = false;
    if (stack_.empty() || top().screen != on || viewer_.person != session) return;
    attempt(deed);
  });
}

void Kiosk::attempt(std::function<parts::Outcome(store::Act&)> deed) {
  if (auto outcome = app::run(s_.store, viewer_, s_.trace, deed, first_patience_ms)) return ran(*outcome, deed);
  waiting_ = Waiting{std::move(deed), top().screen, viewer_, false};
  busy_ = dirty_ = true;
  busy_since_ = now_ms_;
}

void Kiosk::try_again() {
  if (!waiting_) return;
  auto waiting = std::move(*waiting_);
  waiting_.reset();
  busy_ = false;
  // The session cannot have changed while it was busy; if it did, nothing is done in somebody else's name.
  if (stack_.empty() || top().screen != waiting.on || viewer_.person != waiting.viewer.person || viewer_.staff != waiting.viewer.staff) return;
  if (auto outcome = app::run(s_.store, viewer_, s_.trace, waiting.deed, again_patience_ms)) {
    dirty_ = true;
    return ran(*outcome, waiting.deed);
  }
  if (now_ms_ - busy_since_ >= waits_at_most_ms) {
    s_.trace.refused("app", "locked");
    dirty_ = true;
    return ran(std::unexpected(parts::Refused{"app", "locked"}), waiting.deed);
  }
  if (!waiting.said && now_ms_ - busy_since_ >= 300) {
    waiting.said = true;
    say("app.busy.wait", words().text("app.busy.wait"));
  }
  waiting_ = std::move(waiting);
  busy_ = true;
}

void Kiosk::back_to_today() {
  while (stack_.size() > 1 && std::any_of(stack_.begin(), stack_.end() - 1, [](const Open& o) { return o.screen->key == "desk/today"; })) stack_.pop_back();
  if (screen_key() != "desk/today") return push("desk/today", "", false);
  forget_heard();
  changed_screen_ = backwards_ = true;
  top().spoken = false;
  top().opened_ms = now_ms_;
  load(top());
  step_of_reader();
}

// A child that is not alone may: whoever is with it touches their face, then the deed is tried again.
bool Kiosk::asks_for_carer(const parts::Refused& refused, const std::function<parts::Outcome(store::Act&)>& deed) {
  if ((refused.name != "with_carer" && refused.name != "needs_guardian") || viewer_.role != store::Role::none || viewer_.helper) return false;
  for_carer_ = ForCarer{deed, top().screen, top().key, top().spoken};
  push(std::string(parts::carer_screen), "", false);
  return true;
}

void Kiosk::carer_came() {
  const auto waits = *std::exchange(for_carer_, std::nullopt);
  if (top().screen != waits.on || top().key != waits.key) return;
  attempt(waits.deed);
}

void Kiosk::ran(const parts::Outcome& outcome, const std::function<parts::Outcome(store::Act&)>& deed) {
  auto& open = top();
  if (!outcome && asks_for_carer(outcome.error(), deed)) return;
  if (!outcome) {
    // A failing machine is not the shape's affair: one sentence over the screen, and the same touch may be tried again.
    if (open.screen->on_refused && outcome.error().shape != "app") follow(open.screen->on_refused(draft_, open.model, outcome.error()));
    else {
      // A screen that nobody has seen yet has nothing to try again on: the one before it is shown.
      if (outcome.error().shape == "app" && !open.spoken && stack_.size() > 1) {
        stack_.pop_back();
        if (stack_.size() == 1) {
          go_home(false);
          top().spoken = true;      // the refusal is what is said
          changed_screen_ = false;  // home is what was on the glass all along
        } else {
          load(top());
        }
      }
      refuse(outcome.error());
    }
    return;
  }
  open.edited = false;
  if (open.screen->on_done) follow(open.screen->on_done(draft_, open.model, *outcome));
  // What was just written is seen at once.
  if (!stack_.empty() && top().moved != s_.store.moved()) load(top());
}

void Kiosk::refuse(const parts::Refused& refused) {
  const auto key = refused.shape + ".refused." + refused.name;
  band_text_ = words().text(key, {{"name", draft_.of<parts::Session>().duty_name}});
  if (s_.ears.sound) s_.ears.sound("refused");
  s_.trace.sound("refused");
  say(key, band_text_);
  dirty_ = true;
}

void Kiosk::card_of(village::PersonId person) {
  if (screen_key().starts_with("identify/") && screen_key() != parts::carer_screen) {
    const auto face = village::face(s_.store.reader(store::Viewer::clockwork(s_.site.value)), person);
    if (face) follow(parts::card_identified(draft_, *face, parts::asks_for_helper(draft_, screen_key(), top().key)));
    return;
  }
  const bool own = viewer_.person == person.value && viewer_.role == store::Role::none;
  parts::Identity who;
  who.person = person;
  who.known = store::Known::card;
  if (own && stack_.size() > 1) {
    // The same person proves more: the session goes on where it was.
    become(who);
    load(top());
    return;
  }
  become(who);
  if (!on_card_.empty()) push(on_card_, "card", false);
}

void Kiosk::card(const std::string& text) {
  last_input_ms_ = now_ms_;
  if (busy_) return;
  const auto read = devices::read_card(text);
  const auto& code = read ? read->code : text;
  const auto secret = read ? read->secret : std::string();
  if (screen_key() == "desk/give_card") {
    // A new card is given here: nobody's yet.
    follow(top().screen->on_tap(draft_, top().model, {"code:" + code}));
    return;
  }
  if (screen_key() == "desk/attract") go_home(false);
  const auto person = village::by_card(s_.store.reader(store::Viewer::clockwork(s_.site.value)), code);
  if (!person) {
    s_.trace.refused("village", std::string(village::name(person.error())));
    refuse({"village", std::string(village::name(person.error()))});
    return;
  }
  if (screen_key().starts_with("desk/sign_in") || screen_key().starts_with("desk/pin")) {
    draft_.of<desk::SignIn>().card = secret;
    follow(top().screen->on_tap(draft_, top().model, {"card:" + person->text()}));
    return;
  }
  if (viewer_.is_staff() && viewer_.person == person->value) {
    // Their own: what is sealed for them is opened.
    auto& keyring = draft_.of<parts::Keyring>();
    keyring.carded = true;
    keyring.card = secret;
    open_sealed();
    if (keyring.carded) {
      auto opened = Next::stay();
      opened.sound = "tick";
      follow(std::move(opened));
    }
    return;
  }
  if (viewer_.is_staff()) {
    // Staff hold somebody's card to the reader: that person's page.
    push("desk/person", person->text(), false);
    return;
  }
  if (screen_key() == parts::carer_screen) {
    follow(top().screen->on_tap(draft_, top().model, {"person:" + person->text()}));
    return;
  }
  const bool helper = screen_key().starts_with("identify/") && parts::asks_for_helper(draft_, screen_key(), top().key);
  const bool another = !helper && viewer_.person && *viewer_.person != person->value && screen_key() != "desk/home";
  if (another) {
    // In the middle of another person's session: nothing of hers is lost or shown; a person decides.
    swap_to_ = *person;
    over_ = Over::swap_card;
    over_since_ = now_ms_;
    dirty_ = true;
    return;
  }
  if (!helper && viewer_.person && *viewer_.person != person->value) go_home(false);
  card_of(*person);
}

void Kiosk::not_a_card() { refuse({"village", "card_unknown"}); }

// Pulled out in the middle of a private sentence: silence at once. Put in on a private page: it is read there.
void Kiosk::look_for_headset() {
  const bool in = s_.ears.headset && s_.ears.headset();
  if (stack_.empty() || in == draft_.of<parts::Session>().headset) return;
  draft_.of<parts::Session>().headset = in;
  if (!in && s_.ear) s_.ear->hush();
  dirty_ = true;
  if (top().screen->privacy != parts::Privacy::quiet) return;
  choices_.clear();
  if (s_.ears.hush) s_.ears.hush();
  if (in) top().spoken = false;
}

void Kiosk::turn_volume(int step) { turn(hearing_.louder, step, 6); }
void Kiosk::turn_speed(int step) { turn(hearing_.faster, step, 5); }

void Kiosk::turn(int& steps, int by, int most) {
  steps = std::clamp(steps + by, -most, most);
  if (stack_.empty()) return;
  top().spoken = false;
  dirty_ = true;
}

void Kiosk::tick(std::int64_t now_ms) {
  now_ms_ = now_ms;
  look_for_headset();
  if (s_.store.moved() != alarms_moved_ || now_ms - last_tick_ms_ >= 30'000 || last_tick_ms_ < 0) {
    alarms_moved_ = s_.store.moved();
    last_tick_ms_ = now_ms;
    const auto eyes = viewer_.is_staff() ? reader() : s_.store.reader(store::Viewer::clockwork(s_.site.value));
    std::vector<parts::Alarm> standing;
    for (const auto& faces : s_.faces)
      if (faces.alarms)
        for (auto& alarm : faces.alarms(eyes, words())) standing.push_back(std::move(alarm));
    if (standing.size() != alarms_.size()) dirty_ = true;
    alarms_ = std::move(standing);
    const bool loud = std::any_of(alarms_.begin(), alarms_.end(), [](const parts::Alarm& a) { return a.loud; });
    if (loud != alarm_sounding_) {
      alarm_sounding_ = loud;
      alarm_every_ms_ = loud ? eyes.setting("request.urgent_again_s", std::int64_t{4}) * 1000 : 0;
      alarm_again_ms_ = now_ms;
      if (!loud) s_.trace.sound("alarm_over");
      if (s_.ears.alarm) s_.ears.alarm(static_cast<int>(alarm_every_ms_));
    }
  }
  if (alarm_sounding_ && now_ms >= alarm_again_ms_) {
    // The loudspeaker repeats it by itself; here it is only noted, each time.
    s_.trace.sound("alarm");
    alarm_again_ms_ = now_ms + alarm_every_ms_;
  }
  if (now_ms >= chores_at_ms_ && !busy_) {
    chores_at_ms_ = now_ms + chores_every_ms;
    const auto all_done = [&] {
      for (const auto& shape : shapes::all())
        for (const auto& chore : shape.chores)
          if (!app::run(s_.store, store::Viewer::clockwork(s_.site.value), s_.trace, [&](store::Act& act) -> parts::Outcome {
                chore.run(act);
                return std::any{};
              }, chore_patience_ms))
            return false;
      return true;
    };
    // Another program writes: what the clock does can wait, the person who stands here cannot.
    if (!all_done() || !write_later()) chores_at_ms_ = now_ms + chores_again_ms;
  }
  if (!stack_.empty() && top().moved != s_.store.moved()) load(top());
}

}  // namespace app
