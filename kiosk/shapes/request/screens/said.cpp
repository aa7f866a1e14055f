// Words and pictures that several screens of request need.
#include "shapes/request/screens/screens.h"

namespace request {

std::string what_of(const base::Words& words, const Request& q, bool named) {
  const auto* offer = shapes::catalogue().offer(q.offer);
  if (offer != nullptr) return words.text(offer->label_key(named));
  return words.text(q.kind == Kind::urgent ? "request.urgent_list.title" : "request.sealed.offer");
}

ui::Picture picture_of(const Request& q, bool named) {
  const auto* offer = shapes::catalogue().offer(q.offer);
  return ui::emoji(offer != nullptr ? offer->shown_picture(named) : q.kind == Kind::urgent ? "🚨" : "🙋");
}

std::string span_words(const base::Words& words, std::chrono::milliseconds span) {
  const auto minutes = std::max<std::int64_t>(0, std::chrono::floor<std::chrono::minutes>(span).count());
  if (minutes < 120) return words.text("request.queue.minutes", {{"n", std::to_string(minutes)}});
  if (minutes < 48 * 60) return words.text("request.queue.hours", {{"n", std::to_string(minutes / 60)}});
  return words.text("request.queue.days", {{"n", std::to_string(minutes / 1440)}});
}

bool offers_to_say(const store::Reader& reader, RequestId id) {
  const auto may = may_say(reader, id);
  return may ? may->at_most_s > 0 : may.error() == Refusal::nobody_hears && reader.setting("request.said_s", std::int64_t{30}) > 0;
}

std::string office_word(const base::Words& words, const std::string& code) {
  return code.empty() ? std::string{} : words.text("catalogue.office." + code + ".name");
}

std::string called(const store::Reader& reader, const base::Words& words, const std::optional<village::PersonId>& person) {
  return person ? village::address(reader, *person, words) : std::string{};
}

}  // namespace request
