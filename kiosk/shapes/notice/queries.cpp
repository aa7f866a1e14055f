// What can be seen of notices, and by whom.
#include "shapes/notice/tables.h"

#include <algorithm>
#include <sstream>

namespace notice {
namespace {

constexpr std::string_view columns =
    "id, offer, kind, site, everywhere, title, text, picture, first_day, last_day, audience, about, consented, retired, reason, published";

Notice read(const store::Row& r) {
  Notice n;
  n.id = r.get<NoticeId>(0);
  n.offer = r.get<std::string>(1);
  n.kind = kind_named(r.get<std::string>(2)).value_or(Kind::policy);
  if (!r.get<bool>(4)) n.site = r.get<village::SiteId>(3);
  n.title = r.get<std::string>(5);
  n.text = r.get<std::string>(6);
  n.picture = r.get<std::string>(7);
  n.from = r.get<base::Day>(8);
  n.until = r.get<base::Day>(9);
  std::istringstream groups(r.get<std::string>(10));
  for (std::string group; groups >> group;) n.audience.push_back(group);
  n.about = r.get<std::optional<village::PersonId>>(11);
  n.consented = r.get<bool>(12);
  n.retired = r.get<std::optional<base::Instant>>(13);
  n.reason = reason_named(r.get<std::string>(14));
  n.published = r.get<base::Instant>(15);
  return n;
}

template <class... A>
std::vector<Notice> many(const store::Reader& reader, std::string_view rest, const A&... args) {
  std::vector<Notice> all;
  auto rows = reader.query("SELECT " + std::string(columns) + " FROM notice_notice WHERE " + std::string(rest), args...);
  for (const auto row : rows) all.push_back(read(row));
  return all;
}

// Of whom a story is told is for staff: the words say as much as the person agreed to.
std::vector<Notice> for_viewer(const store::Reader& reader, std::vector<Notice> all) {
  if (!reader.may(right::see_board))
    for (auto& n : all) n.about.reset();
  return all;
}

std::vector<Notice> standing(const store::Reader& reader, base::Day day) {
  if (!reader.may(right::see)) return {};
  if (day != reader.today() && !reader.may(right::see_board)) return {};  // what is not said yet, or not any more, is for staff
  const auto site = village::site(reader, village::SiteId{reader.viewer().site});
  if (!site) return {};
  auto all = many(reader, "last_day >= ? AND first_day <= ? AND retired IS NULL AND consented = 1 AND (everywhere = 1 OR site = ?)"
                          " ORDER BY first_day DESC, published DESC, id DESC",
                  day, day, site->id);
  // What is offered at another kind of site is not read here, even when it was published for everywhere.
  std::erase_if(all, [&](const Notice& n) {
    const auto* offer = shapes::catalogue().offer(n.offer);
    return offer == nullptr || offer->hidden || !offer->offered_at(site->kind);
  });
  return for_viewer(reader, std::move(all));
}

}  // namespace

std::optional<Notice> notice_unasked(const store::Reader& reader, NoticeId id) {
  auto found = many(reader, "id = ?", id);
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Notice> current(const store::Reader& reader, base::Day day) { return standing(reader, day); }

std::vector<Notice> current(const store::Reader& reader, base::Day day, std::span<const std::string> groups) {
  auto all = standing(reader, day);
  std::erase_if(all, [&](const Notice& n) {
    return std::ranges::none_of(n.audience, [&](const auto& group) { return group == "all" || std::ranges::find(groups, group) != groups.end(); });
  });
  return all;
}

std::optional<Notice> one(const store::Reader& reader, NoticeId id) {
  auto n = notice_unasked(reader, id);
  if (!n) return std::nullopt;
  if (reader.may(right::see_board)) return n;
  if (!reader.may(right::see) || !n->covers(reader.today())) return std::nullopt;
  n->about.reset();
  return n;
}

std::vector<Attraction> for_attract(const store::Reader& reader) {
  std::vector<Attraction> shown;
  for (const auto& n : standing(reader, reader.today()))
    if (n.kind == Kind::safety || n.kind == Kind::story) shown.push_back({n.id, n.kind, n.title, n.picture});
  return shown;
}

std::vector<Notice> board(const store::Reader& reader) {
  if (!reader.viewer().is_staff() || !reader.may(right::see_board)) return {};
  const auto today = reader.today();
  const auto since = today - std::chrono::days(reader.setting("notice.board_days", std::int64_t{30}));
  auto all = many(reader, "last_day >= ? AND (everywhere = 1 OR site = ?) ORDER BY first_day DESC, published DESC, id DESC", since, reader.viewer().site);
  const auto place = [&](const Notice& n) { return n.retired || n.until < today || n.erased() ? 2 : n.from > today ? 1 : 0; };
  std::ranges::stable_sort(all, {}, place);
  return all;
}

Heard heard_by(const store::Reader& reader, NoticeId id) {
  if (!reader.viewer().is_staff() || !reader.may(right::see_board)) return {};
  auto rows = reader.query("SELECT count(person), count(*) FROM notice_heard WHERE notice = ?", id);
  for (const auto row : rows) return {row.get<int>(0), row.get<int>(1)};
  return {};
}

std::vector<Wanting> wanting(const store::Reader& reader, NoticeId id) {
  if (!reader.may(right::see_wanting)) return {};
  std::vector<Wanting> all;
  auto rows = reader.query("SELECT person, since, called FROM notice_want WHERE notice = ? ORDER BY called, since, person", id);
  for (const auto row : rows) all.push_back({row.get<village::PersonId>(0), row.get<base::Instant>(1), row.get<bool>(2)});
  return all;
}

bool wants(const store::Reader& reader, NoticeId id, village::PersonId person) {
  return reader.may_for(right::want, person) && reader.count("SELECT count(*) FROM notice_want WHERE id = ?", want_subject(id, person)) > 0;
}

Attention attention(const store::Reader& reader) {
  Attention a;
  if (!reader.viewer().is_staff() || !reader.may(right::see_board)) return a;
  const auto today = reader.today();
  const auto soon = today + std::chrono::days(reader.setting("notice.soon_days", std::int64_t{3}));
  for (const auto& n : board(reader)) {
    if (n.covers(today)) ++a.current;
    if (n.covers(today) && n.until <= soon) ++a.ends_soon;
    if (!n.retired && !n.consented && !n.erased() && n.until >= today) ++a.waits_for_yes;
    if (n.kind == Kind::jobs && reader.may(right::see_wanting))
      a.to_call += static_cast<int>(reader.count("SELECT count(*) FROM notice_want WHERE notice = ? AND called = 0", n.id));
  }
  return a;
}

}  // namespace notice
