// Submissions as rows: what they were, what happened to them.
#pragma once

#include "sqlite/connection.h"
#include "sqlite/search_keys.h"
#include "store/submissions.h"

#include <optional>
#include <vector>

namespace foyer::server::sqlite {

#define FOYER_SUBMISSION_COLUMNS                                                                                       \
    "s.id, s.envelope_id, s.portal, s.revision, s.procedure, s.number, s.state, s.account_id, s.answers, s.version, "  \
    "s.language, s.filled_at, s.received_at, s.due_by, s.marks, s.correction_fields, s.correction_message, "           \
    "s.waiting_since, s.service, s.origin, s.claimed_by, s.claimed_name, "                                             \
    "(SELECT p.batch_id FROM pending_decisions p WHERE p.submission_id = s.id AND p.outcome IS NULL)"

// A row of FOYER_SUBMISSION_COLUMNS; account, history and keys are filled in by complete().
[[nodiscard]] store::SubmissionRecord submission_from(Row row);
void complete(Connection& db, store::SubmissionRecord& submission);

[[nodiscard]] std::vector<store::SubmissionEvent> history_of(Connection& db, std::int64_t submission);
// Makes the request findable by what its answers say; what was there of it before is replaced.
void index_submission(Connection& db, std::int64_t submission);
// The same with keys that were made before, outside the transaction.
void add_search_keys(Connection& db, std::int64_t submission, const std::string& portal,
                     const std::set<SearchKey>& keys);

// What the staff should see of it, in place of what there was.
void write_marks(Connection& db, std::int64_t submission, const std::vector<store::Mark>& marks);

void add_event(Connection& db, std::int64_t submission, const store::SubmissionEvent& event);
void add_message(Connection& db, store::AccountId account, const store::Message& message,
                 std::optional<std::int64_t> submission);

} // namespace foyer::server::sqlite
