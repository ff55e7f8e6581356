// What surrounds a request on an agent's desk: notes, who has it open, its mails, look-alikes.
#include "sqlite/account_rows.h"
#include "sqlite/audit_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/mail_rows.h"
#include "sqlite/queue_rows.h"
#include "sqlite/sqlite_store.h"
#include "sqlite/submission_rows.h"
#include "store/person_key.h"

#include <algorithm>

namespace foyer::server::sqlite {

using store::Account;
using store::AccountId;
using store::Answers;
using store::Colleague;
using store::LoggedMail;
using store::LookAlike;
using store::Note;
using store::StaffId;
using store::StoreError;

namespace {

// As many as two families that share something may be; what more people share tells nobody apart.
constexpr int MOST_MATCHES = 50;

std::vector<Colleague> viewers_in(Connection& db, std::int64_t submission, UnixSeconds seen_since) {
    std::vector<Colleague> viewers;
    db.each(
        "SELECT staff_id, staff_name FROM submission_viewers WHERE submission_id = ? AND seen_at >= ?"
        " ORDER BY staff_name, staff_id",
        [&](Row row) {
            viewers.push_back({StaffId(row.integer(0)), row.text(1)});
        },
        submission, seen_since);
    return viewers;
}

#define FOYER_LOGGED_MAIL                                                                                              \
    "SELECT m.id, m.kind, m.recipient, m.subject, m.state, m.attempts, m.reason, m.created_at, m.finished_at,"         \
    " m.account_id, s.number, s.state,"                                                                                \
    " (SELECT e.note FROM submission_events e WHERE e.submission_id = s.id ORDER BY e.id DESC LIMIT 1), s.procedure,"  \
    " s.service"                                                                                                       \
    " FROM mails m LEFT JOIN submissions s ON s.id = m.submission_id"

LoggedMail logged_mail_from(Row row) {
    LoggedMail mail;
    mail.id = row.integer(0);
    mail.kind = row.text(1);
    mail.recipient = row.text(2);
    mail.subject = row.text(3);
    mail.state = row.text(4);
    mail.attempts = static_cast<int>(row.integer(5));
    mail.reason = row.text(6);
    mail.created_at = row.integer(7);
    if (!row.is_null(8))
        mail.finished_at = row.integer(8);
    if (!row.is_null(9))
        mail.account = AccountId(row.integer(9));
    mail.submission = row.optional_text(10);
    mail.submission_state = row.text(11);
    mail.submission_note = row.text(12);
    if (!row.is_null(13))
        mail.procedure = static_cast<std::uint16_t>(row.integer(13));
    mail.service = row.optional_text(14).value_or("");
    return mail;
}

// Collects who looks alike, one entry per account or per family.
class LookingAlike {
public:
    LookingAlike(Connection& db, const store::SubmissionRecord& submission) : m_db(db), m_submission(submission) {}

    std::vector<LookAlike> all(int limit) {
        m_own = profile_of_account(m_db, m_submission.account.id);
        accounts();
        families();
        if (static_cast<int>(m_found.size()) > limit)
            m_found.resize(static_cast<std::size_t>(limit));
        return std::move(m_found);
    }

private:
    void accounts() {
        struct Match {
            AccountId account;
            std::string kind;
            std::string key;
            std::string number;
        };
        std::vector<Match> matches;
        m_db.each(
            LOOK_ALIKE_ACCOUNTS,
            [&](Row row) {
                matches.push_back({AccountId(row.integer(0)), row.text(1), row.text(2), row.text(3)});
            },
            m_submission.id, m_submission.account.id.number(), MOST_MATCHES);
        const std::string own_key = person_key_of(m_own);
        for (const Match& match : matches) {
            const auto account = find_account(m_db, match.account);
            if (!account || is_merged(match.account))
                continue;
            LookAlike& one = of_account(*account, match.number);
            add_reason(one, match.kind == KEY_EMAIL                                         ? "same_email"
                            : match.kind == KEY_PHONE                                       ? "same_phone"
                            : match.key == own_key && person_key_of(one.answers) == own_key ? "same_person"
                                                                                            : "same_family_member");
        }
    }

