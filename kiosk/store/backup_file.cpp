#include "store/backup_file.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "store/forget.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <fstream>
#include <limits>
#include <set>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

namespace store {
namespace {

constexpr std::string_view magic = "NZBACKUP", ending = ".nzb";
constexpr std::uint16_t version = 1, suite = 1;
constexpr std::int64_t latest_ms = 253'402'300'799'999;  // the end of year 9999
constexpr std::size_t chunk = 65536, head_at_most = 1 << 20, key_bytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t box_bytes = crypto_box_SEALBYTES + key_bytes, wrapped_bytes = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + key_bytes;

struct StreamKey {
  std::array<std::uint8_t, key_bytes> bytes{};
  ~StreamKey() { sodium_memzero(bytes.data(), bytes.size()); }
};

unsigned char* raw(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
const unsigned char* raw(std::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }

void put(std::string& out, std::uint64_t n, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(n >> (8 * i));
}
std::uint64_t number(std::string_view bytes, std::size_t at, int n) {
  std::uint64_t v = 0;
  for (int i = 0; i < n; ++i) v |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[at + static_cast<std::size_t>(i)])) << (8 * i);
  return v;
}

std::string hex(const ChainHead& head) {
  std::string out(head.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), head.data(), head.size());
  out.pop_back();
  return out;
}

std::string text_of(const BackupHead& h) {
  nlohmann::json positions = nlohmann::json::array();
  for (const auto& [origin, p] : h.positions) positions.push_back({{"origin", origin.text()}, {"seq", p.seq}, {"chain", hex(p.head)}});
  return nlohmann::json{{"made", h.made.time_since_epoch().count()}, {"schema", h.schema}, {"facts", h.facts}, {"positions", positions}, {"tables", h.tables}}.dump();
}

// A whole number within its bounds: the head is shown before the seal vouches for it.
std::int64_t whole(const nlohmann::json& in, const char* field, std::int64_t most) {
  const auto& n = in.at(field);
  const bool fits = n.is_number_unsigned() && n.get<std::uint64_t>() <= static_cast<std::uint64_t>(most);
  if (!fits) throw nlohmann::json::other_error::create(501, field, &in);
  return n.get<std::int64_t>();
}

