// The table of cases that the browser's module and the server are tried on too: the same answers, the same problems.
#include "household/check.h"
#include "portals.h"
#include "wire/json.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;

namespace {

// A text, or {"repeat": "a", "times": 1000}.
std::string text_of(const wire::Json& value) {
    if (value.kind() != wire::Json::Kind::object)
        return value.text();
    std::string text;
    for (std::int64_t i = 0; i < value.find("times")->integer(); ++i)
        text += value.find("repeat")->text();
    return text;
}

std::string described(const std::vector<Problem>& problems) {
    std::string text;
    for (const Problem& problem : problems)
        text += problem.field + ": " + std::string(name(problem.code)) +
                (problem.severity == Severity::warning ? " (warning)\n" : "\n");
    return text;
}

std::string described(const wire::Json& problems) {
    std::string text;
    for (const wire::Json& problem : problems.elements())
        text += problem.find("field")->text() + ": " + problem.find("code")->text() +
                (problem.find("severity")->text() == "warning" ? " (warning)\n" : "\n");
    return text;
}

// The people the town knows: [{"reference": "k1", "kind": "child", "self": false, "answers": {…}}]
household::Known known_in(const wire::Json& test) {
    household::Known known;
    if (const wire::Json* const people = test.find("known"))
        for (const wire::Json& person : people->elements()) {
            household::KnownPerson somebody;
            somebody.reference = person.find("reference")->text();
            somebody.kind = form::person_kind_from(person.find("kind")->text()).value();
            somebody.self = person.find("self") && person.find("self")->boolean();
            for (const wire::Json::Member& member : person.find("answers")->members())
                somebody.answers[member.name] = member.value.text();
            known.push_back(std::move(somebody));
        }
    return known;
}

} // namespace

TEST_CASE("every case of the table gives its problems, before and after normalising") {
    const auto table = wire::parse_json(file_text(std::string(FOYER_SOURCE_DIR) + "/tests/shared/form/cases.json"));
    REQUIRE(table);
    REQUIRE(table->elements().size() >= 40);
    for (const wire::Json& test : table->elements()) {
        INFO(test.find("name")->text());
        const auto procedure = form::procedure_from(test.find("procedure")->text());
        REQUIRE(procedure);
        const portal::Portal portal = portal_of(test.find("portal")->text());
        const auto definition = portal::form_of(portal, *procedure);
        const household::Known family = known_in(test);
        const auto problems_of = [&](const form::Answers& answers) {
            return *procedure == form::Procedure::entourage
                       ? household::check_entourage(definition, answers, family, portal.rules, on_the_day())
                       : form::validate(definition, answers, on_the_day());
        };
        form::Answers answers;
        for (const wire::Json::Member& member : test.find("answers")->members())
            answers[member.name] = text_of(member.value);
        REQUIRE(test.find("today")->text() == "2026-11-22");

        const auto problems = problems_of(answers);
        CHECK(described(problems) == described(*test.find("problems")));

        std::vector<Problem> known;
        for (const Problem& problem : problems)
            if (problem.code != ProblemCode::unknown_field)
                known.push_back(problem);
        CHECK(described(problems_of(form::submitted(definition, answers))) == described(known));
    }
}
