#include "desk/settings.h"

#include "desk/layout.h"
#include "parts/patterns.h"
#include "parts/tried_voice.h"
#include "parts/type_text.h"

#include <algorithm>
#include <array>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;
using village::SettingDef;

// What is said with the voice as it is turned: the sentence that people hear most, so that also the village's own recording is heard.
constexpr const char* sample_key = "desk_home.say";

std::string group_of(std::string_view key) { return std::string(key.substr(0, key.find('.'))); }

std::string label_key(std::string_view key) {
  std::string k = "village.setting." + std::string(key);
  std::replace(k.begin() + 16, k.end(), '.', '_');
  return k;
}

// One touch is a step a person would take: the setting's own, else finer where few values are possible.
std::int64_t stepped(const SettingDef& def, std::int64_t number, int steps) {
  const auto span = def.most - def.least;
  std::int64_t step = def.step > 0 ? def.step : span <= 120 ? 1 : span <= 1000 ? 5 : span <= 4000 ? 10 : 30;
  auto next = number + steps * step;
  if (def.step > 0 && next % step != 0) {  // from between two steps to the next one, not past it
    const auto below = next - ((next % step) + step) % step;
    next = steps > 0 ? below : below + step;
  }
  return std::clamp(next, def.least, def.most);
}

const SettingDef* def_of(std::string_view key) {
  for (const auto& d : village::setting_defs())
    if (d.key == key) return &d;
  return nullptr;
}

SettingsModel load_settings(const parts::Ask&) {
  SettingsModel m;
  for (const auto& d : village::setting_defs()) {
    const auto g = group_of(d.key);
    if (std::find(m.groups.begin(), m.groups.end(), g) == m.groups.end()) m.groups.push_back(g);
  }
  return m;
}

void draw_settings(ui::Ui& ui, const SettingsModel& m, const parts::Draft& draft) {
  ui.title(ui.say("desk.settings.title"));
  ui.speak("desk.settings.title", ui.say("desk.settings.title"));
  const float grow = std::max(1.0f, ui.em(ui::Type::staff) / 6.5f);
  const auto p = paged(ui, ui.reach(), "desk/settings", draft, static_cast<int>(m.groups.size()), 54 * grow, 24, 5);
  for (int i = p.first; i < p.last; ++i) {
    const auto& g = m.groups[static_cast<std::size_t>(i)];
    ui.button(p.places[static_cast<std::size_t>(i - p.first)], action("group:" + g, ui.say("village.setting_group." + g)));
  }
}

Next tap_settings(parts::Draft& draft, const SettingsModel&, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/settings", tap)) return Next::stay();
  if (tap.verb() == "group") return Next::push("desk/settings_group", std::string(tap.arg()));
  return Next::stay();
}

SettingGroupModel load_group(const parts::Ask& ask) {
  SettingGroupModel m;
  m.group = ask.key;
  m.sample = ask.words.text(sample_key);
  for (const auto& d : village::setting_defs())
    if (group_of(d.key) == ask.key) {
      m.lines.push_back({&d, village::setting_value(ask.reader, d)});
      if (d.unit != "site") continue;
      // However it was written, it is shown and turned as one of the sites there are.
      if (const auto meant = village::site_meant(ask.reader, m.lines.back().value)) m.lines.back().value = meant->id.text();
      for (const auto& s : village::sites(ask.reader)) m.sites.emplace_back(s.id.text(), s.name);
    }
  return m;
}

Next open_group(parts::Draft& draft, const SettingGroupModel& m) {
  draft.of<SettingsDraft>() = {m.group, {}, false};
  draft.of<parts::Pages>().at.erase("desk/settings_group");
  return Next::stay();
}

std::string value_now(const SettingLine& line, const SettingsDraft& d) {
  const auto changed = d.changed.find(std::string(line.def->key));
  return changed == d.changed.end() ? line.value : changed->second;
}

std::string next_headset(const std::string& value, int step) {
  static constexpr std::array<std::string_view, 3> all{"auto", "yes", "no"};
  const auto at = std::ranges::find(all, value) - all.begin();
  return std::string(all[static_cast<std::size_t>(turned(static_cast<int>(at % 3), step, 3))]);
}

// Its place among the sites; -1: none of them.
int place_of(const SettingGroupModel& m, const std::string& site) {
  const auto at = std::find_if(m.sites.begin(), m.sites.end(), [&](const auto& s) { return s.first == site; });
  return at == m.sites.end() ? -1 : static_cast<int>(at - m.sites.begin());
}

