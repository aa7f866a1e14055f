#include "village/catalogue.h"

#include "base/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace {

using base::Wrong;
using testing::ElementsAre;
using testing::IsEmpty;
using village::Catalogue;
namespace fs = std::filesystem;

const fs::path source = NUANZHAN_SOURCE_DIR;
const fs::path shipped = source / "db/catalogue";
const base::Day begin_2026{std::chrono::year{2026} / 1 / 1};

std::string told(const std::vector<Wrong>& wrong) { return base::to_string(wrong); }

// A folder of catalogue files that is gone after the test.
class Folder {
 public:
  explicit Folder(const std::string& name = "catalogue") {
    std::string pattern = (fs::temp_directory_path() / "catalogue_test_XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    path_ = root_ / name;
    fs::create_directory(path_);
  }
  ~Folder() { fs::remove_all(root_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& file, const std::string& text) const { std::ofstream(path_ / file) << text; }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path root_, path_;
};

// One service, one offer, one office: the least that is right.
struct Small : Folder {
  Small() {
    write("services.toml", service);
    write("offers.toml", offer);
    write("offices.toml", office);
    write("matrix.toml", responsible);
    write("consents.toml", consent);
  }
  const std::string service = "[[service]]\nnumber = 1\ncode = \"day_care\"\ngroup = \"elder\"\npicture = \"🪑\"\n";
  const std::string offer =
      "[[offer]]\ncode = \"day_care\"\nservice = \"day_care\"\nshape = \"attendance\"\norder = 1\n"
      "sites = [\"day_care_centre\"]\naudience = [\"elder\"]\n[offer.settings]\nway = \"open\"\n";
  const std::string office = "[[office]]\ncode = \"village_committee\"\nlevel = \"village\"\n";
  const std::string responsible =
      "[[responsible]]\ngroup = \"all\"\nrole = \"lead\"\noffice = \"village_committee\"\nfrom = 2021-09-15\n";
  const std::string consent = "[[consent]]\ncode = \"screening\"\nversion = 1\n";

  // What is wrong when one file has this text instead.
  [[nodiscard]] std::vector<Wrong> wrong_with(const std::string& file, const std::string& text) const {
    write(file, text);
    std::vector<Wrong> wrong;
    (void)Catalogue::load(path(), wrong);
    return wrong;
  }
};

std::string replaced(std::string text, const std::string& part, const std::string& by) {
  return text.replace(text.find(part), part.size(), by);
}

const Catalogue& the_shipped() {
  static const Catalogue catalogue = [] {
    std::vector<Wrong> wrong;
    return Catalogue::load(shipped, wrong);
  }();
  return catalogue;
}

// ---- what is shipped

TEST(Catalogue, the_shipped_one_has_no_mistake) {
  std::vector<Wrong> wrong;
  const auto catalogue = Catalogue::load(shipped, wrong);
  EXPECT_EQ(told(wrong), "");
  EXPECT_EQ(catalogue.services().size(), 37u);
  EXPECT_EQ(catalogue.offices().size(), 15u);
}

TEST(Catalogue, the_services_are_numbered_as_in_the_plan) {
  int number = 0;
  for (const auto& service : the_shipped().services()) EXPECT_EQ(service.number, ++number) << service.code;
}

TEST(Catalogue, every_service_is_offered_in_the_shapes_of_the_plan) {
  const std::map<std::string, std::set<std::string>> plan{
      {"day_care", {"attendance"}},
      {"home_service", {"request"}},
      {"neighbour_help", {"request", "visit"}},
      {"health", {"booking", "visit"}},
      {"farm_work", {"request"}},
      {"company", {"request", "visit"}},
      {"warm_hearts", {"attendance", "visit"}},
      {"recreation", {"attendance", "booking"}},
      {"pension", {"benefit"}},
      {"collective_care", {"request"}},
      {"idle_houses", {"request"}},
      {"skills", {"booking", "attendance"}},
      {"jobs", {"notice", "request"}},
      {"womens_screening", {"booking"}},
      {"warm_women", {"attendance", "request"}},
      {"mediation", {"request"}},
      {"womens_home", {"attendance"}},
      {"points_shop", {"points"}},
      {"schooling", {"registry", "visit"}},
      {"education_aid", {"request", "benefit"}},
      {"home_teaching", {"visit"}},
      {"boarding", {"request"}},
      {"shared_grandmothers", {"attendance", "visit"}},
      {"rainbow_room", {"attendance"}},
      {"tutoring", {"booking", "visit"}},
      {"charity", {"benefit", "request"}},
      {"industry_support", {"request", "benefit"}},
      {"aid", {"request", "benefit"}},
      {"sunshine_home", {"attendance", "request"}},
      {"rehabilitation", {"request", "booking"}},
      {"safety", {"notice", "visit"}},
      {"supported_work", {"attendance", "request"}},
      {"survey", {"registry"}},
      {"plan_stages", {"campaign"}},
      {"stories", {"notice"}},
      {"inspection", {"campaign"}},
      {"urgent_help", {"request"}},
  };
  EXPECT_EQ(plan.size(), the_shipped().services().size());
  for (const auto& [service, wanted] : plan) {
    ASSERT_TRUE(the_shipped().service(service)) << service;
    std::set<std::string> there;
    for (const auto* offer : the_shipped().offers_of_service(service)) there.insert(offer->shape);
    for (const auto& shape : wanted) EXPECT_TRUE(there.contains(shape)) << service << " has no " << shape;
  }
}

TEST(Catalogue, every_service_is_led_by_the_offices_of_the_plan) {
  const std::map<std::string, std::vector<std::string>> plan{
      {"day_care", {"civil_affairs"}},
      {"home_service", {"civil_affairs"}},
      {"neighbour_help", {"civil_affairs"}},
      {"health", {"health"}},
      {"farm_work", {"civil_affairs"}},
      {"company", {"civil_affairs"}},
      {"warm_hearts", {"civil_affairs"}},
      {"recreation", {"civil_affairs"}},
      {"pension", {"labour"}},
      {"collective_care", {"civil_affairs"}},
      {"idle_houses", {"civil_affairs"}},
      {"skills", {"labour"}},
      {"jobs", {"labour"}},
      {"womens_screening", {"health", "womens_federation"}},
      {"warm_women", {"womens_federation"}},
      {"mediation", {"womens_federation", "justice_office"}},
      {"womens_home", {"womens_federation"}},
      {"points_shop", {"womens_federation"}},
      {"schooling", {"education"}},
      {"education_aid", {"education"}},
      {"home_teaching", {"central_school"}},
      {"boarding", {"education"}},
      {"shared_grandmothers", {"education", "womens_federation"}},
      {"rainbow_room", {"youth_league", "central_school"}},
      {"tutoring", {"youth_league"}},
      {"charity", {"youth_league"}},
      {"industry_support", {"civil_affairs", "labour"}},
      {"aid", {"civil_affairs", "medical_insurance"}},
      {"sunshine_home", {"disabled_federation"}},
      {"rehabilitation", {"disabled_federation", "health"}},
      {"safety", {"civil_affairs"}},
      {"supported_work", {"disabled_federation", "civil_affairs"}},
      {"survey", {"womens_federation", "social_affairs"}},
      {"plan_stages", {"party_committee"}},
      {"stories", {"social_affairs", "womens_federation", "justice_office", "youth_league", "central_school"}},
      {"inspection", {"party_committee"}},
      {"urgent_help", {"village_committee"}},
  };
  EXPECT_EQ(plan.size(), 37u);
  for (const auto& [service, offices] : plan) {
    ASSERT_TRUE(the_shipped().service(service)) << service;
    const auto& group = the_shipped().service(service)->group;
    EXPECT_EQ(the_shipped().responsible(group, service, "lead", begin_2026), offices) << service;
    EXPECT_THAT(the_shipped().responsible(group, service, "implementing", begin_2026),
                ElementsAre("party_branch", "village_committee"))
        << service;
  }
}

TEST(Catalogue, a_group_has_the_offices_of_the_plan) {
  const auto offices = [](const char* group, const char* role) {
    return the_shipped().responsible(group, "", role, begin_2026);
  };
  EXPECT_THAT(offices("elder", "lead"), ElementsAre("civil_affairs", "health", "medical_insurance"));
  EXPECT_THAT(offices("elder", "cooperating"), IsEmpty());
  EXPECT_THAT(offices("woman", "lead"), ElementsAre("womens_federation"));
  EXPECT_THAT(offices("woman", "cooperating"),
              ElementsAre("justice_office", "civil_affairs", "labour", "commerce"));
  EXPECT_THAT(offices("child", "lead"), ElementsAre("education"));
  EXPECT_THAT(offices("child", "cooperating"), ElementsAre("central_school", "youth_league", "womens_federation"));
  EXPECT_THAT(offices("hardship", "lead"), ElementsAre("civil_affairs"));
  EXPECT_THAT(offices("hardship", "cooperating"),
              ElementsAre("disabled_federation", "education", "health", "medical_insurance"));
}

TEST(Catalogue, nobody_answers_before_the_plan_begins) {
  const base::Day day_before{std::chrono::year{2021} / 9 / 14};
  EXPECT_THAT(the_shipped().responsible("elder", "meals", "lead", day_before), IsEmpty());
  EXPECT_FALSE(the_shipped().responsible("elder", "meals", "lead", day_before + std::chrono::days{1}).empty());
}

TEST(Catalogue, every_row_has_its_words_in_both_languages) {
  for (const std::string language : {"zh-CN", "en"}) {
    std::vector<Wrong> wrong;
    const auto words = base::Words::load(source / "assets/text", language, wrong);
    const auto there = [&](const std::string& key) { EXPECT_TRUE(words.has(key)) << language << " " << key; };
    for (const auto& service : the_shipped().services()) {
      there("catalogue.service." + service.code + ".name");
      there("catalogue.service." + service.code + ".short");
    }
    for (const auto& offer : the_shipped().offers()) {
      for (const bool identified : {false, true}) {
        there(offer.label_key(identified));
        there(offer.say_key(identified));
      }
      if (offer.shape == "attendance" || offer.shape == "request" || offer.shape == "booking")
        there(offer.done_key());
      if (const auto bring = offer.settings.find("bring"); bring != offer.settings.end())
        there(std::get<std::string>(bring->second.value));
    }
    for (const auto& office : the_shipped().offices()) there("catalogue.office." + office.code + ".name");
    for (const auto& consent : the_shipped().consents()) there(consent.text_key);
    for (const auto kind : village::kinds_of_site()) there("catalogue.site_kind." + std::string(kind) + ".name");
    for (const auto group : village::group_codes()) there("catalogue.group." + std::string(group) + ".name");
    for (const auto shape : village::shape_codes()) there("catalogue.shape." + std::string(shape) + ".name");
    for (const auto role : village::roles_of_office()) there("catalogue.role." + std::string(role) + ".name");
  }
}

TEST(Catalogue, words_name_no_row_that_is_not_there) {
  for (const std::string language : {"zh-CN", "en"}) {
    std::vector<Wrong> wrong;
    for (const auto& key : base::Words::load(source / "assets/text", language, wrong).keys()) {
      const auto code_of = [&](std::string_view table) {
        const auto rest = std::string_view(key).substr(table.size());
        return std::string(rest.substr(0, rest.find('.')));
      };
      if (key.starts_with("catalogue.service.")) {
        EXPECT_TRUE(the_shipped().service(code_of("catalogue.service."))) << language << " " << key;
      } else if (key.starts_with("catalogue.offer.")) {
        EXPECT_TRUE(the_shipped().offer(code_of("catalogue.offer."))) << language << " " << key;
      } else if (key.starts_with("catalogue.office.")) {
        EXPECT_TRUE(the_shipped().office(code_of("catalogue.office."))) << language << " " << key;
      }
    }
  }
}

TEST(Catalogue, a_tile_label_is_short_enough_for_the_largest_letters) {
  for (const auto& [language, most] : std::map<std::string, std::size_t>{{"zh-CN", 4}, {"en", 9}}) {
    std::vector<Wrong> wrong;
    const auto words = base::Words::load(source / "assets/text", language, wrong);
    for (const auto& offer : the_shipped().offers())
      for (const bool identified : {false, true}) {
        const auto label = words.text(offer.label_key(identified));
        EXPECT_LE(base::characters(label), most) << language << " " << offer.code << " " << label;
        EXPECT_GE(base::characters(label), 2u) << offer.code;
      }
    for (const auto& service : the_shipped().services())
      EXPECT_LE(base::characters(words.text("catalogue.service." + service.code + ".short")), most) << service.code;
  }
}

// Who cannot read chooses by the picture alone.
TEST(Catalogue, one_picture_means_one_thing_on_a_page) {
  for (const auto kind : village::kinds_of_site())
    for (const auto shape : {"attendance", "request", "booking", "notice"})
      for (const bool identified : {false, true}) {
        std::map<std::string, std::string> seen;
        for (const auto* offer : the_shipped().shown(shape, kind)) {
          const auto [other, fresh] = seen.emplace(offer->shown_picture(identified), offer->code);
          EXPECT_TRUE(fresh) << kind << ": " << other->first << " is " << other->second << " and " << offer->code;
        }
      }
}

TEST(Catalogue, a_private_offer_is_not_named_before_a_person_is_identified) {
  std::set<std::string> discreet;
  std::vector<Wrong> wrong;
  const auto words = base::Words::load(source / "assets/text", "zh-CN", wrong);
  for (const auto& offer : the_shipped().offers())
    if (offer.discreet) {
      discreet.insert(offer.code);
      const auto outside = words.text(offer.label_key(false)) + words.text(offer.say_key(false));
      for (const auto* word : {"两癌", "癌", "妇女检查", "康复", "救助", "大病", "欺负", "养老金"})
        EXPECT_EQ(outside.find(word), std::string::npos) << offer.code << " says " << outside;
    }
  for (const auto* code : {"womens_screening", "mediation", "rights_protection", "counselling", "aid",
                           "serious_illness", "pension", "rehabilitation_session"})
    EXPECT_TRUE(discreet.contains(code)) << code;
  EXPECT_FALSE(discreet.contains("meals"));
}

TEST(Catalogue, urgent_help_is_offered_to_everybody_everywhere) {
  const auto* urgent = the_shipped().offer("urgent_help");
  ASSERT_TRUE(urgent);
  for (const auto kind : village::kinds_of_site()) EXPECT_TRUE(urgent->offered_at(kind)) << kind;
  EXPECT_TRUE(urgent->offered_to({}));
}

// ---- choosing

TEST(Catalogue, an_offer_of_a_shape_not_built_is_hidden_from_residents) {
  std::vector<Wrong> wrong;
  const auto catalogue = Catalogue::load(shipped, {"attendance", "request"}, wrong);
  EXPECT_TRUE(catalogue.offer("pension")->hidden);
  EXPECT_FALSE(catalogue.offer("meals")->hidden);
  EXPECT_THAT(catalogue.shown("booking", "womens_home"), IsEmpty());
  EXPECT_FALSE(catalogue.shown("request", "womens_home").empty());
  EXPECT_FALSE(catalogue.offers_of_shape("booking").empty());  // staff and reports still have them
}

TEST(Catalogue, the_asking_page_begins_with_the_six_that_are_asked_for_most) {
  std::vector<std::string> first;
  for (const auto* offer : the_shipped().shown("request", "day_care_centre")) first.push_back(offer->code);
  first.resize(6);
  EXPECT_THAT(first, ElementsAre("meals", "cleaning", "bathing", "haircut", "repair", "farm_work"));
}

TEST(Catalogue, a_child_is_shown_what_is_for_children_at_this_kind_of_site) {
  const std::vector<std::string> child{"child"};
  std::vector<std::string> codes;
  for (const auto* offer : the_shipped().shown("booking", "rainbow_room", child)) codes.push_back(offer->code);
  EXPECT_THAT(codes, ElementsAre("tutoring", "family_call", "counselling", "games"));
  EXPECT_FALSE(the_shipped().offer("day_care")->offered_to(child));
  EXPECT_FALSE(the_shipped().offer("meals")->offered_at("rainbow_room"));
}

TEST(Catalogue, a_service_of_its_own_office_wins_over_the_group) {
  EXPECT_THAT(the_shipped().responsible("elder", "pension", "lead", begin_2026), ElementsAre("labour"));
  EXPECT_THAT(the_shipped().responsible("elder", "no_such_service", "lead", begin_2026),
              ElementsAre("civil_affairs", "health", "medical_insurance"));
  EXPECT_THAT(the_shipped().responsible("volunteer", "", "implementing", begin_2026),
              ElementsAre("party_branch", "village_committee"));
}

TEST(Catalogue, the_most_exact_rows_of_the_matrix_win_while_they_hold) {
  Small small;
  small.write("offices.toml", small.office + "[[office]]\ncode = \"health\"\nlevel = \"township\"\n" +
                                  "[[office]]\ncode = \"labour\"\nlevel = \"township\"\n");
  small.write("matrix.toml", small.responsible +
                                 "[[responsible]]\nservice = \"day_care\"\nrole = \"lead\"\noffice = \"health\"\n"
                                 "from = 2022-01-01\nuntil = 2023-12-31\n"
                                 "[[responsible]]\nservice = \"day_care\"\ngroup = \"hardship\"\nrole = \"lead\"\n"
                                 "office = \"labour\"\nfrom = 2022-01-01\n");
  std::vector<Wrong> wrong;
  const auto catalogue = Catalogue::load(small.path(), wrong);
  EXPECT_EQ(told(wrong), "");
  const auto lead = [&](const char* group, std::chrono::year_month_day day) {
    return catalogue.responsible(group, "day_care", "lead", base::Day{day});
  };
  using namespace std::chrono;
  EXPECT_THAT(lead("elder", 2021y / 12 / 31), ElementsAre("village_committee"));
  EXPECT_THAT(lead("elder", 2022y / 1 / 1), ElementsAre("health"));
  EXPECT_THAT(lead("elder", 2023y / 12 / 31), ElementsAre("health"));
  EXPECT_THAT(lead("elder", 2024y / 1 / 1), ElementsAre("village_committee"));
  EXPECT_THAT(lead("hardship", 2022y / 1 / 1), ElementsAre("labour"));
}

// ---- a village's own

TEST(Catalogue, a_new_service_of_rows_alone_shows_up) {
  Folder own("own");
  own.write("services.toml",
            "[[service]]\nnumber = 101\ncode = \"beekeeping\"\ngroup = \"woman\"\npicture = \"🐝\"\n");
  own.write(
      "offers.toml",
      "[[offer]]\ncode = \"beekeeping\"\nservice = \"beekeeping\"\nshape = \"request\"\norder = 500\n"
      "sites = [\"womens_home\"]\naudience = [\"woman\"]\n[offer.settings]\nkind = \"matter\"\ndue_min = 60\n");
  own.write(
      "matrix.toml",
      "[[responsible]]\nservice = \"beekeeping\"\nrole = \"lead\"\noffice = \"commerce\"\nfrom = 2026-01-01\n");
  std::vector<Wrong> wrong;
  const std::vector<fs::path> folders{shipped, own.path()};
  const auto catalogue = Catalogue::load(folders, {"request"}, wrong);
  EXPECT_EQ(told(wrong), "");
  EXPECT_EQ(catalogue.services().size(), 38u);
  ASSERT_TRUE(catalogue.offer("beekeeping"));
  EXPECT_EQ(catalogue.offer("beekeeping")->picture, "🐝");
  const auto shown = catalogue.shown("request", "womens_home", std::vector<std::string>{"woman"});
  EXPECT_TRUE(std::ranges::find(shown, catalogue.offer("beekeeping")) != shown.end());
  EXPECT_THAT(catalogue.responsible("woman", "beekeeping", "lead", begin_2026), ElementsAre("commerce"));
}

TEST(Catalogue, a_village_replaces_a_row_whole) {
  Folder own("own");
  own.write(
      "offers.toml",
      "[[offer]]\nreplace = true\ncode = \"meals\"\nservice = \"home_service\"\nshape = \"request\"\norder = 11\n"
      "picture = \"🍜\"\nsites = [\"any\"]\naudience = [\"all\"]\n[offer.settings]\nkind = \"help\"\n");
  own.write("matrix.toml",
            "[[responsible]]\nreplace = true\nservice = \"pension\"\nrole = \"lead\"\noffice = \"civil_affairs\"\n"
            "from = 2026-01-01\n");
  std::vector<Wrong> wrong;
  const std::vector<fs::path> folders{shipped, own.path()};
  const auto catalogue = Catalogue::load(folders, {"request"}, wrong);
  EXPECT_EQ(told(wrong), "");
  EXPECT_EQ(catalogue.offer("meals")->picture, "🍜");
  EXPECT_FALSE(catalogue.offer("meals")->settings.contains("due_min"));
  EXPECT_EQ(catalogue.offer("meals")->sites.size(), village::kinds_of_site().size());
  EXPECT_EQ(catalogue.offers().size(), the_shipped().offers().size());
  EXPECT_THAT(catalogue.responsible("elder", "pension", "lead", begin_2026), ElementsAre("civil_affairs"));
}

TEST(Catalogue, the_same_code_without_replace_is_a_mistake_and_the_first_row_stays) {
  Folder own("own");
  own.write("services.toml", "\n[[service]]\nnumber = 101\ncode = \"aid\"\ngroup = \"elder\"\npicture = \"🐝\"\n");
  std::vector<Wrong> wrong;
  const std::vector<fs::path> folders{shipped, own.path()};
  const auto catalogue = Catalogue::load(folders, {}, wrong);
  ASSERT_EQ(wrong.size(), 1u) << told(wrong);
  EXPECT_EQ(wrong[0].file, "own/services.toml");
  EXPECT_EQ(wrong[0].row, 4);
  EXPECT_EQ(wrong[0].column, 8);
  EXPECT_THAT(wrong[0].what, testing::HasSubstr("replace = true"));
  EXPECT_EQ(catalogue.service("aid")->number, 28);
  EXPECT_TRUE(catalogue.service("aid")->discreet);
}

// A careless second row must not lift the veil from the first.
TEST(Catalogue, a_duplicate_row_leaves_an_offer_as_private_as_it_was) {
  Folder own("own");
  own.write("offers.toml",
            "[[offer]]\ncode = \"counselling\"\nservice = \"tutoring\"\nshape = \"booking\"\norder = 1\n"
            "sites = [\"any\"]\naudience = [\"all\"]\n");
  std::vector<Wrong> wrong;
  const std::vector<fs::path> folders{shipped, own.path()};
  const auto catalogue = Catalogue::load(folders, {"booking"}, wrong);
  EXPECT_EQ(wrong.size(), 1u);
  EXPECT_TRUE(catalogue.offer("counselling")->discreet);
}

TEST(Catalogue, a_later_folder_may_hold_one_file_but_the_first_needs_all) {
  Small small;
  fs::remove(small.path() / "offices.toml");
  const auto wrong = small.wrong_with("matrix.toml", "");
  EXPECT_EQ(told(wrong), "catalogue/offices.toml: the file is missing\n");
}

// ---- mistakes

struct Mistake {
  std::string name, file, text;
  int row, column;
  std::string what;
};
void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class CatalogueMistake : public testing::TestWithParam<Mistake> {};

TEST_P(CatalogueMistake, is_told_with_its_row_and_column) {
  const auto& mistake = GetParam();
  Small small;
  const auto wrong = small.wrong_with(mistake.file, mistake.text);
  ASSERT_EQ(wrong.size(), 1u) << told(wrong);
  EXPECT_EQ(wrong[0].file, "catalogue/" + mistake.file);
  EXPECT_EQ(wrong[0].row, mistake.row) << told(wrong);
  EXPECT_EQ(wrong[0].column, mistake.column) << told(wrong);
  EXPECT_THAT(wrong[0].what, testing::HasSubstr(mistake.what));
}

std::vector<Mistake> mistakes() {
  const std::string service = Small().service, offer = Small().offer, office = Small().office,
                    responsible = Small().responsible, consent = Small().consent;
  return {
      {"syntax", "services.toml", service + "[[service]]\ncode = \"a\n", 7, 10, "cannot be read as TOML"},
      {"wrong_table", "services.toml", service + "[[offer]]\n", 6, 3, "rows of [[service]]"},
      {"table_not_row", "consents.toml", "[consent]\ncode = \"a\"\n", 1, 2, "rows of [[consent]]"},
      {"unknown_key", "services.toml", service + "colour = \"red\"\n", 6, 1, "colour: no such key"},
      {"wrong_type", "services.toml", replaced(service, "= 1", "= \"1\""), 2, 10, "number: must be a whole number"},
      {"number_out_of_range", "services.toml", replaced(service, "= 1", "= 0"), 2, 10, "from 1 to 9999"},
      {"private_not_boolean", "services.toml", service + "private = \"yes\"\n", 6, 11,
       "private: must be true or false"},
      {"missing_code", "consents.toml", consent + "[[consent]]\nversion = 2\n", 4, 1, "code is missing"},
      {"bad_code", "consents.toml", consent + "[[consent]]\ncode = \"Photo 1\"\nversion = 2\n", 5, 8,
       "small letters"},
      {"missing_picture", "services.toml", replaced(service, "picture = \"🪑\"\n", ""), 1, 1, "picture is missing"},
      {"two_emoji", "services.toml", replaced(service, "🪑", "🪑🪑"), 5, 11, "must be one emoji"},
      {"letters_for_picture", "services.toml", replaced(service, "🪑", "A"), 5, 11, "must be one emoji"},
      {"unknown_group", "services.toml", replaced(service, "elder", "elders"), 4, 9,
       "\"elders\" is not one of elder"},
      {"duplicate_service", "services.toml", service + replaced(service, "= 1", "= 2"), 8, 8,
       "day_care stands already in catalogue/services.toml row 1"},
      {"duplicate_number", "services.toml", service + replaced(service, "day_care", "b"), 7, 10,
       "1 is day_care's already"},
      {"replaces_nothing", "consents.toml", consent + "replace = true\n", 4, 11, "no earlier folder has screening"},
      {"unknown_service", "offers.toml", replaced(offer, "service = \"day_care\"", "service = \"day_car\""), 3, 11,
       "\"day_car\" is not in services.toml"},
      {"unknown_shape", "offers.toml", replaced(offer, "attendance", "attend"), 4, 9,
       "\"attend\" is not one of attendance"},
      {"unknown_site", "offers.toml", replaced(offer, "[\"day_care_centre\"]", "[\"any\", \"school\"]"), 6, 17,
       "\"school\" is not one of day_care_centre"},
      {"site_no_list", "offers.toml", replaced(offer, "[\"day_care_centre\"]", "\"any\""), 6, 9, "must be a list"},
      {"site_empty", "offers.toml", replaced(offer, "[\"day_care_centre\"]", "[]"), 6, 9, "must be a list"},
      {"unknown_audience", "offers.toml", replaced(offer, "[\"elder\"]", "[\"elder\", \"men\"]"), 7, 22, "\"men\""},
      {"audience_twice", "offers.toml", replaced(offer, "[\"elder\"]", "[\"elder\", \"elder\"]"), 7, 22, "twice"},
      {"missing_shape", "offers.toml", replaced(offer, "shape = \"attendance\"\n", ""), 1, 1, "shape is missing"},
      {"bad_time", "offers.toml", offer + "opens = \"25:00\"\n", 10, 9, "\"25:00\" is not a time of day"},
      {"time_no_text", "offers.toml", offer + "closes = 18\n", 10, 10, "closes: must be a text"},
      {"ages_crossed", "offers.toml", offer + "age_min = 65\nage_max = 35\n", 10, 11, "65 is above age_max, 35"},
      {"fraction", "offers.toml", offer + "due_min = 1.5\n", 10, 11,
       "due_min: must be true or false, a whole number"},
      {"unknown_consent", "offers.toml", offer + "consent = \"screen\"\nconsent_version = 1\n", 10, 11,
       "\"screen\" is not in consents.toml"},
      {"consent_without_version", "offers.toml", offer + "consent = \"screening\"\n", 10, 11,
       "consent_version is missing"},
      {"unknown_version", "offers.toml", offer + "consent = \"screening\"\nconsent_version = 3\n", 11, 19,
       "no such version of screening"},
      {"unknown_parent", "offices.toml", office + "parent = \"county\"\n", 4, 10,
       "\"county\" is not in offices.toml"},
      {"parent_of_itself", "offices.toml", office + "parent = \"village_committee\"\n", 4, 10, "under itself"},
      {"unknown_level", "offices.toml", replaced(office, "\"village\"", "\"county\""), 3, 9,
       "not one of township village"},
      {"unknown_office", "matrix.toml", replaced(responsible, "village_committee", "school"), 4, 10,
       "\"school\" is not in offices.toml"},
      {"service_of_nothing", "matrix.toml", responsible + "service = \"opera\"\n", 6, 11,
       "\"opera\" is not in services.toml"},
      {"unknown_role", "matrix.toml", replaced(responsible, "lead", "boss"), 3, 8, "not one of lead"},
      {"nobody_named", "matrix.toml", replaced(responsible, "group = \"all\"\n", ""), 1, 1,
       "group or service is missing"},
      {"day_in_quotes", "matrix.toml", replaced(responsible, "2021-09-15", "\"2021-09-15\""), 5, 8,
       "must be a date"},
      {"ends_before_it_begins", "matrix.toml", responsible + "until = 2020-01-01\n", 6, 9,
       "is before from, 2021-09-15"},
      {"duplicate_consent", "consents.toml", consent + consent, 5, 8, "screening version 1 stands already"},
      {"replaces_in_its_own_folder", "consents.toml", consent + consent + "replace = true\n", 5, 8,
       "stands already"},
      {"misnamed_file", "service.toml", "", 0, 0, "no such file in a catalogue"},
  };
}

INSTANTIATE_TEST_SUITE_P(Catalogue, CatalogueMistake, testing::ValuesIn(mistakes()),
                         [](const auto& tested) { return tested.param.name; });

TEST(Catalogue, all_mistakes_of_all_files_are_told_at_once_and_the_rest_stands) {
  Small small;
  small.write("services.toml",
              small.service + "[[service]]\nnumber = 2\ncode = \"opera\"\ngroup = \"men\"\ncolour = 1\n");
  small.write("offers.toml", small.offer +
                                 "opens = \"8 o'clock\"\n[[offer]]\ncode = \"stage\"\nservice = \"opera\"\n" +
                                 "shape = \"request\"\norder = 1\nsites = [\"any\"]\naudience = [\"all\"]\n");
  small.write("offices.toml", "[[office\n");
  small.write("consents.toml", small.consent + "version = 2\n");
  std::vector<Wrong> wrong;
  const auto catalogue = Catalogue::load(small.path(), wrong);
  std::vector<std::string> places;
  for (const auto& w : wrong) places.push_back(base::to_string({w.file, w.row, w.column, ""}));
  EXPECT_THAT(places, ElementsAre("catalogue/consents.toml:4:11: ",   // a key given twice
                                  "catalogue/offers.toml:10:9: ",     // the time
                                  "catalogue/offices.toml:1:9: ",     // the bracket
                                  "catalogue/services.toml:6:1: ",    // no picture
                                  "catalogue/services.toml:9:9: ",    // the group
                                  "catalogue/services.toml:10:1: "))  // the key
      << told(wrong);
  ASSERT_EQ(catalogue.services().size(), 1u);
  EXPECT_EQ(catalogue.services()[0].code, "day_care");
  EXPECT_THAT(catalogue.offers(), IsEmpty());  // one is wrong, one stands on a service that is
  EXPECT_THAT(catalogue.matrix(), IsEmpty());  // its office could not be read
}

TEST(Catalogue, two_rows_without_a_code_are_two_mistakes) {
  Small small;
  const auto wrong = small.wrong_with("consents.toml", "[[consent]]\nversion = 1\n[[consent]]\nversion = 1\n");
  EXPECT_EQ(told(wrong),
            "catalogue/consents.toml:1:1: code is missing\ncatalogue/consents.toml:3:1: code is missing\n");
}

TEST(Catalogue, what_needs_a_yes_is_not_offered_while_the_words_to_agree_to_are_missing) {
  Small small;
  small.write("offers.toml", small.offer + "consent = \"screening\"\nconsent_version = 1\n");
  std::vector<Wrong> wrong;
  EXPECT_TRUE(Catalogue::load(small.path(), wrong).offer("day_care"));
  small.write("consents.toml", "[[consent]\n");
  const auto catalogue = Catalogue::load(small.path(), wrong);
  EXPECT_EQ(wrong.size(), 1u) << told(wrong);
  EXPECT_FALSE(catalogue.offer("day_care"));
}

TEST(Catalogue, a_folder_that_is_not_there_is_told) {
  std::vector<Wrong> wrong;
  const auto catalogue = Catalogue::load("/nowhere/catalogue", wrong);
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_EQ(wrong[0].file, "catalogue");
  EXPECT_THAT(catalogue.services(), IsEmpty());
}

// ---- what a shape asks

struct Asked : Small {
  explicit Asked(const std::string& settings) {
    write("offers.toml", offer + settings);
    std::vector<Wrong> own;
    catalogue = Catalogue::load(path(), own);
    loaded = own;
  }
  Catalogue catalogue;
  std::vector<Wrong> loaded, wrong;
};

TEST(SettingsReader, answers_what_stands_there_and_otherwise_the_default) {
  Asked asked("meal = true\ndue_min = 30\nopens = \"8:05\"\nchecks = [\"a\", \"b\"]\nbring = \"k\"\n");
  village::SettingsReader settings(*asked.catalogue.offer("day_care"), asked.wrong);
  EXPECT_TRUE(settings.boolean("meal", false));
  EXPECT_TRUE(settings.boolean("seats", true));
  EXPECT_EQ(settings.integer("due_min", 120, 1, 1000), 30);
  EXPECT_EQ(settings.integer("places", 7, 1, 1000), 7);
  EXPECT_EQ(settings.integer("age_min", 0, 120), std::nullopt);
  EXPECT_EQ(settings.one_of("way", {"open", "session"}), "open");
  EXPECT_EQ(settings.one_of("sex", {"female", "any"}, "any"), "any");
  EXPECT_EQ(settings.minutes_of_day("opens"), base::Minutes{485});
  EXPECT_EQ(settings.minutes_of_day("closes"), std::nullopt);
  EXPECT_THAT(settings.texts("checks"), ElementsAre("a", "b"));
  EXPECT_EQ(settings.text("bring"), "k");
  settings.finish();
  EXPECT_EQ(told(asked.wrong), "");
}

TEST(SettingsReader, notes_every_wrong_value_and_every_unknown_key_where_it_stands) {
  Asked asked("meal = 1\ndue_min = 5000\nseats = true\nchecks = \"a\"\n");
  village::SettingsReader settings(*asked.catalogue.offer("day_care"), asked.wrong);
  EXPECT_FALSE(settings.boolean("meal", false));
  EXPECT_EQ(settings.integer("due_min", 120, 1, 1000), 120);
  EXPECT_THAT(settings.texts("checks"), IsEmpty());
  EXPECT_EQ(settings.one_of("way", {"slots", "activity"}), "slots");
  EXPECT_EQ(settings.one_of("kind", {"help", "matter"}), "help");
  settings.complain("seats", "seats: not with this way");
  settings.finish();
  EXPECT_EQ(told(asked.wrong),
            "catalogue/offers.toml:10:8: meal: must be true or false\n"
            "catalogue/offers.toml:11:11: due_min: must be a whole number from 1 to 1000\n"
            "catalogue/offers.toml:13:10: checks: must be a list of texts\n"
            "catalogue/offers.toml:9:7: way: \"open\" is not one of slots activity\n"
            "catalogue/offers.toml:1:1: kind is missing: one of help matter\n"
            "catalogue/offers.toml:12:9: seats: not with this way\n");
}

TEST(SettingsReader, a_key_nobody_asked_for_is_told) {
  Asked asked("meel = true\n");
  village::SettingsReader settings(*asked.catalogue.offer("day_care"), asked.wrong);
  (void)settings.boolean("meal", false);
  (void)settings.one_of("way", {"open", "session"});
  settings.finish();
  ASSERT_EQ(asked.wrong.size(), 1u);
  EXPECT_EQ(asked.wrong[0].row, 10);
  EXPECT_THAT(asked.wrong[0].what, testing::HasSubstr("meel: no such setting of attendance; there are meal way"));
}

}  // namespace
