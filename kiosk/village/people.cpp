// People: the entry of one person, from facts `village.person_set`.
#include "village/faces.h"
#include "village/find.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/rights.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace village {

bool Person::has(std::string_view tag) const { return std::ranges::find(tags, tag) != tags.end(); }
std::optional<int> Person::age(base::Day on) const { return born ? std::optional(base::full_years(*born, on)) : std::nullopt; }

std::string digits(std::string_view text) {
  std::string only;
  for (const char c : text)
    if (c >= '0' && c <= '9') only += c;
  return only;
}

std::string phone_tail(std::string_view phone) {
  const auto only = digits(phone);
  return only.size() < 4 ? std::string{} : only.substr(only.size() - 4);
}

bool exists(const store::Reader& reader, std::string_view sql, const base::Uuid& id) { return reader.count(sql, id) > 0; }
bool person_exists(const store::Reader& reader, PersonId id) { return exists(reader, "SELECT count(*) FROM village_person WHERE id = ? AND erased IS NULL", id.value); }

namespace fold {
namespace {

// A tag holds from the day of the fact that named it first to the day of the fact that left it out.
struct Held { base::Day since; std::optional<base::Day> until; };

std::map<std::string, Held> tags_of(const Merged& merged, base::Place place) {
  std::map<std::string, Held> held;
  for (std::size_t i = 0; i < merged.bodies().size(); ++i) {
    const auto at = merged.bodies()[i].find("tags");
    if (at == merged.bodies()[i].end() || !at->is_array()) continue;
    const auto day = base::day_of(merged.facts()[i].at, place);
    std::vector<std::string> now;
    for (const auto& tag : *at)
      if (tag.is_string()) now.push_back(tag.get<std::string>());
    for (auto& [tag, h] : held)
      if (!h.until && std::ranges::find(now, tag) == now.end()) h.until = day;
    for (const auto& tag : now)
      if (const auto before = held.find(tag); before == held.end() || before->second.until) held[tag] = {day, std::nullopt};
  }
  return held;
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    found.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return found;
}

// Counted by tag and group, and nothing more: no name, not found, offered to nobody, known by no card and no pictures.
void erased_person(store::Fold& fold, const Merged& merged, base::Instant at) {
  const auto& id = fold.subject();
  const auto day = base::day_of(at, fold.place());
  const auto sex = merged.text("sex");
  const auto left = merged.day("left_on");
  fold.run("INSERT INTO village_person (id, name, sex, grp, left_on, erased) VALUES (?,'',?,?,?,?)", id, sex == "f" || sex == "m" ? sex : std::string{}, merged.id("group"),
           left && *left < day ? *left : day, day);
  for (const auto& [tag, held] : tags_of(merged, fold.place()))
    fold.run("INSERT INTO village_person_tag (person, tag, since, until) VALUES (?,?,?,?)", id, tag, held.since, held.until);
  for (const auto* row : {"DELETE FROM village_card WHERE person = ?", "DELETE FROM village_secret WHERE person = ?", "DELETE FROM village_carer WHERE child = ?",
                          "DELETE FROM village_carer WHERE adult = ?"})
    fold.run(row, id);
}

}  // namespace

void person(store::Fold& fold) {
  const Merged merged(fold);
  const auto& id = fold.subject();
  if (!merged.only_one() || fold.again()) {  // rows of the first fact's making do not exist yet: a large import need not look for them
    fold.run("DELETE FROM village_person_tag WHERE person = ?", id);
    fold.run("DELETE FROM village_person_site WHERE person = ?", id);
    for (const auto& key : lines(fold.one<std::string>("SELECT keys FROM village_person WHERE id = ?", id).value_or("")))
      fold.run("DELETE FROM village_person_key WHERE key = ? AND person = ?", key, id);
    fold.run("DELETE FROM village_person WHERE id = ?", id);
  }
  for (const auto& fact : merged.facts())
    if (fact.kind == kind::person_erased) return erased_person(fold, merged, fact.at);
  const auto name = merged.text("name");
  if (name.empty()) return;  // the fact with the name has not arrived yet
  auto sex = merged.text("sex");
  if (sex != "f" && sex != "m") sex.clear();
  const auto phone = merged.text("phone");
  const auto household = merged.id("household");
  const auto group = household ? fold.one<base::Uuid>("SELECT grp FROM village_household WHERE id = ?", *household) : std::nullopt;
  const auto keys = keys_of(name, phone);
  fold.run(
      "INSERT INTO village_person (id, name, sex, born, household, grp, phone, phone_tail, portrait, photo, called, lives_alone, party_member,"
      " emergency_contact, left_on, walk_in, keys) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      id, name, sex, merged.day("born"), household, group, phone, phone_tail(phone), merged.text("portrait"), merged.text("photo"),
      merged.text("called"), merged.yes("lives_alone"), merged.yes("party_member"), merged.id("emergency_contact"), merged.day("left_on"),
      merged.yes("walk_in"), fmt::format("{}", fmt::join(keys, "\n")));
  for (const auto& [tag, held] : tags_of(merged, fold.place()))
    fold.run("INSERT INTO village_person_tag (person, tag, since, until) VALUES (?,?,?,?)", id, tag, held.since, held.until);
  for (const auto& site : merged.ids("sites"))
    fold.run("INSERT OR IGNORE INTO village_person_site (site, grp, person, name) VALUES (?,?,?,?)", site, group.value_or(base::Uuid{}), id, name);
  for (const auto& key : keys) fold.run("INSERT INTO village_person_key (key, person) VALUES (?,?)", key, id);
}

}  // namespace fold

