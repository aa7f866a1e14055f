// Every screen of the product as a person comes to it, in a real village: reached, sound at every glass, and the village untouched.
#include "app/demo_village.h"
#include "app/examples.h"
#include "app/faces.h"
#include "desk/home.h"
#include "support/importer.h"
#include "devices/spoken.h"
#include "ui/checks.h"
#include "ui/headless.h"

#include <gtest/gtest.h>
#include <fstream>
#include <regex>
#include <unistd.h>

namespace {

const std::filesystem::path source = NUANZHAN_SOURCE_DIR;

struct Village {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("examples-" + std::to_string(::getpid()));
  base::FixedClock clock;
  std::map<std::string, base::Words> words;
  std::unique_ptr<store::Store> store;

  explicit Village(base::Day day = base::day(std::chrono::year{2026} / 11 / 24), std::uint64_t seed = 7)
      : clock(base::instant_at(day, base::Minutes{9 * 60 + 5}, base::Place{})) {
    std::filesystem::remove_all(folder);
    std::vector<base::Wrong> wrong;
    std::set<std::string, std::less<>> built;
    for (const auto& shape : shapes::all()) built.emplace(shape.name);
    shapes::use_catalogue(village::Catalogue::load(source / "db/catalogue", built, wrong), wrong);
    for (const auto* language : {"zh-CN", "en"}) words.emplace(language, base::Words::load(source / "assets/text", language, wrong));
    if (!wrong.empty()) throw std::runtime_error(base::to_string(wrong));
    store = std::make_unique<store::Store>(folder, shapes::contract(), clock, store::Store::Options{.seed = seed});
    app::DemoOptions options;
    options.residents = 260;
    options.days = 10;
    options.seed = seed;
    options.names = source / "db/demo/names.toml";
    (void)app::make_demo(*store, clock, words.at("zh-CN"), options, [](double, const char*) {});
  }
  ~Village() {
    store.reset();
    std::filesystem::remove_all(folder);
  }
  [[nodiscard]] village::SiteId site(std::string_view kind) const {
    for (const auto& s : village::sites(store->reader(store::Viewer{})))
      if (s.kind == kind) return s.id;
    throw std::runtime_error("no site of kind " + std::string(kind));
  }
};

app::Setup setup_of(store::Store& store, app::Trace& trace, app::Workers& workers, const Village& v, village::SiteId site, const std::string& language) {
  app::Setup s{store, trace, workers, app::all_faces(), v.words, language, site, {}, false, true};
  std::vector<parts::HomeTile> tiles;
  for (const auto& faces : s.faces) tiles.insert(tiles.end(), faces.tiles.begin(), faces.tiles.end());
  desk::set_home_tiles(std::move(tiles));
  return s;
}

std::vector<std::string> screens() {
  std::vector<std::string> all;
  for (const auto& f : app::all_faces())
    for (const auto& screen : f.screens)
      if (!app::only_leads_on(screen.key)) all.push_back(screen.key);
  std::ranges::stable_partition(all, [](const auto& key) { return !app::leaves_an_alarm(key); });
  return all;
}

// What is looked at: text size, light on black, and in which languages.
struct Sight { float scale; bool night; };

// What a screen says by itself, and what it reads out when it is asked again, is what a village is asked to record.
// Staff read: of their screens only the sentence is.
void look_at_what_is_spoken(const std::string& screen, bool staff, const ui::Outline& outline, const base::Words& words) {
  static const auto spoken = devices::SpokenKeys::load(source / "assets/voice/spoken.txt");
  static const auto listed = [&] {
    std::set<std::string> texts;
    for (const auto& key : words.keys())
      if (spoken.has(key)) texts.insert(words.text(key));
    return texts;
  }();
  static std::set<std::string> told;
  if (!outline.speak_key.empty() && words.has(outline.speak_key) && !spoken.has(outline.speak_key) && told.insert(outline.speak_key).second)
    ADD_FAILURE() << screen << " says " << outline.speak_key << ", which assets/voice/spoken.txt leaves out";
  static const auto ours = [&] {
    std::set<std::string> texts;
    for (const auto& key : words.keys())
      if (key.find(".demo.") == std::string::npos) texts.insert(words.text(key));
    return texts;
  }();
  if (staff) return;
  for (const auto& w : outline.widgets)
    if (w.kind == ui::Kind::target && ours.contains(w.label) && !listed.contains(w.label) && told.insert(w.label).second)
      ADD_FAILURE() << screen << " reads out \"" << w.label << "\" (" << w.voice << "), which assets/voice/spoken.txt leaves out";
}

// Every screen as a person comes to it, at every glass: what is wrong is said once.
void look_at_all(Village& v, const std::vector<std::string>& languages, const std::vector<Sight>& sights) {
  app::Trace trace;
  app::Workers workers([] {});
  std::map<std::string, std::unique_ptr<ui::Frame>> frames;
  std::set<std::string> said;
  for (const auto& language : languages) {
    app::Copy copy(*v.store);
    for (const auto& key : screens()) {
      auto setup = setup_of(copy.store(), trace, workers, v, v.site(app::home_of(key)), language);
      setup.camera = std::make_shared<app::Camera>(workers, copy.pictures(), std::vector{copy.pictures()}, support::importer());
      app::Kiosk kiosk(std::move(setup));
      std::int64_t now = 1'000'000;
      kiosk.tick(now);
      EXPECT_TRUE(app::bring(kiosk, copy, v.site(app::home_of(key)), key)) << key << " is not reached: " << kiosk.screen_key();
      if (kiosk.screen_key() != key) continue;
      for (const auto& named : ui::reference_glasses())
        for (const auto& [scale, night] : sights) {
          if (scale > 1.3f && named.glass.reading_mm < 500) continue;
          auto& frame = frames[std::string(named.name)];
          if (!frame) frame = std::make_unique<ui::Frame>();
          kiosk.set_sight(scale, night);
          (void)kiosk.draw(*frame, named.glass, {}, now);
          ASSERT_EQ(kiosk.screen_key(), key) << "nothing happens while it is looked at";
          ui::Look look;
          look.staff = kiosk.needs(key) != store::Role::none || key.starts_with("desk/sign_in") || key == "desk/pin" || key.starts_with("pick/") || key.starts_with("type/");
          look.text_scale = scale;
          look.night = night;
          for (const auto& defect : ui::defects(frame->outline(), named.glass, look))
            if (said.insert(key + defect).second) {
              std::string label;
              for (const auto& w : frame->outline().widgets)
                if (!w.id.empty() && defect.find(w.id) != std::string::npos) label = w.label;
              ADD_FAILURE() << key << " " << named.name << " " << language << " x" << scale << (night ? " night: " : ": ") << defect << " " << label;
            }
          if (language == "zh-CN" && scale == 1) look_at_what_is_spoken(key, look.staff, frame->outline(), v.words.at(language));
          std::set<std::string> targets;
          for (const auto& w : frame->outline().widgets) targets.insert(w.id);
          EXPECT_GT(targets.size(), key == "desk/attract" ? 0u : 1u) << key << " shows nothing";
        }
    }
  }
}

TEST(Examples, every_screen_is_reached_and_sound_at_every_glass_and_the_village_stays_as_it_was) {
  Village v;
  const auto before = v.store->fold_hash();
  const auto facts = v.store->verify_chain().facts;
  look_at_all(v, {"zh-CN", "en"}, {{1, false}, {1.25f, false}, {1.5f, false}, {1.25f, true}});
  EXPECT_EQ(v.store->fold_hash(), before);
  EXPECT_EQ(v.store->verify_chain().facts, facts);
}

// Other villages on other days show other words: the same, for as many as the long form asks.
TEST(Examples, are_sound_in_other_villages_on_other_days) {
  const char* wanted = std::getenv("NUANZHAN_LONG");
  if (wanted == nullptr) GTEST_SKIP() << "the long form: NUANZHAN_LONG=12 for twelve villages";
  for (int i = 0; i < std::max(1, std::atoi(wanted)); ++i) {
    SCOPED_TRACE("village " + std::to_string(i));
    Village v(base::day(std::chrono::year{2026} / 11 / 24) + std::chrono::days(37 * (i + 1)), 100 + static_cast<std::uint64_t>(i));
    look_at_all(v, {"zh-CN", "en"}, {{1, false}, {1.25f, false}, {1.5f, false}});
  }
}

// English with every word made 40 % longer by its own vowels; what stands in braces is left alone.
std::string stretched(const std::string& text) {
  std::string longer;
  bool name = false;
  double owed = 0;
  for (const char c : text) {
    longer += c;
    name = c == '{' ? true : c == '}' ? false : name;
    if (name || static_cast<unsigned char>(c) < 'A') continue;
    owed += 0.4;
    if (std::string_view("aeiouy").find(c) != std::string_view::npos)
      for (; owed >= 1; owed -= 1) longer += c;
  }
  return longer;
}

TEST(Examples, a_third_language_is_data_alone_even_forty_per_cent_longer) {
  Village v;
  const auto folder = v.folder.string() + "-text";
  std::filesystem::create_directories(folder + "/x-long");
  std::filesystem::copy(source / "assets/text/zh-CN", folder + "/zh-CN");  // what a language leaves out is Chinese
  for (const auto& file : std::filesystem::directory_iterator(source / "assets/text/en")) {
    std::ifstream in(file.path());
    std::ofstream out(folder + "/x-long/" + file.path().filename().string());
    const std::regex entry(R"re(^([a-z_0-9]+ = ")(.*)("\s*)$)re");
    for (std::string line; std::getline(in, line);) {
      std::smatch found;
      out << (std::regex_match(line, found, entry) ? found[1].str() + stretched(found[2]) + found[3].str() : line) << '\n';
    }
  }
  std::vector<base::Wrong> wrong;
  v.words.emplace("x-long", base::Words::load(folder, "x-long", wrong));
  ASSERT_TRUE(wrong.empty()) << base::to_string(wrong);
  look_at_all(v, {"x-long"}, {{1, false}, {1.25f, false}});
  std::filesystem::remove_all(folder);
}

}  // namespace
