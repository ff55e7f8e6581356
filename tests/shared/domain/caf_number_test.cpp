#include "domain/caf_number.h"

#include "rejected.h"

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("a CAF number keeps its leading zeros") {
    CHECK(CafNumber::parse("0012345")->text() == "0012345");
    CHECK(CafNumber::parse("00 12 345")->text() == "0012345");
}

TEST_CASE("a CAF number may end with a letter") { CHECK(CafNumber::parse("1234567 a")->text() == "1234567A"); }

TEST_CASE("anything else is no CAF number") {
    for (const char* wrong : {"1234", "12345678901234", "A1234567", "1234567AB", "12 34/56", "numéro"})
        CHECK(reason(CafNumber::parse(wrong)) == ProblemCode::caf_number_format);
    CHECK(reason(CafNumber::parse("")) == ProblemCode::required);
}
