// Folds the facts of one notice, of one hearing or of one wish into its row. The only writing SQL of notice.
#include "shapes/notice/tables.h"

#include <nlohmann/json.hpp>

namespace notice {
namespace {

std::optional<base::Uuid> uuid(const nlohmann::json& body, const char* field) {
  const auto found = body.find(field);
  return found == body.end() || !found->is_string() ? std::nullopt : base::Uuid::parse(found->get<std::string>());
}

void take(const nlohmann::json& body, const char* field, std::string& text) {
  const auto found = body.find(field);
  if (found != body.end() && found->is_string()) text = found->get<std::string>();
}

void take(const nlohmann::json& body, const char* field, std::optional<base::Day>& day) {
  std::string text;
  take(body, field, text);
  base::Day parsed;
  if (base::parse_day(text, parsed)) day = parsed;
}

}  // namespace

base::Uuid heard_subject(NoticeId notice, village::PersonId person) { return base::id_of("notice.heard:" + notice.text() + ":" + person.text()); }
base::Uuid want_subject(NoticeId notice, village::PersonId person) { return base::id_of("notice.wanted:" + notice.text() + ":" + person.text()); }

void fold_notice(store::Fold& fold) {
  struct {
    std::optional<store::Fact> first;
    std::string kind, title, text, picture, audience, reason;
    std::optional<base::Day> from, until;
    bool everywhere = false, consented = true;
    std::optional<base::Instant> retired;
  } n;
  for (const auto& f : fold.facts()) {
    const auto body = f.json();
    if (f.kind == fact::published && !n.first) {
      n.first = f;
      take(body, "kind", n.kind);
      n.consented = n.kind != name(Kind::story) || body.value("read_to_them", false);
    }
    if (f.kind == fact::published || f.kind == fact::amended) {
      take(body, "title", n.title);
      take(body, "text", n.text);
      take(body, "picture", n.picture);
      take(body, "audience", n.audience);
      take(body, "from", n.from);
      take(body, "until", n.until);
      n.everywhere = body.value("everywhere", n.everywhere);
    }
    if (f.kind == fact::amended && n.kind == name(Kind::story) && (body.contains("title") || body.contains("text") || body.contains("picture")))
      n.consented = body.value("read_to_them", false);
    if (f.kind == fact::consent_confirmed) n.consented = body.value("agrees", false);
    if (f.kind == fact::retired && !n.retired) {
      n.retired = f.at;
      take(body, "reason", n.reason);
    }
  }
  if (n.kind == name(Kind::story) && n.text.empty()) n.consented = false;  // who it told of was erased
  fold.run("DELETE FROM notice_notice WHERE id = ?", fold.subject());
  if (!n.first || !n.from || !n.until || !n.first->site) return;
  fold.run(
      "INSERT INTO notice_notice (id, offer, kind, site, everywhere, title, text, picture, first_day, last_day, audience, about, consented, retired, reason,"
      " published, published_by) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      fold.subject(), n.first->offer, n.kind, n.first->site, n.everywhere, n.title, n.text, n.picture, *n.from, *n.until, n.audience, n.first->person, n.consented,
      n.retired, n.reason, n.first->at, n.first->by);
}

void fold_heard(store::Fold& fold) {
  fold.run("DELETE FROM notice_heard WHERE id = ?", fold.subject());
  // The first saying is the one that counts, however many kiosks said it.
  for (const auto& f : fold.facts()) {
    const auto notice = uuid(f.json(), "notice");
    if (!notice || !f.site) continue;
    fold.run("INSERT INTO notice_heard (id, notice, person, site, day) VALUES (?,?,?,?,?)", fold.subject(), notice, f.person, f.site, base::day_of(f.at, fold.place()));
    return;
  }
}

void fold_want(store::Fold& fold) {
  std::optional<store::Fact> since;
  std::optional<base::Uuid> notice, person;
  bool called = false;
  for (const auto& f : fold.facts()) {
    if (const auto n = uuid(f.json(), "notice")) notice = n;
    if (f.person) person = f.person;
    if (f.kind == fact::wanted && !since) {
      since = f;
      called = false;
    }
    if (f.kind == fact::wanted_no_more) since.reset();
    if (f.kind == fact::called_back) called = true;
  }
  fold.run("DELETE FROM notice_want WHERE id = ?", fold.subject());
  if (!since || !notice || !person) return;
  fold.run("INSERT INTO notice_want (id, notice, person, site, since, called, fact) VALUES (?,?,?,?,?,?,?)", fold.subject(), notice, person, since->site, since->at, called,
           since->id);
}

}  // namespace notice
