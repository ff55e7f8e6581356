#include "sqlite/erasing.h"

#include "sqlite/account_rows.h"
#include "sqlite/household_rows.h"
#include "sqlite/json_columns.h"
#include "sqlite/submission_rows.h"

#include <algorithm>
#include <set>

namespace foyer::server::sqlite {

using store::AccountId;
using store::Answers;
using store::ErasureKept;
using store::HouseholdId;
using store::HouseholdPerson;
using store::PersonKind;

namespace {

// What staff sees where a kept request's name was. In French, as all that the console shows.
constexpr const char* NOBODY_NAMED = "Personne effacée";

std::string reference_of(store::PersonId person) { return "k" + std::to_string(person.number()); }

std::vector<std::int64_t> ids_of(Connection& db, const char* sql, std::int64_t value) {
    std::vector<std::int64_t> ids;
    db.each(
        sql, [&](Row row) { ids.push_back(row.integer(0)); }, value);
    return ids;
}

std::set<std::string> ticked(const Answers& answers, const std::string& field) {
    std::set<std::string> references;
    for (auto at = answers.lower_bound(field + "."); at != answers.end() && at->first.rfind(field + ".", 0) == 0; ++at)
        references.insert(at->first.substr(field.size() + 1));
    return references;
}

// Without any word of these people: "authority.k12", "collectors.k12", "living_with": "k12".
Answers without(const Answers& answers, const std::set<std::string>& gone) {
    Answers left;
    for (const auto& [key, value] : answers) {
        const std::size_t dot = key.rfind('.');
        if (dot != std::string::npos && gone.count(key.substr(dot + 1)) != 0)
            continue;
        if (key == "living_with" && gone.count(value) != 0)
            continue;
        left[key] = value;
    }
    return left;
}

// A merge's journal tells what was there before: it goes with whomever it is about, and nobody undoes it any more.
void erase_merges(Connection& db, AccountId account) {
    for (const std::int64_t merge :
         ids_of(db, "SELECT id FROM merges WHERE kept_account = ?1 OR other_account = ?1", account.number())) {
        db.run("DELETE FROM merge_changes WHERE merge_id = ?", merge);
        db.run("DELETE FROM merges WHERE id = ?", merge);
    }
}

void erase_person(Connection& db, std::int64_t person, ErasedCounts& counts) {
    counts["key"] += db.run("DELETE FROM service_keys WHERE person_id = ?", person);
    db.run("DELETE FROM merge_changes WHERE place LIKE 'person.%' AND row_id = ?", person);
    db.run("DELETE FROM household_person_versions WHERE person_id = ?", person);
    counts["person"] += db.run("DELETE FROM household_people WHERE id = ?", person);
}

// Whether somebody else than the erased answers for this child: another account, or a parent whom the town knew before.
bool is_shared(const HouseholdPerson& child, const std::set<std::string>& remaining,
               const std::set<std::int64_t>& erased_accounts) {
    if (child.declared_by && erased_accounts.count(child.declared_by->number()) == 0)
        return true;
    const std::set<std::string> authority = ticked(child.answers, "authority");
    if (authority.empty())
        return !child.declared_by;
    return std::any_of(authority.begin(), authority.end(),
                       [&](const std::string& parent) { return remaining.count(parent) != 0; });
}

class HouseholdErasing {
public:
    HouseholdErasing(Connection& db, const std::set<std::int64_t>& accounts, UnixSeconds now, ErasedCounts& counts,
                     std::vector<ErasureKept>& kept)
        : m_db(db), m_accounts(accounts), m_now(now), m_counts(counts), m_kept(kept) {}

