#include "store/envelope.h"

#include <nlohmann/json.hpp>
#include <sodium.h>

namespace store::envelope {
namespace {

constexpr auto variant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;

void put(nlohmann::json& in, const char* field, const std::optional<base::Uuid>& id) {
  if (id) in[field] = id->text();
}
std::optional<base::Uuid> id(const nlohmann::json& in, const char* field) {
  const auto found = in.find(field);
  return found == in.end() ? std::nullopt : base::Uuid::parse(found->get<std::string>());
}

}  // namespace

const base::Uuid& subject() {
  static const auto id = base::id_of(kind);
  return id;
}

std::string_view nothing() { return "{}"; }

std::string inside(const Fact& f) {
  // Short names: what is long is the ids, and all of it has to find room in one kilobyte.
  nlohmann::json in{{"i", f.id.text()}, {"k", f.kind}, {"n", f.version}, {"t", f.at.time_since_epoch().count()}, {"s", f.subject.text()}, {"m", f.means}};
  put(in, "p", f.person);
  put(in, "w", f.site);
  put(in, "b", f.by);
  put(in, "c", f.corrects);
  if (!f.offer.empty()) in["o"] = f.offer;
  if (f.body != "{}") in["x"] = nlohmann::json::parse(f.body);
  return in.dump();
}

std::string body_of(std::string_view sealed) {
  std::string text(sodium_base64_ENCODED_LEN(sealed.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(), variant);
  text.pop_back();
  return nlohmann::json{{"sealed", text}}.dump();
}

std::optional<std::string> sealed_in(const Fact& outside) {
  const auto body = nlohmann::json::parse(outside.body, nullptr, false);
  if (!body.is_object() || !body.contains("sealed") || !body["sealed"].is_string()) return std::nullopt;
  const auto& text = body["sealed"].get_ref<const std::string&>();
  std::string sealed(text.size() / 4 * 3 + 3, '\0');
  std::size_t length = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(sealed.data()), sealed.size(), text.data(), text.size(), nullptr, &length, nullptr, variant) != 0) return std::nullopt;
  sealed.resize(length);
  return sealed;
}

std::optional<Fact> of_inside(std::string_view inside, const Fact& outside) {
  const auto in = nlohmann::json::parse(inside, nullptr, false);
  if (!in.is_object() || !in.contains("k")) return std::nullopt;
  try {
    Fact f = outside;
    const auto own = id(in, "i"), about = id(in, "s");
    if (!own || !about) return std::nullopt;
    f.id = *own;
    f.subject = *about;
    f.kind = in.at("k").get<std::string>();
    f.version = in.at("n").get<int>();
    f.at = base::Instant{std::chrono::milliseconds{in.at("t").get<std::int64_t>()}};
    f.means = in.at("m").get<std::string>();
    f.person = id(in, "p");
    f.site = id(in, "w");
    f.by = id(in, "b");
    f.corrects = id(in, "c");
    f.offer = in.value("o", std::string{});
    f.body = in.contains("x") ? in["x"].dump() : "{}";
    return f;
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;  // made by another program: as if it were not there
  }
}

}  // namespace store::envelope
