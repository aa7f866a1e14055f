// One person: what is known, what can be done, the entry's editor.
#include "desk/people.h"

#include "desk/layout.h"
#include "desk/people_screens.h"
#include "parts/noted.h"
#include "parts/patterns.h"
#include "parts/pick_person.h"
#include "parts/type_text.h"
#include "shapes/shape.h"
#include "village/comes_to.h"

#include <algorithm>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

constexpr std::string_view tag_codes[] = {"elder", "woman", "child", "hardship", "volunteer"};

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& p : parts)
    if (!p.empty()) out += (out.empty() ? "" : " · ") + p;
  return out;
}

bool clerk_or_more(const store::Viewer& v) { return v.is_staff() && v.role >= store::Role::clerk; }

// --- desk/person

PersonModel load_person(const parts::Ask& ask) {
  PersonModel m;
  const auto id = village::PersonId::parse(ask.key);
  if (!id) return m;
  const auto reading = village::reading_of(ask.reader, *id);
  if (reading != village::Reading::noted) m.unread = id;
  if ((m.hidden = reading == village::Reading::note_first && !parts::was_shown(ask, id->value))) return m;
  m.person = village::person(ask.reader, *id);
  if (m.person && m.person->erased) {
    m.person.reset();
    m.erased = true;
  }
  if (!m.person) return m;
  const auto& p = *m.person;
  if (const auto f = village::face(ask.reader, *id)) m.face = *f;
  const auto& words = ask.words;
  std::vector<std::string> facts;
  if (!p.sex.empty()) facts.push_back(words.text("village.sex." + p.sex));
  if (const auto age = p.age(ask.reader.today())) facts.push_back(words.text("desk.person.years", {{"years", std::to_string(*age)}}));
  for (const auto& tag : p.tags) facts.push_back(words.text("village.tag." + tag));
  if (p.lives_alone) facts.push_back(words.text("desk.person.lives_alone"));
  if (p.party_member) facts.push_back(words.text("desk.person.party_member"));
  if (p.walk_in) facts.push_back(words.text("desk.person.walk_in"));
  if (p.left_on) facts.push_back(words.text("desk.person.left"));
  m.facts = joined(facts);
  std::vector<std::string> home;
  if (p.household)
    if (const auto h = village::household(ask.reader, *p.household)) {
      for (const auto& g : village::groups(ask.reader, h->village))
        if (g.id == h->group) home.push_back(words.text("parts.identify.group_other", {{"number", std::to_string(g.number)}}));
      home.push_back(words.text("desk.household.number", {{"number", h->number}}));
      if (p.phone.empty() && !h->phone.empty()) home.push_back(h->phone);
    }
  if (!p.phone.empty()) home.push_back(p.phone);
  m.home = joined(home);
  std::vector<shapes::About> about;
  for (const auto& shape : shapes::all())
    if (shape.about) shape.about(ask.reader, *id, words, about);
  for (const auto& a : about) {
    ui::Row row;
    if (!a.screen.empty()) row.id = "line:" + std::to_string(m.lines.size());
    row.picture = ui::emoji(a.picture);
    row.line = a.line;
    row.sub = a.sub;
    m.lines.push_back(std::move(row));
    m.screens.push_back(a.screen);
    m.keys.push_back(a.key);
  }
  m.may_edit = clerk_or_more(ask.reader.viewer());
  return m;
}

