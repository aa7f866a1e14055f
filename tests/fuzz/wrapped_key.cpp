// A staff account's key under its PIN: only the one that was wrapped opens, and nothing may ask for much memory or time.
#include "fuzz/fuzz.h"
#include "village/keys.h"

#include <charconv>

namespace {

using fuzz::must;

// A text that would honestly take long is no finding: its cost is within the settings' bounds.
bool dear(std::string_view text) {
  for (int field = 0; field < 3; ++field) {
    const auto end = text.find('$');
    if (end == std::string_view::npos) return false;
    std::uint64_t n = 0;
    const auto read = std::from_chars(text.data(), text.data() + end, n);
    if (read.ec == std::errc{} && ((field == 1 && n > 2 && n <= 10) || (field == 2 && n > 64 && n <= 1u << 20))) return true;
    text.remove_prefix(end + 1);
  }
  return false;
}

void run(std::string_view input) {
  static const auto pair = *store::KeyPair::of_secret(std::string(32, 'k'));
  static const auto wrapped = village::wrap_key(pair, "613829", 1, 0).wrapped;
  fuzz::Taken in(input);
  const bool own = in.byte() % 2 == 1;
  const auto text = own ? fuzz::changed(wrapped, in) : std::string(in.rest());
  if (dear(text)) return;
  const auto opened = village::unwrap_key(text, "613829");
  must(!opened || text == wrapped, "nothing opens but what was wrapped");
  must(text != wrapped || (opened && opened->secret() == pair.secret()), "what was wrapped opens");
}

std::vector<std::string> seeds() {
  const auto wrapped = village::wrap_key(*store::KeyPair::of_secret(std::string(32, 'k')), "000000", 1, 0).wrapped;
  return {std::string(1, '\0') + wrapped, std::string("\1\0\0\0", 4), std::string("\1\0\0\0\10\0\0\1", 8), std::string(1, '\0') + "nzkey1$1$999999999$AAAA$AAAA", std::string(1, '\0') + "nzkey1$$$$"};
}

const fuzz::Listed listed({.name = "wrapped_key", .run = run, .seeds = seeds, .longest = 512, .tries = 3000});

}  // namespace
