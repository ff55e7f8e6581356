// The rules across people, one fact each. Today is 22 November 2026 (portals.h).
#include "family.h"
#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace family;
using form::put_item;

namespace {

Answers with_child(const Answers& child, unsigned number = 0) {
    Answers answers = family::family();
    put_item(answers, "children", number, child);
    return answers;
}
Answers with_contact(const Answers& contact) {
    Answers answers = family::family();
    put_item(answers, "contacts", 0, contact);
    return answers;
}

} // namespace

TEST_CASE("a family of two parents, a child, one to be born and a grandmother is declared without a problem") {
    CHECK(problems_of(family::family()).empty());
}

TEST_CASE("a single parent with a child needs no other representative and no contact") {
    Answers answers;
    Answers child = lea();
    child.erase("authority.r0");
    child.erase("collectors.r0");
    put_item(answers, "children", 0, child);
    CHECK(problems_of(answers).empty());
}

// ---- generations ----

TEST_CASE("a child almost as old as its representative is a question") {
    const Answers answers = with_child(dated(lea(), "birth_date", "1", "1", "1996"));
    CHECK(problems_of(answers) == "children.0.birth_date: age_unlikely (warning)\n"
                                  "children.0.birth_date: generation_gap (warning)\n");
    Answers young = family::family();
    put_item(young, "representatives", 0, dated(paul(), "birth_date", "7", "5", "2010"));
    CHECK(problems_of(young) == "children.0.birth_date: generation_gap (warning)\n");
}

TEST_CASE("a child older than its representative is a question") {
    Answers answers = family::family();
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "7", "5", "2021"));
    CHECK(problems_of(answers) == "representatives.0.birth_date: age_unlikely (warning)\n"
                                  "children.0.birth_date: generation_gap (warning)\n");
}

TEST_CASE("a representative more than seventy years older than a child is a question") {
    Answers answers = family::family();
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "7", "5", "1945"));
    CHECK(problems_of(answers) == "children.0.birth_date: generation_gap (warning)\n");
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "4", "11", "1949"));
    CHECK(problems_of(answers).empty()); // seventy, and not yet seventy-one
}

TEST_CASE("the question names the representative") {
    Answers answers = family::family();
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "7", "5", "2010"));
    const auto problems = check_entourage(entourage_form(), answers, only_self(), {}, on_the_day());
    REQUIRE(problems.size() == 1);
    CHECK(detail(problems[0], "person") == "Paul Martin");
    CHECK(form::sentence(entourage_form(), problems[0], texts_in("fr")) ==
          "Vérifiez cette date\u00a0: l’écart d’âge avec Paul Martin est inhabituel. Si elle est juste, continuez.");
}

TEST_CASE("an expected child is held against its parents too") {
    Answers child = expected();
    child["authority.r0"] = "yes";
    Answers answers = with_child(child, 1);
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "7", "5", "2018"));
    CHECK(problems_of(answers) == "representatives.0.birth_date: age_unlikely (warning)\n"
                                  "children.0.birth_date: generation_gap (warning)\n"
                                  "children.1.expected_date: generation_gap (warning)\n");
}

TEST_CASE("only who has authority over the child is looked at") {
    Answers child = lea();
    child.erase("authority.r0");
    Answers answers = with_child(child);
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "7", "5", "2009"));
    CHECK(problems_of(answers).empty());
}

TEST_CASE("an unknown day or month is given the benefit of the doubt") {
    Answers answers = family::family();
    put_item(answers, "representatives", 0, dated(paul(), "birth_date", "0", "0", "2008"));
    CHECK(problems_of(answers).empty()); // on 1 January 2008 twelve years before 3 November 2020
}

TEST_CASE("the span between generations is the town's to say") {
    household::Rules rules;
    rules.generation_minimum = 40;
    CHECK(problems_of(family::family(), only_self(), rules) == "children.0.birth_date: generation_gap (warning)\n");
}

// ---- twins and doubles ----

TEST_CASE("twins are welcome: one birth date, two first names") {
    Answers twin = lea();
    twin["first_names"] = "Zoé";
    CHECK(problems_of(with_child(twin, 2)).empty());
}

TEST_CASE("two expected children with one date are twins") { CHECK(problems_of(with_child(expected(), 2)).empty()); }

