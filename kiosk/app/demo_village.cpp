#include "app/demo_village.h"

#include "devices/wedge.h"
#include "village/keys.h"

#include <algorithm>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace app {
namespace {

using nlohmann::json;
using village::PersonEdit;
using village::PersonId;

struct Names {
  std::vector<std::string> surnames, rare, villages;
  std::vector<std::pair<std::string, std::string>> landmarks;
  std::vector<std::string> women[3], men[3];  // old, middle, young
};

std::vector<std::string> texts(const toml::node_view<toml::node>& node) {
  std::vector<std::string> all;
  if (auto* array = node.as_array())
    for (auto& e : *array)
      if (auto* s = e.as_string()) all.push_back(s->get());
  if (all.empty()) throw std::runtime_error("db/demo/names.toml: a list of names is missing");
  return all;
}

Names read_names(const std::filesystem::path& file) {
  auto t = toml::parse_file(file.string());
  Names n;
  n.surnames = texts(t["surnames"]);
  n.rare = texts(t["rare"]);
  n.villages = texts(t["villages"]);
  for (auto& e : *t["landmarks"].as_array()) n.landmarks.emplace_back(e.as_array()->at(0).as_string()->get(), e.as_array()->at(1).as_string()->get());
  const char* ages[] = {"old", "middle", "young"};
  for (int i = 0; i < 3; ++i) {
    n.women[i] = texts(t["women"][ages[i]]);
    n.men[i] = texts(t["men"][ages[i]]);
  }
  return n;
}

class Maker {
 public:
  Maker(store::Store& store, base::FixedClock& clock, const base::Words& zh, const DemoOptions& options, const std::function<void(double, const char*)>& progress)
      : store_(store), clock_(clock), zh_(zh), options_(options), progress_(progress), names_(read_names(options.names)), random_(options.seed * 7919 + 17) {}

  json make() {
    const auto now = clock_.now();
    const auto today = base::day_of(now, store_.place());
    begin_ = today - std::chrono::days(options_.days);
    clock_.set(base::instant_at(begin_, base::Minutes{6 * 60}, store_.place()));
    store_.show_opened_to_all();
    const int count = std::max(options_.residents < 1200 ? 2 : options_.residents / 800, 2);
    {
      store::Store::Bulk bulk(store_);
      for (int i = 0; i < count; ++i) {
        const int people = options_.residents < 1200 ? (i == 0 ? options_.residents * 7 / 10 : options_.residents - options_.residents * 7 / 10) : options_.residents / count + (i < options_.residents % count);
        villages_.push_back(make_village(i, people));
        if (i % 8 == 7) bulk.checkpoint();
        progress_(0.45 * (i + 1) / count, "people and places");
      }
    }
    village_count_ = count;
    villages_.resize(std::min(villages_.size(), static_cast<std::size_t>(options_.kiosks)));
    {
      store::Store::Bulk bulk(store_);
      const int steps = options_.days + 1;
      for (int d = 0; d < steps; ++d) {
        const auto day = begin_ + std::chrono::days(d);
        for (auto& v : villages_) {
          // What is later than now has not happened: on the last day only the morning until now.
          clock_.set(d + 1 == steps ? now : base::instant_at(day, base::Minutes{23 * 60 + 50}, store_.place()));
          shapes::Demo demo{store_, clock_, random_, v, zh_, options_.days};
          for (const auto& shape : shapes::all())
            if (shape.demo_day) shape.demo_day(demo, day);
        }
        bulk.checkpoint();
        progress_(0.45 + 0.53 * (d + 1) / steps, "history");
      }
      clock_.set(now);
      for (auto& v : villages_) {
        shapes::Demo demo{store_, clock_, random_, v, zh_, options_.days};
        for (const auto& shape : shapes::all())
          if (shape.demo_ahead) shape.demo_ahead(demo);
      }
    }
    clock_.set(now);
    progress_(1, "done");
    return report();
  }

