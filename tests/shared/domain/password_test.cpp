#include "domain/password.h"

#include "domain/reference_data.h"
#include "rejected.h"

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace foyer;
using namespace foyer::domain;

namespace {

std::optional<ProblemCode> refused(std::string_view password, std::string_view identifier = "") {
    return reason(Password::parse(password, identifier, nullptr));
}

} // namespace

TEST_CASE("12 characters in 4 classes are enough") {
    CHECK_FALSE(refused("Tortue-44521").has_value());
    CHECK_FALSE(refused("aB3$efghijkl").has_value());
    CHECK(refused("aB3$efghijk") == ProblemCode::password_weak);
    CHECK_FALSE(refused("Été 2024 à Ou").has_value()); // a space is a special character
}

TEST_CASE("14 characters without special ones are enough") {
    CHECK_FALSE(refused("Tortue44521abc").has_value());
    CHECK(refused("Tortue44521ab") == ProblemCode::password_weak);
    CHECK(refused("tortue44521abc") == ProblemCode::password_weak);
    CHECK(refused("tortueverteabcdefgh") == ProblemCode::password_weak);
}

TEST_CASE("7 words are enough") {
    CHECK_FALSE(refused("la tortue verte lit son grand journal").has_value());
    CHECK_FALSE(refused("la-tortue-verte-lit-son-grand-journal").has_value());
    CHECK(refused("la tortue verte lit son journal") == ProblemCode::password_weak);
}

TEST_CASE("the same word seven times is one word") {
    CHECK(refused("tortue tortue Tortue TORTUE tortué tortue tortue") == ProblemCode::password_weak);
    CHECK(refused("- - - - - - - - -") == ProblemCode::password_weak);
}

TEST_CASE("a weak password is told what is missing for the nearest way") {
    const auto parsed = Password::parse("Tortue44", "", nullptr);
    CHECK(detail(parsed, "minimum") == "4");
    CHECK(detail(parsed, "way") == "four_classes");
    CHECK(detail(parsed, "classes") == "special");
    const auto phrase = Password::parse("la tortue verte lit son journal", "", nullptr);
    CHECK(detail(phrase, "classes") == "upper digit");
    const auto long_one = Password::parse("tortueverte44521", "", nullptr);
    CHECK(detail(long_one, "way") == "three_classes");
    CHECK(detail(long_one, "minimum") == "1");
    CHECK(detail(long_one, "classes") == "upper");
}

TEST_CASE("the gauge rises as a password is typed and is full only when the rule holds") {
    const std::string typed = "Tortue-44521";
    int before = 0;
    for (std::size_t length = 0; length <= typed.size(); ++length) {
        const PasswordStrength strength = password_strength(typed.substr(0, length));
        CHECK(strength.score >= before);
        CHECK((strength.score == 4) == strength.satisfies_rule);
        CHECK(strength.satisfies_rule == (length == typed.size()));
        before = strength.score;
    }
    CHECK(password_strength("").score == 0);
    CHECK(password_strength("").missing_characters == 12);
}

TEST_CASE("a password does not contain the identifier") {
    CHECK(refused("Marie.Dupont-44!", "marie.dupont") == ProblemCode::password_contains_identifier);
    CHECK(refused("44!MARIE.DUPONTx", "marie.dupont") == ProblemCode::password_contains_identifier);
    CHECK(refused("Marie.Dupont-44!", "marie.dupont@orange.fr") == ProblemCode::password_contains_identifier);
    CHECK_FALSE(refused("Tortue-44521", "marie").has_value());
    CHECK_FALSE(refused("Tortue-44521", "to").has_value());
    CHECK_FALSE(refused("Tortue-44521", "").has_value());
}

TEST_CASE("a password of a few characters repeated is common") {
    CHECK(refused("aaaaaaaaaA1!") == ProblemCode::password_common);
    CHECK_FALSE(refused("aaaaaaaabA1!").has_value());
}

TEST_CASE("a password is checked against the list of common ones") {
    std::ifstream file(FOYER_REFERENCE_DATA, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    std::vector<std::byte> bytes(text.size());
    std::memcpy(bytes.data(), text.data(), text.size());
    const ReferenceData reference = ReferenceData::read(bytes).value();
    for (const char* common : {"Motdepasse2024!", "MotDePasse12345", "Azertyuiop123!", "Password1234!!",
                               "Chocolat!12345", "Portailfamille44!", "Abcdefghijkl1!"}) {
        CAPTURE(common);
        CHECK(reason(Password::parse(common, "", &reference)) == ProblemCode::password_common);
        CHECK(Password::parse(common, "", nullptr).has_value());
    }
    CHECK(Password::parse("Tortue-44521", "", &reference).has_value());
}

TEST_CASE("two keyboards give the same bytes") {
    CHECK(Password::parse("E\u0301te\u0301-2024-Oudon", "", nullptr)->bytes() ==
          Password::parse("Été-2024-Oudon", "", nullptr)->bytes());
    CHECK(bytes_to_hash("e\u0301") == "é");
}

TEST_CASE("spaces of a password are kept") {
    CHECK(Password::parse(" Tortue  44! ", "", nullptr)->bytes() == " Tortue  44! ");
}

TEST_CASE("long passwords are fine up to 1024 bytes") {
    std::string phrase;
    while (phrase.size() < 1000)
        phrase += "la tortue verte lit son grand journal ";
    CHECK_FALSE(refused(phrase.substr(0, 73)).has_value());
    CHECK_FALSE(refused(phrase.substr(0, 1024)).has_value());
    CHECK(refused(std::string(1025, 'a')) == ProblemCode::too_long);
    CHECK(refused(std::string(10'000'000, 'a')) == ProblemCode::too_long);
}

TEST_CASE("an empty password is missing, one with controls is told") {
    CHECK(refused("") == ProblemCode::required);
    CHECK(refused(std::string_view("Tortue-\0-44521", 14)) == ProblemCode::forbidden_characters);
    CHECK(refused("Tortue-44521\xFF") == ProblemCode::not_text);
}
