#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::MailSummary;
using store::QueuedMail;
using store::StoreError;

namespace {

#define FOYER_MAIL_COLUMNS                                                                                             \
    "id, attempts, created_at, portal, kind, message_id, sender_name, sender, recipient, language, subject, text, "    \
    "html, link"

QueuedMail queued_mail(Row row) {
    return {row.integer(0),
            static_cast<int>(row.integer(1)),
            row.integer(2),
            {row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.text(8), row.text(9), row.text(10),
             row.text(11), row.text(12), row.text(13)}};
}

} // namespace

void queue_mail(Connection& db, const store::NewMail& mail, UnixSeconds now, const MailMatter& matter) {
    const std::optional<std::int64_t> account = matter.account ? std::optional(matter.account->number()) : std::nullopt;
    db.run("INSERT INTO mails (portal, kind, message_id, sender_name, sender, recipient, language, subject, text, html,"
           " link, state, due_at, created_at, account_id, submission_id)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)",
           mail.portal, mail.kind, mail.message_id, mail.sender_name, mail.sender, mail.recipient, mail.language,
           mail.subject, mail.text, mail.html, mail.link, now, now, account, matter.submission);
}

Result<std::vector<QueuedMail>, StoreError> SqliteStore::lease(int limit, UnixSeconds now, UnixSeconds lease_until) {
    return m_database.write([&](Connection& db) {
        std::vector<QueuedMail> mails;
        db.each(
            "SELECT " FOYER_MAIL_COLUMNS " FROM mails WHERE state = 'queued' AND due_at <= ? AND lease_until <= ?"
            " ORDER BY due_at, id LIMIT ?",
            [&](Row row) { mails.push_back(queued_mail(row)); }, now, now, limit);
        for (const QueuedMail& mail : mails)
            db.run("UPDATE mails SET lease_until = ?, attempts = attempts + 1 WHERE id = ?", lease_until, mail.id);
        return mails;
    });
}

Result<Done, StoreError> SqliteStore::end_leases() {
    return m_database.write([](Connection& db) {
        db.run("UPDATE mails SET lease_until = 0 WHERE state = 'queued' AND lease_until > 0");
        return Done{};
    });
}

Result<std::optional<UnixSeconds>, StoreError> SqliteStore::next_due() {
    return m_database.read([](Connection& db) {
        return db.first("SELECT max(due_at, lease_until) AS due FROM mails WHERE state = 'queued' ORDER BY due LIMIT 1",
                        [](Row row) { return row.integer(0); });
    });
}

Result<Done, StoreError> SqliteStore::mark_sent(std::int64_t mail, bool keep_text, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE mails SET state = 'sent', finished_at = ?, reason = NULL WHERE id = ? AND state = 'queued'", now,
               mail);
        if (!keep_text)
            db.run("UPDATE mails SET text = NULL, html = NULL, link = NULL WHERE id = ?", mail);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::retry_later(std::int64_t mail, UnixSeconds next_attempt,
                                                  const std::string& reason) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE mails SET due_at = ?, lease_until = 0, reason = ? WHERE id = ? AND state = 'queued'",
               next_attempt, reason, mail);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::mark_dead(std::int64_t mail, const std::string& reason, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE mails SET state = 'dead', finished_at = ?, reason = ?, text = NULL, html = NULL, link = NULL"
               " WHERE id = ? AND state = 'queued'",
               now, reason, mail);
        return Done{};
    });
}

Result<std::vector<MailSummary>, StoreError> SqliteStore::latest(int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<MailSummary> mails;
        db.each(
            "SELECT id, portal, kind, recipient, subject, state, link, created_at FROM mails ORDER BY id DESC"
            " LIMIT ?",
            [&](Row row) {
                mails.push_back({row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                                 row.text(6), row.integer(7)});
            },
            limit);
        return mails;
    });
}

Result<std::optional<QueuedMail>, StoreError> SqliteStore::find(std::int64_t mail) {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT " FOYER_MAIL_COLUMNS " FROM mails WHERE id = ?", queued_mail, mail);
    });
}

} // namespace foyer::server::sqlite
