#include "domain/postal_code.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("a postal code is five digits") {
    CHECK(PostalCode::parse("44521")->text() == "44521");
    CHECK(PostalCode::parse("01000")->text() == "01000");
    for (const char* wrong : {"4452", "445210", "4452A", "2A004", "٤٤٥٢١", "44-521", "44.521"})
        CHECK(reason(PostalCode::parse(wrong)) == ProblemCode::postal_code_format);
    CHECK(reason(PostalCode::parse(std::string(1000, '4'))) == ProblemCode::postal_code_format);
}

TEST_CASE("a postal code may be typed with spaces") {
    CHECK(PostalCode::parse(" 44 521 ")->text() == "44521");
    CHECK(PostalCode::parse("44\u00A0521")->text() == "44521");
}

TEST_CASE("an empty postal code is missing") { CHECK(reason(PostalCode::parse("  ")) == ProblemCode::required); }

TEST_CASE("CEDEX codes are five digits like any other") { CHECK(PostalCode::parse("44041").has_value()); }
