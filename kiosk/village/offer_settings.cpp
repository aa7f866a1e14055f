// An offer's settings as its shape reads them.
#include "base/clock.h"
#include "village/catalogue.h"
#include "village/catalogue_wrong.h"

#include <algorithm>
#include <fmt/ranges.h>

namespace village {

const Setting* SettingsReader::find(std::string_view key) {
  known_.emplace(key);
  const auto found = offer_.settings.find(key);
  return found == offer_.settings.end() ? nullptr : &found->second;
}

bool SettingsReader::has(std::string_view key) { return find(key) != nullptr; }

bool SettingsReader::boolean(std::string_view key, bool otherwise) {
  const auto* setting = find(key);
  if (!setting) return otherwise;
  if (const auto* value = std::get_if<bool>(&setting->value)) return *value;
  complain(key, fmt::format("{}: must be true or false", key));
  return otherwise;
}

std::optional<std::int64_t> SettingsReader::integer(std::string_view key, std::int64_t least, std::int64_t most) {
  const auto* setting = find(key);
  if (!setting) return {};
  const auto* value = std::get_if<std::int64_t>(&setting->value);
  if (value && *value >= least && *value <= most) return *value;
  complain(key, fmt::format("{}: must be a whole number from {} to {}", key, least, most));
  return {};
}

std::int64_t SettingsReader::integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                     std::int64_t most) {
  return integer(key, least, most).value_or(otherwise);
}

std::string SettingsReader::text(std::string_view key, std::string_view otherwise) {
  const auto* setting = find(key);
  if (!setting) return std::string(otherwise);
  if (const auto* value = std::get_if<std::string>(&setting->value)) return *value;
  complain(key, fmt::format("{}: must be a text in quotes", key));
  return std::string(otherwise);
}

std::vector<std::string> SettingsReader::texts(std::string_view key) {
  const auto* setting = find(key);
  if (!setting) return {};
  if (const auto* value = std::get_if<std::vector<std::string>>(&setting->value)) return *value;
  complain(key, fmt::format("{}: must be a list of texts", key));
  return {};
}

std::string SettingsReader::one_of(std::string_view key, std::initializer_list<std::string_view> words) {
  if (!has(key)) complain(key, fmt::format("{} is missing: one of {}", key, fmt::join(words, " ")));
  return one_of(key, words, *words.begin());
}

std::string SettingsReader::one_of(std::string_view key, std::initializer_list<std::string_view> words,
                                   std::string_view otherwise) {
  const auto* setting = find(key);
  if (!setting) return std::string(otherwise);
  const auto* value = std::get_if<std::string>(&setting->value);
  if (!value) {
    complain(key, fmt::format("{}: must be a text in quotes", key));
  } else if (std::ranges::find(words, *value) == words.end()) {
    complain(key, fmt::format("{}: \"{}\" is not one of {}", key, *value, fmt::join(words, " ")));
  } else {
    return *value;
  }
  return std::string(otherwise);
}

std::optional<base::Minutes> SettingsReader::minutes_of_day(std::string_view key) {
  const auto* setting = find(key);
  if (!setting) return {};
  base::Minutes minutes{};
  const auto* value = std::get_if<std::string>(&setting->value);
  if (!value)
    complain(key, fmt::format("{}: must be a text in quotes", key));
  else if (!base::parse_hour_minute(*value, minutes))
    complain(key, not_a_time(key, *value));
  else
    return minutes;
  return {};
}

void SettingsReader::complain(std::string_view key, std::string what) {
  const auto* setting = find(key);
  note(wrong_, {offer_.file, setting ? setting->row : offer_.row, setting ? setting->column : offer_.column,
                std::move(what)});
}

void SettingsReader::finish() {
  for (const auto& [key, setting] : offer_.settings)
    if (!known_.contains(key))
      note(wrong_,
           {offer_.file, setting.row, setting.column,
            fmt::format("{}: no such setting of {}; there are {}", key, offer_.shape, fmt::join(known_, " "))});
}

}  // namespace village
