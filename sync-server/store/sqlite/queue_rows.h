// The queue's rows, and the statements its tests look at.
#pragma once

#include "sqlite/connection.h"
#include "sqlite/search_keys.h"
#include "store/queue.h"
#include "text/fold.h"

#include <optional>
#include <vector>

namespace foyer::server::sqlite {

[[nodiscard]] std::optional<store::QueueItem> item_of(Connection& db, std::int64_t submission);
// Whether the view and every filter of the question let it through.
[[nodiscard]] bool passes(const store::QueueItem& item, const store::QueueQuestion& question);

// Who looks alike. CROSS JOIN keeps the order in which they are written: left to itself SQLite went through every
// person of the town for each registration, on the one thread that writes (22 ms at ten thousand requests, instead of 5
// µs).
inline constexpr const char* LOOKS_LIKE_ANOTHER =
    "SELECT 1 FROM search_keys own CROSS JOIN search_keys other ON other.portal = ?1 AND other.kind = own.kind"
    " AND other.key = own.key AND other.submission_id <> own.submission_id"
    " CROSS JOIN submissions s ON s.id = other.submission_id AND s.procedure = 1 AND s.account_id <> ?3"
    " WHERE own.submission_id = ?2 AND own.kind = 'person' LIMIT 1";
inline constexpr const char* LOOK_ALIKE_ACCOUNTS =
    "SELECT s.account_id, own.kind, own.key, s.number FROM search_keys own"
    " CROSS JOIN search_keys other ON other.portal = own.portal AND other.kind = own.kind AND other.key = own.key"
    " CROSS JOIN submissions s ON s.id = other.submission_id"
    " WHERE own.submission_id = ?1 AND own.kind IN ('person', 'email', 'phone') AND s.account_id <> ?2"
    " ORDER BY own.kind DESC, s.id DESC LIMIT ?3";
// "+": by their names, not by having no account, as most of a town has none.
inline constexpr const char* LOOK_ALIKE_PEOPLE =
    "SELECT p.answers, h.id, h.family_id, h.created_at, p.declared_by IS NULL FROM household_people p"
    " CROSS JOIN households h ON h.id = p.household_id WHERE p.name_key = ? AND p.birth_date = ?"
    " AND h.portal = ? AND h.id <> ? AND p.state = 'active' AND +p.account_id IS NULL LIMIT 10";

// Every statement a page is made of; none may read more of a table than what it gives.
[[nodiscard]] std::vector<const char*> queue_statements();

} // namespace foyer::server::sqlite
