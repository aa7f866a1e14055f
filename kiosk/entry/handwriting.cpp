#include "entry/handwriting.h"

#include "entry/library.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <zinnia.h>

namespace entry {
namespace {

// The model was trained on characters that fill most of a square of 1000.
constexpr float square = 1000, margin = 120;
// Another order than was written must fit so much better (zinnia's margin; ours, tried on a ninth of tests/bench/README.md's file), and is
// tried for so many beginnings: 女 stands at the left, or low in a character of not too many strokes.
constexpr float turned_costs = 0.5f;
constexpr std::size_t most_turned = 8, most_swapped = 6;
constexpr float farthest = 1e6f;
constexpr float step = 60;  // between points of a stroke, so that slow and quick hands give alike ones

Stroke evenly(const Stroke& stroke) {
  Stroke out{stroke.front()};
  for (const auto& p : stroke) {
    while (true) {
      const float dx = p.x - out.back().x, dy = p.y - out.back().y, far = std::hypot(dx, dy);
      if (far < step) break;
      out.push_back({out.back().x + dx * step / far, out.back().y + dy * step / far});
    }
  }
  if (!(out.back() == stroke.back())) out.push_back(stroke.back());
  return out;
}

}  // namespace

struct Handwriting::Zinnia {
  Library library{"libzinnia.so.0"};
  decltype(zinnia_recognizer_new)* make = library.function<decltype(zinnia_recognizer_new)>("zinnia_recognizer_new");
  decltype(zinnia_recognizer_destroy)* destroy = library.function<decltype(zinnia_recognizer_destroy)>("zinnia_recognizer_destroy");
  decltype(zinnia_recognizer_open)* open = library.function<decltype(zinnia_recognizer_open)>("zinnia_recognizer_open");
  decltype(zinnia_recognizer_classify)* classify = library.function<decltype(zinnia_recognizer_classify)>("zinnia_recognizer_classify");
  decltype(zinnia_result_size)* size = library.function<decltype(zinnia_result_size)>("zinnia_result_size");
  decltype(zinnia_result_value)* value = library.function<decltype(zinnia_result_value)>("zinnia_result_value");
  decltype(zinnia_result_score)* score = library.function<decltype(zinnia_result_score)>("zinnia_result_score");
  decltype(zinnia_result_destroy)* drop = library.function<decltype(zinnia_result_destroy)>("zinnia_result_destroy");
  decltype(zinnia_character_new)* character = library.function<decltype(zinnia_character_new)>("zinnia_character_new");
  decltype(zinnia_character_destroy)* forget = library.function<decltype(zinnia_character_destroy)>("zinnia_character_destroy");
  decltype(zinnia_character_set_width)* width = library.function<decltype(zinnia_character_set_width)>("zinnia_character_set_width");
  decltype(zinnia_character_set_height)* height = library.function<decltype(zinnia_character_set_height)>("zinnia_character_set_height");
  decltype(zinnia_character_add)* add = library.function<decltype(zinnia_character_add)>("zinnia_character_add");
  zinnia_recognizer_t* recognizer = make();

  ~Zinnia() { destroy(recognizer); }
};

Handwriting::Handwriting(const std::filesystem::path& model) : zinnia_(std::make_unique<Zinnia>()) {
  // A torn file is refused by its length, which its head tells; zinnia itself would read past it.
  std::error_code error;
  const auto bytes = std::filesystem::file_size(model, error);
  if (error) throw Missing(model.string() + " is not there (package tegaki-zinnia-simplified-chinese)");
  if (bytes < 1'000'000 || zinnia_->open(zinnia_->recognizer, model.c_str()) == 0) throw Missing(model.string() + " cannot be read");
  (void)candidates(std::vector<Stroke>{{{0, 0}, {1, 0}}}, 1);
}

Handwriting::~Handwriting() = default;

std::vector<std::string> Handwriting::candidates(std::span<const Stroke> strokes, std::size_t most) const {
  float left = 1e9f, top = 1e9f, right = -1e9f, bottom = -1e9f;
  for (const auto& stroke : strokes)
    for (const auto& p : stroke) {
      // No number, or far off any glass: the way to it would never end.
      if (!(std::abs(p.x) <= farthest && std::abs(p.y) <= farthest)) return {};
      left = std::min(left, p.x), right = std::max(right, p.x);
      top = std::min(top, p.y), bottom = std::max(bottom, p.y);
    }
  if (left > right) return {};
  // Into the middle of the square, its larger side filling it, its shape kept: 一 stays flat.
  const float side = std::max({right - left, bottom - top, 1e-6f}), scale = (square - 2 * margin) / side;
  const auto& z = *zinnia_;
  std::vector<Stroke> placed;
  for (const auto& stroke : strokes) {
    if (stroke.empty()) continue;
    auto& to = placed.emplace_back();
    for (const auto& p : stroke) to.push_back({square / 2 + (p.x - (left + right) / 2) * scale, square / 2 + (p.y - (top + bottom) / 2) * scale});
    to = evenly(to);
  }
  std::map<std::string, float> best;
  const auto classify = [&](const std::vector<Stroke>& in_this_order, float credit) {
    auto* character = z.character();
    z.width(character, static_cast<std::size_t>(square));
    z.height(character, static_cast<std::size_t>(square));
    for (std::size_t id = 0; id < in_this_order.size(); ++id)
      for (const auto& p : in_this_order[id]) z.add(character, id, static_cast<int>(std::lround(p.x)), static_cast<int>(std::lround(p.y)));
    if (auto* result = z.classify(z.recognizer, character, most)) {
      for (std::size_t i = 0; i < z.size(result); ++i) {
        const auto [known, fresh] = best.try_emplace(z.value(result, i), z.score(result, i) + credit);
        if (!fresh) known->second = std::max(known->second, z.score(result, i) + credit);
      }
      z.drop(result);
    }
    z.forget(character);
  };
  classify(placed, 0);
  // What fits best as it was written stays the first.
  if (const auto first = std::ranges::max_element(best, {}, [](const auto& b) { return b.second; }); first != best.end()) first->second = 1e6f;
  // Its hands wrote 女 with the level stroke first, and everything that holds it: so each three strokes are tried in that order too.
  for (std::size_t i = 0; i + 2 < placed.size() && i < most_turned; ++i) {
    auto turned = placed;
    std::rotate(turned.begin() + static_cast<std::ptrdiff_t>(i), turned.begin() + static_cast<std::ptrdiff_t>(i) + 2, turned.begin() + static_cast<std::ptrdiff_t>(i) + 3);
    classify(turned, -turned_costs);
  }
  // Of three strokes every order (山, 万), of a few more each two of them the other way round.
  if (placed.size() == 3) {
    std::array<std::size_t, 3> order{0, 1, 2};
    while (std::ranges::next_permutation(order).found) classify({placed[order[0]], placed[order[1]], placed[order[2]]}, -turned_costs);
  } else {
    for (std::size_t i = 0; placed.size() <= most_swapped && i + 1 < placed.size(); ++i) {
      auto swapped = placed;
      std::swap(swapped[i], swapped[i + 1]);
      classify(swapped, -turned_costs);
    }
  }
  std::vector<std::pair<float, std::string>> ranked;
  for (auto& [text, score] : best) ranked.emplace_back(-score, text);
  std::ranges::stable_sort(ranked, {}, &std::pair<float, std::string>::first);
  std::vector<std::string> out;
  for (auto& [score, text] : ranked)
    if (out.size() < most) out.push_back(std::move(text));
  return out;
}

}  // namespace entry
