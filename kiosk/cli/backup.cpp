// `backup` and `restore`: a verified copy of everything, and back.
#include "cli/cli.h"
#include "shapes/shape.h"

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

namespace cli {
namespace {

// Where a backup is looked at before it takes the place: restore.part in the data directory. Gone afterwards, and a data directory
// that was made for it goes too unless a database came into it.
class Beside {
 public:
  Beside(const std::filesystem::path& data, bool made) : folder(data / "restore.part"), data_(data), made_(made) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
  }
  ~Beside() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
    if (!made_ || std::filesystem::exists(data_ / "nuanzhan.db", ignored)) return;
    std::filesystem::remove(data_ / "kiosk.lock", ignored);
    std::filesystem::remove(data_, ignored);  // only when empty
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  const std::filesystem::path folder;

 private:
  std::filesystem::path data_;
  bool made_;
};

// What the store says is about a database at its place; here the file that was given is meant.
std::string why_not(const std::string& file, const store::CannotOpen& e) {
  using Why = store::CannotOpen::Why;
  switch (e.why) {
    case Why::not_ours: return file + " is not a backup of this program: it is another program's database";
    case Why::damaged: return file + " is not a backup of this program, or it is damaged; give another file";
    case Why::newer: return file + " is a backup of a newer program: install that one first";
    default: return fmt::format("{} cannot be restored: {}", file, e.what());
  }
}

}  // namespace

void add_backup(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("backup", "write a copy of everything but photos, verified by reading it back; the kiosk may stay open");
  auto out = std::make_shared<std::string>();
  verb->add_option("--out", *out, "file, in a folder that is there; left out: backup/<day>.db in the data directory");
  verb->callback([&common, result, out] {
    result([&common, out] {
      auto store = common.open(false);
      std::filesystem::path file = *out;
      if (file.empty()) file = common.data / "backup" / (base::iso(base::day_of(common.clock().now(), store->place())) + ".db");
      // Only our own folder is made. One that was named and is not there is a stick that was pulled out: made, the copy would be on this very disk.
      if (out->empty()) {
        std::filesystem::create_directories(file.parent_path());
      } else if (const auto folder = file.parent_path(); !folder.empty() && !std::filesystem::is_directory(folder)) {
        fmt::print(stderr, "the folder {} is not there (is the stick plugged in?); nothing was written\n", folder.string());
        return not_done;
      }
      store->backup_to(file);
      fmt::print("{}\n", file.string());
      // Entries name photos; the files themselves stand beside the database.
      std::error_code none;
      if (const auto photos = common.data / "photos"; std::filesystem::exists(photos, none) && !std::filesystem::is_empty(photos, none))
        fmt::print(stderr, "people's photos are not in it: copy the folder {} too\n", photos.string());
      return done;
    });
  });

  auto* back = app.add_subcommand("restore", "put a backup in the database's place; the present one is kept beside it");
  auto from = std::make_shared<std::string>();
  back->add_option("--from", *from, "the backup file")->required()->check(CLI::ExistingFile);
  back->callback([&common, result, from] {
    result([&common, from] {
      common.use_catalogue();
      const bool made = std::filesystem::create_directories(common.data);
      const int lock = ::open((common.data / "kiosk.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (lock < 0 || ::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        fmt::print(stderr, "close the kiosk first; nothing was changed\n");
        return not_done;
      }
      // First beside it, opened and read; only then does it take the place. Whatever stops it, nothing is left of it.
      const Beside part(common.data, made);
      std::filesystem::copy_file(*from, part.folder / "nuanzhan.db");
      std::int64_t facts = 0;
      try {
        store::Store store(part.folder, shapes::contract(), common.clock());
        const auto chain = store.verify_chain();
        if (chain.broken_at != 0) {
          fmt::print(stderr, "the journal of {} is broken at fact {}; nothing was changed\n", *from, chain.broken_at);
          return not_done;
        }
        if (chain.facts == 0) {
          fmt::print(stderr, "{} is not a backup of this program: it is empty; nothing was changed\n", *from);
          return cannot_open;
        }
        facts = chain.facts;
        // One life of a database ends here: what is said from now on has a new origin, so that no two facts share a number.
        store.new_origin();
      } catch (const store::CannotOpen& e) {
        fmt::print(stderr, "{}; nothing was changed\n", why_not(*from, e));
        return cannot_open;
      }
      const auto db = common.data / "nuanzhan.db";
      if (std::filesystem::exists(db)) {
        auto aside = common.data / "replaced.db";
        for (int i = 2; std::filesystem::exists(aside); ++i) aside = common.data / fmt::format("replaced-{}.db", i);
        {
          // What the present one still has in its write-ahead file goes along.
          try {
            store::Store present(common.data, shapes::contract(), common.clock());
            for (auto rows = present.database().query("PRAGMA wal_checkpoint(TRUNCATE)"); const auto row : rows) (void)row;
          } catch (const store::CannotOpen&) {
            // A damaged database is kept as it is.
          }
        }
        std::filesystem::rename(db, aside);
        fmt::print("the database that was here is now {}\n", aside.string());
      }
      for (const char* rest : {"nuanzhan.db-wal", "nuanzhan.db-shm"}) std::filesystem::remove(common.data / rest);
      std::filesystem::rename(part.folder / "nuanzhan.db", db);
      if (const int fd = ::open(common.data.c_str(), O_RDONLY | O_DIRECTORY); fd >= 0) {
        ::fsync(fd);
        ::close(fd);
      }
      fmt::print("{} facts restored\n", facts);
      return done;
    });
  });
}

}  // namespace cli