 private:
  int between(int least, int most) { return least + static_cast<int>(random_() % static_cast<std::uint64_t>(most - least + 1)); }
  bool chance(int of_100) { return static_cast<int>(random_() % 100) < of_100; }
  template <class V>
  auto& one_of(V& v) { return v[random_() % v.size()]; }

  store::Viewer manager(village::SiteId site = {}) const { return store::Viewer::of_staff(site.value, store::Role::manager, {}, {}); }
  template <class Deed>
  auto act(Deed deed) {
    store::Act a(store_, manager(site_now_));
    auto result = deed(a);
    a.commit();
    return result;
  }

  std::string surname() {
    // The most common names are met most: the square of a chance leans to the front of the list.
    if (chance(5)) return one_of(names_.rare);
    const auto r = static_cast<double>(random_() % 10000) / 10000.0;
    return names_.surnames[static_cast<std::size_t>(r * r * static_cast<double>(names_.surnames.size()))];
  }
  std::string given(bool woman, int age) {
    auto& lists = woman ? names_.women : names_.men;
    return one_of(lists[age >= 55 ? 0 : age >= 22 ? 1 : 2]);
  }

  struct Made { PersonId id; std::string name, phone; int age = 0; bool woman = false; };

  Made person(const std::string& family, bool woman, int age, village::HouseholdId household, std::vector<std::string> tags, std::vector<village::SiteId> sites, const std::string& phone,
              bool alone = false) {
    Made m;
    m.age = age;
    m.woman = woman;
    m.phone = phone;
    m.name = family + given(woman, age);
    PersonEdit e;
    e.name = m.name;
    e.sex = woman ? "f" : "m";
    const auto date = base::date_of(begin_ + std::chrono::days(options_.days));
    // So old today: whose birthday is still to come this year was born a year earlier.
    const auto month = std::chrono::month{static_cast<unsigned>(between(1, 12))};
    const auto birthday = month / std::chrono::day{static_cast<unsigned>(between(1, 28))};
    e.born = base::day((date.year() - std::chrono::years(birthday > date.month() / date.day() ? age + 1 : age)) / birthday);
    e.household = household;
    if (!phone.empty()) e.phone = phone;
    e.tags = std::move(tags);
    e.sites = std::move(sites);
    if (alone) e.lives_alone = true;
    if (age > 25 && age < 80 && chance(9)) e.party_member = true;
    e.portrait = fmt::format("v1:{}:{}:{}", random_() % 1000000007, woman ? "f" : "m", age);
    m.id = *act([&](store::Act& a) { return village::save_person(a, e); });
    ++residents_;
    return m;
  }
  std::string phone() { return fmt::format("1{}{:04}{:04}", one_of(prefixes_), between(0, 9999), tail_ = (tail_ + 7919 + between(0, 40)) % 10000); }

