#include "app/run.h"

#include "app/ear.h"
#include "app/examples.h"
#include "app/faces.h"
#include "app/heartbeat.h"
#include "app/keeper.h"
#include "app/kiosk.h"
#include "app/needs.h"
#include "app/pace.h"
#include "app/resume.h"
#include "app/stopgap.h"
#include "app/window.h"
#include "base/log.h"
#include "desk/home.h"
#include "devices/headset.h"
#include "devices/reader.h"
#include "devices/sound.h"
#include "devices/spoken.h"
#include "devices/voice.h"
#include "devices/wedge.h"
#include "store/forget.h"
#include "ui/gl.h"
#include "village/help_phone.h"
#include "village/photos.h"
#include "village/places.h"

#include <GLFW/glfw3.h>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fmt/format.h>
#include <future>
#include <malloc.h>
#include <sstream>
#include <thread>
#include <utility>

namespace app {
namespace {

constexpr std::int64_t shut_for_ms = 60'000;

volatile std::sig_atomic_t asked_to_stop = 0;
void stop_soon(int) {
  asked_to_stop = 1;
}

// What GLFW's callbacks reach: the window's own input, until the loop takes it.
struct Window {
  GLFWwindow* handle = nullptr;
  ui::Glass glass;
  ui::Input input;
  devices::Wedge wedge;
  Trace* trace = nullptr;
  std::vector<devices::Wedge::Event> cards;
  bool damaged = true;
  int faster = 0;  // steps asked for by keys
  double x = 0, y = 0;
  bool down = false;

