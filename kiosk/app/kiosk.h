// The kiosk between a glass and a database: the stack of screens, the session, chrome, idle, alarms. Knows no window: the loop gives it
// input and a frame, tests give it the same without a window. Drawing thread only.
//
// The rule that must hold: when a session ends nothing of it is left - draft, models, outline, language, text size.
#pragma once

#include "app/camera.h"
#include "app/resume.h"
#include "app/trace.h"
#include "app/workers.h"
#include "base/text.h"
#include "entry/engines.h"
#include "parts/ear.h"
#include "parts/keyring.h"
#include "parts/screen.h"
#include "ui/frame.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace app {

// How loud and how fast this session wants the voice, in steps from the village's own settings; over with the session.
struct Hearing {
  int louder = 0;  // of 15 %, at most 6 either way
  int faster = 0;  // of the six speeds (devices/voice.h)
  std::optional<int> volume = {}, speed = {};  // tried by staff: instead of the settings, in percent and of the six
  bool operator==(const Hearing&) const = default;
};

// What speaks and sounds; both may be missing.
struct Ears {
  std::function<void(std::string_view key, std::string_view text, const std::string& language, bool personal, const Hearing&)> say;
  std::function<void()> hush;
  std::function<void(std::string_view name)> sound;   // click done refused tick alarm_once
  std::function<void(int every_ms)> alarm;             // the tone, again and again; 0: over
  std::function<bool()> speaking;
  std::function<bool()> headset;                       // private things may be spoken
};

struct Setup {
  store::Store& store;
  Trace& trace;
  Workers& workers;
  std::vector<parts::Faces> faces;
  std::map<std::string, base::Words> words;  // by language
  std::string language = "zh-CN";
  village::SiteId site;
  Ears ears;
  bool blocks = false;          // labels as blocks (tests)
  bool reduced_motion = false;
  float scale = 1;              // size of text each session begins with
  std::shared_ptr<parts::Ear> ear = {};        // hears a person and plays what was said; none: neither
  std::shared_ptr<entry::Engines> entry = {};  // what staff write Chinese with; none: single characters by pinyin
  std::shared_ptr<Camera> camera = {};         // what staff take photos with; none: the photo screens say that there is none
};

class Kiosk {
 public:
  explicit Kiosk(Setup);

  struct Drawn {
    bool changed = false;                   // the outline differs from the frame before
    std::optional<int> next_ms;             // draw again after this time; none: when something happens
    float cpu_ms = 0;
  };
  // One frame: what was done since the last one goes in.
  Drawn draw(ui::Frame&, const ui::Glass&, const ui::Input&, std::int64_t now_ms);
  // A valid card was read at any moment; or a reader gave something that is no card.
  void card(const std::string& text);
  void not_a_card();
  // Once a minute and after commits of others: chores, alarms, models that are old.
  void tick(std::int64_t now_ms);
  // After the frame was presented: trace and voice follow what is seen.
  void presented(ui::Frame&, const ui::Glass&, const Drawn&);

  // The clock on the glass has changed, or an engine has answered: what is shown is read anew.
  void look_again() { if (!stack_.empty()) { top().moved = -1; dirty_ = true; } }
  // The ear has something new: what the screen says now is said, where it is another sentence.
  void ear_moved() { ear_moved_ = true; look_again(); }
  // Something is due that no touch asked for: idle, a refusal, an alarm.
  [[nodiscard]] bool wants_frame(std::int64_t now_ms);
  [[nodiscard]] const std::string& screen_key() const;
  [[nodiscard]] const base::Words& words() const;
  [[nodiscard]] bool busy() const { return busy_; }
  // Whoever signed in can open what is sealed for them.
  [[nodiscard]] bool holds_key() const;
  [[nodiscard]] bool signed_in() const { return viewer_.is_staff(); }
  [[nodiscard]] bool knows_somebody() const { return viewer_.person || viewer_.staff; }
  void go_home(bool because_idle);
  // Where a kiosk that falls now may come back to: the topmost screen that anybody reaches from home by one touch, knowing and showing
  // nobody. Home itself as soon as somebody is known.
  [[nodiscard]] Place public_place() const;
  // Back there. False, and home stays, for anything else than what public_place can give.
  bool come_back(const Place&);
  void sign_out_now() { go_home(true); }
  // For the screenshot script and tests: opens a screen as if a person had come there.
  void open(const std::string& screen, const std::string& key);
  void touch(const std::string& id) { tapped(id); }
  [[nodiscard]] Camera* camera() const { return s_.camera.get(); }
  void use_camera(std::shared_ptr<Camera> camera) { s_.camera = std::move(camera); }  // tests: one that is made after the kiosk
  [[nodiscard]] store::Role needs(const std::string& screen) const;  // the least role that sees it
  void become(const parts::Identity&);
  void set_language(const std::string&);
  // One step louder or softer, for this session, and the screen is said again so that it is heard.
  void turn_volume(int step);
  void turn_speed(int step);
  [[nodiscard]] const Hearing& hearing() const { return hearing_; }
  // The machine is too slow for motion (app/pace.h): from now on nothing moves.
  void stand_still() { slow_machine_ = true; }
  void set_sight(float scale, bool night) { scale_ = scale; night_ = night; dirty_ = true; }

