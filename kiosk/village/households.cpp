// Households: people who live under one number of a group.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/rights.h"

#include <algorithm>
#include <fmt/format.h>

namespace village {
namespace fold {

void household(store::Fold& fold) {
  const Merged merged(fold);
  const auto& id = fold.subject();
  const auto group = merged.id("group");
  fold.run("DELETE FROM village_household WHERE id = ?", id);
  const auto village = merged.id("village");
  const auto number = merged.text("number");
  const bool erased = std::ranges::any_of(merged.facts(), [](const auto& fact) { return fact.kind == kind::household_erased; });  // with its last member
  if (village && !number.empty() && !erased) {
    const auto phone = merged.text("phone");
    fold.run("INSERT INTO village_household (id, village, grp, number, phone, phone_tail, note) VALUES (?,?,?,?,?,?,?)", id, *village, group, number,
             phone, phone_tail(phone), merged.text("note"));
  }
  // Members are listed by their household's group, and may have arrived before it.
  const auto stands = village && !number.empty() && !erased ? group : std::nullopt;
  fold.run("UPDATE OR REPLACE village_person_site SET grp = ?1 WHERE grp <> ?1 AND person IN (SELECT id FROM village_person WHERE household = ?2)",
           stands.value_or(base::Uuid{}), id);
  fold.run("UPDATE village_person SET grp = ?1 WHERE household = ?2 AND grp IS NOT ?1", stands, id);
}

}  // namespace fold

namespace {

constexpr std::string_view household_columns =
    "h.id, h.village, h.grp, h.number, h.phone, h.note,"
    " (SELECT count(*) FROM village_person m WHERE m.household = h.id AND (m.left_on IS NULL OR m.left_on > ?))";

Household read(const store::Row& row) {
  Household h;
  h.id = row.get<HouseholdId>(0);
  h.village = row.get<VillageId>(1);
  h.group = row.get<GroupId>(2);
  h.number = row.get<std::string>(3);
  h.phone = row.get<std::string>(4);
  h.note = row.get<std::string>(5);
  h.members = row.get<int>(6);
  return h;
}

}  // namespace

std::expected<HouseholdId, Refusal> save_household(store::Act& act, const HouseholdEdit& edit) {
  if (!act.may(right::save_household)) return std::unexpected(Refusal::no_right);
  auto village = edit.village;
  auto group = edit.group;
  if (edit.id) {
    auto rows = act.query("SELECT village, grp FROM village_household WHERE id = ?", *edit.id);
    bool there = false;
    for (const auto row : rows) {
      there = true;
      if (!village) village = row.get<VillageId>(0);
      if (!group) group = row.get<std::optional<GroupId>>(1);
    }
    if (!there) return std::unexpected(Refusal::unknown);
  }
  const auto groups_village = group ? act.one<VillageId>("SELECT village FROM village_group WHERE id = ?", *group) : std::nullopt;
  if (group && !groups_village) return std::unexpected(Refusal::unknown);
  if (!edit.id && !village) village = groups_village;
  if (!village || !exists(act, "SELECT count(*) FROM village_village WHERE id = ?", village->value)) return std::unexpected(Refusal::unknown);
  const auto number = edit.number ? std::optional(std::string(base::trimmed(*edit.number))) : std::nullopt;
  if (number ? number->empty() : !edit.id) return std::unexpected(Refusal::name_empty);
  const auto id = edit.id.value_or(HouseholdId{});
  const auto wanted = number ? *number : act.one<std::string>("SELECT number FROM village_household WHERE id = ?", id).value_or("");
  if (act.count("SELECT count(*) FROM village_household WHERE grp IS ? AND number = ? AND village = ? AND id <> ?", group, wanted, *village, id) > 0)
    return std::unexpected(Refusal::number_taken);

  nlohmann::json body = nlohmann::json::object();
  if (edit.village || !edit.id) put(body, "village", village);
  put(body, "group", edit.group);
  put(body, "number", number);
  put(body, "phone", edit.phone);
  put(body, "note", edit.note);
  const auto saved = edit.id ? *edit.id : act.new_id_as<HouseholdId>();
  if (!body.empty()) act.append({.kind = kind::household_set, .subject = saved.value}, body);
  return saved;
}

std::vector<Household> households(const store::Reader& reader, GroupId group, int offset, int limit) {
  std::vector<Household> found;
  if (!reader.may(right::see_households)) return found;
  static const auto sql = fmt::format(
      "SELECT {} FROM village_household h WHERE h.grp = ? ORDER BY CAST(h.number AS INTEGER), h.number, h.id LIMIT ? OFFSET ?", household_columns);
  for (auto rows = reader.query(sql, reader.today(), group, limit, offset); const auto row : rows) found.push_back(read(row));
  return found;
}

std::optional<Household> household(const store::Reader& reader, HouseholdId id) {
  if (!reader.may(right::see_households)) return std::nullopt;
  static const auto sql = fmt::format("SELECT {} FROM village_household h WHERE h.id = ?", household_columns);
  auto rows = reader.query(sql, reader.today(), id);
  for (const auto row : rows) return read(row);
  return std::nullopt;
}

std::vector<FaceOf> members(const store::Reader& reader, HouseholdId id) {
  std::vector<FaceOf> found;
  if (!reader.may(right::see_households)) return found;
  const FaceReader faces(reader);
  static const auto sql = fmt::format("SELECT {} FROM village_person p WHERE p.household = ? ORDER BY p.left_on IS NOT NULL, p.born, p.id", face_columns);
  for (auto rows = reader.query(sql, id); const auto row : rows) found.push_back(faces.read(row));
  return found;
}

}  // namespace village
