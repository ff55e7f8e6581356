// Two accounts, or only their families, made one; and the way back. A merge is the list of the values it changed.
// What merges: docs/staff-queue.md, “Merging two accounts”.
#include "sqlite/account_rows.h"
#include "sqlite/audit_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/sqlite_store.h"
#include "store/person_key.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace foyer::server::sqlite {

using store::AccountId;
using store::Answers;
using store::Colleague;
using store::HouseholdId;
using store::HouseholdPerson;
using store::Merge;
using store::Merged;
using store::MergeOutcome;
using store::NewMerge;
using store::StoreError;

namespace {

using Value = std::optional<std::string>; // as text; nothing: NULL

// The values a merge may change. Its journal names them by `place`.
struct Column {
    const char* place;
    const char* read;
    const char* write;
};
#define FOYER_NUMBER_COLUMN(place, table, column)                                                                      \
    Column {                                                                                                           \
        place, "SELECT CAST(" column " AS TEXT) FROM " table " WHERE id = ?",                                          \
            "UPDATE " table " SET " column " = CAST(?2 AS INTEGER) WHERE id = ?1"                                      \
    }
#define FOYER_TEXT_COLUMN(place, table, column)                                                                        \
    Column {                                                                                                           \
        place, "SELECT " column " FROM " table " WHERE id = ?", "UPDATE " table " SET " column " = ?2 WHERE id = ?1"   \
    }

constexpr std::array COLUMNS = {
    FOYER_NUMBER_COLUMN("submission.account", "submissions", "account_id"),
    FOYER_NUMBER_COLUMN("submission.household", "submissions", "household_id"),
    FOYER_NUMBER_COLUMN("message.account", "messages", "account_id"),
    FOYER_NUMBER_COLUMN("key_entry.account", "key_entries", "account_id"),
    FOYER_NUMBER_COLUMN("key.household", "service_keys", "household_id"),
    FOYER_NUMBER_COLUMN("key.person", "service_keys", "person_id"),
    FOYER_NUMBER_COLUMN("key.used_by", "service_keys", "used_by"),
    FOYER_NUMBER_COLUMN("key.invited_by", "service_keys", "invited_by"),
    FOYER_NUMBER_COLUMN("person.household", "household_people", "household_id"),
    FOYER_NUMBER_COLUMN("person.account", "household_people", "account_id"),
    FOYER_NUMBER_COLUMN("person.declared_by", "household_people", "declared_by"),
    FOYER_TEXT_COLUMN("person.state", "household_people", "state"),
    FOYER_TEXT_COLUMN("person.answers", "household_people", "answers"),
    FOYER_TEXT_COLUMN("person.external_id", "household_people", "external_id"),
    FOYER_NUMBER_COLUMN("account.merged_into", "accounts", "merged_into"),
};

const Column& column_at(std::string_view place) {
    for (const Column& column : COLUMNS)
        if (place == column.place)
            return column;
    throw SqliteError(0, "a merge names a place that there is not");
}

Value value_at(Connection& db, const Column& column, std::int64_t row) {
    return db
        .first(
            column.read, [](Row found) { return found.optional_text(0); }, row)
        .value_or(std::nullopt);
}

std::vector<std::int64_t> rows_of(Connection& db, const char* sql, std::int64_t value) {
    std::vector<std::int64_t> rows;
    db.each(
        sql, [&](Row row) { rows.push_back(row.integer(0)); }, value);
    return rows;
}

// A new version of a person beside the old ones, whatever has been changed of it.
void keep_versions(Connection& db, const std::set<std::int64_t>& people, UnixSeconds now) {
    for (const std::int64_t person : people) {
        db.run("UPDATE household_people SET version = version + 1, changed_at = ? WHERE id = ?", now, person);
        db.run("INSERT INTO household_person_versions (person_id, version, kind, state, answers, at, submission_id)"
               " SELECT id, version, kind, state, answers, ?, NULL FROM household_people WHERE id = ?",
               now, person);
    }
}

void touch_household(Connection& db, HouseholdId household, UnixSeconds now) {
    db.run("UPDATE households SET version = version + 1, changed_at = ? WHERE id = ?", now, household.number());
    note_household_change(db, household);
}

// "k12" in the place of "k7", wherever people name one another.
Answers with_other_reference(const Answers& answers, const std::map<std::string, std::string>& replaced) {
    Answers made;
    for (const auto& [key, value] : answers) {
        const std::size_t dot = key.rfind('.');
        const auto by_key = dot == std::string::npos ? replaced.end() : replaced.find(key.substr(dot + 1));
        const auto by_value = key == "living_with" ? replaced.find(value) : replaced.end();
        made[by_key == replaced.end() ? key : key.substr(0, dot + 1) + by_key->second] =
            by_value == replaced.end() ? value : by_value->second;
    }
    return made;
}

bool names_any(const Answers& answers, const std::set<std::string>& references) {
    return std::any_of(answers.begin(), answers.end(), [&](const auto& answer) {
        const std::size_t dot = answer.first.rfind('.');
        return (dot != std::string::npos && references.count(answer.first.substr(dot + 1)) != 0) ||
               (answer.first == "living_with" && references.count(answer.second) != 0);
    });
}

std::string reference_of(store::PersonId person) { return "k" + std::to_string(person.number()); }

// An imported id alone tells nothing: it is unique in its family only, and half of all families have a person "1".
bool is_same(const HouseholdPerson& a, const HouseholdPerson& b) {
    if (a.kind != b.kind || !a.active || !b.active || store::name_key_of(a.answers) != store::name_key_of(b.answers))
        return false;
    if (!a.external_id.empty() && a.external_id == b.external_id)
        return true;
    const std::string birth_date = store::birth_date_of(a.answers);
    const std::string phone = store::answer_in(a.answers, "contact_phone");
    return birth_date.empty() ? !phone.empty() && phone == store::answer_in(b.answers, "contact_phone")
                              : birth_date == store::birth_date_of(b.answers);
}

class Merging {
public:
    Merging(Connection& db, std::int64_t merge, const NewMerge& asked, AccountId kept, AccountId other)
        : m_db(db), m_merge(merge), m_asked(asked), m_kept(kept), m_other(other) {}

