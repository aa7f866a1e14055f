// Faces: which people a site may show, and to whom.
#include "village/faces.h"

#include "village/photos.h"
#include "village/rights.h"

#include <fmt/format.h>

namespace village {

FaceReader::FaceReader(const store::Reader& reader)
    : today_(reader.today()),
      elder_age_(static_cast<int>(reader.setting("people.elder_age", std::int64_t{60}))),
      child_age_(static_cast<int>(reader.setting("people.child_age", std::int64_t{14}))),
      shows_photos_(shows_photos(reader)),
      photos_(reader.viewer().role != store::Role::none) {}

FaceOf FaceReader::read(const store::Row& row, int at) const {
  FaceOf face;
  face.id = row.get<PersonId>(at);
  face.name = row.get<std::string>(at + 1);
  face.called = row.get<std::string>(at + 2);
  if (face.name.empty()) face.name = face.called = erased_name;
  face.portrait = row.get<std::string>(at + 3);
  if (shows_photos_ && (photos_ || row.get<bool>(at + 8))) face.photo = row.get<std::string>(at + 4);
  if (face.called.empty()) {
    face.kin = kin(row.get<std::string>(at + 5), row.get<std::optional<base::Day>>(at + 6), today_, elder_age_, child_age_);
    face.called = in_chinese(face.kin, face.name);
  }
  face.tint = row.get<std::string>(at + 7);
  return face;
}

bool may_see(const store::Reader& reader, PersonId person) {
  if (reader.may_for(right::see_person, person)) return true;
  return reader.may(right::see_person) && acts_for(reader, person);
}

bool acts_for(const store::Reader& reader, PersonId person) {
  const auto& viewer = reader.viewer();
  if (viewer.role != store::Role::none || !viewer.person) return false;
  return *viewer.person == person.value ||
         reader.count("SELECT count(*) FROM village_carer WHERE child = ? AND adult = ? AND guardian = 1", person, *viewer.person) > 0;
}

store::Reader at_site(const store::Reader& reader, SiteId site) {
  auto viewer = reader.viewer();
  viewer.site = site.value;
  return reader.as(viewer);
}

namespace {

// A site with photos off shows nobody to those who are not staff; and a kiosk shows its own site's people only.
bool shows_faces(const store::Reader& reader, SiteId site) {
  if (reader.viewer().role != store::Role::none) return true;
  return reader.viewer().site == site.value && at_site(reader, site).setting("people.faces", std::int64_t{1}) != 0;
}

bool may_see_face(const store::Reader& reader, PersonId id) { return may_see(reader, id) || shows_faces(reader, SiteId{reader.viewer().site}); }

}  // namespace

bool has_face(const store::Reader& reader, PersonId id) { return may_see_face(reader, id) && person_exists(reader, id); }

std::optional<FaceOf> face(const store::Reader& reader, PersonId id) {
  if (!may_see_face(reader, id)) return std::nullopt;
  const FaceReader faces(reader);
  static const auto sql = fmt::format("SELECT {} FROM village_person p WHERE p.id = ? AND p.erased IS NULL", face_columns);
  auto rows = reader.query(sql, id);
  for (const auto row : rows) return faces.read(row);
  return std::nullopt;
}

std::vector<FaceOf> faces(const store::Reader& reader, SiteId site, GroupId group, int offset, int limit) {
  std::vector<FaceOf> found;
  if (!shows_faces(reader, site)) return found;
  const FaceReader faces(reader);
  static const auto sql = fmt::format(
      "SELECT {} FROM village_person_site s JOIN village_person p ON p.id = s.person WHERE s.site = ? AND s.grp = ?"
      " AND (p.left_on IS NULL OR p.left_on > ?) ORDER BY s.name, s.person LIMIT ? OFFSET ?",
      face_columns);
  for (auto rows = reader.query(sql, site, group, reader.today(), limit, offset); const auto row : rows) found.push_back(faces.read(row));
  return found;
}

int faces_count(const store::Reader& reader, SiteId site, GroupId group) {
  if (!shows_faces(reader, site)) return 0;
  return static_cast<int>(reader.count(
      "SELECT count(*) FROM village_person_site s JOIN village_person p ON p.id = s.person WHERE s.site = ? AND s.grp = ?"
      " AND (p.left_on IS NULL OR p.left_on > ?)",
      site, group, reader.today()));
}

std::vector<FaceOf> by_phone_tail(const store::Reader& reader, std::string_view four_digits) {
  std::vector<FaceOf> found;
  if (!reader.may(right::by_phone_tail) || four_digits.size() != 4 || digits(four_digits).size() != 4) return found;
  const FaceReader faces(reader);
  static const auto sql = fmt::format(
      "SELECT {} FROM village_person p WHERE p.id IN (SELECT id FROM village_person WHERE phone_tail = ?1 AND phone_tail <> ''"
      " UNION SELECT m.id FROM village_household h JOIN village_person m ON m.household = h.id WHERE h.phone_tail = ?1 AND h.phone_tail <> '')"
      " AND (p.left_on IS NULL OR p.left_on > ?2) ORDER BY p.name, p.id LIMIT 6",
      face_columns);
  for (auto rows = reader.query(sql, four_digits, reader.today()); const auto row : rows) found.push_back(faces.read(row));
  return found;
}

}  // namespace village
