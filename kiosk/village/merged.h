// What the facts of one subject say together: field by field, the later fact wins. Every fold of the village stands on it.
//
// The rule: it depends on the facts and their order (turn, origin) alone, never on when they arrived or what the tables hold. A body of
// another program's making may miss a field or hold the wrong type: then the field is as if it were not there; nothing throws.
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "store/act.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace village {

class Merged {
 public:
  explicit Merged(store::Fold& fold);

  [[nodiscard]] bool empty() const { return bodies_.empty(); }
  [[nodiscard]] bool only_one() const { return bodies_.size() == 1; }
  // The facts in their order, and each one's body.
  [[nodiscard]] const std::vector<store::Fact>& facts() const { return *facts_; }
  [[nodiscard]] const std::vector<nlohmann::json>& bodies() const { return bodies_; }

  [[nodiscard]] std::string text(std::string_view field) const;  // empty when not filled in
  [[nodiscard]] bool yes(std::string_view field, bool otherwise = false) const;
  [[nodiscard]] std::optional<std::int64_t> whole(std::string_view field) const;
  [[nodiscard]] std::optional<base::Day> day(std::string_view field) const;
  [[nodiscard]] std::optional<base::Uuid> id(std::string_view field) const;
  [[nodiscard]] std::vector<base::Uuid> ids(std::string_view field) const;

 private:
  [[nodiscard]] const nlohmann::json* find(std::string_view field) const;
  const std::vector<store::Fact>* facts_;
  std::vector<nlohmann::json> bodies_;
};

// How a body says a thing. An id or day that is none is said as null: the field is emptied.
[[nodiscard]] nlohmann::json said(const base::Uuid& id);
template <class Tag>
[[nodiscard]] nlohmann::json said(const base::Id<Tag>& id) { return said(id.value); }
[[nodiscard]] inline nlohmann::json said(base::Day day) { return base::iso(day); }
[[nodiscard]] inline nlohmann::json said(base::Minutes minutes) { return minutes.count(); }

template <class T>
void put(nlohmann::json& body, const char* field, const std::optional<T>& value) {
  if (!value) return;
  if constexpr (requires { said(*value); }) body[field] = said(*value);
  else body[field] = *value;
}

}  // namespace village
