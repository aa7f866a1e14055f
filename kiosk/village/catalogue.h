// The catalogue: services, what is offered for them, the offices that answer, and what people agree to.
//
// It is data (db/catalogue/*.toml, then a village's own folder): a new service needs a row, words and a picture, no
// program. The rule: a row with a mistake is left out and reported with file, row and column; every mistake of
// every file is reported at once, and the rows without one are there. Loaded once at the start, then only read: any
// thread. A catalogue may be moved; pointers into it live as long as it does. It must not be copied while pointers
// are held.
#pragma once

#include "base/clock.h"
#include "base/wrong.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace village {

// The closed sets that rows may name, in the order people see them. Codes are stored in facts: never renamed.
[[nodiscard]] std::span<const std::string_view> shape_codes();      // attendance … campaign
[[nodiscard]] std::span<const std::string_view> group_codes();      // elder woman child hardship volunteer all
[[nodiscard]] std::span<const std::string_view> kinds_of_site();    // day_care_centre … village_office
[[nodiscard]] std::span<const std::string_view> roles_of_office();  // lead cooperating implementing

struct Service {
  std::string code;
  int number = 0;         // as in the plan; a village's own from 101
  std::string group;      // elder woman child hardship all
  std::string picture;    // one emoji
  bool discreet = false;  // `private` in the file: naming it would shame or endanger, or it is about money
};

// One setting as it stands in the file; the shape gives it a meaning (SettingsReader).
struct Setting {
  std::variant<bool, std::int64_t, std::string, std::vector<std::string>> value;
  int row = 0, column = 0;  // of the value
  bool operator==(const Setting&) const = default;
};
using Settings = std::map<std::string, Setting, std::less<>>;

// A service in one shape.
struct Offer {
  std::string code, service, shape;
  int order = 0;  // place among the tiles of its shape
  std::string picture, outside_picture;
  std::vector<std::string> sites;     // kinds of site; "any" in the file is all of them here
  std::vector<std::string> audience;  // groups, or "all"
  bool discreet = false;              // the service's, unless the row says otherwise
  bool hidden = false;                // not shown to residents: its shape is not built, or the row says so
  Settings settings;
  std::string file;  // where the row stands, for what the shape finds wrong
  int row = 0, column = 0;

  [[nodiscard]] bool offered_at(std::string_view kind_of_site) const;
  // To somebody of these groups; whoever is in no group (or not known yet) sees what is for all.
  [[nodiscard]] bool offered_to(std::span<const std::string> groups) const;

  // What may be shown of it. `identified`: the person is known by card or secret; before that a discreet offer has
  // harmless words and a harmless picture.
  [[nodiscard]] std::string label_key(bool identified) const;  // catalogue.offer.<code>.label | .outside
  [[nodiscard]] std::string say_key(bool identified) const;    // catalogue.offer.<code>.say | .outside_say
  [[nodiscard]] std::string done_key() const;                  // catalogue.offer.<code>.done
  [[nodiscard]] const std::string& shown_picture(bool identified) const;
};

// Who answers: an office of the township, or one that every village has.
struct Office {
  std::string code, parent;  // parent empty: the top
  bool of_village = false;   // level "village"
};

// A line of the responsibility matrix. Empty group or service: for any.
struct Responsible {
  std::string group, service, role, office;
  base::Day from{};
  std::optional<base::Day> until;  // last day, included
};

struct Consent {
  std::string code;
  int version = 0;
  std::string text_key;
};

class Catalogue {
 public:
  // Reads the shipped folder, then each village folder over it. A later folder adds rows, or replaces the row of
  // the same code whole with `replace = true` (a responsible row replaces those of the same group, service and
  // role); the same code without it is a mistake. The first folder must hold every file, a later one what it
  // changes. Offers of shapes that are not in `built` are kept and hidden. Wrong: all of it, by file and row. Cost:
  // some 5 ms.
  [[nodiscard]] static Catalogue load(std::span<const std::filesystem::path> folders,
                                      const std::set<std::string, std::less<>>& built,
                                      std::vector<base::Wrong>& wrong);
  [[nodiscard]] static Catalogue load(const std::filesystem::path& folder,
                                      const std::set<std::string, std::less<>>& built,
                                      std::vector<base::Wrong>& wrong);
  // As if every shape were built.
  [[nodiscard]] static Catalogue load(const std::filesystem::path& folder, std::vector<base::Wrong>& wrong);

