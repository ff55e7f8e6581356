#include "sqlite/submission_rows.h"

#include "sqlite/account_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/key_rows.h"

namespace foyer::server::sqlite {

using store::SubmissionEvent;
using store::SubmissionRecord;

SubmissionRecord submission_from(Row row) {
    SubmissionRecord submission;
    submission.id = row.integer(0);
    submission.envelope_id = row.text(1);
    submission.portal = row.text(2);
    submission.revision = row.text(3);
    submission.procedure = static_cast<std::uint16_t>(row.integer(4));
    submission.number = row.text(5);
    submission.state = row.text(6);
    submission.account.id = store::AccountId(row.integer(7));
    submission.answers = answers_from(row.text(8));
    submission.version = row.integer(9);
    submission.language = row.text(10);
    submission.filled_at = row.text(11);
    submission.received_at = row.integer(12);
    submission.due_by = row.text(13);
    submission.marks = marks_from(row.text(14));
    if (const auto fields = row.optional_text(15))
        submission.correction = store::CorrectionAsked{texts_from(*fields), row.text(16)};
    if (!row.is_null(17))
        submission.waiting_since = row.integer(17);
    return submission;
}

void complete(Connection& db, SubmissionRecord& submission) {
    if (auto account = find_account(db, submission.account.id))
        submission.account = std::move(*account);
    submission.history = history_of(db, submission.id);
    submission.keys = key_entries_of(db, submission.id);
}

std::vector<SubmissionEvent> history_of(Connection& db, std::int64_t submission) {
    std::vector<SubmissionEvent> events;
    db.each(
        "SELECT at, event, note FROM submission_events WHERE submission_id = ? ORDER BY id",
        [&](Row row) {
            events.push_back({row.integer(0), row.text(1), row.text(2)});
        },
        submission);
    return events;
}

void add_event(Connection& db, std::int64_t submission, const SubmissionEvent& event) {
    db.run("INSERT INTO submission_events (submission_id, at, event, note) VALUES (?, ?, ?, ?)", submission, event.at,
           event.event, event.note);
}

void add_message(Connection& db, store::AccountId account, const store::Message& message,
                 std::optional<std::int64_t> submission) {
    db.run("INSERT INTO messages (account_id, at, kind, parameters, submission_id) VALUES (?, ?, ?, ?, ?)",
           account.number(), message.at, message.kind, json_of(message.parameters), submission);
}

} // namespace foyer::server::sqlite