    bool is_merged(AccountId account) {
        return m_db
            .first(
                "SELECT 1 FROM accounts WHERE id = ? AND merged_into IS NOT NULL", [](Row) { return true; },
                account.number())
            .value_or(false);
    }

    LookAlike& of_account(const Account& account, const std::string& number) {
        for (LookAlike& one : m_found)
            if (one.account == account.reference)
                return one;
        LookAlike one;
        one.account = account.reference;
        one.number = number;
        one.answers = profile_of_account(m_db, account.id);
        one.email = account.email;
        one.since = m_db.first(
                            "SELECT created_at FROM accounts WHERE id = ?", [](Row row) { return row.integer(0); },
                            account.id.number())
                        .value_or(0);
        m_found.push_back(std::move(one));
        return m_found.back();
    }

    // People the town knows who are nobody's account yet: imported, or declared by somebody else.
    void families() {
        const auto own = household_of_account(m_db, m_submission.account.id);
        std::vector<PersonInAnswers> people = people_in(m_submission.answers);
        people.push_back({"", m_own});
        for (const PersonInAnswers& person : people) {
            const std::string name = store::name_key_of(person.answers);
            const std::string birth_date = store::birth_date_of(person.answers);
            if (name.empty() || birth_date.empty())
                continue;
            m_db.each(
                LOOK_ALIKE_PEOPLE,
                [&](Row row) {
                    if (row.integer(4) == 0)
                        return; // somebody else's word, and that account was found above
                    LookAlike& one = of_family(row.integer(1), row.text(2), row.integer(3));
                    if (one.answers.empty())
                        one.answers = answers_from(row.text(0));
                    add_reason(one, "imported_person");
                },
                name, birth_date, m_submission.portal, own ? own->number() : std::int64_t{0});
        }
    }

    LookAlike& of_family(std::int64_t household, const std::string& family_id, UnixSeconds since) {
        const std::string name = family_id.empty() ? "household " + std::to_string(household) : family_id;
        for (LookAlike& one : m_found)
            if (one.account.empty() && one.family_id == name)
                return one;
        LookAlike one;
        one.family_id = name;
        one.since = since;
        m_found.push_back(std::move(one));
        return m_found.back();
    }

    static void add_reason(LookAlike& one, const char* reason) {
        if (std::find(one.reasons.begin(), one.reasons.end(), reason) == one.reasons.end())
            one.reasons.emplace_back(reason);
    }

    Connection& m_db;
    const store::SubmissionRecord& m_submission;
    Answers m_own;
    std::vector<LookAlike> m_found;
};

} // namespace

Result<Done, StoreError> SqliteStore::add_note(std::int64_t submission, const Note& note,
                                               const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        db.run("INSERT INTO submission_notes (submission_id, at, staff_id, staff_name, text) VALUES (?, ?, ?, ?, ?)",
               submission, note.at, note.by.id.number(), note.by.name, note.text);
        append_audit(db, line);
        return Done{};
    });
}

Result<std::vector<Note>, StoreError> SqliteStore::notes_of(std::int64_t submission) {
    return m_database.read([&](Connection& db) {
        std::vector<Note> notes;
        db.each(
            "SELECT at, staff_id, staff_name, text FROM submission_notes WHERE submission_id = ? ORDER BY id",
            [&](Row row) {
                notes.push_back({row.integer(0), {StaffId(row.integer(1)), row.text(2)}, row.text(3)});
            },
            submission);
        return notes;
    });
}

