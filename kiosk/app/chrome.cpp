// Chrome: what lies around and over every screen - the bar, standing alarms, refusals, idle, another person's card - and a frame of it all.
#include "app/kiosk.h"

#include "base/log.h"
#include "parts/patterns.h"
#include "parts/tried_voice.h"
#include "village/places.h"

#include <algorithm>
#include <utility>

namespace app {
namespace {

constexpr std::int64_t attract_turn_ms = 12'000;  // visual.md section 8
constexpr std::string_view urgent_sent = "request/urgent_sent";

}  // namespace

namespace {

// A receipt stays as the village has it (idle.receipt_s); a screen that asks for longer, as long as it asks.
std::int64_t stays_s(const store::Reader& r, const parts::Screen& screen) {
  constexpr int a_receipt = 20;
  return screen.leaves_after_s > a_receipt ? screen.leaves_after_s : r.setting("idle.receipt_s", std::int64_t{20});
}

bool at_night(const store::Reader& r) {
  base::Minutes from{}, until{};
  if (!base::parse_hour_minute(r.setting("voice.night_from", std::string_view{"21:00"}), from)) return false;
  if (!base::parse_hour_minute(r.setting("voice.night_until", std::string_view{"7:00"}), until)) return false;
  const auto now = base::minutes_of_day(r.now(), r.place());
  return from <= until ? now >= from && now < until : now >= from || now < until;
}

}  // namespace

bool Kiosk::shows_private() const { return !viewer_.is_staff() && !stack_.empty() && stack_.back().screen->privacy == parts::Privacy::quiet; }

std::int64_t Kiosk::idle_after_ms() const {
  const auto r = reader();
  if (viewer_.is_staff()) return r.setting("idle.staff_s", std::int64_t{300}) * 1000;
  if (shows_private()) return r.setting("idle.private_s", std::int64_t{60}) * 1000;
  return r.setting("idle.resident_s", std::int64_t{120}) * 1000;
}

// How long the question stands: where something private is shown the least that anybody needs to answer.
std::int64_t Kiosk::warning_ms() const {
  constexpr std::int64_t least_s = 20;
  return (shows_private() ? least_s : std::max(least_s, reader().setting("idle.warning_s", std::int64_t{30}))) * 1000;
}

void Kiosk::check_idle(std::int64_t now_ms) {
  const bool plays = s_.ear && s_.ear->state().playing;
  if (plays || (s_.ears.speaking && s_.ears.speaking())) last_input_ms_ = std::max(last_input_ms_, now_ms - 1);
  const auto still = now_ms - last_input_ms_;
  const auto& key = screen_key();
  if (busy_ || key == urgent_) return;
  if (key == urgent_sent) {
    // It stays until it is answered; nobody stays known behind it, staff or not: others come to the glass now. It goes on in the words and the size
    // of whoever called.
    if (knows_somebody() && still >= std::min(idle_after_ms(), reader().setting("idle.private_s", std::int64_t{60}) * 1000)) {
      const auto call = top().key;
      const auto before = std::tuple(language_, scale_, night_, hearing_);
      go_home(true);
      chosen() = before;
      push(std::string(urgent_sent), call, false);
    }
    return;
  }
  if (key == "desk/attract") {
    // Pages turn by themselves; where there is one alone nothing is drawn.
    const auto turn = (now_ms - top().opened_ms) / attract_turn_ms;
    if (turn != attract_turn_) {
      attract_turn_ = turn;
      const auto shown = parts::page_of(draft_, key);
      follow(top().screen->on_tap(draft_, top().model, {"turn:" + std::to_string(turn)}));
      changed_screen_ = dirty_ = parts::page_of(draft_, key) != shown;
    }
    return;
  }
  attract_turn_ = 0;
  if (key == "desk/home") {
    if (still >= reader().setting("idle.attract_s", std::int64_t{60}) * 1000 && screens_.contains("desk/attract")) {
      if (knows_somebody() || scale_ != s_.scale || night_ != usually_night() || language_ != s_.language) go_home(true);
      push("desk/attract", "", false);
    }
    return;
  }
  if (over_ == Over::nothing && top().screen->leaves_after_s > 0 && still >= stays_s(reader(), *top().screen) * 1000) {
    go_home(true);
    return;
  }
  // What leaves by itself asks nobody whether they are still there.
  if (over_ == Over::nothing && top().screen->leaves_after_s == 0 && still >= idle_after_ms()) {
    over_ = Over::still_there;
    over_since_ = now_ms;
    dirty_ = true;
    say("app.still_there.say", words().text("app.still_there.say"));
  }
  const auto warning = warning_ms();
  if ((over_ == Over::still_there || over_ == Over::swap_card) && now_ms - over_since_ >= warning) {
    if (over_ == Over::still_there) {
      go_home(true);
    } else {
      over_ = Over::nothing;
      dirty_ = true;
    }
  }
}

bool Kiosk::wants_frame(std::int64_t now_ms) {
  now_ms_ = now_ms;
  if (last_input_ms_ == 0) last_input_ms_ = now_ms;
  check_idle(now_ms);
  return dirty_ || changed_screen_ || over_ != Over::nothing || !choices_.empty() || (!stack_.empty() && top().screen->ground == parts::Ground::overlay);
}

bool Kiosk::chrome_took(const std::string& id) {
  band_text_.clear();
  if (over_ == Over::still_there) {
    over_ = Over::nothing;
    dirty_ = true;
    if (id == "home") go_home(false);
    return true;
  }
  if (over_ == Over::swap_card) {
    over_ = Over::nothing;
    dirty_ = true;
    if (id == "yes" && swap_to_) {
      const auto person = *swap_to_;
      go_home(false);
      card_of(person);
    }
    swap_to_.reset();
    return true;
  }
  if ((id == "back" || id == "home" || (id == "call_staff" && viewer_.is_staff())) && keeps_unsaved()) return true;
  unsaved_said_ = false;
  if (id == "back") {
    const bool edited = stack_.size() > 1 && stack_[stack_.size() - 2].edited;
    follow(parts::Next::back());
    top().edited = edited;
    return true;
  }
  if (id == "home") {
    go_home(false);
    return true;
  }
  if (id == "say_again") {
    // Who asks for the same sentence a second time did not follow it, or did not hear it: one step slower and one louder, at most two of
    // each, for this session. It is the one button for both that everybody finds; keys go further and back (F3 to F6).
    if (top().said_again++ > 0) {
      hearing_.faster = std::min(hearing_.faster, std::max(hearing_.faster - 1, -2));
      hearing_.louder = std::max(hearing_.louder, std::min(hearing_.louder + 1, 2));
    }
    top().spoken = false;
    reading_choices_ = true;
    dirty_ = true;
    return true;
  }
  if (id == "call_staff") {
    if (viewer_.is_staff()) back_to_today();
    else if (screen_key() != "desk/call") push("desk/call", "", false);
    return true;
  }
  if (id == "bigger") {
    next_sight();
    return true;
  }
  if (id == "language") {
    set_language(next_language().first);
    return true;
  }
  if (id == "urgent") {
    if (!urgent_.empty() && screen_key() != urgent_) push(urgent_, "", false);
    return true;
  }
  if (id.starts_with("alarm:")) {
    const auto found = std::find_if(alarms_.begin(), alarms_.end(), [&](const parts::Alarm& a) { return id == "alarm:" + a.id; });
    if (found != alarms_.end()) push(found->screen, found->key, false);
    return true;
  }
  return false;
}

namespace {

bool saves(const ui::Outline& seen) { return std::any_of(seen.widgets.begin(), seen.widgets.end(), [](const ui::Widget& w) { return w.id == "save"; }); }

}  // namespace

// An editor is not left by one touch while it has changes: the first one says so and shows where they are saved.
bool Kiosk::keeps_unsaved() {
  if (unsaved_said_ || !top().edited || !saves(last_)) return false;  // turned back to what it was, it has no button to save
  unsaved_said_ = true;
  refuse({"app", "unsaved"});
  return true;
}

void Kiosk::tapped(const std::string& id) {
  if (id.empty() || stack_.empty()) return;
  if (screen_key() == "desk/attract") {
    go_home(false);  // the waking touch does nothing else
    return;
  }
  if (chrome_took(id)) return;
  auto next = top().screen->on_tap(draft_, top().model, {id});
  // Whatever is touched but its pages may have changed what "save" keeps; a deed that is done ends that (ran). A page that is only opened
  // and left again has changed nothing; one that leads back by itself brings something (follow).
  if (top().screen->ground == parts::Ground::staff && next.kind == parts::Next::Kind::stay && !id.starts_with("page_")) top().edited = true;
  follow(std::move(next));
}

void Kiosk::say(const std::string& key, const std::string& text) {
  if (key.empty()) return;
  // Whoever speaks is not spoken over.
  if (s_.ear && s_.ear->state().doing == parts::Ear::Doing::hearing) return;
  // What nobody asked for: not at night.
  if ((screen_key() == "desk/attract" || key == "app.still_there.say") && at_night(reader())) return;
  s_.trace.spoken(key);
  auto hearing = hearing_;
  const auto tried = std::exchange(draft_.of<parts::TriedVoice>(), {});
  if (tried.volume || tried.speed) hearing = {.volume = tried.volume, .speed = tried.speed};
  // Only a sentence as the village has it may be kept as a sound: what was filled in can be a name, also where nobody is known.
  const bool personal = viewer_.person || text != words().text(key);
  if (s_.ears.say) s_.ears.say(key, text, language_, personal, hearing);
}

void Kiosk::draw_chrome(ui::Ui& ui) {
  const auto& key = screen_key();
  if (top().screen->ground == parts::Ground::overlay || key == "desk/attract") return;
  const auto& session = draft_.of<parts::Session>();
  const auto label = [&](const char* k) { return ui.say(k); };
  const auto& duty = session.duty_name;
  std::vector<ui::Card> bar;
  const auto add = [&](std::string id, ui::Picture picture, std::string text, std::string voice, ui::Tint tint = ui::Tint::neutral, bool filled = false) {
    ui::Card c;
    c.id = std::move(id);
    c.picture = std::move(picture);
    c.label = std::move(text);
    c.voice = std::move(voice);
    c.tint = tint;
    c.filled = filled;
    c.main = false;
    bar.push_back(std::move(c));
  };
  const bool home = key == "desk/home";
  if (!home) {
    add("back", ui::drawn("arrow_left"), label("parts.bar.back"), "parts.bar.back");
    add("home", ui::emoji("🏠"), label(viewer_.is_staff() ? "app.bar.sign_out" : "parts.bar.home"), "parts.bar.home");
  }
  add("say_again", ui::emoji("🔊"), label("parts.bar.say_again"), "parts.bar.say_again");
  if (home) {
    const auto* sight = night_ ? "parts.bar.usual" : next_is_night() ? "parts.bar.dark" : "parts.bar.bigger";
    add("bigger", night_ ? ui::emoji("🌞") : next_is_night() ? ui::emoji("🌙") : ui::drawn("big"), label(sight), sight);
    add("language", ui::emoji("🌐"), next_language().second.text("parts.bar.own_name"), "parts.bar.language");
  }
  if (viewer_.is_staff())
    add("call_staff", ui::emoji("📋"), label("app.bar.today"), "app.bar.today");
  else
    add("call_staff", ui::emoji("👩"), duty.empty() ? label("parts.bar.staff_nobody") : ui.words().text("parts.bar.staff", {{"name", duty}}), "parts.bar.staff_nobody");
  if (!home && !urgent_.empty()) add("urgent", ui::emoji("🚨"), label("parts.bar.urgent"), "parts.bar.urgent", ui::Tint::urgent, true);
  ui::draw_bar(ui, bar);
}

// Larger, larger still where the glass has room, then large and light on black for eyes that are dazzled, then as usual.
bool Kiosk::next_is_night() const { return !night_ && (scale_ > 1.3f || (scale_ > 1.1f && !roomy_)); }

void Kiosk::next_sight() {
  if (night_) set_sight(1, false);
  else if (next_is_night()) set_sight(1.25f, true);
  else set_sight(scale_ < 1.1f ? 1.25f : 1.5f, false);
}

bool Kiosk::usually_night() const { return reader().setting("screen.night", std::int64_t{0}) != 0; }

const std::pair<const std::string, base::Words>& Kiosk::next_language() const {
  const auto next = s_.words.upper_bound(language_);
  return next == s_.words.end() ? *s_.words.begin() : *next;
}

bool Kiosk::alarm_shows() const {
  return !alarms_.empty() && stack_.back().screen->ground != parts::Ground::overlay && screen_key() != alarms_.front().screen;
}

// Where the band of a standing alarm lies: over the title line; on a tall glass where a hand comes to, under the title. The screen begins
// below it, so that nothing that can be touched is hidden.
namespace {
constexpr float alarm_high = 22;
float alarm_y(const ui::Glass& glass) { return glass.portrait() ? glass.reach_top_mm() : 0; }
}  // namespace

void Kiosk::draw_alarms(ui::Ui& ui, ui::Frame& frame, const ui::Glass& glass) {
  if (!alarm_shows()) return;
  const auto& alarm = alarms_.front();
  const float y = alarm_y(glass);
  // Down to the screen, so that no foot of a hidden title looks out; its button as far from the screen's first row as from any other.
  ui::Rect band{0, y, ui.glass().w, std::max(alarm_high, ui.body().y - 1 - y)};
  frame.cover({band.x, band.y, band.w, band.h - 0.5f});
  ui.panel(band, ui::Tint::urgent, false, true);
  ui::Rect inside{ui.margin(), y + 1, ui.glass().w - 2 * ui.margin(), std::min(band.h - 2, ui.body().y - y - 1 - ui.gap())};
  ui::Card go;
  go.id = "alarm:" + alarm.id;
  go.label = alarm.action;
  go.picture = ui::drawn("arrow_right");
  go.main = false;
  ui.button(inside.cut_right(std::min(62.0f, inside.w * 0.34f), ui.gap()), go);
  ui.picture(inside.cut_left(inside.h, 4), ui::emoji(alarm.picture));
  ui.text(inside, alarm.line, {.type = ui.staff() ? ui::Type::staff_title : ui::Type::label, .weight = ui::Weight::bold, .centre_v = true, .on_deep = true, .tint = ui::Tint::urgent});
}

void Kiosk::draw_over(ui::Ui& ui, ui::Frame& frame, std::int64_t now_ms) {
  if (!band_text_.empty() && over_ == Over::nothing && !busy_) {
    // Over the title line, where nothing can be touched: a refusal never takes the way on (nor the urgent one) away.
    const float need = ui.text_height(band_text_, ui.glass().w - 4 * ui.margin(), ui::Type::sentence, ui::Weight::bold) + 4;
    const float high = std::max(std::min(ui.body().y - 1, 40.0f), need);
    ui::Rect band{0, 0, ui.glass().w, high};
    frame.cover({0, 0, ui.glass().w, std::min(high, ui.body().y) - 0.5f});
    ui.band(band, band_text_, ui::Tint::urgent);
  }
  // A deed that must wait for the database says so in the very next frame; a computation only once it is felt.
  if (over_ == Over::nothing && !(busy_ && (waiting_ || now_ms - busy_since_ >= 400))) {
    if (busy_) ui.again_in(100);
    return;
  }
  frame.scrim();
  const auto glass = ui.glass();
  ui::Rect card = glass.centred(std::min(glass.w - 2 * ui.margin(), 220.0f), std::min(glass.h - 2 * ui.margin(), 130.0f));
  if (busy_) {
    card = glass.centred(std::min(glass.w * 0.5f, 120.0f), 50);
    ui.panel(card, ui::Tint::neutral);
    ui.text(card, ui.say("app.busy.wait"), {.type = ui::Type::label, .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
    ui.again_in(waiting_ ? 100 : 500);
    return;
  }
  ui.panel(card, ui::Tint::neutral);
  ui::Rect inside = card.inset(ui.margin());
  ui::Rect buttons = inside.cut_bottom(40, ui.gap());
  const bool swap = over_ == Over::swap_card;
  ui::Card yes, no;
  yes.id = "yes";
  yes.filled = true;
  yes.tint = ui::Tint::hardship;
  no.id = swap ? "no" : "home";
  if (swap) {
    yes.label = ui.say("app.swap.yes");
    yes.picture = ui::drawn("tick");
    no.label = ui.say("app.swap.no");
    no.picture = ui::drawn("arrow_left");
  } else {
    yes.label = ui.say("app.still_there.here");
    yes.picture = ui::emoji("✋");
    no.label = ui.say("app.still_there.gone");
    no.picture = ui::emoji("🏠");
  }
  ui.button(buttons.cut_left((buttons.w - ui.gap()) * 0.55f, ui.gap()), yes);
  ui.button(buttons, no);
  const auto warning = warning_ms();
  const auto left = std::max<std::int64_t>(0, warning - (now_ms - over_since_));
  const float side = std::min(inside.h, 44.0f);
  ui::Rect ring = inside.cut_right(side, ui.gap());
  ui.countdown(ring.centred(side, side), static_cast<float>(left) / static_cast<float>(warning), std::to_string((left + 999) / 1000));
  if (swap) {
    const auto called = swap_to_ ? village::address(s_.store.reader(store::Viewer::clockwork(s_.site.value)), *swap_to_, words()) : std::string{};
    ui.text(inside, ui.words().text("app.swap.question", {{"name", called}}), {.type = ui::Type::label, .weight = ui::Weight::bold, .centre_v = true});
    ui.speak("app.swap.question", ui.words().text("app.swap.question", {{"name", called}}));
  } else {
    ui.text(inside, ui.say("app.still_there.title"), {.type = ui::Type::title, .weight = ui::Weight::bold, .centre_v = true});
  }
  ui.again_in(1000 - static_cast<int>((now_ms - over_since_) % 1000));
}

Kiosk::Drawn Kiosk::draw(ui::Frame& frame, const ui::Glass& glass, const ui::Input& input, std::int64_t now_ms) {
  now_ms_ = now_ms;
  if (last_input_ms_ == 0) last_input_ms_ = now_ms;
  if (!input.events.empty()) {
    last_input_ms_ = now_ms;
    choices_.clear();
  }
  check_idle(now_ms);
  try_again();  // what met a locked database, before anything else is asked
  if (top().moved != s_.store.moved()) load(top());
  if (changed_screen_) {
    frame.screen_changed(now_ms, backwards_);
    changed_screen_ = backwards_ = false;
  }
  // An overlay screen counts seconds: the urgent count-down decides by itself when they are over.
  if (top().screen->ground == parts::Ground::overlay && !busy_) {
    const auto second = (now_ms - top().opened_ms) / 1000;
    if (second != last_second_) {
      last_second_ = second;
      follow(top().screen->on_tap(draft_, top().model, {"tick:" + std::to_string(second)}));
    }
  } else {
    last_second_ = 0;
  }
  // A touch below may open or close screens: nothing here may point into the stack after it.
  const auto* screen = top().screen;
  ui::Look look;
  look.staff = screen->ground == parts::Ground::staff;
  look.overlay = screen->ground == parts::Ground::overlay;
  roomy_ = glass.reading_mm >= 500;
  look.text_scale = scale_ > 1.3f && !roomy_ ? 1.25f : scale_;
  look.night = night_;
  look.blocks = s_.blocks;
  look.reduced_motion = s_.reduced_motion || slow_machine_;
  look.by_and_by = slow_machine_ && !s_.reduced_motion;
  look.drifts = screen->key == "desk/attract";
  look.bar = !look.drifts;
  if (alarm_shows()) look.keep_clear_mm = alarm_y(glass) + alarm_high - 1 + (look.staff ? 4.0f : 6.0f);
  if (std::exchange(forget_faces_, false)) frame.forget_passing();
  if (s_.camera) {
    s_.camera->at(screen->key);
    s_.camera->show(frame);
  }
  frame.begin(glass, input, words(), look, now_ms);
  ui::Ui ui(frame);
  screen->draw(ui, top().model, draft_);
  draw_chrome(ui);
  draw_alarms(ui, frame, glass);
  draw_over(ui, frame, now_ms);
  auto result = frame.end();
  dirty_ = false;

  if (result.pressed) {
    if (s_.ears.hush) s_.ears.hush();
    if (s_.ear) s_.ear->hush();
    s_.trace.sound("click");
    if (s_.ears.sound) s_.ears.sound("click");
  }
  if (result.lost) {
    frame.glow("call_staff");
    say("app.lost.say", words().text("app.lost.say"));
  }
  for (const auto key : result.keys) {
    if (key == ui::Key::back) tapped("back");
    if (key == ui::Key::help) tapped("call_staff");
    if (key == ui::Key::repeat) tapped("say_again");
    if (key == ui::Key::volume_up || key == ui::Key::volume_down) turn_volume(key == ui::Key::volume_up ? 1 : -1);
  }
  // Whoever types on a real keyboard: what no card reader typed.
  for (const auto& event : input.events) {
    if ((screen->ground != parts::Ground::staff && screen->key != "type/own") || busy_) break;
    if (event.did == ui::Did::character) follow(top().screen->on_tap(draft_, top().model, {"char:" + base::to_utf8(std::u32string(1, event.character))}));
    else if (event.did == ui::Did::key && event.key == ui::Key::erase) follow(top().screen->on_tap(draft_, top().model, {"key:erase"}));
  }
  if (screen_key() == "desk/attract" && std::any_of(input.events.begin(), input.events.end(), [](const ui::Event& e) { return e.did == ui::Did::touch_down || e.did == ui::Did::key; }))
    go_home(false);
  else if (!busy_ || over_ != Over::nothing) tapped(result.touched);
  if (unsaved_said_) frame.glow("save");

  Drawn drawn;
  drawn.cpu_ms = result.cpu_ms;
  drawn.next_ms = result.next_frame_ms;
  drawn.changed = !(frame.outline() == last_) || last_key_ != screen->key;
  if (dirty_ || changed_screen_) drawn.next_ms = 0;
  return drawn;
}

void Kiosk::presented(ui::Frame& frame, const ui::Glass& glass, const Drawn& drawn) {
  s_.trace.frame(drawn.cpu_ms);
  if (changed_screen_ || dirty_) return;  // the next frame shows what this touch led to
  const auto& outline = frame.outline();
  if (drawn.changed) {
    s_.trace.screen(screen_key(), language_, scale_, night_, glass, outline);
    last_ = outline;
    last_key_ = screen_key();
  }
  auto& open = top();
  if (std::exchange(ear_moved_, false) && outline.speak_key != open.said_key) open.spoken = false;
  if (!open.spoken && !waiting_) {
    open.said_key = outline.speak_key;
    open.spoken = true;
    const bool quiet = open.screen->privacy == parts::Privacy::quiet && !draft_.of<parts::Session>().headset;
    if (!say_key_.empty()) say(say_key_, say_text_);
    else if (quiet) say("app.quiet.say", words().text("app.quiet.say"));
    else say(outline.speak_key, outline.speak_text);
    say_key_.clear();
    say_text_.clear();
    if (reading_choices_ && !quiet) {
      for (const auto& w : outline.widgets)
        if (w.kind == ui::Kind::target && !w.label.empty() && w.id != "back" && w.id != "home" && w.id != "say_again") choices_.emplace_back(w.id, w.label);
    }
    reading_choices_ = false;
  } else if (!choices_.empty() && (!s_.ears.speaking || !s_.ears.speaking())) {
    const auto [id, text] = choices_.front();
    choices_.erase(choices_.begin());
    frame.glow(id);
    say("choice:" + (id.find(':') == std::string::npos ? id : id.substr(0, id.find(':'))), text);
    if (choices_.empty()) frame.glow("");
  }
}

}  // namespace app
