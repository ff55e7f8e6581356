#include "sqlite/account_rows.h"
#include "sqlite/audit_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"

namespace foyer::server::sqlite {

using store::DecisionEffects;
using store::DecisionView;
using store::StoreError;
using store::SubmissionRecord;

namespace {

std::optional<SubmissionRecord> find_by_id(Connection& db, std::int64_t submission) {
    auto record =
        db.first("SELECT " FOYER_SUBMISSION_COLUMNS " FROM submissions s WHERE s.id = ?", submission_from, submission);
    if (record)
        complete(db, *record);
    return record;
}

void apply(Connection& db, const SubmissionRecord& submission, const DecisionEffects& effects) {
    const UnixSeconds now = effects.event.at;
    std::optional<std::string> fields;
    std::optional<std::string> message;
    if (effects.correction) {
        fields = json_of(effects.correction->fields);
        message = effects.correction->message;
    }
    const std::optional<std::int64_t> waiting_since = effects.correction ? std::optional(now) : std::nullopt;
    const std::optional<std::int64_t> claimed_by =
        effects.claim ? std::optional(effects.claim->id.number()) : std::nullopt;
    db.run("UPDATE submissions SET state = ?, correction_fields = ?, correction_message = ?, waiting_since = ?,"
           " claimed_by = ?, claimed_name = ? WHERE id = ?",
           effects.state, fields, message, waiting_since, claimed_by,
           effects.claim ? effects.claim->name : std::string(), submission.id);
    if (!effects.settles.empty())
        db.run("UPDATE pending_decisions SET outcome = 'done' WHERE batch_id = ? AND submission_id = ?",
               effects.settles, submission.id);
    if (effects.line)
        append_audit(db, *effects.line);
    add_event(db, submission.id, effects.event);
    if (effects.household) {
        const store::HouseholdId household =
            write_household(db, submission.portal, *effects.household, submission.id, now);
        db.run("UPDATE submissions SET household_id = ? WHERE id = ?", household.number(), submission.id);
    }
    for (const auto& [account, news] : effects.messages)
        add_message(db, account, news, submission.id);
    for (const store::NewMail& mail : effects.mails)
        queue_mail(db, mail, now, {submission.account.id, submission.id});
    for (const store::AccountId account : effects.changed)
        note_change(db, account);
}

} // namespace

Result<std::optional<SubmissionRecord>, StoreError> SqliteStore::find_submission(const std::string& portal,
                                                                                 const std::string& number) {
    return m_database.read([&](Connection& db) {
        auto record =
            db.first("SELECT " FOYER_SUBMISSION_COLUMNS " FROM submissions s WHERE s.portal = ? AND s.number = ?",
                     submission_from, portal, number);
        if (record)
            complete(db, *record);
        return record;
    });
}

Result<std::vector<SubmissionRecord>, StoreError> SqliteStore::list_submissions(const store::SubmissionFilter& filter) {
    return m_database.read([&](Connection& db) {
        std::vector<SubmissionRecord> records;
        const auto add = [&](Row row) { records.push_back(submission_from(row)); };
        if (filter.state.empty())
            db.each("SELECT " FOYER_SUBMISSION_COLUMNS " FROM submissions s WHERE s.portal = ? AND s.id > ?"
                    " ORDER BY s.id LIMIT ?",
                    add, filter.portal, filter.after, filter.limit);
        else
            db.each("SELECT " FOYER_SUBMISSION_COLUMNS
                    " FROM submissions s WHERE s.portal = ? AND s.state = ? AND s.id > ? ORDER BY s.id LIMIT ?",
                    add, filter.portal, filter.state, filter.after, filter.limit);
        for (SubmissionRecord& record : records)
            complete(db, record);
        return records;
    });
}

Result<bool, StoreError> SqliteStore::decide(std::int64_t submission, const DecisionWork& work) {
    return m_database.write([&](Connection& db) {
        auto record = find_by_id(db, submission);
        if (!record)
            return false;
        DecisionView view;
        view.submission = std::move(*record);
        if (const auto household = household_of_account(db, view.submission.account.id))
            view.household = find_household(db, *household);
        view.profile = profile_of_account(db, view.submission.account.id);
        view.next_person = next_person(db);
        if (const auto effects = work(view))
            apply(db, view.submission, *effects);
        return true;
    });
}

} // namespace foyer::server::sqlite
