#include "sqlite/audit_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/search_keys.h"
#include "sqlite/sqlite_store.h"
#include "store/keys.h"
#include "store/person_key.h"

#include <algorithm>
#include <limits>

namespace foyer::server::sqlite {

using store::AccountId;
using store::Household;
using store::HouseholdId;
using store::StoreError;

namespace {

// Of merges that stand: who moved, by the household of before, and who gave way; both by the imported id of before.
constexpr const char* MERGED_AWAY =
    "SELECT CASE c.place WHEN 'person.household' THEN CAST(c.before AS INTEGER) ELSE p.household_id END,"
    " ifnull((SELECT x.before FROM merge_changes x WHERE x.place = 'person.external_id' AND x.row_id = p.id"
    " ORDER BY x.merge_id LIMIT 1), p.external_id)"
    " FROM merges m JOIN merge_changes c ON c.merge_id = m.id JOIN household_people p ON p.id = c.row_id"
    " WHERE m.portal = ? AND m.undone_at IS NULL"
    " AND (c.place = 'person.household' OR (c.place = 'person.state' AND c.after = 'removed'))";

void add_merged_away(Connection& db, const std::string& portal, std::vector<Household>& households) {
    db.each(
        MERGED_AWAY,
        [&](Row row) {
            const HouseholdId id(row.integer(0));
            const auto found =
                std::lower_bound(households.begin(), households.end(), id,
                                 [](const Household& one, HouseholdId wanted) { return one.id < wanted; });
            if (found != households.end() && found->id == id && !row.is_null(1))
                found->merged_away.push_back(row.text(1));
        },
        portal);
}

std::vector<Household> households_in(Connection& db, const std::string& portal) {
    std::vector<HouseholdId> ids;
    db.each(
        "SELECT id FROM households WHERE portal = ? ORDER BY id",
        [&](Row row) { ids.push_back(HouseholdId(row.integer(0))); }, portal);
    std::vector<Household> households;
    for (const HouseholdId id : ids)
        if (auto household = find_household(db, id))
            households.push_back(std::move(*household));
    add_merged_away(db, portal, households);
    return households;
}

bool is_of_town(Connection& db, const std::string& portal, HouseholdId household) {
    return db
        .first(
            "SELECT 1 FROM households WHERE id = ? AND portal = ?", [](Row row) { return row.integer(0); },
            household.number(), portal)
        .has_value();
}

// Somebody who gets a letter: no account, and no key of the service that can still be used.
constexpr const char* PAGE_WITHOUT_KEY =
    "SELECT h.id FROM households h WHERE h.portal = ?1 AND h.id > ?2 AND EXISTS (SELECT 1 FROM household_people p"
    " WHERE p.household_id = h.id AND p.kind = 'representative' AND p.state = 'active' AND p.account_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM service_keys k WHERE k.person_id = p.id AND k.service = ?3 AND k.used_at IS NULL"
    " AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?4))) ORDER BY h.id LIMIT ?5";
constexpr const char* COUNT_WITHOUT_KEY =
    "SELECT count(*) FROM households h WHERE h.portal = ?1 AND EXISTS (SELECT 1 FROM household_people p"
    " WHERE p.household_id = h.id AND p.kind = 'representative' AND p.state = 'active' AND p.account_id IS NULL"
    " AND NOT EXISTS (SELECT 1 FROM service_keys k WHERE k.person_id = p.id AND k.service = ?2 AND k.used_at IS NULL"
    " AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ?3)))";

std::vector<std::string> words_in(const std::string& folded) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < folded.size();) {
        const std::size_t end = std::min(folded.find(' ', at), folded.size());
        if (end > at)
            words.push_back(folded.substr(at, end - at));
        at = end + 1;
    }
    return words;
}

// Each word wanted begins one of the words there are.
bool all_begin(const std::vector<std::string>& wanted, const std::vector<std::string>& words) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
        return std::any_of(words.begin(), words.end(),
                           [&](const std::string& word) { return word.rfind(one, 0) == 0; });
    });
}

// Looks at every name of the town, some thousand at a time: no second copy of the names has to be kept for it, nor
// found again when somebody's data is erased.
std::vector<HouseholdId> households_named(Connection& db, const store::FamilyQuestion& question) {
    const std::vector<std::string> wanted = words_in(folded_words(question.text));
    std::vector<HouseholdId> found;
    const auto limit = static_cast<std::size_t>(question.limit);
    constexpr int PORTION = 5000;
    std::int64_t household = question.after;
    std::int64_t person = std::numeric_limits<std::int64_t>::max(); // all of that household are behind us
    for (int got = PORTION; got == PORTION && found.size() < limit;) {
        got = 0;
        db.each(
            "SELECT h.id, p.id, p.name_key, p.last_name, h.family_id FROM households h"
            " JOIN household_people p ON p.household_id = h.id WHERE h.portal = ?1"
            " AND h.id >= ?2 AND (h.id > ?2 OR p.id > ?3) AND p.state = 'active' ORDER BY h.id, p.id LIMIT ?4",
            [&](Row row) {
                ++got;
                household = row.integer(0);
                person = row.integer(1);
                if (found.size() == limit || (!found.empty() && found.back().number() == household))
                    return;
                if (row.text(4) == question.text ||
                    all_begin(wanted, words_in(folded_words(row.text(2) + " " + row.text(3)))))
                    found.push_back(HouseholdId(household));
            },
            question.portal, household, person, PORTION);
    }
    return found;
}

