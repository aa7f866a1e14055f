// xlsx by libxlsxwriter in its constant-memory mode: a row is on the disk as soon as the next one begins.
#include "paper/writer_impl.h"

#include <fmt/format.h>
#include <xlsxwriter.h>
#include <algorithm>
#include <map>
#include <stdexcept>

namespace paper {
namespace {

constexpr std::size_t kLongestText = 32'000;  // characters; Excel takes 32 767 UTF-16 units
constexpr int kTitleRow = 0, kSubtitleRow = 1, kHeadRow = 2, kFirstRow = 3;

// Serial days of Excel: day 0 is 1899-12-30.
double serial(base::Day day) {
  const auto zero = base::day(std::chrono::year(1899) / 12 / 30);
  return static_cast<double>((day - zero).count());
}

// At most 31 characters, none of []:*?/\ and no apostrophe at the ends (Excel's rule).
std::string worksheet_name(std::string_view title, int number) {
  auto name = base::to_utf32(clean(title));
  std::erase_if(name,
                [](char32_t c) { return std::u32string_view(U"[]:*?/\\'").find(c) != std::u32string_view::npos; });
  const auto tail = number > 1 ? base::to_utf32(fmt::format(" {}", number)) : std::u32string();
  name = name.substr(0, 30 - tail.size()) + tail;
  const auto text = base::to_utf8(name);
  return base::trimmed(text).empty() ? fmt::format("{}", number) : std::string(base::trimmed(text));
}

class Xlsx final : public Writer::Impl {
 public:
  Xlsx(std::filesystem::path path, std::int64_t rows_a_worksheet)
      : file_(std::move(path)), rows_a_worksheet_(rows_a_worksheet) {
    // Temporary parts beside the file: /tmp may be memory.
    auto folder = file_.part().parent_path().string();
    if (folder.empty()) folder = ".";
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder.data();
    book_ = workbook_new_opt(file_.part().c_str(), &options);
    if (!book_) throw std::runtime_error("no workbook can be made");
  }

  ~Xlsx() override {
    if (book_) workbook_close(book_);  // frees it; the part goes with file_
  }

  void begin(const base::SheetHead& head, const base::Words& words, base::Place place) override {
    place_ = place;
    title_ = clean(head.title.empty() ? head.name : head.title);
    subtitle_ = clean(head.subtitle);
    not_filled_in_ = words.text("paper.not_filled_in");
    total_ = words.text("paper.total");
    no_rows_ = words.text("paper.no_rows");
    widths_ = 0;
    for (const auto& c : head.columns) {
      columns_.push_back({heading(c, words), c.kind, 0});
      double units = 2.5;
      for (const char32_t u : base::to_utf32(columns_.back().title)) units += u < 0x1100 ? 1.1 : 2.2;
      columns_.back().width = std::clamp(std::max(units, 12.0 * static_cast<double>(c.width)), 9.0, 80.0);
      if (c.kind == base::ColumnKind::instant) columns_.back().width = std::max(columns_.back().width, 17.0);
      widths_ += columns_.back().width;
    }
    lxw_doc_properties about{};
    about.title = title_.data();
    workbook_set_properties(book_, &about);
    start_worksheet();
  }

  void row(const std::vector<base::Cell>& cells) override {
    if (at_ - kFirstRow >= rows_a_worksheet_) {
      finish_worksheet();
      start_worksheet();
    }
    for (std::size_t i = 0; i < cells.size(); ++i) write(i, cells[i], false);
    ++at_;
  }

  void end(const Totals& totals) override {
    const auto data_end = at_;
    if (rows == 0) {
      text(at_, 0, no_rows_, format({.italic = true, .grey = true}));
    } else if (totals.wanted()) {
      const auto sums = totals.row();
      for (std::size_t i = 0; i < sums.size(); ++i) {
        if (i == totals.label_column()) {
          text(at_, i, total_, format({.bold = true, .line_above = true}));
        } else if (is_filled(sums[i])) {
          write(i, sums[i], true);
        } else {
          worksheet_write_blank(sheet_, row_of(at_), column_of(i), format({.bold = true, .line_above = true}));
        }
      }
    }
    at_ = data_end;
    finish_worksheet();
    const auto error = workbook_close(book_);
    book_ = nullptr;
    if (error != LXW_NO_ERROR)
      throw std::runtime_error(fmt::format("the workbook cannot be written: {}", lxw_strerror(error)));
    file_.reopen();
    file_.keep();
  }

 private:
  struct Look {
    bool bold = false, italic = false, grey = false, line_above = false, head = false;
    int size = 11;
    std::string number = {};
    bool right = false;
    auto operator<=>(const Look&) const = default;
  };
  struct Shown {
    std::string title;
    base::ColumnKind kind;
    double width;
  };

  static lxw_row_t row_of(std::int64_t row) { return static_cast<lxw_row_t>(row); }
  static lxw_col_t column_of(std::size_t column) { return static_cast<lxw_col_t>(column); }