 private:
  struct Open {
    const parts::Screen* screen = nullptr;
    std::string key;
    std::any model;
    std::int64_t moved = -1;
    std::int64_t opened_ms = 0;
    bool spoken = false;
    std::string said_key;  // its sentence, as it was last said
    bool edited = false;  // staff touched something since it was opened or saved
    int said_again = 0;  // how often it was asked for
  };
  enum class Over { nothing, still_there, busy, swap_card };

  [[nodiscard]] store::Reader reader() const;
  [[nodiscard]] bool is_public(const std::string& screen, const std::string& key) const;
  [[nodiscard]] Open& top() { return stack_.back(); }
  void load(Open&);
  void push(const std::string& screen, const std::string& key, bool replacing, bool backwards = false);
  void follow(parts::Next);
  void run(std::function<parts::Outcome(store::Act&)>, std::function<void()> slow);
  void attempt(std::function<parts::Outcome(store::Act&)>);
  void try_again();
  void back_to_today();
  void ran(const parts::Outcome&, const std::function<parts::Outcome(store::Act&)>& deed);
  bool asks_for_carer(const parts::Refused&, const std::function<parts::Outcome(store::Act&)>& deed);
  void carer_came();
  void tapped(const std::string& id);
  bool chrome_took(const std::string& id);
  bool keeps_unsaved();
  void refuse(const parts::Refused&);
  void refresh_session();
  void draw_chrome(ui::Ui&);
  void draw_alarms(ui::Ui&, ui::Frame&, const ui::Glass&);
  [[nodiscard]] bool alarm_shows() const;
  void draw_over(ui::Ui&, ui::Frame&, std::int64_t now_ms);
  void say(const std::string& key, const std::string& text);
  void say_choices(const ui::Outline&);
  void next_choice(ui::Frame&);
  void look_for_headset();
  struct Later { store::Viewer viewer; std::function<parts::Outcome(store::Act&)> deed; };
  void step_home();
  // How whoever stands here wants to see and hear it: kept where only who they are is forgotten.
  [[nodiscard]] auto chosen() { return std::tie(language_, scale_, night_, hearing_); }
  void forget_heard();
  [[nodiscard]] std::string unlock_sealed(parts::Keyring&);
  void open_sealed();
  void hand_on(std::span<const store::HeldKey>);
  void close_sealed();
  void step_of_reader();
  void leave_cover();
  void write_soon(Later);
  void note(std::function<parts::Outcome(store::Act&)>);
  [[nodiscard]] bool wrote(const Later&);
  bool write_later();
  void turn(int& steps, int by, int most);
  void card_of(village::PersonId);
  [[nodiscard]] bool shows_private() const;
  [[nodiscard]] std::int64_t idle_after_ms() const;
  [[nodiscard]] std::int64_t warning_ms() const;
  void check_idle(std::int64_t now_ms);
  [[nodiscard]] bool next_is_night() const;
  void next_sight();
  [[nodiscard]] bool usually_night() const;  // screen.night: how this house begins each session
  [[nodiscard]] const std::pair<const std::string, base::Words>& next_language() const;

  Setup s_;
  std::map<std::string, parts::Screen, std::less<>> screens_;
  std::string on_card_, urgent_;
  std::set<std::pair<std::string, std::string>> ways_;  // from home: screen, key
  std::vector<Open> stack_;
  parts::Draft draft_;
  store::Viewer viewer_;
  std::string language_;
  Hearing hearing_;
  float scale_ = 1;
  bool night_ = false;  // light on black
  bool slow_machine_ = false;
  bool roomy_ = true;   // the glass has room for text x 1.5
  Over over_ = Over::nothing;
  std::int64_t over_since_ = 0;
  bool busy_ = false;
  std::int64_t busy_since_ = 0;
  // A deed that found the database locked by another program: it has not begun, and is tried again for whom it was meant.
  struct Waiting { std::function<parts::Outcome(store::Act&)> deed; const parts::Screen* on = nullptr; store::Viewer viewer; bool said = false; };
  std::optional<Waiting> waiting_;
  // A child's deed that was refused until a carer has touched; tried again then.
  struct ForCarer { std::function<parts::Outcome(store::Act&)> deed; const parts::Screen* on = nullptr; std::string key; bool seen = false; };
  std::optional<ForCarer> for_carer_;
  std::optional<std::pair<std::string, std::string>> asked_;  // the staff screen for which somebody is signing in
  // What is written down by the way, and could not be yet: another program held the database, or the disk was full.
  std::vector<Later> later_;
  std::string band_text_;  // refusal shown until the next touch
  bool ear_moved_ = false;
  bool unsaved_said_ = false;  // the next "back" leaves what was changed and not saved
  std::vector<parts::Alarm> alarms_;
  std::int64_t alarms_moved_ = -1;
  bool alarm_sounding_ = false;
  std::int64_t alarm_again_ms_ = 0, alarm_every_ms_ = 0;
  std::int64_t attract_turn_ = 0;
  std::int64_t last_input_ms_ = 0, now_ms_ = 0, last_tick_ms_ = -1;
  std::int64_t last_second_ = 0;
  bool dirty_ = true, changed_screen_ = false, backwards_ = false;
  bool forget_faces_ = false;  // the session is over: photos leave the glass's memory with the next frame
  ui::Outline last_;
  std::string last_key_;
  std::string say_key_, say_text_;   // instead of the next screen's own sentence
  std::vector<std::pair<std::string, std::string>> choices_;  // being read aloud: id, text
  bool reading_choices_ = false;
  std::optional<village::PersonId> swap_to_;
  std::int64_t chores_at_ms_ = 0;
};

}  // namespace app
