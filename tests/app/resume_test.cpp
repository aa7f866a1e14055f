// Where a kiosk comes back to after it fell: a public screen, nobody signed in, whatever stands in the file.
#include "at_the_kiosk.h"

#include "app/resume.h"

#include <fstream>
#include <random>

namespace {

namespace fs = std::filesystem;
using app::Place;
using app::Resume;
using given::AtTheKiosk;

struct ResumeFile : testing::Test {
  fs::path folder = fs::temp_directory_path() / ("nuanzhan-resume-" + std::to_string(::getpid()));
  fs::path file = folder / "resume";
  ResumeFile() { fs::create_directories(folder); }
  ~ResumeFile() override { fs::remove_all(folder); }
  void holds(std::string_view text) const { std::ofstream(file, std::ios::binary) << text; }
  // A kiosk that began at these seconds and stood here at the last, then fell.
  void fell(std::initializer_list<std::int64_t> began, const Place& at) const {
    for (const auto moment : began) {
      Resume r(file, moment);
      r.begins(moment);
      (void)r.stands_at(at, moment);
      Resume::write(file, r.text());
    }
  }
};

TEST_F(ResumeFile, names_the_screen_it_fell_on_until_that_is_long_ago) {
  fell({1000}, {"notice/list", "k"});
  EXPECT_EQ(Resume(file, 1000 + app::resume_within_s).fell_at(), (Place{"notice/list", "k"}));
  EXPECT_EQ(Resume(file, 1001 + app::resume_within_s).fell_at(), std::nullopt);
  EXPECT_EQ(Resume(file, 999).fell_at(), std::nullopt) << "the machine was started anew";
}

TEST_F(ResumeFile, closed_properly_it_begins_at_home_and_counts_from_none) {
  fell({1, 2, 3, 4, 5, 6, 7}, {"notice/list", ""});
  Resume::forget(file);
  const Resume next(file, 8);
  EXPECT_EQ(next.fell_at(), std::nullopt);
  EXPECT_FALSE(next.troubled());
}

TEST_F(ResumeFile, a_fall_before_anything_was_shown_keeps_the_place) {
  fell({1000}, {"notice/list", ""});
  Resume again(file, 1010);
  again.begins(1010);
  Resume::write(file, again.text());
  EXPECT_EQ(Resume(file, 1011).fell_at(), (Place{"notice/list", ""}));
}

TEST_F(ResumeFile, more_than_five_restarts_within_ten_minutes_are_trouble) {
  fell({0, 100, 200, 300, 400}, {"desk/home", ""});
  EXPECT_FALSE(Resume(file, 40).troubled()) << "the fifth restart";
  fell({500}, {"desk/home", ""});
  EXPECT_TRUE(Resume(file, 600).troubled()) << "the sixth";
  EXPECT_FALSE(Resume(file, 601).troubled()) << "the first start is ten minutes ago";
}

TEST_F(ResumeFile, stays_small_however_often_it_falls) {
  for (std::int64_t at = 0; at < 40; ++at) fell({at}, {"desk/home", ""});
  EXPECT_LT(fs::file_size(file), 200u);
  EXPECT_TRUE(Resume(file, 40).troubled());
}

TEST_F(ResumeFile, what_is_damaged_counts_as_none) {
  fell({1000}, {"notice/list", ""});
  std::ifstream in(file, std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), {}};
  const auto reads = [&](std::string_view text) {
    holds(text);
    const Resume r(file, 1001);
    EXPECT_FALSE(r.troubled()) << text;
    return r.fell_at();
  };
  ASSERT_TRUE(reads(whole));
  for (std::size_t n = 0; n < whole.size() - 2; ++n) EXPECT_EQ(reads(whole.substr(0, n)), std::nullopt) << "cut at " << n;
  for (const auto* text : {"", "{}", "[]", "null", "\xff\xfe\x00\x01", R"({"version":2,"screen":"desk/home","key":"","at_s":1000})", R"({"version":1,"screen":7,"key":"","at_s":1000})",
                           R"({"version":1,"screen":"desk/home","key":[],"at_s":1000})", R"({"version":1,"screen":"desk/home","key":"","at_s":"1000"})",
                           R"({"version":1,"screen":"desk/home","key":"","at_s":-5})", R"({"version":1,"screen":"desk/home","key":"","at_s":1e400})",
                           R"({"version":1,"screen":"","key":"","at_s":1000})", R"({"version":1,"began_s":"often"})", R"({"version":1,"began_s":[[],{},null,"x",-1,99999]})"})
    EXPECT_EQ(reads(text), std::nullopt) << text;
  EXPECT_EQ(reads(whole + std::string(app::longest_resume, ' ')), std::nullopt) << "too long to be ours";
  std::mt19937 chance(7);
  for (int i = 0; i < 300; ++i) {
    std::string damaged = whole;
    damaged[chance() % damaged.size()] ^= static_cast<char>(1u << chance() % 8);
    (void)reads(damaged);  // a flip may leave a name: the kiosk then asks whether it is one of its own
  }
}

