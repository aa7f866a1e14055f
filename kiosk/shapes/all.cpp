// The shapes that are built, in order, and the catalogue they read.
#include "shapes/attendance/attendance.h"
#include "shapes/booking/booking.h"
#include "shapes/notice/notice.h"
#include "shapes/reactions.h"
#include "shapes/request/request.h"
#include "shapes/shape.h"

#include <set>

namespace shapes {
namespace {
village::Catalogue& the_catalogue() {
  static village::Catalogue catalogue;
  return catalogue;
}
}  // namespace

const std::vector<Shape>& all() {
  static const std::vector<Shape> shapes{attendance::shape(), request::shape(), booking::shape(), notice::shape()};
  return shapes;
}

store::Contract contract() {
  store::Contract c;
  c.kinds = village::fact_kinds();
  for (const auto& shape : all()) c.kinds.insert(c.kinds.end(), shape.facts.begin(), shape.facts.end());
  c.reactions = reactions();
  return c;
}

bool holds(const store::Reader& reader, village::PersonId person) {
  const auto eyes = reader.as(store::Viewer::clockwork(reader.viewer().site));
  for (const auto& shape : all())
    if (shape.holds && shape.holds(eyes, person)) return true;
  return false;
}

const village::Catalogue& catalogue() { return the_catalogue(); }

void use_catalogue(village::Catalogue catalogue, std::vector<base::Wrong>& wrong) {
  the_catalogue() = std::move(catalogue);
  for (const auto& shape : all())
    if (shape.take_offers) shape.take_offers(the_catalogue(), wrong);
}

}  // namespace shapes
