#include "village/help_phone.h"

#include "base/durable_file.h"
#include "base/log.h"
#include "base/text.h"
#include "village/places.h"

#include <array>
#include <fstream>
#include <system_error>

namespace village {
namespace {

constexpr std::size_t longest_bytes = 64;

std::string first_line(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  if (line.size() > longest_bytes) return {};
  return base::to_utf8(base::to_utf32(line));  // broken bytes are shown as such, and harm nothing
}

std::array<std::filesystem::path, 2> places(const std::filesystem::path& data) { return {data / "help-phone", store::second_folder(data) / "help-phone"}; }

}  // namespace

std::string help_phone(const store::Reader& r, SiteId here) {
  auto set = r.setting("site.help_phone", std::string_view{});
  if (!set.empty()) return set;
  const auto at = site(r, here);
  return at ? at->phone : std::string{};
}

void keep_help_phone(const std::filesystem::path& data, const std::string& phone) {
  for (const auto& file : places(data)) {
    std::error_code none;
    if (!std::filesystem::is_directory(file.parent_path(), none) || first_line(file) == phone) continue;
    try {
      base::DurableFile out(file);
      out.write(phone + "\n");
      out.keep();
    } catch (const std::exception& e) {
      spdlog::warn("the number to ring is not kept: {}", e.what());
    }
  }
}

std::string kept_help_phone(const std::filesystem::path& data) {
  for (const auto& file : places(data))
    if (auto line = first_line(file); !line.empty()) return line;
  return {};
}

}  // namespace village
