// Submissions as rows: what they were, what happened to them.
#pragma once

#include "sqlite/connection.h"
#include "store/submissions.h"

#include <optional>
#include <vector>

namespace foyer::server::sqlite {

#define FOYER_SUBMISSION_COLUMNS                                                                                       \
    "s.id, s.envelope_id, s.portal, s.revision, s.procedure, s.number, s.state, s.account_id, s.answers, s.version, "  \
    "s.language, s.filled_at, s.received_at, s.due_by, s.marks, s.correction_fields, s.correction_message, "           \
    "s.waiting_since"

// A row of FOYER_SUBMISSION_COLUMNS; account, history and keys are filled in by complete().
[[nodiscard]] store::SubmissionRecord submission_from(Row row);
void complete(Connection& db, store::SubmissionRecord& submission);

[[nodiscard]] std::vector<store::SubmissionEvent> history_of(Connection& db, std::int64_t submission);
void add_event(Connection& db, std::int64_t submission, const store::SubmissionEvent& event);
void add_message(Connection& db, store::AccountId account, const store::Message& message,
                 std::optional<std::int64_t> submission);

} // namespace foyer::server::sqlite
