// Settings: every number that belongs to a village and not to the program, with its default and its bounds.
//
// A row here is what the settings screen shows (village.setting.<key with _ for .>) and what `save_setting` lets through. Where a number
// has no source beside it, it is ours until the township names its own.
#include "village/kinds.h"
#include "village/merged.h"
#include "village/places.h"
#include "village/rights.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace village {
namespace {

constexpr std::array defs{
    // voice: what is turned most stands first
    SettingDef{"voice.volume", "80", 0, 100, false, "percent", 10},
    SettingDef{"voice.speed", "3", 1, 6, false, "step"},             // devices/voice.h: 3 is 155 characters a minute
    SettingDef{"voice.on", "1", 0, 1, false, "yes_no"},
    SettingDef{"voice.packs", "", 0, 0, true, "text"},              // packs of clips, first asked first; none: all that are installed
    SettingDef{"voice.headset", "auto", 0, 0, true, "headset"},     // auto: as the socket says; yes, no: where it cannot tell
    SettingDef{"voice.night_from", "21:00", 0, 0, true, "time"},
    SettingDef{"voice.night_until", "7:00", 0, 0, true, "time"},
    // people
    SettingDef{"people.faces", "1", 0, 1, false, "yes_no"},
    SettingDef{"people.photos", "1", 0, 1, false, "yes_no"},        // 0: drawn portraits alone, for staff too, and no photo is taken
    SettingDef{"people.elder_age", "60", 50, 80, false, "years"},   // Law on the Rights of the Elderly, article 2: from 60
    SettingDef{"people.child_age", "14", 6, 18, false, "years"},    // below 14 Criminal Law cases speak of a child (儿童)
    // attendance
    SettingDef{"attendance.again_min", "30", 0, 240, false, "min"},
    SettingDef{"attendance.forgotten_close", "20:00", 0, 0, true, "time"},
    SettingDef{"attendance.meal_until", "12:30", 0, 0, true, "time"},   // later nobody is asked what they eat at noon
    SettingDef{"attendance.late_pickup_min", "15", 0, 120, false, "min"},
    SettingDef{"attendance.early_min", "60", 0, 240, false, "min"},
    SettingDef{"attendance.regular_days", "5", 1, 14, false, "days"},   // of the last fourteen
    SettingDef{"attendance.dishes", "臊子面,米饭炒菜", 0, 0, true, "text"},
    // request
    SettingDef{"request.urgent_count_s", "5", 3, 15, false, "s"},
    SettingDef{"request.due_soon_share", "75", 10, 95, false, "percent", 5},
    SettingDef{"request.urgent_again_s", "4", 2, 60, false, "s"},
    SettingDef{"request.escalate_min", "60", 5, 10080, false, "min"},
    SettingDef{"request.reopen_days", "7", 0, 60, false, "days"},
    SettingDef{"request.said_s", "30", 0, 60, false, "s"},             // at most; 0: no microphone here
    SettingDef{"request.said_most", "3", 1, 10, false, "times"},       // recordings a request
    // Half a year, as long as who listened is to be known (Cybersecurity Law, article 21: logs for six months at least), and no longer than
    // the matter needs it (Personal Information Protection Law, article 19).
    SettingDef{"request.said_keep_days", "180", 1, 1095, false, "days"},
    // booking
    SettingDef{"booking.days_ahead", "14", 1, 90, false, "days"},
    SettingDef{"booking.undo_min", "10", 0, 120, false, "min"},
    SettingDef{"booking.consent_age", "14", 8, 18, false, "years"},     // Personal Information Protection Law, article 31: below 14 the guardian says yes
    // notice
    SettingDef{"notice.board_days", "30", 1, 365, false, "days"},
    SettingDef{"notice.soon_days", "3", 1, 30, false, "days"},
    // knowing people
    SettingDef{"secret.tries", "3", 1, 10, false, "times"},
    SettingDef{"people.new_a_day", "5", 0, 100, false, "persons"},  // who write themselves; 0: staff alone write new people
    SettingDef{"people.own_proven", "0", 0, 1, false, "yes_no"},    // own days and requests are shown to who is proven by card or phone; 0: to who chose the face
    SettingDef{"pin.tries", "5", 3, 10, false, "times"},
    SettingDef{"pin.shuffle", "0", 0, 1, false, "yes_no"},
    SettingDef{"pin.sealed_card", "1", 0, 1, false, "yes_no"},      // what is confidential is opened with card and PIN: reliability.md 2.2
    SettingDef{"pin.passes", "3", 1, 10, false, "times"},
    SettingDef{"pin.memory_mib", "128", 8, 1024, false, "mib", 8},
    SettingDef{"number.tries", "10", 1, 50, false, "times"},        // phone numbers typed within number.window_min
    SettingDef{"number.window_min", "5", 1, 60, false, "min"},
    // when nobody touches anything (visual.md section 8)
    SettingDef{"idle.resident_s", "120", 30, 900, false, "s"},
    SettingDef{"idle.private_s", "60", 20, 900, false, "s"},
    SettingDef{"idle.staff_s", "300", 60, 3600, false, "s"},
    SettingDef{"idle.warning_s", "30", 10, 120, false, "s"},
    SettingDef{"idle.attract_s", "60", 20, 3600, false, "s"},
    SettingDef{"idle.receipt_s", "20", 5, 120, false, "s"},
    SettingDef{"motion.reduced", "0", 0, 1, false, "yes_no"},
    // writing: on, because Lanzhou does not tell n from l nor most of the north-west -n from -ng, and what is spelt exactly comes first anyway
    SettingDef{"entry.fuzzy", "1", 0, 1, false, "yes_no"},
    // devices of this machine
    SettingDef{"reader.device", "", 0, 0, true, "text"},            // devices/reader.h: a path or the device's own name; none: the keyboard's timing
    // screen and language
    SettingDef{"screen.night", "0", 0, 1, false, "yes_no"},
    SettingDef{"screen.width_mm", "0", 0, 3000, false, "mm"},       // 0: as the monitor says
    SettingDef{"screen.bottom_mm", "0", 0, 2000, false, "mm"},       // 0: 800, or 700 for one that stands upright
    SettingDef{"language", "zh-CN", 0, 0, true, "language"},
    // backups of this machine (village/backups.h): reliability.md 2.2 keeps 7 days, 4 weeks, 12 months
    SettingDef{"backup.every_h", "24", 1, 168, false, "hours"},
    SettingDef{"backup.keep_days", "7", 1, 60, false, "days"},
    SettingDef{"backup.keep_weeks", "4", 0, 52, false, "weeks"},
    SettingDef{"backup.keep_months", "12", 0, 120, false, "months"},
    // how long what is said of people is kept (erasure.h). Law: no longer than its purpose needs it (Personal Information Protection Law, article 19),
    // and erased when that is over or consent is taken back (article 47). Three years after somebody left: ours, as long as presence lists are kept
    // (reliability.md 2.2), until the township names its own.
    SettingDef{"retention.left_days", "1095", 30, 36500, false, "days", 30},
    SettingDef{"retention.erase_alone", "0", 0, 1, false, "yes_no"},  // 0: a manager is asked; 1: erased by itself when the days are over
    SettingDef{"erasure.key_backup_days", "30", 1, 90, false, "days"},  // reliability.md 2.2: a destroyed key is in no copy older than this
    // the place
    SettingDef{"place.utc_offset_min", "480", -720, 840, false, "min", 30},  // read when the program starts
    SettingDef{"place.small_new_year", "23", 23, 24, false, "lunar_day"},
    SettingDef{"site.here", "", 0, 0, true, "site"},                // which site this machine stands at: id, kind or part of the name
    SettingDef{"site.duty_name", "", 0, 0, true, "text"},
    SettingDef{"site.help_phone", "", 0, 0, true, "text"},          // shown where people call somebody; none: the site's own number
};

base::Uuid subject_of(std::string_view key, const std::optional<base::Uuid>& site) {
  return base::id_of("village.setting:" + std::string(key) + ":" + (site ? site->text() : std::string{}));
}

bool fits(const SettingDef& def, const std::string& value) {
  if (def.unit == "time") {
    base::Minutes of_day;
    return base::parse_hour_minute(value, of_day);
  }
  if (def.unit == "headset") return value == "auto" || value == "yes" || value == "no";
  if (def.unit == "language") return value == "zh-CN" || value == "en";
  if (def.is_text) return value.size() <= 2000;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  return error == std::errc{} && end == value.data() + value.size() && number >= def.least && number <= def.most;
}

}  // namespace

