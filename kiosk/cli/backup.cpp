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

void add_backup(CLI::App& app, Common& common, const Result& result) {
  auto* verb = app.add_subcommand("backup", "write a copy of everything, verified by reading it back; the kiosk may stay open");
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
      return done;
    });
  });

  auto* back = app.add_subcommand("restore", "put a backup in the database's place; the present one is kept beside it");
  auto from = std::make_shared<std::string>();
  back->add_option("--from", *from, "the backup file")->required()->check(CLI::ExistingFile);
  back->callback([&common, result, from] {
    result([&common, from] {
      common.use_catalogue();
      std::filesystem::create_directories(common.data);
      const int lock = ::open((common.data / "kiosk.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
      if (lock < 0 || ::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        fmt::print(stderr, "close the kiosk first; nothing was changed\n");
        return not_done;
      }
      // First beside it, opened and read; only then does it take the place.
      const auto part = common.data / "restore.part";
      std::filesystem::remove_all(part);
      std::filesystem::create_directories(part);
      std::filesystem::copy_file(*from, part / "nuanzhan.db");
      std::int64_t facts = 0;
      {
        store::Store store(part, shapes::contract(), common.clock());
        const auto chain = store.verify_chain();
        if (chain.broken_at != 0) {
          fmt::print(stderr, "the backup's journal is broken at fact {}; nothing was changed\n", chain.broken_at);
          return not_done;
        }
        facts = chain.facts;
        // One life of a database ends here: what is said from now on has a new origin, so that no two facts share a number.
        store.new_origin();
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
      std::filesystem::rename(part / "nuanzhan.db", db);
      std::filesystem::remove_all(part);
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
