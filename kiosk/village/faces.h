// Reading faces: what a tile shows of a person, the same in every query. Used inside the village alone.
#pragma once

#include "village/people.h"

#include <string>

namespace village {

// Columns a face is read from; `p` is village_person. Photo consent is a column because a photo is shown to residents only with it.
inline constexpr std::string_view face_columns =
    "p.id, p.name, p.called, p.portrait, p.photo, p.sex, p.born,"
    // The first of a person's groups, found by the least place rather than by a sort: this is read with every face.
    " (SELECT CASE min(instr('elder child woman hardship', t.tag)) WHEN 1 THEN 'elder' WHEN 7 THEN 'child' WHEN 13 THEN 'woman' WHEN 19 THEN 'hardship'"
    "  ELSE '' END FROM village_person_tag t WHERE t.person = p.id AND t.until IS NULL AND t.tag IN ('elder','woman','child','hardship')),"
    " EXISTS (SELECT 1 FROM village_consent c WHERE c.person = p.id AND c.code = 'photo')";
inline constexpr int face_column_count = 9;

// The eyes faces are read with: ages are settings, and who looks decides about photos. Made once a query.
class FaceReader {
 public:
  explicit FaceReader(const store::Reader&);
  [[nodiscard]] FaceOf read(const store::Row&, int first_column = 0) const;

 private:
  base::Day today_;
  int elder_age_, child_age_;
  bool shows_photos_;  // setting people.photos of the kiosk's own site
  bool photos_;
};

// Which word a person is called by: grandma grandpa auntie uncle young child, or empty where age or sex is not filled in.
[[nodiscard]] std::string kin(const std::string& sex, std::optional<base::Day> born, base::Day today, int elder_age, int child_age);
struct NameParts { std::string surname, given; };
[[nodiscard]] NameParts name_parts(const std::string& name);  // 欧阳小虎: 欧阳, 小虎
[[nodiscard]] std::string in_chinese(const std::string& kin, const std::string& name);

// Staff and the kiosk itself; the person; whoever is guardian of the child.
[[nodiscard]] bool may_see(const store::Reader&, PersonId);
// A reader of the same viewer whose settings are those of this site.
[[nodiscard]] store::Reader at_site(const store::Reader&, SiteId);

[[nodiscard]] bool exists(const store::Reader&, std::string_view sql, const base::Uuid& id);
[[nodiscard]] bool person_exists(const store::Reader&, PersonId);

// The last four digits of a phone number; empty when there are fewer.
[[nodiscard]] std::string phone_tail(std::string_view phone);
[[nodiscard]] std::string digits(std::string_view text);

}  // namespace village
