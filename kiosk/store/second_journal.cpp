#include "store/second_journal.h"
#include "store/bad_places.h"

#include "base/durable_file.h"
#include "store/journal.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <sodium.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace store {
namespace {

constexpr std::size_t head_bytes = 512, step = 256, nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, mac_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t box_bytes = crypto_box_SEALBYTES + std::tuple_size_v<MachineKey>;
constexpr std::string_view magic = "NZSECND1";

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

std::uint64_t up_to(std::uint64_t n) { return (n + step - 1) / step * step; }

void put_number(std::string& out, std::uint64_t n, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i));
}
std::uint64_t number_at(std::string_view bytes, std::size_t at, int n) {
  std::uint64_t v = 0;
  for (int i = 0; i < n; ++i) v |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)])) << (8 * i);
  return v;
}

void write_all(int fd, std::string_view bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const auto n = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (n < 0) {
      if (errno == EINTR) continue;
      fail("the second journal cannot be written");
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
    at += static_cast<std::uint64_t>(n);
  }
}

std::string read_at(int fd, std::uint64_t at, std::size_t bytes) {
  std::string got(bytes, '\0');
  std::size_t have = 0;
  while (have < bytes) {
    const auto n = ::pread(fd, got.data() + have, bytes - have, static_cast<off_t>(at + have));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) fail("the second journal cannot be read");
    if (n == 0) break;
    have += static_cast<std::size_t>(n);
  }
  got.resize(have);
  return got;
}

std::string text_of(const SecondJournal::Record& r) {
  std::string out(1, static_cast<char>(r.kind));
  if (r.kind == SecondJournal::Record::Kind::transaction) {
    put_number(out, r.entries.size(), 4);
    for (const auto& e : r.entries) {
      const auto bytes = journal::canonical(e.fact);
      put_number(out, bytes.size(), 4);
      out += bytes;
      out.append(reinterpret_cast<const char*>(e.head.data()), e.head.size());
    }
    return out;
  }
  put_number(out, r.positions.size(), 4);
  for (const auto& [origin, p] : r.positions) {
    out.append(reinterpret_cast<const char*>(origin.bytes.data()), origin.bytes.size());
    put_number(out, static_cast<std::uint64_t>(p.seq), 8);
    out.append(reinterpret_cast<const char*>(p.head.data()), p.head.size());
  }
  return out;
}

// What was sealed here opens only unchanged; all the same nothing of it is trusted to be well-formed.
std::optional<SecondJournal::Record> record_of(std::string_view text) {
  using Kind = SecondJournal::Record::Kind;
  if (text.size() < 5) return std::nullopt;
  SecondJournal::Record r;
  r.kind = static_cast<Kind>(text[0]);
  auto n = number_at(text, 1, 4);
  std::size_t at = 5;
  const auto left = [&](std::size_t bytes) { return text.size() - at >= bytes; };
  if (r.kind == Kind::transaction) {
    for (; n > 0; --n) {
      if (!left(4)) return std::nullopt;
      const auto bytes = static_cast<std::size_t>(number_at(text, at, 4));
      at += 4;
      if (!left(bytes + std::tuple_size_v<ChainHead>)) return std::nullopt;
      auto fact = journal::of_canonical(text.substr(at, bytes));
      if (!fact) return std::nullopt;
      at += bytes;
      SecondJournal::Entry e{std::move(*fact), {}};
      std::memcpy(e.head.data(), text.data() + at, e.head.size());
      at += e.head.size();
      r.entries.push_back(std::move(e));
    }
  } else if (r.kind == Kind::begins || r.kind == Kind::goes_on) {
    for (; n > 0; --n) {
      if (!left(16 + 8 + std::tuple_size_v<ChainHead>)) return std::nullopt;
      base::Uuid origin;
      std::memcpy(origin.bytes.data(), text.data() + at, 16);
      SecondJournal::Position p;
      p.seq = static_cast<std::int64_t>(number_at(text, at + 16, 8));
      std::memcpy(p.head.data(), text.data() + at + 24, p.head.size());
      at += 24 + p.head.size();
      r.positions[origin] = p;
    }
  } else {
    return std::nullopt;
  }
  return at == text.size() ? std::optional(std::move(r)) : std::nullopt;
}

