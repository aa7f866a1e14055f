#include "paper/cards.h"

#include "paper/cell_text.h"
#include "paper/ink.h"

#include <qrencode.h>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace paper {
namespace {

constexpr double kCardWidth = 85.6, kCardHeight = 54;  // mm
constexpr int kAcross = 2, kDown = 5;
constexpr double kLeft = (kA4Width - kAcross * kCardWidth) / 2, kTop = (kA4Height - kDown * kCardHeight) / 2;

void cut_marks(cairo_t* ink) {
  // Cards touch, so one cut serves two; the marks stand outside, where the knife begins and ends.
  constexpr double kGap = 1.5, kLong = 6;
  for (int i = 0; i <= kAcross; ++i) {
    const double x = kLeft + i * kCardWidth;
    stroke(ink, x, kTop - kGap - kLong, x, kTop - kGap, 0.2, kInk);
    stroke(ink, x, kTop + kDown * kCardHeight + kGap, x, kTop + kDown * kCardHeight + kGap + kLong, 0.2, kInk);
  }
  for (int i = 0; i <= kDown; ++i) {
    const double y = kTop + i * kCardHeight;
    stroke(ink, kLeft - kGap - kLong, y, kLeft - kGap, y, 0.2, kInk);
    stroke(ink, kLeft + kAcross * kCardWidth + kGap, y, kLeft + kAcross * kCardWidth + kGap + kLong, y, 0.2, kInk);
  }
}

void draw_qr(cairo_t* ink, const std::string& code, double x, double y, double side) {
  // Level Q: a quarter of the code may be scratched. Letters and digits of ours fit the smallest square (21 x 21), with the secret 29 x 29.
  std::unique_ptr<QRcode, decltype(&QRcode_free)> qr(
      QRcode_encodeString(code.c_str(), 0, QR_ECLEVEL_Q, QR_MODE_8, 1), &QRcode_free);
  if (!qr) throw std::runtime_error("a card's code cannot be drawn");
  constexpr int kQuiet = 4;  // modules of white around it, as the standard asks
  const double module = side / (qr->width + 2 * kQuiet);
  cairo_set_source_rgb(ink, 0, 0, 0);
  for (int row = 0; row < qr->width; ++row) {
    for (int from = 0; from < qr->width;) {
      if (!(qr->data[row * qr->width + from] & 1)) {
        ++from;
        continue;
      }
      int to = from;
      while (to < qr->width && (qr->data[row * qr->width + to] & 1)) ++to;
      // One rectangle a run, a hair taller than a module: no white seams between rows in print.
      cairo_rectangle(ink, x + (kQuiet + from) * module, y + (kQuiet + row) * module, (to - from) * module,
                      module * 1.02);
      from = to;
    }
  }
  cairo_fill(ink);
}

void rounded_square(cairo_t* ink, double x, double y, double side, double radius) {
  cairo_new_path(ink);
  cairo_arc(ink, x + side - radius, y + radius, radius, -M_PI / 2, 0);
  cairo_arc(ink, x + side - radius, y + side - radius, radius, 0, M_PI / 2);
  cairo_arc(ink, x + radius, y + side - radius, radius, M_PI / 2, M_PI);
  cairo_arc(ink, x + radius, y + radius, radius, M_PI, 3 * M_PI / 2);
  cairo_close_path(ink);
}

// Cut to a square from the middle, corners rounded.
bool draw_portrait(cairo_t* ink, const std::string& png, double x, double y, double side) {
  struct Bytes {
    const std::string* all;
    std::size_t at;
  } bytes{&png, 0};
  const Surface picture(cairo_image_surface_create_from_png_stream(
      [](void* closure, unsigned char* out, unsigned count) {
        auto* b = static_cast<Bytes*>(closure);
        if (b->all->size() - b->at < count) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(out, b->all->data() + b->at, count);
        b->at += count;
        return CAIRO_STATUS_SUCCESS;
      },
      &bytes));
  if (cairo_surface_status(picture.get()) != CAIRO_STATUS_SUCCESS) return false;
  const int w = cairo_image_surface_get_width(picture.get()), h = cairo_image_surface_get_height(picture.get());
  if (w <= 0 || h <= 0) return false;
  const double scale = side / std::min(w, h);
  cairo_save(ink);
  rounded_square(ink, x, y, side, 3);
  cairo_clip(ink);
  cairo_translate(ink, x + side / 2 - w * scale / 2, y + side / 2 - h * scale / 2);
  cairo_scale(ink, scale, scale);
  cairo_set_source_surface(ink, picture.get(), 0, 0);
  cairo_paint(ink);
  cairo_restore(ink);
  return true;
}

void draw_card(cairo_t* ink, const CardFace& card, const base::Words& words, double x, double y) {
  constexpr double kPad = 4, kPicture = 26, kQr = 27;
  fill(ink, x, y, 2.2, kCardHeight, rgb(0x803300));
  const double left = x + 2.2 + kPad, right = x + kCardWidth - kPad;
  const auto brand = lay_out(ink, words.text("paper.card.title"), {3.6, true});
  draw(ink, brand.get(), left, y + 2.6, rgb(0x803300));
  const auto hint =
      lay_out_to_fit(ink, words.text("paper.card.hint"), {2.7, false}, right - left - width_of(brand.get()) - 3);
  draw(ink, hint.get(), right - width_of(hint.get()), y + 3.4, kInk2);

  const double picture_y = y + 9;
  constexpr Rgb kSoft = rgb(0xFCE7D2);
  rounded_square(ink, left, picture_y, kPicture, 3);
  cairo_set_source_rgb(ink, kSoft.r, kSoft.g, kSoft.b);
  cairo_fill(ink);
  if (!(!card.portrait_png.empty() && draw_portrait(ink, card.portrait_png, left, picture_y, kPicture)) &&
      !card.pictogram.empty())
    draw_pictogram(ink, card.pictogram, left + 2.5, picture_y + 2.5, kPicture - 5);

  const double qr_x = right - kQr + 2, qr_y = y + 8;
  draw_qr(ink, card.code + card.secret_text, qr_x, qr_y, kQr);
  const auto code = lay_out_to_fit(ink, card.code, {3.2, false}, kQr - 5);
  draw(ink, code.get(), qr_x + (kQr - width_of(code.get())) / 2, qr_y + kQr - 2.2, kInk);

  const double middle = left + kPicture + 2, middle_width = qr_x - middle;
  if (card.secret) {
    const auto label = lay_out_to_fit(ink, words.text("paper.card.secret"), {2.6, false}, middle_width);
    draw(ink, label.get(), middle, picture_y, kInk2);
    const double side = std::min(8.0, middle_width / 3);
    for (std::size_t i = 0; i < 3; ++i)
      draw_pictogram(ink, (*card.secret)[i], middle, picture_y + 4.2 + static_cast<double>(i) * (side - 0.6),
                     side - 1);
  }
  const auto name = lay_out_to_fit(ink, clean(card.name), {9, true}, right - left);
  draw(ink, name.get(), left, y + 35.2 + (12.5 - height_of(name.get())) / 2);
  const auto found = lay_out(ink, words.text("paper.card.found"), {2.5, false});
  draw(ink, found.get(), right - width_of(found.get()), y + 48.4, kInk2);
  const auto line = lay_out_to_fit(ink, clean(card.line), {3.4, false}, right - left - width_of(found.get()) - 3);
  draw(ink, line.get(), left, y + 47.4, kInk);
}

void draw_slip(cairo_t* ink, const SecretSlip& slip, const base::Words& words, double x, double y) {
  constexpr double kPad = 5, kSide = 19, kBetween = 7;
  const auto name = lay_out_to_fit(ink, clean(slip.name), {6, true}, kCardWidth - 2 * kPad);
  draw(ink, name.get(), x + kPad, y + 4);
  const double left = x + (kCardWidth - 3 * kSide - 2 * kBetween) / 2;
  for (std::size_t i = 0; i < 3; ++i) {
    const double at = left + static_cast<double>(i) * (kSide + kBetween);
    draw_pictogram(ink, slip.pictures[i], at, y + 16, kSide);
    const auto order = lay_out(ink, std::to_string(i + 1), {3.6, true});
    draw(ink, order.get(), at + (kSide - width_of(order.get())) / 2, y + 36, kInk2);
  }
  const auto hint = lay_out_to_fit(ink, words.text("paper.card.keep_secret"), {3, false}, kCardWidth - 2 * kPad);
  draw(ink, hint.get(), x + kPad, y + 45, kInk2);
}

// Ten a page, each drawn in its place.
template <class Things, class Draw>
void write_tens(const std::filesystem::path& file, const Things& things, const base::Words& words, Draw draw_one) {
  Document document(file, kA4Width, kA4Height, words.text("paper.card.title"));
  constexpr std::size_t kOnAPage = kAcross * kDown;
  for (std::size_t first = 0; first == 0 || first < things.size(); first += kOnAPage) {
    if (!things.empty()) cut_marks(document.ink());
    for (std::size_t i = first; i < std::min(things.size(), first + kOnAPage); ++i) {
      const auto at = static_cast<int>(i - first);
      draw_one(document.ink(), things[i], words, kLeft + at % kAcross * kCardWidth, kTop + at / kAcross * kCardHeight);
    }
    document.end_page();
  }
  document.keep();
}

}  // namespace

void write_cards_pdf(const std::filesystem::path& file, const std::vector<CardFace>& cards,
                     const base::Words& words) {
  write_tens(file, cards, words, draw_card);
}

void write_slips_pdf(const std::filesystem::path& file, const std::vector<SecretSlip>& slips, const base::Words& words) {
  write_tens(file, slips, words, draw_slip);
}

}  // namespace paper
