// Said aloud: sealed for those who may see the request, kept as a file of this machine, opened by one of them, gone when its time is over.
//
// The order that must hold: the file is whole on the disk, then the fact; the fact that it goes, then the file.
#include "base/durable_file.h"
#include "shapes/request/request.h"
#include "shapes/request/tables.h"
#include "village/clock.h"
#include "village/file_copies.h"
#include "village/keys.h"

#include <fmt/format.h>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <unordered_set>

namespace request {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& data) { return data / "said"; }

std::string joined(const std::vector<village::StaffId>& readers) {
  std::string all;
  for (const auto& id : readers) all += (all.empty() ? "" : " ") + id.text();
  return all;
}
std::vector<village::StaffId> split(const std::string& ids) {
  std::istringstream in(ids);
  std::vector<village::StaffId> all;
  for (std::string id; in >> id;)
    if (const auto one = village::StaffId::parse(id)) all.push_back(*one);
  return all;
}

SaidId id_in(const std::string& hash) {
  // As an id is written: 8-4-4-4-12 of its first 32 digits.
  return SaidId::parse(fmt::format("{}-{}-{}-{}-{}", hash.substr(0, 8), hash.substr(8, 4), hash.substr(12, 4), hash.substr(16, 4), hash.substr(20, 12))).value();
}

// The request, where this viewer sees what it is about.
std::optional<Request> seen(const store::Reader& reader, RequestId id) {
  auto q = one(reader, id);
  // Nothing is said aloud about what is confidential: in a hall others hear it, and a file that stands there would tell that there is one.
  return q && q->kind != Kind::confidential ? q : std::nullopt;
}

std::optional<std::string> bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

// Names in the folder that are those of recordings, whole or half written.
std::vector<std::pair<fs::path, std::optional<SaidId>>> files_in(const fs::path& data) {
  std::vector<std::pair<fs::path, std::optional<SaidId>>> files;
  std::error_code none;
  for (fs::directory_iterator i(folder_of(data), none), end; !none && i != end; i.increment(none)) files.emplace_back(i->path(), SaidId::parse(i->path().filename().string()));
  return files;
}

bool is_named(const store::Reader& reader, const std::optional<SaidId>& id) { return id && reader.count("SELECT count(*) FROM request_said WHERE id = ? AND dropped IS NULL", *id) > 0; }

}  // namespace

std::expected<MaySay, Refusal> may_say(const store::Reader& reader, RequestId id) {
  const auto q = seen(reader, id);
  if (!q || !q->person) return std::unexpected(Refusal::unknown);
  if (!reader.may_for(right::say, *q->person)) return std::unexpected(Refusal::no_right);
  if (!q->open()) return std::unexpected(Refusal::not_open);
  if (static_cast<std::int64_t>(said_of(reader, id).size()) >= reader.setting("request.said_most", std::int64_t{3})) return std::unexpected(Refusal::enough_said);
  MaySay may;
  may.at_most_s = static_cast<int>(reader.setting("request.said_s", std::int64_t{30}));
  for (const auto& staff : village::staff(reader)) {
    if (!right::see_queue.role_may(staff.role)) continue;
    const auto key = village::public_key_of(reader, staff.id);
    if (!key) continue;
    may.readers.push_back(staff.id);
    may.keys.push_back(*key);
  }
  if (may.readers.empty()) return std::unexpected(Refusal::nobody_hears);
  if (const auto township = store::township_key(reader.store().folder())) may.keys.push_back(*township);
  return may;
}

SaidFile::SaidFile(const fs::path& data, std::string_view sound, const MaySay& may, int lasts_s) : seconds((std::max(1, lasts_s) + 4) / 5 * 5), readers(may.readers) {
  const auto sealed = store::seal(sound, may.keys);
  if (!sealed) throw std::invalid_argument("a recording that cannot be sealed");
  hash = store::hash_of(*sealed);
  size = sealed->size();
  id = id_in(hash);
  const auto folder = folder_of(data);
  if (fs::create_directories(folder)) fs::permissions(folder, fs::perms::owner_all);
  file_ = folder / id.text();
  base::DurableFile out(file_);
  out.write(*sealed);
  out.keep();
}

