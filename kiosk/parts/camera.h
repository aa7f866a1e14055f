// What a screen takes a picture of somebody with: kept in the draft by the app, from when staff sign in until the
// session ends. No call waits; the screen is drawn again when something has changed. Drawing thread only.
//
// The rule: what was seen and not kept is in memory alone, and gone when the photo screens are left.
#pragma once

#include "base/image.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace parts {

// Pictures that a screen shows by name (ui::Picture::photo) while it is open.
inline constexpr std::string_view live_picture = "live:camera", taken_picture = "live:taken";

class Camera {
 public:
  virtual ~Camera() = default;

  // Why there is nothing to see yet: starting absent denied busy unfit, words desk.photo.camera_<name>. Empty: it is
  // seen. The camera is on while desk/photo_take is on the glass, and only then.
  [[nodiscard]] virtual std::string not_seen() const = 0;
  // What is seen now is what was taken. False: nothing is seen.
  virtual bool take() = 0;

  // Pictures on sticks and in the folder `inbox` beside the data, newest first, at most 200; `looked` once they are known.
  virtual void look_for_files() = 0;
  [[nodiscard]] virtual bool looked() const = 0;
  [[nodiscard]] virtual const std::vector<std::string>& files() const = 0;
  virtual void pick(std::size_t file) = 0;

  // What was taken or picked: reading, there, or why not: unreadable not_one too_large (base::NoImage). Empty: nothing.
  [[nodiscard]] virtual std::string taken() const = 0;
  [[nodiscard]] virtual std::shared_ptr<const base::Image> picture() const = 0;  // where `there`: square, at most 480
};

struct Cameras {
  std::shared_ptr<Camera> camera;  // none: in tests, and where the app has none
};

}  // namespace parts