TEST_CASE("the same child twice is a question, whatever its accents and capitals") {
    Answers again = lea();
    again["first_names"] = " LEA ";
    again["birth_name"] = "martin";
    const auto problems = check_entourage(entourage_form(), with_child(again, 2), only_self(), {}, on_the_day());
    CHECK(described(problems) == "children.2.first_names: same_child (warning)\n");
    CHECK(detail(problems[0], "person") == "Léa Martin");
}

TEST_CASE("a child that the town knows already is a question") {
    Answers answers;
    Answers again = lea();
    again.erase("authority.r0");
    again.erase("collectors.r0");
    put_item(answers, "children", 0, again);
    CHECK(problems_of(answers, known_family()) == "children.0.first_names: same_child (warning)\n");
    again["known"] = "k3"; // it is that child, changed
    put_item(answers, "children", 0, again);
    CHECK(problems_of(answers, known_family()).empty());
}

TEST_CASE("cousins of one name and two birth dates are two children") {
    CHECK(problems_of(with_child(dated(lea(), "birth_date", "4", "11", "2020"), 2)).empty());
}

// ---- contacts ----

TEST_CASE("a contact is not the child") {
    Answers contact = jeanne();
    contact["first_names"] = "lea";
    contact["birth_name"] = "MARTIN";
    contact["role"] = "emergency"; // nobody asks for a birth date then
    contact["relation"] = "other";
    CHECK(problems_of(with_contact(contact)) == "contacts.0.first_names: contact_is_child\n");
}

TEST_CASE("a grandmother may have her grandchild's name, which is a question") {
    Answers contact = jeanne();
    contact["first_names"] = "Léa";
    contact["birth_name"] = "Martin";
    contact["role"] = "emergency";
    CHECK(problems_of(with_contact(contact)) == "contacts.0.first_names: contact_is_child (warning)\n");
}

TEST_CASE("another birth date makes a contact of the child's name another person") {
    Answers contact = jeanne();
    contact["first_names"] = "Léa";
    contact["birth_name"] = "Martin";
    contact["relation"] = "friend";
    CHECK(problems_of(with_contact(contact)).empty());
}

TEST_CASE("a contact is not a child that the town knows either") {
    Answers answers;
    Answers contact = jeanne();
    contact["first_names"] = "Léa";
    contact["birth_name"] = "Martin";
    contact["role"] = "emergency";
    contact["relation"] = "friend";
    contact.erase("contact_children.c0");
    contact["contact_children.k3"] = "yes";
    put_item(answers, "contacts", 0, contact);
    CHECK(problems_of(answers, known_family()) == "contacts.0.first_names: contact_is_child\n");
}

TEST_CASE("who comes for a child is eighteen at least") {
    Answers young = dated(jeanne(), "birth_date", "23", "11", "2008"); // eighteen tomorrow
    young["relation"] = "sibling";
    const auto problems = check_entourage(entourage_form(), with_contact(young), only_self(), {}, on_the_day());
    CHECK(described(problems) == "contacts.0.birth_date: collector_too_young\n");
    CHECK(detail(problems[0], "minimum") == "18");
    CHECK(form::sentence(entourage_form(), problems[0], texts_in("fr")).find("18 ans") != std::string::npos);
    CHECK(problems_of(with_contact(dated(young, "birth_date", "22", "11", "2008"))).empty());
}

TEST_CASE("a town may let younger ones come for a child, and says from which age") {
    const Answers young = dated(jeanne(), "birth_date", "1", "9", "2010");
    household::Rules rules;
    rules.collector_minimum_age = 16;
    CHECK(problems_of(with_contact(young), only_self(), rules).empty());
    CHECK_FALSE(problems_of(with_contact(dated(young, "birth_date", "1", "12", "2010")), only_self(), rules).empty());
    rules.collector_minimum_age = 0;
    CHECK(problems_of(with_contact(dated(young, "birth_date", "1", "12", "2015")), only_self(), rules).empty());
    CHECK(portal_of("oudon").rules.collector_minimum_age == 18);
    CHECK(portal_of("saint-maur-des-fosses").rules.collector_minimum_age == 16);
}

TEST_CASE("who is only called in an emergency may be of any age") {
    Answers young = dated(jeanne(), "birth_date", "1", "9", "2012");
    young["role"] = "emergency";
    CHECK(problems_of(with_contact(young)).empty());
}