  [[nodiscard]] const std::vector<Service>& services() const { return services_; }  // by number
  [[nodiscard]] const std::vector<Offer>& offers() const { return offers_; }        // by shape, then order
  [[nodiscard]] const std::vector<Office>& offices() const { return offices_; }
  [[nodiscard]] const std::vector<Responsible>& matrix() const { return matrix_; }
  [[nodiscard]] const std::vector<Consent>& consents() const { return consents_; }

  // Nothing if there is no such code.
  [[nodiscard]] const Service* service(std::string_view code) const;
  [[nodiscard]] const Offer* offer(std::string_view code) const;
  [[nodiscard]] const Office* office(std::string_view code) const;
  [[nodiscard]] const Consent* consent(std::string_view code, int version) const;

  // In the order of tiles; hidden ones too, for staff and reports.
  [[nodiscard]] std::vector<const Offer*> offers_of_service(std::string_view service) const;
  [[nodiscard]] std::vector<const Offer*> offers_of_shape(std::string_view shape) const;
  [[nodiscard]] std::vector<const Offer*> offers_at(std::string_view kind_of_site) const;
  [[nodiscard]] std::vector<const Offer*> offers_for_group(std::string_view group) const;
  // What a resident sees: this shape, at this kind of site, nothing hidden; and for these groups, if the person is
  // known.
  [[nodiscard]] std::vector<const Offer*> shown(std::string_view shape, std::string_view kind_of_site) const;
  [[nodiscard]] std::vector<const Offer*> shown(std::string_view shape, std::string_view kind_of_site,
                                                std::span<const std::string> groups) const;

  // Offices in this role on this day, the first to be asked first. The most exact rows win: service and group, then
  // service, then group, then the group "all". Empty service: the group's own rows. Empty: nobody has the role.
  [[nodiscard]] std::vector<std::string> responsible(std::string_view group, std::string_view service,
                                                     std::string_view role, base::Day day) const;

 private:
  friend class CatalogueLoader;
  std::vector<Service> services_;
  std::vector<Offer> offers_;
  std::vector<Office> offices_;
  std::vector<Responsible> matrix_;
  std::vector<Consent> consents_;
};

// How a shape reads an offer's settings. Every question names a key that may stand there; whatever is wrong is
// noted with its place and answered with the default, so that one pass finds all. Call finish() last.
class SettingsReader {
 public:
  SettingsReader(const Offer& offer, std::vector<base::Wrong>& wrong) : offer_(offer), wrong_(wrong) {}

  [[nodiscard]] bool has(std::string_view key);  // also marks the key as known
  [[nodiscard]] bool boolean(std::string_view key, bool otherwise);
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                     std::int64_t most);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key, std::int64_t least, std::int64_t most);
  [[nodiscard]] std::string text(std::string_view key, std::string_view otherwise = {});
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  // One of these words. Without `otherwise` the key must be there; the first word answers when it is not.
  [[nodiscard]] std::string one_of(std::string_view key, std::initializer_list<std::string_view> words);
  [[nodiscard]] std::string one_of(std::string_view key, std::initializer_list<std::string_view> words,
                                   std::string_view otherwise);
  [[nodiscard]] std::optional<base::Minutes> minutes_of_day(std::string_view key);  // "08:00" … "24:00"

  // What the shape itself finds: at the key's place, or the offer's own if the key is not there.
  void complain(std::string_view key, std::string what);
  // Reports every key that was never asked for.
  void finish();

 private:
  const Setting* find(std::string_view key);

  const Offer& offer_;
  std::vector<base::Wrong>& wrong_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace village
