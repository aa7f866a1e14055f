#include "paper/writer.h"

#include "paper/writer_impl.h"

#include <ostream>
#include <stdexcept>

namespace paper {
namespace {

std::unique_ptr<Writer::Impl> of_file(Form form, std::filesystem::path file) {
  if (form == Form::xlsx) return xlsx_writer(std::move(file));
  if (form == Form::pdf) return pdf_writer(std::move(file));
  auto durable = std::make_shared<base::DurableFile>(std::move(file));
  Sink sink{[durable](std::string_view bytes) { durable->write(bytes); }, [durable] { durable->keep(); }};
  return form == Form::csv ? csv_writer(std::move(sink)) : json_writer(std::move(sink));
}

std::unique_ptr<Writer::Impl> of_stream(Form form, std::ostream& out) {
  if (form == Form::xlsx || form == Form::pdf) throw std::invalid_argument("xlsx and pdf need a file");
  Sink sink{[&out](std::string_view bytes) { out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())); },
            [&out] {
              if (!out.flush()) throw std::runtime_error("the sheet could not be written out");
            }};
  return form == Form::csv ? csv_writer(std::move(sink)) : json_writer(std::move(sink));
}

}  // namespace

std::optional<Form> form_of(std::string_view extension) {
  std::string name;
  for (const char c : extension)
    if (c != '.') name += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  if (name == "xlsx") return Form::xlsx;
  if (name == "csv") return Form::csv;
  if (name == "pdf") return Form::pdf;
  if (name == "json") return Form::json;
  return std::nullopt;
}

std::string_view extension(Form form) {
  switch (form) {
    case Form::xlsx:
      return "xlsx";
    case Form::csv:
      return "csv";
    case Form::pdf:
      return "pdf";
    case Form::json:
      return "json";
  }
  return {};
}

Writer::Writer(Form form, std::filesystem::path file) : impl_(of_file(form, std::move(file))) {}
Writer::Writer(Form form, std::ostream& out) : impl_(of_stream(form, out)) {}
Writer::~Writer() = default;

void Writer::begin(const base::SheetHead& head, const base::Words& words, base::Place place) {
  if (impl_->totals) throw std::logic_error("a writer begins once");
  impl_->columns = head.columns.size();
  impl_->totals = std::make_unique<Totals>(head.columns);
  impl_->begin(head, words, place);
}

void Writer::row(const std::vector<base::Cell>& cells) {
  if (!impl_->totals) throw std::logic_error("a row before the head");
  if (cells.size() > impl_->columns) throw std::logic_error("more cells than columns");
  impl_->totals->add(cells);
  ++impl_->rows;
  if (cells.size() == impl_->columns) {
    impl_->row(cells);
  } else {
    auto all = cells;
    all.resize(impl_->columns, base::NotFilledIn{});
    impl_->row(all);
  }
}

void Writer::end() {
  if (!impl_->totals) throw std::logic_error("an end before the head");
  impl_->end(*impl_->totals);
}

std::int64_t Writer::rows() const { return impl_->rows; }

}  // namespace paper
