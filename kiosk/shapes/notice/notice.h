// Notice: something to know: a policy, a safety reminder, a good story, a job. The page to read first.
//
// A notice is what its facts say in their order: published, amended, retired. It is shown from its first day to its last, and a story only
// while the person told about has said yes to the very words: new words need a new yes. Who heard it is counted: a person once for each
// notice, somebody not known once for each time they stand here. Any thread with its own Reader or Act.
#pragma once

#include "base/clock.h"
#include "shapes/shape.h"
#include "store/act.h"
#include "village/places.h"
#include "village/words.h"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace notice {

using NoticeId = base::Id<struct NoticeTag>;

// Why we say no. Texts and voice: `notice.refused.<name>`. Written to traces: add at the end.
enum class Refusal {
  no_right,    // this viewer may not do this, or not for this person
  unknown,     // no such notice, offer, site or person
  text_empty,  // a title and a text are the least; a picture too, for who cannot read
  text_long,   // a title over 12 characters does not fit its line; a text over 600 is not listened to
  dates_wrong, // ends before it begins, or is over before it is said
  no_consent,  // a story without the yes of the person in it
  retired,     // taken down, or its days are over
  not_a_job,   // only a job can be wanted
};
[[nodiscard]] std::string_view name(Refusal);

// Stored by these words: add at the end, never rename.
enum class Kind { policy, story, safety, jobs };
enum class Reason { over, mistaken, asked_to, replaced };  // why it was taken down
[[nodiscard]] std::string_view name(Kind);
[[nodiscard]] std::string_view name(Reason);
[[nodiscard]] std::optional<Kind> kind_named(std::string_view);
[[nodiscard]] std::optional<Reason> reason_named(std::string_view);

// Limits of what is written: ours. A Chinese character counts one, a Latin letter half.
inline constexpr int title_at_most = 12, text_at_most = 600;

// Settings of an offer of this shape (db/catalogue/offers.toml).
struct Offered {
  std::string code;
  Kind kind = Kind::policy;
  std::vector<std::string> audience;  // for whom, unless the notice says otherwise: groups, or "all"
};
[[nodiscard]] const Offered* offered(std::string_view code);
void take_offers(const village::Catalogue&, std::vector<base::Wrong>&);

// What a deed gives back.
struct Receipt {
  NoticeId notice;
  base::Instant at;  // by this kiosk's clock
  base::Uuid fact;
  bool operator==(const Receipt&) const = default;
};

// --- deeds of clerk and manager
struct Publish {
  village::OfferCode offer;
  std::string title, text, picture;               // picture: one emoji
  base::Day from, until;                          // both days included, where the kiosk stands
  std::vector<std::string> audience;              // groups, or "all"; empty: the offer's own
  bool everywhere = false;                        // at all sites; otherwise at this one
  std::optional<village::PersonId> about;         // who is told about; a story must say
  bool read_to_them = false;                      // the words were read to that person (a child's: the guardian), and the answer was yes
};
// A yes to a story is also kept as the person's consent `story` with the version of the words that were read out.
//   text_empty, text_long, dates_wrong, no_consent, unknown
[[nodiscard]] std::expected<Receipt, Refusal> publish(store::Act&, const Publish&);
// Only the fields that are set are changed. New words or a new picture of a story hide it until the person has said yes again.
struct Amend {
  NoticeId notice;
  std::optional<std::string> title, text, picture;
  std::optional<base::Day> from, until;
  std::optional<std::vector<std::string>> audience;
  std::optional<bool> everywhere;
  bool read_to_them = false;
};
//   text_empty, text_long, dates_wrong (an end that is past: retire instead), retired (taken down), unknown
[[nodiscard]] std::expected<Receipt, Refusal> amend(store::Act&, const Amend&);
// Takes it down at once and for good.  retired, unknown
[[nodiscard]] std::expected<Receipt, Refusal> retire(store::Act&, NoticeId, Reason);
// The person of a story (or a child's guardian) says yes to it as it reads now, or wants it gone: it is then not shown from this moment on.
// Clerk and manager note what they were told.  unknown: not a story, or of nobody
[[nodiscard]] std::expected<Receipt, Refusal> confirm_consent(store::Act&, NoticeId, bool agrees);

