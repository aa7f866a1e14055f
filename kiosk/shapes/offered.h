// What one shape reads out of its offers of the catalogue: taken once at the start, then only read, by any thread.
#pragma once

#include "village/catalogue.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace shapes {

template <class Offered>
class OfferedBy {
 public:
  explicit OfferedBy(std::string_view shape) : shape_(shape) {}

  [[nodiscard]] const Offered* find(std::string_view code) const {
    const auto found = offers_.find(code);
    return found == offers_.end() ? nullptr : &found->second;
  }

  // `read` fills in what the offer's settings say; a setting that nobody read is reported with its row.
  template <class Read>
  void take(const village::Catalogue& catalogue, std::vector<base::Wrong>& wrong, Read read) {
    offers_.clear();
    for (const auto* offer : catalogue.offers_of_shape(shape_)) {
      village::SettingsReader settings(*offer, wrong);
      Offered o;
      o.code = offer->code;
      read(o, settings, *offer);
      settings.finish();
      offers_.emplace(o.code, std::move(o));
    }
  }

 private:
  std::string_view shape_;
  std::map<std::string, Offered, std::less<>> offers_;
};

}  // namespace shapes
