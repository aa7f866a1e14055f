// A file of the persons' keys: put in from a stick, and one that is for anybody (`backup --clear`) is sealed by nobody in particular. It opens whole
// and unchanged or not at all, and so does persons.keys beside the second journal.
#include "fuzz/fuzz.h"
#include "store/backup_file.h"
#include "store/key_bytes.h"

#include <fstream>
#include <iterator>
#include <sodium.h>

namespace {

using fuzz::must;

const store::MachineKey machine = [] { store::MachineKey k; k.fill('m'); return k; }();

// As write_key_copy has it, of any inside.
std::string file_of(std::string_view inside, const store::MachineKey& key) {
  const std::string once(32, 'o'), magic = "NZPKCOPY";
  const auto front = magic + std::string(crypto_box_SEALBYTES + 32, '\0') + store::key_bytes::sealed(once, key.data(), magic);
  return front + store::key_bytes::sealed(inside, reinterpret_cast<const std::uint8_t*>(once.data()), front);
}

store::KeySet some() {
  store::KeySet set;
  for (std::uint8_t i = 0; i < 3; ++i) {
    base::Uuid owner;
    owner.bytes.fill(i);
    if (i == 2) set.destroyed.insert(owner);
    else set.keys[owner].bytes.fill(static_cast<std::uint8_t>('k' + i));
  }
  return set;
}

void run(std::string_view input) {
  fuzz::Taken in(input);
  const auto& folder = fuzz::empty_folder();
  const auto file = folder / "2026-11-24.nzk";
  const auto mode = in.byte() % 4;
  if (mode == 0) {  // anything
    fuzz::write(file, fuzz::unfolded(in.rest()));
    must(!store::read_key_copy(file, {machine, nullptr}), "what nobody sealed does not open");
    must(!store::read_person_keys(file, machine) || store::read_person_keys(file, machine)->keys.empty(), "no key comes out of anything");
  } else if (mode == 1) {  // a sound one, changed
    static const auto sound = [&] {
      store::write_key_copy(some(), file, machine, std::nullopt);
      std::ifstream all(file, std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(all), {});
    }();
    const auto bytes = fuzz::changed(sound, in);
    fuzz::write(file, bytes);
    const auto back = store::read_key_copy(file, {machine, nullptr});
    must(back.has_value() == (bytes == sound), "what was changed does not open");
    must(!back || (back->keys.size() == some().keys.size() && back->destroyed == some().destroyed), "what opens is what was sealed");
  } else {  // sealed by whoever likes, for anybody or by somebody who has the machine's key
    store::MachineKey anybody{};
    fuzz::write(file, file_of(in.rest(), mode == 2 ? anybody : machine));
    if (const auto back = store::read_key_copy(file, {machine, nullptr}))
      for (const auto& owner : back->destroyed) must(!back->keys.contains(owner), "who is erased has no key");
  }
}

std::vector<std::string> seeds() {
  store::MachineKey another;
  another.fill('a');
  return {std::string(1, '\0') + file_of("", another), std::string("\1\0\0\0", 4), std::string("\1\1\0\1", 4), "\2", "\3" + std::string(49, 'K'), "\2K" + std::string(48, '\1'),
          "\2X" + std::string(48, '\1') + "K" + std::string(48, '\1')};
}

const fuzz::Listed listed({.name = "key_copy", .run = run, .seeds = seeds, .tries = 1500});

}  // namespace