  // Characters that are a person's go in before whatever key came after them.
  void take_typed() {
    for (const char32_t c : wedge.typed_through()) input.events.push_back(ui::typed(c, base::SystemClock().monotonic_ms()));
  }
  void wedge_said(const std::optional<devices::Wedge::Event>& event) {
    if (event && event->kind != devices::Wedge::Event::Kind::nothing) cards.push_back(*event);
  }
};

std::int64_t now_ms() { return base::SystemClock().monotonic_ms(); }

Window& of(GLFWwindow* handle) { return *static_cast<Window*>(glfwGetWindowUserPointer(handle)); }

void on_button(GLFWwindow* handle, int button, int action, int) {
  auto& w = of(handle);
  if (button != GLFW_MOUSE_BUTTON_LEFT) return;
  // Where the last motion led, not where the pointer is by now: a quick hand has begun the next stroke before this one's end is read.
  w.down = action == GLFW_PRESS;
  w.input.events.push_back(ui::touch_at(w.down ? ui::Did::touch_down : ui::Did::touch_up, w.x, w.y, w.glass, now_ms()));
  w.trace->input(w.down ? "down" : "up", static_cast<float>(w.x), static_cast<float>(w.y));
}
void on_move(GLFWwindow* handle, double x, double y) {
  auto& w = of(handle);
  w.x = x;
  w.y = y;
  if (w.down) w.input.events.push_back(ui::touch_at(ui::Did::touch_move, x, y, w.glass, now_ms()));
}
void on_character(GLFWwindow* handle, unsigned character) {
  // With Control or Alt held GLFW gives no character; with the Windows key it does.
  if (glfwGetKey(handle, GLFW_KEY_LEFT_SUPER) == GLFW_PRESS || glfwGetKey(handle, GLFW_KEY_RIGHT_SUPER) == GLFW_PRESS) return;
  auto& w = of(handle);
  w.wedge_said(w.wedge.feed(static_cast<char32_t>(character), now_ms()));
  w.take_typed();
}
void on_key(GLFWwindow* handle, int key, int, int action, int mods) {
  auto& w = of(handle);
  if (action != GLFW_PRESS || (mods & (GLFW_MOD_ALT | GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0) return;  // held keys do not repeat; no chords
  const auto press = [&](ui::Key k, const char* kind) {
    w.input.events.push_back(ui::key_press(k, now_ms()));
    w.trace->input(kind, 0, 0);
  };
  switch (key) {
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER: {
      const auto said = w.wedge.feed_enter(now_ms());
      w.take_typed();
      if (said) w.wedge_said(said);
      else press(ui::Key::ok, "key:ok");
      return;
    }
    case GLFW_KEY_UP: return press(ui::Key::up, "key:up");
    case GLFW_KEY_DOWN: return press(ui::Key::down, "key:down");
    case GLFW_KEY_LEFT: return press(ui::Key::left, "key:left");
    case GLFW_KEY_RIGHT: return press(ui::Key::right, "key:right");
    case GLFW_KEY_ESCAPE: return press(ui::Key::back, "key:back");
    case GLFW_KEY_F1: return press(ui::Key::help, "key:help");
    case GLFW_KEY_F2: return press(ui::Key::repeat, "key:repeat");
    case GLFW_KEY_F3:
    case GLFW_KEY_KP_SUBTRACT: return press(ui::Key::volume_down, "key:softer");
    case GLFW_KEY_F4:
    case GLFW_KEY_KP_ADD: return press(ui::Key::volume_up, "key:louder");
    case GLFW_KEY_F5:
    case GLFW_KEY_F6:
      w.faster += key == GLFW_KEY_F6 ? 1 : -1;
      w.trace->input(key == GLFW_KEY_F6 ? "key:faster" : "key:slower", 0, 0);
      w.damaged = true;
      return;
    case GLFW_KEY_BACKSPACE: return press(ui::Key::erase, "key:erase");
    default: return;
  }
}
void on_refresh(GLFWwindow* handle) { of(handle).damaged = true; }

ui::GlassSettings glass_settings(store::Store& store, float px_per_mm) {
  const auto r = store.reader(store::Viewer{});
  ui::GlassSettings s;
  s.width_mm = static_cast<float>(r.setting("screen.width_mm", std::int64_t{0}));
  s.bottom_mm = static_cast<float>(r.setting("screen.bottom_mm", std::int64_t{0}));
  s.px_per_mm = px_per_mm;
  return s;
}

// "dongcun, mandarin": the Chinese comma is taken too.
std::vector<std::string> names_in(std::string text) {
  for (const std::string_view comma : {"，", "、"})
    for (auto at = text.find(comma); at != std::string::npos; at = text.find(comma)) text.replace(at, comma.size(), ",");
  std::vector<std::string> names;
  std::istringstream in(text);
  for (std::string name; std::getline(in, name, ',');)
    if (const auto plain = base::trimmed(name); !plain.empty()) names.emplace_back(plain);
  return names;
}

Setup setup_of(store::Store& store, Trace& trace, Workers& workers, const std::map<std::string, base::Words>& words, village::SiteId site) {
  Setup s{store, trace, workers, all_faces(), words, "zh-CN", site, {}, false, false};
  std::vector<parts::HomeTile> tiles;
  for (const auto& faces : s.faces) tiles.insert(tiles.end(), faces.tiles.begin(), faces.tiles.end());
  desk::set_home_tiles(std::move(tiles));
  return s;
}

void become(Kiosk& kiosk, store::Store& store, village::SiteId site, const std::string& who) {
  const auto eyes = store.reader(store::Viewer::of_staff(site.value, store::Role::manager, {}, {}));
  parts::Identity identity;
  if (const auto person = village::PersonId::parse(who)) {
    identity.person = *person;
    identity.known = store::Known::card;
  } else {
    for (const auto& s : village::staff(eyes))
      if (s.number == who || store::name(s.role) == who) {
        identity.staff = s.id;
        identity.role = s.role;
        break;
      }
  }
  kiosk.become(identity);
}

// Opening is not waited for before a black glass: one that takes longer than a start does is mending. What cannot be opened throws, as without
// a screen; but where a service runs it (nobody reads stderr there) a minute of the stopgap comes before, and then the service tries again: what
// was unplugged may be back, what was mistyped mended. A second kiosk on the same data is told at once: the first one has the glass.
House until_open(const RunOptions& options, GLFWwindow* handle, Trace& trace, Heartbeat& heartbeat, std::future<House>& opening) {
  using namespace std::chrono_literals;
  if (handle == nullptr) return opening.get();
  std::optional<Stopgap> stopgap;
  const auto stand = [&](Stopgap::Why why, const std::function<bool()>& over) {
    if (!stopgap) stopgap.emplace(Stopgap::Setup{handle, glass_behind(handle, {.px_per_mm = options.px_per_mm}), trace, heartbeat, options.data, options.share, options.language, options.silent});
    stopgap->stand(why, over);
  };
  if (opening.wait_for(2s) != std::future_status::ready) stand(Stopgap::Why::mending, [&] { return opening.wait_for(0s) == std::future_status::ready; });
  try {
    return opening.get();
  } catch (const std::exception& e) {
    const auto* refused = dynamic_cast<const store::CannotOpen*>(&e);
    const bool another = refused != nullptr && refused->why == store::CannotOpen::Why::locked;
    if (another || std::getenv("NOTIFY_SOCKET") == nullptr) throw;
    spdlog::error("the village cannot be opened; the glass says whom to ring: {}", e.what());
    stand(Stopgap::Why::shut, [until = now_ms() + shut_for_ms] { return now_ms() >= until; });
    throw;
  }
}

}  // namespace

std::optional<village::SiteId> choose_site(store::Store& store, const std::string& wanted) {
  auto r = store.reader(store::Viewer{});
  if (const auto meant = village::site_meant(r, wanted.empty() ? r.setting("site.here", std::string_view{}) : wanted)) return meant->id;
  if (!wanted.empty()) return std::nullopt;
  const auto all = village::sites(r);
  return all.empty() ? std::nullopt : std::optional(all.front().id);
}

int run(const RunOptions& options, const std::function<House()>& open) {
  devices::prepare_sound();  // before any thread
  auto trace = options.trace.empty() ? std::make_unique<Trace>() : std::make_unique<Trace>(options.trace, options.trace_names);
  std::vector<std::string> not_confined;
  if (options.confined) {
    auto share = options.share;
    share.emplace_back(NUANZHAN_SHARE_DIR);
    base::keep_memory_private();
    auto allowed = needs(options.data, share, {options.camera, options.microphone});
    // The second journal's own device: its folder, or where that will be made.
    std::error_code away;  // a device that died answers nothing, and the kiosk opens all the same
    for (const auto& folder : {store::second_folder(options.data), store::second_folder(options.data).parent_path()})
      if (std::filesystem::is_directory(folder, away)) {
        allowed.write.push_back(folder);
        break;
      }
    not_confined = base::confine(allowed);
  }
  auto opening = std::async(std::launch::async, open);
  auto* handle = open_window(options.window);
  Heartbeat heartbeat(std::getenv("NOTIFY_SOCKET"));
  const auto house = until_open(options, handle, *trace, heartbeat, opening);
  auto& store = *house.store;
  const auto& words = house.words;
  const auto site = choose_site(store, options.site);
  if (!site) {
    fmt::print(stderr, "there is no such site in this database; `nuanzhan demo` makes a village to try, `--site KIND` chooses one\n");
    return 2;
  }
  if (handle == nullptr) {
    no_window();
    return 1;
  }
  std::signal(SIGTERM, stop_soon);
  std::signal(SIGINT, stop_soon);
  for (const auto& line : not_confined) spdlog::warn("{}", line);

  Window window;
  window.handle = handle;
  window.trace = trace.get();
  window.glass = glass_behind(handle, glass_settings(store, options.px_per_mm));
  if (!window.glass.plausible) spdlog::warn("the display's size is not plausible; 4.0 px/mm is taken (setting screen.width_mm)");
  trace->start(window.glass);

  const auto resume_file = store.folder() / "resume";
  Resume resume(resume_file, boot_time_s());
  const bool troubled = resume.troubled();
  resume.begins(boot_time_s());
  Resume::write(resume_file, resume.text());
  {
    Workers workers([] { glfwPostEmptyEvent(); });
    auto setup = setup_of(store, *trace, workers, words, *site);
    setup.language = options.language.empty() ? store.reader(store::Viewer::nobody(site->value)).setting("language", std::string_view{"zh-CN"}) : options.language;
    if (!words.contains(setup.language)) setup.language = "zh-CN";
    setup.blocks = options.blocks;
    setup.reduced_motion = options.reduced_motion || store.reader(store::Viewer::nobody(site->value)).setting("motion.reduced", std::int64_t{0}) != 0;

    std::unique_ptr<devices::Speaker> speaker;
    std::unique_ptr<devices::Voice> voice;
    std::unique_ptr<devices::Sound> sound;
    std::unique_ptr<devices::Headset> headset;
    if (!options.silent) {
      speaker = std::make_unique<devices::Speaker>();
      devices::Voice::Settings vs;
      vs.packs = {store.folder() / "voice", std::filesystem::path(NUANZHAN_SHARE_DIR) / "assets" / "voice"};
      vs.cache = store.folder() / "cache" / "voice";
      vs.on_finished = [](const std::string&) { glfwPostEmptyEvent(); };
      voice = std::make_unique<devices::Voice>(*speaker, vs);
      sound = std::make_unique<devices::Sound>(*speaker);
      setup.ears.say = [&](std::string_view key, std::string_view text, const std::string& language, bool personal, const Hearing& hearing) {
        // Asked for each sentence: who turns it up wants to hear it in the next one.
        const auto r = store.reader(store::Viewer::nobody(site->value));
        const bool tried = hearing.volume || hearing.speed;
        if (text.empty() || (!tried && r.setting("voice.on", std::int64_t{1}) == 0)) return;
        const auto volume = hearing.volume.value_or(static_cast<int>(r.setting("voice.volume", std::int64_t{80}))) + 15 * hearing.louder;
        // Turned down it stays audible: silence is the village's to choose, not a passer-by's key.
        voice->set_volume(static_cast<float>(std::clamp(volume, 10, 100)) / 100.0f);
        voice->set_speed(hearing.speed.value_or(static_cast<int>(r.setting("voice.speed", std::int64_t{3}))) + hearing.faster);
        voice->use_packs(names_in(r.setting("voice.packs", std::string_view{})));
        // Names are read as names, and are what a pack of clips may lack: the key's own text says where they stand.
        const auto known = words.find(language);
        const auto pattern = known == words.end() ? std::string{} : known->second.text(key);
        voice->say({.text = devices::names_marked(pattern, text), .language = language, .key = std::string(key), .personal = personal});
      };
      headset = std::make_unique<devices::Headset>([] { glfwPostEmptyEvent(); });
      setup.ears.headset = [&] {
        const auto said = store.reader(store::Viewer::nobody(site->value)).setting("voice.headset", std::string_view{"auto"});
        return said == "yes" || (said != "no" && headset->in());
      };
      setup.ears.hush = [&] { voice->stop(); };
      setup.ears.speaking = [&] { return voice->speaking(); };
      setup.ears.sound = [&](std::string_view name) {
        if (name == "click") sound->click();
        else if (name == "done") sound->done();
        else if (name == "refused") sound->refused();
        else if (name == "alarm_once") sound->alarm_once();
        else sound->tick();
      };
      setup.ears.alarm = [&](int every_ms) { every_ms > 0 ? sound->alarm(std::chrono::milliseconds(every_ms)) : sound->stop_alarm(); };
    }

    setup.scale = options.scale;
    Kiosk* open_kiosk = nullptr;
    setup.entry = std::make_shared<entry::Engines>(
        store.folder() / "cache" / "entry", [&](auto job, auto then) { workers.start(std::move(job), std::move(then)); },
        [&] { open_kiosk->look_again(); });
    setup.camera = std::make_shared<Camera>(workers, options.camera, photo_places(store.folder()));
    // Photos that a power cut left without their fact.
    if (!store.clock_unsure())
      workers.start([folder = store.folder(), never_before = store.clock_never_before(), named = village::named_photos(store.reader(store::Viewer::clockwork(site->value)))] {
        (void)village::sweep_photos(folder, named, never_before);
      }, [] {});
    const auto ear = make_ear(speaker.get(), workers, options.microphone, [&] { workers.post([&] { open_kiosk->ear_moved(); }); });
    setup.ear = ear;
    Kiosk kiosk(std::move(setup));
    open_kiosk = &kiosk;
    ui::Frame frame([] { glfwPostEmptyEvent(); });
    frame.photo_folder(store.folder());
    frame.outside_photos(decoded_outside);
    ui::Gl gl(frame);
    glfwSetWindowUserPointer(handle, &window);
    glfwGetCursorPos(handle, &window.x, &window.y);
    glfwSetMouseButtonCallback(handle, on_button);
    glfwSetCursorPosCallback(handle, on_move);
    glfwSetCharCallback(handle, on_character);
    glfwSetKeyCallback(handle, on_key);
    glfwSetWindowRefreshCallback(handle, on_refresh);
    // A kiosk is closed by its service alone, whatever a keyboard that was plugged in asks for.
    if (!options.window) glfwSetWindowCloseCallback(handle, [](GLFWwindow* w) { glfwSetWindowShouldClose(w, GLFW_FALSE); });
    glfwSetInputMode(handle, GLFW_CURSOR, options.window ? GLFW_CURSOR_NORMAL : GLFW_CURSOR_HIDDEN);

    // Named anew in the settings, it is looked for under its new name at once.
    std::string reader_named;
    std::unique_ptr<devices::CardReader> card_reader;
    const auto name_reader = [&] {
      const auto eyes = store.reader(store::Viewer::nobody(site->value));
      const auto named = options.reader.empty() ? std::string(eyes.setting("reader.device", std::string_view{})) : options.reader;
      if (named == reader_named) return;
      reader_named = named;
      card_reader.reset();
      if (!named.empty()) card_reader = std::make_unique<devices::CardReader>(named, [] { glfwPostEmptyEvent(); });
    };
    name_reader();
    std::optional<std::string> number_kept;
    const auto keep_number = [&] {
      if (auto number = village::help_phone(store.reader(store::Viewer::nobody(site->value)), *site); number_kept != number) {
        village::keep_help_phone(store.folder(), number);
        number_kept = std::move(number);
      }
    };
    keep_number();

    kiosk.tick(now_ms());  // before a screen is opened: a count-down begins at the kiosk's own time
    if (options.as) become(kiosk, store, *site, *options.as);
    if (options.open) {
      const auto equals = options.open->find('=');
      kiosk.open(options.open->substr(0, equals), equals == std::string::npos ? "" : options.open->substr(equals + 1));
    }
    if (options.night) kiosk.set_sight(options.scale, true);
    if (!options.open && !options.as) {
      if (troubled) spdlog::warn("it fell {} times within {} s", troubled_after + 1, troubled_within_s);
      if (troubled) kiosk.open("desk/unwell", "");
      else if (resume.fell_at()) (void)kiosk.come_back(*resume.fell_at());
    }

    Pace pace;
    std::optional<std::int64_t> draw_at = now_ms();
    std::int64_t last_tick = 0, moved = -1;
    Keeper keeper(store, *site);
    std::string clock_shown;
    bool tidy = false;
    std::int64_t drawn_ms = 0;
    while (glfwWindowShouldClose(handle) == GLFW_FALSE && asked_to_stop == 0) {
      const auto before = now_ms();
      auto wake = before + 1000;  // alarms, idle and the clock are looked at once a second; looking costs microseconds and draws nothing
      if (draw_at) wake = std::min(wake, *draw_at);
      if (const auto deadline = window.wedge.deadline()) wake = std::min(wake, *deadline);
      if (wake > before) glfwWaitEventsTimeout(static_cast<double>(wake - before) / 1000.0);
      else glfwPollEvents();
      auto now = now_ms();
      window.wedge_said(window.wedge.tick(now));
      window.take_typed();

      bool draw = window.damaged || (draw_at && now >= *draw_at) || !window.input.events.empty();
      draw = workers.take() || draw;
      if (card_reader) std::ranges::move(card_reader->take(), std::back_inserter(window.cards));
      for (const auto& event : std::exchange(window.cards, {})) {  // no code stays in what the list keeps room in
        draw = true;
        if (event.kind == devices::Wedge::Event::Kind::card) kiosk.card(event.code);
        else kiosk.not_a_card();
      }
      if (const int step = std::exchange(window.faster, 0)) kiosk.turn_speed(step);
      if (now - last_tick >= 1000 || draw) {
        last_tick = now;
        const bool was = draw;
        kiosk.tick(now);
        keeper.tick(now, !kiosk.signed_in());
        if (keeper.disk_turned()) kiosk.look_again();
        const auto m = store.moved();
        const auto minute = base::hour_minute(base::minutes_of_day(store.clock().now(), store.place()));
        if (m != moved || minute != clock_shown) {
          if (minute != clock_shown) kiosk.look_again();
          if (m != moved) {
            name_reader();
            keep_number();
          }
          moved = m;
          clock_shown = minute;
          draw = true;
        }
        draw = draw || was || kiosk.wants_frame(now);
      }
      if (!draw) {
        // What starting or a full screen took and gave back goes back to the machine too, once nobody waits for us.
        // The database's pages too: what the last person was shown stands in them.
        if (!tidy && now - drawn_ms > 2000) {
          store::forget_read(store.database());
          tidy = malloc_trim(0) >= 0;
        }
        window.wedge.was_busy(now_ms() - now);  // chores and alarms take their time too
        heartbeat.beat(now_ms());
        continue;
      }
      const auto input = std::move(window.input);
      window.input = {};
      window.damaged = false;
      const auto drawn = kiosk.draw(frame, window.glass, input, now);
      gl.present();
      glfwSwapBuffers(handle);
      frame.presented(now_ms());
      kiosk.presented(frame, window.glass, drawn);
      heartbeat.beat(now_ms());
      if (resume.stands_at(kiosk.public_place(), boot_time_s()))
        workers.start([resume_file, text = resume.text()] { Resume::write(resume_file, text); }, [] {});
      if (pace.frame(static_cast<double>(now_ms() - now), drawn.next_ms && *drawn.next_ms <= 20)) {
        kiosk.stand_still();
        spdlog::warn("this machine is too slow for motion: screens change at once from now on");
      }
      drawn_ms = now;
      tidy = false;
      draw_at = drawn.next_ms ? std::optional(now_ms() + *drawn.next_ms) : std::nullopt;
      window.wedge.was_busy(now_ms() - now);
    }
    ear->forget();  // while there is a loudspeaker: what waits for the worker may hold it longer
    heartbeat.stops();
  }
  Resume::forget(resume_file);
  glfwDestroyWindow(handle);
  glfwTerminate();
  return 0;
}

int shots(store::Store& village, const ShotOptions& options, const std::map<std::string, base::Words>& words) {
  if (!choose_site(village, options.site)) return 2;
  std::vector<std::string> screens;
  for (const auto& f : all_faces())
    for (const auto& screen : f.screens)
      if (!only_leads_on(screen.key) && screen.key.find(options.only) != std::string::npos) screens.push_back(screen.key);
  if (screens.empty()) {
    fmt::print(stderr, "--only: no screen's key holds \"{}\"; keys are as desk/home, attendance/child\n", options.only);
    return 2;
  }
  std::ranges::stable_partition(screens, [](const auto& key) { return !leaves_an_alarm(key); });
  // Everything happens in a copy: on the way to a screen places are booked and people called.
  Copy copy(village);
  auto& store = copy.store();
  auto* handle = open_window(std::make_pair(options.width, options.height));
  if (handle == nullptr) {
    no_window();
    return 1;
  }
  std::filesystem::create_directories(options.out);
  const auto glass = ui::glass_of(options.width, options.height, options.diagonal_in);
  int taken = 0;
  std::string missing;
  {
    Trace trace;
    Workers workers([] { glfwPostEmptyEvent(); });
    const auto engines = std::make_shared<entry::Engines>(store.folder() / "cache" / "entry", [](const auto& job, const auto& then) {
      job();
      then();
    });
    for (const auto& key : screens) {
      // Where the screen is at home, in the village of this kiosk.
      auto site = *choose_site(store, options.site);
      const auto reader = store.reader(store::Viewer::nobody(site.value));
      const auto here = village::village_of(reader, site);
      for (const auto& s : village::sites(reader))
        if (options.site.empty() && here && s.village == here->id && s.kind == home_of(key)) site = s.id;
      auto setup = setup_of(store, trace, workers, words, site);
      setup.reduced_motion = true;
      setup.language = options.language;
      setup.entry = engines;
      setup.camera = std::make_shared<Camera>(workers, copy.pictures(), std::vector{copy.pictures()});
      setup.ear = make_ear(nullptr, workers, {}, [] {});
      Kiosk kiosk(std::move(setup));
      kiosk.set_sight(options.scale, options.night);
      auto now = now_ms();
      kiosk.tick(now);  // before the screen is opened: a count-down begins at the kiosk's own time
      if (!bring(kiosk, copy, site, key)) {
        missing += (missing.empty() ? "" : " ") + key;
        continue;
      }
      kiosk.set_sight(options.scale, options.night);
      ui::Frame frame;
      frame.photo_folder(store.folder());
      frame.outside_photos(decoded_outside);
      ui::Gl gl(frame);
      for (int i = 0; i < 12; ++i, now += 100) {
        kiosk.draw(frame, glass, {}, now);
        gl.present();
        glfwSwapBuffers(handle);
        workers.take();
        // Pictures are decoded beside the drawing.
        if (key.starts_with("desk/photo")) std::this_thread::sleep_for(std::chrono::milliseconds(40));
      }
      auto name = key;
      std::replace(name.begin(), name.end(), '/', '.');
      gl.save_png(options.out / (name + ".png"));
      ++taken;
    }
  }
  glfwDestroyWindow(handle);
  glfwTerminate();
  fmt::print("{} pictures in {}\n", taken, options.out.string());
  if (!missing.empty()) fmt::print(stderr, "this village has nothing to show on: {}\n", missing);
  return taken > 0 ? 0 : 1;
}

}  // namespace app