SaidFile::~SaidFile() {
  std::error_code none;
  if (!kept_) fs::remove(file_, none);
}

std::expected<Receipt, Refusal> say(store::Act& act, RequestId id, const SaidFile& file) {
  const auto may = may_say(act, id);
  if (!may) return std::unexpected(may.error());
  // Between sealing and now somebody may have left: then it is said anew, for those who are there.
  if (!std::ranges::all_of(file.readers, [&](const auto& reader) { return std::ranges::find(may->readers, reader) != may->readers.end(); })) return std::unexpected(Refusal::nobody_hears);
  const auto q = *seen(act, id);
  Receipt r{id, act.now(), {}};
  r.fact = act.append({.kind = fact::said, .subject = id.value, .person = q.person->value, .offer = q.offer},
                      {{"said", file.id.text()}, {"hash", file.hash}, {"size", file.size}, {"seconds", file.seconds}, {"readers", joined(file.readers)}});
  return r;
}

std::vector<Said> said_of(const store::Reader& reader, RequestId id) {
  std::vector<Said> all;
  if (!seen(reader, id)) return all;
  auto rows = reader.query("SELECT id, site, at, seconds, hash, readers FROM request_said WHERE request = ? AND dropped IS NULL ORDER BY at, id", id);
  for (const auto r : rows)
    all.push_back({r.get<SaidId>(0), id, r.get<village::SiteId>(1), r.get<base::Instant>(2), r.get<int>(3), r.get<std::string>(4), split(r.get<std::string>(5))});
  return all;
}

std::expected<std::string, Refusal> open_said(const fs::path& data, const Said& said, village::StaffId who, const store::KeyPair& pair) {
  const auto sealed = bytes_of(folder_of(data) / said.id.text());
  if (!sealed) return std::unexpected(Refusal::said_not_here);
  if (store::hash_of(*sealed) != said.hash) return std::unexpected(Refusal::said_broken);
  auto sound = store::open(*sealed, pair);
  if (sound) return std::move(*sound);
  return std::unexpected(std::ranges::find(said.readers, who) != said.readers.end() ? Refusal::key_is_new : Refusal::not_a_reader);
}

std::expected<Receipt, Refusal> hear(store::Act& act, RequestId id, SaidId which) {
  if (!act.may(right::hear) || !act.viewer().staff) return std::unexpected(Refusal::no_right);
  const auto all = said_of(act, id);
  const auto said = std::ranges::find(all, which, &Said::id);
  if (said == all.end()) return std::unexpected(Refusal::unknown);
  if (std::ranges::find(said->readers, village::StaffId{*act.viewer().staff}) == said->readers.end()) return std::unexpected(Refusal::not_a_reader);
  const auto q = *seen(act, id);
  Receipt r{id, act.now(), {}};
  r.fact = act.append({.kind = fact::heard, .subject = id.value, .person = q.person ? std::optional(q.person->value) : std::nullopt,
                       .offer = q.offer, .site = q.site.value},
                      {{"said", which.text()}});
  return r;
}

