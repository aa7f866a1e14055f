// Carers: a child's guardians and those who may fetch. Nobody else is ever shown at hand-over.
#include "village/faces.h"
#include "village/kinds.h"
#include "village/merged.h"
#include "village/rights.h"

#include <fmt/format.h>

namespace village {
namespace fold {

void carer(store::Fold& fold) {
  const Merged merged(fold);
  const auto child = merged.id("child"), adult = merged.id("adult");
  if (!child || !adult) return;
  fold.run("DELETE FROM village_carer WHERE child = ? AND adult = ?", *child, *adult);
  if (merged.yes("ended")) return;
  if (fold.one<std::int64_t>("SELECT count(*) FROM village_person WHERE id IN (?, ?) AND erased IS NOT NULL", *child, *adult).value_or(0) > 0) return;
  fold.run("INSERT INTO village_carer (child, adult, relation, guardian, may_fetch) VALUES (?,?,?,?,?)", *child, *adult, merged.text("relation"),
           merged.yes("guardian"), merged.yes("may_fetch"));
}

}  // namespace fold

std::expected<PersonId, Refusal> save_carer(store::Act& act, const CarerEdit& edit) {
  if (!act.may(right::save_carer)) return std::unexpected(Refusal::no_right);
  if (edit.child == edit.adult || !person_exists(act, edit.child) || !person_exists(act, edit.adult)) return std::unexpected(Refusal::unknown);
  act.append({.kind = kind::carer_set, .subject = base::id_of("village.carer:" + edit.child.text() + edit.adult.text()), .person = edit.child.value},
             {{"child", edit.child.text()},
              {"adult", edit.adult.text()},
              {"relation", edit.relation},
              {"guardian", edit.guardian},
              {"may_fetch", edit.may_fetch},
              {"ended", edit.ended}});
  return edit.child;
}

namespace {

std::vector<Carer> read(const FaceReader& faces, store::Rows rows) {
  std::vector<Carer> found;
  for (const auto row : rows) {
    Carer c;
    c.child = row.get<PersonId>(0);
    c.adult = row.get<PersonId>(1);
    c.relation = row.get<std::string>(2);
    c.guardian = row.get<bool>(3);
    c.may_fetch = row.get<bool>(4);
    c.face = faces.read(row, 5);
    found.push_back(std::move(c));
  }
  return found;
}

}  // namespace

std::vector<Carer> carers(const store::Reader& reader, PersonId child) {
  const bool all = reader.may_for(right::see_person, child) ||
                   (reader.viewer().person && reader.count("SELECT count(*) FROM village_carer WHERE child = ? AND adult = ?", child, *reader.viewer().person) > 0);
  if (!all && (!reader.may(right::see_fetchers) || reader.setting("people.faces", std::int64_t{1}) == 0)) return {};
  static const auto sql = fmt::format(
      "SELECT c.child, c.adult, c.relation, c.guardian, c.may_fetch, {} FROM village_carer c JOIN village_person p ON p.id = c.adult"
      " WHERE c.child = ? AND c.may_fetch >= ? AND (p.left_on IS NULL OR p.left_on > ?) ORDER BY c.guardian DESC, p.name, p.id",
      face_columns);
  return read(FaceReader(reader), reader.query(sql, child, !all, reader.today()));
}

std::vector<Carer> companions(const store::Reader& reader, PersonId child) {
  auto all = carers(reader, child);
  std::erase_if(all, [](const Carer& c) { return !c.guardian && !c.may_fetch; });
  return all;
}

bool child_alone(const store::Reader& reader, PersonId child) {
  const auto& viewer = reader.viewer();
  if (viewer.role != store::Role::none || viewer.person != child.value) return false;
  const auto born = reader.one<base::Day>("SELECT born FROM village_person WHERE id = ?", child);
  if (!born || base::full_years(*born, reader.today()) >= reader.setting("people.child_age", std::int64_t{14})) return false;
  return !viewer.helper || reader.count("SELECT count(*) FROM village_carer WHERE child = ? AND adult = ?", child, *viewer.helper) == 0;
}

bool guardian_beside(const store::Reader& reader, PersonId child) {
  const auto& viewer = reader.viewer();
  return viewer.person == child.value && viewer.helper &&
         reader.count("SELECT count(*) FROM village_carer WHERE child = ? AND adult = ? AND guardian = 1", child, *viewer.helper) > 0;
}

std::vector<Carer> wards(const store::Reader& reader, PersonId adult) {
  if (!reader.may_for(right::see_person, adult)) return {};
  static const auto sql = fmt::format(
      "SELECT c.child, c.adult, c.relation, c.guardian, c.may_fetch, {} FROM village_carer c JOIN village_person p ON p.id = c.child"
      " WHERE c.adult = ? AND (p.left_on IS NULL OR p.left_on > ?) ORDER BY c.guardian DESC, p.name, p.id",
      face_columns);
  return read(FaceReader(reader), reader.query(sql, adult, reader.today()));
}

}  // namespace village
