#include "sqlite/household_rows.h"

#include "sqlite/account_rows.h"
#include "sqlite/json_columns.h"
#include "store/person_key.h"

namespace foyer::server::sqlite {

using store::AccountId;
using store::Household;
using store::HouseholdId;
using store::HouseholdPerson;
using store::PersonId;
using store::PersonKind;

namespace {

PersonKind kind_from(const std::string& text) {
    return store::person_kind_from(text).value_or(PersonKind::contact); // the table's own check allows no other
}

std::optional<AccountId> account_at(Row row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(AccountId(row.integer(column)));
}

std::optional<std::int64_t> number_of(std::optional<AccountId> account) {
    return account ? std::optional(account->number()) : std::nullopt;
}

HouseholdPerson person_of(Row row) {
    HouseholdPerson person;
    person.id = PersonId(row.integer(0));
    person.kind = kind_from(row.text(1));
    person.answers = answers_from(row.text(2));
    person.account = account_at(row, 3);
    person.declared_by = account_at(row, 4);
    person.external_id = row.text(5);
    person.version = row.integer(6);
    person.active = row.text(7) == "active";
    return person;
}

void insert_person(Connection& db, HouseholdId household, const HouseholdPerson& person, UnixSeconds now) {
    const std::optional<std::string> external =
        person.external_id.empty() ? std::nullopt : std::optional(person.external_id);
    db.run(
        "INSERT INTO household_people (id, household_id, kind, answers, first_names, last_name, name_key, birth_date,"
        " account_id, declared_by, external_id, state, version, created_at, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
        person.id.number(), household.number(), store::name(person.kind), json_of(person.answers),
        store::answer_in(person.answers, "first_names"), store::last_name_of(person.answers),
        store::name_key_of(person.answers), store::birth_date_of(person.answers), number_of(person.account),
        number_of(person.declared_by), external, person.active ? "active" : "removed", now, now);
}

void update_person(Connection& db, HouseholdId household, const HouseholdPerson& person, UnixSeconds now) {
    const std::int64_t changed =
        db.run("UPDATE household_people SET kind = ?, answers = ?, first_names = ?, last_name = ?, name_key = ?,"
               " birth_date = ?, account_id = ?, declared_by = ?, state = ?, version = version + 1, changed_at = ?"
               " WHERE id = ? AND household_id = ?",
               store::name(person.kind), json_of(person.answers), store::answer_in(person.answers, "first_names"),
               store::last_name_of(person.answers), store::name_key_of(person.answers),
               store::birth_date_of(person.answers), number_of(person.account), number_of(person.declared_by),
               person.active ? "active" : "removed", now, person.id.number(), household.number());
    if (changed != 1)
        throw SqliteError(0, "a person to change is not of this household");
}

void keep_version(Connection& db, PersonId person, std::optional<std::int64_t> submission, UnixSeconds now) {
    db.run("INSERT INTO household_person_versions (person_id, version, kind, state, answers, at, submission_id)"
           " SELECT id, version, kind, state, answers, ?, ? FROM household_people WHERE id = ?",
           now, submission, person.number());
}

HouseholdId make_household(Connection& db, const std::string& portal, const std::string& family_id, UnixSeconds now) {
    const std::optional<std::string> family = family_id.empty() ? std::nullopt : std::optional(family_id);
    db.run("INSERT INTO households (portal, family_id, version, created_at, changed_at) VALUES (?, ?, 1, ?, ?)", portal,
           family, now, now);
    return HouseholdId(db.last_insert_id());
}

} // namespace

std::optional<Household> find_household(Connection& db, HouseholdId household) {
    auto found = db.first(
        "SELECT portal, family_id, version FROM households WHERE id = ?",
        [&](Row row) {
            Household made;
            made.id = household;
            made.portal = row.text(0);
            made.family_id = row.text(1);
            made.version = row.integer(2);
            return made;
        },
        household.number());
    if (found)
        db.each(
            "SELECT id, kind, answers, account_id, declared_by, external_id, version, state FROM household_people"
            " WHERE household_id = ? ORDER BY id",
            [&](Row row) { found->people.push_back(person_of(row)); }, household.number());
    return found;
}

std::optional<HouseholdId> household_of_account(Connection& db, AccountId account) {
    return db.first(
        "SELECT household_id FROM household_people WHERE account_id = ?",
        [](Row row) { return HouseholdId(row.integer(0)); }, account.number());
}

PersonId next_person(Connection& db) {
    const auto last = db.first("SELECT seq FROM sqlite_sequence WHERE name = 'household_people'",
                               [](Row row) { return row.integer(0); });
    return PersonId(last.value_or(0) + 1);
}

HouseholdId write_household(Connection& db, const std::string& portal, const store::HouseholdWrite& write,
                            std::optional<std::int64_t> submission, UnixSeconds now) {
    const HouseholdId household = write.household ? *write.household : make_household(db, portal, write.family_id, now);
    if (write.household)
        db.run("UPDATE households SET version = version + 1, changed_at = ? WHERE id = ?", now, household.number());
    for (const store::PersonWrite& one : write.people) {
        if (one.fresh)
            insert_person(db, household, one.person, now);
        else
            update_person(db, household, one.person, now);
        keep_version(db, one.person.id, submission, now);
    }
    for (const AccountId account : write.changed)
        note_change(db, account);
    return household;
}

void note_household_change(Connection& db, HouseholdId household) {
    std::vector<AccountId> accounts;
    db.each(
        "SELECT account_id FROM household_people WHERE household_id = ? AND account_id IS NOT NULL",
        [&](Row row) { accounts.push_back(AccountId(row.integer(0))); }, household.number());
    for (const AccountId account : accounts)
        note_change(db, account);
}

} // namespace foyer::server::sqlite
