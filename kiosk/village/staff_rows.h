// Reading staff accounts, the same in every query. Used inside the village alone.
#pragma once

#include "village/faces.h"
#include "village/places.h"

namespace village {

// Everything after SELECT up to WHERE; the PIN's hash is never among it.
inline const std::string staff_columns =
    "s.id, s.person, s.number, s.role, s.site, s.active, " + std::string(face_columns) + " FROM village_staff s JOIN village_person p ON p.id = s.person";
[[nodiscard]] Staff read_staff(const FaceReader&, const store::Row&);

}  // namespace village
