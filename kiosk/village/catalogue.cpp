#include "village/catalogue.h"

#include "base/text.h"
#include "base/toml.h"
#include "village/catalogue_wrong.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <tuple>

namespace village {
namespace {

constexpr std::array<std::string_view, 9> shapes{"attendance", "request",  "booking", "points",  "benefit",
                                                 "visit",      "registry", "notice",  "campaign"};
constexpr std::array<std::string_view, 6> groups{"elder", "woman", "child", "hardship", "volunteer", "all"};
constexpr std::array<std::string_view, 5> groups_of_services{"elder", "woman", "child", "hardship", "all"};
constexpr std::array<std::string_view, 7> kinds{"day_care_centre", "womens_home", "micro_home",
                                                "rainbow_room",    "youth_home",  "civilisation_station",
                                                "village_office"};
constexpr std::array<std::string_view, 3> roles{"lead", "cooperating", "implementing"};
constexpr std::array<std::string_view, 2> levels{"township", "village"};

// Settings that mean the same in every shape: checked here, so that an offer whose shape is not built is checked
// too.
constexpr std::array<std::string_view, 3> times{"opens", "closes", "forgotten_close"};

struct Spot {
  int row = 0, column = 0;
};

Spot spot(const toml::source_region& region) {
  return {static_cast<int>(region.begin.line), static_cast<int>(region.begin.column)};
}

bool is_code(std::string_view text) {
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_emoji(std::string_view text) {
  auto points = base::to_utf32(text);
  if (points.size() == 2 && points[1] == U'\uFE0F') points.pop_back();
  return points.size() == 1 && points[0] >= 0x2190;
}

// One table of an array of tables, read key by key; remembers where each value stands.
class Row {
 public:
  Row(const toml::table& table, std::string file, int folder, std::vector<base::Wrong>& wrong)
      : table_(&table), file_(std::move(file)), folder_(folder), wrong_(&wrong) {
    // The brackets: where a row that lacks something is shown.
    start_ = spot(table.source());
    replace_ = boolean("replace").value_or(false);
  }

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool replaces() const { return replace_; }
  [[nodiscard]] const std::string& file() const { return file_; }
  [[nodiscard]] int folder() const { return folder_; }
  [[nodiscard]] Spot start() const { return start_; }
  [[nodiscard]] bool has(std::string_view key) const { return table_->contains(key); }

  std::optional<bool> boolean(std::string_view key) {
    const auto* node = take(key);
    if (!node) return {};
    if (const auto* value = node->as_boolean()) return value->get();
    complain(key, fmt::format("{}: must be true or false", key));
    return {};
  }

  std::optional<int> integer(std::string_view key, int least, int most) {
    const auto* node = take(key);
    if (!node) return {};
    const auto* value = node->as_integer();
    if (value && value->get() >= least && value->get() <= most) return static_cast<int>(value->get());
    complain(key, fmt::format("{}: must be a whole number from {} to {}", key, least, most));
    return {};
  }

  std::string text(std::string_view key) {
    const auto* node = take(key);
    if (!node) return {};
    if (const auto* value = node->as_string(); value && !value->get().empty()) return value->get();
    complain(key, fmt::format("{}: must be a text in quotes", key));
    return {};
  }

  std::string needed_text(std::string_view key) {
    need(key);
    return text(key);
  }

  std::string code(std::string_view key) {
    auto value = needed_text(key);
    if (!value.empty() && !is_code(value))
      complain(key, fmt::format("{}: \"{}\" must be small letters, digits and _, a letter first", key, value));
    return value;
  }

  // A word of a closed set; missing is the caller's affair.
  std::string word(std::string_view key, std::span<const std::string_view> words) {
    auto value = text(key);
    if (!value.empty()) check_word(key, spot_of(key), value, words);
    return value;
  }

  std::string picture(std::string_view key) {
    auto value = text(key);
    if (!value.empty() && !is_emoji(value)) complain(key, fmt::format("{}: \"{}\" must be one emoji", key, value));
    return value;
  }

  // A list of words of a closed set, not empty, none twice.
  std::vector<std::string> words(std::string_view key, std::span<const std::string_view> allowed,
                                 std::string_view also) {
    need(key);
    const auto* node = take(key);
    if (!node) return {};
    const auto* list = node->as_array();
    std::vector<std::string> all;
    if (!list || list->empty()) {
      complain(key, fmt::format("{}: must be a list of words, as [\"{}\"]", key, allowed.front()));
      return all;
    }
    for (const auto& item : *list) {
      const auto at = spot(item.source());
      const auto* value = item.as_string();
      if (!value)
        complain(at, fmt::format("{}: must be a list of words, as [\"{}\"]", key, allowed.front()));
      else if (std::ranges::find(all, value->get()) != all.end())
        complain(at, fmt::format("{}: \"{}\" stands there twice", key, value->get()));
      else {
        if (also.empty() || value->get() != also) check_word(key, at, value->get(), allowed);
        all.push_back(value->get());
      }
    }
    return all;
  }

  std::optional<base::Day> day(std::string_view key) {
    const auto* node = take(key);
    if (!node) return {};
    if (const auto* value = node->as_date()) {
      const auto date = value->get();
      const std::chrono::year_month_day day{std::chrono::year{date.year}, std::chrono::month{date.month},
                                            std::chrono::day{date.day}};
      if (day.ok()) return base::Day{day};
    }
    complain(key, fmt::format("{}: must be a date without quotes, as 2021-09-15", key));
    return {};
  }

  Settings settings(std::string_view key) {
    Settings all;
    const auto* node = take(key);
    if (!node) return all;
    const auto* inner = node->as_table();
    if (!inner) {
      complain(key, fmt::format("{}: must be a table, as [offer.settings]", key));
      return all;
    }
    for (const auto& [name, value] : *inner) {
      const auto at = spot(value.source());
      Setting setting{.value = false, .row = at.row, .column = at.column};
      bool fits = true;
      if (const auto* yes = value.as_boolean())
        setting.value = yes->get();
      else if (const auto* number = value.as_integer())
        setting.value = number->get();
      else if (const auto* text = value.as_string())
        setting.value = text->get();
      else if (const auto* list = value.as_array()) {
        std::vector<std::string> texts;
        for (const auto& item : *list) {
          const auto* one = item.as_string();
          fits = fits && one;
          if (one) texts.push_back(one->get());
        }
        setting.value = std::move(texts);
      } else {
        fits = false;
      }
      if (!fits)
        complain(at, fmt::format("{}: must be true or false, a whole number, a text or a list of texts",
                                 std::string_view(name.str())));
      all.emplace(std::string(name.str()), std::move(setting));
    }
    return all;
  }

  void need(std::string_view key) {
    if (!has(key)) complain(start_, fmt::format("{} is missing", key));
  }

  // Reports what nobody asked for: a slip of the pen would be without effect otherwise.
  void finish() {
    for (const auto& [name, value] : *table_)
      if (!known_.contains(name.str()))
        complain(spot(name.source()), fmt::format("{}: no such key here; there are {}",
                                                  std::string_view(name.str()), fmt::join(known_, " ")));
  }

  [[nodiscard]] Spot spot_of(std::string_view key) const {
    const auto* node = table_->get(key);
    return node ? spot(node->source()) : start_;
  }

  void complain(std::string_view key, std::string what) { complain(spot_of(key), std::move(what)); }
  void complain(Spot at, std::string what) {
    note(*wrong_, {file_, at.row, at.column, std::move(what)});
    good_ = false;
  }

 private:
  const toml::node* take(std::string_view key) {
    known_.emplace(key);
    return table_->get(key);
  }

  void check_word(std::string_view key, Spot at, std::string_view value, std::span<const std::string_view> words) {
    if (std::ranges::find(words, value) == words.end())
      complain(at, fmt::format("{}: \"{}\" is not one of {}", key, value, fmt::join(words, " ")));
  }

  const toml::table* table_;
  std::string file_;
  int folder_;
  std::vector<base::Wrong>* wrong_;
  Spot start_;
  bool good_ = true, replace_ = false;
  std::set<std::string, std::less<>> known_;
};

// A row read, with where it stood: what it names is looked up when all files are read.
template <class T>
struct Read {
  T value;
  Row row;
};

template <class T>
const T* by_code(const std::vector<T>& all, std::string_view code) {
  const auto found = std::ranges::find(all, code, &T::code);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::span<const std::string_view> shape_codes() { return shapes; }
std::span<const std::string_view> group_codes() { return groups; }
std::span<const std::string_view> kinds_of_site() { return kinds; }
std::span<const std::string_view> roles_of_office() { return roles; }

class CatalogueLoader {
 public:
  CatalogueLoader(const std::set<std::string, std::less<>>& built, std::vector<base::Wrong>& wrong)
      : built_(built), wrong_(wrong) {}

  void read_folder(const std::filesystem::path& folder, int number) {
    const auto named = folder.has_filename() ? folder : folder.parent_path();
    static constexpr std::array<std::string_view, 5> files{"services.toml", "offers.toml", "offices.toml",
                                                           "matrix.toml", "consents.toml"};
    std::error_code error;
    std::vector<std::string> there;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
      if (entry.path().extension() == ".toml") there.push_back(entry.path().filename().string());
    if (error) {
      note(wrong_, {named.filename().string(), 0, 0, "the folder cannot be read: " + error.message()});
      return;
    }
    std::ranges::sort(there);
    for (const auto& name : there)
      if (std::ranges::find(files, name) == files.end())
        note(wrong_, {(named.filename() / name).string(), 0, 0,
                      fmt::format("no such file in a catalogue; there are {}", fmt::join(files, " "))});
    for (const auto name : files) {
      const auto shown = (named.filename() / name).string();
      if (std::ranges::find(there, name) != there.end())
        read_file(folder / name, shown, number);
      else if (number == 0)
        unreadable(std::string(name), {shown, 0, 0, "the file is missing"});
    }
  }

  Catalogue result() {
    check_names();
    Catalogue catalogue;
    take(services_, catalogue.services_);
    for (auto& [offer, row] : offers_)
      if (const auto* service = catalogue.service(offer.service); service && !row.has("private"))
        offer.discreet = service->discreet;
    take(offices_, catalogue.offices_);
    take(offers_, catalogue.offers_);
    take(matrix_, catalogue.matrix_);
    take(consents_, catalogue.consents_);
    // A row that stands on a row left out is left out with it; the mistake has been told where it is.
    std::erase_if(catalogue.offers_,
                  [&](const Offer& o) { return !catalogue.service(o.service) || lacks_consent(catalogue, o); });
    std::erase_if(catalogue.matrix_, [&](const Responsible& r) {
      return !catalogue.office(r.office) || (!r.service.empty() && !catalogue.service(r.service));
    });
    for (auto& offer : catalogue.offers_) {
      if (offer.picture.empty()) offer.picture = catalogue.service(offer.service)->picture;
      if (offer.outside_picture.empty()) offer.outside_picture = offer.picture;
      if (!built_.contains(offer.shape)) offer.hidden = true;
    }
    std::ranges::sort(catalogue.services_, {}, &Service::number);
    std::ranges::sort(catalogue.offers_, {}, [](const Offer& o) {
      return std::tuple{std::ranges::find(shapes, o.shape) - shapes.begin(), o.order, o.code};
    });
    return catalogue;
  }

 private:
  void read_file(const std::filesystem::path& path, const std::string& shown, int folder) {
    const auto kind = path.stem().string();
    const std::string array = kind == "services"  ? "service"
                              : kind == "offers"  ? "offer"
                              : kind == "offices" ? "office"
                              : kind == "matrix"  ? "responsible"
                                                  : "consent";
    try {
      documents_.push_back(std::make_unique<toml::table>(base::read_toml(path)));
    } catch (const toml::parse_error& error) {
      const auto at = spot(error.source());
      unreadable(path.filename().string(),
                 {shown, at.row, at.column, fmt::format("cannot be read as TOML: {}", error.description())});
      return;
    }
    for (const auto& [name, node] : *documents_.back()) {
      const auto at = spot(name.source());
      const auto* rows = node.as_array();
      if (name.str() != array || !rows || !rows->is_homogeneous(toml::node_type::table)) {
        note(wrong_, {shown, at.row, at.column,
                      fmt::format("{}: this file holds rows of [[{}]] and nothing else",
                                  std::string_view(name.str()), array)});
        continue;
      }
      for (const auto& table : *rows) {
        Row row(*table.as_table(), shown, folder, wrong_);
        if (array == "service")
          read_service(std::move(row));
        else if (array == "offer")
          read_offer(std::move(row));
        else if (array == "office")
          read_office(std::move(row));
        else if (array == "responsible")
          read_responsible(std::move(row));
        else
          read_consent(std::move(row));
      }
    }
  }

  void unreadable(std::string file, base::Wrong mistake) {
    note(wrong_, std::move(mistake));
    unread_.insert(std::move(file));
  }

  void read_service(Row row) {
    Service service;
    service.code = row.code("code");
    row.need("number");
    service.number = row.integer("number", 1, 9999).value_or(0);
    row.need("group");
    service.group = row.word("group", groups_of_services);
    row.need("picture");
    service.picture = row.picture("picture");
    service.discreet = row.boolean("private").value_or(false);
    row.finish();
    add(services_, std::move(service), std::move(row), "code", [](const Service& a) { return a.code; });
  }

  void read_offer(Row row) {
    Offer offer;
    offer.code = row.code("code");
    offer.service = row.needed_text("service");
    row.need("shape");
    offer.shape = row.word("shape", shapes);
    row.need("order");
    offer.order = row.integer("order", 0, 99999).value_or(0);
    offer.picture = row.picture("picture");
    offer.outside_picture = row.picture("outside_picture");
    offer.sites = row.words("sites", kinds, "any");
    if (std::ranges::find(offer.sites, "any") != offer.sites.end()) offer.sites.assign(kinds.begin(), kinds.end());
    offer.audience = row.words("audience", groups, {});
    offer.discreet = row.boolean("private").value_or(false);
    offer.hidden = row.boolean("hidden").value_or(false);
    offer.settings = row.settings("settings");
    offer.file = row.file();
    offer.row = row.start().row;
    offer.column = row.start().column;
    check_settings(offer, row);
    row.finish();
    add(offers_, std::move(offer), std::move(row), "code", [](const Offer& a) { return a.code; });
  }

  void check_settings(const Offer& offer, Row& row) {
    for (const auto key : times) {
      const auto found = offer.settings.find(key);
      if (found == offer.settings.end()) continue;
      const auto& [value, line, column] = found->second;
      base::Minutes minutes{};
      const auto* text = std::get_if<std::string>(&value);
      if (!text)
        row.complain(Spot{line, column}, fmt::format("{}: must be a text in quotes", key));
      else if (!base::parse_hour_minute(*text, minutes))
        row.complain(Spot{line, column}, not_a_time(key, *text));
    }
    const auto least = offer.settings.find("age_min"), most = offer.settings.find("age_max");
    if (least == offer.settings.end() || most == offer.settings.end()) return;
    const auto *a = std::get_if<std::int64_t>(&least->second.value),
               *b = std::get_if<std::int64_t>(&most->second.value);
    if (a && b && *a > *b)
      row.complain(Spot{least->second.row, least->second.column},
                   fmt::format("age_min: {} is above age_max, {}", *a, *b));
  }

  void read_office(Row row) {
    Office office;
    office.code = row.code("code");
    office.parent = row.text("parent");
    row.need("level");
    office.of_village = row.word("level", levels) == "village";
    row.finish();
    add(offices_, std::move(office), std::move(row), "code", [](const Office& a) { return a.code; });
  }

  void read_responsible(Row row) {
    Responsible line;
    line.group = row.word("group", groups_of_services);
    line.service = row.text("service");
    if (line.group.empty() && line.service.empty() && row.good())
      row.complain(row.start(), "group or service is missing");
    row.need("role");
    line.role = row.word("role", roles);
    line.office = row.needed_text("office");
    row.need("from");
    line.from = row.day("from").value_or(base::Day{});
    line.until = row.day("until");
    if (row.good() && line.until && *line.until < line.from)
      row.complain("until",
                   fmt::format("until: {} is before from, {}", base::iso(*line.until), base::iso(line.from)));
    row.finish();
    if (row.replaces())
      std::erase_if(matrix_, [&](const Read<Responsible>& earlier) {
        return earlier.row.folder() < row.folder() && earlier.value.group == line.group &&
               earlier.value.service == line.service && earlier.value.role == line.role;
      });
    matrix_.push_back({std::move(line), std::move(row)});
  }

  void read_consent(Row row) {
    Consent consent;
    consent.code = row.code("code");
    row.need("version");
    consent.version = row.integer("version", 1, 9999).value_or(0);
    consent.text_key = row.text("text");
    if (consent.text_key.empty())
      consent.text_key = fmt::format("catalogue.consent.{}_v{}.text", consent.code, consent.version);
    row.finish();
    add(consents_, std::move(consent), std::move(row), "code",
        [](const Consent& a) { return fmt::format("{} version {}", a.code, a.version); });
  }

  // Puts a row among the others, or in the place of the one it replaces.
  template <class T, class Name>
  void add(std::vector<Read<T>>& all, T value, Row row, std::string_view key, Name name) {
    if (value.code.empty()) return;  // told already
    const auto earlier = std::ranges::find_if(all, [&](const Read<T>& r) { return name(r.value) == name(value); });
    if (earlier == all.end()) {
      if (row.replaces()) row.complain("replace", fmt::format("replace: no earlier folder has {}", name(value)));
      all.push_back({std::move(value), std::move(row)});
    } else if (row.replaces() && earlier->row.folder() < row.folder()) {
      *earlier = {std::move(value), std::move(row)};
    } else {
      row.complain(key,
                   fmt::format("{}: {} stands already in {} row {}{}", key, name(value), earlier->row.file(),
                               earlier->row.start().row,
                               earlier->row.folder() < row.folder() ? "; replace = true takes its place" : ""));
    }
  }

  // A file that could not be read may have held any name: what stands on it is left out, but not called wrong.
  template <class T>
  bool named(const std::vector<Read<T>>& all, std::string_view code, std::string_view file) const {
    return unread_.contains(file) ||
           std::ranges::any_of(all, [&](const Read<T>& r) { return r.value.code == code; });
  }

  // What rows name in other files. A row that is wrong itself still counts as a name: one mistake, told once.
  void check_names() {
    for (auto& [offer, row] : offers_) {
      if (!offer.service.empty() && !named(services_, offer.service, "services.toml"))
        row.complain("service", fmt::format("service: \"{}\" is not in services.toml", offer.service));
      check_consent(offer, row);
    }
    for (auto& [office, row] : offices_) {
      if (office.parent.empty()) continue;
      if (!named(offices_, office.parent, "offices.toml"))
        row.complain("parent", fmt::format("parent: \"{}\" is not in offices.toml", office.parent));
      else if (under_itself(office))
        row.complain("parent", fmt::format("parent: {} would stand under itself", office.code));
    }
    for (auto& [line, row] : matrix_) {
      if (!line.service.empty() && !named(services_, line.service, "services.toml"))
        row.complain("service", fmt::format("service: \"{}\" is not in services.toml", line.service));
      if (!line.office.empty() && !named(offices_, line.office, "offices.toml"))
        row.complain("office", fmt::format("office: \"{}\" is not in offices.toml", line.office));
    }
    // Numbers are what reports sort and quote by.
    for (std::size_t i = 0; i < services_.size(); ++i)
      for (std::size_t k = 0; k < i; ++k)
        if (services_[i].value.number != 0 && services_[i].value.number == services_[k].value.number)
          services_[i].row.complain("number", fmt::format("number: {} is {}'s already", services_[i].value.number,
                                                          services_[k].value.code));
  }

  // Nothing that needs a yes is offered while the words to agree to are missing.
  static bool lacks_consent(const Catalogue& catalogue, const Offer& offer) {
    const auto code = offer.settings.find("consent"), version = offer.settings.find("consent_version");
    if (code == offer.settings.end()) return false;
    const auto* number =
        version == offer.settings.end() ? nullptr : std::get_if<std::int64_t>(&version->second.value);
    const auto* text = std::get_if<std::string>(&code->second.value);
    return !text || !number || !catalogue.consent(*text, static_cast<int>(*number));
  }

  void check_consent(const Offer& offer, Row& row) {
    const auto found = offer.settings.find("consent");
    if (found == offer.settings.end()) return;
    const auto* code = std::get_if<std::string>(&found->second.value);
    if (!code)
      return row.complain(Spot{found->second.row, found->second.column}, "consent: must be a text in quotes");
    if (!named(consents_, *code, "consents.toml"))
      return row.complain(Spot{found->second.row, found->second.column},
                          fmt::format("consent: \"{}\" is not in consents.toml", *code));
    const auto version = offer.settings.find("consent_version");
    if (version == offer.settings.end())
      return row.complain(Spot{found->second.row, found->second.column},
                          "consent_version is missing: people agree to one version of the words");
    const auto* number = std::get_if<std::int64_t>(&version->second.value);
    if (unread_.contains("consents.toml")) return;
    if (!number || std::ranges::none_of(consents_, [&](const Read<Consent>& c) {
          return c.value.code == *code && c.value.version == *number;
        }))
      row.complain(Spot{version->second.row, version->second.column},
                   fmt::format("consent_version: consents.toml has no such version of {}", *code));
  }

  [[nodiscard]] bool under_itself(const Office& office) const {
    std::string_view above = office.parent;
    for (std::size_t step = 0; step <= offices_.size() && !above.empty(); ++step) {
      if (above == office.code) return true;
      const auto next = std::ranges::find_if(offices_, [&](const auto& r) { return r.value.code == above; });
      above = next == offices_.end() ? std::string_view{} : std::string_view(next->value.parent);
    }
    return false;
  }

  template <class T>
  static void take(std::vector<Read<T>>& read, std::vector<T>& out) {
    for (auto& [value, row] : read)
      if (row.good()) out.push_back(std::move(value));
  }

  const std::set<std::string, std::less<>>& built_;
  std::vector<base::Wrong>& wrong_;
  std::vector<std::unique_ptr<toml::table>> documents_;  // rows point into them
  std::set<std::string, std::less<>> unread_;            // files
  std::vector<Read<Service>> services_;
  std::vector<Read<Offer>> offers_;
  std::vector<Read<Office>> offices_;
  std::vector<Read<Responsible>> matrix_;
  std::vector<Read<Consent>> consents_;
};

bool Offer::offered_at(std::string_view kind_of_site) const {
  return std::ranges::find(sites, kind_of_site) != sites.end();
}

bool Offer::offered_to(std::span<const std::string> wanted) const {
  return std::ranges::any_of(audience, [&](const std::string& group) {
    return group == "all" || std::ranges::find(wanted, group) != wanted.end();
  });
}

std::string Offer::label_key(bool identified) const {
  return fmt::format("catalogue.offer.{}.{}", code, discreet && !identified ? "outside" : "label");
}

std::string Offer::say_key(bool identified) const {
  return fmt::format("catalogue.offer.{}.{}", code, discreet && !identified ? "outside_say" : "say");
}

std::string Offer::done_key() const { return fmt::format("catalogue.offer.{}.done", code); }

const std::string& Offer::shown_picture(bool identified) const {
  return discreet && !identified ? outside_picture : picture;
}

Catalogue Catalogue::load(std::span<const std::filesystem::path> folders,
                          const std::set<std::string, std::less<>>& built, std::vector<base::Wrong>& wrong) {
  std::vector<base::Wrong> found;
  CatalogueLoader loader(built, found);
  int number = 0;
  for (const auto& folder : folders) loader.read_folder(folder, number++);
  auto catalogue = loader.result();
  std::ranges::stable_sort(found, {}, [](const base::Wrong& w) { return std::tie(w.file, w.row, w.column); });
  wrong.insert(wrong.end(), found.begin(), found.end());
  return catalogue;
}

Catalogue Catalogue::load(const std::filesystem::path& folder, const std::set<std::string, std::less<>>& built,
                          std::vector<base::Wrong>& wrong) {
  return load(std::span(&folder, 1), built, wrong);
}

Catalogue Catalogue::load(const std::filesystem::path& folder, std::vector<base::Wrong>& wrong) {
  return load(folder, {shapes.begin(), shapes.end()}, wrong);
}

const Service* Catalogue::service(std::string_view code) const { return by_code(services_, code); }
const Offer* Catalogue::offer(std::string_view code) const { return by_code(offers_, code); }
const Office* Catalogue::office(std::string_view code) const { return by_code(offices_, code); }

const Consent* Catalogue::consent(std::string_view code, int version) const {
  const auto found =
      std::ranges::find_if(consents_, [&](const Consent& c) { return c.code == code && c.version == version; });
  return found == consents_.end() ? nullptr : &*found;
}

namespace {

template <class Wanted>
std::vector<const Offer*> those(const std::vector<Offer>& all, Wanted wanted) {
  std::vector<const Offer*> some;
  for (const auto& offer : all)
    if (wanted(offer)) some.push_back(&offer);
  return some;
}

}  // namespace

std::vector<const Offer*> Catalogue::offers_of_service(std::string_view service) const {
  return those(offers_, [&](const Offer& o) { return o.service == service; });
}

std::vector<const Offer*> Catalogue::offers_of_shape(std::string_view shape) const {
  return those(offers_, [&](const Offer& o) { return o.shape == shape; });
}

std::vector<const Offer*> Catalogue::offers_at(std::string_view kind_of_site) const {
  return those(offers_, [&](const Offer& o) { return o.offered_at(kind_of_site); });
}

std::vector<const Offer*> Catalogue::offers_for_group(std::string_view group) const {
  const std::string wanted(group);
  return those(offers_, [&](const Offer& o) { return o.offered_to(std::span(&wanted, 1)); });
}

std::vector<const Offer*> Catalogue::shown(std::string_view shape, std::string_view kind_of_site) const {
  return those(offers_,
               [&](const Offer& o) { return !o.hidden && o.shape == shape && o.offered_at(kind_of_site); });
}

std::vector<const Offer*> Catalogue::shown(std::string_view shape, std::string_view kind_of_site,
                                           std::span<const std::string> wanted) const {
  return those(offers_, [&](const Offer& o) {
    return !o.hidden && o.shape == shape && o.offered_at(kind_of_site) && o.offered_to(wanted);
  });
}

std::vector<std::string> Catalogue::responsible(std::string_view group, std::string_view service,
                                                std::string_view role, base::Day day) const {
  const auto offices = [&](std::string_view row_group, std::string_view row_service) {
    std::vector<std::string> some;
    for (const auto& r : matrix_)
      if (r.group == row_group && r.service == row_service && r.role == role && r.from <= day &&
          (!r.until || day <= *r.until) && std::ranges::find(some, r.office) == some.end())
        some.push_back(r.office);
    return some;
  };
  std::vector<std::string> found;
  if (!service.empty() && !group.empty()) found = offices(group, service);
  if (!service.empty() && found.empty()) found = offices("", service);
  if (found.empty() && !group.empty()) found = offices(group, "");
  if (found.empty()) found = offices("all", "");
  return found;
}

}  // namespace village
