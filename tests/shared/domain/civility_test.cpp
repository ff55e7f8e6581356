#include "domain/civility.h"

#include "rejected.h"

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("civility is Madame, Monsieur or unspecified") {
    for (const Civility civility : {Civility::madame, Civility::monsieur, Civility::unspecified})
        CHECK(parse_civility(option_id(civility)).value() == civility);
}

TEST_CASE("there is no Mademoiselle") {
    CHECK(reason(parse_civility("mademoiselle")) == ProblemCode::unknown_choice);
    CHECK(reason(parse_civility("Madame")) == ProblemCode::unknown_choice);
}

TEST_CASE("no civility is none") { CHECK(reason(parse_civility("")) == ProblemCode::required); }
