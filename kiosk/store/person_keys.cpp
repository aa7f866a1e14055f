#include "store/person_keys.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "store/backup_file.h"
#include "store/key_bytes.h"
#include "store/store.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sodium.h>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace store {
namespace {

using namespace key_bytes;

constexpr std::string_view magic = "NZPKEYS1";
constexpr std::size_t head_bytes = 512, slot_bytes = 128, id_bytes = 16, count_at = 24, proof_at = 32;
static_assert(nonce_bytes + inside_bytes + mac_bytes <= slot_bytes && head_bytes % slot_bytes == 0);

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

std::string number(std::uint64_t n) {
  std::string out;
  for (int i = 0; i < 8; ++i) out += static_cast<char>(n >> (8 * i));
  return out;
}
std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t v = 0;
  for (std::size_t i = 0; i < 8; ++i) v |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[at + i])) << (8 * i);
  return v;
}

}  // namespace

PersonKey::~PersonKey() { sodium_memzero(bytes.data(), bytes.size()); }

void KeySet::take(const KeySet& other) {
  destroyed.insert(other.destroyed.begin(), other.destroyed.end());
  for (const auto& [owner, key] : other.keys) keys.try_emplace(owner, key);
  for (const auto& owner : destroyed) keys.erase(owner);
}

// --- one file of slots

struct PersonKeys::File {
  int fd = -1;
  bool writes = false;
  std::string id;
  MachineKey key{};
  std::uint64_t count = 0, end = head_bytes;  // destructions seen; where the next slot goes
  std::unordered_multimap<base::Uuid, std::uint64_t> slots;
  std::filesystem::path path;

  File() = default;
  File(const File&) = delete;
  ~File() {
    if (fd >= 0) ::close(fd);
    sodium_memzero(key.data(), key.size());
  }

  [[nodiscard]] std::string bound(std::uint64_t at) const { return id + number(at); }

  void write(std::string_view bytes, std::uint64_t at) const {
    while (!bytes.empty()) {
      const auto n = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) fail("the persons' keys cannot be written");
      bytes.remove_prefix(static_cast<std::size_t>(n));
      at += static_cast<std::uint64_t>(n);
    }
  }
  void force() const {
    if (::fdatasync(fd) != 0) fail("the persons' keys cannot be forced to the disk");
  }
  [[nodiscard]] std::string read(std::uint64_t at, std::size_t n) const {
    std::string out(n, '\0');
    std::size_t have = 0;
    while (have < n) {
      const auto got = ::pread(fd, out.data() + have, n - have, static_cast<off_t>(at + have));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) fail("the persons' keys cannot be read");
      if (got == 0) break;
      have += static_cast<std::size_t>(got);
    }
    out.resize(have);
    return out;
  }

  [[nodiscard]] std::string slot(char kind, const base::Uuid& owner, const PersonKey& with, std::uint64_t at) const {
    auto inside = inside_of(kind, owner, with);
    auto out = sealed(inside, key.data(), bound(at));
    wipe(inside);
    out.resize(slot_bytes, '\0');
    return out;
  }

  // The slots from `end` on.
  void read_on(KeySet& set) {
    struct stat about{};
    if (::fstat(fd, &about) != 0) fail("the persons' keys cannot be read");
    if (static_cast<std::uint64_t>(about.st_size) < end + slot_bytes) return;
    const auto bytes = read(end, static_cast<std::size_t>(static_cast<std::uint64_t>(about.st_size) - end));
    for (std::size_t i = 0; i + slot_bytes <= bytes.size(); i += slot_bytes, end += slot_bytes) {
      auto inside = opened(std::string_view(bytes).substr(i, nonce_bytes + inside_bytes + mac_bytes), key.data(), bound(end));
      base::Uuid owner;
      // What does not open is an append that a power cut tore, or damage: the copy has it then.
      if (inside && take_in(*inside, set, owner)) slots.emplace(owner, end);
      if (inside) wipe(*inside);
    }
  }

  void add(const KeySet& from, std::span<const base::Uuid> owners) {
    std::string bytes;
    auto at = end;
    for (const auto& owner : owners) {
      const auto found = from.keys.find(owner);
      bytes += found == from.keys.end() ? slot('X', owner, {}, at) : slot('K', owner, found->second, at);
      at += slot_bytes;
    }
    if (bytes.empty()) return;
    write(bytes, end);
    force();
    for (const auto& owner : owners) {
      slots.emplace(owner, end);
      end += slot_bytes;
    }
  }

  void destroy(std::span<const base::Uuid> owners) {
    std::vector<base::Uuid> not_here;
    for (const auto& owner : owners) {
      const auto [from, to] = slots.equal_range(owner);
      if (from == to) not_here.push_back(owner);
      for (auto it = from; it != to; ++it) write(slot('X', owner, {}, it->second), it->second);
    }
    write(number(++count), count_at);
    force();
    add({}, not_here);  // remembered all the same: a copy that comes back may hold it
  }

  static std::string head(const MachineKey& key, std::string& id) {
    id.resize(id_bytes);
    randombytes_buf(id.data(), id.size());
    std::string out(magic);
    out += id + number(0) + sealed({}, key.data(), std::string(magic) + id);
    out.resize(head_bytes, '\0');
    return out;
  }
};

