#include "app/stopgap.h"

#include "base/clock.h"
#include "desk/shut.h"
#include "devices/speaker.h"
#include "devices/voice.h"
#include "ui/frame.h"
#include "ui/gl.h"
#include "ui/input.h"
#include "village/help_phone.h"

#include <GLFW/glfw3.h>
#include <memory>
#include <utility>

namespace app {
namespace {

// What GLFW's callbacks reach.
struct Hand {
  bool touched = false, damaged = true;
};
Hand& of(GLFWwindow* handle) { return *static_cast<Hand*>(glfwGetWindowUserPointer(handle)); }

std::int64_t now_ms() { return base::SystemClock().monotonic_ms(); }

}  // namespace

Stopgap::Stopgap(Setup setup) : setup_(std::move(setup)), phone_(village::kept_help_phone(setup_.data)) {
  for (const auto& share : setup_.share) {
    const auto texts = share / "assets" / "text";
    std::vector<base::Wrong> wrong;  // a key that has no words is shown as itself
    std::error_code none;
    words_ = base::Words::load(texts, std::filesystem::is_directory(texts / setup_.language, none) && !setup_.language.empty() ? setup_.language : "zh-CN", wrong);
    if (words_.has("desk.shut.say")) break;
  }
}

void Stopgap::stand(Why why, const std::function<bool()>& over) {
  auto* handle = setup_.window;
  Hand hand;
  glfwSetWindowUserPointer(handle, &hand);
  glfwSetMouseButtonCallback(handle, [](GLFWwindow* h, int, int action, int) { of(h).touched = of(h).touched || action == GLFW_PRESS; });
  glfwSetKeyCallback(handle, [](GLFWwindow* h, int, int, int action, int) { of(h).touched = of(h).touched || action == GLFW_PRESS; });
  glfwSetWindowRefreshCallback(handle, [](GLFWwindow* h) { of(h).damaged = true; });
  glfwSetInputMode(handle, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);

  std::unique_ptr<devices::Speaker> speaker;
  std::unique_ptr<devices::Voice> voice;
  if (why == Why::shut && !setup_.silent) {
    speaker = std::make_unique<devices::Speaker>();
    voice = std::make_unique<devices::Voice>(*speaker, devices::Voice::Settings{.packs = {setup_.data / "voice", std::filesystem::path(NUANZHAN_SHARE_DIR) / "assets" / "voice"}, .cache = {}, .on_started = {}, .on_finished = {}});
  }
  const auto say = [&] {
    if (voice) voice->say({.text = words_.text("desk.shut.say"), .language = words_.language(), .key = "desk.shut.say"});
    setup_.trace.spoken("desk.shut.say");
  };
  {
    ui::Frame frame;
    ui::Gl gl(frame);
    ui::Look look;
    look.bar = false;
    look.reduced_motion = true;
    if (why == Why::shut) say();
    std::optional<std::int64_t> draw_at = now_ms();
    ui::Outline last;
    while (glfwWindowShouldClose(handle) == GLFW_FALSE && !over()) {
      if (std::exchange(hand.damaged, false) || (draw_at && now_ms() >= *draw_at)) {
        frame.begin(setup_.glass, {}, words_, look, now_ms());
        ui::Ui ui(frame);
        if (why == Why::mending) desk::draw_mending(ui);
        else desk::draw_shut(ui, phone_);
        const auto result = frame.end();
        gl.present();
        glfwSwapBuffers(handle);
        draw_at = result.next_frame_ms ? std::optional(now_ms() + *result.next_frame_ms) : std::nullopt;
        if (!(frame.outline() == last)) {
          last = frame.outline();
          setup_.trace.screen(why == Why::mending ? "desk/mending" : "desk/shut", words_.language(), 1, false, setup_.glass, last);
        }
      }
      // While it is mended the service is still starting, however long that takes: not yet the watchdog's affair.
      if (why == Why::shut) setup_.heartbeat.beat(now_ms());
      else setup_.heartbeat.still_starting(now_ms());
      if (std::exchange(hand.touched, false) && why == Why::shut) say();
      glfwWaitEventsTimeout(0.2);
    }
  }
  glfwSetMouseButtonCallback(handle, nullptr);
  glfwSetKeyCallback(handle, nullptr);
  glfwSetWindowRefreshCallback(handle, nullptr);
  glfwSetWindowUserPointer(handle, nullptr);
}

}  // namespace app
