// A person's face to touch: the picture to the border, the name on a white band below, or beside it in wide tiles
// (rolls).
#include "ui/inner.h"

#include <algorithm>

namespace ui {
namespace {

constexpr float beside_from = 1.6f;  // width to height

}  // namespace

bool Ui::face(Rect r, const Face& face) {
  Frame::Inner& in = frame_.inner();
  const Theme& t = *in.colours;
  const bool busy = face.state == State::busy, beside = r.w >= beside_from * r.h,
             selected = face.state == State::selected || face.state == State::done;
  const Stand stand = in.target(r, face.id, !busy);
  // A roll's tile says "here" by its ground as well as by border and tick.
  const Tint ground_tint = beside && !selected ? Tint::neutral : face.tint;
  auto g = in.ground(r, ground_tint, face.state, false, stand);
  const float k = in.scale(), least = in.least_em();
  Setting name{.weight = Weight::bold,
               .em = (in.look.staff ? std::clamp(0.2f * r.h, 6.5f, 9.0f) : 10.0f) * k,
               .least = least,
               .lines = 2,
               .line = 1.15f,
               .middle = true,
               .colour = t.ink};
  name.em = std::max(name.em, least);
  Setting sub{.weight = Weight::regular,
              .em = floor_em(in.look.staff) * k,
              .least = least,
              .lines = 1,
              .line = 1.2f,
              .middle = true,
              .colour = t.ink2_on_soft};
  const float edge = in.mm(in.border_px(space::border));
  Picture picture = face.picture;
  if (picture.initial.empty()) picture.initial = face.name;
  const std::string label = busy ? in.words->text("ui.busy.wait") : face.name;
  bool fits = true;
  float em_px = 0;
  std::optional<TickPlace> tick_at;
  if (beside) {
    const float pad = std::max(2.0f, r.h * 0.09f);
    Rect box = g.rect.inset(pad);
    // Three characters stay on one line as long as there is a face left to know somebody by.
    const float between = std::max(1.6f, box.h * 0.09f);
    const float picture_width = std::max(box.h * 0.7f, std::min(box.h, box.w - between - 3.06f * name.least));
    const Rect picture_box = box.cut_left(picture_width, between);
    in.show(picture_box, picture, face.tint, t.ink, false, std::min(3.0f, picture_box.h * 0.18f));
    const float below = face.sub.empty() ? 0 : in.measure(face.sub, sub, box.w).height;
    const Set l = in.measure(label, name, box.w, box.h - below);
    const float top = box.y + (box.h - l.height - below) / 2;
    const Set set = in.set({box.x, top, box.w, l.height + 0.2f}, label, name);
    em_px = set.em_px;
    fits = set.fits;
    if (below > 0) {
      const Set second = in.set({box.x, top + l.height, box.w, below + 0.2f}, face.sub, sub);
      em_px = std::min(em_px, second.em_px), fits = fits && second.fits;
    }
    // The tick sits on the picture's corner, never on the name.
    tick_at = {picture_box.right() - 0.08f * r.h, picture_box.bottom() - 0.10f * r.h, 0.14f * r.h};
  } else {
    name.align = sub.align = Align::centre;
    const float below = face.sub.empty() ? 0 : sub.em * sub.line;
    const float room = g.rect.w - 2 * edge - 2.5f;
    Set l = in.measure(label, name, room, g.rect.h * 0.4f);
    // A long name on a roll's small tile takes two lines rather than being cut.
    if (!l.fits && in.look.staff) l = in.measure(label, name, room, g.rect.h * 0.52f);
    // The widest border a state can have stands free under the name, so that nothing moves when it comes.
    const float free = (in.look.staff ? space::border_pressed : space::border_selected) + 0.2f;
    const float band = l.height + below + free;
    const Rect inside = g.rect.inset(edge * 0.6f);
    const Rect picture_box{inside.x, inside.y, inside.w, inside.h - band};
    // The band is white under the picture, whatever the group's ground.
    in.fill({inside.x, inside.bottom() - band - 1, inside.w, band + 1}, t.card, std::max(0.0f, g.radius - edge));
    in.show(picture_box, picture, face.tint, t.ink, true, std::max(0.0f, g.radius - edge * 0.6f));
    in.fill({inside.x, picture_box.bottom(), inside.w, band * 0.5f}, t.card);
    const Set set =
        in.set({g.rect.x + edge + 1.25f, inside.bottom() - band + 0.3f, room, l.height + 0.2f}, label, name);
    em_px = set.em_px;
    fits = set.fits && picture_box.h > band * (in.look.staff ? 0.45f : 0.8f);
    if (below > 0) {
      const Set second =
          in.set({g.rect.x + edge + 1.25f, inside.bottom() - below - free + 0.3f, room, below}, face.sub, sub);
      em_px = std::min(em_px, second.em_px), fits = fits && second.fits;
    }
    // The border again, over the picture's edge.
    const float width = face.state == State::selected
                            ? (in.look.staff ? space::border_pressed : space::border_selected)
                            : space::border + (space::border_pressed - space::border) * stand.press;
    if (face.state != State::full) in.border(g.rect, g.border, width, g.radius);
  }
  in.marks(g, {.id = face.id, .tint = face.tint, .state = face.state}, tick_at);

  Widget& w = in.put(Kind::target, face.id, r, face.sub.empty() ? label : label + " " + face.sub);
  w.main = !in.look.staff;
  w.font_px = em_px;
  w.fg = t.ink, w.bg = beside ? (stand.press > 0 ? in.colours->of(ground_tint).soft : g.ground) : t.card,
  w.border = g.border;
  w.picture = picture_name(face.picture);
  w.voice = face.voice.empty() ? face.name : face.voice;
  w.state = state_name(face.state);
  w.personal = true;
  w.cut = !fits;
  return stand.touched;
}

}  // namespace ui
