#include "shapes/files.h"

#include "shapes/request/request.h"
#include "village/photos.h"

#include <iterator>

namespace shapes {

std::vector<village::NamedFile> named_files(const store::Reader& reader) {
  auto all = village::photo_files(reader);
  auto said = request::said_files(reader);
  all.insert(all.end(), std::make_move_iterator(said.begin()), std::make_move_iterator(said.end()));
  return all;
}

}  // namespace shapes
