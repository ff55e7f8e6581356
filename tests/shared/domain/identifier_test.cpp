#include "domain/identifier.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("an identifier is 3 to 64 letters, digits and . _ -") {
    for (const char* text : {"abc", "marie.dupont", "Marie_44-521", "élodie", "Łukasz", "123"})
        CHECK(Identifier::parse(text)->text() == text);
    CHECK(Identifier::parse(std::string(64, 'a')).has_value());
    CHECK(reason(Identifier::parse(std::string(65, 'a'))) == ProblemCode::too_long);
    CHECK(reason(Identifier::parse(std::string(100'000, 'a'))) == ProblemCode::too_long);
    CHECK(detail(Identifier::parse("ab"), "minimum") == "3");
    CHECK(reason(Identifier::parse("")) == ProblemCode::required);
}

TEST_CASE("other characters in an identifier are named") {
    CHECK(reason(Identifier::parse("marie dupont")) == ProblemCode::identifier_characters);
    CHECK(detail(Identifier::parse("marie!$"), "characters") == "! $");
    CHECK(reason(Identifier::parse("😀😀😀")) == ProblemCode::identifier_characters);
}

TEST_CASE("an e-mail address may be the identifier, something like one may not") {
    CHECK(Identifier::parse("Marie+famille@Orange.fr")->text() == "Marie+famille@orange.fr");
    CHECK(Identifier::parse(std::string(64, 'a') + "@" + std::string(60, 'b') + ".fr").has_value());
    CHECK(reason(Identifier::parse("marie@")) == ProblemCode::identifier_email_like);
    CHECK(reason(Identifier::parse("@marie")) == ProblemCode::identifier_email_like);
}

TEST_CASE("capital letters and accents make no other account") {
    CHECK(Identifier::parse("Élodie")->folded() == Identifier::parse("elodie")->folded());
    CHECK(Identifier::parse("A@B.fr")->folded() == Identifier::parse("a@b.fr")->folded());
    CHECK(Identifier::parse("elodie.")->folded() != Identifier::parse("elodie")->folded());
}