    void work() {
        const auto kept_household = household_of_account(m_db, m_kept);
        const auto other_household = household_of_account(m_db, m_other);
        if (other_household && (!kept_household || kept_household == other_household))
            same_household(*other_household, kept_household.has_value());
        else if (kept_household && other_household)
            two_households(*kept_household, *other_household);
        if (m_asked.accounts_too)
            accounts();
        keep_versions(m_db, m_people, m_asked.now);
        for (const auto& household : {kept_household, other_household})
            if (household)
                touch_household(m_db, *household, m_asked.now);
        note_change(m_db, m_kept);
        note_change(m_db, m_other);
    }

private:
    void change(const char* place, std::int64_t row, const Value& after) {
        const Column& column = column_at(place);
        const Value before = value_at(m_db, column, row);
        if (before == after)
            return;
        m_db.run(column.write, row, after);
        m_db.run("INSERT INTO merge_changes (merge_id, seq, place, row_id, before, after) VALUES (?, ?, ?, ?, ?, ?)",
                 m_merge, ++m_seq, place, row, before, after);
        if (std::string_view(place).rfind("person.", 0) == 0)
            m_people.insert(row);
    }
    static Value text(std::int64_t number) { return std::to_string(number); }

    // Only one household is there, or both are the same one: the other account's own person becomes the kept one's, or
    // gives way to it.
    void same_household(HouseholdId household, bool kept_has_person) {
        if (!m_asked.accounts_too)
            return;
        const auto family = find_household(m_db, household);
        const HouseholdPerson* kept = nullptr;
        const HouseholdPerson* other = nullptr;
        for (const HouseholdPerson& person : family->people) {
            if (person.account == m_kept)
                kept = &person;
            if (person.account == m_other)
                other = &person;
        }
        if (!other || (kept_has_person && !kept))
            throw SqliteError(0, "an account's own person is not where it is said to be");
        change("person.account", other->id.number(), std::nullopt);
        if (!kept) {
            change("person.account", other->id.number(), text(m_kept.number()));
            return;
        }
        give_way(*other, *kept);
        for (const HouseholdPerson& person : family->people)
            rewrite(person);
    }

    // Everybody of the other household moves, but for those whom the kept one has already.
    void two_households(HouseholdId kept, HouseholdId other) {
        const auto family = find_household(m_db, kept);
        const auto moving = find_household(m_db, other);
        for (const HouseholdPerson& person : moving->people) {
            const bool own = person.account == m_other && m_asked.accounts_too;
            if (own)
                change("person.account", person.id.number(), std::nullopt);
            const HouseholdPerson* there = nullptr;
            for (const HouseholdPerson& one : family->people)
                if (own ? one.account == m_kept : is_same(one, person) && !(one.account && person.account))
                    there = there ? there : &one;
            if (there)
                give_way(person, *there);
        }
        std::set<std::string> taken;
        for (const HouseholdPerson& person : family->people)
            taken.insert(person.external_id);
        for (const HouseholdPerson& person : moving->people) {
            if (m_replaced.count(reference_of(person.id)) != 0)
                continue;
            // Two families may each have a person "1": the one who was there first keeps the id.
            if (!person.external_id.empty() && taken.count(person.external_id) != 0)
                change("person.external_id", person.id.number(), std::nullopt);
            change("person.household", person.id.number(), text(kept.number()));
        }
        for (const HouseholdPerson& person : moving->people)
            rewrite(person);
        for (const std::int64_t key :
             rows_of(m_db, "SELECT id FROM service_keys WHERE household_id = ?", other.number()))
            change("key.household", key, text(kept.number()));
        for (const std::int64_t submission :
             rows_of(m_db, "SELECT id FROM submissions WHERE household_id = ?", other.number()))
            change("submission.household", submission, text(kept.number()));
    }

