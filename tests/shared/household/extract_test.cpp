#include "household/extract.h"

#include "family.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace family;
using form::put_item;

namespace {

auto extracted(const Answers& answers, const household::Known& known = only_self()) {
    return household::entourage_from(entourage_form(), answers, known, {}, on_the_day());
}

form::FormDefinition profile_form(const std::string& slug) {
    return portal::form_of(portal_of(slug), form::Procedure::profile);
}

Answers profile_answers() {
    Answers answers = good_answers();
    for (const char* key : {"identifier", "password", "consent", "security_check.asked", "security_check.chosen"})
        answers.erase(key);
    return answers;
}

} // namespace

TEST_CASE("an entourage is read as people") {
    const auto entourage = extracted(family::family());
    REQUIRE(entourage);
    REQUIRE(entourage->representatives.size() == 1);
    const household::Representative& father = entourage->representatives[0];
    CHECK(father.reference == "r0");
    CHECK(father.first_names->text() == "Paul");
    CHECK(father.civility == domain::Civility::monsieur);
    CHECK(father.link_to_children == "father");
    CHECK(father.mobile->e164() == "+33698765432");
    CHECK(father.same_address);
    CHECK_FALSE(father.address);

    REQUIRE(entourage->children.size() == 2);
    const household::Child& born = entourage->children[0];
    CHECK(born.kind == form::PersonKind::child);
    CHECK(born.birth_date->iso() == "2020-11-03");
    CHECK(born.authority == std::vector<std::string>{"r0", "self"});
    CHECK(born.living_with == "alternating");
    CHECK(born.collectors == std::vector<std::string>{"r0"});
    const household::Child& unborn = entourage->children[1];
    CHECK(unborn.kind == form::PersonKind::expected_child);
    CHECK_FALSE(unborn.first_names);
    CHECK(unborn.birth_date->iso() == "2027-02-15");

    REQUIRE(entourage->contacts.size() == 1);
    const household::Contact& contact = entourage->contacts[0];
    CHECK(contact.reference == "p0");
    CHECK(contact.may_collect);
    CHECK(contact.in_an_emergency);
    CHECK(contact.phone->e164() == "+33240123456");
    CHECK(contact.children == std::vector<std::string>{"c0"});
    CHECK(contact.rank == 1);
    CHECK(entourage->warnings.empty());
}

TEST_CASE("a person's answers are stored as submitted, with keys of their own") {
    const auto entourage = extracted(family::family());
    REQUIRE(entourage);
    CHECK(form::answer(entourage->representatives[0].answers, "mobile") == "+33698765432");
    CHECK(form::answer(entourage->children[0].answers, "authority.self") == "yes");
}

TEST_CASE("another address is an address; what was typed before saying \"the same\" is not") {
    Answers answers = family::family();
    Answers father = paul();
    father["address_choice"] = "own";
    father["address"] = "3 rue du Port";
    father["postal_code"] = "44000";
    father["commune"] = "Nantes";
    put_item(answers, "representatives", 0, father);
    auto entourage = extracted(answers);
    REQUIRE(entourage);
    CHECK_FALSE(entourage->representatives[0].same_address);
    REQUIRE(entourage->representatives[0].address);
    CHECK(entourage->representatives[0].address->commune.text() == "Nantes");
    father["address_choice"] = "same";
    put_item(answers, "representatives", 0, father);
    entourage = extracted(answers);
    REQUIRE(entourage);
    CHECK_FALSE(entourage->representatives[0].address);
    CHECK(form::answer(entourage->representatives[0].answers, "address").empty());
}

TEST_CASE("a contact's address is an address where the town asks for one, and may be left out or begun") {
    const form::FormDefinition form = entourage_form("saint-maur-des-fosses");
    Answers answers = family::family();
    answers["children.0.birth_place.commune"] = "Créteil";
    const auto read = [&] { return household::entourage_from(form, answers, only_self(), {}, on_the_day()); };
    REQUIRE(read());
    CHECK_FALSE(read()->contacts[0].address);
    answers["contacts.0.commune"] = "Saint-Maur-des-Fossés";
    REQUIRE(read());
    CHECK_FALSE(read()->contacts[0].address);
    answers["contacts.0.address"] = "4 avenue du Bac";
    answers["contacts.0.address.state"] = "matched";
    answers["contacts.0.address_extra"] = "au fond";
    answers["contacts.0.postal_code"] = "94 210";
    const auto whole = read();
    REQUIRE(whole);
    REQUIRE(whole->contacts[0].address);
    CHECK(whole->contacts[0].address->line.text() == "4 avenue du Bac");
    CHECK(whole->contacts[0].address->postal_code.text() == "94210");
    CHECK(whole->contacts[0].address->extra->text() == "au fond");
    CHECK(whole->contacts[0].address->state == domain::AddressState::matched);
    answers["contacts.0.postal_code"] = "9421";
    CHECK_FALSE(read());
}

