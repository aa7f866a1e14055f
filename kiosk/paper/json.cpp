// json: one array, one object a row and a line, keyed by Column.name. Not filled in is null.
#include "paper/writer_impl.h"

#include <nlohmann/json.hpp>

namespace paper {
namespace {

nlohmann::ordered_json value(const base::Cell& cell, base::Place place) {
  if (!is_filled(cell)) return nullptr;
  if (const auto* text = std::get_if<std::string>(&cell)) return base::to_utf8(base::to_utf32(*text));
  if (const auto* whole = std::get_if<std::int64_t>(&cell)) return *whole;
  if (const auto* decimal = std::get_if<double>(&cell)) return *decimal;
  if (const auto* share = std::get_if<base::Share>(&cell)) return share->of_one;
  if (const auto* day = std::get_if<base::Day>(&cell)) return base::iso(*day);
  if (const auto* at = std::get_if<base::Instant>(&cell)) return base::iso(*at, place);
  return std::get<base::Minutes>(cell).count();
}

class Json final : public Writer::Impl {
 public:
  explicit Json(Sink sink) : sink_(std::move(sink)) {}

  void begin(const base::SheetHead& head, const base::Words&, base::Place place) override {
    place_ = place;
    for (const auto& c : head.columns) names_.push_back(c.name);
    sink_.write("[");
  }

  void row(const std::vector<base::Cell>& cells) override {
    nlohmann::ordered_json object = nlohmann::ordered_json::object();
    for (std::size_t i = 0; i < cells.size(); ++i) object[names_[i]] = value(cells[i], place_);
    sink_.write((rows > 1 ? ",\n " : "\n ") + object.dump());
  }

  void end(const Totals&) override {
    sink_.write(rows > 0 ? "\n]\n" : "]\n");
    sink_.keep();
  }

 private:
  Sink sink_;
  base::Place place_;
  std::vector<std::string> names_;
};

}  // namespace

std::unique_ptr<Writer::Impl> json_writer(Sink sink) { return std::make_unique<Json>(std::move(sink)); }

}  // namespace paper
