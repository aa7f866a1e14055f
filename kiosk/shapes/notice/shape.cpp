// What notice brings to the house.
#include "shapes/notice/demo.h"
#include "shapes/notice/sheets.h"
#include "shapes/notice/tables.h"

#include <array>

namespace notice {
namespace {

// A story says who it is about, and goes under that person's key; every other notice says nothing of anybody and has no person.
constexpr std::array<std::string_view, 3> of_a_story{"title", "text", "picture"};

using Value = shapes::Figure::Value;

// Late: what ends within days, waits for a yes, or somebody waits to be called.
std::optional<Value> notices(const store::Reader& reader) {
  if (!reader.viewer().is_staff() || !reader.may(right::see_board)) return std::nullopt;
  const auto a = attention(reader);
  return Value{a.current, std::nullopt, a.ends_soon + a.waits_for_yes};
}

std::optional<Value> want_work(const store::Reader& reader) {
  if (!reader.viewer().is_staff() || !reader.may(right::see_wanting)) return std::nullopt;
  const auto a = attention(reader);
  return a.to_call == 0 ? std::nullopt : std::optional(Value{a.to_call, std::nullopt, 0});
}

}  // namespace

shapes::Shape shape() {
  shapes::Shape s;
  s.name = "notice";
  for (const auto kind : {fact::published, fact::amended, fact::retired, fact::consent_confirmed}) s.facts.push_back({kind, 1, store::Class::union_, &fold_notice, of_a_story});
  s.facts.push_back({fact::heard, 1, store::Class::union_, &fold_heard});
  for (const auto kind : {fact::wanted, fact::wanted_no_more, fact::called_back}) s.facts.push_back({kind, 1, store::Class::union_, &fold_want});
  s.rights = {right::publish, right::amend, right::retire, right::confirm_consent, right::heard, right::want, right::call_back, right::see, right::see_board,
              right::see_wanting, right::sheets};
  s.take_offers = &take_offers;
  s.sheets = sheets();
  s.figures = {{"notices", "📢", "notice/board", 70, &notices}, {"want_work", "👷", "notice/board", 75, &want_work}};
  s.demo_day = &demo_day;
  s.demo_ahead = &demo_ahead;
  return s;
}

}  // namespace notice
