#include "ui/headless.h"

#include "ui/pictures.h"

#include <algorithm>

namespace ui {
namespace {

constexpr int settle_ms = 600;  // longer than any tween

}  // namespace

Headless::Headless(Glass of, Look with, const base::Words* words)
    : glass(of), look(with), words_(words != nullptr ? words : &none_) {
  look.reduced_motion = true;
}

bool Headless::knows_emoji(std::string_view code) { return Pictures::knows_emoji(code); }

FrameResult Headless::step(const Input& input, const Draw& draw, int after_ms) {
  now_ms += after_ms;
  frame_.begin(glass, input, *words_, look, now_ms);
  Ui ui(frame_);
  draw(ui);
  return frame_.end();
}

const Outline& Headless::draw(const Draw& draw) {
  step({}, draw, settle_ms);
  return frame_.outline();
}

std::string Headless::tap(std::string_view id, const Draw& draw) {
  this->draw(draw);
  const auto& widgets = frame_.outline().widgets;
  const auto at = std::find_if(widgets.begin(), widgets.end(),
                               [&](const Widget& w) { return w.kind == Kind::target && w.id == id; });
  if (at == widgets.end()) return {};
  const float x = at->rect.x + at->rect.w / 2, y = at->rect.y + at->rect.h / 2;
  step({{{.did = Did::touch_down, .x_mm = x, .y_mm = y, .at_ms = now_ms + 16}}}, draw);
  return step({{{.did = Did::touch_up, .x_mm = x, .y_mm = y, .at_ms = now_ms + 16}}}, draw).touched;
}

std::string Headless::press(Key key, const Draw& draw) {
  this->draw(draw);
  return step({{key_press(key, now_ms + 16)}}, draw).touched;
}

}  // namespace ui