Result<std::vector<Colleague>, StoreError> SqliteStore::note_viewer(std::int64_t submission, const Colleague& viewer,
                                                                    UnixSeconds now, UnixSeconds seen_since) {
    return m_database.write([&](Connection& db) {
        db.run("DELETE FROM submission_viewers WHERE submission_id = ? AND seen_at < ?", submission, seen_since);
        db.run("INSERT INTO submission_viewers (submission_id, staff_id, staff_name, seen_at) VALUES (?, ?, ?, ?)"
               " ON CONFLICT (submission_id, staff_id) DO UPDATE SET staff_name = excluded.staff_name,"
               " seen_at = excluded.seen_at",
               submission, viewer.id.number(), viewer.name, now);
        return viewers_in(db, submission, seen_since);
    });
}

Result<std::vector<Colleague>, StoreError> SqliteStore::viewers_of(std::int64_t submission, UnixSeconds seen_since) {
    return m_database.read([&](Connection& db) { return viewers_in(db, submission, seen_since); });
}

Result<std::vector<LoggedMail>, StoreError> SqliteStore::mail_log(const std::string& portal, const std::string& state,
                                                                  const std::string& recipient, std::int64_t before,
                                                                  int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<LoggedMail> mails;
        const auto add = [&](Row row) { mails.push_back(logged_mail_from(row)); };
        const std::int64_t below = before > 0 ? before : INT64_MAX;
        if (!recipient.empty())
            db.each(FOYER_LOGGED_MAIL " WHERE m.portal = ? AND m.recipient = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?",
                    add, portal, recipient, below, limit);
        else if (!state.empty())
            db.each(FOYER_LOGGED_MAIL " WHERE m.portal = ? AND m.state = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?",
                    add, portal, state, below, limit);
        else
            db.each(FOYER_LOGGED_MAIL " WHERE m.portal = ? AND m.id < ? ORDER BY m.id DESC LIMIT ?", add, portal, below,
                    limit);
        return mails;
    });
}

Result<std::optional<LoggedMail>, StoreError> SqliteStore::logged_mail(const std::string& portal, std::int64_t mail) {
    return m_database.read([&](Connection& db) {
        return db.first(FOYER_LOGGED_MAIL " WHERE m.portal = ? AND m.id = ?", logged_mail_from, portal, mail);
    });
}

Result<Done, StoreError> SqliteStore::hurry_mail(std::int64_t mail, UnixSeconds now, const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE mails SET due_at = ? WHERE id = ? AND state = 'queued'", now, mail);
        append_audit(db, line);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::send_again(const store::NewMail& mail, AccountId account,
                                                 const std::string& submission_number, UnixSeconds now,
                                                 const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        const auto submission = db.first(
            "SELECT id FROM submissions WHERE number = ?", [](Row row) { return row.integer(0); }, submission_number);
        queue_mail(db, mail, now, {account, submission});
        append_audit(db, line);
        return Done{};
    });
}

Result<std::vector<LookAlike>, StoreError> SqliteStore::look_alikes(const store::SubmissionRecord& submission,
                                                                    int limit) {
    return m_database.read([&](Connection& db) { return LookingAlike(db, submission).all(limit); });
}

Result<std::optional<Account>, StoreError> SqliteStore::account_by_reference(const std::string& portal,
                                                                             const std::string& reference) {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.reference = ? AND a.portal = ?",
                        account_of, reference, portal);
    });
}

Result<Answers, StoreError> SqliteStore::profile_before(AccountId account, std::int64_t submission) {
    return m_database.read([&](Connection& db) {
        return db
            .first(
                "SELECT answers FROM account_versions WHERE account_id = ?1 AND version < ifnull("
                " (SELECT min(version) FROM account_versions WHERE account_id = ?1 AND submission_id = ?2),"
                " 9223372036854775807) ORDER BY version DESC LIMIT 1",
                [](Row row) { return answers_from(row.text(0)); }, account.number(), submission)
            .value_or(Answers());
    });
}

} // namespace foyer::server::sqlite
