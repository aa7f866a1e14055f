// pdf: A4 pages drawn as the rows come in. A line of a row is the unit that moves to the next page: nothing is ever
// cut.
#include "paper/ink.h"
#include "paper/writer_impl.h"

#include <fmt/format.h>
#include <algorithm>
#include <numeric>
#include <optional>

namespace paper {
namespace {

constexpr double kMargin = 12, kCellPad = 1.8;  // mm
constexpr Type kBody{3.4, false}, kBold{3.4, true};
constexpr double kLineHeight = 5.0, kRowPad = 1.6, kBaseline = 3.75;  // of a body line, mm
constexpr float kUprightWidths = 8;                                   // more columns than this and the page lies

class Pdf final : public Writer::Impl {
 public:
  explicit Pdf(std::filesystem::path path) : path_(std::move(path)) {}

  void begin(const base::SheetHead& head, const base::Words& words, base::Place place) override {
    words_ = words;
    style_ = {&words_, place};
    float sum = 0;
    for (const auto& c : head.columns) sum += std::max(c.width, 0.2f);
    const bool lies = sum > kUprightWidths;
    width_ = lies ? kA4Height : kA4Width;
    height_ = lies ? kA4Width : kA4Height;
    title_ = clean(head.title.empty() ? head.name : head.title);
    subtitle_ = clean(head.subtitle);
    document_.emplace(path_, width_, height_, title_);
    double x = kMargin;
    for (const auto& c : head.columns) {
      const double w = (width_ - 2 * kMargin) * static_cast<double>(std::max(c.width, 0.2f) / sum);
      columns_.push_back({heading(c, words), x, w, right(c.kind)});
      x += w;
    }
    start_page();
  }

  void row(const std::vector<base::Cell>& cells) override {
    std::vector<Written> written;
    for (const auto& cell : cells) {
      const bool there = is_filled(cell);
      written.push_back(
          {there ? cell_text(cell, style_) : words_.text("paper.not_filled_in"), there ? kInk : kGrey});
    }
    draw_row(written, kBody);
  }

  void end(const Totals& totals) override {
    if (rows == 0) {
      const auto line =
          lay_out(document_->ink(), words_.text("paper.no_rows"), kBody, width_ - 2 * kMargin, words_.chinese());
      draw(document_->ink(), line.get(), kMargin + kCellPad, y_ + kRowPad, kGrey);
    } else if (totals.wanted()) {
      const auto sums = totals.row();
      std::vector<Written> written;
      for (std::size_t i = 0; i < sums.size(); ++i)
        written.push_back(
            {i == totals.label_column() ? words_.text("paper.total") : cell_text(sums[i], style_), kInk});
      stroke(document_->ink(), kMargin, y_, width_ - kMargin, y_, 0.35, kInk2);
      draw_row(written, kBold);
    }
    end_page(true);
    document_->keep();
  }

 private:
  struct Shown {
    std::string title;
    double x, width;
    bool right;
  };
  struct Written {
    std::string text;
    Rgb colour;
  };

  static bool right(base::ColumnKind kind) {
    return kind == base::ColumnKind::whole || kind == base::ColumnKind::decimal ||
           kind == base::ColumnKind::share || kind == base::ColumnKind::minutes;
  }

  [[nodiscard]] double bottom() const { return height_ - kMargin - 6; }

  void start_page() {
    auto* ink = document_->ink();
    ++page_;
    y_ = kMargin;
    if (page_ == 1) {
      const auto title = lay_out(ink, title_, {6, true}, width_ - 2 * kMargin, words_.chinese());
      draw(ink, title.get(), kMargin, y_);
      y_ += height_of(title.get()) + 0.5;
      if (!subtitle_.empty()) {
        const auto line = lay_out(ink, subtitle_, {3.2, false}, width_ - 2 * kMargin, words_.chinese());
        draw(ink, line.get(), kMargin, y_, kInk2);
        y_ += height_of(line.get());
      }
      y_ += 3;
    }
    std::vector<Layout> heads;
    std::size_t lines = 1;
    for (const auto& c : columns_) {
      heads.push_back(lay_out(ink, c.title, kBold, c.width - 2 * kCellPad, words_.chinese()));
      align(heads.back().get(), c);
      lines =
          std::max<std::size_t>(lines, static_cast<std::size_t>(pango_layout_get_line_count(heads.back().get())));
    }
    // A head that would fill the page (a key instead of a title) shows as much as fits and leaves room for rows.
    lines = std::min<std::size_t>(lines, 6);
    const double h = static_cast<double>(lines) * kLineHeight + 2 * kRowPad;
    fill(ink, kMargin, y_, width_ - 2 * kMargin, h, kSunk);
    for (std::size_t i = 0; i < heads.size(); ++i)
      draw_lines(heads[i].get(), columns_[i], 0, lines, y_ + kRowPad, kInk);
    y_ += h;
    stroke(ink, kMargin, y_, width_ - kMargin, y_, 0.35, kInk2);
  }

