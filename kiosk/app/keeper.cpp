#include "app/keeper.h"

#include "base/log.h"
#include "store/ballast.h"
#include "shapes/files.h"
#include "shapes/shape.h"
#include "village/backups.h"
#include "village/erasure.h"
#include "village/file_copies.h"
#include "village/health.h"
#include "village/pin_cost.h"

#include <utility>

namespace app {
namespace {

// Ours: soon after the start, so that a village without a backup has one the first day, then now and then.
constexpr std::int64_t first_look_ms = 60'000, look_every_ms = 10 * 60'000, waits_for_quiet_ms = 4 * 3600'000;

void keep(store::Store& store, village::SiteId site) {
  store::keep_ballast(store.folder());
  try {
    if (village::backup_due(store)) (void)village::back_up(store);
    // Each time: a stick that was pulled out in the middle, or comes later in the day, gets today's when it is there again.
    (void)village::back_up_to_sticks(store, village::mounts());
  } catch (const std::exception& e) {
    spdlog::error("no backup: {}", e.what());
  }
  try {
    village::measure_pin_cost(store, site);
  } catch (const std::exception& e) {
    spdlog::error("what a PIN costs was not measured: {}", e.what());
  }
  try {
    (void)store.settle_erasures();
    (void)village::erase_overdue(store, shapes::holds);
    (void)village::settle_copies(store);
    (void)village::settle_sticks(store, village::mounts());
  } catch (const std::exception& e) {
    spdlog::error("what an erasure leaves to do was not done: {}", e.what());
  }
  // After what was erased: its copies go in the same turn.
  try {
    village::copy_files_everywhere(store, shapes::named_files(store.reader(store::Viewer{})), village::mounts());
  } catch (const std::exception& e) {
    spdlog::error("photos and recordings were not copied: {}", e.what());
  }
  try {
    if (village::check_due(store)) village::check_fully(store);
  } catch (const std::exception& e) {
    spdlog::error("no full check: {}", e.what());
  }
}

}  // namespace

bool Keeper::disk_turned() {
  const bool now = village::read_only(store_->folder());
  if (now && !read_only_) spdlog::error("the disk turned read-only: nothing can be confirmed any more");
  return std::exchange(read_only_, now) != now;
}

void Keeper::tick(std::int64_t now_ms, bool nobody_here) {
  if (look_at_ms_ < 0) look_at_ms_ = now_ms + first_look_ms;
  if (now_ms < look_at_ms_ || working_) return;
  if (!nobody_here) {
    if (waited_since_ms_ < 0) waited_since_ms_ = now_ms;
    if (now_ms - waited_since_ms_ < waits_for_quiet_ms) return;
  }
  waited_since_ms_ = -1;
  look_at_ms_ = now_ms + look_every_ms;
  store_->try_second_again();
  working_ = true;  // whether anything is due is looked up there too: it reads files
  thread_ = std::jthread([this] {
    try {
      keep(*store_->beside(), site_);
    } catch (const std::exception& e) {
      spdlog::error("no backup and no check: {}", e.what());
    }
    working_ = false;
  });
}

}  // namespace app
