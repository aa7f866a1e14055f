#include "village/pin_cost.h"

#include <algorithm>
#include <unistd.h>

namespace village {
namespace {

constexpr int step_mib = 8, least_mib = 8, most_mib = 1024;  // bounds of setting pin.memory_mib

int bounded(double mib) {
  const auto pages = ::sysconf(_SC_PHYS_PAGES), page = ::sysconf(_SC_PAGESIZE);
  const int eighth = pages > 0 && page > 0 ? static_cast<int>(static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(page) >> 23) : most_mib;
  const int most = std::clamp(eighth / step_mib * step_mib, least_mib, most_mib);
  return std::clamp(static_cast<int>(mib) / step_mib * step_mib, least_mib, most);
}

double ms_of(int passes, int memory_mib) {
  const auto from = std::chrono::steady_clock::now();
  (void)hash_pin("271828", passes, memory_mib);
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
}

}  // namespace

int measured_memory_mib(int passes) {
  // Time grows with memory in step; two steps meet the middle whatever the first one's caches did.
  const double wanted = static_cast<double>((pin_takes_at_least + pin_takes_at_most).count()) / 2;
  int memory = bounded(64);
  for (int i = 0; i < 3; ++i) {
    const double took = std::max(1.0, ms_of(passes, memory));
    if (i > 0 && took >= static_cast<double>(pin_takes_at_least.count()) && took <= static_cast<double>(pin_takes_at_most.count())) break;
    memory = bounded(memory * wanted / took);
  }
  return memory;
}

void measure_pin_cost(store::Store& store, SiteId site) {
  const auto viewer = store::Viewer::clockwork(site.value);
  const auto reader = store.reader(viewer);
  if (reader.count("SELECT count(*) FROM village_setting WHERE key = 'pin.memory_mib' AND (site IS NULL OR site = ?)", site) > 0) return;
  const int memory = measured_memory_mib(static_cast<int>(reader.setting("pin.passes", std::int64_t{3})));
  store::Act act(store, viewer);
  if (save_setting(act, "pin.memory_mib", std::to_string(memory), true)) act.commit();
}

}  // namespace village
