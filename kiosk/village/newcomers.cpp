#include "village/newcomers.h"

#include "village/faces.h"
#include "village/guesses.h"
#include "village/kinds.h"
#include "village/rights.h"

#include <algorithm>
#include <fmt/format.h>

namespace village {
namespace {

constexpr std::size_t longest_name = 12;  // characters: 买买提·吐尔逊 has seven

base::Uuid counted_at() { return base::id_of("village.newcomers written at this machine"); }

bool is_name(std::string_view text) {
  const auto wide = base::to_utf32(text);
  const auto letter = [](char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U' ' || c == U'·' || c >= 0x3400 || (c >= 0xC0 && c < 0x2000);
  };
  return !wide.empty() && wide.size() <= longest_name && std::ranges::all_of(wide, letter);
}

// Nothing, or a number as it is dialled: 6601234 of the county to 13800001234.
bool is_phone(std::string_view text) {
  return text.empty() || (text.size() >= 7 && text.size() <= 12 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }));
}

constexpr base::Minutes a_day{24 * 60};
int most(const store::Reader& reader) { return static_cast<int>(reader.setting("people.new_a_day", std::int64_t{5})); }

}  // namespace

bool may_come_new(const store::Reader& reader) { return reader.may(right::come_new) && left_within(reader, counted_at(), most(reader), a_day) > 0; }

std::expected<PersonId, Refusal> come_new(store::Act& act, const Newcomer& who) {
  if (!act.may(right::come_new)) return std::unexpected(Refusal::no_right);
  const auto name = std::string(base::trimmed(who.name));
  if (name.empty()) return std::unexpected(Refusal::name_empty);
  if (!is_name(name)) return std::unexpected(Refusal::name_odd);
  if (!is_phone(who.phone)) return std::unexpected(Refusal::phone_odd);
  if (!count_within(act, counted_at(), most(act), a_day)) return std::unexpected(Refusal::locked);
  const auto id = act.new_id_as<PersonId>();
  nlohmann::json body{{"name", name}, {"walk_in", true}, {"sites", nlohmann::json::array({SiteId{act.viewer().site}.text()})}};
  if (!who.phone.empty()) body["phone"] = who.phone;
  act.append({.kind = kind::person_set, .subject = id.value, .person = id.value, .means = "self"}, body);
  return id;
}

std::vector<FaceOf> newcomers(const store::Reader& reader, int limit) {
  std::vector<FaceOf> found;
  if (!reader.may(right::find)) return found;
  const FaceReader faces(reader);
  static const auto sql = fmt::format("SELECT {} FROM village_person p JOIN village_person_site s ON s.person = p.id WHERE s.site = ? AND p.walk_in = 1"
                                      " AND p.left_on IS NULL ORDER BY p.name, p.id LIMIT ?", face_columns);
  for (auto rows = reader.query(sql, reader.viewer().site, limit); const auto row : rows) found.push_back(faces.read(row, 0));
  return found;
}

int newcomers_count(const store::Reader& reader) {
  if (!reader.may(right::find)) return 0;
  return static_cast<int>(reader.count("SELECT count(*) FROM village_person_site s JOIN village_person p ON p.id = s.person WHERE s.site = ? AND p.walk_in = 1"
                                       " AND p.left_on IS NULL", reader.viewer().site));
}

}  // namespace village
