#include "parts/pick_person.h"

#include "parts/keys.h"
#include "parts/paged.h"
#include "parts/patterns.h"
#include "parts/type_text.h"
#include "village/people.h"

#include <algorithm>
#include <charconv>

namespace parts {
namespace {

using ui::Rect;

constexpr int most_found = 24;
constexpr std::size_t most_typed = 16;
// About how old: pictures stand for the middle of an age group; the exact day is filled in later from a document.
struct AgePicture { const char* picture; const char* key; int years; };
constexpr AgePicture ages[] = {{"🧒", "parts.pick.age_child", 9}, {"🧑", "parts.pick.age_young", 28}, {"🧔", "parts.pick.age_middle", 48}, {"🧓", "parts.pick.age_elder", 70}};

// --- searching

SearchModel load_search(const Ask& ask) {
  SearchModel m;
  const auto& typed = ask.draft.of<PickPerson>().typed;
  m.may_add = ask.reader.viewer().is_staff();
  if (ask.draft.of<PickPerson>().writes) m.hand = recognised(ask, ask.draft.of<PickPerson>().hand);
  m.can_hand = has_hand(ask.draft) && m.hand.there;
  if (typed.empty()) return m;
  m.found = village::find(ask.reader, typed, most_found);
  for (const auto& f : m.found) {
    // The same name twice: group and age tell them apart.
    const bool twice = std::count_if(m.found.begin(), m.found.end(), [&](const auto& o) { return o.name == f.name; }) > 1;
    std::string sub;
    if (twice)
      if (const auto p = village::person(ask.reader, f.id))
        if (const auto age = p->age(ask.reader.today())) sub = ask.words.text("parts.pick.years", {{"years", std::to_string(*age)}});
    m.subs.push_back(sub);
  }
  return m;
}

std::vector<KeyCap> search_caps(const ui::Ui& ui, const PickPerson& p, const SearchModel& m) {
  std::vector<KeyCap> caps;
  if (p.digits) {
    for (const char c : std::string_view("1234567890")) caps.push_back({"key:" + std::string(1, c), std::string(1, c), false});
    caps.push_back({"keys:letters", "ABC", false, true});
    return caps;
  }
  // No syllable begins with I, U or V; few names with E or O.
  for (char c = 'A'; c <= 'Z'; ++c) caps.push_back({"key:" + std::string(1, c), std::string(1, c), false, std::string_view("EIOUV").find(c) != std::string_view::npos});
  caps.push_back({"keys:digits", "123", false, true});
  if (m.can_hand) caps.push_back({"keys:hand", ui.say("parts.type.hand"), false, true});
  return caps;
}

std::vector<ui::Face> tiles_of(const SearchModel& m) {
  std::vector<ui::Face> tiles;
  for (std::size_t i = 0; i < m.found.size(); ++i) {
    auto f = face_tile(m.found[i], "person:");
    f.sub = i < m.subs.size() ? m.subs[i] : "";
    tiles.push_back(std::move(f));
  }
  return tiles;
}

void draw_results(ui::Ui& ui, Rect area, const SearchModel& m, const Draft& draft) {
  const auto& p = draft.of<PickPerson>();
  if (p.typed.empty()) {
    ui.text(area, ui.say("parts.pick.hint"), {.type = ui::Type::staff, .align = ui::Align::centre, .second = true, .centre_v = true});
    return;
  }
  Rect rest = area;
  if (m.found.empty()) {
    if (m.may_add) {
      ui::Card add;
      add.id = "new";
      add.label = ui.say("parts.pick.new");
      add.picture = ui::drawn("plus");
      add.main = false;
      ui.button(rest.cut_bottom(24, ui.gap()), add);
    }
    ui.text(rest, ui.say("parts.pick.none"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    return;
  }
  if (m.may_add) {
    ui::Card add;
    add.id = "new";
    add.label = ui.say("parts.pick.new");
    add.main = false;
    ui.button(ui.portrait() || area.w < 120 ? rest.cut_bottom(22, ui.gap()) : rest.cut_bottom(22, ui.gap()), add);
  }
  staff_faces(ui, rest, "pick/search", draft, tiles_of(m));
}

void draw_search_titled(ui::Ui& ui, const SearchModel& m, const Draft& draft, std::string_view title_key) {
  const auto& p = draft.of<PickPerson>();
  Rect area = ui.reach();
  const bool low = area.h < 110;
  ui.title(ui.say(title_key), {}, p.typed.empty() ? "" : p.typed + "_");
  ui.speak("parts.pick.say", ui.say("parts.pick.say"));
  if (low && p.see) {
    std::vector<ui::Face> tiles = tiles_of(m);
    Rect strip = area.cut_right(36, ui.gap());
    ui::Card again;
    again.id = "again";
    again.label = ui.say("parts.pick.again");
    again.main = false;
    ui.button(strip.cut_top(24, ui.gap()), again);
    if (m.may_add) {
      ui::Card add;
      add.id = "new";
      add.label = ui.say("parts.pick.new");
      add.main = false;
      ui.button(strip.cut_top(std::min(30.0f, strip.h), ui.gap()), add);
    }
    if (tiles.empty()) ui.text(area, ui.say("parts.pick.none"), {.type = ui::Type::staff, .align = ui::Align::centre, .centre_v = true});
    else staff_faces(ui, area, "pick/search", draft, tiles);
    return;
  }
  std::vector<KeyCap> fixed{{"key:erase", "<-", false}};
  if (p.writes && m.can_hand) fixed.insert(fixed.begin(), {"keys:letters", "A-Z"});
  const auto draw_keys = [&](Rect where) {
    if (p.writes && m.can_hand) draw_hand(ui, where, p.hand, m.hand.candidates, fixed);
    else key_grid(ui, where, search_caps(ui, p, m), fixed, p.page);
  };
  if (low) {
    fixed.push_back({"see", p.typed.empty() ? ui.say("parts.pick.see_none") : ui.words().text("parts.pick.see", {{"count", std::to_string(m.found.size())}}), true});
    draw_keys(area);
    return;
  }
  Rect keys;
  if (ui.portrait()) {
    keys = area.cut_bottom(110, ui.gap() * 2);
  } else {
    keys = area.cut_left(std::max(20.0f * 7 + 6 * 4, area.w * 0.5f), ui.gap() * 2);
  }
  draw_keys(keys);
  draw_results(ui, area, m, draft);
}

void draw_search(ui::Ui& ui, const SearchModel& m, const Draft& draft) {
  const auto& p = draft.of<PickPerson>();
  draw_search_titled(ui, m, draft, p.title_key.empty() ? "parts.pick.title" : p.title_key);
}

// Letters, digits and the ways between them; nothing when the tap was something else.
std::optional<Next> search_tap(Draft& draft, const SearchModel& m, const Tap& tap, const std::string& screen) {
  auto& p = draft.of<PickPerson>();
  if (turned(draft, "pick/search", tap)) return Next::stay();
  const auto typed = [&](std::string_view what) {
    if (what == "erase" && !p.hand.strokes.empty()) {
      p.hand.strokes.pop_back();
      return Next::replace(screen);
    }
    if (what == "erase") {
      auto wide = base::to_utf32(p.typed);
      if (!wide.empty()) wide.pop_back();
      p.typed = base::to_utf8(wide);
    } else if (p.typed.size() < most_typed * 3) {
      p.typed += what;
    }
    p.page = 0;
    draft.of<Pages>().at.erase("pick/search");
    return Next::replace(screen);  // the same screen: it is loaded anew, in place
  };
  if (hand_took(p.hand, tap)) return Next::replace(screen);
  if (tap.id == "key:more") {
    ++(p.writes ? p.hand.page : p.page);
    return Next::stay();
  }
  if (tap.verb() == "pick") {
    std::size_t which = SIZE_MAX;
    std::from_chars(tap.arg().data(), tap.arg().data() + tap.arg().size(), which);
    if (which >= m.hand.candidates.size()) return Next::stay();
    p.hand.wipe();
    return typed(m.hand.candidates[which]);
  }
  if (tap.verb() == "key") return typed(tap.arg());
  if (tap.verb() == "char" && !tap.arg().empty() && static_cast<unsigned char>(tap.arg()[0]) > 0x20) return typed(tap.arg());
  if (tap.verb() == "keys") {
    p.digits = tap.arg() == "digits";
    p.writes = tap.arg() == "hand";
    p.hand.wipe();
    p.page = 0;
    return Next::replace(screen);
  }
  if (tap.id == "see") {
    p.see = !p.typed.empty();
    return Next::stay();
  }
  if (tap.id == "again") {
    p.see = false;
    p.typed.clear();
    return Next::replace(screen);
  }
  if (tap.id == "new") {
    p.name.clear();
    p.sex.clear();
    p.age = -1;
    return Next::push("pick/new");
  }
  return std::nullopt;
}

Next chose(Draft& draft, village::PersonId person) {
  auto& p = draft.of<PickPerson>();
  p.chosen = person;
  p.typed.clear();
  p.see = false;
  if (p.then_screen.empty()) return Next::back();
  return Next::replace(p.then_screen, p.then_key.empty() ? person.text() : p.then_key, "pick/");
}

Next tap_search(Draft& draft, const SearchModel& m, const Tap& tap) {
  if (tap.id == "new") {
    (void)search_tap(draft, m, tap, "pick/search");
    return Next::replace("pick/new");  // in its place: both ways on leave the sub-journey in one step
  }
  if (auto next = search_tap(draft, m, tap, "pick/search")) return *next;
  if (tap.verb() == "person")
    if (const auto person = village::PersonId::parse(tap.arg())) return chose(draft, *person);
  return Next::stay();
}

// --- pick/new: name, sex, about how old. A group comes with the household, when the entry is completed.

void draw_new(ui::Ui& ui, const NewPersonModel&, const Draft& draft) {
  const auto& p = draft.of<PickPerson>();
  ui.title(ui.say("parts.pick.new_title"));
  ui.speak("parts.pick.new_title", ui.say("parts.pick.new_title"));
  Rect area = ui.reach();
  const float gap = ui.gap();
  ui::Card save;
  save.id = "save";
  save.label = ui.say("parts.pick.save");
  save.filled = true;
  save.tint = ui::Tint::hardship;
  save.main = false;
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 200.0f));
  if (ui.portrait()) ui.button(area.cut_bottom(26, gap), save);
  else ui.button(area.cut_right(std::max(34.0f, ui.text_width(save.label, ui::Type::staff, ui::Weight::bold) * 10 / 6.5f + 9), gap), save);
  const float h = std::min(44.0f, (area.h - gap * 2) / 3);
  ui.field(area.cut_top(h, gap), "name", ui.say("parts.pick.name"), p.name, p.name.empty());
  // Sex and age: pictures, none of them must be touched.
  std::vector<ui::Card> cards;
  const auto add = [&](std::string id, const char* picture, std::string label, bool on) {
    ui::Card c;
    c.id = std::move(id);
    c.label = std::move(label);
    c.picture = ui::emoji(picture);
    c.main = false;
    c.state = on ? ui::State::selected : ui::State::normal;
    cards.push_back(std::move(c));
  };
  add("sex:f", "👩", ui.say("village.sex.f"), p.sex == "f");
  add("sex:m", "👨", ui.say("village.sex.m"), p.sex == "m");
  for (int i = 0; i < 4; ++i) add("age:" + std::to_string(i), ages[i].picture, ui.say(ages[i].key), p.age == i);
  const auto sexes = ui::grid(area.cut_top(h, gap), 2, 1, gap), years = ui::grid(area.cut_top(h), 4, 1, gap);
  for (std::size_t i = 0; i < 2; ++i) ui.button(sexes[i], cards[i]);
  for (std::size_t i = 0; i < 4; ++i) ui.button(years[i], cards[i + 2]);
}

Next tap_new(Draft& draft, const NewPersonModel&, const Tap& tap) {
  auto& p = draft.of<PickPerson>();
  if (tap.id == "name")
    return type_text(draft, "parts.pick.name", Writing::name, p.name, [](Draft& d, const std::string& text) { d.of<PickPerson>().name = text; }, 12);
  if (tap.verb() == "sex") p.sex = p.sex == tap.arg() ? "" : std::string(tap.arg());
  if (tap.verb() == "age") {
    const int which = tap.arg().empty() ? -1 : tap.arg()[0] - '0';
    p.age = p.age == which || which < 0 || which > 3 ? -1 : which;
  }
  if (tap.id != "save") return Next::stay();
  village::PersonEdit edit;
  edit.name = p.name;
  if (!p.sex.empty()) edit.sex = p.sex;
  edit.sites = std::vector<village::SiteId>{draft.of<Session>().site};
  edit.walk_in = true;
  const int years = p.age < 0 ? -1 : ages[p.age].years;
  return Next::run([edit, years](store::Act& act) mutable -> Outcome {
    // About so old: the first of January of the year that makes it so; a document says it exactly later.
    if (years >= 0) edit.born = base::day(std::chrono::year(static_cast<int>(base::date_of(act.today()).year()) - years) / std::chrono::January / 1);
    return as_outcome("village", village::save_person(act, edit));
  });
}

Next done_new(Draft& draft, const NewPersonModel&, const std::any& receipt) {
  const auto* person = std::any_cast<village::PersonId>(&receipt);
  if (!person) return Next::stay();
  auto& p = draft.of<PickPerson>();
  p.name.clear();
  p.sex.clear();
  p.age = -1;
  return chose(draft, *person);
}

}  // namespace

Next pick_person(Draft& draft, std::string title_key, std::string then_screen, std::string then_key) {
  auto& p = draft.of<PickPerson>();
  p = {};
  p.title_key = std::move(title_key);
  p.then_screen = std::move(then_screen);
  p.then_key = std::move(then_key);
  return Next::push("pick/search");
}

Screen search_screen(std::string key, std::string title_key, Next (*chosen)(Draft&, village::PersonId)) {
  auto s = screen<SearchModel>(key, {.load = load_search, .draw = draw_search, .on_tap = tap_search});
  s.draw = [title_key](ui::Ui& ui, const std::any& m, const Draft& d) { draw_search_titled(ui, std::any_cast<const SearchModel&>(m), d, title_key); };
  s.on_tap = [key, chosen](Draft& d, const std::any& m, const Tap& tap) {
    if (tap.id == "new") {
      // A new entry is opened like a found one.
      auto& p = d.of<PickPerson>();
      p.then_screen = "desk/person";
      p.then_key.clear();
    }
    if (auto next = search_tap(d, std::any_cast<const SearchModel&>(m), tap, key)) return *next;
    if (tap.verb() == "person")
      if (const auto person = village::PersonId::parse(tap.arg())) return chosen(d, *person);
    return Next::stay();
  };
  // Opened anew it is empty; whoever comes back from a person's page finds what was found.
  s.on_open = [key](Draft& d, const std::any&) {
    auto& p = d.of<PickPerson>();
    d.of<Pages>().at.erase("pick/search");
    p.see = p.digits = false;
    p.page = 0;
    p.hand.wipe();
    if (p.typed.empty()) return Next::stay();
    p.typed.clear();
    return Next::replace(key);
  };
  return for_role(std::move(s), store::Role::volunteer);
}

std::vector<Screen> pick_person_screens() {
  return {for_role(screen<SearchModel>("pick/search", {.load = load_search, .draw = draw_search, .on_tap = tap_search}), store::Role::volunteer),
          for_role(screen<NewPersonModel>("pick/new", {.load = nullptr, .draw = draw_new, .on_tap = tap_new, .on_done = done_new}), store::Role::volunteer)};
}

}  // namespace parts