void follow(SecondJournal::Positions& positions, const SecondJournal::Record& r) {
  if (r.kind != SecondJournal::Record::Kind::transaction) {
    positions = r.positions;
    return;
  }
  for (const auto& e : r.entries)
    if (auto& p = positions[e.fact.origin]; e.fact.seq > p.seq) p = {e.fact.seq, e.head};
}

struct Closing {
  int fd;
  ~Closing() { ::close(fd); }
};

void force_folder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) fail("the second journal's folder cannot be opened");
  const int forced = ::fsync(fd);
  const int why = errno;
  ::close(fd);
  errno = why;
  // A card's file system may not know how to force a folder; the file itself is on it.
  if (forced != 0 && why != EINVAL && why != ENOTSUP) fail("the second journal's folder cannot be forced to the disk");
}

}  // namespace

std::optional<MachineKey> machine_key(const std::filesystem::path& data, bool make) {
  const auto file = data / "kiosk.key";
  const auto there = [&]() -> std::optional<std::string> {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT) return std::nullopt;
    // It may be another user's, or the disk does not give it: it is there all the same, and nothing is written over it.
    if (fd < 0) fail("kiosk.key cannot be read");
    const Closing closing{fd};
    return read_at(fd, 0, MachineKey{}.size() + 1);
  };
  auto bytes = there();
  if (!bytes && make) {
    MachineKey key{};
    randombytes_buf(key.data(), key.size());
    // Under a name of its own, then linked: of two programs that start at once one makes it, and both have that one.
    const auto own = data / fmt::format("kiosk.key.{:08x}", randombytes_random());
    std::error_code none;
    {
      base::DurableFile out(own);
      std::filesystem::permissions(out.part(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
      out.write({reinterpret_cast<const char*>(key.data()), key.size()});
      out.keep();
    }
    const bool linked = ::link(own.c_str(), file.c_str()) == 0;
    const int why = errno;
    // A file system without links: renamed where none is there yet.
    if (!linked && why != EEXIST && !std::filesystem::exists(file, none)) std::filesystem::rename(own, file);
    std::filesystem::remove(own, none);
    force_folder(data);
    sodium_memzero(key.data(), key.size());
    bytes = there();
  }
  MachineKey key{};
  if (!bytes || bytes->size() != key.size()) return std::nullopt;  // damaged: nothing is written over it
  std::memcpy(key.data(), bytes->data(), key.size());
  sodium_memzero(bytes->data(), bytes->size());
  return key;
}

struct SecondJournal::Segment {
  ~Segment() { if (fd >= 0) ::close(fd); }
  int fd = -1;
  std::uint64_t number = 0, end = head_bytes, bytes = 0;  // end: where the next record goes
  std::string id;
  bool boxed = false;  // the township can open it

  // Nothing where its head does not read.
  static std::unique_ptr<Segment> open(const std::filesystem::path& file, std::uint64_t number, int how) {
    auto s = std::make_unique<Segment>();
    s->fd = ::open(file.c_str(), how | O_CLOEXEC);
    if (s->fd < 0 && how == O_RDWR && (errno == EROFS || errno == EACCES)) s->fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);  // it can still be read
    if (s->fd < 0) fail("the second journal cannot be opened");
    const auto head = read_at(s->fd, 0, head_bytes);
    if (head.size() < head_bytes || !head.starts_with(magic) || number_at(head, 8, 8) != number) return nullptr;
    std::array<std::uint8_t, 32> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(head.data()), head_bytes - hash.size(), nullptr, 0);
    if (std::memcmp(hash.data(), head.data() + head_bytes - hash.size(), hash.size()) != 0) return nullptr;
    s->number = number;
    s->id = head.substr(16, 16);
    s->boxed = head.find_first_not_of('\0', 32) < 32 + box_bytes;
    struct stat about{};
    if (::fstat(s->fd, &about) != 0) fail("the second journal cannot be opened");
    s->bytes = static_cast<std::uint64_t>(about.st_size);
    return s;
  }
};

SecondJournal::SecondJournal(std::filesystem::path folder, const MachineKey& key, std::optional<PublicKey> township)
    : folder_(std::move(folder)), key_(key), township_(township) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder_, error)) {
    // Its parent must be there: a mount point that is away is not made up on this disk.
    if (::mkdir(folder_.c_str(), 0700) != 0) fail("the second journal's folder cannot be made");
    if (const auto parent = folder_.parent_path(); !parent.empty()) force_folder(parent);
  }
  open_newest();
}

