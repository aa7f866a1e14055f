// The recording screen at every glass: before, while it hears, when something was wrong, and when all is there.
#include "desk/record_voice.h"

#include "support/glasses.h"

namespace {

desk::RecordVoiceModel model(const std::string& text, const std::string& verdict = {}, bool recorded = false) {
  desk::RecordVoiceModel m;
  m.pack = "东村话";
  m.text = text;
  m.verdict = verdict;
  m.recorded = recorded;
  m.lines = 912;
  m.missing = 640;
  return m;
}

void sound(const std::string& what, const desk::RecordVoiceModel& m) {
  ui::Look look;
  look.staff = true;
  look.bar = false;
  support::sound_everywhere(what, look, [&](ui::Ui& ui, const base::Words&) { desk::draw_record_voice(ui, m); });
}

}  // namespace

TEST(RecordVoice, is_sound_at_every_glass_with_the_shortest_and_the_longest_sentence) {
  std::string longest;
  for (const auto& key : support::words("zh-CN").keys())
    if (key.ends_with("say") && support::words("zh-CN").text(key).size() > longest.size()) longest = support::words("zh-CN").text(key);
  ASSERT_GT(longest.size(), 60u);
  std::erase_if(longest, [](char c) { return c == '{' || c == '}'; });
  for (const auto& text : {std::string("半"), longest}) {
    sound("to be recorded", model(text));
    sound("recorded", model(text, "good", true));
    for (const auto* wrong : {"silent", "too_short", "too_loud", "no_microphone", "not_kept"}) sound(wrong, model(text, wrong));
    auto hears = model(text);
    hears.doing = desk::RecordVoiceModel::Doing::hearing;
    hears.level = 0.5f;
    sound("hearing", hears);
  }
}

TEST(RecordVoice, what_begins_ends_and_leads_on_is_touched_and_there_is_nothing_to_play_before_it_was_recorded) {
  for (const bool recorded : {false, true}) {
    ui::Look look;
    look.staff = true;
    look.bar = false;
    ui::Headless glass(ui::reference_glasses()[2].glass, look, &support::words("zh-CN"));
    const auto m = model("您好", {}, recorded);
    const auto draw = [&](ui::Ui& ui) { desk::draw_record_voice(ui, m); };
    glass.draw(draw);
    for (const auto* id : {"record", "previous", "next", "next_missing", "done"}) {
      glass.now_ms += 1000;
      EXPECT_EQ(glass.tap(id, draw), id);
    }
    glass.now_ms += 1000;
    EXPECT_EQ(glass.tap("play", draw), recorded ? "play" : "");
  }
}
