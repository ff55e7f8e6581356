#include "sqlite/audit_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/sqlite_store.h"

namespace foyer::server::sqlite {

using store::NewAuditLine;
using store::SessionOutcome;
using store::StaffChangeOutcome;
using store::StaffCredentials;
using store::StaffId;
using store::StaffMember;
using store::StaffRole;
using store::StaffSession;
using store::StaffToken;
using store::StaffTokenHolder;
using store::StaffTokenId;
using store::StoreError;
using store::TokenScope;

namespace {

// Macros, since a statement is known by the address of its text.
#define FOYER_STAFF_COLUMNS                                                                                            \
    "m.id, m.portal, m.email, m.name, m.role, m.services, m.disabled_at IS NOT NULL,"                                  \
    " m.password_good_until IS NOT NULL, m.totp_secret IS NOT NULL, m.created_at, m.last_login_at"
constexpr int STAFF_COLUMN_COUNT = 11;

#define FOYER_TOKEN_COLUMNS                                                                                            \
    "t.id, t.staff_id, t.name, t.scopes, t.created_at, t.expires_at, t.last_used_at, t.revoked_at"
constexpr int TOKEN_COLUMN_COUNT = 8;

std::optional<UnixSeconds> optional_instant(Row row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional<UnixSeconds>(row.integer(column));
}

StaffMember member_at(Row row, int first) {
    StaffMember member;
    member.id = StaffId(row.integer(first));
    member.portal = row.text(first + 1);
    member.email = row.text(first + 2);
    member.name = row.text(first + 3);
    // The column's own check lets no other text in.
    member.role = store::staff_role_from(row.text(first + 4)).value_or(StaffRole::agent);
    member.services = texts_from(row.text(first + 5));
    member.disabled = row.integer(first + 6) != 0;
    member.password_is_temporary = row.integer(first + 7) != 0;
    member.has_totp = row.integer(first + 8) != 0;
    member.created_at = row.integer(first + 9);
    member.last_login_at = optional_instant(row, first + 10);
    return member;
}

StaffMember member_from(Row row) { return member_at(row, 0); }

StaffCredentials credentials_from(Row row) {
    StaffCredentials credentials;
    credentials.member = member_from(row);
    credentials.password_hash = row.text(STAFF_COLUMN_COUNT);
    credentials.password_good_until = optional_instant(row, STAFF_COLUMN_COUNT + 1);
    credentials.totp_secret = row.text(STAFF_COLUMN_COUNT + 2);
    credentials.totp_proposed = row.text(STAFF_COLUMN_COUNT + 3);
    credentials.totp_last_step = row.integer(STAFF_COLUMN_COUNT + 4);
    return credentials;
}

StaffToken token_from(Row row) {
    StaffToken token;
    token.id = StaffTokenId(row.integer(0));
    token.staff = StaffId(row.integer(1));
    token.name = row.text(2);
    for (const std::string& text : texts_from(row.text(3)))
        if (const auto scope = store::token_scope_from(text))
            token.scopes.push_back(*scope);
    token.created_at = row.integer(4);
    token.expires_at = row.integer(5);
    token.last_used_at = optional_instant(row, 6);
    token.revoked_at = optional_instant(row, 7);
    return token;
}

std::vector<std::string> texts_of(const std::vector<TokenScope>& scopes) {
    std::vector<std::string> texts;
    for (const TokenScope scope : scopes)
        texts.emplace_back(store::name(scope));
    return texts;
}

std::optional<StaffMember> find_member(Connection& db, const std::string& portal, StaffId staff) {
    return db.first("SELECT " FOYER_STAFF_COLUMNS " FROM staff m WHERE m.id = ? AND m.portal = ?", member_from,
                    staff.number(), portal);
}

void end_sessions(Connection& db, StaffId staff) {
    db.run("DELETE FROM staff_sessions WHERE staff_id = ?", staff.number());
}

bool has_another_administrator(Connection& db, const std::string& portal, StaffId staff) {
    return db
        .first(
            "SELECT 1 FROM staff WHERE portal = ? AND id <> ? AND role = 'administrator'"
            " AND disabled_at IS NULL LIMIT 1",
            [](Row row) { return row.integer(0); }, portal, staff.number())
        .has_value();
}

} // namespace

Result<std::optional<StaffMember>, StoreError> SqliteStore::find_staff(const std::string& portal, StaffId staff) {
    return m_database.read([&](Connection& db) { return find_member(db, portal, staff); });
}

Result<std::optional<StaffMember>, StoreError> SqliteStore::find_staff(const std::string& portal,
                                                                       const std::string& email_key) {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT " FOYER_STAFF_COLUMNS " FROM staff m WHERE m.portal = ? AND m.email_key = ?",
                        member_from, portal, email_key);
    });
}