  // Each page says by itself what it belongs to, and the last one that it is the last: loose sheets get mixed up, and lost.
  void end_page(bool last = false) {
    auto* ink = document_->ink();
    const auto number = lay_out(ink, words_.text(last ? "paper.last_page" : "paper.page", {{"page", fmt::format("{}", page_)}}), {3, false}, 0,
                                words_.chinese());
    draw(ink, number.get(), width_ - kMargin - width_of(number.get()), height_ - kMargin, kInk2);
    if (page_ > 1) {
      const auto title = lay_out_to_fit(ink, subtitle_.empty() ? title_ : title_ + " · " + subtitle_, {3, false}, width_ - 3 * kMargin - width_of(number.get()));
      draw(ink, title.get(), kMargin, height_ - kMargin, kInk2);
    }
    document_->end_page();
  }

  static void align(PangoLayout* layout, const Shown& column) {
    if (column.right) pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
  }

  void draw_lines(PangoLayout* layout, const Shown& column, std::size_t from, std::size_t count, double y,
                  Rgb colour) {
    const auto all = static_cast<std::size_t>(pango_layout_get_line_count(layout));
    for (std::size_t i = from; i < std::min(all, from + count); ++i) {
      auto* line = pango_layout_get_line_readonly(layout, static_cast<int>(i));
      PangoRectangle box;
      pango_layout_line_get_extents(line, nullptr, &box);
      const double w = static_cast<double>(box.width) / PANGO_SCALE;
      const double x = column.right ? column.x + column.width - kCellPad - w : column.x + kCellPad;
      draw_line(document_->ink(), line, x, y + static_cast<double>(i - from) * kLineHeight + kBaseline, colour);
    }
  }

  void draw_row(const std::vector<Written>& cells, Type type) {
    std::vector<Layout> layouts;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      layouts.push_back(
          lay_out(document_->ink(), cells[i].text, type, columns_[i].width - 2 * kCellPad, words_.chinese()));
      align(layouts.back().get(), columns_[i]);
      lines =
          std::max<std::size_t>(lines, static_cast<std::size_t>(pango_layout_get_line_count(layouts.back().get())));
    }
    std::size_t done = 0;
    while (done < lines) {
      const double room = bottom() - y_ - 2 * kRowPad;
      const auto fit = room < kLineHeight ? 0 : static_cast<std::size_t>(room / kLineHeight);
      // A row that fits a page is not torn apart at the foot of this one.
      const bool would_tear = fit < lines - done && lines <= 12 && done == 0;
      if (fit == 0 || would_tear) {
        end_page();
        start_page();
        continue;
      }
      const auto count = std::min(fit, lines - done);
      for (std::size_t i = 0; i < layouts.size(); ++i)
        draw_lines(layouts[i].get(), columns_[i], done, count, y_ + kRowPad, cells[i].colour);
      y_ += static_cast<double>(count) * kLineHeight + 2 * kRowPad;
      done += count;
      stroke(document_->ink(), kMargin, y_, width_ - kMargin, y_, 0.15, kHair);
    }
  }

  std::filesystem::path path_;
  std::optional<Document> document_;
  base::Words words_;
  CellStyle style_;
  std::vector<Shown> columns_;
  std::string title_, subtitle_;
  double width_ = kA4Width, height_ = kA4Height, y_ = 0;
  int page_ = 0;
};

}  // namespace

std::unique_ptr<Writer::Impl> pdf_writer(std::filesystem::path file) {
  return std::make_unique<Pdf>(std::move(file));
}

}  // namespace paper
