#include "desk/whom.h"

#include "parts/patterns.h"
#include "parts/staff_name.h"
#include "village/help_phone.h"

#include <algorithm>

namespace desk {

using ui::Rect;

Whom whom(const parts::Ask& ask) {
  Whom w;
  if (const auto staff = village::on_duty(ask.reader, ask.session().site)) {
    w.duty = staff->face;
    w.called = parts::staff_called(staff->face, ask.words);
  }
  if (w.called.empty()) w.called = ask.session().duty_name;
  w.phone = village::help_phone(ask.reader, ask.session().site);
  return w;
}

ui::Picture picture_of(const Whom& w) { return w.duty ? parts::picture_of(*w.duty) : ui::emoji("👩"); }

void draw_whom(ui::Ui& ui, Rect area, const ui::Picture& picture, std::string_view sentence, std::string_view phone) {
  const float gap = ui.gap();
  if (ui.portrait()) area = area.centred(area.w, std::min(area.h, 240.0f));
  ui.panel(area, ui::Tint::neutral);
  Rect inside = area.inset(ui.margin());
  const float side = ui.portrait() ? std::min(inside.w * 0.6f, inside.h * 0.55f) : std::min(inside.h, inside.w * 0.36f);
  Rect photo = ui.portrait() ? inside.cut_top(side, gap).centred(side, side) : inside.cut_left(side, gap * 1.5f).centred(side, side);
  if (picture.emoji.empty()) ui.photo(photo, picture);
  else ui.picture(photo, picture);
  const auto align = ui.portrait() ? ui::Align::centre : ui::Align::left;
  const float sentence_h = ui.text_height(sentence, inside.w, ui::Type::sentence, ui::Weight::bold);
  const bool with_phone = !phone.empty();
  const float figure = ui.em(ui::Type::figure) * 1.25f;
  const float all = sentence_h + (with_phone ? figure + gap : 0);
  Rect lines = inside.centred(inside.w, std::min(inside.h, all));
  ui.text(lines.cut_top(sentence_h, with_phone ? gap : 0), sentence, {.type = ui::Type::sentence, .weight = ui::Weight::bold, .align = align});
  if (with_phone && lines.h > 8) {
    Rect line = lines;
    line.h = std::min(line.h, figure);
    const float icon = std::min(line.h * 0.7f, 16.0f);
    const float width = std::min(ui.text_width(phone, ui::Type::figure, ui::Weight::bold), line.w - icon - 4);
    if (ui.portrait()) line = line.centred(width + icon + 4, line.h);
    ui.picture(line.cut_left(icon, 4).centred(icon, icon), ui::drawn("phone"));
    ui.text(line, phone, {.type = ui::Type::figure, .weight = ui::Weight::bold, .centre_v = true});
  }
}

}  // namespace desk
