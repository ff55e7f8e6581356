#include "domain/service_key.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("a service key is 4 to 40 letters, digits and hyphens, in capitals") {
    CHECK(ServiceKey::parse("enf-2041-ab")->text() == "ENF-2041-AB");
    CHECK(ServiceKey::parse(" ENF 2041 AB ")->text() == "ENF2041AB");
    CHECK(ServiceKey::parse("ENF‑2041")->text() == "ENF-2041");
    CHECK(reason(ServiceKey::parse("A-B-C")) == ProblemCode::too_short);
    CHECK(reason(ServiceKey::parse(std::string(41, 'A'))) == ProblemCode::too_long);
    CHECK(reason(ServiceKey::parse(std::string(100'000, 'A'))) == ProblemCode::too_long);
    CHECK(reason(ServiceKey::parse("")) == ProblemCode::required);
}

TEST_CASE("the place of a wrong character in a service key is told") {
    CHECK(reason(ServiceKey::parse("ENF_2041")) == ProblemCode::service_key_format);
    CHECK(detail(ServiceKey::parse("ENF_2041"), "position") == "4");
    CHECK(detail(ServiceKey::parse("ENFÉ2041"), "position") == "4");
}

TEST_CASE("O and 0, I, L and 1 are one when keys are compared, and hyphens don't count") {
    CHECK(ServiceKey::parse("ENF-2O4I-AB")->comparable() == ServiceKey::parse("ENF2041AB")->comparable());
    CHECK(ServiceKey::parse("ENF-204l")->comparable() == ServiceKey::parse("ENF-2041")->comparable());
    CHECK(ServiceKey::parse("ENF-2042")->comparable() != ServiceKey::parse("ENF-2041")->comparable());
}
