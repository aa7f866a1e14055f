#include "ui/outline.h"

namespace ui {

const char* name(Kind kind) {
  switch (kind) {
    case Kind::target:
      return "target";
    case Kind::text:
      return "text";
    case Kind::picture:
      return "picture";
    case Kind::figure:
      return "figure";
  }
  return "target";
}

}  // namespace ui
