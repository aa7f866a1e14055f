// The folds of notices, of who heard them and of who wants a job, and the words their rows are read with. Not for others.
#pragma once

#include "shapes/notice/notice.h"

namespace notice {

void fold_notice(store::Fold&);
void fold_heard(store::Fold&);
void fold_want(store::Fold&);

// What these facts are about: one subject for each person and notice, so that two kiosks write the same row.
[[nodiscard]] base::Uuid heard_subject(NoticeId, village::PersonId);
[[nodiscard]] base::Uuid want_subject(NoticeId, village::PersonId);

// Without asking who looks: for deeds, which ask their own right.
[[nodiscard]] std::optional<Notice> notice_unasked(const store::Reader&, NoticeId);

// Kinds of fact. Stored and travelling: never renamed.
namespace fact {
inline constexpr std::string_view published = "notice.published";
inline constexpr std::string_view amended = "notice.amended";
inline constexpr std::string_view retired = "notice.retired";
inline constexpr std::string_view consent_confirmed = "notice.consent_confirmed";
inline constexpr std::string_view heard = "notice.heard";
inline constexpr std::string_view wanted = "notice.wanted";
inline constexpr std::string_view wanted_no_more = "notice.wanted_no_more";
inline constexpr std::string_view called_back = "notice.called_back";
}  // namespace fact

}  // namespace notice
