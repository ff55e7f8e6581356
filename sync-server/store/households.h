// The families as the town knows them: validated from an entourage, or imported from the system the town had before.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "form/field.h"
#include "store/accounts.h"
#include "store/answers.h"
#include "store/audit.h"
#include "store/error.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::store {

using HouseholdId = Id<struct HouseholdTag>;
using PersonId = Id<struct PersonTag>;

// The forms' own; its names are stored, sent, and written in a file of families.
using form::name;
using form::person_kind_from;
using form::PersonKind;

// Somebody in a household. In the answers every reference to another person is that person's own ("k12"): in
// authority.<reference>, collectors.<reference>, contact_children.<reference>, living_with.
struct HouseholdPerson {
    PersonId id; // "k12" is person 12
    PersonKind kind = PersonKind::representative;
    Answers answers;                      // keys of the entourage's lists: "first_names", "birth_date.day"
    std::optional<AccountId> account;     // whose own person this is
    std::optional<AccountId> declared_by; // none: imported
    std::string external_id;              // the imported system's; empty when it is not from there
    std::int64_t version = 1;
    bool active = true; // false: removed; kept for the record, shown to nobody
};

struct Household {
    HouseholdId id;
    std::string portal;    // slug
    std::string family_id; // the imported system's; empty when it is not from there
    std::int64_t version = 1;
    std::vector<HouseholdPerson> people; // by id, the removed ones too
    // For an import: the imported ids of whom a merge has moved to another household, or has let give way to somebody.
    std::vector<std::string> merged_away = {};
};

// What becomes of one person: it is made, or gets its next version; the one before is kept.
struct PersonWrite {
    HouseholdPerson person; // `version` does not count
    bool fresh = false;     // a new person; its id is a free one
};

struct HouseholdWrite {
    std::optional<HouseholdId> household; // none: a new one
    std::string family_id;                // of a new one
    std::vector<PersonWrite> people;
    std::vector<AccountId> changed; // the accounts that see something of it
};

struct ImportedFamilies {
    std::vector<HouseholdWrite> households;
    std::optional<NewAuditLine> line = std::nullopt; // written with them
};

// One family of a list.
struct FamilyRow {
    HouseholdId id;
    std::string family_id;
    struct Somebody {
        PersonKind kind = PersonKind::representative;
        std::string first_names;
        std::string last_name;
        bool has_account = false;
    };
    std::vector<Somebody> people; // who are of it now, by id
    int live_keys = 0;            // that can still be used, of the services asked about
};

struct FamilyQuestion {
    std::string portal;
    std::string text = {};        // beginnings of words of one person's name, or of the imported id; empty: all
    std::string without_key = {}; // a service: with somebody who has neither an account nor a key of it
    std::vector<std::string> services = {}; // whose keys are counted; empty: all
    std::int64_t after = 0;                 // the last id of the page before
    int limit = 50;
    UnixSeconds now = 0;
};

class HouseholdStore {
public:
    virtual ~HouseholdStore() = default;

    // The household in which this account is somebody's own person; nothing before the town knows the family.
    virtual Result<std::optional<Household>, StoreError> household_of(AccountId account) = 0;

    // By the imported system's id.
    virtual Result<std::optional<Household>, StoreError> find_family(const std::string& portal,
                                                                     const std::string& family_id) = 0;

    // Every household of a town, by id.
    virtual Result<std::vector<Household>, StoreError> households_of(const std::string& portal) = 0;

    // One of this town.
    virtual Result<std::optional<Household>, StoreError> family(const std::string& portal, HouseholdId household) = 0;
    // By id.
    virtual Result<std::vector<FamilyRow>, StoreError> families(const FamilyQuestion& question) = 0;
    // How many there are in all for the question's `without_key`.
    virtual Result<std::int64_t, StoreError> count_without_key(const FamilyQuestion& question) = 0;

    // Writes all of it in one transaction, or nothing. New people may refer to one another: their ids are asked for
    // with `next_person` by the function, which sees the town's families as they are; it is called again when they have
    // changed before it was written, and at last inside the transaction. Nothing from it means: nothing is to be
    // written.
    using ImportWork =
        std::function<std::optional<ImportedFamilies>(const std::vector<Household>& families, PersonId next_person)>;
    // Gives how many households were written.
    virtual Result<int, StoreError> import(const std::string& portal, const ImportWork& work, UnixSeconds now) = 0;
};

} // namespace foyer::server::store