  shapes::DemoVillage make_village(int index, int people) {
    shapes::DemoVillage v;
    const auto name = names_.villages[static_cast<std::size_t>(index) % names_.villages.size()] +
                      (static_cast<std::size_t>(index) >= names_.villages.size() ? std::to_string(index / static_cast<int>(names_.villages.size()) + 1) : "");
    static const char* markets[] = {"lunar:1,4,7", "lunar:2,5,8", "lunar:3,6,9"};
    site_now_ = {};
    v.village = act([&](store::Act& a) { return village::save_village(a, {}, name, markets[index % 3]); });
    std::vector<village::GroupId> groups;
    const int group_count = std::clamp(people / 60, 3, 6);
    for (int g = 0; g < group_count; ++g) {
      const auto& [landmark, picture] = names_.landmarks[static_cast<std::size_t>(g)];
      groups.push_back(act([&](store::Act& a) { return village::save_group(a, {}, v.village, g + 1, {}, picture); }));
    }
    const auto site = [&](const char* kind, const char* suffix, std::optional<int> seats) {
      const auto id = *act([&](store::Act& a) { return village::save_site(a, {{}, v.village, kind, name + suffix, seats, fmt::format("0931-{:07}", 2600000 + index * 13)}); });
      v.sites.push_back({id, v.village, kind, name + suffix, seats, ""});
      return id;
    };
    const auto care = site("day_care_centre", "幸福院", 40), women = site("womens_home", "妇女之家", 30), rainbow = site("rainbow_room", "七彩小屋", 40), office = site("village_office", "村委会", 30);
    site_now_ = care;

    // Households until everybody lives somewhere.
    std::vector<Made> elders, wives, children, hard, volunteers;
    std::vector<std::pair<Made, std::vector<std::pair<Made, std::string>>>> with_carers;
    int house = 0, living = 0;
    while (living < people) {
      const auto group = groups[static_cast<std::size_t>(house) % groups.size()];
      const auto number = fmt::format("{}", 1 + house / static_cast<int>(groups.size()));
      const auto home_phone = phone();
      const auto household = *act([&](store::Act& a) { return village::save_household(a, {{}, v.village, group, number, home_phone, std::nullopt}); });
      ++house;
      ++households_;
      const auto family = surname();
      const int kind = between(1, 100);
      const auto elder_tags = [&](bool hardship) { return hardship ? std::vector<std::string>{"elder", "hardship"} : std::vector<std::string>{"elder"}; };
      const bool to_care = static_cast<int>(elders.size()) < 62;
      const auto elder_sites = to_care ? std::vector<village::SiteId>{care, office} : std::vector<village::SiteId>{office};
      if (kind <= 22) {  // an elder alone
        const bool woman = chance(65);
        auto m = person(woman ? surname() : family, woman, between(64, 89), household, elder_tags(chance(30)), elder_sites, chance(80) ? home_phone : "", true);
        elders.push_back(m);
        ++living;
      } else if (kind <= 40) {  // two elders
        const int age = between(62, 86);
        auto he = person(family, false, age, household, elder_tags(false), elder_sites, home_phone);
        elders.push_back(he);
        auto she = person(surname(), true, std::max(60, age - between(0, 5)), household, elder_tags(chance(12)), elder_sites, chance(40) ? phone() : "");
        elders.push_back(she);
        living += 2;
      } else if (kind <= 88) {  // grandparents, their daughter-in-law or nobody, and children
        const bool mother_here = chance(55);
        auto granny = person(surname(), true, between(60, 78), household, {"elder"}, elder_sites, chance(60) ? home_phone : "");
        elders.push_back(granny);
        ++living;
        std::vector<std::pair<Made, std::string>> carers{{granny, "grandmother"}};
        if (chance(60)) {
          auto grandpa = person(family, false, granny.age + between(0, 6), household, {"elder"}, elder_sites, chance(50) ? phone() : "");
          elders.push_back(grandpa);
          carers.emplace_back(grandpa, "grandfather");
          ++living;
        }
        if (mother_here) {
          std::vector<std::string> tags{"woman"};
          if (chance(14)) tags.push_back("volunteer");
          auto mother = person(surname(), true, between(26, 52), household, tags, {women, office}, phone());
          wives.push_back(mother);
          if (tags.size() > 1) volunteers.push_back(mother);
          carers.emplace_back(mother, "mother");
          ++living;
        }
        const int kids = between(1, 2);
        for (int k = 0; k < kids; ++k) {
          const bool girl = chance(50);
          const bool comes = children.size() < 35;
          auto child = person(family, girl, between(5, 14), household, {"child"}, comes ? std::vector<village::SiteId>{rainbow} : std::vector<village::SiteId>{}, "");
          with_carers.emplace_back(child, carers);
          children.push_back(child);
          ++living;
        }
      } else {  // hardship
        const bool woman = chance(40);
        auto m = person(family, woman, between(35, 70), household, {"hardship"}, {care, office}, chance(70) ? home_phone : "", chance(50));
        hard.push_back(m);
        ++living;
      }
    }
    for (std::size_t i = 0; i < with_carers.size(); ++i) {
      const auto& [child, carers] = with_carers[i];
      bool first = true;
      for (const auto& [adult, relation] : carers) {
        act([&](store::Act& a) { return village::save_carer(a, {child.id, adult.id, relation, first, true, false}); });
        first = false;
      }
      if (chance(20) && !wives.empty()) {
        const auto& neighbour = one_of(wives);
        act([&](store::Act& a) { return village::save_carer(a, {child.id, neighbour.id, "neighbour", false, chance(50), false}); });
      }
    }

    make_staff(index, v, care, women, rainbow, office, groups, volunteers);
    if (index < options_.kiosks) make_activities(v, care, women, rainbow, office);
    make_cards(index, elders, wives);
    if (index == 0) {
      act([&](store::Act& a) { return village::save_setting(a, "site.here", care.text(), false); });
      example_["site"] = {{"day_care_centre", care.text()}, {"womens_home", women.text()}, {"rainbow_room", rainbow.text()}, {"village_office", office.text()}};
    }
    const auto reader = store_.reader(manager(care));
    const auto add = [&](const std::vector<Made>& made, std::vector<village::Person>& to) {
      for (const auto& m : made)
        if (auto p = village::person(reader, m.id)) to.push_back(std::move(*p));
    };
    add(elders, v.elders);
    add(wives, v.women);
    add(children, v.children);
    add(hard, v.hardship);
    add(volunteers, v.volunteers);
    v.adults = v.elders;
    v.adults.insert(v.adults.end(), v.women.begin(), v.women.end());
    v.adults.insert(v.adults.end(), v.hardship.begin(), v.hardship.end());
    v.staff = village::staff(reader);
    std::erase_if(v.staff, [&](const village::Staff& s) {
      return std::none_of(v.sites.begin(), v.sites.end(), [&](const village::Site& x) { return s.site == x.id; });
    });
    return v;
  }

