#include "app/resume.h"

#include "base/durable_file.h"
#include "base/log.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <time.h>

namespace app {
namespace {

using nlohmann::json;

constexpr int version = 1;
constexpr std::size_t longest_name = 200;  // of a screen, and of what it is opened with

json read(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(longest_resume + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > longest_resume) return {};
  auto whole = json::parse(text, nullptr, false);
  if (!whole.is_object() || whole.value("version", json{}) != version) return {};
  return whole;
}

std::optional<std::string> name_in(const json& whole, const char* field) {
  const auto found = whole.find(field);
  if (found == whole.end() || !found->is_string()) return std::nullopt;
  auto text = found->get<std::string>();
  return text.size() <= longest_name ? std::optional(std::move(text)) : std::nullopt;
}

bool within(const json& moment, std::int64_t now_s, std::int64_t span_s) {
  if (!moment.is_number_integer()) return false;
  const auto at = moment.get<std::int64_t>();
  return at >= 0 && at <= now_s && now_s - at <= span_s;
}

}  // namespace

std::int64_t boot_time_s() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return now.tv_sec;
}

Resume::Resume(std::filesystem::path file, std::int64_t now_s) {
  const auto whole = read(file);
  if (!whole.is_object()) return;
  const auto screen = name_in(whole, "screen"), key = name_in(whole, "key");
  if (screen && key && !screen->empty() && within(whole.value("at_s", json{}), now_s, resume_within_s)) fell_at_ = Place{*screen, *key};
  const auto began = whole.value("began_s", json{});
  if (!began.is_array()) return;
  for (const auto& moment : began)
    if (within(moment, now_s, troubled_within_s)) began_.push_back(moment.get<std::int64_t>());
  // More are of no use: the file stays small however often it falls.
  if (began_.size() > 2 * troubled_after) began_.erase(began_.begin(), began_.end() - 2 * static_cast<std::ptrdiff_t>(troubled_after));
}

void Resume::begins(std::int64_t now_s) {
  began_.push_back(now_s);
  if (fell_at_) (void)stands_at(*fell_at_, now_s);
}

bool Resume::stands_at(Place place, std::int64_t now_s) {
  if (now_at_ == place) return false;
  now_at_ = std::move(place);
  at_s_ = now_s;
  return true;
}

std::string Resume::text() const {
  json whole{{"version", version}, {"began_s", began_}};
  if (now_at_) whole.update({{"screen", now_at_->screen}, {"key", now_at_->key}, {"at_s", at_s_}});
  return whole.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

void Resume::write(const std::filesystem::path& file, std::string_view text) {
  try {
    base::DurableFile out(file);
    out.write(text);
    out.keep();
  } catch (const std::system_error& error) {
    spdlog::warn("where the kiosk stands could not be noted: {}", error.code().message());
  }
}

void Resume::forget(const std::filesystem::path& file) {
  std::error_code none;
  std::filesystem::remove(file, none);
}

}  // namespace app