Result<std::vector<StaffMember>, StoreError> SqliteStore::staff_of(const std::string& portal) {
    return m_database.read([&](Connection& db) {
        std::vector<StaffMember> members;
        db.each(
            "SELECT " FOYER_STAFF_COLUMNS " FROM staff m WHERE m.portal = ? ORDER BY m.id",
            [&](Row row) { members.push_back(member_from(row)); }, portal);
        return members;
    });
}

Result<std::optional<StaffCredentials>, StoreError> SqliteStore::staff_credentials(const std::string& portal,
                                                                                   const std::string& email_key) {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT " FOYER_STAFF_COLUMNS
                        ", m.password_hash, m.password_good_until, m.totp_secret, m.totp_proposed, m.totp_last_step"
                        " FROM staff m WHERE m.portal = ? AND m.email_key = ?",
                        credentials_from, portal, email_key);
    });
}

Result<std::optional<StaffCredentials>, StoreError> SqliteStore::staff_credentials_of(StaffId staff) {
    return m_database.read([&](Connection& db) {
        return db.first("SELECT " FOYER_STAFF_COLUMNS
                        ", m.password_hash, m.password_good_until, m.totp_secret, m.totp_proposed, m.totp_last_step"
                        " FROM staff m WHERE m.id = ?",
                        credentials_from, staff.number());
    });
}

Result<std::optional<StaffId>, StoreError> SqliteStore::add_staff(const store::NewStaffMember& member,
                                                                  NewAuditLine line) {
    return m_database.write([&](Connection& db) -> std::optional<StaffId> {
        if (db.run("INSERT INTO staff (portal, email, email_key, name, role, services, password_hash,"
                   " password_good_until, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                   " ON CONFLICT (portal, email_key) DO NOTHING",
                   member.portal, member.email, member.email_key, member.name, store::name(member.role),
                   json_of(member.services), member.password_hash, member.password_good_until, member.now) == 0)
            return std::nullopt;
        const StaffId staff(db.last_insert_id());
        line.object = "staff:" + std::to_string(staff.number());
        append_audit(db, line);
        return staff;
    });
}

Result<StaffChangeOutcome, StoreError> SqliteStore::change_staff(const store::StaffChange& change,
                                                                 const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        const auto before = find_member(db, change.portal, change.staff);
        if (!before)
            return StaffChangeOutcome::unknown;
        const StaffRole role = change.role.value_or(before->role);
        const bool disabled = change.disabled.value_or(before->disabled);
        const bool was_one = before->role == StaffRole::administrator && !before->disabled;
        const bool is_one = role == StaffRole::administrator && !disabled;
        if (change.keeps_an_administrator && was_one && !is_one &&
            !has_another_administrator(db, change.portal, change.staff))
            return StaffChangeOutcome::last_administrator;
        const std::optional<std::int64_t> disabled_at = disabled ? std::optional(change.now) : std::nullopt;
        db.run("UPDATE staff SET name = ?, role = ?, services = ?,"
               " disabled_at = CASE WHEN ?4 IS NULL THEN NULL ELSE coalesce(disabled_at, ?4) END WHERE id = ?5",
               change.name.value_or(before->name), store::name(role),
               json_of(change.services.value_or(before->services)), disabled_at, change.staff.number());
        if (disabled)
            end_sessions(db, change.staff);
        append_audit(db, line);
        return StaffChangeOutcome::changed;
    });
}

Result<bool, StoreError> SqliteStore::reset_staff(const store::StaffReset& reset, const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        if (db.run("UPDATE staff SET password_hash = ?, password_good_until = ?, totp_secret = NULL,"
                   " totp_proposed = NULL WHERE id = ? AND portal = ?",
                   reset.password_hash, reset.password_good_until, reset.staff.number(), reset.portal) == 0)
            return false;
        end_sessions(db, reset.staff);
        append_audit(db, line);
        return true;
    });
}

Result<SessionOutcome, StoreError> SqliteStore::begin_staff_session(const store::NewStaffSession& session,
                                                                    const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        // Everything was looked at before the password was hashed, which takes a while.
        const auto last_step = db.first(
            "SELECT totp_last_step FROM staff WHERE id = ? AND disabled_at IS NULL AND password_hash = ?",
            [](Row row) { return row.integer(0); }, session.staff.number(), session.password_hash);
        if (!last_step)
            return SessionOutcome::gone;
        if (session.totp_step && *session.totp_step <= *last_step)
            return SessionOutcome::code_used;
        if (session.totp_step)
            db.run("UPDATE staff SET totp_last_step = ? WHERE id = ?", *session.totp_step, session.staff.number());
        db.run("UPDATE staff SET last_login_at = ? WHERE id = ?", session.now, session.staff.number());
        db.run("DELETE FROM staff_sessions WHERE token_hash = ? OR last_seen_at < ? OR created_at < ?",
               Blob{session.replaced_hash}, session.oldest_seen, session.oldest_created);
        db.run("INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at) VALUES (?, ?, ?, ?)",
               Blob{session.token_hash}, session.staff.number(), session.now, session.now);
        append_audit(db, line);
        return SessionOutcome::begun;
    });
}

