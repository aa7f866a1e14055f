// People, households, who may fetch a child, cards and secrets: entries of the village, written as facts.
//
// Names and what people are tagged with are personal: a query gives them to staff, or for the viewer alone, or as the faces a site may
// show (`people.faces_shown`). Any thread with its own Reader or Act.
#pragma once

#include "base/clock.h"
#include "base/personal.h"
#include "base/text.h"
#include "store/act.h"
#include "village/words.h"

#include <array>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace village {

// Why we say no. Texts: `village.refused.<name>`. Written to traces: add at the end.
enum class Refusal {
  no_right,         // this viewer may not
  unknown,          // no such entry
  name_empty,       // a name is the least that is needed
  number_taken,     // a staff number or house number that is in use
  weak_pin,         // all equal, a run, or on the list of common PINs
  card_unknown,     // not a card of this village
  card_lost,        // reported lost and replaced
  wrong,            // wrong PIN or secret; `tries_left`
  locked,           // too many wrong guesses: card or a manager
  day_past,         // an activity cannot be put on a day that is over
  end_before_start,
  out_of_range,     // a setting's value is not what it can be
  name_odd,         // more than twelve characters, or signs and figures that no name has
  phone_odd,        // not a whole number: 7 to 12 figures
  with_carer,       // a child does this with one of its carers beside it, or staff do it
  is_staff,         // has an account that is in use: it is ended first
  still_open,       // is in just now, or something of theirs is not over: a request, a place ahead
  own_card,         // whoever opens sealed matters gets their card from another of staff: card and PIN are to be two things
};
[[nodiscard]] std::string_view name(Refusal);

struct Person {
  PersonId id;
  std::string name;
  std::string sex;  // f, m or empty: not filled in
  std::optional<base::Day> born;
  std::optional<HouseholdId> household;
  std::optional<GroupId> group;
  std::string phone;
  std::string portrait, photo;
  std::string called;
  bool lives_alone = false, party_member = false, walk_in = false;
  std::optional<PersonId> emergency_contact;
  std::optional<base::Day> left_on;
  std::optional<base::Day> erased;  // erasure.h: counted, and shows nothing; the name is `erased_name`
  std::vector<std::string> tags;  // elder woman child hardship volunteer, those that hold today
  [[nodiscard]] bool has(std::string_view tag) const;
  [[nodiscard]] std::optional<int> age(base::Day on) const;
};

// What stands in a list where the name of somebody was whose data was erased: in no language. Where there are words, `village.erased`.
inline constexpr std::string_view erased_name = "——";

// A face on a screen: as much of a person as a tile shows.
struct FaceOf {
  PersonId id;
  std::string name;
  std::string called;  // 王奶奶: what she is called by, else surname and kinship in Chinese, else the name. Other languages: `address`
  std::string portrait, photo;  // photo: staff see it; others once consent `photo` was given
  std::string tint;    // elder woman child hardship, or empty
  std::string kin = {};  // grandma grandpa auntie uncle young child, where `called` was made of it: text key village.kin.<kin>
};

struct Group { GroupId id; VillageId village; int number = 0; std::string name, picture; };
struct Household { HouseholdId id; VillageId village; GroupId group; std::string number, phone, note; int members = 0; };
struct Carer { PersonId child, adult; std::string relation; bool guardian = false, may_fetch = false; FaceOf face; };

// --- queries
// Those who may: staff, the kiosk itself, the person, and the guardian of a child. Others get nothing.
[[nodiscard]] std::optional<Person> person(const store::Reader&, PersonId);
[[nodiscard]] std::optional<FaceOf> face(const store::Reader&, PersonId);
[[nodiscard]] bool has_face(const store::Reader&, PersonId);  // whether `face` gives one: a deed need not read what it does not show
// 王奶奶, 李叔, 小虎: surname and kinship by age and sex (settings people.elder_age 60, people.child_age 14), or what the person is called by.
// In English: Grandma Wang. Name alone where age and sex are not filled in.
[[nodiscard]] std::string address(const Person&, base::Day today, const base::Words&, int elder_age = 60, int child_age = 14);
[[nodiscard]] std::string address(const store::Reader&, PersonId, const base::Words&);  // empty where the face may not be seen
[[nodiscard]] std::string address(const FaceOf&, const base::Words&);
// Whether this resident is the person, or guardian of the child. Staff act by their own right: false.
[[nodiscard]] bool acts_for(const store::Reader&, PersonId);
// Whether the viewer is this child (younger than people.child_age) and neither a carer of its list stands beside it nor staff act: what binds
// a household (a place, a matter for an office, a consent) is not a child's to say alone. Coming, help and urgent calls are.
[[nodiscard]] bool child_alone(const store::Reader&, PersonId);
[[nodiscard]] bool guardian_beside(const store::Reader&, PersonId child);  // the viewer is this child, and one of its guardians helps
// Those of a child's carers who can say that they are beside it: guardians, and those who may fetch it. Who may see `carers`.
[[nodiscard]] std::vector<Carer> companions(const store::Reader&, PersonId child);
[[nodiscard]] std::vector<Group> groups(const store::Reader&, VillageId);
// Faces of one group that this site may show, by name; only those who come to this site. Anyone may see them unless the site has
// photos off (setting people.faces = 0): then nobody but staff. Who is not staff sees those of the kiosk's own site alone.
// Group none: those whose group is not filled in.
[[nodiscard]] std::vector<FaceOf> faces(const store::Reader&, SiteId, GroupId, int offset, int limit);
[[nodiscard]] int faces_count(const store::Reader&, SiteId, GroupId);
// Those whose phone number (own, or the household's) ends so. At most 6; anyone may ask, ten times in five minutes (the caller counts).
[[nodiscard]] std::vector<FaceOf> by_phone_tail(const store::Reader&, std::string_view four_digits);
// Staff only: by pinyin initials or spelling (every reading), part of the name, phone, card or house number. One index look-up each; < 1 ms at 100 000.
[[nodiscard]] std::vector<FaceOf> find(const store::Reader&, std::string_view query, int limit = 24);
[[nodiscard]] std::expected<PersonId, Refusal> by_card(const store::Reader&, std::string_view code);
[[nodiscard]] std::vector<std::string> cards_of(const store::Reader&, PersonId);  // staff
// Guardians first. Staff, the child and the carers themselves see all; anyone else those who may fetch (the hand-over screen), where faces are shown.
[[nodiscard]] std::vector<Carer> carers(const store::Reader&, PersonId child);
[[nodiscard]] std::vector<Carer> wards(const store::Reader&, PersonId adult);  // children this adult cares for; `face` is the child's. Staff, the adult
[[nodiscard]] std::vector<Household> households(const store::Reader&, GroupId, int offset, int limit);  // staff
[[nodiscard]] std::optional<Household> household(const store::Reader&, HouseholdId);                     // staff
[[nodiscard]] std::vector<FaceOf> members(const store::Reader&, HouseholdId);                            // staff
// Those that hold. Who may see the person; a deed opened for somebody else asks as clockwork: `act.as(store::Viewer::clockwork(site))`.
[[nodiscard]] std::vector<std::string> tags(const store::Reader&, PersonId);