store::FamilyRow family_row(Connection& db, HouseholdId id, const store::FamilyQuestion& question) {
    store::FamilyRow row;
    row.id = id;
    if (const auto household = find_household(db, id)) {
        row.family_id = household->family_id;
        for (const store::HouseholdPerson& person : household->people)
            if (person.active)
                row.people.push_back({person.kind, store::answer_in(person.answers, "first_names"),
                                      store::last_name_of(person.answers), person.account.has_value()});
    }
    db.each(
        "SELECT service FROM service_keys WHERE household_id = ? AND used_at IS NULL AND revoked_at IS NULL"
        " AND (expires_at IS NULL OR expires_at > ?) AND service <> ?",
        [&](Row key) {
            if (question.services.empty() ||
                std::find(question.services.begin(), question.services.end(), key.text(0)) != question.services.end())
                ++row.live_keys;
        },
        id.number(), question.now, store::INVITATION);
    return row;
}

} // namespace

Result<std::optional<Household>, StoreError> SqliteStore::family(const std::string& portal, HouseholdId household) {
    return m_database.read([&](Connection& db) {
        return is_of_town(db, portal, household) ? find_household(db, household) : std::nullopt;
    });
}

Result<std::vector<store::FamilyRow>, StoreError> SqliteStore::families(const store::FamilyQuestion& question) {
    return m_database.read([&](Connection& db) {
        std::vector<HouseholdId> ids;
        const auto add = [&](Row row) { ids.push_back(HouseholdId(row.integer(0))); };
        if (!question.text.empty())
            ids = households_named(db, question);
        else if (!question.without_key.empty())
            db.each(PAGE_WITHOUT_KEY, add, question.portal, question.after, question.without_key, question.now,
                    question.limit);
        else
            db.each("SELECT id FROM households WHERE portal = ? AND id > ? ORDER BY id LIMIT ?", add, question.portal,
                    question.after, question.limit);
        std::vector<store::FamilyRow> rows;
        rows.reserve(ids.size());
        for (const HouseholdId id : ids)
            rows.push_back(family_row(db, id, question));
        return rows;
    });
}

Result<std::int64_t, StoreError> SqliteStore::count_without_key(const store::FamilyQuestion& question) {
    return m_database.read([&](Connection& db) {
        return db
            .first(
                COUNT_WITHOUT_KEY, [](Row row) { return row.integer(0); }, question.portal, question.without_key,
                question.now)
            .value_or(0);
    });
}

Result<std::optional<Household>, StoreError> SqliteStore::household_of(AccountId account) {
    return m_database.read([&](Connection& db) -> std::optional<Household> {
        const auto id = household_of_account(db, account);
        return id ? find_household(db, *id) : std::nullopt;
    });
}

Result<std::optional<Household>, StoreError> SqliteStore::find_family(const std::string& portal,
                                                                      const std::string& family_id) {
    return m_database.read([&](Connection& db) -> std::optional<Household> {
        const auto id = db.first(
            "SELECT id FROM households WHERE portal = ? AND family_id = ?",
            [](Row row) { return HouseholdId(row.integer(0)); }, portal, family_id);
        return id ? find_household(db, *id) : std::nullopt;
    });
}

Result<std::vector<Household>, StoreError> SqliteStore::households_of(const std::string& portal) {
    return m_database.read([&](Connection& db) { return households_in(db, portal); });
}

namespace {

std::int64_t family_changes(Connection& db) {
    return db.first("SELECT n FROM family_changes", [](Row row) { return row.integer(0); }).value_or(0);
}

int write_import(Connection& db, const std::string& portal, const store::ImportedFamilies& imported, UnixSeconds now) {
    for (const store::HouseholdWrite& write : imported.households)
        write_household(db, portal, write, std::nullopt, now);
    if (imported.line)
        append_audit(db, *imported.line);
    return static_cast<int>(imported.households.size());
}

} // namespace

Result<int, StoreError> SqliteStore::import(const std::string& portal, const ImportWork& work, UnixSeconds now) {
    // Thought out on a snapshot, since a large file takes seconds of it and every request waits for the writer; inside
    // the transaction only when families have changed again and again meanwhile.
    constexpr int TRIES = 3;
    for (int i = 0; i < TRIES; ++i) {
        struct Seen {
            std::vector<Household> families;
            store::PersonId next_person;
            std::int64_t changes = 0;
        };
        const auto seen = m_database.read([&](Connection& db) {
            return Seen{households_in(db, portal), sqlite::next_person(db), family_changes(db)};
        });
        if (!seen)
            return Failure{seen.error()};
        const auto imported = work(seen->families, seen->next_person);
        if (!imported)
            return 0;
        const auto written = m_database.write_alone([&](Connection& db) -> std::optional<int> {
            if (family_changes(db) != seen->changes)
                return std::nullopt;
            return write_import(db, portal, *imported, now);
        });
        if (!written)
            return Failure{written.error()};
        if (*written)
            return **written;
    }
    return m_database.write_alone([&](Connection& db) {
        const auto imported = work(households_in(db, portal), next_person(db));
        return imported ? write_import(db, portal, *imported, now) : 0;
    });
}

} // namespace foyer::server::sqlite
