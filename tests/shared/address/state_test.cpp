#include "address/state.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::address;
using foyer::domain::AddressState;

namespace {

Evidence perfect() {
    Evidence evidence;
    evidence.street_whole = evidence.number_held = evidence.nothing_left = evidence.place_named = evidence.alone = true;
    evidence.street_share = evidence.share = 1000;
    return evidence;
}

} // namespace

TEST_CASE("an address is matched when nothing is missing, guessed or ambiguous") {
    CHECK(state_of(perfect()) == AddressState::matched);
    for (bool Evidence::*needed :
         {&Evidence::street_whole, &Evidence::number_held, &Evidence::nothing_left, &Evidence::alone}) {
        Evidence evidence = perfect();
        evidence.*needed = false;
        CHECK(state_of(evidence) == AddressState::probable);
    }
}

TEST_CASE("what was typed for elsewhere is never probable") {
    Evidence evidence = perfect();
    evidence.nothing_left = false;
    evidence.elsewhere = true;
    CHECK(state_of(evidence) == AddressState::entered_by_hand);
}

TEST_CASE("another name of the same kind of street is not probable") {
    Evidence evidence = perfect();
    evidence.street_whole = evidence.nothing_left = false;
    evidence.foreign = true;
    evidence.share = 620;
    evidence.street_share = 500;
    CHECK(state_of(evidence) == AddressState::entered_by_hand);
}
