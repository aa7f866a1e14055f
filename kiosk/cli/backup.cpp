// `backup`: a copy of everything that is read back before it counts, sealed for the township and this machine.
#include "cli/cli.h"
#include "shapes/files.h"
#include "village/backups.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace cli {
namespace {

struct Asked { std::filesystem::path out; bool clear = false; };

int write(Common& common, const Asked& asked) {
  auto store = common.open(false);
  // Facts name photos and recordings; the files themselves stand beside the database, and their copies beside the backup.
  const auto files_too = [&](const std::filesystem::path& to) {
    const auto files = village::copy_files(*store, shapes::named_files(store->reader(store::Viewer{})), to);
    if (files.kept > 0) fmt::print(stderr, "{} photos and recordings are beside it ({}): take that folder too\n", files.kept, to.string());
    if (files.missing > 0) fmt::print(stderr, "{} photos and recordings are not in it: their files are not on this machine\n", files.missing);
    if (files.no_key > 0) fmt::print(stderr, "{} photos and recordings are not in it: there is no key of whom they are (an entry that is saved once more gets one)\n", files.no_key);
    return done;
  };
  if (asked.out.empty()) {
    const auto made = village::back_up(*store);
    fmt::print("{}\n", made.file.string());
    if (!made.head.for_township) fmt::print(stderr, "only this machine can open it: with a township key (nuanzhan keys) the township can too\n");
    return files_too(village::own_copies(common.data));
  }
  // A folder that was named and is not there is a stick that was pulled out: made, the copy would be on this very disk.
  if (const auto folder = asked.out.parent_path(); !folder.empty() && !std::filesystem::is_directory(folder)) {
    fmt::print(stderr, "the folder {} is not there (is the stick plugged in?); nothing was written\n", folder.string());
    return not_done;
  }
  if (asked.out.extension() == ".nzk" || asked.out.extension() == village::copies_ending) {
    fmt::print(stderr, "a name that ends in {} is for what lies beside the backup: end it in .nzb; nothing was written\n", asked.out.extension().string());
    return not_done;
  }
  const auto township = store::township_key(common.data);
  // What is for anybody to read is nothing without the persons' keys: then they lie there under a key of zeros.
  const auto keys_beside = [&] {
    const auto key = store::machine_key(common.data, true);
    store->keys().look();
    if (!key || store->keys().all().keys.empty()) return;
    auto keys = asked.out;
    store::write_key_copy(store->keys().all(), keys.replace_extension(".nzk"), asked.clear ? store::MachineKey{} : *key, township);
    fmt::print(stderr, "the persons' keys are beside it ({}): take both\n", keys.string());
  };
  if (asked.clear) {
    store->backup_to(asked.out);
    keys_beside();
    fmt::print(stderr, "whoever finds this file reads all of it: keep it as the village's papers are kept\n");
  } else if (!township) {
    fmt::print(stderr, "there is no township key, so nobody but this machine could open that file: give the kiosk one (nuanzhan keys township), or say --clear; nothing was written\n");
    return not_done;
  } else {
    const auto key = store::machine_key(common.data, true);
    if (!key) throw std::runtime_error("kiosk.key is damaged: no backup could be read back");
    (void)store::write_backup(*store, asked.out, *key, township, keys_beside);
  }
  fmt::print("{}\n", asked.out.string());
  auto files = asked.out;
  return files_too(files.replace_extension(village::copies_ending));
}

}  // namespace

void add_backup(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("backup", "write a copy of everything, read back before it counts; the kiosk may stay open");
  auto asked = std::make_shared<Asked>();
  verb->add_option("--out", asked->out, "file, in a folder that is there; left out: backup/<day>.nzb in the data directory, and older ones go (settings backup.*)");
  verb->add_flag("--clear", asked->clear, "with --out: not sealed, for anybody to read");
  verb->callback([&common, result, asked] { result([&common, asked] { return write(common, *asked); }); });
}

}  // namespace cli
