// Request: someone needs something done: who asked, who goes, where it stands, whether it helped. The page to read first.
//
// A request is what its facts say in their order: asked -> accepted -> on the way -> finished -> confirmed with a face; the asker may take it
// back before anyone has taken it, or say that it must be done again. Nobody who asks is turned away by a machine: what is not meant for
// a person's groups is marked, and people decide. An urgent call needs nobody to be known. Any thread with its own Reader or Act.
#pragma once

#include "base/clock.h"
#include "shapes/shape.h"
#include "store/act.h"
#include "store/sealed.h"
#include "village/file_copies.h"
#include "village/places.h"
#include "village/words.h"

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace request {

using RequestId = base::Id<struct RequestTag>;

// Why we say no. Texts and voice: `request.refused.<name>`. Written to traces: add at the end.
enum class Refusal {
  no_right,       // this viewer may not do this for this person
  unknown,        // no such request, person, offer, staff or office
  not_here,       // this site does not offer it, or it is not asked for in this way
  already_asked,  // the same is open for this person: `mine` shows where it stands
  already_taken,  // somebody goes already: the asker tells a person, staff look at who
  not_yours,      // another volunteer has it; a clerk or manager may go on with it
  not_open,       // it is finished, taken back or closed
  not_finished,   // there is nothing to say about it yet
  too_late,       // longer ago than request.reopen_days
  nobody_to_go,   // passed on to who is not there
  with_carer,     // a child brings a matter to an office with one of its carers beside it, or staff do it; help it asks for alone
  enough_said,    // request.said_most recordings are there already
  nobody_hears,   // none of those who may see it has a key yet: staff sign in once
  said_not_here,  // its file is on another machine, or gone
  said_broken,    // its file is not what the journal says of it
  not_a_reader,   // sealed for others; `Said::readers` says whom
  key_is_new,     // this reader's PIN was set anew since: the others read it
  no_key,         // signed in without a PIN
  nobody_reads,   // a confidential one: nobody who may read it has a key yet, so it would be lost; a person or a telephone number instead
};
[[nodiscard]] std::string_view name(Refusal);

// Stored by these words: add at the end, never rename.
enum class Kind { help, matter, confidential, urgent };
enum class State { asked, accepted, on_the_way, finished, confirmed, cancelled, closed };
enum class Answer { good, fair, bad };                    // 顶用 一般 没顶用
enum class Reason { busy, needs_office, knows_better };   // why it is passed on
enum class Outcome { helped, not_needed, false_alarm };   // how staff closed it
[[nodiscard]] std::string_view name(Kind);
[[nodiscard]] std::string_view name(State);
[[nodiscard]] std::string_view name(Answer);
[[nodiscard]] std::string_view name(Reason);
[[nodiscard]] std::string_view name(Outcome);
[[nodiscard]] std::optional<Answer> answer_named(std::string_view);
[[nodiscard]] std::optional<Reason> reason_named(std::string_view);
[[nodiscard]] std::optional<Outcome> outcome_named(std::string_view);

// Settings of an offer of this shape (db/catalogue/offers.toml).
struct Offered {
  std::string code;
  Kind kind = Kind::help;
  base::Minutes due{0};    // until it is overdue; a village changes it by a row of its own
  bool ask = true;         // a tile of the asking page
  bool neighbour = false;  // goes to the asker's own helper first
  bool aloud = false;      // what it is about is said into the microphone, next
};
[[nodiscard]] const Offered* offered(std::string_view code);
void take_offers(const village::Catalogue&, std::vector<base::Wrong>&);

// What a deed gives back.
struct Receipt {
  RequestId request;
  base::Instant at;  // by this kiosk's clock
  base::Uuid fact;
  bool operator==(const Receipt&) const = default;
};

// --- deeds of who asks (known by face is enough; staff may ask for anyone who telephones)
struct Ask {
  village::PersonId person;
  village::OfferCode offer;
};
// Asks now, and writes into the fact to whom it goes: the offices of the responsibility matrix for the person's group and the offer's
// service, who is on duty here, and for `matched = "neighbour"` the asker's own helper.
// A confidential one goes into an envelope (store/envelope.h): from then on only those see it who open it, and the asker until her session ends.
// For it too a face, or the last four digits of a phone, are enough, on purpose: who is in need may have no card with her and must not be turned
// away. They prove nothing, so nothing of it is shown for them, nor for any card, once that session is over; whoever calls back asks who it was.
//   not_here, already_asked, unknown, no_right, with_carer, nobody_reads
[[nodiscard]] std::expected<Receipt, Refusal> ask(store::Act&, const Ask&);
// "Leave it". The asker while nobody has taken it (already_taken), staff while it is open.  not_open, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> cancel(store::Act&, RequestId);
// The asker alone says whether it helped; may be said again.  not_finished, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> rate(store::Act&, RequestId, Answer);
// It must be done again: open once more, with the time of the offer from now.  not_finished, too_late, unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> reopen(store::Act&, RequestId);

// --- deeds of staff. A confidential one is for clerk and manager who have opened it with card and PIN.
[[nodiscard]] std::expected<Receipt, Refusal> take(store::Act&, RequestId);     // already_taken, not_open
[[nodiscard]] std::expected<Receipt, Refusal> set_off(store::Act&, RequestId);  // not_yours, not_open; takes it where nobody had
[[nodiscard]] std::expected<Receipt, Refusal> finish(store::Act&, RequestId);   // not_yours, not_open
struct PassOn {
  RequestId request;
  std::optional<village::StaffId> to_staff;  // waits for them to take it
  std::string to_office;                     // a code of the catalogue: the office acts, who passed it on follows it up
  Reason reason = Reason::busy;              // neither: back into the queue
};
[[nodiscard]] std::expected<Receipt, Refusal> pass_on(store::Act&, const PassOn&);  // not_yours, not_open, nobody_to_go
// Ends it without an asker's word: an urgent call by any staff, others by clerk and manager.  not_open
[[nodiscard]] std::expected<Receipt, Refusal> close(store::Act&, RequestId, Outcome);

// A confidential one is opened on the glass: said before anything of it is shown.  unknown, no_right
[[nodiscard]] std::expected<Receipt, Refusal> read(store::Act&, RequestId);
[[nodiscard]] bool has_read(const store::Reader&, RequestId);  // this viewer, in the last ten minutes: as long as one sitting
// --- urgent. Nobody need be known; nothing is recorded while the count-down runs. `who` where the session knows.
[[nodiscard]] std::expected<Receipt, Refusal> raise_urgent(store::Act&, std::optional<village::PersonId> who);
[[nodiscard]] std::expected<Receipt, Refusal> acknowledge_urgent(store::Act&, RequestId);  // staff: I go. already_taken, not_open

// --- said aloud: what the asker, or staff for her, says into the microphone, for those alone who may see the request (store/sealed.h).
// Clear sound never touches the disk; the sealed one is a file of this machine, <data>/said/<id>, and its copies (village/file_copies.h): it helps
// until the request is done. It is played after an answer to "is anybody near?" (visual.md section 7). Of a confidential request nothing is recorded.
using SaidId = base::Id<struct SaidTag>;  // the first half of the sealed bytes' hash, so it tells nothing
// For whom it would be sealed now.
struct MaySay {
  std::vector<store::PublicKey> keys;     // the readers', then the township's where there is one (village/keys.h)
  std::vector<village::StaffId> readers;  // of the village's staff
  int at_most_s = 30;                     // setting request.said_s; 0: nothing is recorded here
};
//   no_right, unknown, not_open, enough_said, nobody_hears
[[nodiscard]] std::expected<MaySay, Refusal> may_say(const store::Reader&, RequestId);
// A sealed recording on the disk, whole, before the fact that names it. Goes away with its file unless `keep` was called: a deed that was
// refused or rolled back leaves nothing.
class SaidFile {
 public:
  // Seals and writes; on a worker. Throws std::system_error where it cannot be written, std::invalid_argument what cannot be sealed.
  SaidFile(const std::filesystem::path& data, std::string_view sound, const MaySay&, int seconds);
  ~SaidFile();
  SaidFile(const SaidFile&) = delete;
  SaidFile& operator=(const SaidFile&) = delete;
  void keep() { kept_ = true; }

  SaidId id;
  std::string hash;
  std::size_t size = 0;  // of the file: its class
  int seconds = 0;       // to the next five
  std::vector<village::StaffId> readers;

 private:
  std::filesystem::path file_;
  bool kept_ = false;
};
// Says that it is there. Call keep() on the file once this is committed.  As may_say
[[nodiscard]] std::expected<Receipt, Refusal> say(store::Act&, RequestId, const SaidFile&);

struct Said {
  SaidId id;
  RequestId request;
  village::SiteId site;  // on the machine there
  base::Instant at;
  int seconds = 0;
  std::string hash;
  std::vector<village::StaffId> readers;
};
// Those that are there, oldest first, for whoever sees the request: that there are some, not what is in them.
[[nodiscard]] std::vector<Said> said_of(const store::Reader&, RequestId);
// The sound again, for this pair; tens of milliseconds: on a worker. The caller wipes it.  said_not_here, said_broken, not_a_reader (a pair
// that opens it is that of nobody among the readers), key_is_new
[[nodiscard]] std::expected<std::string, Refusal> open_said(const std::filesystem::path& data, const Said&, village::StaffId, const store::KeyPair&);
// Says that this reader listens, before anything is heard: whoever asked may be told who did.  unknown, no_right, not_a_reader
[[nodiscard]] std::expected<Receipt, Refusal> hear(store::Act&, RequestId, SaidId);
// The chore: request.said_keep_days after a request is over, and at once when it was taken back, says that its recordings go, and removes
// the files of those that went (not in the same breath: first it is written down).
void drop_said(store::Act&);
// The reaction to village.person_erased: all recordings of that person go, whatever their age.
void drop_said_of(store::Act&, village::PersonId);
// Removes files in <data>/said that no fact names: what a power cut left between file and fact, after a week; halves, and those whose time
// is over, at once. Before the kiosk opens. Gives how many.
int sweep_said(const store::Reader&, const std::filesystem::path& data);
// Those that are there and those that went, for their copies. Any viewer: ids alone.
[[nodiscard]] std::vector<village::NamedFile> said_files(const store::Reader&);
// Looks only: files that no fact names, and recordings of this site whose file is missing (`doctor`).
struct SaidCheck { int kept = 0, unnamed = 0, missing = 0; };
[[nodiscard]] SaidCheck check_said(const store::Reader&, const std::filesystem::path& data);

// The chore: says once for each request and round that it is overdue by request.escalate_min (an urgent call: at once), so that its lead
// office is told and the sheet shows it.
void escalate_overdue(store::Act&);

// --- queries
struct Request {
  RequestId id;
  std::optional<village::PersonId> person;  // nobody: an urgent call of somebody not known
  village::SiteId site;
  village::OfferCode offer;
  Kind kind = Kind::help;
  State state = State::asked;
  std::string group;                        // for which it was routed
  std::string lead;                         // 牵头; empty where the matrix names none
  std::vector<std::string> cooperating, implementing;
  std::string office;                       // passed on to it
  std::optional<village::StaffId> routed;   // on duty when it was asked, or passed on to
  std::optional<village::PersonId> helper;  // the asker's own neighbour
  std::optional<village::StaffId> taken_by;
  base::Instant asked, since, due;          // since: of this round
  std::optional<base::Instant> accepted, set_off, finished;
  std::optional<Answer> answer;
  int round = 1;                            // 2: reopened once
  bool escalated = false;
  [[nodiscard]] bool open() const { return state == State::asked || state == State::accepted || state == State::on_the_way; }
  [[nodiscard]] bool overdue(base::Instant now) const { return open() && now > due && (kind != Kind::urgent || state == State::asked); }
};
// Who comes, as far as is known: who took it, the own helper, who is on duty.
[[nodiscard]] std::optional<village::PersonId> who_comes(const store::Reader&, const Request&);
// Own requests: open ones, and those finished in the last request.reopen_days (7), newest first. Never confidential ones: the
// kiosk cannot read them, and who stands beside her must not see that she asked.
[[nodiscard]] std::vector<Request> mine(const store::Reader&, village::PersonId, int limit = 12);
// Staff: what is open, oldest first. Volunteers: of this site, and what they have taken or was passed to them; clerk and manager: of the village.
[[nodiscard]] std::vector<Request> queue(const store::Reader&);
struct Load { int now = 0, late = 0, confidential = 0; };
[[nodiscard]] Load load_of(const store::Reader&);  // the same as numbers; confidential: for clerk and manager, among `now`
// Urgent calls of this village that nobody has answered, oldest first. Anyone: without the person unless staff look.
[[nodiscard]] std::vector<Request> urgent_open(const store::Reader&);
// Staff: also those answered and not yet closed; the newest first, in an order that an answer does not change.
[[nodiscard]] std::vector<Request> urgent_all(const store::Reader&);
// Whom an urgent call at this site reaches: on duty, then clerks and managers; at most three. Anyone: staff faces are on the sign-in screen.
[[nodiscard]] std::vector<village::FaceOf> urgent_reaches(const store::Reader&);
// One request, if this viewer may see it. An urgent one is shown to anyone without the person: the screen of who called waits for an answer.
[[nodiscard]] std::optional<Request> one(const store::Reader&, RequestId);
struct Step {
  std::string fact;                         // request.taken
  base::Instant at;
  std::optional<village::PersonId> by, to;  // nobody: the clock, or somebody not known
  std::string office, detail;               // code of an office; answer, reason or outcome
  bool helped = false;                      // somebody touched the glass for them:
  std::optional<village::PersonId> helper;  // nobody: not in the register
};
[[nodiscard]] std::vector<Step> history(const store::Reader&, RequestId);  // staff who may see the request
// Offers a resident may ask for here, in their order: this site's tiles, and once somebody is known those for their groups and their children's.
[[nodiscard]] std::vector<const village::Offer*> askable(const store::Reader&, std::optional<village::PersonId>);

namespace right {
extern const store::Right ask, cancel, rate, reopen, say, hear, drop_said, take, take_confidential, set_off, finish, pass_on, close, close_urgent, raise_urgent,
    acknowledge_urgent, escalate, see_own, see_request, see_confidential, see_queue, see_urgent, sheets;
}
[[nodiscard]] shapes::Shape shape();

}  // namespace request
