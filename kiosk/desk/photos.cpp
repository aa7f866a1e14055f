// Somebody's photo: asked for, taken or brought, looked at, kept; or a portrait drawn instead. Staff, with the person present.
//
// The rule: nothing is seen through the camera and no file is looked for before consent `photo` is given, and what is not kept leaves nothing.
#include "desk/layout.h"
#include "desk/people_screens.h"
#include "parts/camera.h"
#include "parts/patterns.h"
#include "shapes/shape.h"
#include "village/photos.h"

#include <algorithm>
#include <system_error>

namespace desk {
namespace {

using parts::Next;
using ui::Rect;

constexpr int drawn_portraits = 24;

struct PhotoModel {
  std::string id, name, sex, was;  // was: the photo that is kept now
  village::FaceOf face;
  int age = 0;
  bool child = false, consent = false, off = false;
  std::filesystem::path data;
};

PhotoModel load_photo(const parts::Ask& ask) {
  PhotoModel m;
  const auto id = village::PersonId::parse(std::string_view(ask.key).substr(0, ask.key.find('@')));
  const auto p = id ? village::person(ask.reader, *id) : std::nullopt;
  if (!p) return m;
  m.id = id->text();
  m.name = p->name;
  m.sex = p->sex;
  m.was = p->photo;
  m.child = p->has("child");
  m.age = p->age(ask.reader.today()).value_or(m.child ? 9 : p->has("elder") ? 70 : 45);
  if (const auto f = village::face(ask.reader, *id)) m.face = *f;
  m.consent = village::consent_version(ask.reader, *id, "photo").has_value();
  m.off = !village::shows_photos(ask.reader);
  m.data = ask.reader.store().folder();
  return m;
}

std::optional<village::PersonId> person_of(const PhotoModel& m) { return village::PersonId::parse(m.id); }
parts::Camera* camera_of(const parts::Draft& draft) { return draft.of<parts::Cameras>().camera.get(); }

void title(ui::Ui& ui, const PhotoModel& m) { ui.title(m.name.empty() ? ui.say("desk.person.title") : ui.words().text("desk.photo.title", {{"name", m.name}})); }

void only_words(ui::Ui& ui, Rect area, const std::string& text) { parts::nothing_here(ui, area, ui::emoji("📷"), text); }

// A sentence above what it is about, as high as its words.
void hint(ui::Ui& ui, Rect& area, const std::string& text, ui::Tint tint = ui::Tint::neutral) {
  const float high = ui.text_height(text, area.w - 12, ui::Type::staff, ui::Weight::bold) + 6;
  ui.band(area.cut_top(std::max(high, 14.0f), ui.gap()), text, tint);
}

// The largest square of the area, not larger than a face is.
void framed(ui::Ui& ui, const Rect& area, const ui::Picture& picture, ui::Tint tint = ui::Tint::neutral) {
  const float side = std::min({area.w, area.h, 160.0f});
  ui.photo(area.centred(side, side), picture, tint);
}

ui::Picture photo_named(std::string_view name) {
  ui::Picture p;
  p.photo = std::string(name);
  return p;
}

// Back on the page of this person's photo, whichever way led away from it.
Next to_photo(const PhotoModel& m) {
  Next n = Next::replace("desk/photo", m.id, "desk/photo");
  n.sound = "tick";
  return n;
}

// --- desk/photo: how it is now, and what can be done

void draw_photo(ui::Ui& ui, const PhotoModel& m, const parts::Draft&) {
  title(ui, m);
  const auto say = ui.say(m.off ? "desk.photo.off" : "desk.photo.say");
  ui.speak(m.off ? "desk.photo.off" : "desk.photo.say", say);
  Rect area = ui.reach();
  if (m.id.empty()) return only_words(ui, area, ui.say("desk.person.unknown"));
  std::vector<ui::Card> actions;
  if (!m.off) {
    actions.push_back(action("take", ui.say("desk.photo.take"), ui::emoji("📷"), true));
    actions.push_back(action("file", ui.say("desk.photo.file"), ui::emoji("📁")));
  }
  actions.push_back(action("drawn", ui.say("desk.photo.drawn"), ui::emoji("🎨")));
  area = actions_beside(ui, area, actions);
  if (m.off) hint(ui, area, say, ui::Tint::elder);
  framed(ui, area, parts::picture_of(m.face), parts::tint_of(m.face.tint));
}

Next tap_photo(parts::Draft&, const PhotoModel& m, const parts::Tap& tap) {
  if (m.id.empty()) return Next::stay();
  if (tap.id == "drawn") return Next::push("desk/photo_drawn", m.id);
  if (m.off || (tap.id != "take" && tap.id != "file")) return Next::stay();
  return m.consent ? Next::push("desk/photo_" + tap.id, m.id) : Next::push("desk/photo_consent", m.id + "@" + tap.id);
}

// --- desk/photo_consent: key is the person and what follows, 019a…@take

struct ConsentModel {
  PhotoModel of;
  std::string text, then;
};

ConsentModel load_consent(const parts::Ask& ask) {
  ConsentModel m;
  m.of = load_photo(ask);
  const auto at = ask.key.find('@');
  m.then = at != std::string::npos && ask.key.substr(at + 1) == "file" ? "desk/photo_file" : "desk/photo_take";
  if (const auto* consent = shapes::catalogue().consent("photo", village::photo_consent_version)) m.text = ask.words.text(consent->text_key);
  return m;
}

void draw_consent(ui::Ui& ui, const ConsentModel& m, const parts::Draft&) {
  const auto* key = m.of.child ? "desk.photo.consent_child" : "desk.photo.consent";
  title(ui, m.of);
  Rect area = ui.reach();
  if (m.of.id.empty() || m.text.empty()) {
    ui.speak("desk.photo.say", ui.say("desk.photo.say"));
    return only_words(ui, area, ui.say("desk.person.unknown"));
  }
  ui.speak("desk.photo.consent", m.text + " " + ui.say(key));
  const std::vector<ui::Card> actions{action("yes", ui.say("desk.photo.consent_yes"), ui::drawn("tick"), true), action("no", ui.say("desk.photo.consent_no"), ui::drawn("cross"))};
  area = actions_beside(ui, area, actions);
  hint(ui, area, ui.say(key), ui::Tint::staff);
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 160.0f));
  ui.panel(area, ui::Tint::neutral);
  const Rect inside = area.inset(ui.compact() ? 4.0f : ui.margin());
  // She reads it herself, if she can: as large as it stands.
  auto type = ui::Type::staff;
  for (const auto larger : {ui::Type::sentence, ui::Type::label, ui::Type::title})
    if (ui.text_height(m.text, inside.w, larger) <= inside.h) type = larger;
  ui.text(inside.centred(inside.w, std::min(inside.h, ui.text_height(m.text, inside.w, type))), m.text, {.type = type});
}

