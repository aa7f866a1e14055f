#include "ui/frame.h"

#include "ui/inner.h"

#include <imgui_internal.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>

namespace ui {
namespace {

constexpr int next_tween_ms = 5;  // soon: the display's own rhythm sets the pace
constexpr float slide_mm = 6;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

Frame::Inner::Inner(std::function<void()> wake) : pictures(std::move(wake)) {
  IMGUI_CHECKVERSION();
  ImGuiContext* before = ImGui::GetCurrentContext();
  context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouse | ImGuiConfigFlags_NoMouseCursorChange;
  io.Fonts->TexMinWidth = 1024;  // a screen's glyphs and pictures at once: no growing on the first frame
  io.Fonts->TexMinHeight = 512;
  ImGui::GetStyle().CircleTessellationMaxError = 0.15f;
  fonts.load();
  if (before != nullptr) ImGui::SetCurrentContext(before);
}

Frame::Inner::~Inner() {
  ImGui::SetCurrentContext(context);
  Fonts::release();
  if (ImGui::GetIO().BackendRendererUserData == nullptr)
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures)
      if (texture->Status != ImTextureStatus_Destroyed) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
      }
  ImGui::DestroyContext(context);
}

Frame::Frame(std::function<void()> wake) : inner_(std::make_unique<Inner>(std::move(wake))) {}
Frame::~Frame() = default;

void Frame::outside_photos(std::function<std::optional<base::Image>(const std::filesystem::path&, int)> outside) { inner_->pictures.set_outside_photos(std::move(outside)); }
void Frame::photo_folder(std::filesystem::path folder) { inner_->pictures.set_photo_folder(std::move(folder)); }

void Frame::show_live(std::string_view name, int width_px, int height_px, std::span<const std::uint8_t> rgba) {
  ImGui::SetCurrentContext(inner_->context);
  inner_->pictures.show_live(name, width_px, height_px, rgba);
}

void Frame::forget_passing() {
  ImGui::SetCurrentContext(inner_->context);
  inner_->pictures.forget_passing();
}

const Outline& Frame::outline() const { return inner_->outline; }

void Frame::begin(const Glass& glass, const Input& input, const base::Words& words, const Look& look,
                  std::int64_t now_ms) {
  Inner& in = *inner_;
  in.cpu_begin = now_s();
  ImGui::SetCurrentContext(in.context);
  in.result = {};
  in.touched.clear();
  in.typed.clear();
  in.last_touch_down.clear();
  ++in.frame_number;

  // What the person did is answered from what the person saw.
  for (const Event& e : input.events) {
    std::string id;
    switch (e.did) {
      case Did::touch_down:
        in.touch.down(e.x_mm, e.y_mm, e.finger, e.at_ms, in.seen);
        if (!in.touch.pressed().empty()) {
          in.last_touch_down = in.touch.pressed();
          in.result.pressed = true;
        }
        in.focus.off();
        break;
      case Did::touch_move:
        in.touch.move(e.x_mm, e.y_mm, e.finger);
        break;
      case Did::touch_up: {
        const std::string was = in.touch.pressed();
        id = in.touch.up(e.x_mm, e.y_mm, e.finger, e.at_ms, in.seen);
        if (!was.empty()) in.released_ms[was] = now_ms;
        break;
      }
      case Did::key: {
        const bool was_on = in.focus.on();
        const std::string before = in.focus.at(in.reachable);
        id = in.focus.press(e.key, e.at_ms, in.reachable);
        in.result.focus_turned_on = in.result.focus_turned_on || (!was_on && in.focus.on());
        in.result.focus_moved = in.result.focus_moved || (was_on && in.focus.at(in.reachable) != before);
        if (e.key == Key::erase) in.typed.push_back(U'\b');
        const bool for_app = e.key == Key::volume_up || e.key == Key::volume_down || e.key == Key::back ||
                             e.key == Key::help || e.key == Key::repeat;
        if (for_app && id.empty()) in.result.keys.push_back(e.key);
        break;
      }
      case Did::character:
        in.typed.push_back(e.character);
        break;
    }
    if (!id.empty()) in.pending.push_back(id);
  }
  // One touch a frame: a screen answers one tap at a time, a slow frame loses none.
  if (!in.pending.empty()) {
    in.touched = in.pending.front();
    in.pending.erase(in.pending.begin());
    if (!in.pending.empty()) in.want(0);
  }
  in.result.lost = in.touch.take_lost();

  in.glass = glass;
  in.look = look;
  in.words = &words;
  in.now = now_ms;
  in.colours = &theme(look.staff, look.night);
  in.outline = {};
  in.panels.clear();
  in.fields.clear();
  in.dx_mm = 0;
  in.content_open = true;
  const float coming = in.coming();
  if (coming < 1) {
    if (!look.drifts) in.dx_mm = slide_mm * (in.changed_back ? -1.0f : 1.0f) * (1 - eased(Ease::out_cubic, coming));
    in.want(next_tween_ms);
  }

  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(glass.width_px), static_cast<float>(glass.height_px)};
  io.DeltaTime = std::clamp(static_cast<float>(now_ms - in.last_drawn_ms) / 1000.0f, 0.001f, 1.0f);
  in.last_drawn_ms = now_ms;
  in.pictures.new_frame(in.frame_number, look.reduced_motion && !look.by_and_by);
  in.pictures.make_room();
  ImGui::NewFrame();
  in.list = ImGui::GetBackgroundDrawList();
  in.in_frame = true;
}

