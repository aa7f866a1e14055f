// A store of its own in a temporary folder, with one small table of its own kind of fact: `try.set` {value}, one row a subject.
#pragma once

#include "base/clock.h"
#include "store/act.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

struct TempFolder {
  std::filesystem::path path;
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "nuanzhan-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  TempFolder(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code none;
    std::filesystem::remove_all(path, none);
  }
};

namespace given {

// The tests' own facts are folded into the settings' table: any folded table will do.
inline void fold_try(store::Fold& fold) {
  const auto key = "try." + fold.subject().text();
  fold.run("DELETE FROM village_setting WHERE key = ?", key);
  std::string value;
  for (const auto& fact : fold.facts()) value += fact.json().value("value", "");
  fold.run("INSERT INTO village_setting (key, site, value) VALUES (?, NULL, ?)", key, value);
}

inline store::Contract contract() {
  return {.kinds = {{"try.set", 1, store::Class::union_, fold_try}, {"try.followed", 1, store::Class::union_, nullptr}, {"try.once", 1, store::Class::once, fold_try}},
          .reactions = {}};
}

inline base::Instant noon() { return base::instant_at(base::day(std::chrono::year{2026} / 11 / 24), base::Minutes{12 * 60}, {}); }
inline store::Viewer kiosk() { return store::Viewer::clockwork(base::id_of("site")); }
inline base::Uuid thing(std::string_view name) { return base::id_of(name); }

inline base::Uuid say(store::Store& store, std::string_view about, std::string_view value) {
  store::Act act(store, kiosk());
  const auto id = act.append({.kind = "try.set", .subject = thing(about)}, {{"value", value}});
  act.commit();
  return id;
}

inline std::string value(store::Store& store, std::string_view about) {
  return store.reader(kiosk()).one<std::string>("SELECT value FROM village_setting WHERE key = ?", "try." + thing(about).text()).value_or("nothing");
}

inline std::vector<store::Fact> all(store::Store& store) {
  std::vector<store::Fact> facts;
  store.each_fact(0, [&](std::int64_t, const store::Fact& f) { facts.push_back(f); return true; });
  return facts;
}

inline std::string bytes(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace given
