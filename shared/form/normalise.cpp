#include "form/validate.h"

#include "domain/caf_number.h"
#include "domain/email_address.h"
#include "domain/family_quotient.h"
#include "domain/insee_code.h"
#include "domain/partial_date.h"
#include "domain/phone_number.h"
#include "domain/postal_code.h"
#include "domain/reference_data.h"
#include "domain/service_key.h"
#include "text/clean_line.h"

namespace foyer::form {

namespace {

template <typename T> std::string text_or(const domain::Parsed<T>& parsed, std::string otherwise) {
    return parsed ? std::string(parsed->text()) : std::move(otherwise);
}

bool is_password(FieldKind kind) { return kind == FieldKind::password || kind == FieldKind::known_password; }

std::string option_label(const FormField& field, std::string_view id, const i18n::Texts& texts) {
    for (const OptionDefinition& option : field.definition->options)
        if (option.id == id)
            return std::string(texts.get(option.label));
    for (const TownOption& option : field.options)
        if (option.id == id)
            return std::string(in_language(option.label, texts.language()));
    return std::string(id);
}

// In the order in which they are offered: "Anne Le Goff, Paul Martin".
std::string names_of(const std::vector<std::string>& references, const std::vector<PersonChoice>* people,
                     const i18n::Texts& texts) {
    std::string names;
    if (people)
        for (const PersonChoice& person : *people)
            for (const std::string& reference : references)
                if (find_person(*people, reference) == &person) {
                    names += names.empty() ? "" : ", ";
                    names += name_of(person, texts);
                    break;
                }
    return names;
}

std::string birth_date(const FormField& field, const Answers& answers, const i18n::Texts& texts) {
    const std::string_view day = answer(answers, field.key + ".day");
    const std::string_view month = answer(answers, field.key + ".month");
    const std::string_view year = answer(answers, field.key + ".year");
    const auto date = domain::PartialDate::from_parts(day, month, year, domain::UnknownParts::allowed);
    if (date)
        return texts.date(date->year(), date->month(), date->day());
    return std::string(day) + "/" + std::string(month) + "/" + std::string(year);
}

std::string birth_place(const FormField& field, const Answers& answers, const i18n::Texts& texts,
                        const domain::ReferenceData* reference) {
    std::string place(answer(answers, field.key + ".commune"));
    const std::string_view code = answer(answers, field.key + ".country");
    if (code.empty() || code == "FR")
        return place;
    std::string_view country = code;
    if (reference)
        if (const auto known = reference->country(code))
            country = texts.language() == "fr" ? known->french : known->english;
    return (place.empty() ? "" : place + ", ") + std::string(country);
}

} // namespace

std::string normalise(const FieldDefinition& field, const PartDefinition& part, std::string_view typed) {
    if (is_password(field.kind))
        return std::string(typed);
    text::CleanLine line = text::clean_line(typed);
    if (!line.is_utf8)
        return std::string(typed);
    if (!part.suffix.empty())
        return std::move(line.text);
    switch (field.kind) {
    case FieldKind::phone: {
        const auto number = domain::PhoneNumber::parse(typed);
        return number ? number->shown() : std::move(line.text);
    }
    case FieldKind::postal_code:
        return text_or(domain::PostalCode::parse(typed), std::move(line.text));
    case FieldKind::email:
        return text_or(domain::EmailAddress::parse(typed), std::move(line.text));
    case FieldKind::service_key:
        return text_or(domain::ServiceKey::parse(typed), std::move(line.text));
    case FieldKind::caf_number:
        return text_or(domain::CafNumber::parse(typed), std::move(line.text));
    case FieldKind::family_quotient:
        return text_or(domain::FamilyQuotient::parse(typed), std::move(line.text));
    default:
        return std::move(line.text);
    }
}

namespace {

void submit(const StepDefinition& step, const Answers& answers, Answers& result) {
    for (const FormField& field : step.fields) {
        if (!is_shown(field, answers) || is_empty(field, answers))
            continue;
        if (!field.preset.empty()) {
            result[field.key] = field.preset;
            continue;
        }
        if (field.definition->kind == FieldKind::people) {
            for (const std::string& reference : people_chosen(answers, field.key)) {
                const std::string key = field.key + "." + reference;
                if (is_reference(reference))
                    result[key] = normalise(*field.definition, field.definition->parts[0], answer(answers, key));
            }
            continue;
        }
        for (const PartDefinition& part : field.definition->parts) {
            const std::string key = answer_key(field, part);
            std::string text = normalise(*field.definition, part, answer(answers, key));
            if (field.definition->kind == FieldKind::phone)
                if (const auto number = domain::PhoneNumber::parse(text))
                    text = number->e164();
            if (!text.empty())
                result[key] = std::move(text);
        }
    }
}

} // namespace

Answers submitted(const FormDefinition& form, const Answers& answers) {
    Answers result;
    for (const StepDefinition& step : form.steps)
        submit(step, answers, result);
    for (const ListDefinition& list : form.lists)
        for (const unsigned number : item_numbers(answers, list.key))
            put_item(result, list.key, number, submitted(list.item, item_answers(answers, list.key, number)));
    return result;
}

std::string displayed(const FormField& field, const Answers& answers, const i18n::Texts& texts,
                      const domain::ReferenceData* reference, const std::vector<PersonChoice>* people) {
    if (!field.preset.empty())
        return field.preset;
    if (is_empty(field, answers))
        return {};
    const std::string_view text = answer(answers, field.key);
    switch (field.definition->kind) {
    case FieldKind::choice:
        return option_label(field, text, texts);
    case FieldKind::checkbox:
    case FieldKind::consent:
        return std::string(texts.get(TextKey::fields_yes));
    case FieldKind::people:
        return names_of(people_chosen(answers, field.key), people, texts);
    case FieldKind::person:
        return is_reference(text) ? names_of({std::string(text)}, people, texts) : option_label(field, text, texts);
    case FieldKind::birth_date:
    case FieldKind::child_birth_date:
    case FieldKind::any_birth_date:
    case FieldKind::expected_date:
        return birth_date(field, answers, texts);
    case FieldKind::birth_place:
        return birth_place(field, answers, texts, reference);
    case FieldKind::password:
    case FieldKind::known_password:
        return "••••••••"; // never as many as there are characters
    case FieldKind::security_check:
    case FieldKind::link_part:
        return {};
    default:
        return normalise(*field.definition, field.definition->parts[0], text);
    }
}

} // namespace foyer::form