Next tap_consent(parts::Draft&, const ConsentModel& m, const parts::Tap& tap) {
  if (tap.id == "no") return Next::back();
  const auto person = person_of(m.of);
  if (tap.id != "yes" || !person) return Next::stay();
  return Next::run([person = *person](store::Act& act) { return parts::as_outcome("village", village::record_consent(act, person, "photo", village::photo_consent_version, true)); });
}

Next done_consent(parts::Draft&, const ConsentModel& m, const std::any&) { return Next::replace(m.then, m.of.id); }

// --- desk/photo_take: the live picture

// What stands against a picture of this person here; empty: nothing.
std::string not_now(const PhotoModel& m) { return m.id.empty() ? "desk.person.unknown" : m.off ? "desk.photo.off" : m.consent ? "" : "village.refused.photo_no_consent"; }

void draw_take(ui::Ui& ui, const PhotoModel& m, const parts::Draft& draft) {
  title(ui, m);
  ui.speak("desk.photo.take_say", ui.say("desk.photo.take_say"));
  Rect area = ui.reach();
  if (const auto why = not_now(m); !why.empty()) return only_words(ui, area, ui.say(why));
  const auto* camera = camera_of(draft);
  const auto unseen = camera == nullptr ? std::string("absent") : camera->not_seen();
  std::vector<ui::Card> actions;
  if (unseen.empty()) actions.push_back(action("shoot", ui.say("desk.photo.shoot"), ui::emoji("📷"), true));
  actions.push_back(action("file", ui.say("desk.photo.file"), ui::emoji("📁")));
  area = actions_beside(ui, area, actions);
  if (!unseen.empty()) return only_words(ui, area, ui.say("desk.photo.camera_" + unseen));
  hint(ui, area, ui.say("desk.photo.take_say"));
  framed(ui, area, photo_named(parts::live_picture));
}

Next tap_take(parts::Draft& draft, const PhotoModel& m, const parts::Tap& tap) {
  if (!not_now(m).empty()) return Next::stay();
  if (tap.id == "file") return Next::replace("desk/photo_file", m.id);
  auto* camera = camera_of(draft);
  if (tap.id == "shoot" && camera != nullptr && camera->take()) return Next::push("desk/photo_keep", m.id);
  return Next::stay();
}

