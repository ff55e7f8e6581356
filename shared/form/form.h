// A form: steps, each with fields. A town's registration is made from its portal.json (portal::form_of); login, lost
// password and the like are the same for every town and are made here.
#pragma once

#include "form/answers.h"
#include "form/condition.h"
#include "form/field.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer::form {

// A town's own words, by language. Empty: the house's words are used.
using LocalText = std::map<std::string, std::string, std::less<>>;
// In this language, else in French, else in whichever there is, else empty.
[[nodiscard]] std::string_view in_language(const LocalText& text, std::string_view language);

// Numbers as in an envelope's header; names as in its plaintext and in portal.json.
enum class Procedure : std::uint16_t {
    registration = 1,
    entourage = 2,
    profile = 3,
    login = 100,
    resend_activation = 101,
    password_reset = 102,
    new_password = 103,
    change_password = 104,
    invitation = 105,
};
[[nodiscard]] std::string_view name(Procedure procedure);
[[nodiscard]] std::optional<Procedure> procedure_from(std::string_view name);
[[nodiscard]] std::optional<Procedure> procedure_from(std::uint16_t number);

// An option that is the town's own: one of its schools.
struct TownOption {
    std::string id; // the answer; stored and exported
    LocalText label;
};

// A field where a form asks for it.
struct FormField {
    std::string key;                             // of its answer: "birth_name", "service_key.enfance"
    const FieldDefinition* definition = nullptr; // never null in a form; lives for ever
    bool required = false;
    Condition required_if; // required only while this holds too: an expected child needs no first name
    Condition condition;   // not shown, not asked, not validated while it does not hold
    std::string preset;    // not empty: filled in by the town, shown read-only; what the answers say does not count
    LocalText label;       // the town's own label and hint
    LocalText hint;
    LocalText subject;               // what {service} stands for in the label of a service's key: the service's name
    std::vector<TownOption> options; // choice: after those of the definition
};

struct StepDefinition {
    std::string key; // "identity", "address", "contact", "access", "services"
    LocalText title; // the town's own; empty: the house's
    std::vector<LocalText> introduction;
    std::vector<FormField> fields;
};

struct ListDefinition;

struct FormDefinition {
    Procedure procedure = Procedure::registration;
    std::vector<StepDefinition> steps;
    std::vector<ListDefinition> lists; // of people: form/list.h

    // Of the steps, not of the lists' items.
    [[nodiscard]] const FormField* find(std::string_view field_key) const;
    [[nodiscard]] const StepDefinition* find_step(std::string_view step_key) const;
    [[nodiscard]] const ListDefinition* find_list(std::string_view list_key) const;
};

// Any number of people who are asked the same: "children". The answers of number 0 are "children.0.first_names".
struct ListDefinition {
    std::string key;
    FormDefinition item; // exactly one step; its keys are relative to a person: find("birth_date")
};

// A field as the catalogue has it: required as the definition says, with the definition's own condition.
[[nodiscard]] FormField make_field(const FieldDefinition& definition, std::string key);

// login, resend_activation, password_reset, new_password, change_password, invitation; empty for those that a town
// defines.
[[nodiscard]] FormDefinition account_form(Procedure procedure);

// The field and part an answer's key belongs to: "birth_date.day" -> (birth_date, .day). The answer of a person in a
// list is located in the list's item, whose field has its key relative to the person. Each person ticked in a field of
// kind people is its one part.
struct Located {
    const FormField* field = nullptr;
    const PartDefinition* part = nullptr;
};
[[nodiscard]] std::optional<Located> locate(const FormDefinition& form, std::string_view answer_key);

// The key of a part's answer: answer_key(field, part) == "birth_date.day".
[[nodiscard]] std::string answer_key(const FormField& field, const PartDefinition& part);

[[nodiscard]] bool is_shown(const FormField& field, const Answers& answers);
[[nodiscard]] bool is_required(const FormField& field, const Answers& answers);
// All its shown parts are empty (or its box is not ticked). A preset is never empty.
[[nodiscard]] bool is_empty(const FormField& field, const Answers& answers);

// HTML's autocomplete token for this part in this form: "off" where a family answers for somebody else, because the
// browser knows its own user. A birth name beside a usage name is a section of its own: the
// browser's family name belongs into the name in use.
[[nodiscard]] std::string autocomplete(const FormDefinition& form, const FormField& field, const PartDefinition& part);

// In the person's language, with the town's own words where it has some.
[[nodiscard]] std::string label(const FormField& field, const i18n::Texts& texts);
[[nodiscard]] std::string hint(const FormField& field, const i18n::Texts& texts);

// What to do about a problem of this form, as a sentence for beside the field and for the summary.
[[nodiscard]] std::string sentence(const FormDefinition& form, const Problem& problem, const i18n::Texts& texts);

} // namespace foyer::form
