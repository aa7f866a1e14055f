// What a finger drew, any numbers at all: read as characters or as nothing, in bounded time.
#include "entry/handwriting.h"
#include "entry/library.h"
#include "fuzz/fuzz.h"

#include <cstring>
#include <memory>

namespace {

using fuzz::must;

// One for the process: its model is read once.
std::pair<std::unique_ptr<entry::Handwriting>, std::string>& engine() {
  static auto one = []() -> std::pair<std::unique_ptr<entry::Handwriting>, std::string> {
    try {
      return {std::make_unique<entry::Handwriting>(), ""};
    } catch (const entry::Missing& why) {
      return {nullptr, why.what()};
    }
  }();
  return one;
}
std::string cannot() { return engine().second; }

void run(std::string_view input) {
  fuzz::Taken in(input);
  std::vector<entry::Stroke> strokes(1);
  while (!in.empty() && strokes.size() < 5) {
    const auto what = in.byte();
    if (what % 16 == 0) {
      strokes.emplace_back();
    } else if (what % 16 == 1) {  // any bits at all
      const auto bits = in.number(8);
      entry::Point p;
      std::memcpy(&p.x, &bits, 4);
      std::memcpy(&p.y, reinterpret_cast<const char*>(&bits) + 4, 4);
      strokes.back().push_back(p);
    } else {
      strokes.back().push_back({static_cast<float>(in.byte()), static_cast<float>(in.byte())});
    }
  }
  const auto found = engine().first->candidates(strokes, 10);
  must(found.size() <= 10, "no more than asked for");
  for (const auto& f : found) must(!f.empty(), "a candidate is a character");
}

std::vector<std::string> seeds() {
  return {std::string("\2\x10\x80\2\xf0\x80", 6), std::string("\2\x80\x10\2\x80\xf0\x10\2\x10\x80\2\xf0\x80", 13), std::string("\2\1\1\1\0\0\xc0\x7f\0\0\xc0\x7f", 12), std::string("\2\1\1\1\xff\xff\x7f\x7f\xff\xff\x7f\xff", 12), std::string("\x10\x10\x10", 3)};
}

const fuzz::Listed listed({.name = "strokes", .run = run, .seeds = seeds, .longest = 256, .tries = 40, .cannot = cannot});

}  // namespace
