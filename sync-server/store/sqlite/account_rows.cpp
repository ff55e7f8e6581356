#include "sqlite/account_rows.h"

#include "sqlite/household_rows.h"
#include "sqlite/json_columns.h"

#include <openssl/crypto.h>

namespace foyer::server::sqlite {

using store::Account;
using store::AccountId;
using store::AccountState;
using store::Answers;

AccountState account_state_from(const std::string& text) {
    return text == "active" ? AccountState::active : AccountState::pending;
}

Account account_of(Row row) {
    Account account;
    account.id = AccountId(row.integer(0));
    account.portal = row.text(1);
    account.state = account_state_from(row.text(2));
    account.wanted_identifier = row.text(3);
    account.identifier = row.optional_text(4);
    account.person = {row.text(5), row.text(6), row.text(7)};
    account.email = row.text(8);
    account.language = row.text(9);
    account.has_password = row.integer(10) != 0;
    account.reference = row.text(11);
    return account;
}

std::optional<Account> find_account(Connection& db, AccountId account) {
    return db.first("SELECT " FOYER_ACCOUNT_COLUMNS " FROM accounts a WHERE a.id = ?", account_of, account.number());
}

void note_change(Connection& db, AccountId account) {
    // One row an account: only the newest change counts, and the table stays as small as the town.
    db.run("DELETE FROM account_changes WHERE account_id = ?", account.number());
    db.run("INSERT INTO account_changes (account_id) VALUES (?)", account.number());
}

Answers profile_of_account(Connection& db, AccountId account) {
    return db
        .first(
            "SELECT answers FROM account_versions WHERE account_id = ? ORDER BY version DESC LIMIT 1",
            [](Row row) { return answers_from(row.text(0)); }, account.number())
        .value_or(Answers());
}

namespace {

// What a household knows of a representative comes from the person's own profile; what only an entourage says (the link
// to the children) stays.
void update_own_person(Connection& db, AccountId account, const Answers& before, const Answers& after,
                       std::optional<std::int64_t> submission, UnixSeconds now) {
    const auto household_id = household_of_account(db, account);
    if (!household_id)
        return;
    auto household = find_household(db, *household_id);
    if (!household)
        return;
    for (store::HouseholdPerson& person : household->people) {
        if (person.account != account)
            continue;
        for (const auto& [key, value] : before)
            person.answers.erase(key);
        for (const auto& [key, value] : after)
            person.answers[key] = value;
        store::HouseholdWrite write;
        write.household = *household_id;
        write.people.push_back({std::move(person), false});
        write_household(db, household->portal, write, submission, now);
        break;
    }
    note_household_change(db, *household_id);
}

} // namespace

void write_profile(Connection& db, AccountId account, const Answers& profile,
                   const std::optional<store::Person>& person, std::optional<std::int64_t> submission,
                   UnixSeconds now) {
    const Answers before = profile_of_account(db, account);
    db.run("INSERT INTO account_versions (account_id, version, answers, at, submission_id)"
           " SELECT ?1, ifnull(max(version), 0) + 1, ?2, ?3, ?4 FROM account_versions WHERE account_id = ?1",
           account.number(), json_of(profile), now, submission);
    if (person)
        db.run("UPDATE accounts SET civility = ?, first_names = ?, last_name = ? WHERE id = ?", person->civility,
               person->first_names, person->last_name, account.number());
    update_own_person(db, account, before, profile, submission, now);
    note_change(db, account);
}

std::vector<store::Device> devices_in(Connection& db, AccountId account) {
    std::vector<store::Device> devices;
    db.each(
        "SELECT thumbprint, label, bound_at, last_seen_at FROM devices WHERE account_id = ?"
        " ORDER BY last_seen_at DESC, thumbprint",
        [&](Row row) {
            devices.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3)});
        },
        account.number());
    return devices;
}

bool same_bytes(const std::string& a, const std::string& b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace foyer::server::sqlite
