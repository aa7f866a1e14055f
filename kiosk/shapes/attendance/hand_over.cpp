// A child goes home with an adult of its list, or not at all.
#include "shapes/attendance/attendance.h"

#include <algorithm>

namespace attendance {

std::expected<Receipt, Refusal> hand_over(store::Act& act, village::PersonId child, village::PersonId adult) {
  // The adult stands here known by face, or staff hands over.
  if (!act.may_for(right::hand_over, adult)) return std::unexpected(Refusal::no_right);
  std::optional<Stay> open;
  {
    const auto staff_eyes = act.as(store::Viewer::clockwork(act.viewer().site));
    open = any_open_stay(staff_eyes, child);
  }
  if (!open) return std::unexpected(Refusal::not_in);
  if (!act.viewer().is_staff() && held(act.as(store::Viewer::clockwork(act.viewer().site)), child)) return std::unexpected(Refusal::held);
  const auto carers = village::carers(act.as(store::Viewer::clockwork(act.viewer().site)), child);
  const bool on_list = std::any_of(carers.begin(), carers.end(), [&](const village::Carer& c) { return c.adult == adult && c.may_fetch; });
  if (!on_list) return std::unexpected(Refusal::not_on_list);
  Receipt r{open->id, child, open->offer, act.now(), {}, true};
  r.fact = act.append({.kind = "attendance.handed_over", .subject = open->id.value, .person = child.value, .offer = open->offer}, {{"adult", adult.text()}});
  return r;
}

std::expected<Receipt, Refusal> refuse_fetch(store::Act& act, village::PersonId child) {
  if (!act.may(right::refuse_fetch)) return std::unexpected(Refusal::no_right);
  Receipt r{{}, child, {}, act.now(), {}, false};
  r.fact = act.append({.kind = "attendance.refused_fetch", .subject = act.new_id(), .person = child.value});
  return r;
}

std::expected<Receipt, Refusal> saw_refused_fetch(store::Act& act, const base::Uuid& id) {
  if (!act.viewer().is_staff()) return std::unexpected(Refusal::no_right);
  Receipt r{{}, {}, {}, act.now(), {}, false};
  r.fact = act.append({.kind = "attendance.saw_refused_fetch", .subject = id});
  return r;
}

}  // namespace attendance
