#include "form/address.h"
#include "form/extract.h"
#include "form/list.h"
#include "portals.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::form;

namespace {

const AddressFinding ALSACE = {domain::AddressState::matched, "12", "bis", "Rue d'Alsace", "-1.28374,47.34512"};

std::vector<Problem> problems_with(const Answers& changes) {
    Answers answers = good_answers();
    for (const auto& [key, text] : changes)
        answers[key] = text;
    return validate(registration_of("oudon"), answers, on_the_day());
}

} // namespace

TEST_CASE("what a search found is kept beside the address and read back") {
    Answers answers = {{"address", "12 bis rue d'Alsace"}};
    put_address_finding(answers, ALSACE);
    CHECK(answer(answers, "address.state") == "matched");
    CHECK(answer(answers, "address.number") == "12");
    CHECK(answer(answers, "address.repetition") == "bis");
    CHECK(answer(answers, "address.street") == "Rue d'Alsace");
    CHECK(answer(answers, "address.position") == "-1.28374,47.34512");
    CHECK(address_finding(answers) == ALSACE);
}

TEST_CASE("only a matched address has parts") {
    Answers answers;
    put_address_finding(answers, ALSACE);
    AddressFinding closest = ALSACE;
    closest.state = domain::AddressState::probable;
    put_address_finding(answers, closest);
    CHECK(answers == Answers{{"address.state", "probable"}});
    answers["address.number"] = "12"; // as a device may send it
    CHECK(address_finding(answers) == AddressFinding{domain::AddressState::probable, {}, {}, {}, {}});
}

TEST_CASE("a finding that is forgotten leaves the typed line") {
    Answers answers = {{"address", "12 bis rue d'Alsace"}};
    put_address_finding(answers, ALSACE);
    forget_address_finding(answers);
    CHECK(answers == Answers{{"address", "12 bis rue d'Alsace"}});
    CHECK(address_finding(answers) == AddressFinding{});
}

TEST_CASE("an address is searched for with its postal code and its town") {
    CHECK(whole_address({{"address", "12 bis rue d'Alsace"}, {"postal_code", "44521"}, {"commune", "Oudon"}}) ==
          "12 bis rue d'Alsace 44521 Oudon");
    CHECK(whole_address({{"address", "12 bis rue d'Alsace"}}) == "12 bis rue d'Alsace");
    CHECK(whole_address({{"postal_code", "44521"}}).empty());
}

TEST_CASE("the parts of a known address are sent with it and reach the postal address") {
    Answers answers = good_answers();
    put_address_finding(answers, ALSACE);
    const FormDefinition form = registration_of("oudon");
    CHECK(validate(form, answers, on_the_day()).empty());
    CHECK(answer(submitted(form, answers), "address.position") == "-1.28374,47.34512");
    const auto registration = registration_from(form, answers, on_the_day());
    REQUIRE(registration);
    CHECK(registration->address->state == domain::AddressState::matched);
}

TEST_CASE("parts without an address are not sent") {
    Answers answers = good_answers();
    put_address_finding(answers, ALSACE);
    answers["address"] = " ";
    CHECK(answer(submitted(registration_of("oudon"), answers), "address.state").empty());
}

TEST_CASE("a state that does not exist is refused, and so is a part that is no line of text") {
    for (const Answers& changes : {Answers{{"address.state", "certain"}}, Answers{{"address.street", "\xc3\x28"}},
                                   Answers{{"address.position", std::string(201, '1')}}}) {
        const auto problems = problems_with(changes);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].field == "address");
        CHECK(problems[0].severity == Severity::error);
    }
}

TEST_CASE("people in a list have the same parts") {
    for (const auto& list : {REPRESENTATIVES, CONTACTS})
        for (const std::string_view suffix :
             {ADDRESS_STATE, ADDRESS_NUMBER, ADDRESS_REPETITION, ADDRESS_STREET, ADDRESS_POSITION}) {
            const FieldDefinition* const field = find_list_field(list, "address");
            REQUIRE(field);
            bool found = false;
            for (const PartDefinition& part : field->parts)
                found = found || (part.suffix == suffix && part.entry == Entry::hidden);
            CHECK(found);
        }
}
