#include "sqlite/account_rows.h"
#include "sqlite/audit_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

#include <algorithm>
#include <limits>

namespace foyer::server::sqlite {

using store::InviteOutcome;
using store::NewInvitation;
using store::NewKey;
using store::StoreError;

namespace {

void insert_key(Connection& db, const NewKey& key, std::optional<std::int64_t> inviter, const std::string& email) {
    db.run("UPDATE service_keys SET revoked_at = ? WHERE person_id = ? AND service = ? AND used_at IS NULL"
           " AND revoked_at IS NULL",
           key.issued_at, key.person.number(), key.service);
    db.run("INSERT INTO service_keys (portal, service, key_hash, household_id, person_id, invited_by, invited_email,"
           " issued_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
           key.portal, key.service, Blob{key.hash}, key.household.number(), key.person.number(), inviter, email,
           key.issued_at, key.expires_at);
}

// Whether the letter would be for somebody who can use it.
bool is_wanted(Connection& db, const NewKey& key) {
    const bool waits = db.first(
                             "SELECT 1 FROM household_people WHERE id = ? AND household_id = ? AND state = 'active'"
                             " AND kind = 'representative' AND account_id IS NULL",
                             [](Row row) { return row.integer(0); }, key.person.number(), key.household.number())
                           .has_value();
    return waits && !(key.spares_live_one &&
                      db.first(
                            "SELECT 1 FROM service_keys WHERE person_id = ? AND service = ? AND used_at IS NULL"
                            " AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)",
                            [](Row row) { return row.integer(0); }, key.person.number(), key.service, key.issued_at)
                          .has_value());
}

std::optional<std::int64_t> moment_at(Row row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

store::KeyRecord record_from(Row row, UnixSeconds now) {
    store::KeyRecord key;
    key.id = row.integer(0);
    key.service = row.text(1);
    key.household = store::HouseholdId(row.integer(2));
    key.family_id = row.text(3);
    key.person = store::PersonId(row.integer(4));
    key.first_names = row.text(5);
    key.last_name = row.text(6);
    key.issued_at = row.integer(7);
    key.expires_at = moment_at(row, 8);
    key.used_at = moment_at(row, 9);
    key.revoked_at = moment_at(row, 10);
    key.state = key.used_at                                ? store::KeyState::used
                : key.revoked_at                           ? store::KeyState::revoked
                : key.expires_at && *key.expires_at <= now ? store::KeyState::expired
                                                           : store::KeyState::live;
    return key;
}

bool is_among(const std::vector<std::string>& services, const std::string& service) {
    return services.empty() || std::find(services.begin(), services.end(), service) != services.end();
}

// Gives whether it could still be used until now.
bool revoke_one(Connection& db, const store::KeyRevocation& revocation, std::int64_t key) {
    const auto service = db.first(
        "SELECT service FROM service_keys WHERE id = ? AND portal = ?", [](Row row) { return row.text(0); }, key,
        revocation.portal);
    if (!service || *service == store::INVITATION || !is_among(revocation.services, *service))
        return false;
    return db.run("UPDATE service_keys SET revoked_at = ?1 WHERE id = ?2 AND used_at IS NULL AND revoked_at IS NULL"
                  " AND (expires_at IS NULL OR expires_at > ?1)",
                  revocation.now, key) > 0;
}

} // namespace

Result<std::vector<std::int64_t>, StoreError> SqliteStore::issue(const std::vector<NewKey>& keys,
                                                                 const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        std::vector<std::int64_t> ids;
        std::int64_t first = 0;
        std::int64_t count = 0;
        for (const NewKey& key : keys) {
            if (!is_wanted(db, key)) {
                ids.push_back(0);
                continue;
            }
            insert_key(db, key, std::nullopt, {});
            ids.push_back(db.last_insert_id());
            first = first == 0 ? ids.back() : first;
            ++count;
        }
        if (count > 0) {
            store::NewAuditLine told = line;
            told.details["keys"] = std::to_string(count);
            told.details["first_key"] = std::to_string(first);
            append_audit(db, told);
        }
        return ids;
    });
}

Result<std::vector<store::KeyRecord>, StoreError> SqliteStore::keys(const store::KeyQuestion& question) {
    return m_database.read([&](Connection& db) {
        std::vector<store::KeyRecord> found;
        std::int64_t before = question.before > 0 ? question.before : std::numeric_limits<std::int64_t>::max();
        const auto wanted = static_cast<std::size_t>(question.limit);
        const std::optional<std::int64_t> household =
            question.household ? std::optional(question.household->number()) : std::nullopt;
        // In portions, because what is asked for may be rare.
        constexpr int PORTION = 1000;
        for (int got = PORTION; got == PORTION && found.size() < wanted;) {
            got = 0;
            db.each(
                "SELECT k.id, k.service, k.household_id, h.family_id, k.person_id, p.first_names, p.last_name,"
                " k.issued_at, k.expires_at, k.used_at, k.revoked_at FROM service_keys k"
                " JOIN household_people p ON p.id = k.person_id JOIN households h ON h.id = k.household_id"
                " WHERE k.portal = ?1 AND k.id < ?2 AND k.service <> ?3 AND (?4 IS NULL OR k.household_id = ?4)"
                " ORDER BY k.id DESC LIMIT ?5",
                [&](Row row) {
                    ++got;
                    store::KeyRecord key = record_from(row, question.now);
                    before = key.id;
                    if (found.size() < wanted && is_among(question.services, key.service) &&
                        (!question.state || *question.state == key.state))
                        found.push_back(std::move(key));
                },
                question.portal, before, store::INVITATION, household, PORTION);
        }
        return found;
    });
}

Result<std::int64_t, StoreError> SqliteStore::revoke(const store::KeyRevocation& revocation,
                                                     const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        std::int64_t revoked = 0;
        for (const std::int64_t key : revocation.keys)
            revoked += revoke_one(db, revocation, key) ? 1 : 0;
        if (revocation.keys.empty() && revocation.service != store::INVITATION &&
            is_among(revocation.services, revocation.service))
            revoked = db.run("UPDATE service_keys SET revoked_at = ?1 WHERE portal = ?2 AND service = ?3"
                             " AND used_at IS NULL AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?1)",
                             revocation.now, revocation.portal, revocation.service);
        if (revoked > 0) {
            store::NewAuditLine told = line;
            told.details["keys"] = std::to_string(revoked);
            append_audit(db, told);
        }
        return revoked;
    });
}

Result<InviteOutcome, StoreError> SqliteStore::invite(const NewInvitation& invitation) {
    return m_database.write([&](Connection& db) {
        const NewKey& key = invitation.key;
        const auto own = household_of_account(db, invitation.inviter);
        const auto household = own ? find_household(db, *own) : std::nullopt;
        const store::HouseholdPerson* invited = nullptr;
        if (household)
            for (const store::HouseholdPerson& person : household->people)
                if (person.id == key.person && person.active && person.kind == store::PersonKind::representative)
                    invited = &person;
        if (!invited || household->id != key.household)
            return InviteOutcome::unknown_person;
        if (invited->account)
            return InviteOutcome::has_account;
        insert_key(db, key, invitation.inviter.number(), invitation.email);
        queue_mail(db, invitation.mail, key.issued_at);
        note_change(db, invitation.inviter);
        return InviteOutcome::invited;
    });
}

} // namespace foyer::server::sqlite