  lxw_format* format(const Look& look) {
    auto& made = formats_[look];
    if (made) return made;
    made = workbook_add_format(book_);
    format_set_font_name(made, "Microsoft YaHei");
    format_set_font_size(made, look.size);
    format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
    if (look.bold) format_set_bold(made);
    if (look.italic) format_set_italic(made);
    if (look.grey) format_set_font_color(made, 0x8A8178);
    if (look.right) format_set_align(made, LXW_ALIGN_RIGHT);
    if (!look.number.empty()) format_set_num_format(made, look.number.c_str());
    if (look.line_above) format_set_top(made, LXW_BORDER_THIN);
    if (look.head) {
      format_set_bg_color(made, 0xF1E8D8);
      format_set_bottom(made, LXW_BORDER_THIN);
      format_set_text_wrap(made);
    }
    return made;
  }

  void start_worksheet() {
    sheet_ = workbook_add_worksheet(book_, worksheet_name(title_, ++worksheets_).c_str());
    // Two titles that shorten to one name, or one that Excel keeps for itself ("History"): a number serves.
    if (!sheet_) sheet_ = workbook_add_worksheet(book_, fmt::format("{}", worksheets_).c_str());
    if (!sheet_) throw std::runtime_error("no worksheet can be made");
    for (std::size_t i = 0; i < columns_.size(); ++i)
      worksheet_set_column(sheet_, column_of(i), column_of(i), columns_[i].width, nullptr);
    worksheet_set_row(sheet_, kTitleRow, 26, nullptr);
    text(kTitleRow, 0, title_, format({.bold = true, .size = 16}));
    text(kSubtitleRow, 0, subtitle_, format({.grey = true, .size = 10}));
    for (std::size_t i = 0; i < columns_.size(); ++i)
      text(kHeadRow, i, columns_[i].title,
           format({.bold = true, .head = true, .right = is_number(columns_[i].kind)}));
    worksheet_freeze_panes(sheet_, kFirstRow, 0);
    worksheet_repeat_rows(sheet_, kHeadRow, kHeadRow);
    worksheet_set_paper(sheet_, 9);  // A4
    if (widths_ > 90) worksheet_set_landscape(sheet_);
    worksheet_fit_to_pages(sheet_, 1, 0);
    worksheet_set_footer(sheet_, "&C&P / &N");
    at_ = kFirstRow;
  }

  void finish_worksheet() {
    if (at_ > kFirstRow && !columns_.empty())
      worksheet_autofilter(sheet_, kHeadRow, 0, row_of(at_ - 1), column_of(columns_.size() - 1));
  }

  static bool is_number(base::ColumnKind kind) {
    return kind == base::ColumnKind::whole || kind == base::ColumnKind::decimal ||
           kind == base::ColumnKind::share || kind == base::ColumnKind::minutes;
  }

  void text(std::int64_t row, std::size_t column, const std::string& words, lxw_format* look) {
    check(worksheet_write_string(sheet_, row_of(row), column_of(column), words.c_str(), look));
  }

  void write(std::size_t i, const base::Cell& cell, bool total) {
    const auto number = [&](double value, const char* shown, bool right) {
      check(worksheet_write_number(sheet_, row_of(at_), column_of(i), value,
                                   format({.bold = total, .line_above = total, .number = shown, .right = right})));
    };
    if (!is_filled(cell)) {
      text(at_, i, not_filled_in_, format({.grey = true, .right = is_number(columns_[i].kind)}));
    } else if (const auto* words = std::get_if<std::string>(&cell)) {
      auto kept = clean(*words);
      if (kept.size() > kLongestText)  // bytes are never fewer than characters
        kept = base::to_utf8(base::to_utf32(kept).substr(0, kLongestText / 2));
      text(at_, i, kept, format({.number = "@"}));
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
      // Excel counts in doubles: a whole number it cannot hold stays exact as text.
      if (*whole > 9'007'199'254'740'992 || *whole < -9'007'199'254'740'992) {
        text(at_, i, fmt::format("{}", *whole), format({.bold = total, .line_above = total, .right = true}));
      } else {
        number(static_cast<double>(*whole), "0", true);
      }
    } else if (const auto* decimal = std::get_if<double>(&cell)) {
      number(*decimal, "0.##", true);
    } else if (const auto* share = std::get_if<base::Share>(&cell)) {
      number(share->of_one, "0.0%", true);
    } else if (const auto* day = std::get_if<base::Day>(&cell)) {
      number(serial(*day), "yyyy-mm-dd", false);
    } else if (const auto* at = std::get_if<base::Instant>(&cell)) {
      const auto of_day = base::minutes_of_day(*at, place_).count();
      number(serial(base::day_of(*at, place_)) + static_cast<double>(of_day) / 1440, "yyyy-mm-dd hh:mm", false);
    } else {
      number(static_cast<double>(std::get<base::Minutes>(cell).count()) / 1440, "[h]:mm", true);
    }
  }

  static void check(lxw_error error) {
    if (error != LXW_NO_ERROR)
      throw std::runtime_error(fmt::format("a cell cannot be written: {}", lxw_strerror(error)));
  }

  base::DurableFile file_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  std::map<Look, lxw_format*> formats_;
  std::vector<Shown> columns_;
  base::Place place_;
  std::string title_, subtitle_, not_filled_in_, total_, no_rows_;
  double widths_ = 0;
  std::int64_t at_ = 0, rows_a_worksheet_;
  int worksheets_ = 0;
};

}  // namespace

std::unique_ptr<Writer::Impl> xlsx_writer(std::filesystem::path file, std::int64_t rows_a_worksheet) {
  return std::make_unique<Xlsx>(std::move(file), rows_a_worksheet);
}

}  // namespace paper
