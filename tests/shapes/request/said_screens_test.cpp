// Saying something aloud and hearing it, as it is drawn at the five reference glasses in both languages; and where each touch leads.
#include "parts/ear.h"
#include "parts/keyring.h"
#include "shapes/request/screens/screens.h"

#include "support/glasses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace request;
using parts::Draft;
using parts::Ear;
using parts::Next;

namespace {

// An ear without a microphone, in any state that one can be in; tells what it was asked for.
struct Still final : Ear {
  State now;
  std::vector<std::string> asked;
  Sound sound = std::make_shared<int>(1);
  void begin(int at_most_s) override { asked.push_back("begin " + std::to_string(at_most_s)); }
  void end() override { asked.emplace_back("end"); }
  void forget() override { asked.emplace_back("forget"); }
  State state() override { return now; }
  [[nodiscard]] Sound heard() const override { return now.doing == Doing::heard ? sound : nullptr; }
  void play(const Sound& s) override { asked.emplace_back(s ? "play" : "play nothing"); }
  void hush() override { asked.emplace_back("hush"); }
  [[nodiscard]] std::string compressed(const Sound&) const override { return "small"; }
  [[nodiscard]] Sound sound_of(std::string_view) const override { return sound; }
};

const RequestId an_id{base::id_of("a request")};
const village::StaffId a_clerk{base::id_of("a clerk")};

struct SayScreen : testing::Test {
  std::shared_ptr<Still> ear = std::make_shared<Still>();
  Draft draft;
  SayModel m;
  SayScreen() {
    draft.of<parts::Hears>().ear = ear;
    m.id = an_id;
    m.title = "说给我听";
    m.kept = "记下了";
  }
  Next touch(const std::string& id) { return tap_say(draft, m, {id}); }
};

template <class Model>
void sound_at_every_glass(const std::string& name, void (*draw)(ui::Ui&, const Model&, const Draft&), const Model& m, const Draft& draft, bool staff, bool speaks = true) {
  ui::Look look;
  look.staff = staff;
  look.reduced_motion = true;
  support::sound_everywhere(name, look, [&](ui::Ui& ui, const base::Words&) { draw(ui, m, draft); }, speaks);
}

TEST_F(SayScreen, is_sound_in_each_state) {
  const auto look_at = [&](const std::string& name, bool speaks = true) { sound_at_every_glass("request/say " + name, &draw_say, m, draft, false, speaks); };
  look_at("ready");
  ear->now = {.doing = Ear::Doing::hearing, .level = 0.6f, .share = 0.4f, .left_s = 18};
  look_at("hearing", false);  // whoever speaks is not spoken to
  ear->now = {.doing = Ear::Doing::working};
  look_at("working", false);
  ear->now = {.doing = Ear::Doing::heard, .seconds = 28};
  look_at("heard");
  ear->now.playing = true;
  look_at("playing");
  ear->now = {.trouble = Ear::Trouble::silent};
  look_at("silent");
  ear->now = {.trouble = Ear::Trouble::no_microphone};
  look_at("no microphone");
  for (const auto why : {Refusal::nobody_hears, Refusal::enough_said, Refusal::not_open, Refusal::unknown}) {
    m.refused = name(why);
    look_at(m.refused);
  }
}

TEST_F(SayScreen, begins_ends_plays_and_throws_away) {
  m.to.at_most_s = 20;
  EXPECT_EQ(touch("record").kind, Next::Kind::stay);
  EXPECT_EQ(touch("done_saying").kind, Next::Kind::stay);
  ear->now.doing = Ear::Doing::heard;
  EXPECT_EQ(touch("play").kind, Next::Kind::stay);
  EXPECT_EQ(touch("leave").screen, "request/sent") << "her request stands all the same";
  EXPECT_THAT(ear->asked, testing::ElementsAre("begin 20", "end", "play", "forget"));
}

TEST_F(SayScreen, keeps_only_what_was_heard) {
  EXPECT_EQ(touch("keep").kind, Next::Kind::stay);
  ear->now.doing = Ear::Doing::hearing;
  EXPECT_EQ(touch("keep").kind, Next::Kind::stay);
  ear->now.doing = Ear::Doing::heard;
  const auto next = touch("keep");
  EXPECT_EQ(next.kind, Next::Kind::run);
  EXPECT_TRUE(next.slow) << "sealing and the disk are not the drawing thread's";
}

TEST_F(SayScreen, where_nothing_may_be_said_nothing_is_heard) {
  m.refused = name(Refusal::nobody_hears);
  (void)touch("record");
  EXPECT_THAT(ear->asked, testing::IsEmpty());
}

struct HearScreen : testing::Test {
  std::shared_ptr<Still> ear = std::make_shared<Still>();
  Draft draft;
  HearModel m;
  HearScreen() {
    draft.of<parts::Hears>().ear = ear;
    draft.of<parts::Keyring>() = {a_clerk, std::make_shared<const store::KeyPair>(store::KeyPair::make())};
    m.title = "王奶奶说的";
    m.all = {{{.id = SaidId{base::id_of("one")}, .request = an_id, .seconds = 15, .readers = {a_clerk}}, "今儿 9:05 · 15秒上下", "王芳、李支书", true},
             {{.id = SaidId{base::id_of("two")}, .request = an_id, .seconds = 30, .readers = {a_clerk}}, "今儿 9:07 · 30秒上下", "王芳、李支书", true}};
  }
  Next touch(const std::string& id) { return tap_hear(draft, m, {id}); }
};

TEST_F(HearScreen, is_sound_in_each_state) {
  const auto look_at = [&](const std::string& name) { sound_at_every_glass("request/hear " + name, &draw_hear, m, draft, true); };
  look_at("asks");
  draft.of<Hearing>().alone = true;
  look_at("ready");
  draft.of<Hearing>().sound = ear->sound;
  ear->now.playing = true;
  look_at("playing");
  ear->now.playing = false;
  for (const auto why : {Refusal::said_not_here, Refusal::said_broken, Refusal::key_is_new}) {
    draft.of<Hearing>().refused = name(why);
    look_at(std::string(name(why)));
  }
  draft.of<Hearing>() = {};
  m.all[0].for_me = false;
  m.all[0].who = "欧阳赵春花、司马阿依古丽、李支前、陈静、王芳";
  look_at("not a reader");
  m.all.clear();
  look_at("none");
}

TEST_F(HearScreen, asks_before_it_plays_into_the_room_and_not_in_a_headset) {
  EXPECT_EQ(open_hear(draft, m).kind, Next::Kind::stay);
  const auto next = touch("alone");
  EXPECT_EQ(next.kind, Next::Kind::run);
  EXPECT_TRUE(next.slow) << "reading and opening are not the drawing thread's";
  draft.of<parts::Session>().headset = true;
  EXPECT_EQ(open_hear(draft, m).kind, Next::Kind::run);
}

TEST_F(HearScreen, what_was_opened_is_played_again_without_opening_it_again) {
  (void)touch("alone");
  (void)done_hear(draft, m, std::any(ear->sound));
  EXPECT_EQ(touch("play").kind, Next::Kind::stay);
  EXPECT_THAT(ear->asked, testing::ElementsAre("play", "play"));
  (void)touch("next");
  EXPECT_EQ(touch("play").kind, Next::Kind::run) << "another one";
}

TEST_F(HearScreen, without_a_key_or_for_others_nothing_is_opened) {
  m.all[0].for_me = false;
  EXPECT_EQ(touch("alone").kind, Next::Kind::stay);
  m.all[0].for_me = true;
  draft.of<parts::Keyring>() = {};
  EXPECT_EQ(touch("alone").kind, Next::Kind::stay);
}

}  // namespace