    void leave(HouseholdId id) {
        const auto household = find_household(m_db, id);
        if (!household)
            return;
        std::set<std::string> remaining;
        for (const HouseholdPerson& person : household->people)
            if (stays_as_parent(person))
                remaining.insert(reference_of(person.id));
        if (remaining.empty()) {
            erase_household(m_db, id, m_counts);
            return;
        }
        std::set<std::string> gone;
        std::int64_t children = 0;
        for (const HouseholdPerson& person : household->people) {
            if (goes(person, remaining)) {
                gone.insert(reference_of(person.id));
                erase_person(m_db, person.id.number(), m_counts);
            } else if (person.kind == PersonKind::child || person.kind == PersonKind::expected_child) {
                children += person.active ? 1 : 0;
            }
        }
        for (const HouseholdPerson& person : household->people)
            if (gone.count(reference_of(person.id)) == 0)
                forget_in(person, gone);
        m_db.run("UPDATE households SET version = version + 1, changed_at = ? WHERE id = ?", m_now, id.number());
        note_household_change(m_db, id);
        if (children > 0)
            m_kept.push_back({"child", "other_parent", {}, children, 0});
    }

private:
    bool is_erased(std::optional<AccountId> account) const {
        return account && m_accounts.count(account->number()) != 0;
    }
    bool stays_as_parent(const HouseholdPerson& person) const {
        return person.active && person.kind == PersonKind::representative && !is_erased(person.account) &&
               (person.account || !person.declared_by);
    }
    bool goes(const HouseholdPerson& person, const std::set<std::string>& remaining) const {
        switch (person.kind) {
        case PersonKind::representative:
            return is_erased(person.account) || (!person.account && is_erased(person.declared_by));
        case PersonKind::contact:
            return is_erased(person.declared_by);
        case PersonKind::child:
        case PersonKind::expected_child:
            break;
        }
        return !is_shared(person, remaining, m_accounts);
    }
    // Whoever stays says nothing of who is gone, nor did they ever.
    void forget_in(const HouseholdPerson& person, const std::set<std::string>& gone) {
        if (is_erased(person.declared_by))
            m_db.run("UPDATE household_people SET declared_by = NULL WHERE id = ?", person.id.number());
        const Answers left = without(person.answers, gone);
        if (left != person.answers)
            m_db.run("UPDATE household_people SET answers = ?, version = version + 1, changed_at = ? WHERE id = ?",
                     json_of(left), m_now, person.id.number());
        // The versions before say what has been forgotten: the present one is all that is left.
        if (left != person.answers || is_erased(person.declared_by)) {
            m_db.run("DELETE FROM household_person_versions WHERE person_id = ?", person.id.number());
            m_db.run("INSERT INTO household_person_versions (person_id, version, kind, state, answers, at,"
                     " submission_id) SELECT id, version, kind, state, answers, ?, NULL FROM household_people"
                     " WHERE id = ?",
                     m_now, person.id.number());
            m_db.run("DELETE FROM merge_changes WHERE place LIKE 'person.%' AND row_id = ?", person.id.number());
        }
    }

