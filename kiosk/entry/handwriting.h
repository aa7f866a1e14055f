// Strokes in, characters out: zinnia with Tegaki's model of 6763 simplified characters (GB 2312).
//
// Nothing is learnt or kept. Strokes must come about in their usual order, each as one: a finger lifted in between makes two. One thread at a
// time.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace entry {

// In any unit, y downwards; only the shape of the whole counts, not its place or size.
struct Point {
  float x = 0, y = 0;
  bool operator==(const Point&) const = default;
};
using Stroke = std::vector<Point>;

class Handwriting {
 public:
  // Package tegaki-zinnia-simplified-chinese. 27 MB that the system maps and may drop again.
  static constexpr const char* usual_model = "/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model";

  // Reads the whole model once, so that no stroke waits for the disk: 25 ms, much more from a slow one; not for the drawing thread. Throws
  // Missing with the reason.
  explicit Handwriting(const std::filesystem::path& model = usual_model);
  ~Handwriting();
  Handwriting(const Handwriting&) = delete;

  // Likeliest first; nothing for nothing written, nor for a point further than a million from 0. 2 ms for a stroke, 50 ms for a dozen: for a worker.
  [[nodiscard]] std::vector<std::string> candidates(std::span<const Stroke>, std::size_t most = 40) const;

 private:
  struct Zinnia;
  std::unique_ptr<Zinnia> zinnia_;
};

}  // namespace entry