Result<std::optional<StaffSession>, StoreError> SqliteStore::staff_session(const std::string& token_hash) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT " FOYER_STAFF_COLUMNS
            ", s.created_at, s.last_seen_at FROM staff_sessions s JOIN staff m ON m.id = s.staff_id"
            " WHERE s.token_hash = ?",
            [](Row row) {
                return StaffSession{member_from(row), row.integer(STAFF_COLUMN_COUNT),
                                    row.integer(STAFF_COLUMN_COUNT + 1)};
            },
            Blob{token_hash});
    });
}

Result<Done, StoreError> SqliteStore::staff_session_seen(const std::string& token_hash, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE staff_sessions SET last_seen_at = ?1 WHERE token_hash = ?2 AND last_seen_at < ?1", now,
               Blob{token_hash});
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::end_staff_session(const std::string& token_hash, const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        if (db.run("DELETE FROM staff_sessions WHERE token_hash = ?", Blob{token_hash}) > 0)
            append_audit(db, line);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::change_staff_password(const store::StaffPasswordChange& change,
                                                            const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE staff SET password_hash = ?, password_good_until = NULL WHERE id = ?", change.password_hash,
               change.staff.number());
        end_sessions(db, change.staff);
        db.run("INSERT INTO staff_sessions (token_hash, staff_id, created_at, last_seen_at) VALUES (?, ?, ?, ?)",
               Blob{change.token_hash}, change.staff.number(), change.now, change.now);
        append_audit(db, line);
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::propose_totp(StaffId staff, const std::string& sealed) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE staff SET totp_proposed = ? WHERE id = ?", Blob{sealed}, staff.number());
        return Done{};
    });
}

Result<bool, StoreError> SqliteStore::confirm_totp(StaffId staff, const std::string& sealed, std::int64_t step,
                                                   const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        if (db.run("UPDATE staff SET totp_secret = totp_proposed, totp_proposed = NULL, totp_last_step = ?"
                   " WHERE id = ? AND totp_proposed = ?",
                   step, staff.number(), Blob{sealed}) == 0)
            return false;
        append_audit(db, line);
        return true;
    });
}

Result<bool, StoreError> SqliteStore::remove_totp(StaffId staff, std::int64_t step, const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        if (db.run("UPDATE staff SET totp_secret = NULL, totp_last_step = ?1 WHERE id = ?2 AND totp_secret IS NOT NULL"
                   " AND totp_last_step < ?1",
                   step, staff.number()) == 0)
            return false;
        append_audit(db, line);
        return true;
    });
}

Result<StaffTokenId, StoreError> SqliteStore::add_staff_token(const store::NewStaffToken& token, NewAuditLine line) {
    return m_database.write([&](Connection& db) {
        db.run("INSERT INTO staff_tokens (portal, staff_id, name, key_hash, scopes, created_at, expires_at)"
               " VALUES (?, ?, ?, ?, ?, ?, ?)",
               token.portal, token.staff.number(), token.name, Blob{token.key_hash}, json_of(texts_of(token.scopes)),
               token.now, token.expires_at);
        const StaffTokenId made(db.last_insert_id());
        line.object = "token:" + std::to_string(made.number());
        append_audit(db, line);
        return made;
    });
}

Result<std::vector<StaffToken>, StoreError> SqliteStore::staff_tokens(const std::string& portal) {
    return m_database.read([&](Connection& db) {
        std::vector<StaffToken> tokens;
        db.each(
            "SELECT " FOYER_TOKEN_COLUMNS " FROM staff_tokens t WHERE t.portal = ? ORDER BY t.id",
            [&](Row row) { tokens.push_back(token_from(row)); }, portal);
        return tokens;
    });
}

Result<std::optional<StaffTokenHolder>, StoreError> SqliteStore::staff_token(const std::string& key_hash) {
    return m_database.read([&](Connection& db) {
        return db.first(
            "SELECT " FOYER_TOKEN_COLUMNS ", " FOYER_STAFF_COLUMNS
            " FROM staff_tokens t JOIN staff m ON m.id = t.staff_id WHERE t.key_hash = ?",
            [](Row row) {
                return StaffTokenHolder{token_from(row), member_at(row, TOKEN_COLUMN_COUNT)};
            },
            Blob{key_hash});
    });
}

Result<Done, StoreError> SqliteStore::staff_token_used(StaffTokenId token, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        db.run("UPDATE staff_tokens SET last_used_at = ? WHERE id = ?", now, token.number());
        return Done{};
    });
}

Result<bool, StoreError> SqliteStore::revoke_staff_token(const std::string& portal, StaffTokenId token, UnixSeconds now,
                                                         const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        if (db.run("UPDATE staff_tokens SET revoked_at = ? WHERE id = ? AND portal = ? AND revoked_at IS NULL", now,
                   token.number(), portal) == 0)
            return false;
        append_audit(db, line);
        return true;
    });
}

} // namespace foyer::server::sqlite
