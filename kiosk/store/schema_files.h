// The migrations of db/schema, put into the program when it is built, so that a kiosk can be opened or brought
// up to date without any file beside it. In the order of their numbers; a number is never used twice.
#pragma once

#include <span>
#include <string_view>

namespace store {

struct SchemaFile {
  int number;             // of its name: 0007_attendance_stay.sql is 7
  std::string_view name;  // file name
  std::string_view sql;   // its whole text, several statements
};

[[nodiscard]] std::span<const SchemaFile> schema_files();

}  // namespace store