TEST_CASE("contacts come in the order of calling, those without a rank last") {
    Answers answers = family::family();
    Answers second = jeanne();
    second["first_names"] = "Second";
    second["rank"] = "2";
    Answers unranked = jeanne();
    unranked["first_names"] = "Last";
    unranked.erase("rank");
    put_item(answers, "contacts", 0, unranked);
    put_item(answers, "contacts", 1, second);
    put_item(answers, "contacts", 2, jeanne());
    const auto entourage = extracted(answers);
    REQUIRE(entourage);
    CHECK(entourage->contacts[0].first_names->text() == "Jeanne");
    CHECK(entourage->contacts[1].first_names->text() == "Second");
    CHECK(entourage->contacts[2].first_names->text() == "Last");
}

TEST_CASE("a change to somebody known says whom it changes") {
    const household::Known known = known_family();
    Answers answers;
    put_item(answers, "contacts", 3, household::to_change(known[4], entourage_form(), known));
    const auto entourage = extracted(answers, known);
    REQUIRE(entourage);
    CHECK(entourage->contacts[0].known == "k5");
    CHECK(entourage->contacts[0].reference == "k5");
}

TEST_CASE("doubts go to the staff, errors to the family") {
    Answers answers = family::family();
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "7", "5", "2010"));
    const auto doubtful = extracted(answers);
    REQUIRE(doubtful);
    CHECK(described(doubtful->warnings) == "children.0.birth_date: generation_gap (warning)\n");
    form::remove_item(answers, "children", 0);
    form::remove_item(answers, "children", 1);
    const auto wrong = extracted(answers);
    REQUIRE_FALSE(wrong);
    CHECK(described(wrong.error()) == "contacts.0.contact_children: person_unknown\nchildren: child_missing\n");
}

TEST_CASE("references are rewritten when people get their own") {
    const auto entourage = extracted(family::family());
    REQUIRE(entourage);
    const form::FormDefinition form = entourage_form();
    const Answers rewritten =
        form::with_references(form.find_list("children")->item, entourage->children[0].answers,
                              [](std::string_view reference) { return reference == "r0" ? "k8" : "k7"; });
    CHECK(form::answer(rewritten, "authority.k8") == "yes");
    CHECK(form::answer(rewritten, "authority.k7") == "yes");
    CHECK(form::answer(rewritten, "authority.r0").empty());
    CHECK(form::answer(rewritten, "living_with") == "alternating");
}

TEST_CASE("a profile is read without identifier and password, and its keys apart") {
    Answers answers = profile_answers();
    answers["birth_place.commune"] = "Nantes";
    answers["service_key.enfance"] = "enf-2041-ab";
    answers["invitation"] = "ABCD-EFGH-JK";
    const auto profile = household::profile_from(profile_form("saint-maur-des-fosses"), answers, on_the_day());
    REQUIRE(profile);
    CHECK(profile->email.text() == "anne-lise.legoff@exemple.fr");
    REQUIRE(profile->service_keys.size() == 1);
    CHECK(profile->service_keys[0].service == "enfance");
    CHECK(profile->service_keys[0].key == "ENF-2041-AB");
    CHECK(profile->invitation == "ABCD-EFGH-JK");
    CHECK(form::answer(profile->answers, "first_names") == "Anne-Lise");
    CHECK(form::answer(profile->answers, "service_key.enfance").empty());
    CHECK(form::answer(profile->answers, "invitation").empty());
}

TEST_CASE("a profile is no way to change identifier or password") {
    Answers answers = profile_answers();
    CHECK(household::profile_from(profile_form("oudon"), answers, on_the_day()));
    answers["password"] = "Cheval-blanc-1985!";
    const auto profile = household::profile_from(profile_form("oudon"), answers, on_the_day());
    REQUIRE_FALSE(profile);
    CHECK(described(profile.error()) == "password: unknown_field\n");
}
