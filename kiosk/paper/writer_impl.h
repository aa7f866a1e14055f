// What each form of Writer brings. Only paper/*.cpp includes this.
#pragma once

#include "paper/cell_text.h"
#include "base/durable_file.h"
#include "paper/writer.h"

#include <functional>
#include <memory>

namespace paper {

class Writer::Impl {
 public:
  virtual ~Impl() = default;
  virtual void begin(const base::SheetHead&, const base::Words&, base::Place) = 0;
  virtual void row(const std::vector<base::Cell>& cells) = 0;  // exactly as many as columns
  virtual void end(const Totals&) = 0;

  // What stands above a column.
  [[nodiscard]] static std::string heading(const base::Column& c, const base::Words& words) {
    return clean(c.title_key.empty() ? c.name : words.text(c.title_key));
  }

  std::size_t columns = 0;
  std::int64_t rows = 0;
  std::unique_ptr<Totals> totals;
};

// Where csv and json put their bytes, and what makes them last.
struct Sink {
  std::function<void(std::string_view)> write;
  std::function<void()> keep;
};

// Excel holds 1 048 576 rows a worksheet; the rest goes on in another one.
[[nodiscard]] std::unique_ptr<Writer::Impl> xlsx_writer(std::filesystem::path,
                                                        std::int64_t rows_a_worksheet = 1'000'000);
[[nodiscard]] std::unique_ptr<Writer::Impl> pdf_writer(std::filesystem::path);
[[nodiscard]] std::unique_ptr<Writer::Impl> csv_writer(Sink);
[[nodiscard]] std::unique_ptr<Writer::Impl> json_writer(Sink);

}  // namespace paper
