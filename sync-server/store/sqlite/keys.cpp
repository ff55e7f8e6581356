#include "sqlite/account_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/mail_rows.h"
#include "sqlite/sqlite_store.h"

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

} // namespace

Result<Done, StoreError> SqliteStore::issue(const std::vector<NewKey>& keys) {
    return m_database.write([&](Connection& db) {
        for (const NewKey& key : keys)
            insert_key(db, key, std::nullopt, {});
        return Done{};
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