TEST_CASE("a contact without a telephone cannot be called") {
    Answers contact = jeanne();
    contact.erase("contact_phone");
    CHECK(problems_of(with_contact(contact)) == "contacts.0.contact_phone: required\n");
}

TEST_CASE("a contact is for one child at least") {
    Answers contact = jeanne();
    contact.erase("contact_children.c0");
    CHECK(problems_of(with_contact(contact)) == "contacts.0.contact_children: required\n");
}

TEST_CASE("the order of calling is a number from 1") {
    for (const char* wrong : {"0", "01", "-1", "first", "10000"}) {
        Answers contact = jeanne();
        contact["rank"] = wrong;
        CHECK(problems_of(with_contact(contact)) == "contacts.0.rank: unknown_choice\n");
    }
}

// ---- children ----

TEST_CASE("an entourage has a child, born or expected") {
    Answers answers;
    put_item(answers, "representatives", 0, paul());
    CHECK(problems_of(answers) == "children: child_missing\n");
    CHECK(problems_of({}) == "children: child_missing\n");
    put_item(answers, "children", 0, expected());
    CHECK(problems_of(answers).empty());
}

TEST_CASE("a child that the town knows is a child") {
    Answers answers;
    put_item(answers, "representatives", 0, paul());
    CHECK(problems_of(answers, known_family()).empty());
}

TEST_CASE("a town without a service for children asks for none") {
    Answers answers;
    put_item(answers, "representatives", 0, paul());
    household::Rules rules;
    rules.child_required = false;
    CHECK(problems_of(answers, only_self(), rules).empty());
}

TEST_CASE("a child born today is born") {
    CHECK(problems_of(with_child(dated(lea(), "birth_date", "22", "11", "2026"))).empty());
}

TEST_CASE("a child born tomorrow is not born yet") {
    CHECK(problems_of(with_child(dated(lea(), "birth_date", "23", "11", "2026"))) ==
          "children.0.birth_date: date_future\n");
}

TEST_CASE("a child's birth date is a whole date") {
    CHECK(problems_of(with_child(dated(lea(), "birth_date", "0", "11", "2020"))) ==
          "children.0.birth_date: date_incomplete\n");
}

TEST_CASE("a child may be expected today, and not for yesterday") {
    CHECK(problems_of(with_child(dated(expected(), "expected_date", "22", "11", "2026"), 1)).empty());
    CHECK(problems_of(with_child(dated(expected(), "expected_date", "21", "11", "2026"), 1)) ==
          "children.1.expected_date: date_past\n");
}

TEST_CASE("a child expected in more than ten months is a question") {
    CHECK(problems_of(with_child(dated(expected(), "expected_date", "22", "9", "2027"), 1)).empty());
    CHECK(problems_of(with_child(dated(expected(), "expected_date", "23", "9", "2027"), 1)) ==
          "children.1.expected_date: expected_date_far (warning)\n");
    CHECK(problems_of(with_child(dated(expected(), "expected_date", "1", "1", "2030"), 1)) ==
          "children.1.expected_date: expected_date_far (warning)\n");
}

TEST_CASE("an expected child needs no name; a born one does") {
    Answers nameless = lea();
    nameless.erase("first_names");
    nameless.erase("birth_name");
    CHECK(problems_of(with_child(nameless)) == "children.0.first_names: required\n"
                                               "children.0.birth_name: required\n");
    nameless["no_birth_name"] = "yes";
    CHECK(problems_of(with_child(nameless)) == "children.0.first_names: required\n");
}

TEST_CASE("it must be said whether a child is born") {
    Answers child = lea();
    child.erase("born");
    CHECK(problems_of(with_child(child)) == "children.0.born: required\n");
}

TEST_CASE("a child has somebody with parental authority") {
    Answers child = lea();
    child.erase("authority.self");
    child.erase("authority.r0");
    CHECK(problems_of(with_child(child)) == "children.0.authority: required\n");
}

// ---- references ----

TEST_CASE("a reference to nobody is refused") {
    Answers child = lea();
    child["authority.r7"] = "yes";
    CHECK(problems_of(with_child(child)) == "children.0.authority: person_unknown\n");
    child = lea();
    child["living_with"] = "k99";
    CHECK(problems_of(with_child(child)) == "children.0.living_with: person_unknown\n");
}

