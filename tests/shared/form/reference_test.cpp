// Rules that need the list of communes, on the list as the build has made it.
#include "domain/reference_data.h"
#include "form/extract.h"
#include "portals.h"
#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

#include <span>

using namespace foyer;
using namespace foyer::form;

namespace {

class Reference {
public:
    Reference()
        : m_bytes(file_text(FOYER_REFERENCE)), m_data(*domain::ReferenceData::read(std::as_bytes(std::span(m_bytes)))) {
    }
    [[nodiscard]] Context context() const { return {{2026, 11, 22}, &m_data}; }
    [[nodiscard]] const domain::ReferenceData& data() const { return m_data; }

private:
    std::string m_bytes;
    domain::ReferenceData m_data;
};

std::vector<Problem> problems_with(const Answers& changes, const char* slug = "oudon") {
    static const Reference reference;
    Answers answers = good_answers();
    for (const auto& [key, text] : changes)
        answers[key] = text;
    return validate(registration_of(slug), answers, reference.context());
}

void check_warning(const std::vector<Problem>& problems, std::string_view field, ProblemCode code) {
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == field);
    CHECK(problems[0].code == code);
    CHECK(problems[0].severity == Severity::warning);
}

} // namespace

TEST_CASE("a postal code and one of its communes go together, however it is written") {
    CHECK(problems_with({}).empty());
    CHECK(problems_with({{"commune", "COUFFE"}}).empty());
    CHECK(problems_with({{"postal_code", "94210"}, {"commune", "St Maur des Fosses"}}).empty());
    CHECK(problems_with({{"commune.code", "44115"}}).empty());
}

TEST_CASE("a commune that is not under the postal code is a question, never a wall") {
    check_warning(problems_with({{"commune", "Nantes"}}), "commune", ProblemCode::commune_unknown);
    check_warning(problems_with({{"commune.code", "94068"}}), "commune", ProblemCode::commune_unknown);
    check_warning(problems_with({{"commune.code", "Oudon"}}), "commune", ProblemCode::commune_unknown);
}

TEST_CASE("a postal code that is not in the list is believed") {
    CHECK(problems_with({{"postal_code", "44009"}, {"commune", "Nantes Cedex 1"}}).empty());
}

TEST_CASE("a country of birth is one of the list, and is read by its name") {
    const char* const town = "saint-maur-des-fosses";
    CHECK(problems_with({{"birth_place.country", "VN"}, {"birth_place.commune", "Hanoï"}}, town).empty());
    const auto problems = problems_with({{"birth_place.country", "QQ"}}, town);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == ProblemCode::unknown_choice);

    const Reference reference;
    const FormDefinition form = registration_of(town);
    CHECK(displayed(*form.find("birth_place"), {{"birth_place.country", "BE"}, {"birth_place.commune", "Liège"}},
                    texts_in("fr"), &reference.data()) == "Liège, Belgique");
}

TEST_CASE("a commune of birth whose code is unknown is a question") {
    check_warning(
        problems_with({{"birth_place.commune", "Ville"}, {"birth_place.code", "44999"}}, "saint-maur-des-fosses"),
        "birth_place", ProblemCode::commune_unknown);
}

TEST_CASE("a common password is refused where it can be known, and only marked once a registration has travelled") {
    const Reference reference;
    Answers answers = good_answers();
    answers["password"] = "Motdepasse2024!";
    const FormDefinition form = registration_of("oudon");
    const auto problems = validate(form, answers, reference.context());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == ProblemCode::password_common);
    CHECK(problems[0].severity == Severity::error);

    const auto registration = registration_from(form, answers, reference.context());
    REQUIRE(registration);
    REQUIRE(registration->warnings.size() == 1);
    CHECK(registration->warnings[0].code == ProblemCode::password_common);
    CHECK_FALSE(new_password_from({{"reset_id", "1"}, {"reset_key", "k"}, {"password", "Motdepasse2024!"}},
                                  reference.context()));
}

TEST_CASE("an address typed by hand gets the commune's code when postal code and name leave no doubt") {
    const Reference reference;
    const auto registration = registration_from(registration_of("oudon"), good_answers(), reference.context());
    REQUIRE(registration);
    REQUIRE(registration->address->insee);
    CHECK(registration->address->insee->text() == "44115");
    CHECK(registration->address->state == domain::AddressState::entered_by_hand);
}
