#include "domain/postal_address.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("an address has three honest states") {
    for (const AddressState state : {AddressState::matched, AddressState::probable, AddressState::entered_by_hand})
        CHECK(parse_address_state(id(state)).value() == state);
    CHECK(reason(parse_address_state("verified")) == ProblemCode::unknown_choice);
    CHECK(reason(parse_address_state("")) == ProblemCode::required);
}

TEST_CASE("an address line is what a person writes on an envelope") {
    for (const char* line : {"12 bis rue d'Alsace", "1, place de l’Hôtel-de-Ville", "Lieu-dit « Le Bois »",
                             "Apt. 3 (2e étage)", "N° 4", "Bât. B/C"})
        CHECK(AddressLine::parse(line)->text() == line);
    CHECK(reason(AddressLine::parse("")) == ProblemCode::required);
    CHECK(reason(AddressLine::parse("12 rue\u202E")) == ProblemCode::forbidden_characters);
    CHECK(reason(AddressLine::parse(std::string(201, 'a'))) == ProblemCode::too_long);
}

TEST_CASE("an address entered by hand needs no known commune") {
    const PostalAddress address{AddressLine::parse("2 rue du Port").value(),
                                {},
                                {},
                                {},
                                {},
                                {},
                                {},
                                PostalCode::parse("44041").value(),
                                AddressLine::parse("Nantes Cedex 1").value(),
                                {},
                                AddressState::entered_by_hand};
    CHECK_FALSE(address.insee.has_value());
    CHECK(address.state == AddressState::entered_by_hand);
}
