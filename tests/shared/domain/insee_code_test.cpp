#include "domain/insee_code.h"

#include "rejected.h"

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("communes are keyed by five characters") {
    for (const char* code : {"44115", "94068", "01001", "97105", "98818"})
        CHECK(InseeCode::parse(code)->text() == code);
}

TEST_CASE("Corsica is 2A and 2B") {
    CHECK(InseeCode::parse("2A004")->text() == "2A004");
    CHECK(InseeCode::parse("2b033")->text() == "2B033");
    CHECK_FALSE(InseeCode::parse("2C001"));
    CHECK_FALSE(InseeCode::parse("1A001"));
}

TEST_CASE("anything else is no INSEE code") {
    for (const char* wrong : {"4411", "441155", "A4115", "44 15", "441é", "44B15"})
        CHECK(reason(InseeCode::parse(wrong)) == ProblemCode::commune_unknown);
    CHECK(reason(InseeCode::parse("")) == ProblemCode::required);
}
