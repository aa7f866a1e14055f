// The persons' keys as they are on one day, in a file that may be carried away; and what is known of them from everywhere.
#include "base/durable_file.h"
#include "store/backup_file.h"
#include "store/key_bytes.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace store {
namespace {

using namespace key_bytes;

constexpr std::string_view copy_magic = "NZPKCOPY", copy_ending = ".nzk";
constexpr std::size_t most_copied = std::size_t{256} << 20;  // of a key file: five million people
constexpr std::size_t box_bytes = crypto_box_SEALBYTES + 32, wrapped_bytes = nonce_bytes + 32 + mac_bytes;

std::string text_of(const KeySet& set) {
  std::string out;
  for (const auto& [owner, key] : set.keys) out += inside_of('K', owner, key);
  for (const auto& owner : set.destroyed) out += inside_of('X', owner, {});
  return out;
}

}  // namespace

void write_key_copy(const KeySet& set, const std::filesystem::path& file, const MachineKey& machine, const std::optional<PublicKey>& township) {
  PersonKey once;
  randombytes_buf(once.bytes.data(), once.bytes.size());
  std::string front(copy_magic), box(box_bytes, '\0');
  if (township && crypto_box_seal(raw(box), once.bytes.data(), once.bytes.size(), township->data()) != 0) throw std::runtime_error("the township's key is no key");
  front += box;
  front += sealed({reinterpret_cast<const char*>(once.bytes.data()), once.bytes.size()}, machine.data(), copy_magic);
  auto clear = text_of(set);
  const auto inside = sealed(clear, once.bytes.data(), front);
  wipe(clear);
  base::DurableFile out(file);
  std::filesystem::permissions(out.part(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  out.write(front + inside);
  out.force();
  BackupKey with;
  with.machine = machine;
  const auto back = read_key_copy(out.part(), with);
  if (!back || back->keys.size() != set.keys.size() || back->destroyed.size() != set.destroyed.size()) throw std::runtime_error("the persons' keys do not read back; the old file is kept");
  out.keep();
}

std::expected<KeySet, KeyCopyRefusal> read_key_copy(const std::filesystem::path& file, const BackupKey& with) {
  std::error_code none;
  const auto size = std::filesystem::file_size(file, none);
  constexpr auto front_bytes = copy_magic.size() + box_bytes + wrapped_bytes;
  if (none || size < front_bytes + nonce_bytes + mac_bytes || size > most_copied) return std::unexpected(KeyCopyRefusal::not_one);
  std::ifstream in(file, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size)) || !bytes.starts_with(copy_magic)) return std::unexpected(KeyCopyRefusal::not_one);
  const std::string_view front = std::string_view(bytes).substr(0, front_bytes);
  PersonKey once;
  bool have = false;
  for (const auto& machine : {with.machine, std::optional(MachineKey{})})  // zeros: for anybody (`nuanzhan backup --clear`)
    if (auto key = !have && machine ? opened(front.substr(copy_magic.size() + box_bytes), machine->data(), copy_magic) : std::nullopt) {
      std::memcpy(once.bytes.data(), key->data(), once.bytes.size());
      wipe(*key);
      have = true;
    }
  const auto box = front.substr(copy_magic.size(), box_bytes);
  if (!have && with.township != nullptr && box.find_first_not_of('\0') != std::string_view::npos)
    have = crypto_box_seal_open(once.bytes.data(), raw(box), box_bytes, with.township->open_to_all().data(), raw(with.township->secret())) == 0;
  if (!have) return std::unexpected(KeyCopyRefusal::no_key);
  auto clear = opened(std::string_view(bytes).substr(front_bytes), once.bytes.data(), front);
  if (!clear || clear->size() % inside_bytes != 0) return std::unexpected(KeyCopyRefusal::damaged);
  KeySet set;
  base::Uuid owner;
  for (std::size_t i = 0; i < clear->size(); i += inside_bytes)
    if (!take_in(std::string_view(*clear).substr(i, inside_bytes), set, owner)) return std::unexpected(KeyCopyRefusal::damaged);
  wipe(*clear);
  return set;
}

std::vector<KeptKeyCopy> key_copies_in(const std::filesystem::path& folder) {
  std::vector<KeptKeyCopy> found;
  std::error_code error;
  for (const auto& f : std::filesystem::directory_iterator(folder, error)) {
    const auto name = f.path().filename().string();
    if (!name.ends_with(copy_ending)) continue;
    if (base::Day day; base::parse_day(std::string_view(name).substr(0, name.size() - copy_ending.size()), day)) found.push_back({f.path(), day});
  }
  std::ranges::sort(found, std::ranges::greater{}, &KeptKeyCopy::day);
  return found;
}

std::optional<KeySet> keys_from_everywhere(const std::filesystem::path& data, const BackupKey& with, std::span<const std::filesystem::path> more) {
  KeySet all;
  bool any = false;
  auto folders = second_folders(data);
  folders.insert(folders.begin(), data);
  const auto second = second_folder(data);
  // This machine's key, and the one it had before it was lost and made anew.
  const auto before = with.township != nullptr ? SecondJournal::key_by_township(second, *with.township) : std::nullopt;
  std::error_code none;
  // The files themselves, each for itself: one of them may be damaged, or set aside.
  for (const auto& folder : folders)
    for (const auto& f : std::filesystem::directory_iterator(folder, none)) {
      const auto name = f.path().filename().string();
      if (!name.starts_with(file_name) || name.ends_with(".part")) continue;
      for (const auto& machine : {with.machine, before}) {
        const auto one = machine ? read_person_keys(f.path(), *machine) : std::nullopt;
        any = any || one.has_value();
        if (one) all.take(*one);
      }
    }
  const auto add = [&](const std::filesystem::path& file) {
    const auto one = read_key_copy(file, with);
    any = any || one.has_value();
    if (one) all.take(*one);
  };
  for (const auto& kept : key_copies_in(data / "backup")) add(kept.file);
  for (const auto& file : more) add(file);
  return any ? std::optional(std::move(all)) : std::nullopt;
}

}  // namespace store
