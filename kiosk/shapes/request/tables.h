// The fold of requests and the words their rows are read with. Not for others.
#pragma once

#include "shapes/request/request.h"

namespace request {

void fold_request(store::Fold&);
// One step of a request that is there, by whoever acts: in an envelope where the request is confidential.
//   nobody_reads
[[nodiscard]] std::expected<Receipt, Refusal> step(store::Act&, const Request&, std::string_view kind, const nlohmann::json& body = nlohmann::json::object());
[[nodiscard]] std::optional<Kind> kind_named(std::string_view);
[[nodiscard]] std::optional<State> state_named(std::string_view);

// Kinds of fact. Stored and travelling: never renamed.
namespace fact {
inline constexpr std::string_view asked = "request.asked";
inline constexpr std::string_view urgent_raised = "request.urgent_raised";
inline constexpr std::string_view taken = "request.taken";
inline constexpr std::string_view set_off = "request.set_off";
inline constexpr std::string_view finished = "request.finished";
inline constexpr std::string_view passed_on = "request.passed_on";
inline constexpr std::string_view rated = "request.rated";
inline constexpr std::string_view reopened = "request.reopened";
inline constexpr std::string_view cancelled = "request.cancelled";
inline constexpr std::string_view closed = "request.closed";
inline constexpr std::string_view escalated = "request.escalated";
inline constexpr std::string_view said = "request.said";
inline constexpr std::string_view said_dropped = "request.said_dropped";
inline constexpr std::string_view heard = "request.heard";
inline constexpr std::string_view read = "request.read";
inline constexpr std::string_view urgent_acknowledged = "request.urgent_acknowledged";
}  // namespace fact

}  // namespace request