// --- desk/photo_file: pictures that somebody brought

Next open_file(parts::Draft& draft, const PhotoModel& m) {
  draft.of<parts::Pages>().at.erase("desk/photo_file");
  if (auto* camera = camera_of(draft); camera != nullptr && not_now(m).empty()) camera->look_for_files();
  return Next::stay();
}

void draw_file(ui::Ui& ui, const PhotoModel& m, const parts::Draft& draft) {
  title(ui, m);
  ui.speak("desk.photo.file_say", ui.say("desk.photo.file_say"));
  Rect area = ui.reach();
  if (const auto why = not_now(m); !why.empty()) return only_words(ui, area, ui.say(why));
  const std::vector<ui::Card> actions{action("look", ui.say("desk.photo.look"), ui::emoji("🔍"))};
  area = actions_beside(ui, area, actions);
  const auto* camera = camera_of(draft);
  if (camera != nullptr && !camera->looked()) return only_words(ui, area, ui.say("desk.photo.looking"));
  if (camera == nullptr || camera->files().empty()) return only_words(ui, area, ui.say("desk.photo.no_files"));
  const auto& files = camera->files();
  const float grow = std::max(1.0f, ui.em(ui::Type::staff) / 6.5f);
  const auto p = paged(ui, area, "desk/photo_file", draft, static_cast<int>(files.size()), 40, 44 * grow, 6, 3);
  for (int i = p.first; i < p.last; ++i) {
    ui::Face tile;
    tile.id = "file:" + std::to_string(i);  // its place: a file's name may be somebody's, and ids are written to traces
    tile.name = std::to_string(i + 1);
    tile.picture = photo_named(files[static_cast<std::size_t>(i)]);
    tile.picture.initial = tile.name;
    ui.face(p.places[static_cast<std::size_t>(i - p.first)], tile);
  }
}

Next tap_file(parts::Draft& draft, const PhotoModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/photo_file", tap) || !not_now(m).empty()) return Next::stay();
  auto* camera = camera_of(draft);
  if (camera == nullptr) return Next::stay();
  if (tap.id == "look") {
    draft.of<parts::Pages>().at.erase("desk/photo_file");
    camera->look_for_files();
  }
  const auto i = static_cast<std::size_t>(std::strtoul(std::string(tap.arg()).c_str(), nullptr, 10));
  if (tap.verb() != "file" || i >= camera->files().size()) return Next::stay();
  camera->pick(i);
  return Next::push("desk/photo_keep", m.id);
}

// --- desk/photo_keep: what was taken or picked, before anything is written

void draw_keep(ui::Ui& ui, const PhotoModel& m, const parts::Draft& draft) {
  title(ui, m);
  const auto* camera = camera_of(draft);
  const auto taken = camera == nullptr ? std::string{} : camera->taken();
  const auto* key = taken == "unreadable" ? "desk.photo.unreadable" : taken == "not_one" ? "desk.photo.not_one" : taken == "too_large" ? "desk.photo.too_large" : "desk.photo.keep_say";
  ui.speak(key, ui.say(key));
  Rect area = ui.reach();
  if (const auto why = not_now(m); !why.empty()) return only_words(ui, area, ui.say(why));
  std::vector<ui::Card> actions;
  if (taken == "there") actions.push_back(action("keep", ui.say("desk.photo.keep"), ui::drawn("tick"), true));
  actions.push_back(action("again", ui.say("desk.photo.again"), ui::drawn("arrow_left")));
  area = actions_beside(ui, area, actions);
  if (taken != "there") return only_words(ui, area, ui.say(taken == "reading" || taken.empty() ? "desk.photo.reading" : key));
  hint(ui, area, ui.say("desk.photo.keep_say"));
  framed(ui, area, photo_named(parts::taken_picture), parts::tint_of(m.face.tint));
}

// What the worker wrote, or why it could not.
struct Written {
  std::shared_ptr<village::NewPhoto> photo;
  std::string wrong = "machine";
};

void write(Written& to, const std::filesystem::path& data, const base::Image& image) {
  try {
    to.photo = std::make_shared<village::NewPhoto>(data, base::encode_jpeg(image));
  } catch (const std::system_error& e) {
    to.wrong = e.code() == std::errc::no_space_on_device ? "disk_full" : e.code() == std::errc::read_only_file_system ? "read_only" : "machine";
  } catch (const std::exception&) {
    to.wrong = "machine";
  }
}

