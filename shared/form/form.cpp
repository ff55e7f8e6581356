#include "form/form.h"

#include "form/list.h"
#include "text/clean_line.h"

#include <algorithm>

namespace foyer::form {

std::string_view in_language(const LocalText& text, std::string_view language) {
    auto found = text.find(language);
    if (found == text.end())
        found = text.find("fr");
    if (found == text.end())
        found = text.begin();
    return found == text.end() ? std::string_view() : std::string_view(found->second);
}

namespace {

std::string_view detail(const Problem& problem, std::string_view key) {
    for (const Problem::Detail& candidate : problem.details)
        if (candidate.key == key)
            return candidate.value;
    return {};
}

struct ProcedureName {
    Procedure procedure;
    std::string_view name;
};
constexpr ProcedureName PROCEDURES[] = {
    {Procedure::registration, "registration"},
    {Procedure::entourage, "entourage"},
    {Procedure::profile, "profile"},
    {Procedure::login, "login"},
    {Procedure::resend_activation, "resend_activation"},
    {Procedure::password_reset, "password_reset"},
    {Procedure::new_password, "new_password"},
    {Procedure::change_password, "change_password"},
    {Procedure::invitation, "invitation"},
};

} // namespace

std::string_view name(Procedure procedure) {
    for (const ProcedureName& known : PROCEDURES)
        if (known.procedure == procedure)
            return known.name;
    return {};
}

std::optional<Procedure> procedure_from(std::string_view name) {
    for (const ProcedureName& known : PROCEDURES)
        if (known.name == name)
            return known.procedure;
    return std::nullopt;
}

std::optional<Procedure> procedure_from(std::uint16_t number) {
    for (const ProcedureName& known : PROCEDURES)
        if (static_cast<std::uint16_t>(known.procedure) == number)
            return known.procedure;
    return std::nullopt;
}

const FormField* FormDefinition::find(std::string_view field_key) const {
    for (const StepDefinition& step : steps)
        for (const FormField& field : step.fields)
            if (field.key == field_key)
                return &field;
    return nullptr;
}

const StepDefinition* FormDefinition::find_step(std::string_view step_key) const {
    for (const StepDefinition& step : steps)
        if (step.key == step_key)
            return &step;
    return nullptr;
}

const ListDefinition* FormDefinition::find_list(std::string_view list_key) const {
    for (const ListDefinition& list : lists)
        if (list.key == list_key)
            return &list;
    return nullptr;
}

FormField make_field(const FieldDefinition& definition, std::string key) {
    FormField field;
    field.required = definition.requirement != Requirement::optional;
    field.definition = &definition;
    // Who has no family name says so with a box, and is then not asked for one.
    if (key == "birth_name")
        field.condition = Condition::negation(Condition::equals("no_birth_name", std::string(YES)));
    field.key = std::move(key);
    return field;
}

FormDefinition account_form(Procedure procedure) {
    FormDefinition form;
    form.procedure = procedure;
    StepDefinition step;
    step.key = name(procedure);
    const auto add = [&](const FieldDefinition* definition) {
        if (definition)
            step.fields.push_back(make_field(*definition, std::string(definition->key)));
    };
    switch (procedure) {
    case Procedure::registration:
    case Procedure::entourage:
    case Procedure::profile:
        return form;
    case Procedure::login:
        add(find_account_field("identifier"));
        add(find_account_field("password"));
        break;
    case Procedure::resend_activation:
    case Procedure::password_reset:
        add(find_account_field("identifier_or_email"));
        break;
    case Procedure::new_password:
        add(find_account_field("reset_id"));
        add(find_account_field("reset_key"));
        add(find_field("password"));
        break;
    case Procedure::change_password:
        add(find_account_field("old_password"));
        add(find_field("password"));
        break;
    case Procedure::invitation:
        add(find_account_field("person"));
        add(find_account_field("email"));
        break;
    }
    form.steps.push_back(std::move(step));
    return form;
}

std::optional<Located> locate(const FormDefinition& form, std::string_view key) {
    for (const StepDefinition& step : form.steps)
        for (const FormField& field : step.fields) {
            if (key.substr(0, field.key.size()) != field.key)
                continue;
            const std::string_view suffix = key.substr(field.key.size());
            if (field.definition->kind == FieldKind::people) {
                if (suffix.size() > 1 && suffix[0] == '.' && is_reference(suffix.substr(1)))
                    return Located{&field, &field.definition->parts[0]};
                continue;
            }
            for (const PartDefinition& part : field.definition->parts)
                if (part.suffix == suffix)
                    return Located{&field, &part};
        }
    if (const auto inner = split_item_key(key))
        if (const ListDefinition* const list = form.find_list(inner->list))
            return locate(list->item, inner->key);
    return std::nullopt;
}

std::string answer_key(const FormField& field, const PartDefinition& part) {
    return field.key + std::string(part.suffix);
}

bool is_shown(const FormField& field, const Answers& answers) { return holds(field.condition, answers); }

bool is_required(const FormField& field, const Answers& answers) {
    return field.required && holds(field.required_if, answers);
}

bool is_empty(const FormField& field, const Answers& answers) {
    if (!field.preset.empty())
        return false;
    if (field.definition->kind == FieldKind::people)
        return people_chosen(answers, field.key).empty();
    const auto is_blank = [&](const PartDefinition& part) {
        const std::string_view text = answer(answers, answer_key(field, part));
        // A password of spaces is a bad password, not a missing one.
        if (part.entry == Entry::secret || text.empty())
            return text.empty();
        const text::CleanLine line = text::clean_line(text);
        return line.is_utf8 && line.text.empty();
    };
    // Bookkeeping is no answer: which icon was asked for, the code of a commune without its name, the country that
    // stands preselected in the list.
    for (const PartDefinition& part : field.definition->parts) {
        const bool single = field.definition->parts.size() == 1;
        const bool preselected = field.definition->kind == FieldKind::birth_place && part.suffix == ".country" &&
                                 answer(answers, answer_key(field, part)) == "FR";
        if ((single || part.entry != Entry::hidden) && !preselected && !is_blank(part))
            return false;
    }
    return true;
}

std::string autocomplete(const FormDefinition& form, const FormField& field, const PartDefinition& part) {
    std::string token(form.procedure == Procedure::entourage ? "off" : part.autocomplete);
    if (token != "off" && field.key == "birth_name" && form.find("usage_name"))
        token.insert(0, "section-birth ");
    return token;
}

std::string label(const FormField& field, const i18n::Texts& texts) {
    if (!field.label.empty())
        return std::string(in_language(field.label, texts.language()));
    return texts.format(field.definition->label, {{"service", in_language(field.subject, texts.language())}});
}

std::string hint(const FormField& field, const i18n::Texts& texts) {
    if (!field.hint.empty())
        return std::string(in_language(field.hint, texts.language()));
    if (field.definition->kind == FieldKind::service_key && !field.preset.empty())
        return texts.format(TextKey::fields_service_key_automatic_hint,
                            {{"service", in_language(field.subject, texts.language())}});
    if (field.definition->hint == TextKey::fields_no_hint)
        return {};
    return std::string(texts.get(field.definition->hint));
}

std::string sentence(const FormDefinition& form, const Problem& problem, const i18n::Texts& texts) {
    const FormField* const field = form.find(problem.field);
    if (!field) {
        if (const auto inner = split_item_key(problem.field))
            if (const ListDefinition* const list = form.find_list(inner->list))
                return sentence(list->item, {std::string(inner->key), problem.code, problem.severity, problem.details},
                                texts);
        const bool is_list = form.find_list(problem.field) != nullptr;
        return i18n::sentence(problem, is_list ? list_label(problem.field, texts) : problem.field, texts);
    }
    const std::string shown_label = label(*field, texts);
    if (problem.code == ProblemCode::required)
        return texts.format(field->definition->missing, {{"label", shown_label}});
    if (problem.code == ProblemCode::commune_unknown && field->definition->kind == FieldKind::birth_place)
        return std::string(texts.get(TextKey::problems_commune_unknown_birth));
    if (form.procedure == Procedure::entourage) // the family speaks of somebody else
        switch (problem.code) {
        case ProblemCode::age_unlikely:
            return std::string(texts.get(TextKey::problems_age_unlikely_person));
        case ProblemCode::postal_code_format:
            return std::string(texts.get(TextKey::problems_postal_code_format_person));
        case ProblemCode::email_format:
            return std::string(texts.get(TextKey::problems_email_format_person));
        case ProblemCode::email_typo:
            return texts.format(TextKey::problems_email_typo_person, {{"suggestion", detail(problem, "suggestion")}});
        default:
            break;
        }
    return i18n::sentence(problem, shown_label, texts);
}

} // namespace foyer::form
