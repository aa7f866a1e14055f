// Villages, their groups, and the sites with a kiosk.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/places.h"
#include "village/rights.h"

namespace village {
namespace fold {

void village(store::Fold& fold) {
  const Merged merged(fold);
  fold.run("DELETE FROM village_village WHERE id = ?", fold.subject());
  fold.run("INSERT INTO village_village (id, name, market) VALUES (?,?,?)", fold.subject(), merged.text("name"), merged.text("market"));
}

void group(store::Fold& fold) {
  const Merged merged(fold);
  fold.run("DELETE FROM village_group WHERE id = ?", fold.subject());
  if (const auto village = merged.id("village"))
    fold.run("INSERT INTO village_group (id, village, number, name, picture) VALUES (?,?,?,?,?)", fold.subject(), *village,
             merged.whole("number").value_or(0), merged.text("name"), merged.text("picture"));
}

void site(store::Fold& fold) {
  const Merged merged(fold);
  fold.run("DELETE FROM village_site WHERE id = ?", fold.subject());
  if (const auto village = merged.id("village"))
    fold.run("INSERT INTO village_site (id, village, kind, name, seats, phone, host) VALUES (?,?,?,?,?,?,?)", fold.subject(), *village,
             merged.text("kind"), merged.text("name"), merged.whole("seats"), merged.text("phone"), merged.id("host"));
}

}  // namespace fold

namespace {

Site read_site(const store::Row& row) {
  Site s;
  s.id = row.get<SiteId>(0);
  s.village = row.get<VillageId>(1);
  s.kind = row.get<std::string>(2);
  s.name = row.get<std::string>(3);
  s.seats = row.get<std::optional<int>>(4);
  s.phone = row.get<std::string>(5);
  return s;
}

}  // namespace

std::vector<Village> villages(const store::Reader& reader) {
  std::vector<Village> found;
  for (auto rows = reader.query("SELECT id, name, market FROM village_village ORDER BY name, id"); const auto row : rows)
    found.push_back({row.get<VillageId>(0), row.get<std::string>(1), row.get<std::string>(2)});
  return found;
}

std::optional<Village> village_of(const store::Reader& reader, SiteId site) {
  auto rows = reader.query("SELECT v.id, v.name, v.market FROM village_site s JOIN village_village v ON v.id = s.village WHERE s.id = ?", site);
  for (const auto row : rows) return Village{row.get<VillageId>(0), row.get<std::string>(1), row.get<std::string>(2)};
  return std::nullopt;
}

std::vector<Site> sites(const store::Reader& reader) {
  std::vector<Site> found;
  for (auto rows = reader.query("SELECT id, village, kind, name, seats, phone FROM village_site ORDER BY village, name, id"); const auto row : rows)
    found.push_back(read_site(row));
  return found;
}

std::optional<Site> site(const store::Reader& reader, SiteId id) {
  auto rows = reader.query("SELECT id, village, kind, name, seats, phone FROM village_site WHERE id = ?", id);
  for (const auto row : rows) return read_site(row);
  return std::nullopt;
}

std::optional<Site> site_meant(const store::Reader& reader, std::string_view words) {
  if (words.empty()) return std::nullopt;
  const auto all = sites(reader);
  for (const auto& s : all)
    if (s.id.text() == words || s.kind == words) return s;
  for (const auto& s : all)
    if (s.name.find(words) != std::string::npos) return s;
  return std::nullopt;
}

std::vector<Group> groups(const store::Reader& reader, VillageId village) {
  std::vector<Group> found;
  for (auto rows = reader.query("SELECT id, village, number, name, picture FROM village_group WHERE village = ? ORDER BY number, id", village);
       const auto row : rows)
    found.push_back({row.get<GroupId>(0), row.get<VillageId>(1), row.get<int>(2), row.get<std::string>(3), row.get<std::string>(4)});
  return found;
}

VillageId save_village(store::Act& act, std::optional<VillageId> id, const std::string& name, const std::string& market) {
  if (!act.may(right::save_place)) return {};
  const auto saved = id ? *id : act.new_id_as<VillageId>();
  act.append({.kind = kind::village_set, .subject = saved.value}, {{"name", name}, {"market", market}});
  return saved;
}

GroupId save_group(store::Act& act, std::optional<GroupId> id, VillageId village, int number, const std::string& name, const std::string& picture) {
  if (!act.may(right::save_place)) return {};
  const auto saved = id ? *id : act.new_id_as<GroupId>();
  act.append({.kind = kind::group_set, .subject = saved.value},
             {{"village", village.text()}, {"number", number}, {"name", name}, {"picture", picture}});
  return saved;
}

std::expected<SiteId, Refusal> save_site(store::Act& act, const SiteEdit& edit) {
  if (!act.may(right::save_place)) return std::unexpected(Refusal::no_right);
  if (edit.id && !site(act, *edit.id)) return std::unexpected(Refusal::unknown);
  if (!exists(act, "SELECT count(*) FROM village_village WHERE id = ?", edit.village.value)) return std::unexpected(Refusal::unknown);
  const std::string name(base::trimmed(edit.name));
  if (name.empty()) return std::unexpected(Refusal::name_empty);
  const auto saved = edit.id ? *edit.id : act.new_id_as<SiteId>();
  nlohmann::json body{{"village", edit.village.text()}, {"kind", edit.kind}, {"name", name}, {"phone", edit.phone}};
  body["seats"] = edit.seats ? nlohmann::json(*edit.seats) : nlohmann::json(nullptr);
  act.append({.kind = kind::site_set, .subject = saved.value, .site = saved.value}, body);
  return saved;
}

}  // namespace village
