#include "sqlite/account_rows.h"
#include "sqlite/audit_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/key_rows.h"
#include "sqlite/mail_rows.h"
#include "sqlite/queue_rows.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"

#include <cstdio>

namespace foyer::server::sqlite {

using store::Accepted;
using store::AccountId;
using store::Mark;
using store::NewCorrection;
using store::NewRegistration;
using store::NewRequest;
using store::NewSubmission;
using store::PasswordJob;
using store::StoredEnvelope;
using store::StoreError;
using store::SubmissionRecord;

namespace {

std::optional<Accepted> replay_of(Connection& db, const NewSubmission& submission) {
    return db.first(
        "SELECT digest, receipt FROM envelopes WHERE id = ?",
        [&](Row row) {
            if (row.text(0) != submission.digest)
                return Accepted{Accepted::Kind::conflict, {}};
            return Accepted{Accepted::Kind::replayed, row.text(1)};
        },
        Blob{submission.envelope_id});
}

std::string next_number(Connection& db, const std::string& prefix, int year) {
    db.run("INSERT INTO submission_numbers (prefix, year, last) VALUES (?, ?, 1)"
           " ON CONFLICT (prefix, year) DO UPDATE SET last = last + 1",
           prefix, year);
    const auto last = db.first(
        "SELECT last FROM submission_numbers WHERE prefix = ? AND year = ?", [](Row row) { return row.integer(0); },
        prefix, year);
    char digits[48];
    std::snprintf(digits, sizeof digits, "-%04d-%06lld", year, static_cast<long long>(last.value_or(0)));
    return prefix + digits;
}

void insert_envelope(Connection& db, const NewSubmission& submission, const std::string& receipt) {
    db.run("INSERT INTO envelopes (id, digest, device, portal, procedure, received_at, receipt)"
           " VALUES (?, ?, ?, ?, ?, ?, ?)",
           Blob{submission.envelope_id}, Blob{submission.digest}, Blob{submission.device}, submission.portal,
           static_cast<int>(submission.procedure), submission.received_at, receipt);
}

// Something has come in: the history says how and by whose hand, if by anybody's.
void add_arrival(Connection& db, std::int64_t submission, const std::string& number, const char* event,
                 const NewSubmission& arrived) {
    const store::Reception& reception = arrived.reception;
    add_event(db, submission,
              {arrived.received_at, event, {}, reception.by, reception.by ? reception.origin : std::string()});
    if (reception.make_line)
        append_audit(db, reception.make_line(number));
}

// Gives the submission's id.
std::int64_t insert_submission(Connection& db, const NewSubmission& submission, const std::string& number,
                               AccountId account) {
    db.run("INSERT INTO submissions (envelope_id, portal, revision, procedure, number, state, account_id, answers,"
           " language, filled_at, received_at, due_by, service, origin)"
           " VALUES (?, ?, ?, ?, ?, 'received', ?, ?, ?, ?, ?, ?, ?, ?)",
           Blob{submission.envelope_id}, submission.portal, Blob{submission.revision},
           static_cast<int>(submission.procedure), number, account.number(), submission.answers, submission.language,
           submission.filled_at, submission.received_at, submission.due_by, submission.service,
           submission.reception.origin);
    const std::int64_t id = db.last_insert_id();
    add_arrival(db, id, number, "received", submission);
    return id;
}

void keep_marks(Connection& db, std::int64_t submission, const std::vector<Mark>& marks) {
    if (!marks.empty())
        write_marks(db, submission, marks);
}

// Looks the keys up and gives all the marks.
std::vector<Mark> marks_with_keys(Connection& db, const NewSubmission& submission, std::int64_t id, AccountId account) {
    std::vector<Mark> marks = submission.marks;
    for (Mark& mark : use_keys(db, submission.portal, account, id, submission.keys, submission.received_at))
        marks.push_back(std::move(mark));
    return marks;
}

// True when the identifier belongs to nobody else any more.
bool claim_identifier(Connection& db, const NewRegistration& registration) {
    db.run("UPDATE accounts SET identifier = NULL, identifier_key = NULL"
           " WHERE portal = ? AND identifier_key = ? AND state = 'pending' AND created_at < ?",
           registration.portal, registration.identifier_key, registration.claims_lapse_before);
    return !db.first(
        "SELECT 1 FROM accounts WHERE portal = ? AND identifier_key = ?", [](Row) { return true; }, registration.portal,
        registration.identifier_key);
}

AccountId insert_account(Connection& db, const NewRegistration& registration, bool identifier_free) {
    const std::optional<std::string> none;
    const std::optional<std::string> identifier = identifier_free ? std::optional(registration.identifier) : none;
    const std::optional<std::string> key = identifier_free ? std::optional(registration.identifier_key) : none;
    db.run("INSERT INTO accounts (portal, state, wanted_identifier, identifier, identifier_key, civility, first_names,"
           " last_name, email, email_key, language, created_at, reference)"
           " VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, lower(hex(randomblob(8))))",
           registration.portal, registration.identifier, identifier, key, registration.person.civility,
           registration.person.first_names, registration.person.last_name, registration.email, registration.email_key,
           registration.language, registration.received_at);
    return AccountId(db.last_insert_id());
}

void ask_for_address(Connection& db, AccountId account, const store::NewAddress& address, std::int64_t submission,
                     UnixSeconds now) {
    db.run("UPDATE email_changes SET revoked_at = ? WHERE account_id = ? AND used_at IS NULL AND revoked_at IS NULL",
           now, account.number());
    db.run("INSERT INTO email_changes (account_id, email, email_key, key_hash, asked_at, submission_id)"
           " VALUES (?, ?, ?, ?, ?, ?)",
           account.number(), address.email, address.email_key, Blob{address.key_hash}, now, submission);
    for (const store::NewMail& mail : address.make_mails(store::EmailChangeId(db.last_insert_id())))
        queue_mail(db, mail, now);
}

std::set<SearchKey> keys_of(const NewRegistration& registration) {
    try {
        return search_keys_of(answers_from(registration.answers), {}, registration.email);
    } catch (const SqliteError&) {
        return {};
    }
}

// The person who registers has an account in this town already, or seems to: the same names and day of birth.
bool looks_like_another(Connection& db, const std::string& portal, std::int64_t submission, AccountId account) {
    return db
        .first(
            LOOKS_LIKE_ANOTHER, [](Row) { return true; }, portal, submission, account.number())
        .value_or(false);
}

std::optional<SubmissionRecord> find_own(Connection& db, AccountId account, const std::string& envelope_id) {
    auto record =
        db.first("SELECT " FOYER_SUBMISSION_COLUMNS " FROM submissions s WHERE s.envelope_id = ? AND s.account_id = ?",
                 submission_from, Blob{envelope_id}, account.number());
    if (record)
        complete(db, *record);
    return record;
}

} // namespace

Result<Accepted, StoreError> SqliteStore::accept(const NewRegistration& registration) {
    // Made on the caller's thread: the writer's is the narrow place on an opening day.
    const std::set<SearchKey> keys = keys_of(registration);
    return m_database.write([&](Connection& db) {
        if (auto before = replay_of(db, registration))
            return *before;
        const std::string number = next_number(db, registration.number_prefix, registration.year);
        const std::string receipt = registration.make_receipt({number, registration.due_by});
        insert_envelope(db, registration, receipt);

        const bool identifier_free = claim_identifier(db, registration);
        const AccountId account = insert_account(db, registration, identifier_free);
        const std::int64_t id = insert_submission(db, registration, number, account);
        if (registration.profile)
            write_profile(db, account, *registration.profile, std::nullopt, id, registration.received_at);
        std::vector<Mark> marks = marks_with_keys(db, registration, id, account);
        if (!identifier_free)
            marks.push_back({"identifier_taken", "identifier"});
        add_search_keys(db, id, registration.portal, keys);
        if (looks_like_another(db, registration.portal, id, account))
            marks.push_back({"possible_duplicate", {}});
        keep_marks(db, id, marks);
        db.run("INSERT INTO activation_tokens (account_id, key_hash, created_at) VALUES (?, ?, ?)", account.number(),
               Blob{registration.activation_key_hash}, registration.received_at);
        db.run("INSERT INTO password_jobs (account_id, envelope_id, sealed) VALUES (?, ?, ?)", account.number(),
               Blob{registration.envelope_id}, Blob{registration.sealed});
        queue_mail(db, registration.make_mail(account, !identifier_free), registration.received_at, {account, id});
        note_change(db, account);
        return Accepted{Accepted::Kind::stored, receipt};
    });
}

Result<Accepted, StoreError> SqliteStore::accept(const NewRequest& request) {
    return m_database.write([&](Connection& db) {
        if (auto before = replay_of(db, request))
            return *before;
        const std::string number = next_number(db, request.number_prefix, request.year);
        const std::string receipt = request.make_receipt({number, request.due_by});
        insert_envelope(db, request, receipt);
        const std::int64_t id = insert_submission(db, request, number, request.account);
        if (request.profile)
            write_profile(db, request.account, *request.profile, request.person, id, request.received_at);
        if (request.address)
            ask_for_address(db, request.account, *request.address, id, request.received_at);
        const std::vector<Mark> marks = marks_with_keys(db, request, id, request.account);
        keep_marks(db, id, marks);
        index_submission(db, id);
        if (!request.needs_agent && marks.empty()) {
            db.run("UPDATE submissions SET state = 'accepted' WHERE id = ?", id);
            add_event(db, id, {request.received_at, "accepted", {}});
        }
        note_change(db, request.account);
        return Accepted{Accepted::Kind::stored, receipt};
    });
}

Result<Accepted, StoreError> SqliteStore::accept(const NewCorrection& correction) {
    return m_database.write([&](Connection& db) {
        if (auto before = replay_of(db, correction))
            return *before;
        const auto submission = find_own(db, correction.account, correction.corrects);
        if (!submission || submission->procedure != correction.procedure)
            return Accepted{Accepted::Kind::unknown, {}};
        if (submission->state != "waiting" || !submission->correction)
            return Accepted{Accepted::Kind::not_awaited, {}};
        const auto merged = correction.merge(*submission);
        if (!merged)
            return Accepted{Accepted::Kind::not_awaited, {}};
        const std::string receipt = correction.make_receipt({submission->number, merged->due_by});
        insert_envelope(db, correction, receipt);
        db.run("INSERT INTO submission_versions (submission_id, version, answers, replaced_at, replaced_by)"
               " VALUES (?, ?, ?, ?, ?)",
               submission->id, submission->version, json_of(submission->answers), correction.received_at,
               Blob{correction.envelope_id});
        db.run("UPDATE submissions SET answers = ?, version = version + 1, state = 'received', due_by = ?,"
               " correction_fields = NULL, correction_message = NULL, waiting_since = NULL WHERE id = ?",
               merged->answers, merged->due_by, submission->id);
        write_marks(db, submission->id, merged->marks);
        add_arrival(db, submission->id, submission->number, "corrected", correction);
        if (merged->profile)
            write_profile(db, correction.account, *merged->profile, merged->person, submission->id,
                          correction.received_at);
        if (correction.address)
            ask_for_address(db, correction.account, *correction.address, submission->id, correction.received_at);
        index_submission(db, submission->id);
        note_change(db, correction.account);
        return Accepted{Accepted::Kind::stored, receipt};
    });
}

Result<std::optional<SubmissionRecord>, StoreError> SqliteStore::find_submission_of(AccountId account,
                                                                                    const std::string& envelope_id) {
    return m_database.read([&](Connection& db) { return find_own(db, account, envelope_id); });
}

Result<std::optional<StoredEnvelope>, StoreError> SqliteStore::find_envelope(const std::string& envelope_id) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT e.digest, e.device, e.receipt,"
            " ifnull((SELECT s.origin FROM submissions s WHERE s.envelope_id = e.id), '')"
            " FROM envelopes e WHERE e.id = ?",
            [](Row row) {
                return StoredEnvelope{row.text(0), row.text(1), row.text(2), row.text(3)};
            },
            Blob{envelope_id});
    });
}

Result<std::optional<PasswordJob>, StoreError> SqliteStore::next_password_job(std::int64_t after) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT j.seq, j.account_id, j.envelope_id, e.device, j.sealed FROM password_jobs j"
            " JOIN envelopes e ON e.id = j.envelope_id WHERE j.seq > ? ORDER BY j.seq LIMIT 1",
            [](Row row) {
                return PasswordJob{row.integer(0), AccountId(row.integer(1)), row.text(2), row.text(3), row.text(4)};
            },
            after);
    });
}

Result<Done, StoreError> SqliteStore::finish_password_job(const PasswordJob& job, const std::string& hash) {
    return m_database.write([&](Connection& db) {
        // A password chosen since then through a reset link is newer than the one in the envelope.
        if (db.run("DELETE FROM password_jobs WHERE seq = ?", job.sequence) > 0)
            db.run("UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash IS NULL", hash,
                   job.account.number());
        return Done{};
    });
}

} // namespace foyer::server::sqlite
