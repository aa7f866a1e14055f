// What a kiosk that fell comes back with: the public screen it stood on, and how often it began lately. One small file in the data
// directory, whole or not there (base/durable_file.h), gone when the kiosk is closed properly. It can name no person: what is written and
// what is taken from it is one of the kiosk's own ways from home (Kiosk::public_place), and nobody is ever signed in by it.
//
// Times are seconds of CLOCK_BOOTTIME, which no clock setting moves; after the machine itself has started anew they are of no use, and
// are not used. One thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace app {

// A screen and what it was opened with.
struct Place {
  std::string screen, key;
  bool operator==(const Place&) const = default;
};

inline constexpr std::int64_t resume_within_s = 900;  // no screen stands longer without a touch: idle.resident_s is 900 at most
inline constexpr std::int64_t troubled_within_s = 600;
inline constexpr std::size_t troubled_after = 5;      // more restarts than that within troubled_within_s
inline constexpr std::size_t longest_resume = 4096;   // bytes: a longer file is not one of ours

[[nodiscard]] std::int64_t boot_time_s();

class Resume {
 public:
  // Reads the file. Missing, damaged, of another version or from another start of the machine: as if there were none.
  Resume(std::filesystem::path file, std::int64_t now_s);

  // Where it stood before it fell; nothing after `resume_within_s`.
  [[nodiscard]] const std::optional<Place>& fell_at() const { return fell_at_; }
  // It fell so often that something must be wrong with it: a screen that does little and says whom to call.
  [[nodiscard]] bool troubled() const { return began_.size() > troubled_after; }

  // This start counts as well, until the kiosk is closed properly. Should it fall before anything is shown, the next one still knows where.
  void begins(std::int64_t now_s);
  // True when this is another place than the one before: then the file is to be written.
  bool stands_at(Place, std::int64_t now_s);
  [[nodiscard]] std::string text() const;

  // Forces the file to the disk: not for the drawing thread. A disk that refuses costs the way back, nothing else: one line in the log.
  static void write(const std::filesystem::path& file, std::string_view text);
  // Closed properly: the next start begins at home and counts from none.
  static void forget(const std::filesystem::path& file);

 private:
  std::optional<Place> fell_at_, now_at_;
  std::int64_t at_s_ = 0;
  std::vector<std::int64_t> began_;  // starts that did not end properly, within troubled_within_s
};

}  // namespace app
