// Staff accounts: which person may do what, where.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/places.h"
#include "village/rights.h"
#include "village/staff_rows.h"

#include <algorithm>
#include <fmt/format.h>

namespace village {
namespace fold {

void staff(store::Fold& fold) {
  const Merged merged(fold);
  fold.run("DELETE FROM village_staff WHERE id = ?", fold.subject());
  const auto person = merged.id("person");
  auto role = merged.text("role");
  if (role != "volunteer" && role != "clerk" && role != "manager") role = "none";
  if (person)
    fold.run("INSERT INTO village_staff (id, person, number, role, pin, site, active, public_key, wrapped_key, sealed_key, wrapped_sealed_key) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
             fold.subject(), *person, merged.text("number"), role, merged.text("pin"), merged.id("site"), merged.yes("active", true), merged.text("public_key"), merged.text("wrapped_key"),
             merged.text("sealed_key"), merged.text("wrapped_sealed_key"));
}

}  // namespace fold

Staff read_staff(const FaceReader& faces, const store::Row& row) {
  Staff s;
  s.id = row.get<StaffId>(0);
  s.person = row.get<PersonId>(1);
  s.number = row.get<std::string>(2);
  s.role = store::role_named(row.get<std::string>(3)).value_or(store::Role::none);
  s.site = row.get<std::optional<SiteId>>(4);
  s.active = row.get<bool>(5);
  s.face = faces.read(row, 6);
  return s;
}

namespace {

template <class... A>
std::optional<Staff> one(const store::Reader& reader, std::string_view where, const A&... args) {
  auto rows = reader.query(fmt::format("SELECT {} {}", staff_columns, where), args...);
  for (const auto row : rows) return read_staff(FaceReader(reader), row);
  return std::nullopt;
}

}  // namespace

std::vector<Staff> staff(const store::Reader& reader) {
  std::vector<Staff> found;
  if (!reader.may(right::see_staff)) return found;
  const FaceReader faces(reader);
  static const auto sql =
      fmt::format("SELECT {} WHERE s.active = 1 AND (s.site IS NULL OR s.site IN (SELECT b.id FROM village_site a JOIN village_site b ON b.village = a.village WHERE a.id = ?))"
                  " ORDER BY CAST(s.number AS INTEGER), s.number, s.id", staff_columns);
  for (auto rows = reader.query(sql, reader.viewer().site); const auto row : rows) found.push_back(read_staff(faces, row));
  return found;
}

std::vector<Staff> all_staff(const store::Reader& reader) {
  std::vector<Staff> found;
  if (!reader.may(right::see_all_staff)) return found;
  const FaceReader faces(reader);
  static const auto sql = fmt::format("SELECT {} ORDER BY s.active DESC, CAST(s.number AS INTEGER), s.number, s.id", staff_columns);
  for (auto rows = reader.query(sql); const auto row : rows) found.push_back(read_staff(faces, row));
  return found;
}

std::vector<Staff> staff_accounts(const store::Reader& reader, VillageId village) {
  std::vector<Staff> found;
  if (!reader.may(right::see_all_staff)) return found;
  const auto here = village_of(reader, SiteId{reader.viewer().site});
  const bool own = village == (here ? here->id : VillageId{});
  const FaceReader faces(reader);
  static const auto sql = fmt::format(
      "SELECT {} WHERE s.site IN (SELECT id FROM village_site WHERE village = ?1)"
      " OR (?2 AND (s.site IS NULL OR NOT EXISTS (SELECT 1 FROM village_site t WHERE t.id = s.site)))"
      " ORDER BY s.active DESC, CAST(s.number AS INTEGER), s.number, s.id",
      staff_columns);
  for (auto rows = reader.query(sql, village, own); const auto row : rows) found.push_back(read_staff(faces, row));
  return found;
}

int highest_staff_number(const store::Reader& reader) {
  if (!reader.may(right::see_all_staff)) return 0;
  return static_cast<int>(std::max<std::int64_t>(0, reader.count("SELECT max(CAST(number AS INTEGER)) FROM village_staff")));
}

std::optional<Staff> staff_by_id(const store::Reader& reader, StaffId id) { return one(reader, "WHERE s.id = ?", id); }

std::optional<Staff> staff_of_person(const store::Reader& reader, PersonId person) {
  return one(reader, "WHERE s.person = ? AND s.active = 1 ORDER BY s.id LIMIT 1", person);
}

std::expected<StaffId, Refusal> save_staff(store::Act& act, const StaffEdit& edit) {
  if (!act.may(right::save_staff)) return std::unexpected(Refusal::no_right);
  const auto before = edit.id ? staff_by_id(act, *edit.id) : std::nullopt;
  if (edit.id && !before) return std::unexpected(Refusal::unknown);
  if (!edit.id && (!edit.person || !edit.role)) return std::unexpected(Refusal::unknown);
  if (edit.person && !person_exists(act, *edit.person)) return std::unexpected(Refusal::unknown);
  if (edit.role && (*edit.role == store::Role::none || *edit.role == store::Role::clockwork)) return std::unexpected(Refusal::unknown);
  if (edit.site && !edit.site->none() && !site(act, *edit.site)) return std::unexpected(Refusal::unknown);
  const auto number = edit.number ? std::optional(std::string(base::trimmed(*edit.number))) : std::nullopt;
  if (number ? number->empty() : !edit.id) return std::unexpected(Refusal::name_empty);
  const bool active = edit.active.value_or(before ? before->active : true);
  if (active && act.count("SELECT count(*) FROM village_staff WHERE number = ? AND active = 1 AND id <> ?", number ? *number : before->number,
                          edit.id.value_or(StaffId{})) > 0)
    return std::unexpected(Refusal::number_taken);

  nlohmann::json body = nlohmann::json::object();
  put(body, "person", edit.person);
  put(body, "number", number);
  if (edit.role) body["role"] = name(*edit.role);
  put(body, "pin", edit.pin_hash);
  if (edit.pin_hash || edit.key) {
    const auto key = edit.key.value_or(StaffKey{});
    body["public_key"] = key.public_key;
    body["wrapped_key"] = key.wrapped;
    // The key for sealed things was wrapped with the pair that goes: the next time they hold their card to the reader there is a new one.
    if (!edit.id || act.one<std::string>("SELECT public_key FROM village_staff WHERE id = ?", *edit.id) != key.public_key) body["sealed_key"] = body["wrapped_sealed_key"] = "";
  }
  put(body, "site", edit.site);
  put(body, "active", edit.active);
  const auto id = edit.id ? *edit.id : act.new_id_as<StaffId>();
  if (!body.empty())
    act.append({.kind = kind::staff_set, .subject = id.value, .person = edit.person ? edit.person->value : before->person.value}, body);
  return id;
}

}  // namespace village