SecondJournal::~SecondJournal() { sodium_memzero(key_.data(), key_.size()); }

std::filesystem::path SecondJournal::file_of(std::uint64_t number) const { return folder_ / fmt::format("{:08}.nzj", number); }

std::vector<std::uint64_t> SecondJournal::segments() const {
  std::vector<std::uint64_t> numbers;
  for (const auto& f : std::filesystem::directory_iterator(folder_)) {
    const auto name = f.path().filename().string();
    std::uint64_t n = 0;
    if (name.size() != 12 || !name.ends_with(".nzj")) continue;
    if (const auto [end, bad] = std::from_chars(name.data(), name.data() + 8, n); bad == std::errc{} && end == name.data() + 8 && n > 0) numbers.push_back(n);
  }
  std::ranges::sort(numbers);
  return numbers;
}

// Nothing where its head does not read, or the disk does not give it.
std::unique_ptr<SecondJournal::Segment> SecondJournal::open_or_none(std::uint64_t number) {
  try {
    return Segment::open(file_of(number), number, O_RDWR);
  } catch (const std::system_error& e) {
    if (e.code().value() != EIO) throw;
    head_unread_ = true;
    return nullptr;
  }
}

void SecondJournal::open_newest() {
  newest_.reset();
  positions_.clear();
  head_unread_ = false;
  const auto numbers = segments();
  for (auto it = numbers.rbegin(); it != numbers.rend(); ++it) {
    newest_ = open_or_none(*it);
    if (newest_) break;
    // Cut while it was begun: nothing stands in it. A head that was damaged later is passed over the same way; `each` counts it.
  }
  if (!newest_) return;
  follow_segment(true);
  (void)look();
}

// A dying card takes its time over each place that it does not give, and somebody may stand before the glass.
constexpr int bad_places_passed = 8;

// To the last record that opens. The whole segment is read once, when it is opened: behind a damaged page sound records may stand, and
// nothing may be written over them. Into a segment that the disk does not give whole nothing is written any more. Later only the place where
// the next record goes is looked at.
void SecondJournal::follow_segment(bool whole) {
  if (whole) {
    std::string all(static_cast<std::size_t>(newest_->bytes), '\0');
    const bool whole_disk = read_around(newest_->fd, 0, all, bad_places_passed);
    for (auto at = newest_->end; at + step <= all.size();) {
      std::uint64_t next = 0;
      if (const auto r = record_in(*newest_, at, std::string_view(all).substr(at), next)) {
        follow(positions_, *r);
        newest_->end = at = next;
      } else {
        at += step;
      }
    }
    if (!whole_disk) newest_->end = newest_->bytes;
    return;
  }
  for (;;) {
    const auto front = read_at(newest_->fd, newest_->end, 4);
    const auto length = front.size() == 4 ? number_at(front, 0, 4) : 0;
    if (length < mac_bytes || newest_->end + 4 + nonce_bytes + length > newest_->bytes) return;
    std::uint64_t next = 0;
    const auto r = record_in(*newest_, newest_->end, read_at(newest_->fd, newest_->end, static_cast<std::size_t>(4 + nonce_bytes + length)), next);
    if (!r) return;
    follow(positions_, *r);
    newest_->end = next;
  }
}

std::optional<SecondJournal::Record> SecondJournal::record_in(const Segment& s, std::uint64_t at, std::string_view from_there, std::uint64_t& next) const {
  constexpr auto front = 4 + nonce_bytes;
  if (from_there.size() < front) return std::nullopt;
  const auto length = static_cast<std::size_t>(number_at(from_there, 0, 4));
  if (length < mac_bytes || front + length > from_there.size()) return std::nullopt;
  const auto sealed = from_there.substr(front, length);
  auto bound = s.id;
  put_number(bound, s.number, 8);
  put_number(bound, at, 8);
  std::string text(sealed.size() - mac_bytes, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr,
                                                 reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(),
                                                 reinterpret_cast<const unsigned char*>(bound.data()), bound.size(),
                                                 reinterpret_cast<const unsigned char*>(from_there.data() + 4), key_.data()) != 0)
    return std::nullopt;
  auto r = record_of(text);
  sodium_memzero(text.data(), text.size());
  next = up_to(at + front + length);
  return r;
}

