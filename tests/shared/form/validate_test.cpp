// What the table of cases cannot say: bytes that JSON does not carry, single steps and fields, details of problems.
#include "portals.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

using namespace foyer;
using namespace foyer::form;

namespace {

std::vector<Problem> problems_with(const Answers& changes) {
    Answers answers = good_answers();
    for (const auto& [key, text] : changes)
        answers[key] = text;
    return validate(registration_of("oudon"), answers, on_the_day());
}

} // namespace

TEST_CASE("good answers have no problem") { CHECK(problems_with({}).empty()); }

TEST_CASE("bytes that are not UTF-8 are refused in every typed field") {
    const FormDefinition form = registration_of("oudon");
    for (const StepDefinition& step : form.steps)
        for (const FormField& field : step.fields)
            for (const PartDefinition& part : field.definition->parts) {
                if (part.entry != Entry::line && part.entry != Entry::secret)
                    continue;
                if (!field.preset.empty())
                    continue;
                Answers changes = {{answer_key(field, part), "\xc3\x28"}};
                if (field.key == "security_check")
                    changes["security_check.chosen"] = "";
                INFO(answer_key(field, part));
                const auto problems = problems_with(changes);
                REQUIRE(problems.size() == 1);
                CHECK(problems[0].field == field.key);
                CHECK(problems[0].severity == Severity::error);
            }
}

TEST_CASE("a surrogate written as UTF-8 is refused") {
    CHECK(problems_with({{"first_names", "Anne\xed\xa0\x80"}})[0].code == ProblemCode::not_text);
}

TEST_CASE("a hundred unknown fields are not all sent back") {
    Answers changes;
    for (int i = 0; i < 100; ++i)
        changes["unknown" + std::to_string(i)] = "x";
    CHECK(problems_with(changes).size() == 16);
}

TEST_CASE("an unknown field's name is shortened, and left out when it is not text") {
    CHECK(problems_with({{std::string(1000, 'k'), "x"}})[0].field == std::string(64, 'k'));
    CHECK(problems_with({{"\xff", "x"}})[0].field.empty());
}

TEST_CASE("one of the phones: the problem names them all") {
    const auto problems = problems_with({{"mobile", ""}});
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == "mobile");
    CHECK(problems[0].details == std::vector<Problem::Detail>{{"fields", "mobile,home_phone,work_phone"}});
}

TEST_CASE("a step is checked by itself") {
    const FormDefinition form = registration_of("oudon");
    const auto problems = validate_step(form, *form.find_step("identity"), {}, on_the_day());
    REQUIRE(problems.size() == 3);
    CHECK(problems[0].field == "birth_name");
    CHECK(problems[1].field == "first_names");
    CHECK(problems[2].field == "birth_date");
}

TEST_CASE("a field is checked by itself, with the answers it depends on") {
    const FormDefinition form = registration_of("oudon");
    Answers answers = good_answers();
    answers["password"] = "annelise44-Abcd!";
    const auto problems = validate_field(form, *form.find("password"), answers, on_the_day());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == ProblemCode::password_contains_identifier);
    answers["identifier"] = "autre";
    CHECK(validate_field(form, *form.find("password"), answers, on_the_day()).empty());
}

TEST_CASE("a required field of the town is required, an optional one is not") {
    FormDefinition form = registration_of("oudon");
    for (StepDefinition& step : form.steps)
        for (FormField& field : step.fields)
            if (field.key == "floor")
                field.required = true;
    const auto problems = validate(form, good_answers(), on_the_day());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].field == "floor");
    CHECK(problems[0].code == ProblemCode::required);
}

TEST_CASE("a commune's code without its name is no answer") {
    CHECK(problems_with({{"commune", ""}, {"commune.code", "44115"}})[0].code == ProblemCode::required);
}

TEST_CASE("a CAF number keeps its leading zeros on its way, a quotient of 0 is a question and never a wall") {
    FormDefinition form = registration_of("oudon");
    for (const char* key : {"caf_number", "family_quotient"})
        form.steps[0].fields.push_back(make_field(*find_field(key), key));
    Answers answers = good_answers();
    CHECK(validate(form, answers, on_the_day()).empty()); // nobody has to have them
    answers["caf_number"] = "00 12 345 a";
    answers["family_quotient"] = "1 234 €";
    CHECK(validate(form, answers, on_the_day()).empty());
    CHECK(submitted(form, answers)["caf_number"] == "0012345A");
    CHECK(submitted(form, answers)["family_quotient"] == "1234");

    answers["family_quotient"] = "0";
    auto problems = validate(form, answers, on_the_day());
    REQUIRE(problems.size() == 1);
    CHECK(problems[0] == Problem{"family_quotient", ProblemCode::family_quotient_zero, Severity::warning, {}});

    answers["caf_number"] = "12";
    answers["family_quotient"] = "612,50";
    problems = validate(form, answers, on_the_day());
    REQUIRE(problems.size() == 2);
    CHECK(problems[0].code == ProblemCode::caf_number_format);
    CHECK(problems[1].code == ProblemCode::family_quotient_format);
}

TEST_CASE("warnings are no errors") {
    CHECK_FALSE(has_errors({{"a", ProblemCode::age_unlikely, Severity::warning, {}}}));
    CHECK(has_errors({{"a", ProblemCode::required, Severity::error, {}}}));
}
