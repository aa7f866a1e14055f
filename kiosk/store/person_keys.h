// A key for each person: what a fact says of somebody is readable while that key is there, and nowhere any more once it is destroyed.
//
// The rules that must hold: a key is on the disk before the fact that was sealed under it is; whoever was destroyed never gets a key again;
// the keys lie in no database, no journal and no backup of them. One file beside the database, and a copy of it beside the second journal:
//
//   persons.keys   512 B head: magic "NZPKEYS1", id 16 B, number of destructions u64, a proof of the machine's key (kiosk.key)
//                  slots of 128 B, never across a sector: nonce 24 B, XChaCha20-Poly1305 of {K or X, owner 16 B, key 32 B}, zeros
//
// A key is destroyed by writing over its slot in place: X, the owner and no key. So it is told apart from one that was lost, and a copy that
// comes back with a key that was destroyed meanwhile gives it up. Belongs to one Store and its thread; other programs append and destroy
// beside it, each under the database's write lock.
#pragma once

#include "base/ids.h"
#include "store/second_journal.h"

#include <array>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace store {

struct PersonKey {
  std::array<std::uint8_t, 32> bytes{};
  PersonKey() = default;
  PersonKey(const PersonKey&) = default;
  PersonKey& operator=(const PersonKey&) = default;
  ~PersonKey();  // wiped
};

// All keys as they are in one file, and those that were destroyed.
struct KeySet {
  std::unordered_map<base::Uuid, PersonKey> keys;
  std::unordered_set<base::Uuid> destroyed;
  void take(const KeySet&);  // what was destroyed in either is destroyed
};

class PersonKeys {
 public:
  // none: no key was ever needed here.  no_machine_key, unreadable: nothing can be sealed or opened until it is mended (`doctor --heal`).
  enum class State { none, ready, no_machine_key, unreadable };
  enum class Copy { none, kept, away, failed };

  // Nothing is read before the first question. `copy`: the second journal's folder, or empty.
  PersonKeys(std::filesystem::path data, std::filesystem::path copy);
  // Keys that lie in no file of their own: of a backup that is looked at. `make` throws.
  explicit PersonKeys(KeySet);
  ~PersonKeys();
  PersonKeys(const PersonKeys&) = delete;
  PersonKeys& operator=(const PersonKeys&) = delete;

  [[nodiscard]] State state();
  [[nodiscard]] Copy copy() const { return copy_state_; }
  // Nothing where it was destroyed, is about to be, or never was.
  [[nodiscard]] const PersonKey* find(const base::Uuid& owner);
  [[nodiscard]] bool destroyed(const base::Uuid& owner);
  [[nodiscard]] const KeySet& all();

  // A new key, in memory until `force`. Throws std::runtime_error where the keys cannot be read, std::logic_error where it was destroyed.
  const PersonKey& make(const base::Uuid& owner);
  // Of another kiosk of the village: keys that are not here (until `force` like those made here), and hides those that were destroyed there.
  void adopt(const KeySet&);
  // What was made is on the disk when this returns. Throws std::system_error. The copy may fail: then it is `failed` until `mend_copy`.
  void force();
  void forget_made();  // its facts never were

  // From here on as if it were gone, in this program alone, until `destroy_hidden` or `show_again`.
  void hide(const base::Uuid& owner);
  void show_again();
  [[nodiscard]] bool hides() const { return !hidden_.empty(); }
  // Overwrites them in both files and forces that. Throws std::system_error; then they are still hidden, and it is tried again.
  void destroy_hidden();

  // What other programs made and destroyed meanwhile.
  void look();
  // The copy anew, where it was away, damaged or behind; now and then (the kiosk's chores).
  void mend_copy();

 private:
  friend std::optional<KeySet> read_person_keys(const std::filesystem::path&, const MachineKey&);
  friend void replace_person_keys(const std::filesystem::path&, const KeySet&);
  struct File;
  void load();
  void need_ready();
  std::filesystem::path data_, copy_folder_;
  std::unique_ptr<File> file_, copy_;
  KeySet set_;
  std::vector<base::Uuid> made_;
  std::unordered_set<base::Uuid> hidden_;
  State state_ = State::none;
  Copy copy_state_ = Copy::none;
  bool loaded_ = false, of_a_file_ = true;
};

// --- fields of a body under a key: {"personal": base64 of nonce, XChaCha20-Poly1305}; padded to 64 B, so that a name's length does not show.
inline constexpr std::string_view sealed_field = "personal";
// `bound`: what the fact is (id, subject, kind): what was sealed for one opens in no other.
[[nodiscard]] std::string seal_fields(std::string_view json, const PersonKey&, std::string_view bound);
[[nodiscard]] std::optional<std::string> open_fields(std::string_view sealed, const PersonKey&, std::string_view bound);

// --- the keys as they are on one day, in a file that may be carried away: for this machine and the township, like a backup, but a file of its
// own, so that it can go after days while backups stay for years.
//   magic "NZPKCOPY", box for the township 80 B (zeros where there is none), nonce 24 B and box for this machine 48 B, nonce 24 B, the sealed set
struct BackupKey;
// Read back before it gets its name. Throws std::system_error, std::runtime_error.
void write_key_copy(const KeySet&, const std::filesystem::path& file, const MachineKey&, const std::optional<PublicKey>& township);
enum class KeyCopyRefusal { not_one, no_key, damaged };
[[nodiscard]] std::expected<KeySet, KeyCopyRefusal> read_key_copy(const std::filesystem::path& file, const BackupKey&);
// <day>.nzk of a folder, newest first.
struct KeptKeyCopy { std::filesystem::path file; base::Day day; };
[[nodiscard]] std::vector<KeptKeyCopy> key_copies_in(const std::filesystem::path& folder);

// What is known of this data directory's keys from everywhere: persons.keys, its copy, and every key file of backup/ that opens. Nothing where
// there is none of them at all.
[[nodiscard]] std::optional<KeySet> keys_from_everywhere(const std::filesystem::path& data, const BackupKey&, std::span<const std::filesystem::path> more = {});
// One file persons.keys; nothing where it is not there or is not under this key.
[[nodiscard]] std::optional<KeySet> read_person_keys(const std::filesystem::path& file, const MachineKey&);
// Puts a set in the place of persons.keys, under this machine's key (made where there is none). Nothing else may have the database open.
void replace_person_keys(const std::filesystem::path& data, const KeySet&);

}  // namespace store
