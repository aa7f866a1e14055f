#include "ui/text_layout.h"

#include "base/pinyin.h"

#include <algorithm>

namespace ui {
namespace {

constexpr std::u32string_view never_first = U"，。！？、；：）》」』】”’…·,.!?;:)]}%℃～";
constexpr std::u32string_view never_last = U"（《「『【“‘([{¥￥";

// Inside a date or a count: 12月10日, 十月廿三, 星期四, 2组. (A year and its month may part.)
bool within_date(char32_t before, char32_t c) {
  constexpr std::u32string_view numerals = U"一二三四五六七八九十廿初正冬腊闰", of_week = U"一二三四五六日天";
  const auto in = [](std::u32string_view all, char32_t one) { return all.find(one) != all.npos; };
  const auto digit = [](char32_t one) { return one >= U'0' && one <= U'9'; };
  if (digit(before)) return in(U"年月日号组个件条人位天岁回", c);
  if (before == U'月') return digit(c) || in(numerals, c);
  if (in(numerals, before)) return c == U'月' || c == U'日' || in(numerals, c);
  return (before == U'星' && c == U'期') || (before == U'期' && in(of_week, c));
}

// A name as it is written in a row (打扫 姚存仁 2组), or any other two to four characters by themselves among spaces: how many; else 0.
std::size_t alone_at(std::u32string_view text, std::size_t at) {
  const auto ends = [&](std::size_t i) { return i >= text.size() || text[i] == U' ' || text[i] == U'\n'; };
  if (at > 0 && !ends(at - 1)) return 0;
  std::size_t n = 0;
  while (n <= 4 && !ends(at + n) && is_wide(text[at + n])) ++n;
  return n >= 2 && n <= 4 && ends(at + n) ? n : 0;
}

// A piece that stays together: one wide character with what must follow or precede it, or a word.
struct Piece {
  int begin, end, spaces;
  float width, space_width;
  bool newline;
  bool word;
};

std::vector<Piece> pieces_of(std::string_view text, const Advance& advance, bool whole) {
  std::vector<Piece> pieces;
  std::u32string characters;
  if (whole)
    for (std::size_t at = 0; at < text.size();) characters += next_character(text, at);
  std::size_t index = 0, named = 0;  // which character this is; where the name ends that it is in
  char32_t before = 0;
  bool glue = true;  // the next character joins the piece before it
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    const bool dated = whole && within_date(before, c), in_name = index < named;
    if (whole && !in_name && is_wide(c)) named = index + std::max(base::spoken_of_at(characters, index), alone_at(characters, index));
    ++index;
    before = c;
    const int b = static_cast<int>(begin), e = static_cast<int>(at);
    if (c == U'\n') {
      if (pieces.empty()) pieces.push_back({b, b, 0, 0, 0, false, false});
      pieces.back().newline = true;
      glue = false;
      continue;
    }
    if (c == U' ') {
      if (pieces.empty()) pieces.push_back({b, b, 0, 0, 0, false, false});
      ++pieces.back().spaces;
      pieces.back().space_width += advance(c);
      glue = false;
      continue;
    }
    const float w = advance(c);
    const bool wide = is_wide(c), closes = never_first.find(c) != never_first.npos,
               opens = never_last.find(c) != never_last.npos;
    const bool fresh = pieces.empty() || pieces.back().newline || pieces.back().spaces > 0;
    // A word goes on; a wide character begins a piece unless it may not begin a line.
    if (!fresh && (glue || closes || dated || in_name || (!wide && pieces.back().word))) {
      pieces.back().end = e;
      pieces.back().width += w;
      if (!wide && !closes) pieces.back().word = true;
    } else {
      pieces.push_back({b, e, 0, w, 0, false, !wide});
    }
    if (wide && !closes && !opens) pieces.back().word = false;
    glue = opens;
  }
  return pieces;
}

// A word longer than the line: as many characters a line as fit.
void break_inside(std::string_view text, const Piece& piece, float width, const Advance& advance, Laid& laid) {
  laid.broke_word = true;
  std::size_t at = static_cast<std::size_t>(piece.begin);
  LaidLine line{piece.begin, piece.begin, 0};
  while (at < static_cast<std::size_t>(piece.end)) {
    const int begin = static_cast<int>(at);
    const float w = advance(next_character(text, at));
    if (line.width + w > width && line.end > line.begin) {
      laid.lines.push_back(line);
      line = {begin, begin, 0};
    }
    line.end = static_cast<int>(at);
    line.width += w;
  }
  laid.lines.push_back(line);
}

Laid greedy(std::string_view text, const std::vector<Piece>& pieces, float width, const Advance& advance) {
  Laid laid;
  bool open = false;  // the last line can take more
  float pending = 0;  // spaces between it and the next piece
  for (const Piece& piece : pieces) {
    if (open && laid.lines.back().width + pending + piece.width <= width) {
      laid.lines.back().end = piece.end;
      laid.lines.back().width += pending + piece.width;
    } else if (piece.width <= width || piece.width <= 0) {
      laid.lines.push_back({piece.begin, piece.end, piece.width});
    } else {
      break_inside(text, piece, width, advance, laid);
    }
    open = !piece.newline;
    pending = piece.space_width;
  }
  for (const LaidLine& line : laid.lines) laid.width = std::max(laid.width, line.width);
  return laid;
}

}  // namespace

bool is_wide(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFFEF) || c >= 0x20000 || c == U'·' || c == U'“' ||
         c == U'”' || c == U'‘' || c == U'’' || c == U'…';
}

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(at);
  const int more = first < 0x80                    ? 0
                   : first >= 0xF0 && first < 0xF5 ? 3
                   : first >= 0xE0                 ? 2
                   : first >= 0xC2                 ? 1
                                                   : -1;
  if (more < 0 || first >= 0xF5) return ++at, U'\uFFFD';
  char32_t c = more == 0 ? first : first & (0x3Fu >> more);
  for (int i = 1; i <= more; ++i) {
    const unsigned next = byte(at + static_cast<std::size_t>(i));
    if ((next & 0xC0) != 0x80) return ++at, U'\uFFFD';
    c = (c << 6) | (next & 0x3F);
  }
  at += static_cast<std::size_t>(more) + 1;
  return c;
}

Laid lay_out(std::string_view text, float width, const Advance& advance, bool even) {
  auto pieces = pieces_of(text, advance, true);
  Laid laid = greedy(text, pieces, width, advance);
  // A date or a name wider than the line breaks like any other words.
  if (laid.broke_word) {
    pieces = pieces_of(text, advance, false);
    laid = greedy(text, pieces, width, advance);
  }
  if (!even || laid.lines.size() < 2 || laid.broke_word) return laid;
  float low = 0, high = width;
  for (int i = 0; i < 12; ++i) {
    const float middle = (low + high) / 2;
    const Laid tried = greedy(text, pieces, middle, advance);
    if (tried.lines.size() > laid.lines.size() || tried.broke_word) {
      low = middle;
    } else {
      high = middle;
      laid = tried;
    }
  }
  return laid;
}

}  // namespace ui
