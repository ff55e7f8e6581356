// Who sees what of a household.
#include "households/visibility.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;
using namespace foyer::server::households;
using store::AccountId;
using store::Answers;
using store::Household;
using store::HouseholdPerson;
using store::PersonId;
using store::PersonKind;

namespace {

const AccountId ANNE(1);
const AccountId JEAN(2);
const AccountId STRANGER(3);

HouseholdPerson person(std::int64_t id, PersonKind kind, Answers answers) {
    HouseholdPerson made;
    made.id = PersonId(id);
    made.kind = kind;
    made.answers = std::move(answers);
    return made;
}

HouseholdPerson adult(std::int64_t id, std::optional<AccountId> account, const std::string& name) {
    auto made = person(id, PersonKind::representative,
                       {{"first_names", name},
                        {"birth_name", "Martin"},
                        {"link_to_children", "parent"},
                        {"birth_date.year", "1985"},
                        {"address", "secret street of " + name},
                        {"postal_code", "44521"},
                        {"commune", "secret town of " + name},
                        {"mobile", "secret mobile of " + name},
                        {"home_phone", "secret home phone of " + name},
                        {"work_phone", "secret work phone of " + name},
                        {"email", "secret email of " + name}});
    made.account = account;
    return made;
}

HouseholdPerson child(std::int64_t id, const std::string& name, const std::vector<std::string>& authority) {
    auto made = person(id, PersonKind::child, {{"first_names", name}, {"school", "school of " + name}});
    for (const std::string& reference : authority)
        made.answers["authority." + reference] = "yes";
    made.declared_by = STRANGER; // somebody who has left
    return made;
}

HouseholdPerson contact(std::int64_t id, std::optional<AccountId> by, const std::vector<std::string>& children) {
    auto made = person(id, PersonKind::contact,
                       {{"first_names", "Contact " + std::to_string(id)}, {"contact_phone", "phone of contact"}});
    for (const std::string& reference : children)
        made.answers["contact_children." + reference] = "yes";
    made.declared_by = by;
    return made;
}

const VisiblePerson* find(const std::vector<VisiblePerson>& people, const std::string& reference) {
    const auto found = std::find_if(people.begin(), people.end(),
                                    [&](const VisiblePerson& one) { return one.reference == reference; });
    return found == people.end() ? nullptr : &*found;
}

std::string everything(const std::vector<VisiblePerson>& people) {
    std::string text;
    for (const VisiblePerson& one : people) {
        text += one.reference + "\n";
        for (const auto& [key, value] : one.answers)
            text += key + "=" + value + "\n";
    }
    return text;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Anne (k1) and Jean (k2) share Léa (k3); each has a child of their own, and a contact.
Household two_parents() {
    Household household;
    household.people = {adult(1, ANNE, "Anne"),
                        adult(2, JEAN, "Jean"),
                        child(3, "Léa", {"k1", "k2"}),
                        child(4, "Only Anne's", {"k1"}),
                        child(5, "Only Jean's", {"k2", "k8"}),
                        contact(6, ANNE, {"k3", "k4"}),
                        contact(7, JEAN, {"k3"}),
                        adult(8, std::nullopt, "New partner"),
                        contact(9, std::nullopt, {"k3", "k5"})};
    return household;
}

} // namespace

TEST_CASE("two parents see the shared child whole, and of each other the name and the link only") {
    const Household household = two_parents();
    for (const auto& [account, own, other_reference, other] :
         {std::tuple(ANNE, "Anne", "k2", "Jean"), std::tuple(JEAN, "Jean", "k1", "Anne")}) {
        const auto people = visible_people(household, account);
        const std::string text = everything(people);
        INFO(text);
        REQUIRE(find(people, "k3"));
        CHECK(find(people, "k3")->answers == household.people[2].answers);
        const VisiblePerson* parent = find(people, other_reference);
        REQUIRE(parent);
        CHECK_FALSE(parent->self);
        CHECK(parent->answers ==
              Answers{{"first_names", other}, {"birth_name", "Martin"}, {"link_to_children", "parent"}});
        CHECK_FALSE(holds(text, "of " + std::string(other)));
        CHECK(holds(text, "secret email of " + std::string(own)));
    }
}

TEST_CASE("a child of one parent alone does not exist for the other, nor does that child's other family") {
    const auto people = visible_people(two_parents(), ANNE);
    const std::string text = everything(people);
    CHECK(find(people, "k4"));
    CHECK_FALSE(find(people, "k5"));
    CHECK_FALSE(find(people, "k8"));
    CHECK_FALSE(holds(text, "k5"));
    CHECK_FALSE(holds(text, "Only Jean's"));
    CHECK_FALSE(holds(text, "New partner"));
}

TEST_CASE("a contact is seen by whoever declared it; an imported one by whoever sees one of its children") {
    const auto anne = visible_people(two_parents(), ANNE);
    CHECK(find(anne, "k6"));
    CHECK_FALSE(find(anne, "k7"));
    REQUIRE(find(anne, "k9"));
    CHECK(find(anne, "k9")->answers.count("contact_children.k3") == 1);
    CHECK(find(anne, "k9")->answers.count("contact_children.k5") == 0); // Jean's own child
    const auto jean = visible_people(two_parents(), JEAN);
    CHECK(find(jean, "k7"));
    CHECK_FALSE(find(jean, "k6"));
    CHECK(find(jean, "k9")->answers.count("contact_children.k5") == 1);
}

TEST_CASE("an imported contact of somebody else's child alone is not seen") {
    Household household = two_parents();
    household.people.push_back(contact(10, std::nullopt, {"k5"}));
    CHECK_FALSE(find(visible_people(household, ANNE), "k10"));
    CHECK(find(visible_people(household, JEAN), "k10"));
}

TEST_CASE("oneself comes first and whole") {
    const auto people = visible_people(two_parents(), JEAN);
    REQUIRE_FALSE(people.empty());
    CHECK(people.front().self);
    CHECK(people.front().reference == "k2");
    CHECK(people.front().answers == two_parents().people[1].answers);
    CHECK(std::count_if(people.begin(), people.end(), [](const VisiblePerson& one) { return one.self; }) == 1);
}

TEST_CASE("an account that is nobody's own in a household sees nothing of it") {
    CHECK(visible_people(two_parents(), STRANGER).empty());
    CHECK(visible_people(Household(), ANNE).empty());
}

TEST_CASE("who was removed is seen by nobody") {
    Household household = two_parents();
    household.people[2].active = false;
    CHECK_FALSE(find(visible_people(household, ANNE), "k3"));
    CHECK_FALSE(find(visible_people(household, JEAN), "k3"));
}

TEST_CASE("imported children whose authority is not known are their whole family's") {
    Household household;
    household.people = {adult(1, ANNE, "Anne"), adult(2, std::nullopt, "Jean"), child(3, "Léa", {})};
    household.people[2].declared_by.reset();
    const auto people = visible_people(household, ANNE);
    CHECK(find(people, "k3"));
    REQUIRE(find(people, "k2"));
    CHECK_FALSE(holds(everything(people), "of Jean"));
}

TEST_CASE("whoever may collect a shared child is known by name") {
    Household household;
    household.people = {adult(1, ANNE, "Anne"), adult(2, std::nullopt, "Step-father"), child(3, "Léa", {"k1"})};
    household.people[2].answers["collectors.k2"] = "yes";
    const auto people = visible_people(household, ANNE);
    REQUIRE(find(people, "k2"));
    CHECK(find(people, "k2")->answers.count("mobile") == 0);
}

TEST_CASE("somebody without an account is told of themselves, of their children, and the other parent's name") {
    Household household;
    household.people = {adult(1, std::nullopt, "Anne"), adult(2, JEAN, "Jean"),           child(3, "Léa", {"k1", "k2"}),
                        child(4, "Tom", {"k2"}),        contact(5, std::nullopt, {"k3"}), contact(6, JEAN, {"k3"})};
    const auto people = visible_people(household, PersonId(1));
    REQUIRE(people.size() == 4);
    CHECK(people[0].self);
    CHECK(people[0].answers.at("mobile") == "secret mobile of Anne");
    CHECK(people[1].answers.count("mobile") == 0);
    CHECK(people[2].answers.at("first_names") == "Léa");
    CHECK(people[3].reference == "k5");
    // Whoever has an account is asked about by it; a child is told about itself; who has left is nobody.
    CHECK(visible_people(household, PersonId(2)).empty());
    REQUIRE(visible_people(household, PersonId(4)).size() == 1);
    CHECK(visible_people(household, PersonId(4)).front().self);
    household.people[0].active = false;
    CHECK(visible_people(household, PersonId(1)).empty());
    CHECK(visible_people(household, PersonId(9)).empty());
}

TEST_CASE("what an account has declared is not shared with whoever has none because neither has an account's number") {
    Household household;
    household.people = {adult(1, std::nullopt, "Anne"), child(2, "Léa", {"k9"}), contact(3, JEAN, {})};
    household.people[1].declared_by = std::nullopt; // imported, and another representative's
    CHECK(visible_people(household, PersonId(1)).size() == 1);
}
