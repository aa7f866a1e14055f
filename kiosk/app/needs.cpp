#include "app/needs.h"

#include <cstdlib>
#include <sstream>
#include <string>
#include <system_error>
#include <unistd.h>

namespace app {
namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// Where a program is that is started by its name.
fs::path found(const std::string& program) {
  std::istringstream folders(environment("PATH"));
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const auto at = fs::path(folder) / program; ::access(at.c_str(), X_OK) == 0) return at;
  return {};
}

void add_named(std::vector<fs::path>& to, const fs::path& folder, std::string_view begins) {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none))
    if (entry.path().filename().string().starts_with(begins)) to.push_back(entry.path());
}

}  // namespace

base::Allowed needs(const fs::path& data, const std::vector<fs::path>& share, const std::vector<fs::path>& more) {
  base::Allowed a;
  // Libraries, drivers, letters, sounds' settings, time zones. Of /etc by name: what else stands there is none of its business.
  a.read = {"/usr", "/lib", "/lib32", "/lib64", "/sys/devices", "/sys/dev", "/sys/class", "/sys/bus", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/asound",
            "/var/cache/fontconfig"};
  for (const auto* name : {"fonts", "alsa", "asound.conf", "openal", "pulse", "drirc", "glvnd", "ld.so.cache", "localtime", "timezone", "nsswitch.conf", "passwd", "group"})
    a.read.push_back(fs::path("/etc") / name);
  a.read.insert(a.read.end(), share.begin(), share.end());
  a.read.insert(a.read.end(), more.begin(), more.end());

  const auto home = environment("HOME");
  const auto authority = environment("XAUTHORITY");
  if (!authority.empty()) a.read.emplace_back(authority);
  if (!home.empty())
    for (const auto* name : {".Xauthority", ".asoundrc", ".alsoftrc", ".drirc", ".config/pulse", ".fonts", ".local/share/fonts", ".config/fontconfig"}) a.read.push_back(fs::path(home) / name);
  if (const auto runtime = environment("XDG_RUNTIME_DIR"); !runtime.empty()) a.read.push_back(fs::path(runtime) / "pulse");

  // The village; sticks, wherever they are mounted (deploy/machine/tmpfiles.conf makes the folder); what libraries keep for a while.
  a.write = {data, "/media", "/run/media", "/mnt", "/tmp", "/var/tmp", "/dev/shm"};
  const auto given = environment("XDG_CACHE_HOME");
  if (const fs::path cache = !given.empty() ? fs::path(given) : home.empty() ? fs::path{} : fs::path(home) / ".cache"; !cache.empty())
    for (const auto* name : {"mesa_shader_cache", "fontconfig"}) {
      std::error_code none;
      fs::create_directories(cache / name, none);
      a.write.push_back(cache / name);
    }

  a.devices = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/dri", "/dev/snd", "/dev/input"};
  if (::geteuid() != 0) a.devices.emplace_back("/dev");
  else
    for (const auto* begins : {"video", "nvidia"}) add_named(a.devices, "/dev", begins);

  // The voice is a program of its own, and so is what decodes pictures from a stick (devices/importer.h): this one once more. With their loader.
  if (const auto voice = found("espeak-ng"); !voice.empty()) a.run.push_back(voice);
  std::error_code none;
  if (const auto self = fs::read_symlink("/proc/self/exe", none); !none) a.run.push_back(self);
  for (const auto* folder : {"/lib", "/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"}) add_named(a.run, folder, "ld-linux");
  return a;
}

}  // namespace app
