// What nobody must think of: backups and the full check, by themselves, on a thread of their own while the kiosk is open.
#pragma once

#include "store/store.h"
#include "village/words.h"

#include <atomic>
#include <cstdint>
#include <thread>

namespace app {

class Keeper {
 public:
  Keeper(store::Store& store, village::SiteId site) : store_(&store), site_(site) {}

  // Drawing thread, once a second at most: begins what is due when nobody uses the kiosk (or has used it all day), and never two at
  // once. The second journal's own device is looked for again too.
  void tick(std::int64_t now_ms, bool nobody_here);
  // Once, when the disk turned read-only since it was asked last: the screens look again and staff see it. Every second (the promise: noticed
  // within two).
  [[nodiscard]] bool disk_turned();
  [[nodiscard]] bool working() const { return working_; }

 private:
  store::Store* store_;
  village::SiteId site_;
  std::int64_t look_at_ms_ = -1, waited_since_ms_ = -1;
  bool read_only_ = false;
  std::atomic<bool> working_ = false;
  std::jthread thread_;
};

}  // namespace app
