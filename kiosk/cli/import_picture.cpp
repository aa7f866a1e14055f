// `import-picture` decodes one picture for the kiosk, in a process that can do nothing else.
#include "cli/cli.h"
#include "devices/importer.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace cli {

void add_import_picture(CLI::App& app, Common&, const Result& result) {
  auto* verb = app.add_subcommand("import-picture", "what the kiosk starts to decode a picture from a stick: reads it on standard input, writes pixels (kiosk/devices/importer.h)");
  verb->callback([result] {
    result([] {
      if (::isatty(STDIN_FILENO) != 0) {
        fmt::print(stderr, "import-picture is for the kiosk itself; photos are put in on the screen (a person, more, photo)\n");
        return wrong_words;
      }
      return devices::serve_import(STDIN_FILENO, STDOUT_FILENO);
    });
  });
}

}  // namespace cli
