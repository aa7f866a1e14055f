// Reads our files back with other eyes than those that wrote them: xlsx as a zip of XML, csv by RFC 4180. For tests
// only.
#pragma once

#include <unistd.h>
#include <zip.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <pugixml.hpp>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace paper_test {

struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "paper-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
};

inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline std::string in_zip(const std::filesystem::path& file, const std::string& name) {
  int error = 0;
  auto* archive = zip_open(file.c_str(), ZIP_RDONLY, &error);
  if (!archive) throw std::runtime_error("no zip");
  std::string all;
  if (auto* entry = zip_fopen(archive, name.c_str(), 0)) {
    char block[8192];
    for (zip_int64_t n; (n = zip_fread(entry, block, sizeof block)) > 0;)
      all.append(block, static_cast<std::size_t>(n));
    zip_fclose(entry);
  }
  zip_discard(archive);
  return all;
}

struct XlsxCell {
  std::string value;
  std::string format;  // number format, as a person chose it
  bool text = false;
  bool formula = false;
};

// {row, column} from 0.
inline std::map<std::pair<int, int>, XlsxCell> xlsx_cells(const std::filesystem::path& file, int worksheet = 1) {
  pugi::xml_document styles, sheet;
  styles.load_string(in_zip(file, "xl/styles.xml").c_str());
  std::map<int, std::string> formats{{0, "General"}, {1, "0"}, {49, "@"}};
  for (const auto& f : styles.child("styleSheet").child("numFmts").children("numFmt"))
    formats[f.attribute("numFmtId").as_int()] = f.attribute("formatCode").as_string();
  std::vector<std::string> look;
  for (const auto& x : styles.child("styleSheet").child("cellXfs").children("xf"))
    look.push_back(formats[x.attribute("numFmtId").as_int()]);
  if (!sheet.load_string(in_zip(file, "xl/worksheets/sheet" + std::to_string(worksheet) + ".xml").c_str(),
                         pugi::parse_full))
    throw std::runtime_error("no worksheet");
  std::map<std::pair<int, int>, XlsxCell> cells;
  for (const auto& row : sheet.child("worksheet").child("sheetData").children("row")) {
    for (const auto& c : row.children("c")) {
      const std::string name = c.attribute("r").as_string();
      int column = 0;
      for (const char l : name)
        if (l >= 'A' && l <= 'Z') column = column * 26 + (l - 'A' + 1);
      XlsxCell cell;
      cell.text = std::string(c.attribute("t").as_string()) == "inlineStr";
      cell.value = cell.text ? c.child("is").child("t").text().as_string() : c.child("v").text().as_string();
      cell.formula = static_cast<bool>(c.child("f"));
      const auto style = c.attribute("s").as_uint();
      cell.format = style < look.size() ? look[style] : "";
      cells[{row.attribute("r").as_int() - 1, column - 1}] = cell;
    }
  }
  return cells;
}

inline std::vector<std::vector<std::string>> csv_rows(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        field += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        field += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.push_back(std::exchange(field, {}));
    } else if (c == '\n') {
      if (!field.empty() && field.back() == '\r') field.pop_back();
      row.push_back(std::exchange(field, {}));
      rows.push_back(std::exchange(row, {}));
    } else {
      field += c;
    }
  }
  return rows;
}

// Finished pages of a cairo PDF: its page objects are in object streams or plain; cairo 1.16 writes them plain.
inline int pdf_pages(std::string_view pdf) {
  int n = 0;
  for (std::size_t at = 0; (at = pdf.find("/Type /Page", at)) != std::string_view::npos; at += 11)
    if (pdf[at + 11] != 's') ++n;
  return n;
}

inline long resident_kb() {
  std::ifstream in("/proc/self/statm");
  long all = 0, resident = 0;
  in >> all >> resident;
  return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

}  // namespace paper_test
