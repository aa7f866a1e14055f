// What every fuzzer of this folder is: a parser of something that comes from outside, fed with anything at all.
//
// One file a parser, each with a fuzz::Listed at its end. The same functions run in two programs: tests/fuzz/run compiles them with clang's
// libFuzzer (driver/main.cpp) and lets them run for as long as one likes; test_fuzz (fuzz_test.cpp) runs the corpus, the seeds and some
// thousand mutations of them as an ordinary test, so that they are tried where clang is not installed too. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz {

// A property that does not hold.
struct Broken : std::logic_error {
  using std::logic_error::logic_error;
};
inline void must(bool holds, const char* what) {
  if (!holds) throw Broken(what);
}

struct Target {
  std::string_view name;                    // small letters and _; names its corpus
  void (*run)(std::string_view input);      // throws Broken, never anything else
  std::vector<std::string> (*seeds)();      // sound inputs to begin with, made by code
  std::size_t longest = 4096;               // bytes of an input that are of use
  int tries = 400;                          // mutations in the ordinary test: what takes about half a second
  std::string (*cannot)() = nullptr;        // why it cannot run on this machine; empty: it can
};
struct Listed {
  explicit Listed(const Target&);
};
const std::vector<Target>& targets();

// Numbers and pieces out of an input, zeros and nothing when it is at its end.
class Taken {
 public:
  explicit Taken(std::string_view input) : left_(input) {}
  [[nodiscard]] bool empty() const { return left_.empty(); }
  std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }
  std::uint64_t number(std::size_t bytes);
  std::string_view piece(std::size_t bytes);
  std::string_view rest() { return piece(left_.size()); }

 private:
  std::string_view left_;
};

// A piece that says much with little: 0x01, a count (2 bytes, little endian) and two characters stand for them so often. Deep nesting is
// found only so.
std::string unfolded(std::string_view input);
// The same in one piece for a seed.
std::string folded_run(std::uint16_t count, std::string_view two);

// Bytes of something sound, changed where `how` says: places (3 bytes, from the front or the back) and what is XORed to them (1 byte);
// first whether it is cut, lengthened or left as long as it was.
std::string changed(std::string sound, Taken how);

// A folder of this process alone, in memory where the machine has /dev/shm; empty at first, removed at the end.
const std::filesystem::path& folder();
// The same folder with nothing in it again.
const std::filesystem::path& empty_folder();
void write(const std::filesystem::path&, std::string_view bytes);

}  // namespace fuzz