std::optional<BackupHead> head_of(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  try {
    BackupHead h;
    h.made = base::Instant{std::chrono::milliseconds{whole(json, "made", latest_ms)}};
    h.schema = static_cast<int>(whole(json, "schema", std::numeric_limits<int>::max()));
    h.facts = whole(json, "facts", std::numeric_limits<std::int64_t>::max());
    h.tables = !json.contains("tables") || json.at("tables").get<bool>();
    for (const auto& p : json.at("positions")) {
      const auto origin = base::Uuid::parse(p.at("origin").get<std::string>());
      const auto chain = p.at("chain").get<std::string>();
      SecondJournal::Position position;
      position.seq = whole(p, "seq", std::numeric_limits<std::int64_t>::max());
      if (!origin || chain.size() != 2 * position.head.size() || sodium_hex2bin(position.head.data(), position.head.size(), chain.data(), chain.size(), nullptr, nullptr, nullptr) != 0) return std::nullopt;
      h.positions[*origin] = position;
    }
    return h;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

// What stands before the stream.
struct Front {
  BackupHead head;
  std::string text, box, wrapped;  // text: the head's own bytes, bound to the stream
};

std::expected<Front, BackupRefusal> read_front(std::istream& in) {
  std::string start(16, '\0');
  if (!in.read(start.data(), 16) || !start.starts_with(magic)) return std::unexpected(BackupRefusal::not_a_backup);
  if (number(start, 8, 2) != version || number(start, 10, 2) != suite) return std::unexpected(BackupRefusal::newer);
  const auto length = static_cast<std::size_t>(number(start, 12, 4));
  if (length == 0 || length > head_at_most) return std::unexpected(BackupRefusal::damaged);
  Front f;
  f.text.resize(length);
  f.box.resize(box_bytes);
  f.wrapped.resize(wrapped_bytes);
  for (auto* part : {&f.text, &f.box, &f.wrapped})
    if (!in.read(part->data(), static_cast<std::streamsize>(part->size()))) return std::unexpected(BackupRefusal::damaged);
  auto head = head_of(f.text);
  if (!head) return std::unexpected(BackupRefusal::damaged);
  f.head = std::move(*head);
  f.head.for_township = f.box.find_first_not_of('\0') != std::string::npos;
  return f;
}

void seal_file(const std::filesystem::path& clear, const BackupHead& head, const MachineKey& machine, const std::optional<PublicKey>& township, base::DurableFile& out) {
  StreamKey key;
  crypto_secretstream_xchacha20poly1305_keygen(key.bytes.data());
  const auto text = text_of(head);
  std::string front(magic);
  put(front, version, 2);
  put(front, suite, 2);
  put(front, text.size(), 4);
  front += text;
  std::string box(box_bytes, '\0');
  if (township && crypto_box_seal(raw(box), key.bytes.data(), key.bytes.size(), township->data()) != 0) throw std::runtime_error("the township's key is no key");
  std::string nonce(crypto_secretbox_NONCEBYTES, '\0'), wrapped(crypto_secretbox_MACBYTES + key_bytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  crypto_secretbox_easy(raw(wrapped), key.bytes.data(), key.bytes.size(), raw(nonce), machine.data());
  front += box + nonce + wrapped;
  crypto_secretstream_xchacha20poly1305_state state;
  std::string header(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
  crypto_secretstream_xchacha20poly1305_init_push(&state, raw(header), key.bytes.data());
  out.write(front + header);
  std::ifstream in(clear, std::ios::binary);
  std::string piece(chunk, '\0'), sealed(chunk + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
  bool first = true;
  for (bool last = false; !last; first = false) {
    in.read(piece.data(), chunk);
    const auto n = static_cast<std::size_t>(in.gcount());
    last = n < chunk;
    if (in.bad() || (!in && !last)) throw std::runtime_error("the copy cannot be read");
    const std::string bound = first ? text + box : std::string{};
    crypto_secretstream_xchacha20poly1305_push(&state, raw(sealed), nullptr, raw(piece), n, raw(std::string_view(bound)), bound.size(),
                                               last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    out.write({sealed.data(), n + crypto_secretstream_xchacha20poly1305_ABYTES});
  }
  sodium_memzero(piece.data(), piece.size());
}

struct Leftover {
  std::filesystem::path path;
  ~Leftover() { remove_emptied(path); }
};

// One at a time in a data directory: a command's and the kiosk's own would use the same clear copy. Waits.
class OneBackup {
 public:
  explicit OneBackup(const std::filesystem::path& folder) : fd_(::open((folder / "backup.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    while (fd_ >= 0 && ::flock(fd_, LOCK_EX) != 0 && errno == EINTR) {}
  }
  ~OneBackup() {
    if (fd_ >= 0) ::close(fd_);
  }
  OneBackup(const OneBackup&) = delete;
  OneBackup& operator=(const OneBackup&) = delete;

 private:
  int fd_;
};

// Pages and facts of a copy that nobody else has open.
bool whole_copy(const std::filesystem::path& file, const BackupHead& head) {
  Database copy(file, Database::Mode::read_only);
  std::string answer;
  for (auto rows = copy.query("PRAGMA integrity_check"); const auto row : rows) answer += row.get<std::string>(0);
  std::int64_t facts = -1;
  for (auto rows = copy.query("SELECT count(*) FROM journal_fact"); const auto row : rows) facts = row.get<std::int64_t>(0);
  return answer == "ok" && facts == head.facts;
}

}  // namespace

std::string_view name(BackupRefusal r) {
  constexpr std::string_view names[] = {"not_a_backup", "newer", "no_key", "damaged"};
  return names[static_cast<std::size_t>(r)];
}

std::optional<BackupHead> look_at_backup(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  auto front = read_front(in);
  return front ? std::optional(std::move(front->head)) : std::nullopt;
}

BackupHead write_backup(Store& store, const std::filesystem::path& file, const MachineKey& machine, const std::optional<PublicKey>& township, const std::function<void()>& copied) {
  const OneBackup alone(store.folder());
  const Leftover clear{store.folder() / "backup.clear"}, back{store.folder() / "backup.read"}, cut{store.folder() / "backup.read.part"};
  remove_emptied(cut.path);  // the power went while one was read back
  remove_emptied(clear.path);
  store.copy_journal_to(clear.path);
  if (copied) copied();
  BackupHead head;
  head.made = store.clock().now();
  head.for_township = township.has_value();
  {
    // What the copy holds, not what the store holds by now.
    Database copy(clear.path, Database::Mode::read_only);
    for (auto rows = copy.query("PRAGMA user_version"); const auto row : rows) head.schema = row.get<int>(0);
    for (auto rows = copy.query("SELECT count(*) FROM journal_fact"); const auto row : rows) head.facts = row.get<std::int64_t>(0);
    head.positions = Store::positions_in(copy);
  }
  base::DurableFile out(file);
  seal_file(clear.path, head, machine, township, out);
  out.force();
  // Through its own seal, from the medium it lies on.
  const auto opened = open_backup(out.part(), {machine, nullptr}, back.path);
  if (!opened || !whole_copy(back.path, head)) throw std::runtime_error("the backup does not read back; the old one is kept");
  out.keep();
  return head;
}

std::optional<BackupRefusal> wrong_with_backup(const std::filesystem::path& file, const BackupKey& with, const std::filesystem::path& beside) {
  const Leftover copy{beside};
  const auto opened = open_backup(file, with, beside);
  if (!opened) return opened.error();
  try {
    if (whole_copy(beside, *opened)) return std::nullopt;
  } catch (const SQLite::Exception&) {
    // no database inside
  }
  return BackupRefusal::damaged;
}

std::expected<BackupHead, BackupRefusal> open_backup(const std::filesystem::path& file, const BackupKey& with, const std::filesystem::path& to) {
  std::ifstream in(file, std::ios::binary);
  const auto front = read_front(in);
  if (!front) return std::unexpected(front.error());
  StreamKey key;
  bool have = false;
  if (with.machine)
    have = crypto_secretbox_open_easy(key.bytes.data(), raw(std::string_view(front->wrapped)) + crypto_secretbox_NONCEBYTES, wrapped_bytes - crypto_secretbox_NONCEBYTES,
                                      raw(std::string_view(front->wrapped)), with.machine->data()) == 0;
  if (!have && with.township != nullptr && front->head.for_township)
    have = crypto_box_seal_open(key.bytes.data(), raw(std::string_view(front->box)), box_bytes, with.township->open_to_all().data(), raw(with.township->secret())) == 0;
  if (!have) return std::unexpected(BackupRefusal::no_key);
  std::string header(crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
  crypto_secretstream_xchacha20poly1305_state state;
  if (!in.read(header.data(), static_cast<std::streamsize>(header.size())) || crypto_secretstream_xchacha20poly1305_init_pull(&state, raw(header), key.bytes.data()) != 0)
    return std::unexpected(BackupRefusal::damaged);
  base::DurableFile out(to);
  std::filesystem::permissions(out.part(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::string sealed(chunk + crypto_secretstream_xchacha20poly1305_ABYTES, '\0'), piece(chunk, '\0');
  for (bool first = true, last = false; !last; first = false) {
    in.read(sealed.data(), static_cast<std::streamsize>(sealed.size()));
    const auto n = static_cast<std::size_t>(in.gcount());
    const std::string bound = first ? front->text + front->box : std::string{};
    unsigned long long clear = 0;
    unsigned char tag = 0;
    if (n < crypto_secretstream_xchacha20poly1305_ABYTES ||
        crypto_secretstream_xchacha20poly1305_pull(&state, raw(piece), &clear, &tag, raw(std::string_view(sealed)), n, raw(std::string_view(bound)), bound.size()) != 0)
      return std::unexpected(BackupRefusal::damaged);
    last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    out.write({piece.data(), static_cast<std::size_t>(clear)});
  }
  if (in.peek() != std::ifstream::traits_type::eof()) return std::unexpected(BackupRefusal::damaged);
  sodium_memzero(piece.data(), piece.size());
  out.keep();
  return front->head;
}

std::vector<KeptBackup> backups_in(const std::filesystem::path& folder) {
  std::vector<KeptBackup> found;
  std::error_code error;
  for (const auto& f : std::filesystem::directory_iterator(folder, error)) {
    const auto name = f.path().filename().string();
    if (!name.ends_with(ending)) continue;
    if (base::Day day; base::parse_day(std::string_view(name).substr(0, name.size() - ending.size()), day)) found.push_back({f.path(), day});
  }
  std::ranges::sort(found, std::ranges::greater{}, &KeptBackup::day);
  return found;
}

std::vector<base::Day> to_rotate(std::vector<base::Day> there, base::Day today, const Rotation& keep) {
  std::ranges::sort(there, std::ranges::greater{});
  std::set<base::Day> kept;
  std::set<std::int64_t> weeks, months;
  const auto week = [](base::Day d) { return (std::int64_t{d.time_since_epoch().count()} + 3) / 7; };  // 1 January 1970 was a Thursday
  const auto month = [](base::Day d) {
    const auto date = base::date_of(d);
    return std::int64_t{static_cast<int>(date.year())} * 12 + static_cast<unsigned>(date.month()) - 1;
  };
  if (!there.empty()) kept.insert(there.front());
  for (const auto d : there) {
    if ((today - d).count() < keep.days) kept.insert(d);
    if (week(today) - week(d) < keep.weeks && weeks.insert(week(d)).second) kept.insert(d);
    if (month(today) - month(d) < keep.months && months.insert(month(d)).second) kept.insert(d);
  }
  std::erase_if(there, [&](base::Day d) { return kept.contains(d); });
  return there;
}

}  // namespace store
