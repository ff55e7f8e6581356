#include "accounts/correction_answers.h"

#include <catch2/catch_test_macros.hpp>

using foyer::server::correction_answers;
using foyer::server::store::Answers;

namespace {

const Answers ENTOURAGE = {{"representatives.0.first_names", "Jean"},
                           {"representatives.0.mobile", "+33698765432"},
                           {"children.0.born", "born"},
                           {"children.0.first_names", "Léa"},
                           {"children.0.birth_date.day", "7"},
                           {"children.0.authority.r0", "yes"},
                           {"children.1.first_names", "Tom"},
                           {"children.1.birth_date.day", "9"},
                           {"children.10.birth_date.day", "1"}};

} // namespace

TEST_CASE("of a person of whom one answer is asked again, the family gets back everything") {
    const Answers given = correction_answers(ENTOURAGE, {"children.0.birth_date"});
    CHECK(given == Answers{{"representatives.0.first_names", "Jean"},
                           {"children.0.born", "born"},
                           {"children.0.first_names", "Léa"},
                           {"children.0.birth_date.day", "7"},
                           {"children.0.authority.r0", "yes"},
                           {"children.1.first_names", "Tom"}});
}

TEST_CASE("of a form without lists, the family gets back the named fields with all their parts and no other") {
    const Answers profile = {{"birth_date.day", "3"}, {"birth_date.month", "11"}, {"birth_name", "Le Goff"},
                             {"address", "7 rue"},    {"address_extra", "bis"},   {"first_names", "Anne"}};
    CHECK(correction_answers(profile, {"birth_date"}) == Answers{{"birth_date.day", "3"}, {"birth_date.month", "11"}});
    CHECK(correction_answers(profile, {"address"}) == Answers{{"address", "7 rue"}});
    CHECK(correction_answers(profile, {}).empty());
}