float Frame::Inner::coming() const { return share_gone(changed_ms, now, look.drifts ? duration::cross_fade : duration::screen, look.reduced_motion); }

void Frame::Inner::end_content() {
  if (!content_open) return;
  content_open = false;
  dx_mm = 0;
  const float veil = std::max(look.leaving, 1 - eased(Ease::out_quad, coming()));
  if (veil > 0.01f) fill({0, 0, glass.width_mm(), glass.height_mm()}, colours->paper, 0, veil);
}

FrameResult Frame::end() {
  Inner& in = *inner_;
  in.end_content();
  in.seen.clear();
  for (const Widget& w : in.outline.widgets)
    if (w.kind == Kind::target && w.state != "busy") in.seen.push_back({w.id, w.rect, w.rect});
  in.seen.insert(in.seen.end(), in.fields.begin(), in.fields.end());
  grow_hit_areas(in.seen, {0, 0, in.glass.width_mm(), in.glass.height_mm()});
  in.reachable.clear();
  for (const Target& t : in.seen)
    if (!t.ink) in.reachable.push_back(t);

  in.outline.focus = in.focus.at(in.reachable);
  const auto ring_around = [&](const Rect& r, float radius) {
    const float away = space::ring_away, w = space::ring;
    in.border(r.inset(-away - w), in.look.night ? 0xFAFAFA : in.colours->ink, w, radius + away + w);
    in.border(r.inset(-away - 2 * w), in.colours->amber, w, radius + away + 2 * w);
  };
  for (const Target& t : in.seen)
    if (t.id == in.glow_id && t.id != in.outline.focus) ring_around(t.rect, space::radius);
  if (in.outline.focus.empty()) {
    in.ring_to = {};
  } else {
    const auto at =
        std::find_if(in.seen.begin(), in.seen.end(), [&](const Target& t) { return t.id == in.outline.focus; });
    if (at != in.seen.end() && !(at->rect == in.ring_to)) {
      in.ring_from = in.ring_to.w > 0 ? in.ring : at->rect;
      in.ring_to = at->rect;
      in.ring_ms = in.now;
    }
    const float share = share_gone(in.ring_ms, in.now, duration::focus, in.look.reduced_motion),
                e = eased(Ease::out_cubic, share);
    const auto between = [e](float a, float b) { return a + (b - a) * e; };
    in.ring = {between(in.ring_from.x, in.ring_to.x), between(in.ring_from.y, in.ring_to.y),
               between(in.ring_from.w, in.ring_to.w), between(in.ring_from.h, in.ring_to.h)};
    if (share < 1) in.want(next_tween_ms);
    ring_around(in.ring, space::radius);
  }

  if (in.pictures.put_off()) in.want(next_tween_ms);
  ImGui::Render();
  if (ImGui::GetIO().BackendRendererUserData == nullptr) {
    // No glass: say yes to every texture, so that fonts and pictures go on as if there were one.
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
      if (texture->Status == ImTextureStatus_WantCreate) texture->SetTexID(1);
      if (texture->Status == ImTextureStatus_WantDestroy) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
      } else {
        texture->SetStatus(ImTextureStatus_OK);
      }
    }
  }
  in.in_frame = false;
  // What is no longer on the screen is forgotten, so that its tick is drawn anew when it comes again.
  std::erase_if(in.states, [&](const auto& s) { return s.second.frame < in.frame_number; });
  std::erase_if(in.released_ms, [&](const auto& r) { return in.now - r.second > 1000; });
  std::erase_if(in.sway_ms, [&](const auto& r) { return in.now - r.second > 1000; });
  in.result.touched = in.touched;
  in.result.cpu_ms = static_cast<float>((now_s() - in.cpu_begin) * 1000);
  return in.result;
}

