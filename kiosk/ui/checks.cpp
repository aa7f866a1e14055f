#include "ui/checks.h"

#include "ui/theme.h"
#include "ui/touch.h"

#include <fmt/format.h>
#include <array>
#include <cmath>
#include <numbers>

namespace ui {
namespace {

constexpr float slack_mm = 0.05f;  // rounding of millimetres, not of pixels
constexpr float least_hit_distance_mm = 2.54f;

float apart(const Rect& a, const Rect& b) {
  const float dx = std::max({0.0f, b.x - a.right(), a.x - b.right()}),
              dy = std::max({0.0f, b.y - a.bottom(), a.y - b.bottom()});
  return std::hypot(dx, dy);
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

double linear(std::uint32_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
double gamma(double c) {
  c = std::clamp(c, 0.0, 1.0);
  return c <= 0.0031308 ? c * 12.92 : 1.055 * std::pow(c, 1 / 2.4) - 0.055;
}
using Three = std::array<double, 3>;
Three linear_rgb(std::uint32_t rgb) {
  return {linear((rgb >> 16) & 255), linear((rgb >> 8) & 255), linear(rgb & 255)};
}

double luminance(std::uint32_t rgb) {
  const Three c = linear_rgb(rgb);
  return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
}

Three lab(std::uint32_t rgb) {
  const Three c = linear_rgb(rgb);
  const double x = (0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047;
  const double y = 0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2];
  const double z = (0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883;
  const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
  return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

// Who a defect is about, without a person's words.
std::string who(const Widget& w) {
  return !w.id.empty() ? w.id : w.personal ? std::string(name(w.kind)) : "\"" + w.label + "\"";
}

void check_targets(const Outline& outline, const Glass& glass, const Look& look, std::vector<std::string>& found) {
  std::vector<Target> targets;
  for (const Widget& w : outline.widgets) {
    if (w.kind != Kind::target) continue;
    targets.push_back({w.id, w.rect, w.rect});
    const float least = !look.staff && w.main ? space::main_target : space::target;
    if (w.id.empty()) found.push_back(fmt::format("T2: a target at {:.0f},{:.0f} has no id", w.rect.x, w.rect.y));
    if (std::min(w.rect.w, w.rect.h) < least - slack_mm)
      found.push_back(fmt::format("T2: {} is {:.1f} x {:.1f} mm, at least {:.0f} is needed", who(w), w.rect.w,
                                  w.rect.h, least));
    if (w.rect.x < -slack_mm || w.rect.y < -slack_mm || w.rect.right() > glass.width_mm() + slack_mm ||
        w.rect.bottom() > glass.height_mm() + slack_mm)
      found.push_back(fmt::format("T2: {} hangs over the glass's edge ({:.1f},{:.1f} {:.1f} x {:.1f})", who(w),
                                  w.rect.x, w.rect.y, w.rect.w, w.rect.h));
    const float above_floor = glass.bottom_mm + glass.height_mm() - w.rect.y;
    if (above_floor > 1100 + 0.5f)
      found.push_back(fmt::format("T9: {} begins {:.0f} mm above the floor, 1100 at most", who(w), above_floor));
  }
  const float least = look.staff ? space::gap_staff : space::gap;
  grow_hit_areas(targets, {0, 0, glass.width_mm(), glass.height_mm()});
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = i + 1; j < targets.size(); ++j) {
      const Target &a = targets[i], &b = targets[j];
      if (a.id == b.id) found.push_back(fmt::format("T2: two targets are called {}", a.id));
      if (overlap(a.rect, b.rect)) {
        found.push_back(fmt::format("T3: {} lies over {}", a.id, b.id));
      } else if (const float distance = apart(a.rect, b.rect); distance < least - slack_mm) {
        found.push_back(fmt::format("T3: {} and {} are {:.1f} mm apart, at least {:.0f} is needed", a.id, b.id,
                                    distance, least));
      } else if (const float felt = apart(a.hit, b.hit); felt < least_hit_distance_mm) {
        found.push_back(fmt::format("T3: hit areas of {} and {} are {:.2f} mm apart", a.id, b.id, felt));
      }
    }
  }
}

void check_text(const Outline& outline, const Glass& glass, const Look& look, std::vector<std::string>& found) {
  for (const Widget& w : outline.widgets) {
    if (w.cut)
      found.push_back(fmt::format("T11: {} does not fit {:.1f} x {:.1f} mm{}", who(w), w.rect.w, w.rect.h,
                                  w.personal || w.id.empty() ? "" : ": " + w.label));
    if (w.label.find("…") != std::string::npos) found.push_back(fmt::format("T11: {} ends in an ellipsis", who(w)));
    if (w.font_px > 0) {
      const float em = w.font_px / glass.px_per_mm, least = floor_em(look.staff) * glass.reading_scale();
      if (em < least - 0.01f)
        found.push_back(fmt::format("T4: {} is {:.2f} mm high, at least {:.2f} is needed", who(w), em, least));
      const double seen = contrast(w.fg, w.bg);
      const bool big_white = w.fg == 0xFFFFFF && em >= 10 * glass.reading_scale() - 0.01f;
      if (seen < (big_white ? 5.5 : 10.0) - 0.01)
        found.push_back(
            fmt::format("T5: text of {} has contrast {:.1f} ({:06X} on {:06X})", who(w), seen, w.fg, w.bg));
    }
    if (w.kind == Kind::target && w.border != 0 && w.border != w.bg && contrast(w.border, w.bg) < 4.5)
      found.push_back(fmt::format("T5: border of {} has contrast {:.1f}", who(w), contrast(w.border, w.bg)));
  }
}

}  // namespace

double contrast(std::uint32_t a, std::uint32_t b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

std::uint32_t seen_by(std::uint32_t rgb, int sight) {
  // Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
  static constexpr double matrices[4][9] = {
      {1, 0, 0, 0, 1, 0, 0, 0, 1},
      {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
      {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
      {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}};
  const double* m = matrices[std::clamp(sight, 0, 3)];
  const Three c = linear_rgb(rgb);
  std::uint32_t out = 0;
  for (int row = 0; row < 3; ++row) {
    const double v = m[row * 3] * c[0] + m[row * 3 + 1] * c[1] + m[row * 3 + 2] * c[2];
    out = (out << 8) | static_cast<std::uint32_t>(std::lround(gamma(v) * 255));
  }
  return out;
}

double delta_e(std::uint32_t a, std::uint32_t b) {
  const Three p = lab(a), q = lab(b);
  return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

std::vector<std::string> defects(const Outline& outline, const Glass& glass, const Look& look) {
  std::vector<std::string> found;
  check_targets(outline, glass, look, found);
  check_text(outline, glass, look, found);
  return found;
}

std::vector<std::string> missing_helpers(const Outline& outline, bool home) {
  std::vector<std::string> found;
  const auto need = [&](const char* id) {
    for (const Widget& w : outline.widgets)
      if (w.kind == Kind::target && w.id == id) return;
    found.push_back(fmt::format("T12: {} is missing", id));
  };
  if (!home) need("back"), need("home");
  need("say_again");
  need("call_staff");
  return found;
}

}  // namespace ui
