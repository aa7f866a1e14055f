#include "app/record.h"

#include "app/trace.h"
#include "app/window.h"
#include "base/clock.h"
#include "desk/record_voice.h"
#include "devices/recorder.h"
#include "ui/gl.h"

#include <GLFW/glfw3.h>
#include <csignal>
#include <memory>

namespace app {
namespace {

using Doing = devices::Recorder::Doing;
using Verdict = devices::Recorder::Verdict;

volatile std::sig_atomic_t asked_to_stop = 0;
void stop_soon(int) { asked_to_stop = 1; }

std::int64_t now_ms() { return base::SystemClock().monotonic_ms(); }

struct Window {
  ui::Glass glass;
  ui::Input input;
  double x = 0, y = 0;
  bool down = false, damaged = true;
};
Window& of(GLFWwindow* handle) { return *static_cast<Window*>(glfwGetWindowUserPointer(handle)); }

void on_button(GLFWwindow* handle, int button, int action, int) {
  auto& w = of(handle);
  if (button != GLFW_MOUSE_BUTTON_LEFT) return;
  glfwGetCursorPos(handle, &w.x, &w.y);
  w.down = action == GLFW_PRESS;
  w.input.events.push_back(ui::touch_at(w.down ? ui::Did::touch_down : ui::Did::touch_up, w.x, w.y, w.glass, now_ms()));
}
void on_move(GLFWwindow* handle, double x, double y) {
  auto& w = of(handle);
  if (w.down) w.input.events.push_back(ui::touch_at(ui::Did::touch_move, x, y, w.glass, now_ms()));
}
void on_key(GLFWwindow* handle, int key, int, int action, int) {
  if (action != GLFW_PRESS) return;
  const auto press = [&](ui::Key k) { of(handle).input.events.push_back(ui::key_press(k, now_ms())); };
  switch (key) {
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER:
    case GLFW_KEY_SPACE: return press(ui::Key::ok);
    case GLFW_KEY_UP: return press(ui::Key::up);
    case GLFW_KEY_DOWN: return press(ui::Key::down);
    case GLFW_KEY_LEFT: return press(ui::Key::left);
    case GLFW_KEY_RIGHT: return press(ui::Key::right);
    case GLFW_KEY_F2: return press(ui::Key::repeat);
    case GLFW_KEY_ESCAPE: return press(ui::Key::back);
    default: return;
  }
}

desk::RecordVoiceModel model_of(const devices::Recorder::State& s, const std::string& pack) {
  constexpr const char* verdicts[] = {"", "good", "silent", "too_short", "too_loud", "no_microphone", "not_kept"};
  desk::RecordVoiceModel m;
  m.pack = pack;
  m.text = s.text;
  m.doing = static_cast<desk::RecordVoiceModel::Doing>(s.doing);
  m.verdict = verdicts[static_cast<std::size_t>(s.verdict)];
  m.at = s.at;
  m.lines = s.lines;
  m.missing = s.missing;
  m.piece = s.piece;
  m.recorded = s.recorded;
  m.level = s.level;
  return m;
}

}  // namespace

int record_voice(const RecordOptions& options, devices::Pack pack, std::vector<devices::Line> lines, const base::Words& words) {
  devices::prepare_sound();  // before any thread
  auto* handle = open_window(options.window);
  if (handle == nullptr) {
    no_window();
    return 1;
  }
  std::signal(SIGTERM, stop_soon);
  std::signal(SIGINT, stop_soon);
  Window window;
  window.glass = glass_behind(handle, {.px_per_mm = options.px_per_mm});
  auto trace = options.trace.empty() ? std::make_unique<Trace>() : std::make_unique<Trace>(options.trace, true);
  trace->start(window.glass);
  const auto title = pack.title;
  {
    devices::Speaker speaker;
    devices::Recorder recorder(speaker, std::move(pack), std::move(lines), options.microphone, [] { glfwPostEmptyEvent(); });
    ui::Frame frame([] { glfwPostEmptyEvent(); });
    ui::Gl gl(frame);
    glfwSetWindowUserPointer(handle, &window);
    glfwSetMouseButtonCallback(handle, on_button);
    glfwSetCursorPosCallback(handle, on_move);
    glfwSetKeyCallback(handle, on_key);
    glfwSetWindowRefreshCallback(handle, [](GLFWwindow* h) { of(h).damaged = true; });
    ui::Look look;
    look.staff = true;
    look.bar = false;
    ui::Outline last;
    bool leave = false;
    while (glfwWindowShouldClose(handle) == GLFW_FALSE && asked_to_stop == 0 && !leave) {
      const auto input = std::exchange(window.input, {});
      const auto m = model_of(recorder.state(), title);
      frame.begin(window.glass, input, words, look, now_ms());
      ui::Ui ui(frame);
      desk::draw_record_voice(ui, m);
      const auto result = frame.end();
      gl.present();
      glfwSwapBuffers(handle);
      trace->frame(result.cpu_ms);
      if (!(frame.outline() == last)) {
        last = frame.outline();
        trace->screen("desk/record_voice", words.language(), 1, false, window.glass, last);
      }
      auto did = result.touched;
      for (const auto key : result.keys) {
        if (key == ui::Key::repeat) did = "play";
        if (key == ui::Key::back) did = "previous";
      }
      if (did == "record") recorder.record_or_stop();
      else if (did == "play") recorder.play();
      else if (did == "previous") recorder.go(-1);
      else if (did == "next") recorder.go(1);
      else if (did == "next_missing") recorder.next_missing();
      else if (did == "done") leave = true;
      // The bar follows the voice; else nothing is drawn until something happens.
      double wait_s = result.next_frame_ms ? *result.next_frame_ms / 1000.0 : 10;
      if (m.doing == desk::RecordVoiceModel::Doing::hearing) wait_s = std::min(wait_s, 0.05);
      if (!did.empty()) wait_s = 0;
      window.damaged = false;
      if (window.input.events.empty() && wait_s > 0) glfwWaitEventsTimeout(wait_s);
      else glfwPollEvents();
    }
  }
  glfwDestroyWindow(handle);
  glfwTerminate();
  return 0;
}

}  // namespace app