    void give_way(const HouseholdPerson& person, const HouseholdPerson& there) {
        // An account that is not merged keeps its person: the one there takes it over.
        if (person.account && (!m_asked.accounts_too || person.account != m_other)) {
            change("person.account", person.id.number(), std::nullopt);
            change("person.account", there.id.number(), text(person.account->number()));
        }
        change("person.state", person.id.number(), "removed");
        m_replaced[reference_of(person.id)] = reference_of(there.id);
        for (const std::int64_t key :
             rows_of(m_db, "SELECT id FROM service_keys WHERE person_id = ?", person.id.number()))
            change("key.person", key, text(there.id.number()));
    }

    void rewrite(const HouseholdPerson& person) {
        if (m_replaced.empty() || !person.active || m_replaced.count(reference_of(person.id)) != 0)
            return;
        const Answers after = with_other_reference(person.answers, m_replaced);
        if (after != person.answers)
            change("person.answers", person.id.number(), json_of(after));
    }

    void accounts() {
        struct Belonging {
            const char* place;
            const char* rows;
        };
        constexpr std::array BELONGINGS = {
            Belonging{"submission.account", "SELECT id FROM submissions WHERE account_id = ?"},
            Belonging{"message.account", "SELECT id FROM messages WHERE account_id = ?"},
            Belonging{"key_entry.account", "SELECT id FROM key_entries WHERE account_id = ?"},
            Belonging{"key.used_by", "SELECT id FROM service_keys WHERE used_by = ?"},
            Belonging{"key.invited_by", "SELECT id FROM service_keys WHERE invited_by = ?"},
            Belonging{"person.declared_by", "SELECT id FROM household_people WHERE declared_by = ?"},
        };
        for (const Belonging& belonging : BELONGINGS)
            for (const std::int64_t row : rows_of(m_db, belonging.rows, m_other.number()))
                change(belonging.place, row, text(m_kept.number()));
        change("account.merged_into", m_other.number(), text(m_kept.number()));
    }

    Connection& m_db;
    std::int64_t m_merge;
    const NewMerge& m_asked;
    AccountId m_kept;
    AccountId m_other;
    std::int64_t m_seq = 0;
    std::set<std::int64_t> m_people;
    std::map<std::string, std::string> m_replaced; // reference of who gave way -> of who stays
};

struct Change {
    std::string place;
    std::int64_t row = 0;
    Value before;
    Value after;
};

std::vector<Change> changes_of(Connection& db, std::int64_t merge) {
    std::vector<Change> changes;
    db.each(
        "SELECT place, row_id, before, after FROM merge_changes WHERE merge_id = ? ORDER BY seq DESC",
        [&](Row row) {
            changes.push_back({row.text(0), row.integer(1), row.optional_text(2), row.optional_text(3)});
        },
        merge);
    return changes;
}

// Somebody who came into the kept household since and names a person who would leave it again.
bool somebody_would_miss(Connection& db, const std::vector<Change>& changes) {
    std::set<std::string> leaving;
    std::set<std::int64_t> touched;
    std::set<std::int64_t> households;
    for (const Change& change : changes) {
        if (change.place.rfind("person.", 0) == 0)
            touched.insert(change.row);
        if (change.place == "person.household" && change.after) {
            leaving.insert("k" + std::to_string(change.row));
            households.insert(std::stoll(*change.after));
        }
    }
    for (const std::int64_t id : households) {
        const auto household = find_household(db, HouseholdId(id));
        if (household &&
            std::any_of(household->people.begin(), household->people.end(), [&](const HouseholdPerson& person) {
                return person.active && touched.count(person.id.number()) == 0 && names_any(person.answers, leaving);
            }))
            return true;
    }
    return false;
}

struct AccountRow {
    AccountId id;
    bool merged = false;
};

std::optional<AccountRow> account_named(Connection& db, const std::string& portal, const std::string& reference) {
    return db.first(
        "SELECT id, merged_into IS NOT NULL FROM accounts WHERE reference = ? AND portal = ?",
        [](Row row) {
            return AccountRow{AccountId(row.integer(0)), row.integer(1) != 0};
        },
        reference, portal);
}

} // namespace

