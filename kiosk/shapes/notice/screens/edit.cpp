// Writing a notice: one question a page - what, picture, words, of whom, when, for whom - then a look at it, then it is put up. For staff.
#include "base/almanac.h"
#include "parts/patterns.h"
#include "parts/pick_person.h"
#include "parts/type_text.h"
#include "shapes/notice/screens/screens.h"

#include <algorithm>
#include <array>

namespace notice {
namespace {

constexpr std::array<const char*, 12> policy_pictures{"📜", "💴", "🩺", "📚", "🏥", "👴", "🏠", "🌾", "📅", "🚌", "💳", "👪"};
constexpr std::array<const char*, 12> story_pictures{"🌟", "🤝", "🏡", "👵", "🧡", "🎓", "🌺", "🥁", "👏", "🧹", "🏅", "🍲"};
constexpr std::array<const char*, 12> safety_pictures{"🔥", "📵", "🌾", "⛄", "🌞", "💧", "⚡", "🧯", "🚜", "🐍", "💊", "🌀"};
constexpr std::array<const char*, 12> jobs_pictures{"🍎", "🍳", "🧹", "🍅", "👷", "🧵", "🐑", "🚚", "🌽", "🥬", "🏭", "👶"};
constexpr std::array<const char*, 6> audiences{"all", "elder", "woman", "child", "hardship", "volunteer"};

Step step_now(const Edit& e) {
  const auto steps = steps_of(e);
  return steps[static_cast<std::size_t>(std::clamp(e.step, 0, static_cast<int>(steps.size()) - 1))];
}

const char* title_key(Step s) {
  switch (s) {
    case Step::what: return "notice.edit.what";
    case Step::picture: return "notice.edit.picture";
    case Step::words: return "notice.edit.words";
    case Step::who: return "notice.edit.who";
    case Step::when: return "notice.edit.when";
    case Step::whom: return "notice.edit.whom";
    case Step::check: return "notice.edit.check";
  }
  return "notice.edit.title";
}

// May one go on from here? What is missing is asked for on its own page.
bool answered(const Edit& e, const EditModel& m) {
  switch (step_now(e)) {
    case Step::what: return !e.now.offer.empty();
    case Step::picture: return !e.now.picture.empty();
    case Step::words: return !e.now.title.empty() && !e.now.text.empty();
    case Step::who: return m.about.has_value() && e.now.read_to_them;
    case Step::when: return e.now.from <= e.now.until;
    case Step::whom: return !e.now.audience.empty();
    case Step::check: return true;
  }
  return true;
}

// Days one by one for two weeks, then by weeks.
base::Day moved(base::Day day, base::Day start, int step) {
  const auto far = (day - start).count();
  const bool weeks = step > 0 ? far >= 14 : far > 14;
  return day + std::chrono::days(weeks ? 7 * step : step);
}

void toggle(std::vector<std::string>& audience, const std::string& group) {
  if (group == "all") {
    audience = {"all"};
    return;
  }
  std::erase(audience, std::string("all"));
  if (std::erase(audience, group) == 0) audience.push_back(group);
  if (audience.empty()) audience = {"all"};
}

ui::Card strip_card(std::string id, std::string label, ui::Picture picture, bool filled) {
  ui::Card c;
  c.id = std::move(id);
  c.label = std::move(label);
  c.picture = std::move(picture);
  c.main = false;
  c.filled = filled;
  c.tint = filled ? ui::Tint::staff : ui::Tint::neutral;
  return c;
}

// Lines one below the other, each as high as a finger needs and no higher than it looks good.
std::vector<ui::Rect> lines_in(ui::Rect area, int n, float most_mm, float gap) {
  const float high = std::min(most_mm, (area.h - gap * static_cast<float>(n - 1)) / static_cast<float>(n));
  std::vector<ui::Rect> all;
  for (int i = 0; i < n; ++i) all.push_back(area.cut_top(high, gap));
  return all;
}

void draw_words(ui::Ui& ui, ui::Rect area, const Edit& e) {
  const auto lines = lines_in(area, 2, 34, ui.gap());
  const auto none = ui.say("notice.edit.not_written");
  ui.field(lines[0], "heading", ui.say("notice.edit.heading"), e.now.title.empty() ? none : e.now.title);
  ui.field(lines[1], "text", ui.say("notice.edit.text"),
           e.now.text.empty() ? none : ui.words().text("notice.edit.written", {{"n", std::to_string(base::characters(e.now.text))}}));
}

void draw_when(ui::Ui& ui, ui::Rect area, const Edit& e, const EditModel& m) {
  const auto lines = lines_in(area, 2, 34, ui.gap());
  const auto far = [](base::Day a, base::Day b) { return std::to_string((b - a).count()); };
  const auto date = [&](base::Day day) { return base::date_text(ui.words(), base::date_of(day)); };
  ui.stepper(lines[0], "from", ui.say("notice.edit.from"), e.now.from == m.today ? ui.say("notice.edit.today") : date(e.now.from));
  ui.stepper(lines[1], "until", ui.words().text("notice.edit.until", {{"n", far(e.now.from, e.now.until + std::chrono::days(1))}}), date(e.now.until));
}

void draw_whom(ui::Ui& ui, ui::Rect area, const Edit& e) {
  const bool tall = area.w < area.h;
  const float gap = ui.gap();
  const int columns = tall ? 2 : 3, rows = tall ? 4 : 3;
  const float high = std::min(30.0f, (area.h - gap * static_cast<float>(rows - 1)) / static_cast<float>(rows));
  ui::Rect grid = area.cut_top(high * static_cast<float>(rows - 1) + gap * static_cast<float>(rows - 2), gap);
  const auto places = ui::grid(grid, columns, rows - 1, gap);
  for (std::size_t i = 0; i < audiences.size(); ++i) {
    const std::string code = audiences[i];
    const bool on = std::ranges::find(e.now.audience, code) != e.now.audience.end();
    ui.toggle(places[i], "audience:" + code, ui.say("notice.edit.audience." + code), on);
  }
  ui.toggle(area.cut_top(high), "everywhere", ui.say("notice.edit.everywhere"), e.now.everywhere);
}

void draw_who(ui::Ui& ui, ui::Rect area, const Edit& e, const EditModel& m) {
  const float gap = ui.gap();
  auto lines = lines_in({area.x, area.y, area.w, 44 + gap}, 2, 22, gap);
  ui.field(lines[0], "who", ui.say("notice.edit.who"), m.about ? m.about_name : ui.say("notice.edit.nobody"));
  ui.toggle(lines[1], "read_out", ui.say("notice.edit.read_out"), e.now.read_to_them);
  area.cut_top(44 + gap, gap);
  const auto hint = ui.words().text("notice.edit.read_out_hint", {{"text", m.consent}});
  if (ui.text_height(hint, area.w, ui::Type::staff) <= area.h) ui.text(area, hint, {.type = ui::Type::staff, .second = true});
}

void draw_check(ui::Ui& ui, ui::Rect area, const Edit& e) {
  ui.panel(area, ui::Tint::neutral);
  ui::Rect inside = area.inset(4);
  const float side = std::min({inside.h * 0.4f, inside.w * 0.2f, 40.0f});
  ui::Rect left = inside.cut_left(side, 4);
  ui.picture(left.cut_top(side), ui::emoji(e.now.picture));
  ui.text(inside.cut_top(ui.line(ui::Type::staff_title), 1), e.now.title, {.type = ui::Type::staff_title, .weight = ui::Weight::bold});
  // A text longer than the glass has its pages; the last touch is the first page again.
  auto pages = pages_of(ui, e.now.text, inside.w, inside.h, ui::Type::staff);
  if (pages.size() > 1) {
    ui::Rect strip = inside.cut_right(26, 4);
    pages = pages_of(ui, e.now.text, inside.w, inside.h, ui::Type::staff);
    ui.button(strip.cut_bottom(20), strip_card("more", "", ui::drawn("arrow_right"), false));
  }
  if (!pages.empty()) ui.text(inside, pages[static_cast<std::size_t>(e.page) % pages.size()], {.type = ui::Type::staff});
}

}  // namespace

std::span<const char* const> pictures_of(Kind kind) {
  switch (kind) {
    case Kind::policy: return policy_pictures;
    case Kind::story: return story_pictures;
    case Kind::safety: return safety_pictures;
    case Kind::jobs: return jobs_pictures;
  }
  return policy_pictures;
}

std::vector<Step> steps_of(const Edit& e) {
  std::vector<Step> steps;
  if (!e.id) steps.push_back(Step::what);
  steps.insert(steps.end(), {Step::picture, Step::words});
  if (e.kind == Kind::story && !e.now.offer.empty()) steps.push_back(Step::who);
  steps.insert(steps.end(), {Step::when, Step::whom, Step::check});
  return steps;
}

EditModel load_edit(const parts::Ask& ask) {
  EditModel m;
  m.today = ask.reader.today();
  const auto id = NoticeId::parse(ask.key);
  m.before = id ? one(ask.reader, *id) : std::nullopt;
  const auto site = village::site(ask.reader, ask.session().site);
  for (const auto* offer : shapes::catalogue().offers_of_shape("notice"))
    if (!offer->hidden && site && offer->offered_at(site->kind))
      m.offers.push_back({offer->code, ask.words.text(offer->label_key(true)), offer->say_key(true), ui::emoji(offer->shown_picture(true)), ui::Tint::neutral, 0});
  const auto& edit = ask.draft.of<Edit>();
  m.about = edit.asked_who ? ask.draft.of<parts::PickPerson>().chosen : std::nullopt;
  if (!m.about) m.about = m.before ? m.before->about : edit.now.about;
  if (m.about)
    if (const auto person = village::person(ask.reader, *m.about)) m.about_name = person->name;
  int version = 0;
  for (const auto& c : shapes::catalogue().consents())
    if (c.code == "story" && c.version > version) version = c.version, m.consent = ask.words.text(c.text_key);
  return m;
}

parts::Next open_edit(parts::Draft& draft, const EditModel& m) {
  auto& e = draft.of<Edit>();
  e = {};
  e.now.from = m.today;
  e.now.until = m.today + std::chrono::days(14);
  if (m.before) {
    const auto& n = *m.before;
    e.id = n.id;
    e.kind = n.kind;
    e.now = {n.offer, n.title, n.text, n.picture, n.from, n.until, n.audience, !n.site, n.about, false};
  }
  return parts::Next::stay();
}

void draw_edit(ui::Ui& ui, const EditModel& m, const parts::Draft& draft) {
  const auto& e = draft.of<Edit>();
  const auto steps = steps_of(e);
  const int at = std::clamp(e.step, 0, static_cast<int>(steps.size()) - 1);
  const auto step = steps[static_cast<std::size_t>(at)];
  ui.title(ui.say(title_key(step)), {}, ui.words().text("notice.edit.step", {{"n", std::to_string(at + 1)}, {"all", std::to_string(steps.size())}}));
  ui.speak("notice.edit.say", ui.say("notice.edit.say"));
  ui::Rect area = ui.reach();
  const float gap = ui.gap();
  const bool below = area.w < area.h;
  ui::Rect strip = below ? area.cut_bottom(24, gap) : area.cut_right(52, gap);
  const auto buttons = below ? ui::grid(strip, 2, 1, gap) : ui::grid({strip.x, strip.y, strip.w, std::min(strip.h, 84.0f)}, 1, 2, gap);
  const bool last = step == Step::check;
  if (last) ui.button(buttons[below ? 1 : 0], strip_card("save", ui.say(e.id ? "notice.edit.save" : "notice.edit.publish"), ui::drawn("tick"), true));
  else if (answered(e, m)) ui.button(buttons[below ? 1 : 0], strip_card("page_next", ui.say("notice.edit.next"), ui::drawn("arrow_right"), true));
  if (at > 0) ui.button(buttons[below ? 0 : 1], strip_card("page_previous", ui.say("notice.edit.previous"), ui::drawn("arrow_left"), false));
  else if (e.id) ui.button(buttons[below ? 0 : 1], strip_card("retire", ui.say("notice.edit.retire"), ui::drawn("cross"), false));
  switch (step) {
    case Step::what: {
      const int n = static_cast<int>(m.offers.size()), columns = below ? 1 : 2, rows = std::max(1, (n + columns - 1) / columns);
      const float high = std::min(area.h, 46 * static_cast<float>(rows) + gap * static_cast<float>(rows - 1));
      const auto places = ui::grid({area.x, area.y, area.w, high}, columns, rows, gap);
      for (std::size_t i = 0; i < m.offers.size(); ++i) {
        ui::Card c = strip_card("offer:" + m.offers[i].code, m.offers[i].label, m.offers[i].picture, false);
        c.state = e.now.offer == m.offers[i].code ? ui::State::selected : ui::State::normal;
        ui.button(places[i], c);
      }
      break;
    }
    case Step::picture: {
      const auto pictures = pictures_of(e.kind);
      const int columns = below ? 3 : ui.compact() ? 6 : 4;
      const auto places = ui::grid(area, columns, 12 / columns, gap);
      for (std::size_t i = 0; i < pictures.size(); ++i) {
        ui::Card c = strip_card("picture:" + std::to_string(i), "", ui::emoji(pictures[i]), false);
        c.voice = "notice.edit.picture";
        c.state = e.now.picture == pictures[i] ? ui::State::selected : ui::State::normal;
        ui.card(places[i], c);
      }
      break;
    }
    case Step::words: draw_words(ui, area, e); break;
    case Step::who: draw_who(ui, area, e, m); break;
    case Step::when: draw_when(ui, area, e, m); break;
    case Step::whom: draw_whom(ui, area, e); break;
    case Step::check: draw_check(ui, area, e); break;
  }
}

parts::Next tap_edit(parts::Draft& draft, const EditModel& m, const parts::Tap& tap) {
  auto& e = draft.of<Edit>();
  auto& p = e.now;
  const auto turn = [&e](int by) {
    e.step = std::clamp(e.step + by, 0, static_cast<int>(steps_of(e).size()) - 1);
    e.page = 0;
    return parts::Next::stay();
  };
  if (tap.id == "page_next") return answered(e, m) ? turn(1) : parts::Next::stay();
  if (tap.id == "page_previous") return turn(-1);
  if (tap.id == "retire" && e.id) return parts::Next::push("notice/retire", e.id->text());
  if (tap.verb() == "offer") {
    const auto* o = offered(tap.arg());
    if (o == nullptr) return parts::Next::stay();
    if (p.offer != o->code) p.offer = o->code, e.kind = o->kind, p.audience = o->audience, p.picture.clear();
    return turn(1);
  }
  if (tap.verb() == "picture") {
    const auto pictures = pictures_of(e.kind);
    for (std::size_t i = 0; i < pictures.size(); ++i)
      if (std::to_string(i) == tap.arg()) {
        // Another picture of a story is another story: the person is asked again.
        if (p.picture != pictures[i]) p.picture = pictures[i], p.read_to_them = false;
        return turn(1);
      }
  }
  if (tap.id == "heading")
    return parts::type_text(draft, "notice.edit.heading", parts::Writing::chinese, p.title, [](parts::Draft& d, const std::string& text) {
      auto& edit = d.of<Edit>();
      if (edit.now.title != text) edit.now.read_to_them = false;
      edit.now.title = text;
    }, title_at_most);
  if (tap.id == "text")
    return parts::type_text(draft, "notice.edit.text", parts::Writing::chinese, p.text, [](parts::Draft& d, const std::string& text) {
      auto& edit = d.of<Edit>();
      if (edit.now.text != text) edit.now.read_to_them = false;
      edit.now.text = text;
    }, text_at_most);
  if (tap.id == "who") {
    e.asked_who = true;
    p.read_to_them = false;
    return parts::pick_person(draft, "notice.edit.find_title", {});
  }
  if (tap.id == "read_out") {
    if (m.about) p.read_to_them = !p.read_to_them;
    return parts::Next::stay();
  }
  if (tap.verb() == "from" || tap.verb() == "until") {
    const int by = tap.arg() == "more" ? 1 : tap.arg() == "less" ? -1 : 0;
    if (tap.verb() == "from") {
      const auto length = p.until - p.from;
      const auto earliest = e.id && m.before ? std::min(m.before->from, m.today) : m.today;
      p.from = std::max(earliest, p.from + std::chrono::days(by));
      p.until = p.from + length;
    } else {
      p.until = std::max({p.from, m.today, moved(p.until, p.from, by)});
    }
    return parts::Next::stay();
  }
  if (tap.verb() == "audience") {
    toggle(p.audience, std::string(tap.arg()));
    return parts::Next::stay();
  }
  if (tap.id == "everywhere") {
    p.everywhere = !p.everywhere;
    return parts::Next::stay();
  }
  if (tap.id == "more") {
    ++e.page;
    return parts::Next::stay();
  }
  if (tap.id == "save") {
    auto what = p;
    if (e.kind == Kind::story) what.about = m.about;
    if (!e.id) return parts::Next::run([what](store::Act& act) { return parts::as_outcome("notice", publish(act, what)); });
    Amend change{*e.id, what.title, what.text, what.picture, what.from, what.until, what.audience, what.everywhere, what.read_to_them};
    // A past first or last day that nobody touched is left as it is.
    if (m.before && m.before->until == what.until) change.until.reset();
    return parts::Next::run([change](store::Act& act) { return parts::as_outcome("notice", amend(act, change)); });
  }
  return parts::Next::stay();
}

parts::Next done_edit(parts::Draft& draft, const EditModel&, const std::any&) {
  draft.of<Edit>() = {};
  auto next = parts::Next::back();
  next.sound = "tick";
  return next;
}

}  // namespace notice
