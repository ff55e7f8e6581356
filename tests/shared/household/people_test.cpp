#include "household/people.h"

#include "family.h"
#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace family;
using form::put_item;

namespace {

// "self Anne-Lise Le Goff; r0 Paul Martin"
std::string listed(const std::vector<form::PersonChoice>& people) {
    std::string text;
    for (const form::PersonChoice& person : people)
        text += (text.empty() ? "" : "; ") + person.reference + " " + form::name_of(person, texts_in("fr"));
    return text;
}

} // namespace

TEST_CASE("everybody can be chosen, oneself first, then those declared") {
    CHECK(listed(household::people_of(entourage_form(), family::family(), only_self())) ==
          "self Anne-Lise Le Goff; r0 Paul Martin; c0 Léa Martin; c1 Enfant à naître; p0 Jeanne Le Goff");
}

TEST_CASE("oneself is there even while nothing is known") {
    CHECK(listed(household::people_of(entourage_form(), {}, {})) == "self Vous");
}

TEST_CASE("who is known can be chosen by the known reference, oneself as self") {
    const auto people = household::people_of(entourage_form(), {}, known_family());
    CHECK(listed(people) ==
          "self Anne-Lise Le Goff; k2 Paul Martin; k3 Léa Martin; k4 Enfant à naître; k5 Jeanne Le Goff");
    CHECK(form::find_person(people, "k1") == people.data());
    CHECK(form::find_person(people, "k9") == nullptr);
}

TEST_CASE("who is declared anew is there once, under the known reference and the new name") {
    Answers answers;
    Answers child = lea();
    child["first_names"] = "Léa-Rose";
    child["known"] = "k3";
    put_item(answers, "children", 0, child);
    const auto people = household::people_of(entourage_form(), answers, known_family());
    CHECK(listed(people) ==
          "self Anne-Lise Le Goff; k3 Léa-Rose Martin; k2 Paul Martin; k4 Enfant à naître; k5 Jeanne Le Goff");
    REQUIRE(form::find_person(people, "c0"));
    CHECK(form::find_person(people, "c0")->reference == "k3");
}

TEST_CASE("several expected children without a name have numbers") {
    Answers answers = family::family();
    put_item(answers, "children", 2, expected());
    const std::string people = listed(household::people_of(entourage_form(), answers, only_self()));
    CHECK(people.find("c1 Enfant à naître 1; c2 Enfant à naître 2") != std::string::npos);
}

TEST_CASE("a usage name stands before a birth name, and no name at all is nothing") {
    CHECK(household::full_name({{"first_names", "Anne"}, {"birth_name", "Le Goff"}, {"usage_name", "Martin"}}) ==
          "Anne Martin");
    CHECK(household::full_name({{"first_names", "Anne"}, {"birth_name", "Old"}, {"no_birth_name", "yes"}}) == "Anne");
    CHECK(household::full_name({}).empty());
    CHECK(household::full_name({{"born", "expected"}, {"birth_name", "Martin"}}).empty());
}

TEST_CASE("a known person's form opens with what is known, and with oneself as self") {
    const household::Known known = known_family();
    const Answers answers = household::to_change(known[2], entourage_form(), known);
    CHECK(form::answer(answers, "known") == "k3");
    CHECK(form::answer(answers, "born") == "born");
    CHECK(form::answer(answers, "first_names") == "Léa");
    CHECK(form::answer(answers, "authority.self") == "yes");
    CHECK(form::answer(answers, "authority.k1").empty());
    CHECK(form::answer(answers, "authority.k2") == "yes");
    CHECK(form::answer(answers, "living_with") == "self");
}

TEST_CASE("the birth of an expected child keeps what was typed and asks for names and date only") {
    const household::Known known = known_family();
    Answers answers;
    put_item(answers, "children", 0, household::to_announce_birth(known[3], entourage_form(), known));
    CHECK(form::answer(answers, "children.0.known") == "k4");
    CHECK(form::answer(answers, "children.0.birth_name") == "Martin");
    CHECK(form::answer(answers, "children.0.authority.self") == "yes");
    CHECK(form::answer(answers, "children.0.expected_date.day").empty());
    CHECK(problems_of(answers, known) == "children.0.first_names: required\n"
                                         "children.0.birth_date: required\n");
    answers["children.0.first_names"] = "Tom";
    answers["children.0.birth_date.day"] = "22";
    answers["children.0.birth_date.month"] = "11";
    answers["children.0.birth_date.year"] = "2026";
    CHECK(problems_of(answers, known).empty());
}
