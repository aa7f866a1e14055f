// The catalogue's five files in one input, parted by 0x02 in the order of `files`.
#include "fuzz/fuzz.h"
#include "village/catalogue.h"

#include <array>
#include <algorithm>

namespace {

using fuzz::must;

constexpr std::array files{"services.toml", "offers.toml", "offices.toml", "matrix.toml", "consents.toml"};

void run(std::string_view input) {
  const auto& folder = fuzz::empty_folder();
  for (const auto* name : files) {
    const auto end = std::min(input.find('\2'), input.size());
    fuzz::write(folder / name, fuzz::unfolded(input.substr(0, end)));
    input.remove_prefix(std::min(input.size(), end + 1));
  }
  std::vector<base::Wrong> wrong;
  const auto all = village::Catalogue::load(folder, {"attendance", "request"}, wrong);
  for (const auto& w : wrong) must(!w.file.empty() && !w.what.empty() && w.row >= 0 && w.column >= 0, "a mistake has its place");
  for (const auto& o : all.offers()) {
    must(all.service(o.service) != nullptr, "an offer is of a service");
    must(!o.code.empty() && all.offer(o.code) != nullptr && !o.sites.empty() && !o.audience.empty(), "an offer is whole");
    must(o.hidden || o.shape == "attendance" || o.shape == "request", "an offer whose shape is not built is hidden");
    must(!o.shown_picture(false).empty() && o.label_key(true).starts_with("catalogue."), "an offer has a picture and words");
    std::vector<base::Wrong> also;
    village::SettingsReader settings(o, also);
    for (const auto* key : {"opens", "closes", "forgotten_close", "places"}) {
      if (const auto at = settings.minutes_of_day(key)) must(at->count() >= 0 && at->count() <= 24 * 60, "a time is one of a day");
      (void)settings.boolean(key, true);
      must(settings.integer(key, 3, 1, 9) >= 1 && settings.integer(key, 3, 1, 9) <= 9, "a number is within its bounds");
    }
    settings.finish();
  }
  for (const auto& m : all.matrix()) must(all.office(m.office) != nullptr, "who answers is an office");
  (void)all.responsible("elder", "", "lead", base::Day{});
  (void)all.shown("attendance", "day_care_centre");
}

std::vector<std::string> seeds() {
  const std::string whole =
      "[[service]]\ncode = \"meals\"\nnumber = 3\ngroup = \"elder\"\npicture = \"🍲\"\n\2"
      "[[offer]]\ncode = \"lunch\"\nservice = \"meals\"\nshape = \"attendance\"\norder = 1\nsites = [\"any\"]\naudience = [\"elder\"]\n"
      "[offer.settings]\nopens = \"08:00\"\ncloses = \"17:30\"\nplaces = 4\n\2"
      "[[office]]\ncode = \"civil\"\nlevel = \"township\"\n\2"
      "[[responsible]]\ngroup = \"elder\"\nrole = \"lead\"\noffice = \"civil\"\nfrom = 2021-09-15\n\2"
      "[[consent]]\ncode = \"photo\"\nversion = 1\ntext = \"consent.photo\"\n";
  return {whole, whole + whole, "[[service]]\n" + fuzz::folded_run(500, "a.") + "a = 1\n", fuzz::folded_run(60000, "a.") + "a = 1\n", "[[service]]\ncode = " + fuzz::folded_run(100, "[{")};
}

const fuzz::Listed listed({.name = "catalogue", .run = run, .seeds = seeds, .tries = 600});

}  // namespace
