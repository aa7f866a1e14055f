// A backup's file: its head is shown before anything of it is proven, its body opens whole and unchanged or not at all.
#include "base/clock.h"
#include "fuzz/fuzz.h"
#include "store/backup_file.h"

#include <fstream>
#include <iterator>
#include <sodium.h>

namespace {

using fuzz::must;

const store::MachineKey machine = [] { store::MachineKey k; k.fill('m'); return k; }();

void put(std::string& out, std::uint64_t n, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i));
}
unsigned char* raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* raw(const std::string& s) { return reinterpret_cast<const unsigned char*>(s.data()); }

// As the kiosk writes it, of any head and in pieces of any length.
std::string backup(const std::string& head, const std::vector<std::string>& pieces, bool ended = true) {
  std::string key(crypto_secretstream_xchacha20poly1305_KEYBYTES, 'K'), box(80, '\0'), nonce(crypto_secretbox_NONCEBYTES, 'n'), wrapped(crypto_secretbox_MACBYTES + key.size(), '\0');
  crypto_secretbox_easy(raw(wrapped), raw(key), key.size(), raw(nonce), machine.data());
  std::string out = "NZBACKUP";
  put(out, 1, 2);
  put(out, 1, 2);
  put(out, head.size(), 4);
  out += head + box + nonce + wrapped;
  crypto_secretstream_xchacha20poly1305_state state;
  std::string header(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state, raw(header), raw(key));
  out += header;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string sealed(pieces[i].size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
    const auto bound = i == 0 ? head + box : std::string();
    crypto_secretstream_xchacha20poly1305_push(&state, raw(sealed), nullptr, raw(pieces[i]), pieces[i].size(), raw(bound), bound.size(),
                                               ended && i + 1 == pieces.size() ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    out += sealed;
  }
  return out;
}

const std::string usual_head =
    R"({"facts":3,"made":1795600000000,"positions":[{"chain":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","origin":"019a0000-0000-7000-8000-000000000001","seq":3}],"schema":12})";

std::string contents(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void shown(const store::BackupHead& h) {
  must(h.schema >= 0 && h.facts >= 0, "nothing is less than none");
  must(base::iso(h.made, {}).size() >= 25, "when it was made can be said");
  for (const auto& [origin, p] : h.positions) must(p.seq >= 0, "a position is a count");
}

void run(std::string_view input) {
  fuzz::Taken in(input);
  const auto& folder = fuzz::empty_folder();
  const auto file = folder / "2026-11-24.nzb", to = folder / "opened.db";
  const auto mode = in.byte() % 3;
  if (mode == 0) {  // anything
    fuzz::write(file, fuzz::unfolded(in.rest()));
    if (const auto h = store::look_at_backup(file)) shown(*h);
    must(!store::open_backup(file, {machine, nullptr}, to), "what nobody sealed does not open");
  } else if (mode == 1) {  // a sound one, changed
    static const auto sound = backup(usual_head, {std::string("SQLite format 3\0and the rest", 28)});
    const auto bytes = fuzz::changed(sound, in);
    fuzz::write(file, bytes);
    const auto opened = store::open_backup(file, {machine, nullptr}, to);
    // The township's box and the nonce's own bytes are not all bound: a box of nobody may be changed only where the stream says so.
    must(opened.has_value() == (bytes == sound), "what was changed does not open");
    must(!opened || contents(to) == std::string("SQLite format 3\0and the rest", 28), "what opens is what was sealed");
  } else {  // sealed by whoever has the machine's key: head and pieces as they like
    const auto head = fuzz::unfolded(in.piece(static_cast<std::size_t>(in.number(2) % 3000)));
    std::vector<std::string> pieces;
    for (int n = 1 + in.byte() % 3; n > 0; --n) pieces.emplace_back(in.piece(in.byte()));
    const auto ended = in.byte() % 4 != 0;
    fuzz::write(file, backup(head, pieces, ended));
    const auto h = store::look_at_backup(file);
    if (h) shown(*h);
    const auto opened = store::open_backup(file, {machine, nullptr}, to);
    must(!opened || (h && ended), "only what is whole opens");
    if (opened) must(std::filesystem::exists(to), "what opened is there");
  }
  if (!std::filesystem::exists(to))
    for (const auto& f : std::filesystem::directory_iterator(folder)) must(f.path() == file, "what is not whole leaves nothing");
}

std::vector<std::string> seeds() {
  std::string own = "\2";
  put(own, usual_head.size(), 2);
  const auto odd = [](const std::string& head) {
    std::string out = "\2";
    put(out, head.size(), 2);
    return out + head;
  };
  return {std::string(1, '\0') + backup(usual_head, {"x"}), own + usual_head + "\1\4abcd\4efgh\1", std::string("\1\0\0\0", 4), std::string("\1\1\0\1", 4), std::string("\1\0\0\0\14\0\0\1", 8),
          odd(R"({"facts":1e300,"made":9223372036854775807,"positions":[],"schema":4294967296})"), odd(R"({"facts":-1,"made":-1.5,"positions":{"a":{"chain":"00","origin":1,"seq":true}},"schema":"12"})"),
          odd(R"({"facts":1,"made":1,"positions":)" + fuzz::folded_run(400, "[["))};
}

const fuzz::Listed listed({.name = "backup", .run = run, .seeds = seeds, .tries = 2000});

}  // namespace