void Frame::screen_changed(std::int64_t now_ms, bool back) {
  Inner& in = *inner_;
  in.touch.screen_changed(now_ms);
  in.focus.screen_changed();
  in.pending.clear();
  in.seen.clear();
  in.reachable.clear();
  in.changed_ms = now_ms;
  in.changed_back = back;
  in.glow_id.clear();
  in.ring_to = {};
}

void Frame::presented(std::int64_t now_ms) { inner_->touch.screen_seen(now_ms); }
void Frame::sway(std::string_view id, std::int64_t now_ms) { inner_->sway_ms[std::string(id)] = now_ms; }
void Frame::glow(std::string_view id) { inner_->glow_id = id; }
void Frame::focus_off() { inner_->focus.off(); }

void Frame::scrim() {
  Inner& in = *inner_;
  in.end_content();
  in.fill({0, 0, in.glass.width_mm(), in.glass.height_mm()}, 0x1F1A14, 0, 0.6f);
  in.outline.widgets.clear();
  in.fields.clear();
}

void Frame::cover(const Rect& r) {
  inner_->end_content();
  const auto under = [&](const auto& w) {
    return w.rect.x < r.right() && r.x < w.rect.right() && w.rect.y < r.bottom() && r.y < w.rect.bottom();
  };
  std::erase_if(inner_->outline.widgets, under);
  std::erase_if(inner_->fields, under);
}

Widget& Frame::Inner::put(Kind kind, std::string_view id, const Rect& rect, std::string_view label) {
  Widget& w = outline.widgets.emplace_back();
  w.kind = kind;
  w.id = id;
  w.rect = rect;
  w.label = label;
  return w;
}

Stand Frame::Inner::target(const Rect&, std::string_view id, bool touchable) {
  Stand stand;
  if (!touchable) return stand;
  const std::string key(id);
  stand.touched = touched == key;
  stand.glow = glow_id == key;
  if (touch.pressed() == key || last_touch_down == key) {
    stand.press = 1;
    if (touch.pressed() != key) want(next_tween_ms);
  } else if (const auto r = released_ms.find(key); r != released_ms.end()) {
    const float share = share_gone(r->second, now, duration::press_out, look.reduced_motion);
    stand.press = 1 - eased(Ease::out_cubic, share);
    if (share < 1) want(next_tween_ms);
  }
  if (const auto s = sway_ms.find(key); s != sway_ms.end()) {
    const float t = share_gone(s->second, now, duration::sway, look.reduced_motion);
    stand.dx_mm = 2 * std::sin(4 * std::numbers::pi_v<float> * t) * (1 - t);
    if (t < 1) want(next_tween_ms);
  }
  return stand;
}

float Frame::Inner::state_share(std::string_view id, State state, int duration_ms) {
  const auto [at, fresh] = states.try_emplace(std::string(id), Known{state, now, frame_number});
  Known& known = at->second;
  // On a new screen what is already selected simply is: only a change made here is drawn.
  if (fresh && known.state != State::done) known.since_ms = now - 10'000;
  if (known.state != state) known = {state, now, frame_number};
  known.frame = frame_number;
  const float share = share_gone(known.since_ms, now, duration_ms, look.reduced_motion);
  if (share < 1) want(next_tween_ms);
  return share;
}

bool Frame::Inner::leaves_panel(const Rect& box, const Set& set, bool middle) const {
  const float high = middle ? std::min(set.height, box.h) : set.height;
  const Rect words{box.x, middle ? box.y + (box.h - high) / 2 : box.y, box.w, high};
  // The newest panel under it counts: a panel may stand on a panel.
  for (auto p = panels.rbegin(); p != panels.rend(); ++p) {
    const bool on = words.x > p->x - 0.1f && words.right() < p->right() + 0.1f && words.y < p->bottom() - 0.1f && words.bottom() > p->y + 0.1f;
    if (on) return words.y < p->y - 0.3f || words.bottom() > p->bottom() + 0.3f;
  }
  return false;
}

Rect Frame::Inner::title_line() const {
  const float margin = glass.compact() ? 5.0f : 8.0f;
  const float height = em(type_size(Type::title, look.staff).em) * 1.3f;
  return {margin, margin * 0.8f, glass.width_mm() - 2 * margin, height};
}

}  // namespace ui