const SecondJournal::Positions& SecondJournal::look() {
  if (!newest_) {
    if (!segments().empty()) open_newest();
    return positions_;
  }
  struct stat about{};
  if (::fstat(newest_->fd, &about) != 0) fail("the second journal cannot be read");
  if (about.st_nlink == 0) {  // the folder was emptied under us
    open_newest();
    return positions_;
  }
  for (;;) {
    follow_segment(false);
    std::error_code error;
    if (!std::filesystem::exists(file_of(newest_->number + 1), error)) return positions_;
    auto later = open_or_none(newest_->number + 1);
    if (!later) return positions_;
    newest_ = std::move(later);
    last_end_ = 0;
  }
}

void SecondJournal::start_segment(Record::Kind first, std::size_t at_least) {
  const auto numbers = segments();
  const auto number = numbers.empty() ? 1 : numbers.back() + 1;
  auto s = std::make_unique<Segment>();
  s->number = number;
  const auto file = file_of(number);
  s->fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (s->fd < 0) fail("the second journal cannot begin a file");
  s->id.resize(16);
  randombytes_buf(s->id.data(), s->id.size());
  std::string head(magic);
  put_number(head, number, 8);
  head += s->id;
  std::string box(box_bytes, '\0');
  if (township_ && crypto_box_seal(reinterpret_cast<unsigned char*>(box.data()), key_.data(), key_.size(), township_->data()) != 0) box.assign(box_bytes, '\0');
  s->boxed = box.find_first_not_of('\0') != std::string::npos;
  head += box;
  std::array<std::uint8_t, 32> hash{};
  head.resize(head_bytes - hash.size());
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(head.data()), head.size(), nullptr, 0);
  head.append(reinterpret_cast<const char*>(hash.data()), hash.size());
  s->bytes = std::max<std::uint64_t>(segment_bytes, up_to(head_bytes + at_least + 4 * step));
  try {
    // Zeros are written, not only promised: a record then changes no size and no map of the file, and a full card is noticed now.
    write_all(s->fd, std::string(static_cast<std::size_t>(s->bytes), '\0'), 0);
    write_all(s->fd, head, 0);
    if (::fsync(s->fd) != 0) fail("the second journal cannot be forced to the disk");
    force_folder(folder_);
  } catch (...) {
    ::unlink(file.c_str());
    throw;
  }
  newest_ = std::move(s);
  last_at_ = last_end_ = 0;
  Record opening;
  opening.kind = first;
  opening.positions = positions_;
  write(opening);
}

std::string SecondJournal::sealed_record(const Record& r, std::uint64_t at) const {
  auto text = text_of(r);
  std::string nonce(nonce_bytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  auto bound = newest_->id;
  put_number(bound, newest_->number, 8);
  put_number(bound, at, 8);
  std::string sealed(text.size() + mac_bytes, '\0');
  crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()), nullptr, reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                             reinterpret_cast<const unsigned char*>(bound.data()), bound.size(), nullptr,
                                             reinterpret_cast<const unsigned char*>(nonce.data()), key_.data());
  sodium_memzero(text.data(), text.size());
  std::string out;
  put_number(out, sealed.size(), 4);
  out += nonce + sealed;
  out.resize(up_to(out.size()), '\0');
  return out;
}

// Forced before it counts. What a failed write left behind is overwritten by the next record, for only what opens is read.
void SecondJournal::write(const Record& r) {
  const auto at = newest_->end;
  const auto bytes = sealed_record(r, at);
  write_all(newest_->fd, bytes, at);
  if (::fdatasync(newest_->fd) != 0) fail("the second journal cannot be forced to the disk");
  before_last_ = positions_;
  follow(positions_, r);
  last_at_ = at;
  newest_->end = last_end_ = at + bytes.size();
}

void SecondJournal::append(std::span<const Entry> entries) {
  if (entries.empty()) return;
  look();
  Record r;
  r.entries.assign(entries.begin(), entries.end());
  const auto need = text_of(r).size() + 4 + nonce_bytes + mac_bytes + step;
  if (!newest_) start_segment(Record::Kind::begins, need);
  else if (newest_->end + need > newest_->bytes || (township_ && !newest_->boxed)) start_segment(Record::Kind::goes_on, need);
  write(r);
}

