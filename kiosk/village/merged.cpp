#include "village/merged.h"

namespace village {

using nlohmann::json;

Merged::Merged(store::Fold& fold) : facts_(&fold.facts()) {
  bodies_.reserve(facts_->size());
  for (const auto& fact : *facts_) {
    auto body = json::parse(fact.body, nullptr, false);
    bodies_.push_back(body.is_object() ? std::move(body) : json::object());
  }
}

const json* Merged::find(std::string_view field) const {
  for (auto body = bodies_.rbegin(); body != bodies_.rend(); ++body)
    if (const auto at = body->find(field); at != body->end()) return &*at;
  return nullptr;
}

std::string Merged::text(std::string_view field) const {
  const auto* at = find(field);
  return at != nullptr && at->is_string() ? at->get<std::string>() : std::string{};
}

bool Merged::yes(std::string_view field, bool otherwise) const {
  const auto* at = find(field);
  return at != nullptr && at->is_boolean() ? at->get<bool>() : otherwise;
}

std::optional<std::int64_t> Merged::whole(std::string_view field) const {
  const auto* at = find(field);
  return at != nullptr && at->is_number_integer() ? std::optional(at->get<std::int64_t>()) : std::nullopt;
}

std::optional<base::Day> Merged::day(std::string_view field) const {
  base::Day day;
  return base::parse_day(text(field), day) ? std::optional(day) : std::nullopt;
}

std::optional<base::Uuid> Merged::id(std::string_view field) const { return base::Uuid::parse(text(field)); }

std::vector<base::Uuid> Merged::ids(std::string_view field) const {
  std::vector<base::Uuid> ids;
  const auto* at = find(field);
  if (at == nullptr || !at->is_array()) return ids;
  for (const auto& one : *at)
    if (one.is_string())
      if (const auto id = base::Uuid::parse(one.get<std::string>())) ids.push_back(*id);
  return ids;
}

json said(const base::Uuid& id) { return id.none() ? json(nullptr) : json(id.text()); }

}  // namespace village
