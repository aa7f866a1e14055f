// `run` opens the kiosk; `shots` takes a picture of every screen.
#include "app/run.h"

#include "cli/cli.h"
#include "shapes/request/request.h"
#include "village/clock.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace cli {
namespace {

std::optional<std::pair<int, int>> size_of(const std::string& text) {
  int w = 0, h = 0;
  if (std::sscanf(text.c_str(), "%dx%d", &w, &h) != 2 || w < 320 || h < 320 || w > 8192 || h > 8192) return std::nullopt;
  return std::make_pair(w, h);
}

void check_site(store::Store& store, const std::string& wanted) {
  if (!wanted.empty() && !app::choose_site(store, wanted)) no_such_site(store, wanted);
}

}  // namespace

void add_run(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("run", "open the kiosk (the default)");
  auto options = std::make_shared<app::RunOptions>();
  auto window = std::make_shared<std::string>();
  verb->add_option("--window", *window, "a window of WxH pixels instead of the full screen");
  verb->add_option("--px-per-mm", options->px_per_mm, "pixels to a millimetre of the glass, instead of what the display reports");
  verb->add_option("--trace", options->trace, "for tests: write what happens to this file, a JSON line an event; where each touch fell tells what was typed, PINs too");
  verb->add_option("--microphone", options->microphone, "a sound file that is heard instead of the microphone (tests)");
  verb->add_flag("--trace-names", options->trace_names, "with --trace: people's names and words too");
  verb->add_option("--language", options->language, "zh-CN or en");
  verb->add_option("--site", options->site, "the site this kiosk stands at: its id, kind or part of its name");
  verb->add_option("--open", options->open, "begin at this screen, key or key=argument (for pictures and tests)");
  verb->add_option("--as", options->as, "begin signed in: a staff number, a role, or a person's id (for pictures and tests; demo villages only)");
  verb->add_option("--scale", options->scale, "size of text each session begins with: 1, 1.25 or 1.5")->check(CLI::Range(1.0, 1.5));
  verb->add_flag("--night", options->night, "light on black");
  verb->add_flag("--blocks", options->blocks, "draw labels as blocks (tests that pictures are enough)");
  verb->add_flag("--reduced-motion", options->reduced_motion, "no motion");
  verb->add_flag("--silent", options->silent, "no voice and no sounds");
  verb->add_option("--camera", options->camera, "the camera for photos: a device as /dev/video2, or a picture file or folder that is seen as if a camera saw it; default: the first camera")->check(CLI::ExistingPath);
  verb->add_option("--reader", options->reader, "the card reader's device: a path (/dev/input/by-id/...) or its own name, * is wild; instead of the setting reader.device");
  verb->add_flag("!--no-confine", options->confined, "leave the program all of its user's rights: for a debugger or a profiler, and for a display over a network");
  verb->callback([&common, result, options, window] {
    result([&common, options, window] {
      options->data = common.data;
      options->share = {common.share()};
      if (!window->empty()) {
        options->window = size_of(*window);
        if (!options->window) throw CLI::ValidationError("--window", "give WxH in pixels, as 1366x768");
      }
      return app::run(*options, [&common, options] {
        app::House house;
        house.words = common.words();
        // First: nobody mends or brings up to date what another kiosk has open.
        if (std::filesystem::is_directory(common.data)) house.lock = std::make_shared<OneKiosk>(common.data);
        house.store = open_or_heal(common);
        check_site(*house.store, options->site);
        if (options->as && !std::filesystem::exists(common.data / "demo-village.txt")) throw CLI::ValidationError("--as", "only in a demo village");
        // What a power cut left between a recording and its fact.
        village::remember_clock(house.store->reader(store::Viewer{}));
        (void)request::sweep_said(house.store->reader(store::Viewer{}), common.data);
        return house;
      });
    });
  });

  auto* pictures = app.add_subcommand("shots", "a picture of every screen into a folder, at one size, each as a person comes to it; all happens in a copy, the village is only read (demo villages only)");
  auto shot = std::make_shared<app::ShotOptions>();
  auto size = std::make_shared<std::string>("1366x768");
  pictures->add_option("--out", shot->out, "folder for the pictures")->required();
  pictures->add_option("--window", *size, "WxH in pixels")->capture_default_str();
  pictures->add_option("--inches", shot->diagonal_in, "diagonal of the glass")->capture_default_str();
  pictures->add_option("--language", shot->language, "zh-CN or en")->capture_default_str();
  pictures->add_option("--scale", shot->scale, "text size")->capture_default_str();
  pictures->add_flag("--night", shot->night, "light on black");
  pictures->add_option("--site", shot->site, "all at this site (id, kind or part of its name), instead of each where it is at home");
  pictures->add_option("--only", shot->only, "screens whose key holds this, as attendance/");
  pictures->callback([&common, result, shot, size] {
    result([&common, shot, size] {
      const auto wh = size_of(*size);
      if (!wh) throw CLI::ValidationError("--window", "give WxH in pixels, as 1366x768");
      shot->width = wh->first;
      shot->height = wh->second;
      const auto words = common.words();
      auto store = common.open(false);
      if (!std::filesystem::exists(common.data / "demo-village.txt")) throw CLI::ValidationError("shots", "only in a demo village");
      check_site(*store, shot->site);
      return app::shots(*store, *shot, words);
    });
  });
}

}  // namespace cli