  void make_staff(int index, shapes::DemoVillage& v, village::SiteId care, village::SiteId women, village::SiteId rainbow, village::SiteId office, const std::vector<village::GroupId>& groups,
                  std::vector<Made>& volunteers) {
    const auto household = *act([&](store::Act& a) { return village::save_household(a, {{}, v.village, groups.front(), std::string("100"), std::string{}, std::nullopt}); });
    struct Post { const char* family; const char* called; bool woman; int age; store::Role role; village::SiteId site; };
    const Post posts[] = {{"王", "小王", true, 29, store::Role::clerk, care},      {"李", "李支书", false, 52, store::Role::manager, office}, {"李", "李婶", true, 48, store::Role::volunteer, care},
                          {"赵", "赵老师", true, 34, store::Role::volunteer, rainbow}, {"陈", "陈主任", true, 41, store::Role::clerk, women}};
    int n = 0;
    for (const auto& post : posts) {
      std::vector<std::string> tags{"volunteer"};
      auto m = person(post.family, post.woman, post.age, household, tags, {care, women, rainbow, office}, phone());
      PersonEdit called;
      called.id = m.id;
      called.called = post.called;
      act([&](store::Act& a) { return village::save_person(a, called); });
      const auto number = fmt::format("{}{:02}", index + 10, ++n);
      static const char* pins[] = {"271940", "583617", "904258", "162739", "748306"};  // no digit twice in a row: quick fingers are one touch
      const std::string pin = pins[(n - 1 + index) % 5];
      village::StaffEdit s;
      s.person = m.id;
      s.number = number;
      s.role = post.role;
      s.pin_hash = village::hash_pin(pin, 1, 8);  // cheap: a village to try has no secrets
      s.key = village::wrap_key(store::KeyPair::make(), pin, 1, 8);
      s.site = post.site;
      const auto id = act([&](store::Act& a) { return village::save_staff(a, s); });
      if (!id) continue;
      // What is confidential opens with card and PIN: whoever may read it has both.
      std::string card;
      if (post.role >= store::Role::clerk) {
        const auto code = devices::make_card_code(staff_codes_());
        act([&](store::Act& a) { return village::give_card(a, m.id, code); });
        std::array<std::uint8_t, 26> secret{};
        for (auto& byte : secret) byte = static_cast<std::uint8_t>(staff_codes_());
        card = code + devices::make_card_secret(secret);  // a demo's secrets are no secrets
      }
      if (index == 0) {
        staff_.push_back({{"number", number}, {"pin", pin}, {"role", store::name(post.role)}, {"name", m.name}, {"called", post.called}, {"id", id->text()}, {"person", m.id.text()}});
        if (!card.empty()) staff_.back()["card"] = card;
      }
      volunteers.push_back(m);
      // Somebody is on duty at every site, all week: the clerk by day, the volunteer in the evening and at the week's end.
      for (const auto& site : v.sites) {
        const bool by_day = (post.role == store::Role::clerk && (post.site == site.id || (n == 1 && site.id == office))) || (n == 4 && site.id == rainbow);
        const bool evening = n == 3;
        for (int weekday = 0; weekday < 7; ++weekday) {
          const bool weekend = weekday == 0 || weekday == 6;
          if (by_day && !weekend) act([&](store::Act& a) { return village::save_duty(a, {{}, site.id, *id, weekday, base::Minutes{0}, base::Minutes{18 * 60}}); });
          if (evening) act([&](store::Act& a) { return village::save_duty(a, {{}, site.id, *id, weekday, base::Minutes{weekend ? 0 : 18 * 60}, base::Minutes{24 * 60}}); });
        }
      }
    }
  }