void draw_person(ui::Ui& ui, const PersonModel& m, const parts::Draft& draft) {
  ui.title(m.person ? m.person->name : ui.say(m.erased ? "village.erased.name" : "desk.person.title"));
  ui.speak("desk.person.title", ui.say("desk.person.title"));
  Rect area = ui.reach();
  const float gap = ui.gap();
  if (m.hidden) return;
  if (!m.person) {
    ui.text(area, ui.say(m.erased ? "desk.person.erased" : "desk.person.unknown"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  std::vector<ui::Card> actions;
  if (m.may_edit) actions.push_back(action("edit", ui.say("desk.person.edit"), {}, true));
  actions.push_back(action("more", ui.say("desk.person.more")));
  area = actions_beside(ui, area, actions);
  Rect side = ui.portrait() ? area.cut_top(70, gap) : area.cut_left(area.w * (ui.compact() ? 0.34f : 0.4f), gap * 2);
  const float photo = ui.portrait() ? 66.0f : std::min({side.w * 0.5f, side.h * 0.48f, 80.0f});
  Rect place = ui.portrait() ? side.cut_left(photo, gap * 2) : side.cut_top(photo, gap);
  if (!ui.portrait()) place.w = photo;
  ui.photo(place, parts::picture_of(m.face), parts::tint_of(m.face.tint));
  // The larger type where all of it finds room beside the lines.
  const bool large = ui.text_height(m.facts, side.w, ui::Type::sentence, ui::Weight::bold) + 1.5f + ui.text_height(m.home, side.w, ui::Type::sentence) <= side.h;
  const auto type = large ? ui::Type::sentence : ui::Type::staff;
  const float facts_h = m.facts.empty() ? 0 : std::min(side.h, ui.text_height(m.facts, side.w, type, ui::Weight::bold));
  if (facts_h > 0) ui.text(side.cut_top(facts_h, 1.5f), m.facts, {.type = type, .weight = ui::Weight::bold});
  // On the smallest glass with large text what does not fit below is on the editor's page.
  if (!m.home.empty() && ui.text_height(m.home, side.w, type) <= side.h + 0.1f) ui.text(side, m.home, {.type = type, .second = true});
  parts::row_page(ui, area, "desk/person", draft, m.lines, ui.say("desk.person.nothing"));
}

Next open_person(parts::Draft& draft, const PersonModel& m) {
  if (!m.hidden && m.person) parts::remember_shown(draft, m.person->id.value);
  if (!m.unread) return Next::stay();
  return m.hidden ? Next::run(parts::reading_noted(*m.unread)) : Next::note(parts::reading_noted(*m.unread));
}

Next done_person(parts::Draft& draft, const PersonModel&, const std::any& receipt) {
  if (const auto* id = std::any_cast<village::PersonId>(&receipt)) parts::remember_shown(draft, id->value);
  return Next::stay();
}

Next tap_person(parts::Draft& draft, const PersonModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/person", tap)) return Next::stay();
  if (!m.person) return Next::stay();
  if (tap.id == "edit") return Next::push("desk/person_edit", m.person->id.text());
  if (tap.id == "more") return Next::push("desk/person_more", m.person->id.text());
  if (tap.verb() == "line") {
    const auto i = static_cast<std::size_t>(std::strtoul(std::string(tap.arg()).c_str(), nullptr, 10));
    if (i < m.screens.size() && !m.screens[i].empty()) return Next::push(m.screens[i], m.keys[i]);
  }
  return Next::stay();
}

// --- desk/person_more

PersonMoreModel load_more(const parts::Ask& ask) {
  PersonMoreModel m;
  const auto id = village::PersonId::parse(ask.key);
  const auto p = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!p || p->erased) return m;
  m.id = ask.key;
  m.name = p->name;
  m.has_secret = village::has_secret(ask.reader, *id);
  m.child = p->has("child");
  m.photo = !p->photo.empty();
  m.cards = static_cast<int>(village::cards_of(ask.reader, *id).size());
  if (p->household) m.household = p->household->text();
  return m;
}

void draw_more(ui::Ui& ui, const PersonMoreModel& m, const parts::Draft& draft) {
  ui.title(m.name.empty() ? ui.say("desk.person.title") : m.name);
  ui.speak("desk.person.title", ui.say("desk.person.title"));
  if (m.id.empty()) {
    ui.text(ui.reach(), ui.say("desk.person.unknown"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  std::vector<ui::Card> cards;
  const auto add = [&](const char* id, const char* picture, std::string sub = {}) {
    ui::Card c = action(id, ui.say("desk.person." + std::string(id)), ui::emoji(picture));
    c.sub = std::move(sub);
    cards.push_back(std::move(c));
  };
  if (role_of(draft) >= store::Role::clerk) {
    add("card", "🪪", m.cards > 0 ? ui.say("desk.person.card_has") : ui.say("desk.person.card_none"));
    add("secret", "🍎", m.has_secret ? ui.say("desk.person.secret_has") : ui.say("desk.person.secret_none"));
  } else {
    add("card", "🪪", m.cards > 0 ? ui.say("desk.person.card_has") : ui.say("desk.person.card_none"));
  }
  if (m.child) add("carers", "👵");
  add("household", "🏠");
  if (role_of(draft) >= store::Role::clerk) add("photo", "📷", ui.say(m.photo ? "desk.person.photo_has" : "desk.person.photo_none"));
  if (role_of(draft) >= store::Role::manager) add("erase", "🗑️");
  const float grow = std::max(1.0f, ui.em(ui::Type::staff) / 6.5f);
  const auto p = paged(ui, ui.reach(), "desk/person_more", draft, static_cast<int>(cards.size()), 56 * grow, 36 * grow, 3);
  for (int i = p.first; i < p.last; ++i) ui.card(p.places[static_cast<std::size_t>(i - p.first)], cards[static_cast<std::size_t>(i)]);
}

Next tap_more(parts::Draft& draft, const PersonMoreModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/person_more", tap)) return Next::stay();
  if (m.id.empty()) return Next::stay();
  if (tap.id == "card") return Next::push("desk/give_card", m.id);
  if (tap.id == "secret") return Next::push("desk/give_secret", m.id);
  if (tap.id == "carers") return Next::push("desk/carers", m.id);
  if (tap.id == "household") return m.household.empty() ? Next::push("desk/households", m.id) : Next::push("desk/household", m.household);
  if (tap.id == "photo") return Next::push("desk/photo", m.id);
  if (tap.id == "erase") return Next::push("desk/person_erase", m.id);
  return Next::stay();
}

// --- desk/person_edit

PersonEditModel load_edit(const parts::Ask& ask) {
  PersonEditModel m;
  m.today = ask.reader.today();
  m.sites = village::sites(ask.reader);
  if (const auto here = village::village_of(ask.reader, ask.session().site))
    std::erase_if(m.sites, [&](const auto& s) { return s.village != here->id; });
  const auto id = village::PersonId::parse(ask.key);
  const auto p = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!p || p->erased) return m;
  m.now.id = p->id;
  m.now.name = p->name;
  m.now.sex = p->sex;
  m.now.phone = p->phone;
  m.now.called = p->called;
  m.now.born = p->born;
  m.now.tags = p->tags;
  m.now.lives_alone = p->lives_alone;
  m.now.party_member = p->party_member;
  m.now.left = m.now.was_left = p->left_on.has_value();
  m.now.sites = village::sites_of(ask.reader, p->id);
  return m;
}

Next open_edit(parts::Draft& draft, const PersonEditModel& m) {
  draft.of<PersonDraft>() = m.now;
  draft.of<parts::Pages>().at.erase("desk/person_edit");
  return Next::stay();
}

template <class T, class V>
void flip(std::vector<T>& list, const V& value) {
  const auto found = std::find(list.begin(), list.end(), value);
  if (found == list.end()) list.push_back(T(value));
  else list.erase(found);
}

void draw_edit(ui::Ui& ui, const PersonEditModel& m, const parts::Draft& draft) {
  const auto& d = draft.of<PersonDraft>();
  const auto& words = ui.words();
  ui.title(d.name.empty() ? ui.say("desk.person.edit_title") : d.name);
  ui.speak("desk.person.edit_title", ui.say("desk.person.edit_title"));
  std::vector<Line> lines;
  lines.push_back(field("name", ui.say("desk.person.name"), d.name));
  lines.push_back(choice("sex", ui.say("desk.person.sex"), words.text("village.sex." + (d.sex.empty() ? "unknown" : d.sex))));
  const auto date = d.born ? std::optional(base::date_of(*d.born)) : std::nullopt;
  lines.push_back(choice("decade", ui.say("desk.person.born_decade"), date ? std::to_string(static_cast<int>(date->year()) / 10 * 10) : ""));
  lines.push_back(choice("year", ui.say("desk.person.born_year"), date ? std::to_string(static_cast<int>(date->year())) : ""));
  lines.push_back(choice("month", ui.say("desk.person.born_month"), date ? std::to_string(static_cast<unsigned>(date->month())) : ""));
  lines.push_back(choice("day", ui.say("desk.person.born_day"), date ? std::to_string(static_cast<unsigned>(date->day())) : ""));
  lines.push_back(field("phone", ui.say("desk.person.phone"), d.phone));
  lines.push_back(field("called", ui.say("desk.person.called"), d.called));
  for (const auto tag : tag_codes) lines.push_back(toggle("tag:" + std::string(tag), words.text("village.tag." + std::string(tag)), std::find(d.tags.begin(), d.tags.end(), tag) != d.tags.end()));
  lines.push_back(toggle("lives_alone", ui.say("desk.person.lives_alone"), d.lives_alone));
  lines.push_back(toggle("party_member", ui.say("desk.person.party_member"), d.party_member));
  for (const auto& s : m.sites) lines.push_back(toggle("site:" + s.id.text(), words.text("desk.person.comes_to", {{"site", s.name}}), std::find(d.sites.begin(), d.sites.end(), s.id) != d.sites.end()));
  lines.push_back(toggle("left", ui.say("desk.person.left"), d.left));
  const std::vector<ui::Card> actions{action("save", ui.say("desk.save"), {}, true)};
  form(ui, ui.reach(), "desk/person_edit", draft, lines, actions);
}

void step_born(PersonDraft& d, base::Day today, int years, int months, int day_step) {
  // Nothing said yet: seventy years ago is where most entries here begin.
  if (!d.born) {
    d.born = base::day(std::chrono::year(static_cast<int>(base::date_of(today).year()) - 70) / std::chrono::January / 1);
    return;
  }
  auto date = base::date_of(*d.born);
  auto month = date.year() / date.month();
  month += std::chrono::years(years);
  month += std::chrono::months(months);
  const auto last = static_cast<unsigned>(std::chrono::year_month_day(month / std::chrono::last).day());
  int day = static_cast<int>(static_cast<unsigned>(date.day())) + day_step;
  if (day < 1) day = static_cast<int>(last);
  if (day > static_cast<int>(last)) day = day_step > 0 ? 1 : static_cast<int>(last);
  const auto changed = base::day(month / std::chrono::day(static_cast<unsigned>(day)));
  if (changed <= today && static_cast<int>(month.year()) > 1900) d.born = changed;
}

Next tap_edit(parts::Draft& draft, const PersonEditModel& m, const parts::Tap& tap) {
  auto& d = draft.of<PersonDraft>();
  if (parts::turned(draft, "desk/person_edit", tap)) return Next::stay();
  using parts::Writing;
  if (tap.id == "name") return parts::type_text(draft, "desk.person.name", Writing::name, d.name, [](parts::Draft& x, const std::string& t) { x.of<PersonDraft>().name = t; }, 20);
  if (tap.id == "phone") return parts::type_text(draft, "desk.person.phone", Writing::digits, d.phone, [](parts::Draft& x, const std::string& t) { x.of<PersonDraft>().phone = t; }, 15);
  if (tap.id == "called") return parts::type_text(draft, "desk.person.called", Writing::chinese, d.called, [](parts::Draft& x, const std::string& t) { x.of<PersonDraft>().called = t; }, 10);
  static const std::vector<std::string> sexes{"", "f", "m"};
  if (const int s = step_of(tap, "sex")) d.sex = sexes[static_cast<std::size_t>(turned(static_cast<int>(std::find(sexes.begin(), sexes.end(), d.sex) - sexes.begin()), s, 3))];
  if (const int s = step_of(tap, "decade")) step_born(d, m.today, 10 * s, 0, 0);
  if (const int s = step_of(tap, "year")) step_born(d, m.today, s, 0, 0);
  if (const int s = step_of(tap, "month")) step_born(d, m.today, 0, s, 0);
  if (const int s = step_of(tap, "day")) step_born(d, m.today, 0, 0, s);
  if (tap.verb() == "tag") flip(d.tags, tap.arg());
  if (tap.verb() == "site")
    if (const auto site = village::SiteId::parse(tap.arg())) flip(d.sites, *site);
  if (tap.id == "lives_alone") d.lives_alone = !d.lives_alone;
  if (tap.id == "party_member") d.party_member = !d.party_member;
  if (tap.id == "left") d.left = !d.left;
  if (tap.id != "save") return Next::stay();
  return Next::run([d, was = m.now, today = m.today](store::Act& act) {
    village::PersonEdit edit;
    edit.id = d.id;
    // Only what was changed is said: an older fact stays the newest about what nobody touched.
    if (d.name != was.name || !d.id) edit.name = d.name;
    if (d.sex != was.sex) edit.sex = d.sex;
    if (d.phone != was.phone) edit.phone = d.phone;
    if (d.called != was.called) edit.called = d.called;
    if (d.born != was.born) edit.born = d.born;
    if (d.tags != was.tags) edit.tags = d.tags;
    if (d.sites != was.sites) edit.sites = d.sites;
    if (d.lives_alone != was.lives_alone) edit.lives_alone = d.lives_alone;
    if (d.party_member != was.party_member) edit.party_member = d.party_member;
    if (d.left && !d.was_left) edit.left_on = today;
    if (!d.left && d.was_left) edit.came_back = true;
    return parts::as_outcome("village", village::save_person(act, edit));
  });
}

Next done_edit(parts::Draft& draft, const PersonEditModel&, const std::any&) {
  draft.of<PersonDraft>() = {};
  Next n = Next::back();
  n.sound = "tick";
  return n;
}

Next found(parts::Draft&, village::PersonId person) { return Next::push("desk/person", person.text()); }

}  // namespace

std::vector<parts::Screen> people_screens() {
  using store::Role;
  std::vector<parts::Screen> all{
      parts::search_screen("desk/search", "desk.search.title", &found),
      parts::for_role(parts::screen<PersonModel>("desk/person", {.load = load_person, .draw = draw_person, .on_tap = tap_person, .on_done = done_person, .on_open = open_person}), Role::volunteer),
      parts::for_role(parts::screen<PersonMoreModel>("desk/person_more", {.load = load_more, .draw = draw_more, .on_tap = tap_more}), Role::volunteer),
      parts::for_role(parts::screen<PersonEditModel>("desk/person_edit", {.load = load_edit, .draw = draw_edit, .on_tap = tap_edit, .on_done = done_edit, .on_open = open_edit}), Role::clerk)};
  for (auto& s : family_screens()) all.push_back(std::move(s));
  for (auto& s : card_screens()) all.push_back(std::move(s));
  for (auto& s : photo_screens()) all.push_back(std::move(s));
  return all;
}

}  // namespace desk
