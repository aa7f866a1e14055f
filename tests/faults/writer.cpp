// Writes facts as fast as it can and says of each deed that it is confirmed only after `commit` came back: what a power cut is aimed at.
//
//   fault_writer write FOLDER [SYNCHRONOUS [second]]   until it is killed; a line "deed <n> <fact> <fact> ..." for each confirmed deed
//   fault_writer read FOLDER                           opens as the kiosk would; "fact <id> <hash>" for each fact, then "chain …" and "folds equal|differ"
// SYNCHRONOUS weakens the database after it was opened (NORMAL, OFF) and keeps no second journal: only to show that the test would notice.
// With `second` the journal is kept all the same: what the weaker setting loses must come back.
#include "shapes/shape.h"
#include "store/journal.h"
#include "store/store.h"
#include "village/places.h"

#include <cstdio>
#include <exception>
#include <string>

namespace {

// Three facts a deed: a household and two people in it. Half of it must never be found.
int write(store::Store& store) {
  const auto clockwork = store::Viewer::clockwork({});
  village::GroupId group;
  village::VillageId village;
  {
    store::Act act(store, clockwork);
    village = village::save_village(act, {}, "双塔村", "lunar:1,4,7");
    group = village::save_group(act, {}, village, 1, "大槐树", "🌳");
    act.commit();
  }
  const auto life = store.origin().text().substr(24);
  for (int n = 1;; ++n) {
    store::Act act(store, clockwork);
    const auto house = village::save_household(act, {.village = village, .group = group, .number = life + "-" + std::to_string(n)});
    if (!house) return 3;
    for (const char* name : {"王秀兰", "李守田"}) {
      village::PersonEdit edit;
      edit.name = name;
      edit.household = *house;
      if (!village::save_person(act, edit)) return 3;
    }
    std::string line = "deed " + std::to_string(n);
    for (const auto& fact : act.commit()) line += " " + fact.id.text();
    std::puts(line.c_str());
    std::fflush(stdout);
  }
}

int read(store::Store& store) {
  store.each_fact(0, [](std::int64_t, const store::Fact& fact) {
    std::printf("fact %s %s\n", fact.id.text().c_str(), base::id_of(store::journal::canonical(fact)).text().c_str());
    return true;
  });
  const auto chain = store.verify_chain();
  std::printf("chain %lld facts, broken at %lld\n", static_cast<long long>(chain.facts), static_cast<long long>(chain.broken_at));
  const auto before = store.fold_hash();
  store.rebuild();
  std::puts(store.fold_hash() == before ? "folds equal" : "folds differ");
  return chain.broken_at == 0 ? 0 : 4;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("fault_writer write|read FOLDER [SYNCHRONOUS]\n", stderr);
    return 2;
  }
  try {
    const base::SystemClock clock;
    store::Store::Options options;
    options.second = argc <= 3 || (argc > 4 && std::string_view(argv[4]) == "second");
    store::Store store(argv[2], shapes::contract(), clock, options);
    if (argc > 3) store.database().script(std::string("PRAGMA synchronous=") + argv[3]);
    return std::string_view(argv[1]) == "write" ? write(store) : read(store);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "fault_writer: %s\n", e.what());
    return 1;
  }
}