  void make_activities(shapes::DemoVillage&, village::SiteId care, village::SiteId women, village::SiteId rainbow, village::SiteId office) {
    struct Weekly { village::SiteId site; const char* offer; const char* name; const char* picture; const char* place; int weekday, from, to; std::optional<int> places; };
    std::vector<Weekly> table;
    const auto add = [&](village::SiteId site, const char* offer, const char* name, const char* picture, const char* place, std::initializer_list<int> weekdays, int from, int to, std::optional<int> places = {}) {
      for (const int weekday : weekdays) table.push_back({site, offer, name, picture, place, weekday, from, to, places});
    };
    add(care, "recreation", "唱秦腔", "🥁", "堂屋", {2, 6}, 14 * 60, 16 * 60);
    add(care, "recreation", "下象棋", "♟", "东屋", {1, 3, 5}, 9 * 60 + 30, 11 * 60);
    add(care, "recreation", "剪纸", "✂", "西屋", {4}, 14 * 60, 15 * 60 + 30, 12);
    add(care, "warm_hearts", "志愿者来串门", "🧡", "堂屋", {6}, 9 * 60, 11 * 60);
    add(women, "skills_class", "学做饭", "🍳", "灶房", {2, 4}, 15 * 60, 17 * 60, 16);
    add(women, "mothers_lecture", "母亲讲堂", "🎓", "讲堂", {3}, 19 * 60, 20 * 60 + 30);
    add(women, "warm_women", "巾帼暖人心", "🌺", "堂屋", {6}, 14 * 60, 16 * 60);
    add(women, "family_virtues", "家风故事会", "🏡", "讲堂", {0}, 15 * 60, 16 * 60, 20);
    add(rainbow, "half_past_five", "四点半班", "🎒", "大教室", {1, 2, 3, 4, 5}, 16 * 60 + 30, 18 * 60);
    add(rainbow, "dandelion_class", "小蒲公英课堂", "🌻", "大教室", {6}, 9 * 60, 11 * 60);
    add(rainbow, "shared_grandmothers", "共享奶奶讲故事", "👵", "小屋", {0}, 15 * 60, 16 * 60 + 30);
    add(office, "recreation", "看电影", "🎬", "院子", {5}, 19 * 60, 21 * 60);
    const int weeks = options_.days / 7 + 3;
    for (const auto& w : table) {
      if (shapes::catalogue().offer(w.offer) == nullptr) continue;
      village::ActivityEdit e;
      e.site = w.site;
      e.offer = w.offer;
      e.name = w.name;
      e.picture = w.picture;
      e.place = w.place;
      e.start = base::Minutes{w.from};
      e.end = base::Minutes{w.to};
      e.places = w.places;
      e.repeat_weeks = weeks;
      auto day = begin_;
      while (static_cast<int>(base::weekday_of(day).c_encoding()) != w.weekday) day += std::chrono::days(1);
      e.day = day;
      act([&](store::Act& a) { return village::save_activity(a, e); });
    }
  }

