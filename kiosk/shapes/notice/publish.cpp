// Publishing, amending and taking down, and the yes of the person a story is about.
#include "shapes/notice/tables.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace notice {
namespace {

// In characters as wide as a Chinese one: two Latin letters are one.
int width(std::string_view text) {
  int halves = 0;
  for (const auto c : base::to_utf32(text)) halves += c < 0x2E80 ? 1 : 2;
  return (halves + 1) / 2;
}

std::optional<Refusal> wrong_words(std::string_view title, std::string_view text, std::string_view picture) {
  if (base::trimmed(title).empty() || base::trimmed(text).empty() || base::trimmed(picture).empty()) return Refusal::text_empty;
  if (width(base::trimmed(title)) > title_at_most || width(base::trimmed(text)) > text_at_most) return Refusal::text_long;
  return std::nullopt;
}

bool are_groups(const std::vector<std::string>& audience) {
  return std::ranges::all_of(audience, [](const auto& group) { return std::ranges::find(village::group_codes(), group) != village::group_codes().end(); });
}

std::string joined(const std::vector<std::string>& codes) {
  std::string all;
  for (const auto& code : codes) all += (all.empty() ? "" : " ") + code;
  return all;
}

std::string kept(std::string_view text) { return std::string(base::trimmed(text)); }

// The yes is also the person's consent, with the version of the words read out: one list shows all that somebody agreed to.
void keep_consent(store::Act& act, village::PersonId person) {
  int version = 0;
  for (const auto& c : shapes::catalogue().consents())
    if (c.code == "story") version = std::max(version, c.version);
  if (version > 0 && village::consent_version(act, person, "story") != version) (void)village::record_consent(act, person, "story", version, true);
}

Receipt said(store::Act& act, const Notice& n, std::string_view kind, const nlohmann::json& body) {
  Receipt r{n.id, act.now(), {}};
  r.fact = act.append({.kind = kind, .subject = n.id.value, .person = n.about ? std::optional(n.about->value) : std::nullopt, .offer = n.offer}, body);
  return r;
}

}  // namespace

std::expected<Receipt, Refusal> publish(store::Act& act, const Publish& what) {
  if (!act.may(right::publish)) return std::unexpected(Refusal::no_right);
  const auto* o = offered(what.offer);
  if (o == nullptr || !are_groups(what.audience) || !village::site(act, village::SiteId{act.viewer().site})) return std::unexpected(Refusal::unknown);
  if (const auto no = wrong_words(what.title, what.text, what.picture)) return std::unexpected(*no);
  if (what.until < what.from || what.until < act.today()) return std::unexpected(Refusal::dates_wrong);
  if (what.about && !village::face(act, *what.about)) return std::unexpected(Refusal::unknown);
  const bool story = o->kind == Kind::story;
  if (story && (!what.about || !what.read_to_them)) return std::unexpected(Refusal::no_consent);
  nlohmann::json body{{"kind", name(o->kind)}, {"title", kept(what.title)}, {"text", kept(what.text)}, {"picture", kept(what.picture)}, {"from", base::iso(what.from)},
                      {"until", base::iso(what.until)}, {"audience", joined(what.audience.empty() ? o->audience : what.audience)}};
  if (what.everywhere) body["everywhere"] = true;
  if (story) body["read_to_them"] = true;
  Receipt r{act.new_id_as<NoticeId>(), act.now(), {}};
  r.fact = act.append({.kind = fact::published, .subject = r.notice.value, .person = story ? std::optional(what.about->value) : std::nullopt, .offer = what.offer}, body);
  if (story) keep_consent(act, *what.about);
  return r;
}

std::expected<Receipt, Refusal> amend(store::Act& act, const Amend& what) {
  if (!act.may(right::amend)) return std::unexpected(Refusal::no_right);
  const auto n = notice_unasked(act, what.notice);
  if (!n || (what.audience && !are_groups(*what.audience))) return std::unexpected(Refusal::unknown);
  if (n->retired) return std::unexpected(Refusal::retired);
  if (const auto no = wrong_words(what.title.value_or(n->title), what.text.value_or(n->text), what.picture.value_or(n->picture))) return std::unexpected(*no);
  const auto until = what.until.value_or(n->until);
  if (until < what.from.value_or(n->from) || (what.until && until < act.today())) return std::unexpected(Refusal::dates_wrong);
  nlohmann::json body = nlohmann::json::object();
  const auto changed = [&body](const char* field, const std::optional<std::string>& now, const std::string& before) {
    if (now && kept(*now) != before) body[field] = kept(*now);
  };
  changed("title", what.title, n->title);
  changed("text", what.text, n->text);
  changed("picture", what.picture, n->picture);
  const bool words = !body.empty();
  if (what.from && *what.from != n->from) body["from"] = base::iso(*what.from);
  if (what.until && *what.until != n->until) body["until"] = base::iso(*what.until);
  if (what.audience && !what.audience->empty() && *what.audience != n->audience) body["audience"] = joined(*what.audience);
  if (what.everywhere && *what.everywhere == n->site.has_value()) body["everywhere"] = *what.everywhere;
  if (n->kind == Kind::story && words && what.read_to_them) body["read_to_them"] = true;
  const auto receipt = said(act, *n, fact::amended, body);
  if (n->about && words && what.read_to_them) keep_consent(act, *n->about);
  return receipt;
}

std::expected<Receipt, Refusal> retire(store::Act& act, NoticeId id, Reason reason) {
  if (!act.may(right::retire)) return std::unexpected(Refusal::no_right);
  const auto n = notice_unasked(act, id);
  if (!n) return std::unexpected(Refusal::unknown);
  if (n->retired) return std::unexpected(Refusal::retired);
  return said(act, *n, fact::retired, {{"reason", name(reason)}});
}

std::expected<Receipt, Refusal> confirm_consent(store::Act& act, NoticeId id, bool agrees) {
  const auto n = notice_unasked(act, id);
  // Who may not know of whom a story is told learns nothing from the answer.
  if (n && n->about && !act.may_for(right::confirm_consent, *n->about) && !village::acts_for(act, *n->about)) return std::unexpected(Refusal::no_right);
  if (!n || !n->about) return std::unexpected(act.may(right::publish) ? Refusal::unknown : Refusal::no_right);
  if (n->retired) return std::unexpected(Refusal::retired);
  const auto receipt = said(act, *n, fact::consent_confirmed, {{"agrees", agrees}});
  if (agrees) keep_consent(act, *n->about);
  return receipt;
}

}  // namespace notice
