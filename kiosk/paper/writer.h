// A sheet on paper or in a file: xlsx, csv, pdf, json. Rows go in one by one and go out at once: a writer holds no
// more of a sheet of a million rows than of a sheet of ten.
//
// A file is there whole or not at all: it is written to `<name>.part`, forced to the disk and only then given its
// name. What is not filled in is written in words, never as 0 or as an empty cell. Any thread; a writer belongs to
// one thread at a time.
#pragma once

#include "base/sheet.h"
#include "base/text.h"

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace paper {

enum class Form { xlsx, csv, pdf, json };

// "xlsx" or ".XLSX"; nothing for what we cannot write.
[[nodiscard]] std::optional<Form> form_of(std::string_view extension);
[[nodiscard]] std::string_view extension(Form);  // without the dot

// How each form looks:
//   xlsx  title, subtitle, a head that stays in view and is repeated in print, filter; real dates, shares and
//   durations; a total at the
//         end. More than a million rows go on in a second worksheet. Text is never a formula.
//   csv   UTF-8 with BOM (Excel in Chinese needs it), RFC 4180, CR LF; the head is in the reader's language (a
//   program reads json); text
//         that a spreadsheet would run as a formula gets an apostrophe in front; the last row is the total where a
//         column asks for one.
//   json  one array of objects keyed by Column.name; not filled in is null; a share is 0..1, minutes are a whole
//   number, an instant has
//         its offset; no total row.
//   pdf   A4, upright, or lying if the columns' widths add up to more than 8; repeated head, page numbers, long
//   text goes on in the
//         next line and on the next page, nothing is cut.
// A total adds what is filled in; a column with nothing filled in has no total: not 0.
//
// Everything here throws std::system_error or std::runtime_error when the disk fails; then no file has come into
// being. A writer that is dropped before end() leaves nothing either.
class Writer {
 public:
  class Impl;

  Writer(Form form, std::filesystem::path file);
  // For a pipe or the screen; csv and json only (the other two need a file): std::invalid_argument.
  Writer(Form form, std::ostream& out);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // `place` is whose clock the instants are shown by.
  void begin(const base::SheetHead& head, const base::Words& words, base::Place place);
  // Cells in the order of the head's columns; missing ones at the end are not filled in. More cells than columns:
  // std::logic_error.
  void row(const std::vector<base::Cell>& cells);
  void end();

  [[nodiscard]] std::int64_t rows() const;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace paper