TEST_CASE("a person of another family is nobody") {
    Answers contact = jeanne();
    contact["contact_children.k3"] = "yes";
    CHECK(problems_of(with_contact(contact)) == "contacts.0.contact_children: person_unknown\n");
    CHECK(problems_of(with_contact(contact), known_family()).find("person_unknown") == std::string::npos);
}

TEST_CASE("a child has no authority over a child, and a contact is for no adult") {
    Answers child = lea();
    child["authority.c1"] = "yes";
    CHECK(problems_of(with_child(child)) == "children.0.authority: person_unknown\n");
    Answers contact = jeanne();
    contact["contact_children.r0"] = "yes";
    CHECK(problems_of(with_contact(contact)) == "contacts.0.contact_children: person_unknown\n");
}

TEST_CASE("what is no reference is no choice") {
    Answers child = lea();
    child["living_with"] = "the moon";
    CHECK(problems_of(with_child(child)) == "children.0.living_with: unknown_choice\n");
    child = lea();
    child["authority.self"] = "maybe";
    CHECK(problems_of(with_child(child)) == "children.0.authority: unknown_choice\n");
    child = lea();
    child["authority.king"] = "yes";
    CHECK(problems_of(with_child(child)) == "children.0.authority.king: unknown_field\n");
}

TEST_CASE("who removes a person leaves a reference to nobody") {
    Answers answers = family::family();
    form::remove_item(answers, "representatives", 0);
    CHECK(problems_of(answers) == "children.0.authority: person_unknown\n"
                                  "children.0.collectors: person_unknown\n");
}

TEST_CASE("one changes people of one's own family only, each once, and each into what it is") {
    const auto with_known = [](const char* reference) {
        Answers answers;
        Answers child = lea();
        child.erase("authority.r0");
        child.erase("collectors.r0");
        child["known"] = reference;
        put_item(answers, "children", 0, child);
        return answers;
    };
    CHECK(problems_of(with_known("k3"), known_family()).empty());
    for (const char* nobody : {"k99", "k1", "self", "c0", "k2", "k5", "x"}) { // k1 oneself, k2 an adult, k5 a contact
        INFO(nobody);
        CHECK(problems_of(with_known(nobody), known_family()).find("children.0.known: person_unknown\n") !=
              std::string::npos);
    }
    Answers twice = with_known("k3");
    put_item(twice, "children", 1, form::item_answers(twice, "children", 0));
    CHECK(problems_of(twice, known_family()).find("children.1.known: person_unknown\n") != std::string::npos);
}

// ---- numbers ----

TEST_CASE("two hundred people are declared, and of two hundred and one the limit is told") {
    Answers answers = family::family(); // four
    const auto fill = [&answers](unsigned people) {
        for (unsigned number = 1; number <= people - 4; ++number) {
            Answers contact = jeanne();
            contact["first_names"] = "Jeanne " + std::string(1, static_cast<char>('A' + number % 26));
            contact["rank"] = std::to_string(number + 1);
            put_item(answers, "contacts", number, contact);
        }
    };
    fill(200);
    CHECK(problems_of(answers).empty());
    fill(201);
    const auto problems = check_entourage(entourage_form(), answers, only_self(), {}, on_the_day());
    REQUIRE(described(problems) == "contacts: too_many_people\n");
    CHECK(detail(problems[0], "maximum") == "200");
    CHECK(form::sentence(entourage_form(), problems[0], texts_in("en")) ==
          "Declare at most 200 people in one request. Send the others in a second request.");
}

TEST_CASE("every problem across people is said in French and English") {
    for (const char* language : {"fr", "en"}) {
        const i18n::Texts texts = texts_in(language);
        for (const ProblemCode code :
             {ProblemCode::generation_gap, ProblemCode::same_child, ProblemCode::contact_is_child,
              ProblemCode::child_missing, ProblemCode::collector_too_young, ProblemCode::too_many_people,
              ProblemCode::person_unknown, ProblemCode::expected_date_far, ProblemCode::service_key_mistyped}) {
            INFO(language << " " << name(code));
            const Problem problem{"children.0.birth_date",
                                  code,
                                  Severity::error,
                                  {{"person", "Léa"}, {"minimum", "18"}, {"maximum", "200"}}};
            const std::string sentence = form::sentence(entourage_form(), problem, texts);
            CHECK_FALSE(sentence.empty());
            CHECK(sentence.find('{') == std::string::npos);
        }
    }
}
