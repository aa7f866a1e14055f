// The second journal's files, and a fact's canonical bytes.
//
// Whoever changed a byte on that device is found out by the seal; here what is behind the seal is hostile too (a key that was stolen, a
// program that was wrong): nothing of it may do more than be refused.
#include "base/ids.h"
#include "fuzz/fuzz.h"
#include "store/journal.h"
#include "store/second_journal.h"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <sodium.h>

namespace {

using fuzz::must;
using store::SecondJournal;

constexpr std::size_t head_bytes = 512, step = 256;

const store::MachineKey key = [] { store::MachineKey k; k.fill('k'); return k; }();

void put(std::string& out, std::uint64_t n, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i));
}
unsigned char* raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

std::string with_hash(std::string head) {
  head.resize(head_bytes - 32);
  std::string hash(32, '\0');
  crypto_generichash(raw(hash), hash.size(), raw(head), head.size(), nullptr, 0);
  return head + hash;
}
std::string head() {
  std::string out = "NZSECND1";
  put(out, 1, 8);
  return with_hash(out + std::string(16, 'i'));
}
// One record as the journal would seal it at this place of segment 1.
std::string record(std::string_view text, std::uint64_t at) {
  std::string nonce(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, 'n'), sealed(text.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0'), bound(16, 'i'), out;
  put(bound, 1, 8);
  put(bound, at, 8);
  crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed), nullptr, reinterpret_cast<const unsigned char*>(text.data()), text.size(), raw(bound), bound.size(), nullptr, raw(nonce), key.data());
  put(out, sealed.size(), 4);
  out += nonce + sealed;
  out.resize((out.size() + step - 1) / step * step, '\0');
  return out;
}

store::Fact fact(std::int64_t seq, std::string_view body) {
  store::Fact f;
  f.id = base::id_of("id");
  f.origin = base::id_of("origin");
  f.seq = seq;
  f.turn = 9;
  f.kind = "try.set";
  f.subject = base::id_of("subject");
  f.by = base::id_of("by");
  f.means = "face";
  f.body = body;
  return f;
}
std::string transaction(std::uint32_t said, const std::vector<std::string>& facts) {
  std::string out = "T";
  put(out, said, 4);
  for (const auto& bytes : facts) {
    put(out, bytes.size(), 4);
    out += bytes + std::string(32, 'h');
  }
  return out;
}

void canonical(std::string_view bytes) {
  const auto f = store::journal::of_canonical(bytes);
  if (f) must(store::journal::canonical(*f) == bytes, "what is read as a fact is what would be written of it");
}

// What every reader of these files does; gives the facts that stand there.
std::vector<std::string> read(const std::filesystem::path& folder) {
  SecondJournal journal(folder, key, std::nullopt);
  std::vector<std::string> facts;
  const auto found = journal.each([&](const SecondJournal::Record& r) {
    for (const auto& e : r.entries) {
      facts.push_back(store::journal::canonical(e.fact));
      must(journal.positions().contains(e.fact.origin) || r.kind == SecondJournal::Record::Kind::transaction, "an origin that was read has a position");
    }
    return true;
  });
  must(found.facts == static_cast<std::int64_t>(facts.size()), "facts are counted");
  (void)journal.look();
  return facts;
}

void run(std::string_view input) {
  static const std::string sound = [] {
    auto file = head();
    file += record(std::string("B\0\0\0\0", 5), file.size());
    file += record(transaction(1, {store::journal::canonical(fact(1, "{}"))}), file.size());
    file += record(transaction(2, {store::journal::canonical(fact(2, "{\"a\":1}")), store::journal::canonical(fact(3, std::string(600, 'b')))}), file.size());
    return file;
  }();
  fuzz::Taken in(input);
  const auto mode = in.byte() % 4;
  if (mode == 3) return canonical(in.rest());
  const auto folder = fuzz::empty_folder() / "second";
  std::filesystem::create_directory(folder);
  const auto file = folder / "00000001.nzj";
  if (mode == 0) {  // bytes of a file, its head sound or not
    const bool headed = in.byte() % 2 == 1;
    const std::string bytes(in.rest());
    fuzz::write(file, headed ? head() + bytes : bytes);
    must(read(folder).empty(), "what nobody sealed is no fact");
    (void)SecondJournal::key_by_township(folder, *store::KeyPair::of_secret(std::string(32, 't')));
  } else if (mode == 1) {  // a sound one, changed
    fuzz::write(file, fuzz::changed(sound, in));
    const auto facts = read(folder);
    must(facts.size() <= 3, "no fact comes of damage");
    std::int64_t last = 0;
    for (const auto& bytes : facts) {
      const auto f = store::journal::of_canonical(bytes);
      must(f && f->seq > last && f->seq <= 3 && f->kind == "try.set", "a fact that opens is one that was written, in its order");
      last = f->seq;
    }
  } else {  // sealed by whoever has the key
    auto bytes = head();
    while (!in.empty()) bytes += record(in.piece(static_cast<std::size_t>(in.number(2) % 2000)), bytes.size());
    fuzz::write(file, bytes);
    for (const auto& f : read(folder)) canonical(f);
  }
}

std::vector<std::string> seeds() {
  const auto bytes = store::journal::canonical(fact(1, "{\"value\":\"暖\"}"));
  const auto sized = [](const std::string& text) {
    std::string out;
    put(out, text.size(), 2);
    return out + text;
  };
  std::string begins = "B";
  put(begins, 1, 4);
  begins += std::string(16, 'o') + std::string("\5\0\0\0\0\0\0\0", 8) + std::string(32, 'h');
  return {"\3" + bytes, "\2" + sized(begins) + sized(transaction(1, {bytes})), "\2" + sized(transaction(2, {bytes, bytes})) + sized(transaction(0xffffffff, {})),
          std::string("\1\0\0\0", 4), std::string("\1\1\0\2", 4), std::string("\1\0\0\0\20\3\0\1", 8), std::string("\0\1", 2) + record("T", head_bytes), std::string("\0\0", 2) + head()};
}

const fuzz::Listed listed({.name = "journal", .run = run, .seeds = seeds, .tries = 3000});

}  // namespace