std::optional<Person> person(const store::Reader& reader, PersonId id) {
  if (!may_see(reader, id)) return std::nullopt;
  std::optional<Person> found;
  for (auto rows = reader.query(
           "SELECT id, name, sex, born, household, grp, phone, portrait, photo, called, lives_alone, party_member, walk_in, emergency_contact,"
           " left_on, erased FROM village_person WHERE id = ?",
           id);
       const auto row : rows) {
    Person p;
    p.id = row.get<PersonId>(0);
    p.name = row.get<std::string>(1);
    p.sex = row.get<std::string>(2);
    p.born = row.get<std::optional<base::Day>>(3);
    p.household = row.get<std::optional<HouseholdId>>(4);
    p.group = row.get<std::optional<GroupId>>(5);
    p.phone = row.get<std::string>(6);
    p.portrait = row.get<std::string>(7);
    p.photo = row.get<std::string>(8);
    p.called = row.get<std::string>(9);
    p.lives_alone = row.get<bool>(10);
    p.party_member = row.get<bool>(11);
    p.walk_in = row.get<bool>(12);
    p.emergency_contact = row.get<std::optional<PersonId>>(13);
    p.left_on = row.get<std::optional<base::Day>>(14);
    p.erased = row.get<std::optional<base::Day>>(15);
    if (p.erased) p.name = erased_name;
    found = std::move(p);
  }
  if (found) found->tags = tags(reader, id);
  return found;
}

std::vector<std::string> tags(const store::Reader& reader, PersonId id) {
  std::vector<std::string> found;
  if (!may_see(reader, id)) return found;
  for (auto rows = reader.query("SELECT tag FROM village_person_tag WHERE person = ? AND until IS NULL ORDER BY tag", id); const auto row : rows)
    found.push_back(row.get<std::string>(0));
  return found;
}

std::expected<PersonId, Refusal> save_person(store::Act& act, const PersonEdit& edit) {
  const bool new_walk_in = !edit.id && edit.walk_in;
  if (!act.may(new_walk_in ? right::add_walk_in : right::save_person)) return std::unexpected(Refusal::no_right);
  if (edit.id && !person_exists(act, *edit.id)) return std::unexpected(Refusal::unknown);
  const auto name = edit.name ? std::optional(std::string(base::trimmed(*edit.name))) : std::nullopt;
  if (name ? name->empty() : !edit.id) return std::unexpected(Refusal::name_empty);
  if (edit.household && !edit.household->none() &&
      !exists(act, "SELECT count(*) FROM village_household WHERE id = ?", edit.household->value))
    return std::unexpected(Refusal::unknown);
  if (edit.emergency_contact && !edit.emergency_contact->none() && !person_exists(act, *edit.emergency_contact))
    return std::unexpected(Refusal::unknown);
  if (edit.sites)
    for (const auto& site : *edit.sites)
      if (!exists(act, "SELECT count(*) FROM village_site WHERE id = ?", site.value)) return std::unexpected(Refusal::unknown);

  nlohmann::json body = nlohmann::json::object();
  put(body, "name", name);
  put(body, "sex", edit.sex);
  put(body, "phone", edit.phone);
  put(body, "portrait", edit.portrait);
  put(body, "photo", edit.photo);
  put(body, "called", edit.called);
  put(body, "born", edit.born);
  put(body, "household", edit.household);
  put(body, "lives_alone", edit.lives_alone);
  put(body, "party_member", edit.party_member);
  put(body, "emergency_contact", edit.emergency_contact);
  put(body, "left_on", edit.left_on);
  if (edit.came_back) body["left_on"] = nullptr;
  put(body, "tags", edit.tags);
  if (edit.sites) {
    auto& sites = body["sites"] = nlohmann::json::array();
    for (const auto& site : *edit.sites) sites.push_back(site.text());
  }
  // Whoever was added on the spot is complete once a clerk has saved the entry.
  const bool was_walk_in = edit.id && act.count("SELECT walk_in FROM village_person WHERE id = ?", *edit.id) != 0;
  if (edit.walk_in != was_walk_in) body["walk_in"] = edit.walk_in;

  const auto id = edit.id ? *edit.id : act.new_id_as<PersonId>();
  if (!body.empty()) act.append({.kind = kind::person_set, .subject = id.value, .person = id.value}, body);
  return id;
}

}  // namespace village
