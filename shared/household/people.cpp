#include "household/people.h"

#include "text/clean_line.h"

#include <algorithm>

namespace foyer::household {

namespace {

using form::PersonKind;

std::string line(const form::Answers& item, std::string_view key) {
    return text::clean_line(form::answer(item, key)).text;
}

PersonKind kind_of(std::string_view list, const form::Answers& item) {
    if (list == form::REPRESENTATIVES)
        return PersonKind::representative;
    if (list == form::CONTACTS)
        return PersonKind::contact;
    return form::answer(item, "born") == "expected" ? PersonKind::expected_child : PersonKind::child;
}

const KnownPerson* oneself_among(const Known& known) {
    for (const KnownPerson& person : known)
        if (person.self)
            return &person;
    return nullptr;
}

void number_the_nameless(std::vector<form::PersonChoice>& people) {
    const auto is_nameless = [](const form::PersonChoice& person) {
        return person.kind == PersonKind::expected_child && person.name.empty();
    };
    if (std::count_if(people.begin(), people.end(), is_nameless) < 2)
        return;
    unsigned ordinal = 0;
    for (form::PersonChoice& person : people)
        if (is_nameless(person))
            person.ordinal = ++ordinal;
}

} // namespace

std::string full_name(const form::Answers& item) {
    std::string name = line(item, "first_names");
    std::string last = line(item, "usage_name");
    if (last.empty() && form::answer(item, "no_birth_name") != form::YES)
        last = line(item, "birth_name");
    if (!name.empty() && !last.empty())
        name += " ";
    return name.empty() ? name : name + last; // a family name alone tells nobody apart
}

std::vector<form::PersonChoice> people_of(const form::FormDefinition& form, const form::Answers& answers,
                                          const Known& known) {
    std::vector<form::PersonChoice> people;
    const KnownPerson* const oneself = oneself_among(known);
    form::PersonChoice self;
    self.reference = form::SELF;
    if (oneself) {
        self.name = full_name(oneself->answers);
        self.also = oneself->reference == form::SELF ? std::string() : oneself->reference;
    }
    people.push_back(std::move(self));

    std::vector<std::string_view> replaced;
    for (const form::ListDefinition& list : form.lists)
        for (const unsigned number : form::item_numbers(answers, list.key)) {
            const form::Answers item = form::item_answers(answers, list.key, number);
            form::PersonChoice person;
            person.reference = form::reference_to(list.key, number);
            person.name = full_name(item);
            person.kind = kind_of(list.key, item);
            const std::string changes = line(item, "known");
            for (const KnownPerson& somebody : known)
                if (!somebody.self && somebody.reference == changes && list_of(somebody.kind) == list.key) {
                    replaced.push_back(somebody.reference);
                    person.also = std::move(person.reference);
                    person.reference = somebody.reference;
                    break;
                }
            people.push_back(std::move(person));
        }
    for (const KnownPerson& somebody : known)
        if (!somebody.self && std::find(replaced.begin(), replaced.end(), somebody.reference) == replaced.end())
            people.push_back({somebody.reference, full_name(somebody.answers), somebody.kind, {}, 0});
    number_the_nameless(people);
    return people;
}

std::string_view list_of(PersonKind kind) {
    switch (kind) {
    case PersonKind::representative:
        return form::REPRESENTATIVES;
    case PersonKind::child:
    case PersonKind::expected_child:
        return form::CHILDREN;
    case PersonKind::contact:
        return form::CONTACTS;
    }
    return form::CONTACTS;
}

form::Answers to_change(const KnownPerson& person, const form::FormDefinition& form, const Known& known) {
    form::Answers answers = person.answers;
    if (const form::ListDefinition* const list = form.find_list(list_of(person.kind))) {
        const KnownPerson* const oneself = oneself_among(known);
        answers = form::with_references(list->item, answers, [&](std::string_view reference) {
            return std::string(oneself && oneself->reference == reference ? form::SELF : reference);
        });
    }
    if (person.kind == PersonKind::child || person.kind == PersonKind::expected_child)
        answers["born"] = person.kind == PersonKind::child ? "born" : "expected";
    answers["known"] = person.reference;
    return answers;
}

form::Answers to_announce_birth(const KnownPerson& expected, const form::FormDefinition& form, const Known& known) {
    form::Answers answers = to_change(expected, form, known);
    answers["born"] = "born";
    for (const std::string_view part : {".day", ".month", ".year"})
        if (const auto found = answers.find("expected_date" + std::string(part)); found != answers.end())
            answers.erase(found);
    return answers;
}

} // namespace foyer::household
