// Villages, sites, staff, duty, settings, activities: entries of the village, written as facts.
//
// Rights: reading sites and activities needs nothing; staff entries, duty and settings are written by clerk or manager as each deed says.
// Any thread with its own Reader or Act.
#pragma once

#include "village/people.h"

#include <span>

namespace village {

struct Village { VillageId id; std::string name, market; };
struct Site { SiteId id; VillageId village; std::string kind, name; std::optional<int> seats; std::string phone; };

[[nodiscard]] std::vector<Village> villages(const store::Reader&);
[[nodiscard]] std::optional<Village> village_of(const store::Reader&, SiteId);
[[nodiscard]] std::vector<Site> sites(const store::Reader&);
[[nodiscard]] std::optional<Site> site(const store::Reader&, SiteId);
// The site somebody means by these words: its id, its kind, or a part of its name. Nothing for no words.
[[nodiscard]] std::optional<Site> site_meant(const store::Reader&, std::string_view words);

// Deeds for setting a place up (manager; the demo as clockwork). Who may not gets an id that is none.
[[nodiscard]] VillageId save_village(store::Act&, std::optional<VillageId>, const std::string& name, const std::string& market);
[[nodiscard]] GroupId save_group(store::Act&, std::optional<GroupId>, VillageId, int number, const std::string& name, const std::string& picture);
struct SiteEdit { std::optional<SiteId> id; VillageId village; std::string kind, name; std::optional<int> seats; std::string phone; };
[[nodiscard]] std::expected<SiteId, Refusal> save_site(store::Act&, const SiteEdit&);

// --- staff
struct Staff { StaffId id; PersonId person; std::string number; store::Role role = store::Role::none; std::optional<SiteId> site; bool active = true; FaceOf face; };
// With what the account reads sealed things (village/keys.h), as text: the secret is wrapped by the PIN.
struct StaffKey { std::string public_key, wrapped; };
struct StaffEdit {
  std::optional<StaffId> id;
  std::optional<PersonId> person;
  std::optional<std::string> number;
  std::optional<store::Role> role;
  std::optional<std::string> pin_hash;  // made by `hash_pin`, on a worker
  std::optional<StaffKey> key;          // made for the same PIN; a new PIN without one takes the old away, and the next sign-in makes another
  std::optional<SiteId> site;
  std::optional<bool> active;
};
// manager only. number_taken, unknown (account, person, site, or a role nobody can have), name_empty (no number), no_right. A site that is none: works everywhere.
[[nodiscard]] std::expected<StaffId, Refusal> save_staff(store::Act&, const StaffEdit&);
[[nodiscard]] std::vector<Staff> all_staff(const store::Reader&);         // manager: of every site, those who left too, by number
// The same of one village's sites. In the reader's own village also those who work everywhere, and those of a site that is not known here.
[[nodiscard]] std::vector<Staff> staff_accounts(const store::Reader&, VillageId);
[[nodiscard]] int highest_staff_number(const store::Reader&);             // manager: over all accounts; 0 without any
[[nodiscard]] std::vector<Staff> staff(const store::Reader&);             // those active in this village or everywhere; anyone sees faces on the sign-in screen
[[nodiscard]] std::optional<Staff> staff_by_id(const store::Reader&, StaffId);
[[nodiscard]] std::optional<Staff> staff_of_person(const store::Reader&, PersonId);
// Argon2id (libsodium) with the cost of setting pin.memory_mib (128), pin.passes (3): about 260 ms: call it on a worker. 1 pass with memory 0 (8 KiB) is for demo villages.
[[nodiscard]] std::string hash_pin(std::string_view pin, int passes, int memory_mib);
[[nodiscard]] bool pin_matches(std::string_view pin, const std::string& hash);
[[nodiscard]] bool weak_pin(std::string_view pin);  // not six digits, all equal, a run, or common
// Two steps, so that the slow hash is off the drawing thread: `begin` counts the guess durably and gives the hash; `end` clears the count.
//   locked   after pin.tries (5) wrong in a row: 1 minute, doubling up to an hour; twice as many in a row: until a manager sets a new PIN
//   unknown  no such account, not active, without a PIN     no_right   works at another site     wrong   the PIN; `pin_tries_left`
// A clock that was set back never unlocks earlier. COMMIT BOTH ACTS WHATEVER THE ANSWER: a guess that is rolled back was free.
[[nodiscard]] std::expected<std::string, Refusal> begin_sign_in(store::Act&, StaffId);
// Says village.staff_signed_in. `made`: the pair of an account that had none it can open, made for this PIN; said as village.staff_key_set.
[[nodiscard]] std::expected<StaffId, Refusal> end_sign_in(store::Act&, StaffId, bool pin_was_right, const std::optional<StaffKey>& made = {});
[[nodiscard]] int pin_tries_left(const store::Reader&, StaffId);
[[nodiscard]] std::optional<base::Minutes> pin_locked_for(const store::Reader&, StaffId);  // nothing: not locked; minutes::max: until a new PIN

// The time before this one, so that whoever signs in sees whether it was they. Nothing: never before, or noted by an unsure clock.
[[nodiscard]] std::optional<base::Instant> last_sign_in(const store::Reader&, PersonId);

// --- duty
struct Duty { DutyId id; SiteId site; StaffId staff; int weekday = 0; base::Minutes from{0}, until{0}; };
[[nodiscard]] std::expected<DutyId, Refusal> save_duty(store::Act&, const Duty&, bool ended = false);  // clerk, manager
[[nodiscard]] std::optional<Staff> on_duty(const store::Reader&, SiteId);  // now; else the first clerk of the site; else nothing
[[nodiscard]] std::vector<Duty> duties(const store::Reader&, SiteId);

// --- settings: every number of a village, with its default and bounds, so that one screen can show and change them
struct SettingDef { std::string_view key; std::string_view fallback; std::int64_t least = 0, most = 0; bool is_text = false; std::string_view unit; std::int64_t step = 0; };  // step: of one touch; 0: by how far the bounds are apart
[[nodiscard]] std::span<const SettingDef> setting_defs();  // people.*, attendance.*, request.*, booking.*, voice.*, screen.*: title text key village.setting.<key with _ for .>
// What the viewer's site has it at: the site's own, the village's, or the default.
[[nodiscard]] std::string setting_value(const store::Reader&, const SettingDef&);
// unknown: no such setting. out_of_range: not a number, not within bounds, not a time of day. An empty value: back to the default.
[[nodiscard]] std::expected<std::string, Refusal> save_setting(store::Act&, std::string_view key, const std::string& value, bool this_site_only);  // manager

// --- activities
struct Activity {
  ActivityId id;
  SiteId site;
  OfferCode offer;
  std::string name, picture, place;
  base::Day day;
  base::Minutes start{0}, end{0};
  std::optional<int> places;
  std::optional<SeriesId> series;
  std::optional<StaffId> led_by;
  bool cancelled = false;
  std::string cancel_reason;
};
[[nodiscard]] std::optional<Activity> activity(const store::Reader&, ActivityId);
[[nodiscard]] std::vector<Activity> activities(const store::Reader&, SiteId, base::Day from, base::Day to_inclusive);
[[nodiscard]] std::vector<Activity> activities_of_village(const store::Reader&, VillageId, base::Day from, base::Day to_inclusive);
struct ActivityEdit {
  std::optional<ActivityId> id;
  SiteId site;
  OfferCode offer;
  std::string name, picture, place;
  base::Day day;
  base::Minutes start{0}, end{0};
  std::optional<int> places;
  std::optional<StaffId> led_by;
  int repeat_weeks = 0;  // 0: once. n: the same weekday for n further weeks, one series
  bool later_too = false;  // the same change to all later ones of its series that are not cancelled, each moved by as many days
};
// Gives the first one's id. An edit changes this one alone unless `later_too`; its place in a series stays.
//   day_past   the day is over      end_before_start      name_empty      unknown   site, or activity to be changed
[[nodiscard]] std::expected<ActivityId, Refusal> save_activity(store::Act&, const ActivityEdit&);  // clerk, manager
// Keeps the entry and says why; shapes react (those who signed up are told). whole_series: this and all later ones.
[[nodiscard]] std::expected<ActivityId, Refusal> cancel_activity(store::Act&, ActivityId, const std::string& reason, bool whole_series);  // clerk, manager

// Facts, folds and rights of the village.
[[nodiscard]] std::vector<store::FactKind> fact_kinds();
[[nodiscard]] std::vector<store::Right> rights();

}  // namespace village