Next tap_keep(parts::Draft& draft, const PhotoModel& m, const parts::Tap& tap) {
  if (tap.id == "again") return Next::back();
  const auto person = person_of(m);
  const auto* camera = camera_of(draft);
  if (tap.id != "keep" || !person || camera == nullptr || camera->taken() != "there" || !not_now(m).empty()) return Next::stay();
  const auto written = std::make_shared<Written>();
  return Next::run(
      [person = *person, written](store::Act& act) -> parts::Outcome {
        if (!written->photo) return std::unexpected(parts::Refused{"app", written->wrong});
        const auto set = village::set_photo(act, person, written->photo->path());
        if (!set) return parts::as_outcome("village", set);
        return std::any(written->photo);  // whoever drops it without keeping it takes the file away
      },
      [written, data = m.data, image = camera->picture()] { write(*written, data, *image); });
}

Next done_keep(parts::Draft&, const PhotoModel& m, const std::any& receipt) {
  if (const auto* photo = std::any_cast<std::shared_ptr<village::NewPhoto>>(&receipt)) {
    (*photo)->keep();
    village::drop_photo(m.data, m.was);
  }
  return to_photo(m);
}

// --- desk/photo_drawn: portraits to choose from

std::string portrait_of(const PhotoModel& m, int which) {
  // Of the person's own id, so that no two people are offered the same faces.
  const auto tail = m.id.size() > 8 ? m.id.substr(m.id.size() - 8) : m.id;
  const std::string sex = m.sex.empty() ? (which % 2 == 0 ? "f" : "m") : m.sex;
  return "v1:" + tail + "-" + std::to_string(which) + ":" + sex + ":" + std::to_string(std::clamp(m.age, 1, 110));
}

void draw_drawn(ui::Ui& ui, const PhotoModel& m, const parts::Draft& draft) {
  const auto* key = m.was.empty() ? "desk.photo.drawn_say" : "desk.photo.drawn_instead";
  title(ui, m);
  ui.speak(key, ui.say(key));
  Rect area = ui.reach();
  if (m.id.empty()) return only_words(ui, area, ui.say("desk.person.unknown"));
  hint(ui, area, ui.say(key));
  const float grow = std::max(1.0f, ui.em(ui::Type::staff) / 6.5f);
  const auto p = paged(ui, area, "desk/photo_drawn", draft, drawn_portraits, 40, 44 * grow, 6, 3);
  for (int i = p.first; i < p.last; ++i) {
    ui::Face tile;
    tile.id = "portrait:" + std::to_string(i);
    tile.name = std::to_string(i + 1);
    tile.picture.portrait = portrait_of(m, i);
    if (tile.picture.portrait == m.face.portrait && m.was.empty()) tile.state = ui::State::selected;
    ui.face(p.places[static_cast<std::size_t>(i - p.first)], tile);
  }
}

Next tap_drawn(parts::Draft& draft, const PhotoModel& m, const parts::Tap& tap) {
  if (parts::turned(draft, "desk/photo_drawn", tap)) return Next::stay();
  const auto person = person_of(m);
  if (tap.verb() != "portrait" || !person) return Next::stay();
  const int which = std::clamp(std::atoi(std::string(tap.arg()).c_str()), 0, drawn_portraits - 1);
  return Next::run([person = *person, portrait = portrait_of(m, which)](store::Act& act) { return parts::as_outcome("village", village::set_portrait(act, person, portrait)); });
}

Next done_drawn(parts::Draft&, const PhotoModel& m, const std::any&) {
  village::drop_photo(m.data, m.was);
  return to_photo(m);
}

}  // namespace

std::vector<parts::Screen> photo_screens() {
  using parts::screen;
  const auto clerk = [](parts::Screen s) { return parts::for_role(std::move(s), store::Role::clerk); };
  return {clerk(screen<PhotoModel>("desk/photo", {.load = load_photo, .draw = draw_photo, .on_tap = tap_photo})),
          clerk(screen<ConsentModel>("desk/photo_consent", {.load = load_consent, .draw = draw_consent, .on_tap = tap_consent, .on_done = done_consent})),
          clerk(screen<PhotoModel>("desk/photo_take", {.load = load_photo, .draw = draw_take, .on_tap = tap_take})),
          clerk(screen<PhotoModel>("desk/photo_file", {.load = load_photo, .draw = draw_file, .on_tap = tap_file, .on_open = open_file})),
          clerk(screen<PhotoModel>("desk/photo_keep", {.load = load_photo, .draw = draw_keep, .on_tap = tap_keep, .on_done = done_keep})),
          clerk(screen<PhotoModel>("desk/photo_drawn", {.load = load_photo, .draw = draw_drawn, .on_tap = tap_drawn, .on_done = done_drawn}))};
}

}  // namespace desk
