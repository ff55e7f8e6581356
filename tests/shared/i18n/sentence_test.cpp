#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;

namespace {

std::string french(ProblemCode code, std::vector<Problem::Detail> details = {}) {
    return i18n::sentence({"field", code, Severity::error, std::move(details)}, "Prénom(s)", texts_in("fr"));
}

} // namespace

TEST_CASE("a sentence says what to do") {
    CHECK(french(ProblemCode::postal_code_format) == "Écrivez votre code postal en 5 chiffres, par exemple 44521.");
    CHECK(french(ProblemCode::required) == "Remplissez «\u00a0Prénom(s)\u00a0».");
    CHECK(french(ProblemCode::too_long, {{"maximum", "80"}}) ==
          "Raccourcissez «\u00a0Prénom(s)\u00a0»\u00a0: 80 caractères au plus.");
}

TEST_CASE("a weak password is told what it lacks") {
    CHECK(french(ProblemCode::password_weak, {{"minimum", "4"}, {"way", "four_classes"}, {"classes", "upper digit"}}) ==
          "Renforcez le mot de passe\u00a0: ajoutez 4 caractères, une majuscule et un chiffre.");
    CHECK(french(ProblemCode::password_weak, {{"minimum", "0"}, {"way", "words"}, {"words", "1"}}) ==
          "Renforcez le mot de passe\u00a0: ajoutez 1 mot.");
    CHECK(french(ProblemCode::password_weak) == "Renforcez le mot de passe\u00a0: il est trop facile à deviner.");
}

TEST_CASE("a date is told which part is missing") {
    CHECK(french(ProblemCode::date_incomplete, {{"part", "month"}}).find("il manque le mois") != std::string::npos);
    CHECK(french(ProblemCode::date_incomplete, {{"part", "year"}}).find("il manque l’année") != std::string::npos);
}

TEST_CASE("every problem has a sentence without unfilled places, in every language") {
    for (const char* language : {"fr", "en"}) {
        const i18n::Texts texts = texts_in(language);
        for (std::size_t i = 0; i < PROBLEM_CODES; ++i) {
            const std::string text =
                i18n::sentence({"field", static_cast<ProblemCode>(i), Severity::error, {}}, "Label", texts);
            INFO(text);
            CHECK(text.size() > 10);
            CHECK(text.find('{') == std::string::npos);
            CHECK((text.back() == '.' || text.find(". ") != std::string::npos));
        }
    }
}