void drop_said(store::Act& act) {
  if (!act.may(right::drop_said)) return;
  // First the files of what was said to go in an earlier act: two days of them, so that one run missed is caught up; the rest by sweep_said.
  std::error_code none;
  for (auto rows = act.query("SELECT id FROM request_said WHERE dropped >= ?", act.now() - std::chrono::days(2)); const auto row : rows)
    fs::remove(folder_of(act.store().folder()) / row.get<SaidId>(0).text(), none);
  if (act.store().clock_unsure()) return;  // nothing goes by a day that nobody vouches for
  struct Over { RequestId request; SaidId id; base::Uuid site; std::optional<base::Uuid> person; std::string offer; };
  std::vector<Over> over;
  auto rows = act.query(
      "SELECT s.request, s.id, r.site, r.person, r.offer FROM request_said s JOIN request_request r ON r.id = s.request"
      " WHERE s.dropped IS NULL AND r.open = 0 AND (r.state = 'cancelled' OR r.finished < ?) ORDER BY s.at, s.id",
      act.now() - std::chrono::days(act.setting("request.said_keep_days", std::int64_t{180})));
  for (const auto row : rows)
    over.push_back({row.get<RequestId>(0), row.get<SaidId>(1), row.get<base::Uuid>(2), row.get<std::optional<base::Uuid>>(3), row.get<std::string>(4)});
  for (const auto& o : over)
    act.append({.kind = fact::said_dropped, .subject = o.request.value, .person = o.person, .offer = o.offer, .means = "rule",
                .once = base::id_of("request.said_dropped " + o.request.text() + " " + o.id.text()), .site = o.site},
               {{"said", o.id.text()}});
}

void drop_said_of(store::Act& act, village::PersonId person) {
  struct Kept { RequestId request; SaidId id; base::Uuid site; std::string offer; };
  std::vector<Kept> kept;
  for (auto rows = act.query("SELECT s.request, s.id, r.site, CASE r.kind WHEN 'confidential' THEN '' ELSE r.offer END FROM request_said s"
                             " JOIN request_request r ON r.id = s.request WHERE s.dropped IS NULL AND r.person = ? ORDER BY s.at, s.id", person);
       const auto row : rows)
    kept.push_back({row.get<RequestId>(0), row.get<SaidId>(1), row.get<base::Uuid>(2), row.get<std::string>(3)});
  for (const auto& k : kept)
    act.append_as(store::Viewer::clockwork(k.site), {.kind = fact::said_dropped, .subject = k.request.value, .person = person.value, .offer = k.offer, .means = "rule",
                                                     .once = base::id_of("request.said_dropped " + k.request.text() + " " + k.id.text()), .site = k.site},
                  {{"said", k.id.text()}});
}

int sweep_said(const store::Reader& reader, const fs::path& data) {
  int gone = 0;
  const auto known = [&](SaidId id) { return reader.count("SELECT count(*) FROM request_said WHERE id = ?", id) > 0; };
  for (const auto& [file, id] : files_in(data)) {
    if (is_named(reader, id)) continue;
    // Its fact may lie on a device that is away, or in a backup that somebody is about to bring. A half, or one whose time is over, goes at once.
    if (id && !known(*id) && (village::clock_unsure(reader) || !village::left_alone_long_enough(file, reader.store().clock_never_before()))) continue;
    if (std::error_code none; fs::remove(file, none)) ++gone;
  }
  return gone;
}

std::vector<village::NamedFile> said_files(const store::Reader& reader) {
  std::vector<village::NamedFile> files;
  for (auto rows = reader.query("SELECT s.id, r.person, s.dropped IS NOT NULL FROM request_said s JOIN request_request r ON r.id = s.request WHERE r.person IS NOT NULL"); const auto row : rows) {
    const auto id = row.get<SaidId>(0);
    files.push_back({.path = (folder_of({}) / id.text()).string(), .id = id.value, .owner = row.get<base::Uuid>(1), .over = row.get<bool>(2)});
  }
  return files;
}

SaidCheck check_said(const store::Reader& reader, const fs::path& data) {
  SaidCheck check;
  std::unordered_set<base::Uuid> there;
  for (const auto& [file, id] : files_in(data)) {
    if (is_named(reader, id)) there.insert(id->value);
    else ++check.unnamed;
  }
  for (auto rows = reader.query("SELECT id, site FROM request_said WHERE dropped IS NULL"); const auto row : rows) {
    if (there.contains(row.get<base::Uuid>(0))) ++check.kept;
    else if (row.get<base::Uuid>(1) == reader.viewer().site) ++check.missing;
  }
  return check;
}

}  // namespace request
