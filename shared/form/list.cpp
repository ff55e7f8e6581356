#include "form/list.h"

#include "text/clean_line.h"

#include <algorithm>
#include <iterator>

namespace foyer::form {

namespace {

constexpr std::size_t MAXIMUM_DIGITS = 4;
constexpr std::string_view KINDS[] = {"representative", "child", "expected_child", "contact"};

bool is_number(std::string_view text, std::size_t maximum_digits) {
    return !text.empty() && text.size() <= maximum_digits && (text.size() == 1 || text[0] != '0') &&
           std::all_of(text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '9'; });
}

std::string prefix_of(std::string_view list, unsigned number) { return item_key(list, number, ""); }

bool is_blank(std::string_view text) {
    const text::CleanLine line = text::clean_line(text);
    return line.is_utf8 && line.text.empty();
}

char letter_of(std::string_view list) {
    if (list == REPRESENTATIVES)
        return 'r';
    return list == CHILDREN ? 'c' : 'p';
}

// The answers of one person are neighbours in the map.
Answers::const_iterator item_end(const Answers& answers, Answers::const_iterator from, std::string_view prefix) {
    while (from != answers.end() && std::string_view(from->first).substr(0, prefix.size()) == prefix)
        ++from;
    return from;
}

} // namespace

std::string_view name(PersonKind kind) { return KINDS[static_cast<std::size_t>(kind)]; }

std::optional<PersonKind> person_kind_from(std::string_view name) {
    for (std::size_t i = 0; i < std::size(KINDS); ++i)
        if (KINDS[i] == name)
            return static_cast<PersonKind>(i);
    return std::nullopt;
}

std::string list_label(std::string_view list, const i18n::Texts& texts) {
    if (list == REPRESENTATIVES)
        return std::string(texts.get(TextKey::fields_representatives));
    if (list == CHILDREN)
        return std::string(texts.get(TextKey::fields_children));
    if (list == CONTACTS)
        return std::string(texts.get(TextKey::fields_contacts));
    return std::string(list);
}

ListDefinition make_list(std::string_view list, std::vector<FormField> fields) {
    for (const FieldDefinition& definition : list_catalogue(list))
        if (definition.parts[0].entry == Entry::hidden)
            fields.push_back(make_list_field(list, definition));
    FormDefinition item;
    item.procedure = Procedure::entourage;
    item.steps.push_back({std::string(list), {}, {}, std::move(fields)});
    return {std::string(list), std::move(item)};
}

FormField make_list_field(std::string_view list, const FieldDefinition& definition) {
    const std::string_view key = definition.key;
    FormField field = make_field(definition, std::string(key));
    if (list == CHILDREN) {
        const Condition is_born = Condition::equals("born", "born");
        if (key == "first_names" || key == "birth_name")
            field.required_if = is_born;
        else if (key == "birth_date" || key == "birth_place" || key == "school" || key == "school_level" ||
                 key == "meals" || key == "care_plan")
            field.condition = is_born;
        else if (key == "expected_date")
            field.condition = Condition::equals("born", "expected");
    } else if (list == CONTACTS) {
        // Who only is called needs no age; who comes for a child may have to be of age.
        if (key == "birth_date")
            field.condition = {Condition::Kind::any,
                               {},
                               {},
                               {Condition::equals("role", "collect"), Condition::equals("role", "both")}};
    } else if (definition.kind == FieldKind::address_line || definition.kind == FieldKind::postal_code ||
               definition.kind == FieldKind::commune || definition.kind == FieldKind::text) {
        field.condition = Condition::equals("address_choice", "own");
    }
    return field;
}

std::optional<ItemKey> split_item_key(std::string_view key) {
    const std::size_t first = key.find('.');
    if (first == std::string_view::npos || first == 0)
        return std::nullopt;
    const std::size_t second = key.find('.', first + 1);
    if (second == std::string_view::npos || second + 1 == key.size())
        return std::nullopt;
    const std::string_view digits = key.substr(first + 1, second - first - 1);
    if (!is_number(digits, MAXIMUM_DIGITS))
        return std::nullopt;
    unsigned number = 0;
    for (const char digit : digits)
        number = number * 10 + static_cast<unsigned>(digit - '0');
    return ItemKey{key.substr(0, first), number, key.substr(second + 1)};
}

std::string item_key(std::string_view list, unsigned number, std::string_view key) {
    return std::string(list) + "." + std::to_string(number) + "." + std::string(key);
}

