// The camera between the device, the photo screens and the glass: on while desk/photo_take is seen, and nothing of
// what was seen is left when the photo screens are left (desk/photo...). Drawing thread only.
#pragma once

#include "app/workers.h"
#include "devices/camera.h"
#include "devices/importer.h"
#include "parts/camera.h"
#include "ui/frame.h"

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace app {

class Camera : public parts::Camera {
 public:
  // `from` as devices::Camera; `places`: where pictures are brought to, and `importer` what decodes those. The loop is told
  // through `workers` that a frame is wanted.
  Camera(Workers& workers, std::filesystem::path from, std::vector<std::filesystem::path> places, devices::ImportWay importer = {});

  // Before a frame of this screen is drawn: turns the camera on or off and takes what it saw last and what was read of
  // files; then gives the frame what it shows.
  void at(std::string_view screen);
  void show(ui::Frame&);
  void forget();  // the session is over

  [[nodiscard]] std::string not_seen() const override;
  bool take() override;
  void look_for_files() override;
  [[nodiscard]] bool looked() const override { return looked_; }
  [[nodiscard]] const std::vector<std::string>& files() const override { return files_; }
  void pick(std::size_t file) override;
  [[nodiscard]] std::string taken() const override { return taken_; }
  [[nodiscard]] std::shared_ptr<const base::Image> picture() const override { return picture_; }

 private:
  std::vector<std::filesystem::path> places_;
  devices::ImportWay importer_;
  bool seen_ = false, on_ = false, looked_ = false, to_wipe_ = false;
  int turn_ = 0;  // what was asked before is no more wanted
  std::shared_ptr<const base::Image> seen_now_, live_given_, picture_, picture_given_;
  std::string taken_;
  std::vector<std::string> files_;
  Workers files_worker_;  // its own: a slow stick must not keep a PIN waiting
  std::unique_ptr<devices::Camera> device_;  // last
};

// Thumbnails of such pictures (ui::Frame::outside_photos): by the importer, as the picture itself.
[[nodiscard]] std::optional<base::Image> decoded_outside(const std::filesystem::path&, int side);

// Sticks where a desktop or a rule mounts them, and the folder `inbox` beside the data.
[[nodiscard]] std::vector<std::filesystem::path> photo_places(const std::filesystem::path& data);

}  // namespace app