// --- deeds (clerk and manager; a volunteer may add a walk-in). Only the fields that are set are changed; the earlier facts stay.
struct PersonEdit {
  std::optional<PersonId> id;  // none: a new person
  std::optional<std::string> name, sex, phone, portrait, photo, called;
  std::optional<base::Day> born;
  std::optional<HouseholdId> household;
  std::optional<bool> lives_alone, party_member;
  std::optional<PersonId> emergency_contact;
  std::optional<base::Day> left_on;
  std::optional<std::vector<std::string>> tags;   // all that hold from today on
  std::optional<std::vector<SiteId>> sites;       // where the person comes to
  bool walk_in = false;    // a later save without it completes the entry
  bool came_back = false;  // `left_on` was a mistake, or the person lives here again
};
// An id that is none empties household or emergency contact.
//   name_empty   no name, or only blanks      unknown   the person, household, contact or a site is not there
[[nodiscard]] std::expected<PersonId, Refusal> save_person(store::Act&, const PersonEdit&);
struct HouseholdEdit { std::optional<HouseholdId> id; std::optional<VillageId> village; std::optional<GroupId> group; std::optional<std::string> number, phone, note; };
// The village is the group's where it is not given. number_taken: another household of the group has it. name_empty: no number.
[[nodiscard]] std::expected<HouseholdId, Refusal> save_household(store::Act&, const HouseholdEdit&);
struct CarerEdit { PersonId child, adult; std::string relation; bool guardian = false, may_fetch = false; bool ended = false; };
// Gives the child. ended: no longer on the list. unknown: child or adult is not there, or they are the same.
[[nodiscard]] std::expected<PersonId, Refusal> save_carer(store::Act&, const CarerEdit&);
// Gives a card: earlier cards of the person are refused from now on. The code comes from devices/wedge (checked there).
//   number_taken   another person holds this card      card_lost   it was reported lost: a lost card never comes back
//   own_card       staff for themselves, where another of staff may give cards
[[nodiscard]] std::expected<std::string, Refusal> give_card(store::Act&, PersonId, const std::string& code);
[[nodiscard]] std::expected<std::string, Refusal> report_card_lost(store::Act&, const std::string& code);
// Consent was read out and agreed to, with its version. By the person, a child's guardian, or staff; a child with a carer beside it (with_carer).
[[nodiscard]] std::expected<PersonId, Refusal> record_consent(store::Act&, PersonId, const std::string& code, int version, bool read_aloud);
[[nodiscard]] std::optional<int> consent_version(const store::Reader&, PersonId, std::string_view code);

// --- the secret: three pictures in order, none twice, given out by staff; of the twelve of visual.md section 9
inline constexpr std::array<std::string_view, 12> secret_pictures{"🐔", "🐄", "🐟", "🍎", "🌽", "🌷", "🌙", "🚲", "🧢", "🔔", "🏮", "🫖"};
inline constexpr std::array<std::string_view, 12> secret_names{"hen", "cow", "fish", "apple", "maize", "tulip", "moon", "bicycle", "cap", "bell", "lantern", "teapot"};
using Secret = std::array<int, 3>;  // indices into secret_pictures
[[nodiscard]] std::expected<Secret, Refusal> give_secret(store::Act&, PersonId);  // clerk, manager; shown once
[[nodiscard]] bool has_secret(const store::Reader&, PersonId);
// Counts the guess before it looks. wrong: try again; locked after `secret.tries` (3): card or a person; staff unlock by giving anew.
// unknown: has no secret. COMMIT THE ACT WHATEVER THE ANSWER: a guess that is rolled back was free.
[[nodiscard]] std::expected<PersonId, Refusal> check_secret(store::Act&, PersonId, const Secret&);
[[nodiscard]] int secret_tries_left(const store::Reader&, PersonId);

}  // namespace village
