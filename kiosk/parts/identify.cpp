#include "parts/identify.h"

#include "parts/newcomer.h"
#include "parts/patterns.h"
#include "village/numbers.h"
#include "village/places.h"

#include <algorithm>

namespace parts {
namespace {

using ui::Rect;

// --- identify/group: whose group, or by number

struct GroupModel { std::vector<village::Group> groups; bool faces = true, helper = false; };
constexpr std::string_view for_helper = "helper";  // key of the page that asks whose group the helper is of

GroupModel load_group(const Ask& ask) {
  GroupModel m;
  if (const auto village = village::village_of(ask.reader, ask.session().site)) {
    for (auto& g : village::groups(ask.reader, village->id))
      if (village::faces_count(ask.reader, ask.session().site, g.id) > 0) m.groups.push_back(std::move(g));
  }
  m.faces = ask.reader.setting("people.faces", std::int64_t{1}) != 0;
  m.helper = ask.key == for_helper;
  return m;
}

std::string name_of(ui::Ui& ui, const Helper& helper) { return helper.called.empty() ? ui.say("parts.helper.other") : helper.called; }

void draw_group(ui::Ui& ui, const GroupModel& m, const Draft& draft) {
  const auto& helper = draft.of<Helper>();
  ui.title(ui.say(m.helper ? "parts.helper.group_title" : helper.who ? "parts.helper.then_group_title" : "parts.identify.group_title"), ui::drawn("reader"), ui.say("parts.identify.card_hint"));
  if (m.helper) ui.speak("parts.helper.group_say", ui.say("parts.helper.group_say"));
  else if (helper.who) ui.speak("parts.helper.now_say", ui.words().text("parts.helper.now_say", {{"name", name_of(ui, helper)}}));
  else ui.speak("parts.identify.group_say", ui.say("parts.identify.group_say"));
  std::vector<ui::Card> cards;
  if (m.faces)
    for (const auto& g : m.groups) {
      ui::Card c;
      c.id = "group:" + g.id.text();
      c.label = g.name.empty() ? ui.words().text("parts.identify.group_other", {{"number", std::to_string(g.number)}}) : g.name;
      c.picture = ui::emoji(g.picture);
      cards.push_back(std::move(c));
    }
  ui::Card number;
  number.id = "number";
  number.label = ui.say("parts.identify.number");
  number.picture = ui::emoji("🔢");
  ui::Card help = helper_card(ui, draft);
  if (m.helper) {
    help = {};
    help.id = "other";
    help.label = ui.say("parts.helper.other");
    help.picture = ui::emoji("🚶");
  }
  // The number is always the last of the first page, or the last but one where there is one page only: its place is learnt.
  if (cards.size() > 5) cards.insert(cards.begin() + 5, number);
  else cards.push_back(number);
  cards.push_back(help);
  card_page(ui, ui.reach(), "identify/group", draft, cards);
}

Next ask_for_helper(Draft& draft) {
  draft.of<Helper>() = {.choosing = true};
  return Next::push("identify/group", std::string(for_helper));
}

std::string called(const village::FaceOf& face) { return face.called.empty() ? face.name : face.called; }

// The same resident, with whoever the draft names as helper beside them.
Identity beside(const Session& session) { return {.person = session.who, .known = session.viewer.known}; }

// Whoever helps is known: on with the resident, or back to where a known resident said so.
Next helper_chosen(Draft& draft, base::Uuid who, std::string called) {
  draft.of<Helper>() = {who, std::move(called), false};
  draft.of<Identify>().typed.clear();
  const auto& session = draft.of<Session>();
  if (!session.who) return Next::replace("identify/group", "", "identify/");
  const auto& id = draft.of<Identify>();
  auto next = Next::replace(id.then_screen, id.then_key, "identify/");
  next.becomes = beside(session);
  return next;
}

Next tap_group(Draft& draft, const GroupModel& m, const Tap& tap) {
  if (turned(draft, "identify/group", tap)) return Next::stay();
  if (tap.id == "helped") return ask_for_helper(draft);
  if (tap.id == "other") return helper_chosen(draft, base::Uuid{}, {});
  if (tap.verb() != "group" && tap.id != "number") return Next::stay();
  draft.of<Helper>().choosing = m.helper;
  if (tap.id == "number") {
    draft.of<Identify>().typed.clear();
    return Next::push("identify/number");
  }
  draft.of<Pages>().at.erase("identify/faces");
  return Next::push("identify/faces", std::string(tap.arg()));
}

// --- identify/faces

struct FacesModel { std::vector<village::FaceOf> faces; };

// The face that was touched, if it is one of those shown.
const village::FaceOf* touched(const std::vector<village::FaceOf>& faces, const Tap& tap) {
  const auto id = tap.verb() == "person" ? village::PersonId::parse(tap.arg()) : std::nullopt;
  const auto found = std::ranges::find_if(faces, [&](const auto& f) { return id && f.id == *id; });
  return found == faces.end() ? nullptr : &*found;
}

FacesModel load_faces(const Ask& ask) {
  FacesModel m;
  if (const auto group = village::GroupId::parse(ask.key)) m.faces = village::faces(ask.reader, ask.session().site, *group, 0, 600);
  return m;
}

void draw_faces(ui::Ui& ui, const FacesModel& m, const Draft& draft) {
  const bool helper = draft.of<Helper>().choosing, helped = draft.of<Helper>().who.has_value();
  ui.title(ui.say(helper ? "parts.helper.faces_title" : helped ? "parts.helper.then_faces_title" : "parts.identify.faces_title"));
  if (m.faces.empty()) {
    ui.speak("parts.identify.faces_none", ui.say("parts.identify.faces_none"));
    Rect area = ui.reach();
    ui::Card number;
    number.id = "number";
    number.label = ui.say("parts.identify.number");
    number.picture = ui::emoji("🔢");
    ui.button(area.cut_bottom(34, ui.gap()), number);
    ui.text(area, ui.say("parts.identify.faces_none"), {.align = ui::Align::centre, .centre_v = true});
    return;
  }
  const std::string say = helper ? "parts.helper.faces_say" : helped ? "parts.helper.then_faces_say" : "parts.identify.faces_say";
  ui.speak(say, ui.say(say));
  std::vector<ui::Face> tiles;
  tiles.reserve(m.faces.size());
  for (const auto& f : m.faces) tiles.push_back(face_tile(f, "person:"));
  face_page(ui, ui.reach(), "identify/faces", draft, tiles);
}

// Touched or typed and confirmed: as sure as a face. What needs more goes on to the secret.
Next chose(Draft& draft, const village::FaceOf& face) {
  const auto person = face.id;
  if (draft.of<Helper>().choosing) return helper_chosen(draft, person.value, called(face));
  auto& id = draft.of<Identify>();
  id.chosen = person;
  if (id.needed <= store::Known::face) return identified(draft, person, store::Known::face);
  id.pictures.clear();
  id.wrong.clear();
  return Next::push("identify/secret", person.text());
}

Next tap_faces(Draft& draft, const FacesModel& m, const Tap& tap) {
  if (turned(draft, "identify/faces", tap)) return Next::stay();
  if (const auto* face = touched(m.faces, tap)) return chose(draft, *face);
  if (tap.id == "number") return Next::push("identify/number");
  return Next::stay();
}

// --- identify/number: four digits, then the own face to confirm

struct NumberModel { std::vector<village::FaceOf> found; };

NumberModel load_number(const Ask& ask) {
  NumberModel m;
  const auto& typed = ask.draft.of<Identify>().typed;
  if (typed.size() == 4) m.found = village::by_phone_tail(ask.reader, typed);
  return m;
}

void digits(ui::Ui& ui, Rect area, bool with_ok) {
  const bool wide = (area.h - 3 * 6) / 4 < 22;  // a low glass has two rows of six
  const int columns = wide ? 6 : 3;
  const auto cells = ui::grid(area, columns, 12 / columns, ui.staff() ? 4.0f : 6.0f);
  static constexpr std::string_view order_wide[] = {"1", "2", "3", "4", "5", "erase", "6", "7", "8", "9", "0", "ok"};
  static constexpr std::string_view order_tall[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "ok"};
  for (std::size_t i = 0; i < 12; ++i) {
    const auto which = wide ? order_wide[i] : order_tall[i];
    if (which == "ok" && !with_ok) continue;
    const auto label = which == "erase" ? ui.say("parts.identify.erase") : which == "ok" ? ui.say("parts.receipt.done") : std::string(which);
    ui.key(cells[i], "key:" + std::string(which), label);
  }
}

void draw_number(ui::Ui& ui, const NumberModel& m, const Draft& draft) {
  const auto& typed = draft.of<Identify>().typed;
  const bool none = typed.size() == 4 && m.found.empty();
  ui.title(ui.say(none ? "parts.identify.number_none_title" : "parts.identify.number_title"));
  if (none) ui.speak("parts.identify.number_none", ui.say("parts.identify.number_none"));
  else ui.speak("parts.identify.number_say", ui.say("parts.identify.number_say"));
  Rect area = ui.reach();
  if (typed.size() == 4 && !m.found.empty()) {
    // The faces whose number ends so: one or a few.
    std::vector<ui::Face> tiles;
    for (const auto& f : m.found) tiles.push_back(face_tile(f, "person:"));
    Rect no = area.cut_bottom(32, ui.gap());
    ui::Card again;
    again.id = "no";
    again.label = ui.say("parts.identify.not_me");
    again.picture = ui::drawn("cross");
    if (tiles.size() == 1) {
      // One face, large, and the yes that is the seventh touch.
      ui::Card yes;
      yes.id = "yes";
      yes.label = ui.say("parts.identify.its_me");
      yes.picture = ui::drawn("tick");
      yes.filled = true;
      yes.tint = ui::Tint::hardship;
      ui.button(no.cut_left((no.w - ui.gap()) * 0.42f, ui.gap()), again);
      ui.button(no, yes);
      const float side = std::min(area.h - ui.line(ui::Type::name) - 4, area.w * 0.5f);
      Rect place = area.centred(side, area.h);
      Rect photo = place.cut_top(side, 3);
      ui.photo(photo, picture_of(m.found.front()));
      ui.text({area.x, place.y, area.w, place.h}, m.found.front().name, {.type = ui::Type::name, .weight = ui::Weight::bold, .align = ui::Align::centre});
    } else {
      ui.button(no, again);
      face_page(ui, area, "identify/number", draft, tiles);
    }
    return;
  }
  const float figure = ui.em(ui::Type::figure) * 1.25f;
  std::optional<ui::Card> fresh;  // not asked of a helper: the register need not know them
  if (!draft.of<Helper>().choosing) {
    fresh.emplace();
    fresh->id = "new";
    fresh->label = ui.say("parts.newcomer.tile");
    fresh->picture = ui::emoji("🚶");
  }
  std::string shown;
  for (std::size_t i = 0; i < 4; ++i) shown += std::string(i ? " " : "") + (i < typed.size() ? std::string(1, typed[i]) : "_");
  if (none && ui.compact() && !ui.portrait()) {
    // A low glass: what was typed has served, the room is for what was wrong and for the two ways on.
    const auto told = ui.say("parts.identify.number_none");
    const float band = ui.text_height(told, area.w - 4 * ui.margin(), ui::Type::sentence, ui::Weight::bold) + 4;
    ui.band(area.cut_top(std::min(band, area.h - 2 * 20 - 2 * ui.gap()), ui.gap()), told, ui::Tint::urgent);
    if (fresh) ui.button(area.cut_left(std::min(area.w * 0.3f, area.w - 6 * 20 - 6 * ui.gap()), ui.gap()), *fresh);
    digits(ui, area, false);
    return;
  }
  if (none) ui.band(area.cut_bottom(ui.line(ui::Type::sentence) * 2 + 4, ui.gap()), ui.say("parts.identify.number_none"), ui::Tint::urgent);
  if (fresh && ui.portrait()) ui.button(area.cut_bottom(32, ui.gap()), *fresh);
  Rect slots = ui.portrait() ? area.cut_top(figure + 4, ui.gap()) : area.cut_left(std::max(area.w * 0.22f, std::min(area.w * (fresh ? 0.3f : 0.22f), area.w - 6 * 20 - 6 * ui.gap())), ui.gap());
  if (fresh && !ui.portrait()) ui.button(slots.cut_bottom(std::min(slots.h * 0.5f, 50.0f), ui.gap()), *fresh);
  ui.text(slots, shown, {.type = largest_line(ui, shown, slots.w, slots.h), .weight = ui::Weight::bold, .align = ui::Align::centre, .centre_v = true});
  digits(ui, area, false);
}

Next tap_number(Draft& draft, const NumberModel& m, const Tap& tap) {
  auto& id = draft.of<Identify>();
  if (tap.verb() == "key") {
    const auto key = tap.arg();
    if (key == "erase") {
      if (id.typed.size() == 4) id.typed.clear();
      else if (!id.typed.empty()) id.typed.pop_back();
    } else if (key.size() == 1) {
      if (id.typed.size() >= 4) id.typed.clear();
      if (id.typed.size() == 3) {
        // Counted before anything is shown for it.
        id.last_digit = key;
        return Next::run([](store::Act& act) { return as_outcome("village", village::count_number(act)); });
      }
      id.typed += key;
    }
    return Next::replace("identify/number");
  }
  if (tap.id == "new" && !draft.of<Helper>().choosing) {
    draft.of<Newcomer>() = {};
    return Next::push("identify/newcomer");
  }
  if (tap.id == "no") {
    id.typed.clear();
    return Next::replace("identify/number");
  }
  if (tap.id == "yes" && m.found.size() == 1) return chose(draft, m.found.front());
  if (const auto* face = touched(m.found, tap)) return chose(draft, *face);
  return Next::stay();
}

Next done_number(Draft& draft, const NumberModel&, const std::any&) {
  auto& id = draft.of<Identify>();
  id.typed += id.last_digit;
  id.last_digit.clear();
  return Next::replace("identify/number");
}

// --- identify/secret: three pictures in order

struct SecretModel { bool has = false; };

SecretModel load_secret(const Ask& ask) {
  SecretModel m;
  if (const auto person = village::PersonId::parse(ask.key)) m.has = village::has_secret(ask.reader, *person);
  return m;
}

void draw_secret(ui::Ui& ui, const SecretModel& m, const Draft& draft) {
  const auto& id = draft.of<Identify>();
  Rect area = ui.reach();
  if (!m.has) {
    ui.title(ui.say("parts.identify.need_card_title"), ui::drawn("reader"));
    ui.speak("parts.identify.secret_none", ui.say("parts.identify.secret_none"));
    const float side = std::min(area.h * 0.5f, 60.0f);
    ui.picture(area.cut_top(side, ui.gap()).centred(side * 1.4f, side), ui::drawn("reader"));
    ui.text(area, ui.say("parts.identify.secret_none"), {.align = ui::Align::centre});
    return;
  }
  if (id.wrong == "locked") {
    // Guessing is over for now: the card or a person.
    ui.title(ui.say("parts.identify.need_card_title"), ui::drawn("reader"));
    ui.speak("parts.identify.locked", ui.say("parts.identify.locked"));
    const float side = std::min(area.h * 0.5f, 60.0f);
    ui.picture(area.cut_top(side, ui.gap()).centred(side * 1.4f, side), ui::drawn("reader"));
    ui.text(area, ui.say("parts.identify.locked"), {.align = ui::Align::centre});
    return;
  }
  ui.title(ui.say(id.wrong.empty() ? "parts.identify.secret_title" : "parts.identify.wrong_title"));
  if (id.wrong.empty()) ui.speak("parts.identify.secret_say", ui.say("parts.identify.secret_say"));
  else ui.speak("parts.identify." + id.wrong, ui.say("parts.identify." + id.wrong));
  std::vector<ui::Picture> chosen;
  for (const int i : id.pictures) chosen.push_back(ui::emoji(std::string(village::secret_pictures[static_cast<std::size_t>(i)])));
  if (ui.portrait()) {
    Rect side = area.cut_top(36, ui.gap());
    ui.key(side.cut_right(40, ui.gap()), "key:erase", ui.say("parts.identify.erase"));
    ui.slots(side, chosen, 3);
  } else if (ui.compact()) {
    // No room beside the pictures: the slots stand in the title line, and a picture touched again is rubbed out.
    const float high = ui.body().y - ui.margin() - 4;
    ui.slots({ui.body().right() - high * 3.6f, ui.margin(), high * 3.6f, high}, chosen, 3);
    area = ui.wide(area);
  } else {
    Rect side = area.cut_right(48, ui.gap());
    ui.key(side.cut_bottom(30, ui.gap()), "key:erase", ui.say("parts.identify.erase"));
    ui.slots(side, chosen, 3);
  }
  const int columns = ui.portrait() ? 3 : ui.compact() ? 6 : 4;
  const auto cells = ui::grid(area, columns, 12 / columns, 6);
  for (std::size_t i = 0; i < 12; ++i) {
    ui::Card c;
    c.id = "picture:" + std::string(village::secret_names[i]);
    c.picture = ui::emoji(std::string(village::secret_pictures[i]));
    c.voice = "village.secret." + std::string(village::secret_names[i]);
    if (std::find(id.pictures.begin(), id.pictures.end(), static_cast<int>(i)) != id.pictures.end()) c.state = ui::State::selected;
    ui.card(cells[i], c);
  }
}

Next tap_secret(Draft& draft, const SecretModel& m, const Tap& tap) {
  auto& id = draft.of<Identify>();
  if (!m.has || !id.chosen) return Next::stay();
  if (tap.id == "key:erase") {
    if (!id.pictures.empty()) id.pictures.pop_back();
    return Next::stay();
  }
  if (tap.verb() != "picture") return Next::stay();
  const auto found = std::find(village::secret_names.begin(), village::secret_names.end(), tap.arg());
  if (found == village::secret_names.end()) return Next::stay();
  const int index = static_cast<int>(found - village::secret_names.begin());
  id.wrong.clear();
  if (const auto again = std::find(id.pictures.begin(), id.pictures.end(), index); again != id.pictures.end()) {
    id.pictures.erase(again);  // none twice: touched again it is rubbed out
    return Next::stay();
  }
  id.pictures.push_back(index);
  if (id.pictures.size() < 3) return Next::stay();
  const village::Secret guess{id.pictures[0], id.pictures[1], id.pictures[2]};
  id.pictures.clear();
  // The count of guesses is committed whatever the answer: a refusal here must not roll it back, so it travels as a receipt.
  return Next::run([person = *id.chosen, guess](store::Act& act) -> Outcome {
    const auto answer = village::check_secret(act, person, guess);
    return std::any(answer ? std::string{} : std::string(village::name(answer.error())));
  });
}

Next done_secret(Draft& draft, const SecretModel&, const std::any& receipt) {
  auto& id = draft.of<Identify>();
  const auto& refused = std::any_cast<const std::string&>(receipt);
  if (refused.empty() && id.chosen) return identified(draft, *id.chosen, store::Known::secret);
  id.wrong = refused == "locked" ? "locked" : "wrong";
  Next n = Next::replace("identify/secret", id.chosen ? id.chosen->text() : std::string{});
  n.sound = "refused";
  return n;
}

// --- identify/carer: a child is not alone

struct CarerModel { std::vector<village::FaceOf> faces; };

CarerModel load_carer(const Ask& ask) {
  CarerModel m;
  if (const auto child = ask.session().who)
    for (auto& c : village::companions(ask.reader, *child)) m.faces.push_back(std::move(c.face));
  return m;
}

void draw_carer(ui::Ui& ui, const CarerModel& m, const Draft& draft) {
  ui.title(ui.say("parts.helper.carer_title"));
  const std::string say = m.faces.empty() ? "parts.helper.carer_none" : "parts.helper.carer_say";
  ui.speak(say, ui.say(say));
  Rect area = ui.reach();
  if (m.faces.empty()) {
    const float side = std::min(area.h * 0.5f, 60.0f);
    ui.picture(area.cut_top(side, ui.gap()).centred(side, side), ui::emoji("👪"));
    ui.text(area, ui.say(say), {.align = ui::Align::centre});
    return;
  }
  if (!ui.compact()) ui.text(area.cut_top(ui.text_height(ui.say(say), area.w, ui::Type::sentence), ui.gap()), ui.say(say));
  if (ui.portrait()) area = area.cut_top(std::min(area.h, 220.0f));
  std::vector<ui::Face> tiles;
  for (const auto& f : m.faces) tiles.push_back(face_tile(f, "person:"));
  face_page(ui, area, "identify/carer", draft, tiles);
}

Next tap_carer(Draft& draft, const CarerModel& m, const Tap& tap) {
  if (turned(draft, "identify/carer", tap)) return Next::stay();
  const auto* face = touched(m.faces, tap);
  if (face == nullptr) return Next::stay();
  draft.of<Helper>() = {face->id.value, called(*face), false};
  auto next = Next::back();
  next.becomes = beside(draft.of<Session>());
  return next;
}

}  // namespace

ui::Card helper_card(ui::Ui& ui, const Draft& draft) {
  const auto& helper = draft.of<Helper>();
  ui::Card c;
  c.id = "helped";
  c.picture = ui::emoji("👭");
  c.label = helper.who ? ui.words().text("parts.helper.now", {{"name", name_of(ui, helper)}}) : ui.say("parts.helper.tile");
  if (helper.who) c.state = ui::State::selected;
  return c;
}

std::string helped_line(ui::Ui& ui, const Draft& draft) {
  const auto& helper = draft.of<Helper>();
  return helper.who ? ui.words().text("parts.helper.beside", {{"name", name_of(ui, helper)}}) : std::string{};
}

Next identify_helper(Draft& draft, std::string then_screen, std::string then_key) {
  auto& id = draft.of<Identify>();
  id = {};
  id.then_screen = std::move(then_screen);
  id.then_key = std::move(then_key);
  return ask_for_helper(draft);
}

store::Known needed_for_own(const store::Reader& reader) {
  return reader.setting("people.own_proven", std::int64_t{0}) != 0 ? store::Known::card : store::Known::face;
}

Next identify(Draft& draft, store::Known needed, std::string then_screen, std::string then_key) {
  const auto& session = draft.of<Session>();
  draft.of<Helper>().choosing = false;
  if (session.who && session.viewer.known >= needed) return Next::push(std::move(then_screen), std::move(then_key));
  auto& id = draft.of<Identify>();
  id = {};
  id.needed = needed;
  id.then_screen = std::move(then_screen);
  id.then_key = std::move(then_key);
  if (session.who) {
    id.chosen = session.who;
    return Next::push("identify/secret", session.who->text());
  }
  return Next::push("identify/group");
}

Next card_identified(Draft& draft, const village::FaceOf& face, bool helper) {
  if (helper) return helper_chosen(draft, face.id.value, called(face));
  draft.of<Identify>().chosen = face.id;
  return identified(draft, face.id, store::Known::card);
}

bool asks_for_helper(const Draft& draft, std::string_view screen, std::string_view key) {
  return screen == "identify/group" ? key == for_helper : draft.of<Helper>().choosing;
}

Next identified(Draft& draft, village::PersonId person, store::Known how) {
  auto& id = draft.of<Identify>();
  Next n = Next::replace(id.then_screen, id.then_key, "identify/");
  Identity who;
  who.person = person;
  who.known = how;
  n.becomes = who;
  id.typed.clear();
  id.pictures.clear();
  return n;
}

std::vector<Screen> identify_screens() {
  return {screen<GroupModel>("identify/group", {.load = load_group, .draw = draw_group, .on_tap = tap_group}),
          screen<FacesModel>("identify/faces", {.load = load_faces, .draw = draw_faces, .on_tap = tap_faces}),
          screen<NumberModel>("identify/number", {.load = load_number, .draw = draw_number, .on_tap = tap_number, .on_done = done_number}),
          screen<SecretModel>("identify/secret", {.load = load_secret, .draw = draw_secret, .on_tap = tap_secret, .on_done = done_secret},
                              Ground::resident, Privacy::open),
          screen<CarerModel>(std::string(carer_screen), {.load = load_carer, .draw = draw_carer, .on_tap = tap_carer})};
}

}  // namespace parts