std::vector<unsigned> item_numbers(const Answers& answers, std::string_view list) {
    std::vector<unsigned> numbers;
    const std::string prefix = std::string(list) + ".";
    const auto first = answers.lower_bound(prefix);
    const auto end = item_end(answers, first, prefix);
    for (auto at = first; at != end; ++at)
        if (const auto inner = split_item_key(at->first))
            if (numbers.empty() || numbers.back() != inner->number) // neighbours: "10" stands before "2"
                numbers.push_back(inner->number);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

unsigned next_item_number(const Answers& answers, std::string_view list) {
    const std::vector<unsigned> numbers = item_numbers(answers, list);
    return numbers.empty() ? 0 : numbers.back() + 1;
}

Answers item_answers(const Answers& answers, std::string_view list, unsigned number) {
    Answers item;
    const std::string prefix = prefix_of(list, number);
    const auto first = answers.lower_bound(prefix);
    const auto end = item_end(answers, first, prefix);
    for (auto at = first; at != end; ++at)
        item.emplace_hint(item.end(), at->first.substr(prefix.size()), at->second);
    return item;
}

void put_item(Answers& answers, std::string_view list, unsigned number, const Answers& item) {
    remove_item(answers, list, number);
    for (const auto& [key, text] : item)
        answers[item_key(list, number, key)] = text;
}

void remove_item(Answers& answers, std::string_view list, unsigned number) {
    const std::string prefix = prefix_of(list, number);
    const auto first = answers.lower_bound(prefix);
    answers.erase(first, item_end(answers, first, prefix));
}

bool is_reference(std::string_view text) {
    if (text == SELF)
        return true;
    if (text.empty())
        return false;
    const bool is_new = text[0] == 'r' || text[0] == 'c' || text[0] == 'p';
    return (is_new && is_number(text.substr(1), MAXIMUM_DIGITS)) || (text[0] == 'k' && is_number(text.substr(1), 18));
}

std::string reference_to(std::string_view list, unsigned number) {
    return std::string(1, letter_of(list)) + std::to_string(number);
}

const PersonChoice* find_person(const std::vector<PersonChoice>& people, std::string_view reference) {
    for (const PersonChoice& person : people)
        if (person.reference == reference || (!person.also.empty() && person.also == reference))
            return &person;
    return nullptr;
}

std::string name_of(const PersonChoice& person, const i18n::Texts& texts) {
    if (!person.name.empty())
        return person.name;
    std::string name(texts.get(person.kind == PersonKind::expected_child ? TextKey::fields_expected_child
                                                                         : TextKey::fields_oneself));
    if (person.ordinal > 0)
        name += " " + std::to_string(person.ordinal);
    return name;
}

bool may_be_chosen(const FieldDefinition& field, const PersonChoice& person) {
    switch (field.people) {
    case People::none:
        return false;
    case People::representatives:
        return person.kind == PersonKind::representative;
    case People::children:
        return person.kind == PersonKind::child || person.kind == PersonKind::expected_child;
    }
    return false;
}

std::vector<std::string> people_chosen(const Answers& answers, std::string_view field_key) {
    std::vector<std::string> references;
    const std::string prefix = std::string(field_key) + ".";
    const auto first = answers.lower_bound(prefix);
    const auto end = item_end(answers, first, prefix);
    for (auto at = first; at != end; ++at)
        if (!is_blank(at->second))
            references.push_back(at->first.substr(prefix.size()));
    return references;
}

std::vector<Choice> choices(const FormField& field, const i18n::Texts& texts, const std::vector<PersonChoice>* people) {
    std::vector<Choice> all;
    if (people)
        for (const PersonChoice& person : *people)
            if (may_be_chosen(*field.definition, person))
                all.push_back({person.reference, name_of(person, texts)});
    for (const OptionDefinition& option : field.definition->options)
        all.push_back({std::string(option.id), std::string(texts.get(option.label))});
    for (const TownOption& option : field.options)
        all.push_back({option.id, std::string(in_language(option.label, texts.language()))});
    return all;
}

Answers with_references(const FormDefinition& item, const Answers& answers,
                        const std::function<std::string(std::string_view)>& replacement) {
    Answers result = answers;
    for (const StepDefinition& step : item.steps)
        for (const FormField& field : step.fields) {
            if (field.definition->kind == FieldKind::people) {
                for (const std::string& reference : people_chosen(answers, field.key))
                    result.erase(field.key + "." + reference);
                for (const std::string& reference : people_chosen(answers, field.key))
                    if (const std::string other = replacement(reference); !other.empty())
                        result[field.key + "." + other] = answer(answers, field.key + "." + reference);
            } else if (field.definition->kind == FieldKind::person || field.key == "known") {
                const auto found = result.find(field.key);
                if (found == result.end() || !is_reference(found->second))
                    continue;
                found->second = replacement(found->second);
                if (found->second.empty())
                    result.erase(found);
            }
        }
    return result;
}

} // namespace foyer::form