    Connection& m_db;
    const std::set<std::int64_t>& m_accounts;
    UnixSeconds m_now;
    ErasedCounts& m_counts;
    std::vector<ErasureKept>& m_kept;
};

bool is_open(const std::string& state) { return state == "received" || state == "processing" || state == "waiting"; }

// Decided requests stay for as long as somebody may contest the decision, under an account that is nobody's.
void keep_requests(Connection& db, const std::string& portal, const std::vector<std::int64_t>& requests,
                   const AccountErasing& how, std::vector<ErasureKept>& kept) {
    db.run("INSERT INTO accounts (portal, state, wanted_identifier, civility, first_names, last_name, email, email_key,"
           " language, created_at, reference, erased_at)"
           " VALUES (?, 'active', '', '', '', ?, '', '', 'fr', ?, lower(hex(randomblob(8))), ?)",
           portal, NOBODY_NAMED, how.now, how.now);
    const std::int64_t nobody = db.last_insert_id();
    for (const std::int64_t request : requests) {
        db.run("UPDATE submissions SET account_id = ?, household_id = NULL, keep_until = decided_at + ? WHERE id = ?",
               nobody, how.keep_seconds, request);
        db.run("DELETE FROM search_keys WHERE submission_id = ?", request); // found by its number only
        db.run("DELETE FROM mails WHERE submission_id = ?", request);
        db.each(
            "SELECT number, keep_until FROM submissions WHERE id = ?",
            [&](Row row) {
                kept.push_back({"request", "contest", row.text(0), 1, row.integer(1)});
            },
            request);
    }
}

} // namespace

void erase_request(Connection& db, std::int64_t request, ErasedCounts& counts) {
    const auto account = db.first(
        "SELECT account_id FROM submissions WHERE id = ?", [](Row row) { return row.integer(0); }, request);
    if (!account)
        return;
    db.run("DELETE FROM pending_decisions WHERE submission_id = ?", request);
    db.run("DELETE FROM key_entries WHERE submission_id = ?", request);
    db.run("DELETE FROM submission_events WHERE submission_id = ?", request);
    db.run("DELETE FROM submission_versions WHERE submission_id = ?", request);
    counts["note"] += db.run("DELETE FROM submission_notes WHERE submission_id = ?", request);
    counts["message"] += db.run("DELETE FROM messages WHERE submission_id = ?", request);
    counts["mail"] += db.run("DELETE FROM mails WHERE submission_id = ?", request);
    db.run("UPDATE household_person_versions SET submission_id = NULL WHERE submission_id = ?", request);
    db.run("UPDATE account_versions SET submission_id = NULL WHERE submission_id = ?", request);
    db.run("UPDATE email_changes SET submission_id = NULL WHERE submission_id = ?", request);
    db.run("DELETE FROM merge_changes WHERE place LIKE 'submission.%' AND row_id = ?", request);
    counts["request"] += db.run("DELETE FROM submissions WHERE id = ?", request);
    if (db.run("DELETE FROM accounts WHERE id = ?1 AND erased_at IS NOT NULL"
               " AND NOT EXISTS (SELECT 1 FROM submissions WHERE account_id = ?1)",
               *account) > 0)
        counts["account"] += 1;
}

void erase_household(Connection& db, HouseholdId household, ErasedCounts& counts) {
    counts["key"] += db.run("DELETE FROM service_keys WHERE household_id = ?", household.number());
    for (const std::int64_t person :
         ids_of(db, "SELECT id FROM household_people WHERE household_id = ?", household.number()))
        erase_person(db, person, counts);
    db.run("UPDATE submissions SET household_id = NULL WHERE household_id = ?", household.number());
    counts["family"] += db.run("DELETE FROM households WHERE id = ?", household.number());
}

void erase_account(Connection& db, AccountId account, const AccountErasing& how, ErasedCounts& counts,
                   std::vector<ErasureKept>& kept) {
    const auto found = find_account(db, account);
    if (!found)
        return;
    // Accounts that were taken in by this one are the same person's.
    std::set<std::int64_t> accounts{account.number()};
    for (const std::int64_t merged : ids_of(db, "SELECT id FROM accounts WHERE merged_into = ?", account.number()))
        accounts.insert(merged);

    HouseholdErasing family(db, accounts, how.now, counts, kept);
    for (const std::int64_t one : accounts)
        if (const auto household = household_of_account(db, AccountId(one)))
            family.leave(*household);

    std::vector<std::int64_t> to_keep;
    for (const std::int64_t one : accounts) {
        struct Request {
            std::int64_t id = 0;
            std::string state;
            UnixSeconds decided_at = 0;
        };
        std::vector<Request> requests;
        db.each(
            "SELECT id, state, ifnull(decided_at, 0) FROM submissions WHERE account_id = ? ORDER BY id",
            [&](Row row) {
                requests.push_back({row.integer(0), row.text(1), row.integer(2)});
            },
            one);
        for (const Request& request : requests) {
            if ((request.state == "accepted" || request.state == "refused") && request.decided_at > how.decided_after) {
                to_keep.push_back(request.id);
                continue;
            }
            if (is_open(request.state)) // counted as taken back; then it goes like the others
                add_event(db, request.id, {how.now, "withdrawn", {}});
            erase_request(db, request.id, counts);
        }
    }
    if (!to_keep.empty())
        keep_requests(db, found->portal, to_keep, how, kept);

    for (const std::int64_t one : accounts) {
        erase_merges(db, AccountId(one));
        counts["device"] += db.run("DELETE FROM devices WHERE account_id = ?", one);
        counts["message"] += db.run("DELETE FROM messages WHERE account_id = ?", one);
        counts["mail"] += db.run("DELETE FROM mails WHERE account_id = ?", one);
        db.run("UPDATE household_people SET declared_by = NULL WHERE declared_by = ?", one);
        db.run("DELETE FROM service_keys WHERE invited_by = ? AND used_at IS NULL", one);
        db.run("UPDATE service_keys SET invited_by = NULL, invited_email = '' WHERE invited_by = ?", one);
        db.run("UPDATE service_keys SET used_by = NULL WHERE used_by = ?", one);
    }
    // Mails that were not noted as being to this account, unless somebody else has the same address.
    if (!found->email.empty() &&
        db.first(
              "SELECT count(*) FROM accounts WHERE portal = ? AND email = ? AND merged_into IS NULL",
              [](Row row) { return row.integer(0); }, found->portal, found->email)
                .value_or(0) <= 1)
        counts["mail"] += db.run("DELETE FROM mails WHERE portal = ? AND recipient = ?", found->portal, found->email);
    for (auto one = accounts.rbegin(); one != accounts.rend(); ++one)
        if (*one != account.number())
            db.run("DELETE FROM accounts WHERE id = ?", *one);
    counts["account"] += db.run("DELETE FROM accounts WHERE id = ?", account.number());
}

} // namespace foyer::server::sqlite
