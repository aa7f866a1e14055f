// csv: RFC 4180 with a BOM. Text that came from people is never run as a formula by the spreadsheet that opens it.
#include "paper/writer_impl.h"

namespace paper {
namespace {

// Excel and LibreOffice run a cell that begins so, the full-width forms too (OWASP, CSV injection).
bool would_run(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return false;
  text.remove_prefix(first);
  for (const std::string_view sign : {"=", "+", "-", "@", "＝", "＋", "－", "＠"})
    if (text.starts_with(sign)) return true;
  return false;
}

std::string field(std::string text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

class Csv final : public Writer::Impl {
 public:
  explicit Csv(Sink sink) : sink_(std::move(sink)) {}

  void begin(const base::SheetHead& head, const base::Words& words, base::Place place) override {
    style_.place = place;
    not_filled_in_ = words.text("paper.not_filled_in");
    total_ = words.text("paper.total");
    std::string line = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < head.columns.size(); ++i)
      line += (i ? "," : "") + field(heading(head.columns[i], words));
    sink_.write(line + "\r\n");
  }

  void row(const std::vector<base::Cell>& cells) override {
    line_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i) line_ += ',';
      if (!is_filled(cells[i])) {
        line_ += field(not_filled_in_);
        continue;
      }
      auto text = cell_text(cells[i], style_);
      if (std::holds_alternative<std::string>(cells[i]) && would_run(text)) text.insert(0, "'");
      line_ += field(std::move(text));
    }
    line_ += "\r\n";
    sink_.write(line_);
  }

  void end(const Totals& totals) override {
    if (totals.wanted() && rows > 0) {
      const auto sums = totals.row();
      const auto label = totals.label_column();
      line_.clear();
      for (std::size_t i = 0; i < sums.size(); ++i) {
        if (i) line_ += ',';
        line_ += field(i == label ? total_ : cell_text(sums[i], style_));
      }
      sink_.write(line_ + "\r\n");
    }
    sink_.keep();
  }

 private:
  Sink sink_;
  CellStyle style_;
  std::string not_filled_in_, total_, line_;
};

}  // namespace

std::unique_ptr<Writer::Impl> csv_writer(Sink sink) { return std::make_unique<Csv>(std::move(sink)); }

}  // namespace paper
