// Photos decoded on a worker, so that the drawing thread never waits for a disk. JPEG and PNG; square crop from the middle.
#pragma once

#include "base/image.h"

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace ui {

class Photos {
 public:
  enum class Stand { waiting, ready, unreadable };
  explicit Photos(std::function<void()> wake) : wake_(std::move(wake)) {}
  ~Photos();
  // Drawing thread. `ready` gives the pixels once (RGBA, size x size); the caller keeps them.
  Stand ask(std::string_view path, int size_px, std::vector<std::uint8_t>& out);
  // Where paths that do not begin with / are; before the first ask().
  void set_folder(std::filesystem::path folder) { folder_ = std::move(folder); }
  // What decodes a path that begins with /, a file that somebody brought: a square, at most `side` wide. Without one it is decoded here, as our own are.
  using Outside = std::function<std::optional<base::Image>(const std::filesystem::path&, int side)>;
  void set_outside(Outside outside) { outside_ = std::move(outside); }
  // What was asked for is known no more.
  void forget_passing();

 private:
  struct Job {
    Stand stand = Stand::waiting;
    std::vector<std::uint8_t> pixels;
  };
  void work(const std::stop_token&);

  std::function<void()> wake_;
  std::filesystem::path folder_;
  Outside outside_;
  std::mutex guard_;
  std::condition_variable_any news_;
  std::deque<std::pair<std::string, int>> queue_;
  std::map<std::pair<std::string, int>, Job> jobs_;
  std::jthread worker_;
};

// A JPEG or PNG as size x size RGBA, cropped square from the middle. Empty: cannot be read. Any thread.
[[nodiscard]] std::vector<std::uint8_t> read_photo(const std::string& path, int size_px);

}  // namespace ui