void draw_group(ui::Ui& ui, const SettingGroupModel& m, const parts::Draft& draft) {
  const auto& d = draft.of<SettingsDraft>();
  ui.title(ui.say("village.setting_group." + m.group));
  ui.speak("desk.settings.title", ui.say("desk.settings.title"));
  std::vector<Line> lines;
  for (const auto& l : m.lines) {
    const auto value = value_now(l, d);
    const auto label = ui.say(label_key(l.def->key));
    const std::string id(l.def->key);
    if (l.def->unit == "yes_no") lines.push_back(toggle(id, label, value == "1"));
    else if (l.def->unit == "language") lines.push_back(choice(id, label, value == "en" ? "English" : "中文"));
    else if (l.def->unit == "step") lines.push_back(choice(id, label, ui.say("village.speed.s" + value)));
    else if (l.def->unit == "headset") lines.push_back(choice(id, label, ui.say("village.headset." + value)));
    else if (l.def->unit == "site") {
      const int at = place_of(m, value);
      lines.push_back(choice(id, label, at >= 0 ? m.sites[static_cast<std::size_t>(at)].second : ui.say("desk.settings.any_site")));
    } else if (l.def->is_text && l.def->unit != "time") lines.push_back(field(id, label, value));
    else {
      const auto unit_key = "village.unit." + std::string(l.def->unit);
      lines.push_back(choice(id, label, l.def->unit == "time" || !ui.words().has(unit_key) ? value : value + " " + ui.say(unit_key)));
    }
  }
  lines.push_back(toggle("this_site_only", ui.say("desk.settings.this_site_only"), d.this_site_only));
  std::vector<ui::Card> actions;
  if (m.group == "voice") actions.push_back(action("listen", ui.say("desk.settings.listen"), ui::emoji("🔊")));
  if (!d.changed.empty()) actions.push_back(action("save", ui.say("desk.save"), {}, true));
  form(ui, ui.reach(), "desk/settings_group", draft, lines, actions, 1);
}

Next tap_group(parts::Draft& draft, const SettingGroupModel& m, const parts::Tap& tap) {
  auto& d = draft.of<SettingsDraft>();
  if (parts::turned(draft, "desk/settings_group", tap)) return Next::stay();
  if (tap.id == "this_site_only") d.this_site_only = !d.this_site_only;
  for (const auto& l : m.lines) {
    const std::string key(l.def->key);
    const auto value = value_now(l, d);
    const int s = step_of(tap, key);
    if (l.def->unit == "yes_no" && tap.id == key) d.changed[key] = value == "1" ? "0" : "1";
    else if (l.def->unit == "language" && s) d.changed[key] = value == "en" ? "zh-CN" : "en";
    else if (l.def->unit == "headset" && s) d.changed[key] = next_headset(value, s);
    else if (l.def->unit == "site" && s && !m.sites.empty()) {
      const int at = place_of(m, value);
      d.changed[key] = m.sites[static_cast<std::size_t>(turned(at < 0 && s < 0 ? 0 : at, s, static_cast<int>(m.sites.size())))].first;
    } else if (l.def->unit == "time" && s) {
      base::Minutes at{};
      (void)base::parse_hour_minute(value, at);
      d.changed[key] = base::hour_minute(base::Minutes(turned(static_cast<int>(at.count()), s * 15, 24 * 60)));
    } else if (l.def->is_text && tap.id == key) {
      return parts::type_text(draft, label_key(key), parts::Writing::chinese, value, [key](parts::Draft& x, const std::string& t) { x.of<SettingsDraft>().changed[key] = t; }, 20);
    } else if (!l.def->is_text && s) {
      const auto number = std::strtoll(value.c_str(), nullptr, 10);
      d.changed[key] = std::to_string(stepped(*l.def, number, s));
    }
    // Turned back to what it is: nothing to save.
    if (const auto c = d.changed.find(key); c != d.changed.end() && c->second == l.value) d.changed.erase(c);
  }
  if (tap.id == "listen") {
    auto& tried = draft.of<parts::TriedVoice>();
    tried = {};
    for (const auto& l : m.lines) {
      const auto number = std::strtoll(value_now(l, d).c_str(), nullptr, 10);
      if (l.def->key == "voice.volume") tried.volume = static_cast<int>(number);
      if (l.def->key == "voice.speed") tried.speed = static_cast<int>(number);
    }
    return Next::stay().saying(sample_key, m.sample);
  }
  if (tap.id != "save" || d.changed.empty()) return Next::stay();
  return Next::run([changed = d.changed, here = d.this_site_only](store::Act& act) -> parts::Outcome {
    std::expected<std::string, village::Refusal> last{std::string{}};
    for (const auto& [key, value] : changed) {
      if (!def_of(key)) continue;
      last = village::save_setting(act, key, value, here);
      if (!last) break;
    }
    return parts::as_outcome("village", last);
  });
}

Next done_group(parts::Draft& draft, const SettingGroupModel&, const std::any&) {
  draft.of<SettingsDraft>() = {};
  Next n = Next::back();
  n.sound = "tick";
  return n;
}

}  // namespace

std::vector<parts::Screen> settings_screens() {
  return {parts::for_role(parts::screen<SettingsModel>("desk/settings", {.load = load_settings, .draw = draw_settings, .on_tap = tap_settings}), store::Role::manager),
          parts::for_role(parts::screen<SettingGroupModel>("desk/settings_group", {.load = load_group, .draw = draw_group, .on_tap = tap_group, .on_done = done_group, .on_open = open_group}), store::Role::manager)};
}

}  // namespace desk
