#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

#include <cstdio>

namespace foyer::server::sqlite {

using store::Accepted;
using store::AccountId;
using store::NewSubmission;
using store::PasswordJob;
using store::StoredEnvelope;
using store::StoreError;

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

// True when the identifier belongs to nobody else any more.
bool claim_identifier(Connection& db, const NewSubmission& submission) {
    db.run("UPDATE accounts SET identifier = NULL, identifier_key = NULL"
           " WHERE portal = ? AND identifier_key = ? AND state = 'pending' AND created_at < ?",
           submission.portal, submission.identifier_key, submission.claims_lapse_before);
    return !db.first(
        "SELECT 1 FROM accounts WHERE portal = ? AND identifier_key = ?", [](Row) { return true; }, submission.portal,
        submission.identifier_key);
}

AccountId insert_account(Connection& db, const NewSubmission& submission, bool identifier_free) {
    const std::optional<std::string> none;
    const std::optional<std::string> identifier = identifier_free ? std::optional(submission.identifier) : none;
    const std::optional<std::string> key = identifier_free ? std::optional(submission.identifier_key) : none;
    db.run("INSERT INTO accounts (portal, state, wanted_identifier, identifier, identifier_key, civility, first_names,"
           " last_name, email, email_key, language, created_at) VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           submission.portal, submission.identifier, identifier, key, submission.person.civility,
           submission.person.first_names, submission.person.last_name, submission.email, submission.email_key,
           submission.language, submission.received_at);
    return AccountId(db.last_insert_id());
}

} // namespace

Result<Accepted, StoreError> SqliteStore::accept(const NewSubmission& submission) {
    return m_database.write([&](Connection& db) {
        if (auto before = replay_of(db, submission))
            return *before;

        const std::string number = next_number(db, submission.number_prefix, submission.year);
        const std::string receipt = submission.make_receipt(number);
        db.run("INSERT INTO envelopes (id, digest, device, portal, procedure, received_at, receipt)"
               " VALUES (?, ?, ?, ?, ?, ?, ?)",
               Blob{submission.envelope_id}, Blob{submission.digest}, Blob{submission.device}, submission.portal,
               static_cast<int>(submission.procedure), submission.received_at, receipt);

        const bool identifier_free = claim_identifier(db, submission);
        const AccountId account = insert_account(db, submission, identifier_free);
        db.run("INSERT INTO submissions (envelope_id, portal, revision, procedure, number, state, account_id, answers,"
               " language, filled_at, received_at, due_by) VALUES (?, ?, ?, ?, ?, 'received', ?, ?, ?, ?, ?, ?)",
               Blob{submission.envelope_id}, submission.portal, Blob{submission.revision},
               static_cast<int>(submission.procedure), number, account.number(), submission.answers,
               submission.language, submission.filled_at, submission.received_at, submission.due_by);
        db.run("INSERT INTO activation_tokens (account_id, key_hash, created_at) VALUES (?, ?, ?)", account.number(),
               Blob{submission.activation_key_hash}, submission.received_at);
        db.run("INSERT INTO password_jobs (account_id, envelope_id, sealed) VALUES (?, ?, ?)", account.number(),
               Blob{submission.envelope_id}, Blob{submission.sealed});
        queue_mail(db, submission.make_mail(account, !identifier_free), submission.received_at);
        return Accepted{Accepted::Kind::stored, receipt};
    });
}

Result<std::optional<StoredEnvelope>, StoreError> SqliteStore::find_envelope(const std::string& envelope_id) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT digest, device, receipt FROM envelopes WHERE id = ?",
            [](Row row) {
                return StoredEnvelope{row.text(0), row.text(1), row.text(2)};
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