namespace {

// What a whole file of these keys is: under this name at once or not at all.
std::string file_of(const KeySet& set, const MachineKey& key, std::string head, const std::string& id) {
  auto out = std::move(head);
  const auto put = [&](char kind, const base::Uuid& owner, const PersonKey& with) {
    auto inside = inside_of(kind, owner, with);
    auto slot = sealed(inside, key.data(), id + number(out.size()));
    wipe(inside);
    slot.resize(slot_bytes, '\0');
    out += slot;
  };
  for (const auto& [owner, with] : set.keys) put('K', owner, with);
  for (const auto& owner : set.destroyed) put('X', owner, {});
  return out;
}

void put_in_place(const std::filesystem::path& path, const std::string& bytes) {
  base::DurableFile out(path);
  std::filesystem::permissions(out.part(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  out.write(bytes);
  out.keep();
}

}  // namespace

// A file under another key: kept beside it. What an erasure leaves to do takes it away (village/erasure.h).
static void set_aside(const std::filesystem::path& file) {
  for (int i = 1;; ++i)
    if (const auto to = std::filesystem::path(file.string() + ".aside-" + std::to_string(i)); !std::filesystem::exists(to)) return std::filesystem::rename(file, to);
}

// --- both files

PersonKeys::PersonKeys(std::filesystem::path data, std::filesystem::path copy) : data_(std::move(data)), copy_folder_(std::move(copy)) {}
PersonKeys::PersonKeys(KeySet set) : set_(std::move(set)), state_(State::ready), loaded_(true), of_a_file_(false) {}
PersonKeys::~PersonKeys() = default;

namespace {

enum class Opened { yes, none, not_ours };

template <class F>
Opened open_slots(const std::filesystem::path& path, const MachineKey& key, F& file) {
  file.path = path;
  file.fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  file.writes = file.fd >= 0;
  if (file.fd < 0 && (errno == EACCES || errno == EROFS || errno == EPERM)) file.fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file.fd < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Opened::none;
    fail("the persons' keys cannot be opened");
  }
  const auto head = file.read(0, head_bytes);
  if (head.size() < head_bytes || !head.starts_with(magic)) return Opened::not_ours;
  file.id = head.substr(8, id_bytes);
  file.key = key;
  file.count = number_at(head, count_at);
  if (!opened(std::string_view(head).substr(proof_at, nonce_bytes + mac_bytes), key.data(), std::string(magic) + file.id)) return Opened::not_ours;
  return Opened::yes;
}

}  // namespace

void PersonKeys::load() {
  if (loaded_) return;
  set_ = {};
  state_ = State::none;
  file_.reset();
  const auto path = data_ / file_name;
  std::error_code none;
  const bool there = std::filesystem::exists(path, none);
  const auto machine = machine_key(data_, false);
  if (!machine) {
    if (there) state_ = State::no_machine_key;
    loaded_ = true;
    return;
  }
  auto file = std::make_unique<File>();
  switch (open_slots(path, *machine, *file)) {
    case Opened::yes:
      file->read_on(set_);
      file_ = std::move(file);
      state_ = State::ready;
      break;
    case Opened::not_ours: state_ = State::unreadable; break;
    case Opened::none: break;
  }
  loaded_ = true;
  mend_copy();
  if (state_ == State::unreadable) spdlog::error("persons.keys does not open and its copy has nothing: what facts say of people cannot be read");
}

void PersonKeys::mend_copy() {
  if (!of_a_file_ || !loaded_ || copy_state_ == Copy::kept || copy_folder_.empty()) return;
  const auto machine = machine_key(data_, false);
  if (!machine) return;
  copy_state_ = Copy::failed;
  copy_.reset();
  std::error_code none;
  if (!std::filesystem::is_directory(copy_folder_, none) || on_its_bare_mount_point(data_, copy_folder_)) {
    copy_state_ = Copy::away;
    return;
  }
  try {
    auto copy = std::make_unique<File>();
    KeySet there;
    const auto how = open_slots(copy_folder_ / file_name, *machine, *copy);
    if (how == Opened::yes) copy->read_on(there);
    auto both = set_;
    both.take(there);
    std::string id;
    if (state_ != State::ready) {
      // Only the copy opens, or neither was ever made.
      if (how != Opened::yes) {
        if (state_ == State::none) copy_state_ = Copy::none;
        return;
      }
      spdlog::warn("persons.keys was gone or damaged: it is written anew from its copy");
      const auto head = File::head(*machine, id);
      put_in_place(data_ / file_name, file_of(both, *machine, head, id));
      set_ = {};
      file_ = std::make_unique<File>();
      if (open_slots(data_ / file_name, *machine, *file_) != Opened::yes) throw std::runtime_error("persons.keys does not read back");
      file_->read_on(set_);
      state_ = State::ready;
    }
    const auto lacks = [](const KeySet& has, const KeySet& all, std::vector<base::Uuid>& keys, std::vector<base::Uuid>& gone) {
      for (const auto& [owner, key] : all.keys)
        if (!has.keys.contains(owner)) keys.push_back(owner);
      for (const auto& owner : all.destroyed)
        if (!has.destroyed.contains(owner)) gone.push_back(owner);
    };
    std::vector<base::Uuid> keys, gone;
    lacks(set_, both, keys, gone);
    if (!gone.empty() && file_->writes) file_->destroy(gone);
    if (!keys.empty() && file_->writes) file_->add(both, keys);
    set_ = both;
    if (how != Opened::yes) {
      if (!file_->writes) return;  // a disk that can only be read
      // Of a machine whose kiosk.key was lost it may be all there is: the township still opens it.
      if (how == Opened::not_ours) set_aside(copy_folder_ / file_name);
      const auto head = File::head(*machine, id);
      put_in_place(copy_folder_ / file_name, file_of(both, *machine, head, id));
      copy = std::make_unique<File>();
      there = {};
      if (open_slots(copy_folder_ / file_name, *machine, *copy) != Opened::yes) throw std::runtime_error("the copy of persons.keys does not read back");
      copy->read_on(there);
    } else {
      keys.clear();
      gone.clear();
      lacks(there, both, keys, gone);
      if (!copy->writes && (!keys.empty() || !gone.empty())) return;
      if (!gone.empty()) copy->destroy(gone);
      if (!keys.empty()) copy->add(both, keys);
    }
    copy_ = std::move(copy);
    copy_state_ = Copy::kept;
  } catch (const std::exception&) {
    spdlog::error("the copy of the persons' keys beside the second journal is not kept");
  }
}

PersonKeys::State PersonKeys::state() {
  load();
  return state_;
}

const KeySet& PersonKeys::all() {
  load();
  return set_;
}

void PersonKeys::need_ready() {
  load();
  if (state_ == State::no_machine_key) throw std::runtime_error("kiosk.key is damaged or gone: what facts say of people cannot be read");
  if (state_ == State::unreadable) throw std::runtime_error("persons.keys is damaged: what facts say of people cannot be read");
}

const PersonKey* PersonKeys::find(const base::Uuid& owner) {
  need_ready();
  if (hidden_.contains(owner)) return nullptr;
  auto found = set_.keys.find(owner);
  if (found == set_.keys.end() && of_a_file_ && !set_.destroyed.contains(owner)) {
    look();
    found = set_.keys.find(owner);
  }
  return found == set_.keys.end() ? nullptr : &found->second;
}

bool PersonKeys::destroyed(const base::Uuid& owner) {
  load();
  return hidden_.contains(owner) || set_.destroyed.contains(owner);
}

const PersonKey& PersonKeys::make(const base::Uuid& owner) {
  need_ready();
  if (!of_a_file_ || destroyed(owner)) throw std::logic_error("no key is made for whoever was erased");
  const auto [at, fresh] = set_.keys.try_emplace(owner);
  if (fresh) {
    randombytes_buf(at->second.bytes.data(), at->second.bytes.size());
    made_.push_back(owner);
  }
  return at->second;
}

void PersonKeys::adopt(const KeySet& others) {
  need_ready();
  if (!of_a_file_) throw std::logic_error("a copy that is looked at takes no keys");
  for (const auto& [owner, key] : others.keys)
    if (!destroyed(owner) && set_.keys.try_emplace(owner, key).second) made_.push_back(owner);
  for (const auto& owner : others.destroyed)
    if (!set_.destroyed.contains(owner)) hidden_.insert(owner);
}

void PersonKeys::force() {
  if (made_.empty()) return;
  if (!file_) {
    const auto machine = machine_key(data_, true);
    if (!machine) throw std::runtime_error("kiosk.key is damaged: nothing can be kept of people");
    std::string id;
    const auto head = File::head(*machine, id);
    put_in_place(data_ / file_name, head);
    auto file = std::make_unique<File>();
    if (open_slots(data_ / file_name, *machine, *file) != Opened::yes) throw std::runtime_error("persons.keys does not read back");
    file_ = std::move(file);
    state_ = State::ready;
  }
  file_->add(set_, made_);
  if (copy_) {
    try {
      copy_->add(set_, made_);
    } catch (const std::system_error& e) {
      spdlog::error("the copy of the persons' keys is not kept: {}", e.code().message());
      copy_.reset();
      copy_state_ = Copy::failed;
    }
  }
  made_.clear();
  if (!copy_ && copy_state_ == Copy::none) mend_copy();
}

void PersonKeys::forget_made() {
  for (const auto& owner : made_) set_.keys.erase(owner);
  made_.clear();
}

void PersonKeys::hide(const base::Uuid& owner) {
  load();
  hidden_.insert(owner);
}
void PersonKeys::show_again() { hidden_.clear(); }

void PersonKeys::destroy_hidden() {
  if (hidden_.empty()) return;
  need_ready();
  const std::vector<base::Uuid> gone(hidden_.begin(), hidden_.end());
  if (of_a_file_) {
    if (!file_) {  // nothing was ever sealed here: remembered all the same
      made_.push_back(gone.front());
      set_.keys.erase(gone.front());
      force();
    }
    file_->destroy(gone);
    if (copy_) {
      try {
        copy_->destroy(gone);
      } catch (const std::system_error& e) {
        spdlog::error("a key could not be destroyed in the copy: {}", e.code().message());
        copy_.reset();
        copy_state_ = Copy::failed;  // when it is mended, what was destroyed here is destroyed there
      }
    }
  }
  for (const auto& owner : gone) {
    set_.keys.erase(owner);
    set_.destroyed.insert(owner);
  }
  hidden_.clear();
}

void PersonKeys::look() {
  if (!loaded_ || !of_a_file_) return;
  const auto stale = [](const File& f) {
    struct stat about{};
    if (::fstat(f.fd, &about) != 0 || about.st_nlink == 0) return true;
    const auto count = f.read(count_at, 8);
    return count.size() != 8 || number_at(count, 0) != f.count;
  };
  if (!file_ || stale(*file_)) {
    std::error_code none;
    if (!file_ && !std::filesystem::exists(data_ / file_name, none)) return;
    KeySet made;
    for (const auto& owner : made_) made.keys[owner] = set_.keys[owner];
    loaded_ = false;
    copy_.reset();
    copy_state_ = Copy::none;
    load();
    for (const auto& [owner, key] : made.keys) set_.keys.try_emplace(owner, key);
    return;
  }
  file_->read_on(set_);
  if (copy_) {
    KeySet same;
    if (stale(*copy_)) {
      copy_.reset();
      copy_state_ = Copy::none;
      mend_copy();
    } else {
      copy_->read_on(same);
    }
  }
}

// --- fields of a body

std::string seal_fields(std::string_view json, const PersonKey& key, std::string_view bound) {
  constexpr std::size_t step = 64;
  std::string clear(json);
  clear.resize((json.size() + step) / step * step, ' ');  // JSON bears blanks behind it
  auto out = sealed(clear, key.bytes.data(), bound);
  wipe(clear);
  std::string text(sodium_base64_ENCODED_LEN(out.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING), '\0');
  sodium_bin2base64(text.data(), text.size(), raw(out), out.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  text.pop_back();
  return text;
}

std::optional<std::string> open_fields(std::string_view text, const PersonKey& key, std::string_view bound) {
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(raw(bytes), bytes.size(), text.data(), text.size(), nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) != 0 ||
      end != text.data() + text.size())
    return std::nullopt;
  bytes.resize(length);
  return opened(bytes, key.bytes.data(), bound);
}

std::optional<KeySet> read_person_keys(const std::filesystem::path& file, const MachineKey& machine) {
  KeySet set;
  try {
    PersonKeys::File f;
    if (open_slots(file, machine, f) != Opened::yes) return std::nullopt;
    f.read_on(set);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
  return set;
}

void replace_person_keys(const std::filesystem::path& data, const KeySet& set) {
  const auto machine = machine_key(data, true);
  if (!machine) throw std::runtime_error("kiosk.key is damaged: put it back from a copy of the data directory, or remove it, and it begins anew");
  std::string id;
  const auto head = PersonKeys::File::head(*machine, id);
  put_in_place(data / file_name, file_of(set, *machine, head, id));
}

}  // namespace store