  void make_cards(int index, const std::vector<Made>& elders, const std::vector<Made>& wives) {
    int shown = 0;
    const auto give = [&](const Made& m, int percent, const char* who) {
      if (!chance(percent)) return;
      const auto code = devices::make_card_code(random_());
      if (!act([&](store::Act& a) { return village::give_card(a, m.id, code); })) return;
      if (index == 0 && shown < 40) {
        ++shown;
        cards_.push_back({{"code", code}, {"person", m.id.text()}, {"name", m.name}, {"who", who}, {"age", m.age}, {"sex", m.woman ? "f" : "m"}});
      }
    };
    for (const auto& m : elders) give(m, 60, "elder");
    shown = 0;  // as many of each kind: a mother books a screening, an elder comes to day care
    for (const auto& m : wives) give(m, 70, "woman");
    int secrets = 0;
    for (const auto& m : wives) {
      if (secrets >= (index == 0 ? 12 : 1)) break;
      const auto secret = act([&](store::Act& a) { return village::give_secret(a, m.id); });
      if (!secret) continue;
      ++secrets;
      if (index == 0) {
        json pictures = json::array();
        for (const int i : *secret) pictures.push_back(std::string(village::secret_names[static_cast<std::size_t>(i)]));
        secrets_.push_back({{"person", m.id.text()}, {"name", m.name}, {"age", m.age}, {"pictures", pictures}, {"phone_tail", m.phone.size() >= 4 ? m.phone.substr(m.phone.size() - 4) : ""}});
      }
    }
  }

  json report() {
    auto r = store_.reader(manager());
    json j{{"villages", village_count_}, {"residents", residents_}, {"households", households_}, {"days", options_.days}, {"seed", options_.seed}};
    j["sites"] = r.count("SELECT count(*) FROM village_site");
    j["activities"] = r.count("SELECT count(*) FROM village_activity");
    j["facts"] = r.count("SELECT count(*) FROM journal_fact");
    j["staff"] = staff_;
    j["cards"] = cards_;
    j["secrets"] = secrets_;
    j["site_ids"] = example_["site"];
    json people = json::array();
    auto rows = r.query("SELECT s.site, p.id, p.grp, p.phone_tail, p.name, (SELECT group_concat(tag) FROM village_person_tag t WHERE t.person = p.id) FROM village_person p JOIN village_person_site s ON s.person = p.id"
                        " JOIN village_site t ON t.id = s.site WHERE t.village = ? ORDER BY s.site, p.name LIMIT 4000", villages_.front().village);
    for (const auto row : rows)
      people.push_back({{"site", row.get<base::Uuid>(0).text()}, {"person", row.get<base::Uuid>(1).text()}, {"group", row.get<base::Uuid>(2).text()}, {"phone_tail", row.get<std::string>(3)},
                        {"name", row.get<std::string>(4)}, {"tags", row.get<std::string>(5)}});
    j["people"] = people;
    return j;
  }

  store::Store& store_;
  base::FixedClock& clock_;
  const base::Words& zh_;
  const DemoOptions& options_;
  const std::function<void(double, const char*)>& progress_;
  Names names_;
  std::mt19937_64 random_, staff_codes_{options_.seed * 104729 + 3};  // its own: everybody else stays who they were
  base::Day begin_{};
  village::SiteId site_now_;
  std::vector<shapes::DemoVillage> villages_;
  int village_count_ = 0, residents_ = 0, households_ = 0, tail_ = 137;
  std::vector<std::string> prefixes_{"38", "39", "50", "51", "58", "59", "82", "87", "99", "35", "36", "37"};
  json staff_ = json::array(), cards_ = json::array(), secrets_ = json::array(), example_ = json::object();
};

}  // namespace

json make_demo(store::Store& store, base::FixedClock& clock, const base::Words& zh, const DemoOptions& options, const std::function<void(double, const char*)>& progress) {
  return Maker(store, clock, zh, options, progress).make();
}

}  // namespace app
