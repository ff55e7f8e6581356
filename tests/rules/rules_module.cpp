// The rules as the browser has them, alone in a module: answers in, problems out. It exists so that one table of cases
// (tests/shared/form/cases.json) can be tried in WebAssembly; the wizard's module needs no door for tests.
#include "household/check.h"
#include "wire/json.h"
#include "wire/portal_json.h"

#include <string>
#include <vector>

namespace {

using namespace foyer;

std::vector<char> message;
std::string answer;

// The people the town knows: [{"reference": "k1", "kind": "child", "self": false, "answers": {…}}]
household::Known known_in(const wire::Json& question) {
    household::Known known;
    const wire::Json* const people = question.find("known");
    if (people)
        for (const wire::Json& person : people->elements()) {
            household::KnownPerson somebody;
            somebody.reference = person.find("reference")->text();
            somebody.kind = form::person_kind_from(person.find("kind")->text()).value_or(form::PersonKind::contact);
            somebody.self = person.find("self") && person.find("self")->boolean();
            for (const wire::Json::Member& member : person.find("answers")->members())
                somebody.answers[member.name] = member.value.text();
            known.push_back(std::move(somebody));
        }
    return known;
}

// "birth_date: age_unlikely (warning)", one problem a line; "?" when the question itself is not understood.
std::string problems_of(std::string_view question) {
    const auto parsed = wire::parse_json(question);
    if (!parsed)
        return "?";
    std::vector<wire::JsonMistake> mistakes;
    wire::JsonReader root(*parsed, mistakes);
    const auto town = wire::read_portal(root.member("portal").text());
    const auto procedure = form::procedure_from(root.member("procedure").text());
    if (!town || !procedure)
        return "?";
    form::Answers answers;
    for (const wire::Json::Member& member : parsed->find("answers")->members())
        answers[member.name] = member.value.text();
    const form::FormDefinition form = portal::form_of(*town, *procedure);
    const form::Context context{{2026, 11, 22}, nullptr, nullptr};
    std::string lines;
    for (const Problem& problem :
         *procedure == form::Procedure::entourage
             ? household::check_entourage(form, answers, known_in(*parsed), town->rules, context)
             : form::validate(form, answers, context))
        lines += problem.field + ": " + std::string(name(problem.code)) +
                 (problem.severity == Severity::warning ? " (warning)\n" : "\n");
    return lines;
}

} // namespace

extern "C" {
__attribute__((export_name("rules_buffer"))) char* rules_buffer(std::size_t size) {
    message.resize(size);
    return message.data();
}
__attribute__((export_name("rules_check"))) const char* rules_check() {
    answer = problems_of({message.data(), message.size()});
    return answer.data();
}
__attribute__((export_name("rules_size"))) std::size_t rules_size() { return answer.size(); }
}
