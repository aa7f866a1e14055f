// A fact: what happened, said once, never changed. A correction is a later fact.
//
// Order between facts is (turn, origin): a Lamport count, so it follows what a kiosk had seen and never its wall clock.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace store {

// What happens when two kiosks say it. Stored by name in docs, not in rows.
enum class Class {
  union_,  // order does not matter, both stay: stays, visits, request events
  once,    // named by what it is: person + benefit + period; said twice it is one
  rights,  // limited units, each with one holder origin: places of a slot, stock
};

struct Fact {
  base::Uuid id;
  base::Uuid origin;         // one life of one kiosk's database
  std::int64_t seq = 0;      // 1, 2, 3 without gaps per origin
  std::int64_t turn = 0;     // Lamport count
  std::string kind;          // attendance.came
  int version = 1;
  base::Instant at;          // this kiosk's clock: shown, never used to order or expire
  bool clock_sure = true;    // false: the clock was below what the database has seen
  base::Uuid subject;        // the thing the fact is about: a stay, a request, a person
  std::optional<base::Uuid> person;
  std::optional<base::Uuid> site;
  std::string offer;         // code of the catalogue, or empty
  std::optional<base::Uuid> by;  // staff account, or the person themselves
  std::string means;         // face, number, card, secret, staff, rule
  std::optional<base::Uuid> corrects;
  std::string body;          // JSON, canonical as stored
  [[nodiscard]] nlohmann::json json() const;
};

// What a deed says; the store fills in the rest.
struct Say {
  std::string_view kind;
  base::Uuid subject;
  std::optional<base::Uuid> person;
  std::string offer;
  std::string_view means;
  std::optional<base::Uuid> corrects;
  std::optional<base::Uuid> once;   // for class once: the id made of what it is
  std::optional<base::Uuid> site;   // default: the viewer's site
};

class Fold;

// One kind of fact. `fold` reads all facts of a subject and writes its rows anew; kinds of one subject share it.
struct FactKind {
  std::string_view kind;
  int version = 1;
  Class cls = Class::union_;
  void (*fold)(Fold&) = nullptr;
  // Fields of the body that say something of a person: stored under the key of the fact's person, else, where `of_subject`, of its subject
  // (person_keys.h). Who folds or reads facts sees them as they were said; once that key is destroyed they are absent.
  std::span<const std::string_view> personal = {};
  bool of_subject = false;
  bool erases = false;  // said of whom the key is destroyed: after the commit, in every copy, and nothing of them is ever sealed again
};

}  // namespace store