void SecondJournal::set_aside(const std::string& name) {
  newest_.reset();
  last_end_ = 0;
  positions_.clear();
  const auto numbers = segments();
  if (numbers.empty()) return;
  auto to = folder_ / name;
  for (int i = 2; std::filesystem::exists(to); ++i) to = folder_ / fmt::format("{}-{}", name, i);
  if (::mkdir(to.c_str(), 0700) != 0) fail("the second journal cannot be set aside");
  for (const auto n : numbers) std::filesystem::rename(file_of(n), to / file_of(n).filename());
  force_folder(to);
  force_folder(folder_);
}

void SecondJournal::begin(const Positions& positions) {
  look();
  if (!newest_) {
    positions_ = positions;
    start_segment(Record::Kind::begins, 0);
    return;
  }
  Record r;
  r.kind = Record::Kind::begins;
  r.positions = positions;
  if (newest_->end + text_of(r).size() + 2 * step > newest_->bytes) start_segment(Record::Kind::goes_on, text_of(r).size());
  write(r);
}

void SecondJournal::take_back() {
  if (!newest_ || last_end_ == 0 || newest_->end != last_end_) return;
  write_all(newest_->fd, std::string(step, '\0'), last_at_);
  if (::fdatasync(newest_->fd) != 0) fail("the second journal cannot be forced to the disk");
  newest_->end = last_at_;
  last_end_ = 0;
  positions_ = before_last_;
}

SecondJournal::Found SecondJournal::each(const std::function<bool(const Record&)>& see) const { return each_from(0, see); }

SecondJournal::Found SecondJournal::each_from(std::uint64_t segment, const std::function<bool(const Record&)>& see) const {
  Found found;
  for (const auto number : segments()) {
    if (number < segment) continue;
    ++found.segments;
    std::unique_ptr<Segment> s;
    std::string all;
    try {
      s = Segment::open(file_of(number), number, O_RDONLY);
    } catch (const std::system_error&) {
      s.reset();  // its head cannot be read
    }
    if (!s) {
      ++found.damaged;
      continue;
    }
    all.resize(static_cast<std::size_t>(s->bytes));
    found.damaged += !read_around(s->fd, 0, all);
    bool in_damage = false;
    for (std::uint64_t at = head_bytes; at + step <= all.size();) {
      std::uint64_t next = 0;
      const auto r = record_in(*s, at, std::string_view(all).substr(at), next);
      if (!r) {
        // Damage counts when something was written: the torn end of an append that was never acknowledged is found only in the last one.
        in_damage = in_damage || number_at(all, at, 4) != 0;
        at += step;
        continue;
      }
      if (in_damage) ++found.damaged;
      in_damage = false;
      found.transactions += r->kind == Record::Kind::transaction;
      found.facts += static_cast<std::int64_t>(r->entries.size());
      if (!see(*r)) return found;
      at = next;
    }
  }
  return found;
}

int SecondJournal::drop_covered(const Positions& covered) {
  const auto numbers = segments();
  int gone = 0;
  for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
    // What a segment holds lies below where the next one begins.
    std::optional<Positions> until;
    (void)each_from(numbers[i + 1], [&](const Record& r) {
      if (r.kind != Record::Kind::transaction) until = r.positions;
      return false;
    });
    const bool has_all = until && std::ranges::all_of(*until, [&](const auto& p) {
      const auto there = covered.find(p.first);
      return p.second.seq == 0 || (there != covered.end() && there->second.seq >= p.second.seq);
    });
    if (!has_all) break;
    std::error_code error;
    if (!std::filesystem::remove(file_of(numbers[i]), error)) break;
    ++gone;
  }
  if (gone > 0) force_folder(folder_);
  return gone;
}

std::optional<MachineKey> SecondJournal::key_by_township(const std::filesystem::path& folder, const KeyPair& township) {
  std::error_code error;
  for (const auto& f : std::filesystem::directory_iterator(folder, error)) {
    if (f.path().extension() != ".nzj") continue;
    std::ifstream in(f.path(), std::ios::binary);
    std::string head(head_bytes, '\0');
    if (!in.read(head.data(), static_cast<std::streamsize>(head.size())) || !head.starts_with(magic)) continue;
    MachineKey key{};
    if (crypto_box_seal_open(key.data(), reinterpret_cast<const unsigned char*>(head.data() + 32), box_bytes, township.open_to_all().data(),
                             reinterpret_cast<const unsigned char*>(township.secret().data())) == 0)
      return key;
  }
  return std::nullopt;
}

}  // namespace store