Result<Merged, StoreError> SqliteStore::merge(const NewMerge& asked) {
    return m_database.write([&](Connection& db) {
        const auto kept = account_named(db, asked.portal, asked.kept);
        const auto other = account_named(db, asked.portal, asked.other);
        if (!kept || !other)
            return Merged{MergeOutcome::unknown, 0, {}};
        if (kept->id == other->id)
            return Merged{MergeOutcome::same, 0, {}};
        if (kept->merged || other->merged)
            return Merged{MergeOutcome::merged_already, 0, {}};
        if (!asked.accounts_too) {
            const auto one = household_of_account(db, kept->id);
            const auto two = household_of_account(db, other->id);
            if (!one || !two || one == two)
                return Merged{MergeOutcome::nothing, 0, {}};
        }
        db.run("INSERT INTO merges (portal, kept_account, other_account, accounts_too, at, staff_id, staff_name)"
               " VALUES (?, ?, ?, ?, ?, ?, ?)",
               asked.portal, kept->id.number(), other->id.number(), asked.accounts_too ? 1 : 0, asked.now,
               asked.by.id.number(), asked.by.name);
        const std::int64_t merge = db.last_insert_id();
        Merging(db, merge, asked, kept->id, other->id).work();
        store::NewAuditLine line = asked.line;
        line.object = "merge:" + std::to_string(merge);
        append_audit(db, line);
        return Merged{MergeOutcome::done, merge, {}};
    });
}

Result<Merged, StoreError> SqliteStore::undo_merge(const std::string& portal, std::int64_t merge, const Colleague& by,
                                                   UnixSeconds now, const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        struct Found {
            AccountId kept;
            AccountId other;
            bool undone = false;
        };
        const auto found = db.first(
            "SELECT kept_account, other_account, undone_at IS NOT NULL FROM merges WHERE id = ? AND portal = ?",
            [](Row row) {
                return Found{AccountId(row.integer(0)), AccountId(row.integer(1)), row.integer(2) != 0};
            },
            merge, portal);
        if (!found)
            return Merged{MergeOutcome::unknown, merge, {}};
        if (found->undone)
            return Merged{MergeOutcome::merged_already, merge, {}};
        const std::vector<Change> changes = changes_of(db, merge);
        // A value that was changed twice is judged by its last change: they are listed from the last on.
        std::set<std::pair<std::string, std::int64_t>> judged;
        for (const Change& change : changes)
            if (judged.emplace(change.place, change.row).second &&
                value_at(db, column_at(change.place), change.row) != change.after)
                return Merged{MergeOutcome::changed, merge, change.place.substr(0, change.place.find('.'))};
        if (somebody_would_miss(db, changes))
            return Merged{MergeOutcome::changed, merge, "person"};
        std::set<std::int64_t> people;
        for (const Change& change : changes) {
            db.run(column_at(change.place).write, change.row, change.before);
            if (change.place.rfind("person.", 0) == 0)
                people.insert(change.row);
        }
        keep_versions(db, people, now);
        for (const AccountId account : {found->kept, found->other}) {
            if (const auto household = household_of_account(db, account))
                touch_household(db, *household, now);
            note_change(db, account);
        }
        db.run("UPDATE merges SET undone_at = ?, undone_by = ? WHERE id = ?", now, by.id.number(), merge);
        append_audit(db, line);
        return Merged{MergeOutcome::done, merge, {}};
    });
}

Result<std::vector<Merge>, StoreError> SqliteStore::merges_of(AccountId account) {
    return m_database.read([&](Connection& db) {
        std::vector<Merge> merges;
        db.each(
            "SELECT m.id, k.reference, o.reference, m.accounts_too, m.at, m.staff_id, m.staff_name, m.undone_at"
            " FROM merges m JOIN accounts k ON k.id = m.kept_account JOIN accounts o ON o.id = m.other_account"
            " WHERE m.kept_account = ?1 OR m.other_account = ?1 ORDER BY m.id DESC",
            [&](Row row) {
                Merge merge;
                merge.id = row.integer(0);
                merge.kept = row.text(1);
                merge.other = row.text(2);
                merge.accounts_too = row.integer(3) != 0;
                merge.at = row.integer(4);
                merge.by = {store::StaffId(row.integer(5)), row.text(6)};
                if (!row.is_null(7))
                    merge.undone_at = row.integer(7);
                merges.push_back(std::move(merge));
            },
            account.number());
        return merges;
    });
}

} // namespace foyer::server::sqlite