namespace fold {

void setting(store::Fold& fold) {
  const Merged merged(fold);
  const auto key = merged.text("key");
  const auto site = merged.id("site");
  fold.run("DELETE FROM village_setting WHERE key = ? AND site IS ?", key, site);
  if (const auto value = merged.text("value"); !value.empty()) fold.run("INSERT INTO village_setting (key, site, value) VALUES (?,?,?)", key, site, value);
}

}  // namespace fold

std::span<const SettingDef> setting_defs() { return defs; }

std::string setting_value(const store::Reader& reader, const SettingDef& def) { return reader.setting(def.key, def.fallback); }

std::expected<std::string, Refusal> save_setting(store::Act& act, std::string_view key, const std::string& value, bool this_site_only) {
  if (!act.may(right::save_setting)) return std::unexpected(Refusal::no_right);
  const auto def = std::ranges::find(defs, key, &SettingDef::key);
  if (def == defs.end()) return std::unexpected(Refusal::unknown);
  const std::string trimmed(base::trimmed(value));
  if (!trimmed.empty() && !fits(*def, trimmed)) return std::unexpected(Refusal::out_of_range);
  const auto site = this_site_only ? std::optional(act.viewer().site) : std::nullopt;
  nlohmann::json body{{"key", key}, {"value", trimmed}};
  if (site) body["site"] = site->text();
  act.append({.kind = kind::setting_set, .subject = subject_of(key, site)}, body);
  return trimmed;
}

}  // namespace village