TEST_F(ResumeFile, a_disk_that_refuses_costs_the_way_back_alone) {
  Resume::write(folder / "not there" / "resume", "{}");
  EXPECT_FALSE(fs::exists(folder / "not there"));
}

TEST(ComesBack, to_each_public_screen_and_to_nothing_else) {
  AtTheKiosk k;
  int back = 0;
  for (const auto& faces : app::all_faces())
    for (const auto& screen : faces.screens) {
      k.kiosk->go_home(false);
      const bool came = k.kiosk->come_back({screen.key, ""});
      if (!came) {
        EXPECT_EQ(k.at(), "desk/home") << screen.key;
        continue;
      }
      ++back;
      k.settle();
      EXPECT_EQ(screen.needs, store::Role::none) << screen.key;
      EXPECT_EQ(screen.privacy, parts::Privacy::open) << screen.key;
      EXPECT_FALSE(k.kiosk->signed_in()) << screen.key;
    }
  EXPECT_GE(back, 5);
  for (const auto& place : {Place{"desk/today", ""}, Place{"desk/home", "x"}, Place{"desk/person", k.clerk.text()}, Place{"attendance/arrive", "card"}, Place{"", ""}, Place{"\xff", "\xff"}})
    EXPECT_FALSE(k.kiosk->come_back(place)) << place.screen;
}

TEST(ComesBack, where_it_stood_while_nobody_was_known) {
  AtTheKiosk k;
  EXPECT_EQ(k.kiosk->public_place(), (Place{"desk/home", ""}));
  k.kiosk->open("desk/calendar", "");
  k.settle();
  ASSERT_EQ(k.at(), "desk/calendar");
  const auto place = k.kiosk->public_place();
  EXPECT_EQ(place, (Place{"desk/calendar", ""}));
  k.kiosk->open("desk/month", "");
  k.settle();
  EXPECT_EQ(k.kiosk->public_place(), place) << "deeper, it is the way that led there";
  AtTheKiosk after;
  EXPECT_TRUE(after.kiosk->come_back(place));
  after.settle();
  EXPECT_EQ(after.at(), "desk/calendar");
  after.touch("back");
  EXPECT_EQ(after.at(), "desk/home");
}

TEST(ComesBack, home_once_somebody_is_known_and_never_with_their_name) {
  AtTheKiosk k;
  k.kiosk->open("desk/calendar", "");
  parts::Identity who;
  who.person = k.wang;
  who.known = store::Known::card;
  k.kiosk->become(who);
  EXPECT_EQ(k.kiosk->public_place(), (Place{"desk/home", ""}));
  k.kiosk->go_home(false);
  who = {};
  who.staff = k.clerk;
  k.kiosk->become(who);
  k.kiosk->open("desk/today", "");
  k.settle();
  ASSERT_EQ(k.at(), "desk/today");
  EXPECT_EQ(k.kiosk->public_place(), (Place{"desk/home", ""}));
}

TEST(ComesBack, an_unwell_kiosk_names_whom_to_call_and_goes_home_when_asked) {
  AtTheKiosk k;
  (void)k.act(k.a_manager(), [](store::Act& a) { return village::save_setting(a, "site.help_phone", "0930 555 0100", false); });
  k.kiosk->open("desk/unwell", "");
  k.settle();
  const auto& widgets = k.frame.outline().widgets;
  EXPECT_TRUE(std::ranges::any_of(widgets, [](const auto& w) { return w.label == "0930 555 0100"; }));
  for (int s = 0; s < 300; s += 10) {
    k.now += 10'000;
    k.kiosk->tick(k.now);
    (void)k.kiosk->wants_frame(k.now);
  }
  k.settle();
  EXPECT_EQ(k.at(), "desk/unwell") << "nobody is asked whether they are still there";
  k.touch("home");
  EXPECT_EQ(k.at(), "desk/home");
}

}  // namespace
