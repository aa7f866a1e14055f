#include "base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace base {

void open_log(const std::filesystem::path& folder) {
  auto err = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  err->set_level(spdlog::level::warn);
  std::vector<spdlog::sink_ptr> sinks{err};
  try {
    sinks.push_back(std::make_shared<spdlog::sinks::rotating_file_sink_mt>((folder / "nuanzhan.log").string(), 2 << 20, 5));
  } catch (const spdlog::spdlog_ex&) {
    // A full or read-only disk must not keep the kiosk from opening.
  }
  auto logger = std::make_shared<spdlog::logger>("nuanzhan", sinks.begin(), sinks.end());
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace base
