#include "domain/family_quotient.h"

#include "rejected.h"

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("a quotient familial is whole euros, however they are typed") {
    CHECK(FamilyQuotient::parse("612")->euros() == 612);
    CHECK(FamilyQuotient::parse("1 234 €")->text() == "1234");
    CHECK(FamilyQuotient::parse("1\u202f234\u00a0€")->text() == "1234");
    CHECK(FamilyQuotient::parse("0612")->text() == "612");
}

TEST_CASE("a quotient familial of 0 may mean that it could not be computed") {
    CHECK(FamilyQuotient::parse("0")->text() == "0");
    CHECK(FamilyQuotient::parse("0")->may_be_uncomputed());
    CHECK_FALSE(FamilyQuotient::parse("1")->may_be_uncomputed());
}

TEST_CASE("anything else is no quotient familial") {
    for (const char* wrong :
         {"-1", "612,50", "612.5", "100000", "99999999999999999999", "six cents", "€", "12€3", "1e3"})
        CHECK(reason(FamilyQuotient::parse(wrong)) == ProblemCode::family_quotient_format);
    CHECK(reason(FamilyQuotient::parse("")) == ProblemCode::required);
}