// --- deeds of residents
// It was opened and read aloud here. Known: once for this person and notice, whatever the kiosk; not known: one more, so the caller asks
// once a session. Screens of staff do not say it.  retired, unknown
[[nodiscard]] std::expected<Receipt, Refusal> heard(store::Act&, NoticeId);
// "I want this work": staff call back. Wanted already is no refusal: the first receipt again. Clerk and manager may note it for who telephones.
//   not_a_job, retired, unknown
[[nodiscard]] std::expected<Receipt, Refusal> want(store::Act&, NoticeId, village::PersonId);
[[nodiscard]] std::expected<Receipt, Refusal> want_no_more(store::Act&, NoticeId, village::PersonId);  // unknown: never wanted
// Clerk, manager: the person has been called about it.  unknown
[[nodiscard]] std::expected<Receipt, Refusal> called_back(store::Act&, NoticeId, village::PersonId);

// --- queries
struct Notice {
  NoticeId id;
  village::OfferCode offer;
  Kind kind = Kind::policy;
  std::optional<village::SiteId> site;       // none: at all sites
  std::string title, text, picture;
  base::Day from, until;
  std::vector<std::string> audience;
  std::optional<village::PersonId> about;    // staff alone
  bool consented = true;                     // a story that waits for a yes: false
  std::optional<base::Instant> retired;
  std::optional<Reason> reason;
  base::Instant published;
  // Who a story told of was erased (village/erasure.h), and its words with them: it is over, and whether there was a yes is not known any more.
  [[nodiscard]] bool erased() const { return kind == Kind::story && text.empty(); }
  [[nodiscard]] bool covers(base::Day day) const { return !retired && consented && from <= day && day <= until; }
};
// What stands at this viewer's site on this day, newest first (first day, then when it was published). For these groups and for all; without
// groups (nobody is known): all of it, for nothing here is private. Anyone for today; another day: staff.
[[nodiscard]] std::vector<Notice> current(const store::Reader&, base::Day);
[[nodiscard]] std::vector<Notice> current(const store::Reader&, base::Day, std::span<const std::string> groups);
// Anyone while it stands; staff always.
[[nodiscard]] std::optional<Notice> one(const store::Reader&, NoticeId);
// What the idle screen may show today: safety reminders and stories with a yes, newest first. Title and picture only: no names on that screen.
struct Attraction { NoticeId id; Kind kind = Kind::safety; std::string title, picture; };
[[nodiscard]] std::vector<Attraction> for_attract(const store::Reader&);
// Staff: everything of this site and of all sites that is not over, and what was over or taken down in the last notice.board_days (30):
// current, then coming, then the rest, each newest first.
[[nodiscard]] std::vector<Notice> board(const store::Reader&);
struct Heard { int persons = 0, in_all = 0; };  // in all: with those not known
[[nodiscard]] Heard heard_by(const store::Reader&, NoticeId);  // staff
struct Wanting { village::PersonId person; base::Instant since; bool called = false; };
[[nodiscard]] std::vector<Wanting> wanting(const store::Reader&, NoticeId);  // clerk, manager: not yet called first, oldest first
[[nodiscard]] bool wants(const store::Reader&, NoticeId, village::PersonId);  // the person; clerk and manager
struct Attention { int current = 0, ends_soon = 0, waits_for_yes = 0, to_call = 0; };
// Staff; of this site. ends_soon: its last day is within notice.soon_days (3). to_call: who want a job and have not been called yet.
[[nodiscard]] Attention attention(const store::Reader&);

namespace right {
extern const store::Right publish, amend, retire, confirm_consent, heard, want, call_back, see, see_board, see_wanting, sheets;
}
[[nodiscard]] shapes::Shape shape();

}  // namespace notice
