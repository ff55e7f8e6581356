#include "sqlite/submission_rows.h"

#include "sqlite/account_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/key_rows.h"
#include "sqlite/queue_schema.h"

namespace foyer::server::sqlite {

using store::AccountId;
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
    submission.service = row.text(18);
    submission.origin = row.text(19);
    if (!row.is_null(20))
        submission.claimed_by = store::Colleague{store::StaffId(row.integer(20)), row.text(21)};
    submission.pending = row.text(22);
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
        "SELECT at, event, note, staff_id, staff_name, code FROM submission_events WHERE submission_id = ? ORDER BY id",
        [&](Row row) {
            SubmissionEvent event{row.integer(0), row.text(1), row.text(2)};
            if (!row.is_null(3))
                event.by = store::Colleague{store::StaffId(row.integer(3)), row.text(4)};
            event.code = row.text(5);
            events.push_back(std::move(event));
        },
        submission);
    return events;
}

void add_event(Connection& db, std::int64_t submission, const SubmissionEvent& event) {
    const std::optional<std::int64_t> staff = event.by ? std::optional(event.by->id.number()) : std::nullopt;
    db.run("INSERT INTO submission_events (submission_id, at, event, note, staff_id, staff_name, code)"
           " VALUES (?, ?, ?, ?, ?, ?, ?)",
           submission, event.at, event.event, event.note, staff, event.by ? event.by->name : std::string(), event.code);
}

void write_marks(Connection& db, std::int64_t submission, const std::vector<store::Mark>& marks) {
    db.run("UPDATE submissions SET marks = ? WHERE id = ?", json_of(marks), submission);
    db.run("DELETE FROM submission_marks WHERE submission_id = ?", submission);
    for (const store::Mark& mark : marks)
        db.run("INSERT OR IGNORE INTO submission_marks"
               " (portal, code, service, procedure, state, due_by, submission_id, origin)"
               " SELECT portal, ?, service, procedure, state, due_by, id, origin FROM submissions WHERE id = ?",
               mark.code, submission);
}

void index_submission(Connection& db, std::int64_t submission) {
    struct Found {
        std::string portal;
        store::Answers answers;
        AccountId account;
        std::string email;
    };
    const auto found = db.first(
        "SELECT s.portal, s.answers, s.account_id, a.email FROM submissions s JOIN accounts a ON a.id = s.account_id"
        " WHERE s.id = ?",
        [](Row row) {
            return Found{row.text(0), answers_from(row.text(1)), AccountId(row.integer(2)), row.text(3)};
        },
        submission);
    if (!found)
        return;
    db.run("DELETE FROM search_keys WHERE submission_id = ?", submission);
    add_search_keys(db, submission, found->portal,
                    search_keys_of(found->answers, profile_of_account(db, found->account), found->email));
}

void add_search_keys(Connection& db, std::int64_t submission, const std::string& portal,
                     const std::set<SearchKey>& keys) {
    for (const auto& [kind, key] : keys)
        db.run("INSERT INTO search_keys (submission_id, kind, key, portal) VALUES (?, ?, ?, ?)", submission, kind, key,
               portal);
}

void index_stored_submissions(Connection& db) {
    std::vector<std::int64_t> ids;
    db.each("SELECT id FROM submissions ORDER BY id", [&](Row row) { ids.push_back(row.integer(0)); });
    for (const std::int64_t id : ids)
        index_submission(db, id);
}

void add_message(Connection& db, store::AccountId account, const store::Message& message,
                 std::optional<std::int64_t> submission) {
    db.run("INSERT INTO messages (account_id, at, kind, parameters, submission_id) VALUES (?, ?, ?, ?, ?)",
           account.number(), message.at, message.kind, json_of(message.parameters), submission);
}

} // namespace foyer::server::sqlite
