#include "portals.h"
#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::form;

namespace {

std::string normalised(std::string_view key, std::string_view text) {
    const FormDefinition form = registration_of("oudon");
    const Located located = *locate(form, key);
    const std::string once = normalise(*located.field->definition, *located.part, text);
    CHECK(normalise(*located.field->definition, *located.part, once) == once);
    return once;
}

std::string shown(std::string_view key, const Answers& answers, const char* slug = "oudon") {
    const FormDefinition form = registration_of(slug);
    return displayed(*form.find(key), answers, texts_in("fr"));
}

} // namespace

TEST_CASE("a name is trimmed and composed, its case and accents kept") {
    CHECK(normalised("first_names", "  Mun\u0303oz \t LE ") == "Muñoz LE");
    CHECK(normalised("birth_name", "Derc’hen") == "Derc’hen");
}

TEST_CASE("a phone is written the way of its country") {
    CHECK(normalised("mobile", "0612345678") == "06 12 34 56 78");
    CHECK(normalised("mobile", "+33612345678") == "06 12 34 56 78");
    CHECK(normalised("mobile", " appelez-moi ") == "appelez-moi");
}

TEST_CASE("a postal code loses its spaces, what is none keeps its text") {
    CHECK(normalised("postal_code", "44 521") == "44521");
    CHECK(normalised("postal_code", "44 52") == "44 52");
}

TEST_CASE("a password comes back byte for byte") {
    CHECK(normalised("password", "  two  spaces\t") == "  two  spaces\t");
}

TEST_CASE("bytes that are not UTF-8 come back as they are") {
    CHECK(normalised("first_names", "\xff\xfe") == "\xff\xfe");
}

TEST_CASE("what is sent is normalised, without empty, hidden and unknown answers") {
    const FormDefinition form = registration_of("oudon");
    Answers answers = good_answers();
    answers["usage_name"] = "   ";
    answers["first_names"] = " Anne-Lise ";
    answers["no_birth_name"] = "yes";
    answers["is_admin"] = "yes";
    const Answers sent = submitted(form, answers);
    CHECK(sent.count("usage_name") == 0);
    CHECK(sent.count("birth_name") == 0);
    CHECK(sent.count("is_admin") == 0);
    CHECK(sent.at("first_names") == "Anne-Lise");
    CHECK(sent.at("mobile") == "+33612345678");
    CHECK(sent.at("service_key.enfance") == "OUDON-ENFANCE");
    CHECK(submitted(form, sent) == sent);
}

TEST_CASE("answers are shown the way people read them") {
    Answers answers = good_answers();
    CHECK(shown("civility", answers) == "Madame");
    CHECK(shown("birth_date", answers) == "3 novembre 1985");
    CHECK(shown("mobile", {{"mobile", "+33612345678"}}) == "06 12 34 56 78");
    CHECK(shown("consent", answers) == "Oui");
    CHECK(shown("service_key.enfance", answers) == "OUDON-ENFANCE");
    CHECK(shown("usage_name", answers).empty());
    CHECK(shown("birth_place", {{"birth_place.commune", "Hanoï"}, {"birth_place.country", "VN"}},
                "saint-maur-des-fosses") == "Hanoï, VN");
    CHECK(shown("birth_date", {{"birth_date.day", "0"}, {"birth_date.month", "0"}, {"birth_date.year", "1992"}}) ==
          "1992");
}

TEST_CASE("a password is never shown, not even its length") {
    CHECK(shown("password", {{"password", "a"}}) == shown("password", {{"password", "a much longer one"}}));
    CHECK(shown("password", {{"password", "a"}}).find('a') == std::string::npos);
}
