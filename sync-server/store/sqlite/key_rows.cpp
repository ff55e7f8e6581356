#include "sqlite/key_rows.h"

#include "sqlite/account_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/submission_rows.h"

namespace foyer::server::sqlite {

using store::AccountId;
using store::HouseholdId;
using store::KeyEntry;
using store::PersonId;
using store::TypedKey;

namespace {

struct KeyRow {
    std::int64_t id = 0;
    HouseholdId household;
    PersonId person;
    std::optional<std::int64_t> expires_at;
    std::optional<std::int64_t> used_by;
    bool used = false;
    bool revoked = false;
};

std::optional<std::int64_t> optional_integer(Row row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

std::optional<KeyRow> find_key(Connection& db, const std::string& portal, const TypedKey& key) {
    return db.first(
        "SELECT id, household_id, person_id, expires_at, used_by, used_at IS NOT NULL, revoked_at IS NOT NULL"
        " FROM service_keys WHERE portal = ? AND service = ? AND key_hash = ?",
        [](Row row) {
            return KeyRow{row.integer(0),           HouseholdId(row.integer(1)), PersonId(row.integer(2)),
                          optional_integer(row, 3), optional_integer(row, 4),    row.integer(5) != 0,
                          row.integer(6) != 0};
        },
        portal, key.service, Blob{key.hash});
}

bool too_many_attempts(Connection& db, AccountId account, UnixSeconds now) {
    const auto bad = db.first(
        "SELECT count(*) FROM key_entries WHERE account_id = ? AND at > ? AND state = 'queued'",
        [](Row row) { return row.integer(0); }, account.number(), now - store::KEY_ATTEMPTS_WINDOW);
    return bad.value_or(0) >= store::KEY_ATTEMPTS_ALLOWED;
}

// Makes the representative the account's own person. What the account says of itself counts more than what was
// imported or declared by somebody else.
void link(Connection& db, const std::string& portal, AccountId account, const store::Household& household,
          store::HouseholdPerson person, std::int64_t submission, UnixSeconds now) {
    person.account = account;
    for (const auto& [key, value] : profile_of_account(db, account))
        person.answers[key] = value;
    store::HouseholdWrite write;
    write.household = household.id;
    write.people.push_back({std::move(person), false});
    write_household(db, portal, write, submission, now);
    note_household_change(db, household.id);
}

// Why the key opens nothing; empty when it does, and then the account is linked.
std::string try_key(Connection& db, const std::string& portal, AccountId account, std::int64_t submission,
                    const TypedKey& typed, UnixSeconds now) {
    if (typed.mistyped)
        return "mistyped";
    if (too_many_attempts(db, account, now))
        return "limited";
    const auto key = find_key(db, portal, typed);
    if (!key)
        return "wrong";
    // Typed again by whom it has let in: nothing new, and nothing wrong.
    if (key->used && key->used_by == account.number())
        return {};
    if (key->revoked)
        return "revoked";
    if (key->used)
        return "used";
    if (key->expires_at && *key->expires_at <= now)
        return "expired";
    auto household = find_household(db, key->household);
    if (!household)
        return "wrong";
    const store::HouseholdPerson* own = nullptr;
    const store::HouseholdPerson* meant = nullptr;
    for (const store::HouseholdPerson& person : household->people) {
        if (person.account == account)
            own = &person;
        if (person.id == key->person && person.active)
            meant = &person;
    }
    if (!meant)
        return "wrong";
    if (meant->account && meant->account != account)
        return "has_account";
    if (own != meant) {
        if (own || household_of_account(db, account))
            return "other_family";
        link(db, portal, account, *household, *meant, submission, now);
    }
    db.run("UPDATE service_keys SET used_at = ?, used_by = ? WHERE id = ?", now, account.number(), key->id);
    if (typed.service == store::INVITATION)
        note_household_change(db, household->id);
    return {};
}

KeyEntry entry_from(Row row) { return {row.text(0), row.text(1), row.text(2), row.integer(3)}; }

} // namespace

std::vector<store::Mark> use_keys(Connection& db, const std::string& portal, AccountId account, std::int64_t submission,
                                  const std::vector<TypedKey>& keys, UnixSeconds now) {
    std::vector<store::Mark> marks;
    for (const TypedKey& key : keys) {
        const std::string reason = try_key(db, portal, account, submission, key, now);
        const bool known = reason.empty();
        db.run("INSERT INTO key_entries (account_id, submission_id, service, state, reason, typed, at)"
               " VALUES (?, ?, ?, ?, ?, ?, ?)",
               account.number(), submission, key.service, known ? "known" : "queued", reason, known ? "" : key.typed,
               now);
        if (!known)
            marks.push_back({"key_" + reason, key.service == store::INVITATION ? std::string(store::INVITATION)
                                                                               : "service_key." + key.service});
        else
            add_message(db, account, {now, "key_known", {{"service", key.service}}, std::nullopt}, submission);
    }
    if (!keys.empty())
        note_change(db, account);
    return marks;
}

std::vector<KeyEntry> last_key_entries(Connection& db, AccountId account) {
    std::vector<KeyEntry> entries;
    db.each(
        "SELECT service, state, reason, at FROM key_entries WHERE id IN"
        " (SELECT max(id) FROM key_entries WHERE account_id = ? GROUP BY service) ORDER BY service",
        [&](Row row) { entries.push_back(entry_from(row)); }, account.number());
    return entries;
}

std::vector<KeyEntry> key_entries_of(Connection& db, std::int64_t submission) {
    std::vector<KeyEntry> entries;
    db.each(
        "SELECT service, state, reason, at FROM key_entries WHERE submission_id = ? ORDER BY id",
        [&](Row row) { entries.push_back(entry_from(row)); }, submission);
    return entries;
}

std::vector<store::Invitation> invitations_by(Connection& db, AccountId account, UnixSeconds now) {
    std::vector<store::Invitation> invitations;
    // The newest one of each person.
    db.each(
        "SELECT person_id, invited_email, used_at IS NOT NULL, revoked_at IS NOT NULL OR ifnull(expires_at <= ?1, 0)"
        " FROM service_keys WHERE id IN (SELECT max(id) FROM service_keys WHERE invited_by = ?2 GROUP BY person_id)"
        " ORDER BY person_id",
        [&](Row row) {
            const char* state = row.integer(2) != 0 ? "used" : row.integer(3) != 0 ? "expired" : "sent";
            invitations.push_back({PersonId(row.integer(0)), row.text(1), state});
        },
        now, account.number());
    return invitations;
}

} // namespace foyer::server::sqlite
