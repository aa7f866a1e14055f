#include "fuzz/fuzz.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace fuzz {
namespace {

std::vector<Target>& all() {
  static std::vector<Target> list;
  return list;
}

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::error_code none;
    const std::filesystem::path memory = "/dev/shm";
    auto name = ((::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path(none)) / "nuanzhan-fuzz-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "no folder to work in");
    path = name;
  }
  ~Folder() {
    std::error_code none;
    std::filesystem::remove_all(path, none);
  }
};

}  // namespace

Listed::Listed(const Target& target) { all().push_back(target); }
const std::vector<Target>& targets() { return all(); }

std::uint64_t Taken::number(std::size_t bytes) {
  std::uint64_t n = 0;
  const auto taken = piece(bytes);
  for (std::size_t i = 0; i < taken.size(); ++i) n |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(taken[i])) << (8 * i);
  return n;
}

std::string_view Taken::piece(std::size_t bytes) {
  const auto taken = left_.substr(0, bytes);
  left_.remove_prefix(taken.size());
  return taken;
}

std::string unfolded(std::string_view input) {
  constexpr std::size_t most = 1 << 20;
  std::string out;
  for (std::size_t at = 0; at < input.size() && out.size() < most;) {
    if (input[at] != '\1' || input.size() - at < 5) {
      out += input[at++];
      continue;
    }
    const auto count = Taken(input.substr(at + 1)).number(2);
    for (std::uint64_t i = 0; i < count; ++i) out += input.substr(at + 3, 2);
    at += 5;
  }
  return out;
}

std::string folded_run(std::uint16_t count, std::string_view two) {
  std::string out = "\1";
  out += static_cast<char>(count & 0xff);
  out += static_cast<char>(count >> 8);
  return out += two.substr(0, 2);
}

std::string changed(std::string sound, Taken how) {
  const auto length = how.byte();
  const auto by = static_cast<std::size_t>(how.number(2));
  if (length % 4 == 1) sound.resize(sound.size() - std::min(by, sound.size()));
  if (length % 4 == 2) sound.append(by % 512, static_cast<char>(length));
  while (!how.empty() && !sound.empty()) {
    const auto place = static_cast<std::size_t>(how.number(3)) % sound.size();
    sound[place] = static_cast<char>(sound[place] ^ how.byte());
  }
  return sound;
}

const std::filesystem::path& folder() {
  static const Folder one;
  return one.path;
}

const std::filesystem::path& empty_folder() {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(folder(), none)) std::filesystem::remove_all(entry.path(), none);
  return folder();
}

void write(const std::filesystem::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace fuzz
