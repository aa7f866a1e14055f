#include "app/trace.h"

#include <chrono>
#include <cmath>
#include <fcntl.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <unistd.h>

namespace app {
namespace {

using nlohmann::json;

double now_ms() {
  return static_cast<double>(std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch()).count()) / 1000.0;
}
json event(std::string_view name) { return {{"t", std::round(now_ms() * 100) / 100}, {"event", name}}; }
std::string colour(std::uint32_t rgb) { return fmt::format("#{:06X}", rgb & 0xFFFFFF); }
double tenth(float v) { return std::round(static_cast<double>(v) * 10) / 10; }

}  // namespace

Trace::Trace(const std::filesystem::path& file, bool names) : names_(names) {
  // For its owner's eyes: places and targets tell what was typed.
  if (const int at = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600); at >= 0) file_ = ::fdopen(at, "a");
  if (file_ == nullptr) throw std::runtime_error("the trace file cannot be written");
}
Trace::~Trace() {
  if (file_ != nullptr) std::fclose(file_);
}

void Trace::know(const base::Words& words) {
  for (const auto& key : words.keys()) ours_.insert(words.text(key));
}

std::string Trace::shown(const std::string& label) const {
  if (names_ || ours_.contains(label)) return label;
  // A time, a date or a count is nobody's: a year's digits first, then groups of at most three, eight in all. More, or blanks between, are a number
  // somebody is found by.
  int run = 0, groups = 0, digits = 0;
  for (const char c : label) {
    if (c < '0' || c > '9') {
      if (std::string_view(":/-.").find(c) == std::string_view::npos) return "";
      run = 0;
      continue;
    }
    if (run++ == 0) ++groups;
    if (++digits > 8 || run > (groups == 1 ? 4 : 3)) return "";
  }
  return label;
}

void Trace::line(std::string text) {
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), file_);
  std::fflush(file_);
}

void Trace::start(const ui::Glass& g) {
  if (!on()) return;
  auto e = event("start");
  e["version"] = NUANZHAN_VERSION;
  e["width"] = g.width_px;
  e["height"] = g.height_px;
  e["px_per_mm"] = g.px_per_mm;
  e["reading_mm"] = g.reading_mm;
  e["bottom_mm"] = g.bottom_mm;
  line(e.dump());
}

void Trace::input(std::string_view kind, float x, float y) {
  if (!on()) return;
  auto e = event("input");
  e["kind"] = kind;
  e["x"] = tenth(x);
  e["y"] = tenth(y);
  line(e.dump());
}

void Trace::screen(std::string_view key, std::string_view language, float scale, bool night, const ui::Glass& glass, const ui::Outline& outline) {
  if (!on()) return;
  auto e = event("screen");
  e["key"] = key;
  e["language"] = language;
  e["scale"] = scale;
  if (night) e["night"] = true;
  e["focus"] = outline.focus;
  auto& widgets = e["widgets"] = json::array();
  for (const auto& w : outline.widgets) {
    json j{{"id", w.id}, {"role", ui::name(w.kind)}, {"main", w.main}, {"label", shown(w.label)}, {"font_px", tenth(w.font_px)},
           {"fg", colour(w.fg)}, {"bg", colour(w.bg)}, {"picture", w.picture}, {"voice", shown(w.voice)}, {"state", w.state}};
    const auto px = [&](float mm) { return tenth(mm * glass.px_per_mm); };
    j["rect"] = {px(w.rect.x), px(w.rect.y), px(w.rect.w), px(w.rect.h)};
    if (w.cut) j["cut"] = true;
    widgets.push_back(std::move(j));
  }
  line(e.dump(-1, ' ', false, json::error_handler_t::replace));
}

void Trace::frame(float cpu_ms) {
  if (on()) line(fmt::format(R"({{"t":{:.2f},"event":"frame","cpu_ms":{:.3f}}})", now_ms(), cpu_ms));
}
void Trace::spoken(std::string_view key) {
  if (!on()) return;
  auto e = event("spoken");
  e["key"] = key;
  line(e.dump());
}
void Trace::sound(std::string_view name) {
  if (!on()) return;
  auto e = event("sound");
  e["name"] = name;
  line(e.dump());
}
void Trace::committed(std::string_view kind, std::string_view id) {
  if (!on()) return;
  auto e = event("committed");
  e["kind"] = kind;
  e["id"] = id;
  line(e.dump());
}
void Trace::refused(std::string_view shape, std::string_view reason) {
  if (!on()) return;
  auto e = event("refused");
  e["shape"] = shape;
  e["reason"] = reason;
  line(e.dump());
}
void Trace::idle() {
  if (on()) line(event("idle").dump());
}

}  // namespace app
