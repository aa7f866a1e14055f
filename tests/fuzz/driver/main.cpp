// libFuzzer's way in. Which parser: NUANZHAN_FUZZER in the environment; with NUANZHAN_FUZZER_SEEDS it writes that parser's seeds there and
// ends; with NUANZHAN_FUZZER=? it lists all, one a line: name, longest input, why it cannot run here.
#include "fuzz/fuzz.h"

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace {

const fuzz::Target* chosen = nullptr;

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const auto name = from_environment("NUANZHAN_FUZZER");
  if (name == "?") {
    for (const auto& t : fuzz::targets())
      std::printf("%s\t%zu\t%s\n", std::string(t.name).c_str(), t.longest, t.cannot == nullptr ? "" : t.cannot().c_str());
    std::exit(0);
  }
  for (const auto& t : fuzz::targets())
    if (t.name == name) chosen = &t;
  if (chosen == nullptr) {
    std::fprintf(stderr, "no fuzzer is called \"%s\"\n", name.c_str());
    std::exit(2);
  }
  if (const auto folder = from_environment("NUANZHAN_FUZZER_SEEDS"); !folder.empty()) {
    int n = 0;
    for (const auto& seed : chosen->seeds()) fuzz::write(std::filesystem::path(folder) / ("seed-" + std::to_string(++n)), seed);
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    chosen->run({reinterpret_cast<const char*>(data), size});
  } catch (const std::exception& e) {
    std::fprintf(stderr, "BROKEN: %s\n", e.what());
    std::abort();
  }
  return 0;
}
