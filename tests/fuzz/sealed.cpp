// What only some may read: nothing opens that was changed, and what was sealed opens as it was.
#include "fuzz/fuzz.h"
#include "store/sealed.h"

#include <vector>

namespace {

using fuzz::must;
using store::KeyPair;

KeyPair pair_of(char c) { return *KeyPair::of_secret(std::string(32, c)); }

void run(std::string_view input) {
  static const auto reader = pair_of('r'), other = pair_of('o');
  static const std::string inside = "一句话";
  static const auto sealed = *store::seal(inside, std::vector{reader.open_to_all()});
  fuzz::Taken in(input);
  switch (in.byte() % 4) {
    case 0:  // anything at all
      must(!store::open(in.rest(), reader), "what nobody sealed does not open");
      break;
    case 1: {
      const auto bytes = fuzz::changed(sealed, in);
      const auto opened = store::open(bytes, reader);
      must(opened.has_value() == (bytes == sealed), "what was changed does not open, what was not does");
      if (opened) must(*opened == inside, "what opens is what was sealed");
      must(!store::open(bytes, other), "it opens for its reader alone");
      break;
    }
    case 2: {
      const auto readers = 1 + in.byte() % 3u;
      const std::string text(in.rest());
      std::vector<store::PublicKey> keys(readers, reader.open_to_all());
      const auto made = store::seal(text, keys);
      must(made && store::open(*made, reader) == text, "what is sealed opens");
      must(made->size() == store::seal(text + std::string(store::size_class(text.size()) - text.size() - 1, 'x'), keys)->size(), "outside shows its class alone");
      must(store::hash_of(*made).size() == 64, "a hash is 32 bytes");
      break;
    }
    default: {
      const auto text = in.rest();
      if (const auto key = store::public_key(text)) must(store::text_of(*key) == text, "a key is written in one way");
      fuzz::write(fuzz::folder() / "township.key", text);
      (void)store::township_key(fuzz::folder());
    }
  }
}

std::vector<std::string> seeds() {
  const auto key = pair_of('s');
  const auto sealed = *store::seal("x", std::vector{key.open_to_all()});
  return {std::string(1, '\0') + sealed, std::string("\1\0\0\0\7\0\0\1", 8), std::string("\1\1\3\0", 4), std::string("\2\1") + "一句话", "\3" + store::text_of(key.open_to_all())};
}

const fuzz::Listed listed({.name = "sealed", .run = run, .seeds = seeds, .tries = 2000});

}  // namespace
