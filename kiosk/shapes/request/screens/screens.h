// The screens of request: their models, and load, draw, on_tap, on_done. Plain, so that tests build a model and look at what is drawn.
//
// Models hold words already put together and pictures, never a request's whole row: what a viewer may not see is not in them.
#pragma once

#include "parts/screen.h"
#include "shapes/request/request.h"

namespace request {

// When somebody called, for whoever reads it now: 9:11, or 昨儿 9:11 of a call that nobody has answered since.
[[nodiscard]] std::string called_at(const store::Reader&, const base::Words&, base::Instant);

// What the journey has chosen.
struct Choice {
  std::string doing;        // which deed on_done follows: cancel, rate:<answer>, reopen
  std::string refused;      // why `send` could not be done: name of the refusal
  int left_s = -1;          // of the count-down
  std::string pass_to;      // staff:<id>, office:<code> or back_to_list
};

// --- request/ask: what help? Key: a person's id where staff ask for who telephones.
struct AskModel {
  struct Tile { std::string code, label, say_key; ui::Picture picture; ui::Tint tint = ui::Tint::neutral; };
  std::vector<Tile> tiles;
  std::optional<village::PersonId> asks_for;
  store::Known needed_for_own = store::Known::face;
};
[[nodiscard]] AskModel load_ask(const parts::Ask&);
void draw_ask(ui::Ui&, const AskModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_ask(parts::Draft&, const AskModel&, const parts::Tap&);

// --- request/send: runs the deed as soon as it opens. Key: <offer>, or <offer>@<person> by staff.
struct SendModel { std::string offer; std::optional<village::PersonId> person; store::Known needed_for_own = store::Known::face; };
[[nodiscard]] SendModel load_send(const parts::Ask&);
void draw_send(ui::Ui&, const SendModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_send(parts::Draft&, const SendModel&);
[[nodiscard]] parts::Next done_send(parts::Draft&, const SendModel&, const std::any&);
[[nodiscard]] parts::Next refused_send(parts::Draft&, const SendModel&, const parts::Refused&);

// --- request/sent: the receipt. Key: request id. request/undone: it was taken back.
struct SentModel {
  std::optional<RequestId> id;
  ui::Picture picture;
  std::string headline, people, when, say_key, say_text;
  bool may_undo = false, may_say = false;
};
[[nodiscard]] SentModel load_sent(const parts::Ask&);
void draw_sent(ui::Ui&, const SentModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_sent(parts::Draft&, const SentModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_sent(parts::Draft&, const SentModel&, const std::any&);
void draw_undone(ui::Ui&, const SentModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_undone(parts::Draft&, const SentModel&, const parts::Tap&);

// --- request/mine: own requests, one a page: four lamps, and what can be done about it.
struct MineModel {
  struct Line {
    RequestId id;
    ui::Picture picture;
    std::string label, asked, comes;
    int lit = 1;                     // of four lamps
    bool may_cancel = false, asks = false, may_reopen = false, may_say = false;
    std::optional<Answer> answer;
  };
  std::vector<Line> lines;
};
[[nodiscard]] MineModel load_mine(const parts::Ask&);
void draw_mine(ui::Ui&, const MineModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_mine(parts::Draft&, const MineModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_mine(parts::Draft&, const MineModel&, const std::any&);

// --- request/answered: thanks; where it did not help, once more? Key: <answer>@<request id>.
struct AnsweredModel { std::optional<RequestId> id; Answer answer = Answer::good; };
[[nodiscard]] AnsweredModel load_answered(const parts::Ask&);
void draw_answered(ui::Ui&, const AnsweredModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_answered(parts::Draft&, const AnsweredModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_answered(parts::Draft&, const AnsweredModel&, const std::any&);

// --- request/urgent: the count-down over the whole glass; request/urgent_sent: called, waiting for an answer. Key: request id.
struct UrgentModel { int count_s = 5; };
[[nodiscard]] UrgentModel load_urgent(const parts::Ask&);
void draw_urgent(ui::Ui&, const UrgentModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_urgent(parts::Draft&, const UrgentModel&);
[[nodiscard]] parts::Next tap_urgent(parts::Draft&, const UrgentModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_urgent(parts::Draft&, const UrgentModel&, const std::any&);

struct UrgentSentModel {
  enum class Stands { called, coming, over } stands = Stands::called;
  std::vector<village::FaceOf> called;   // whom it reached; the one who comes once answered
  std::string line;                      // 叫上了：小王、李支书 / 小王：马上来
};
[[nodiscard]] UrgentSentModel load_urgent_sent(const parts::Ask&);
void draw_urgent_sent(ui::Ui&, const UrgentSentModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_urgent_sent(parts::Draft&, const UrgentSentModel&, const parts::Tap&);

// --- staff: request/queue
struct QueueModel {
  std::vector<ui::Row> rows;
  int now = 0, late = 0, urgent = 0;
  bool closed = false;  // what is sealed for this viewer is not opened: a card is missing
  bool unsure = false;  // the clock is: what is late cannot be told
};
[[nodiscard]] QueueModel load_queue(const parts::Ask&);
void draw_queue(ui::Ui&, const QueueModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_queue(parts::Draft&, const QueueModel&, const parts::Tap&);

// --- staff: request/one. Key: request id.
struct OneModel {
  std::optional<RequestId> id;
  std::optional<RequestId> unread;    // confidential: that it is opened is written down first
  std::optional<village::PersonId> unread_child;  // a child's: the same
  bool hidden = false;                // until that stands there
  RequestId asked;                    // the one the page is of, hidden or not
  ui::Picture face, picture;
  std::string what, who, phone, status;
  std::vector<std::string> facts;     // lead office, who goes, remarks
  std::vector<std::string> history;   // oldest first
  std::string hear;                   // 听王奶奶说的 (2); empty: nothing was said
  bool overdue = false, may_take = false, may_go = false, may_finish = false, may_pass = false, may_close = false;
};
[[nodiscard]] OneModel load_one(const parts::Ask&);
void draw_one(ui::Ui&, const OneModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_one(parts::Draft&, const OneModel&);
[[nodiscard]] parts::Next done_one(parts::Draft&, const OneModel&, const std::any&);
[[nodiscard]] parts::Next tap_one(parts::Draft&, const OneModel&, const parts::Tap&);

// --- staff: request/pass_on. Key: request id. First to whom, then why.
struct PassOnModel {
  struct To { std::string id, label; ui::Picture picture; };
  std::optional<RequestId> id;
  std::vector<To> to;
};
[[nodiscard]] PassOnModel load_pass_on(const parts::Ask&);
void draw_pass_on(ui::Ui&, const PassOnModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_pass_on(parts::Draft&, const PassOnModel&);
[[nodiscard]] parts::Next tap_pass_on(parts::Draft&, const PassOnModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_pass_on(parts::Draft&, const PassOnModel&, const std::any&);

// --- staff: request/urgent_list
struct UrgentListModel { std::vector<ui::Row> rows; int open = 0; };
[[nodiscard]] UrgentListModel load_urgent_list(const parts::Ask&);
void draw_urgent_list(ui::Ui&, const UrgentListModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_urgent_list(parts::Draft&, const UrgentListModel&, const parts::Tap&);

// --- staff: request/urgent_close: asks once before an urgent call is over. Key: <outcome>@<request id>.
struct UrgentCloseModel {
  std::optional<RequestId> id;   // none: over already
  Outcome outcome = Outcome::helped;
  ui::Picture face;
  std::string who, at;
};
[[nodiscard]] UrgentCloseModel load_urgent_close(const parts::Ask&);
void draw_urgent_close(ui::Ui&, const UrgentCloseModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_urgent_close(parts::Draft&, const UrgentCloseModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_urgent_close(parts::Draft&, const UrgentCloseModel&, const std::any&);

// --- request/say: say it aloud. Key: request id. What is heard stands in the ear (parts/ear.h), until it is kept.
struct SayModel {
  std::optional<RequestId> id;
  std::string refused;              // why nothing can be said: name of the refusal
  MaySay to;
  std::filesystem::path data;       // where the sealed file goes
  std::string title, kept;          // 说给小王听；说完了，小王会听
};
[[nodiscard]] SayModel load_say(const parts::Ask&);
void draw_say(ui::Ui&, const SayModel&, const parts::Draft&);
[[nodiscard]] parts::Next tap_say(parts::Draft&, const SayModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_say(parts::Draft&, const SayModel&, const std::any&);

// --- staff: request/hear: what was said. Key: request id.
struct HearModel {
  struct One { Said said; std::string when, who; bool for_me = false; };  // who: those who read it
  std::vector<One> all;
  std::filesystem::path data;
  std::string title;
};
struct Hearing {                    // in the draft
  int at = 0;
  bool alone = false;               // nobody is near
  std::string refused;
  std::weak_ptr<const void> sound;  // opened, of the one at `at`: the ear holds it until the screen is left
};
[[nodiscard]] HearModel load_hear(const parts::Ask&);
void draw_hear(ui::Ui&, const HearModel&, const parts::Draft&);
[[nodiscard]] parts::Next open_hear(parts::Draft&, const HearModel&);
[[nodiscard]] parts::Next tap_hear(parts::Draft&, const HearModel&, const parts::Tap&);
[[nodiscard]] parts::Next done_hear(parts::Draft&, const HearModel&, const std::any&);
[[nodiscard]] parts::Next refused_hear(parts::Draft&, const HearModel&, const parts::Refused&);

// --- said in several of them
[[nodiscard]] std::string what_of(const base::Words&, const Request&, bool named);      // 送饭
[[nodiscard]] ui::Picture picture_of(const Request&, bool named);
[[nodiscard]] std::string span_words(const base::Words&, std::chrono::milliseconds);    // 12 分, 3 小时, 2 天
// Whether it is worth a button: something may be said about it, or who may hear it is told on the next screen.
[[nodiscard]] bool offers_to_say(const store::Reader&, RequestId);
[[nodiscard]] std::string office_word(const base::Words&, const std::string& code);
[[nodiscard]] std::string called(const store::Reader&, const base::Words&, const std::optional<village::PersonId>&);  // 王奶奶, or empty

}  // namespace request
