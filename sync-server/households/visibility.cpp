#include "households/visibility.h"

#include "store/person_key.h"

#include <algorithm>
#include <array>
#include <set>

namespace foyer::server::households {

using store::AccountId;
using store::Answers;
using store::Household;
using store::HouseholdPerson;
using store::PersonKind;

namespace {

// All that is told of somebody else's own person.
constexpr std::array<std::string_view, 6> NAME_AND_LINK = {"civility",   "birth_name",  "no_birth_name",
                                                           "usage_name", "first_names", "link_to_children"};

bool is_child(const HouseholdPerson& person) {
    return person.kind == PersonKind::child || person.kind == PersonKind::expected_child;
}

// The references ticked in a field: "authority.k3" gives "k3".
std::set<std::string> ticked(const Answers& answers, std::string_view field) {
    const std::string prefix = std::string(field) + ".";
    std::set<std::string> references;
    for (auto at = answers.lower_bound(prefix); at != answers.end() && at->first.rfind(prefix, 0) == 0; ++at)
        references.insert(at->first.substr(prefix.size()));
    return references;
}

// Whether this account has said so; nobody's account has said nothing.
bool was_declared_by(const HouseholdPerson& person, const std::optional<AccountId>& account) {
    return account && person.declared_by == account;
}

bool shares(const HouseholdPerson& child, const std::optional<AccountId>& account, const std::string& own_reference) {
    if (was_declared_by(child, account))
        return true;
    const std::set<std::string> authority = ticked(child.answers, AUTHORITY);
    // What was imported often does not say whose child it is: then it is its family's.
    return authority.count(own_reference) != 0 || (authority.empty() && !child.declared_by);
}

Answers name_and_link(const Answers& answers) {
    Answers told;
    for (const std::string_view key : NAME_AND_LINK)
        if (const auto found = answers.find(key); found != answers.end())
            told.insert(*found);
    return told;
}

// A contact is told without the children that the account does not see.
Answers without_hidden_children(Answers answers, const std::set<std::string>& children) {
    for (const std::string& reference : ticked(answers, CONTACT_CHILDREN))
        if (children.count(reference) == 0)
            answers.erase(std::string(CONTACT_CHILDREN) + "." + reference);
    return answers;
}

bool sees_contact(const HouseholdPerson& contact, const std::optional<AccountId>& account,
                  const std::set<std::string>& children) {
    if (contact.declared_by)
        return was_declared_by(contact, account);
    const std::set<std::string> theirs = ticked(contact.answers, CONTACT_CHILDREN);
    return theirs.empty() || std::any_of(theirs.begin(), theirs.end(),
                                         [&](const std::string& child) { return children.count(child) != 0; });
}

std::vector<VisiblePerson> visible_to(const HouseholdPerson& own, const Household& household) {
    const std::optional<AccountId>& account = own.account;
    const std::string own_reference = reference_of(own.id);

    std::vector<VisiblePerson> children;
    std::set<std::string> child_references;
    std::set<std::string> adults; // whom the visible children name
    for (const HouseholdPerson& person : household.people) {
        if (!person.active || !is_child(person) || !shares(person, account, own_reference))
            continue;
        child_references.insert(reference_of(person.id));
        adults.merge(ticked(person.answers, AUTHORITY));
        adults.merge(ticked(person.answers, COLLECTORS));
        adults.insert(store::answer_in(person.answers, LIVING_WITH));
        children.push_back({reference_of(person.id), person.kind, false, person.answers});
    }
    const bool imported_children = std::any_of(children.begin(), children.end(), [](const VisiblePerson& child) {
        return ticked(child.answers, AUTHORITY).empty();
    });

    std::vector<VisiblePerson> people{{own_reference, own.kind, true, own.answers}};
    for (const HouseholdPerson& person : household.people) {
        if (!person.active || person.kind != PersonKind::representative || person.id == own.id)
            continue;
        const bool of_the_family = imported_children && !person.declared_by;
        if (of_the_family || was_declared_by(person, account) || adults.count(reference_of(person.id)) != 0)
            people.push_back({reference_of(person.id), person.kind, false, name_and_link(person.answers)});
    }
    people.insert(people.end(), children.begin(), children.end());
    for (const HouseholdPerson& person : household.people)
        if (person.active && person.kind == PersonKind::contact && sees_contact(person, account, child_references))
            people.push_back({reference_of(person.id), person.kind, false,
                              without_hidden_children(person.answers, child_references)});
    return people;
}

} // namespace

std::string reference_of(store::PersonId person) { return "k" + std::to_string(person.number()); }

std::vector<VisiblePerson> visible_people(const Household& household, AccountId account) {
    for (const HouseholdPerson& person : household.people)
        if (person.active && person.account == account)
            return visible_to(person, household);
    return {};
}

std::vector<VisiblePerson> visible_people(const Household& household, store::PersonId id) {
    for (const HouseholdPerson& person : household.people)
        if (person.active && person.id == id && !person.account) {
            if (person.kind == PersonKind::representative)
                return visible_to(person, household);
            return {{reference_of(person.id), person.kind, true, person.answers}};
        }
    return {};
}

} // namespace foyer::server::households
