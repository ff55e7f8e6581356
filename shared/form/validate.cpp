#include "form/validate.h"

#include "domain/caf_number.h"
#include "domain/email_address.h"
#include "domain/family_quotient.h"
#include "domain/identifier.h"
#include "domain/insee_code.h"
#include "domain/partial_date.h"
#include "domain/password.h"
#include "domain/person_name.h"
#include "domain/phone_number.h"
#include "domain/postal_address.h"
#include "domain/postal_code.h"
#include "domain/reference_data.h"
#include "domain/service_key.h"
#include "form/address.h"
#include "text/clean_line.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <algorithm>
#include <optional>

namespace foyer::form {

namespace {

constexpr std::size_t MAXIMUM_LINE = 200;
constexpr std::size_t MAXIMUM_ACCOUNT_NAME = 320;
constexpr std::size_t MAXIMUM_UNKNOWN_FIELDS = 16; // reported; a payload of thousands need not come back whole
constexpr int MAXIMUM_CHILD_AGE = 25;              // years; more is a mistyped century
constexpr int MAXIMUM_MONTHS_AHEAD = 10;

// Looks at one field and writes down what is wrong with it.
class FieldCheck {
public:
    FieldCheck(const FormDefinition& form, const FormField& field, const Answers& answers, const Context& context,
               std::vector<Problem>& problems)
        : m_form(form), m_field(field), m_answers(answers), m_context(context), m_problems(problems) {}

    void run();

private:
    // A part that holds nothing but space is empty; a secret's spaces count.
    [[nodiscard]] std::string_view part(std::string_view suffix) const {
        const std::string_view typed = answer(m_answers, m_field.key + std::string(suffix));
        if (suffix.empty() || typed.empty())
            return typed;
        const text::CleanLine line = text::clean_line(typed);
        return line.is_utf8 && line.text.empty() ? std::string_view() : typed;
    }
    void add(ProblemCode code, std::vector<Problem::Detail> details = {}, Severity severity = Severity::error) {
        m_problems.push_back({m_field.key, code, severity, std::move(details)});
    }
    // The value when it parses; else its rejection becomes a problem.
    template <typename T>
    std::optional<T> accept(const domain::Parsed<T>& parsed, Severity severity = Severity::error) {
        if (parsed)
            return *parsed;
        add(parsed.error().code, parsed.error().details, severity);
        return std::nullopt;
    }

    void when_empty();
    void birth_date();
    std::optional<domain::PartialDate> date(domain::UnknownParts unknown);
    void expected_date();
    void birth_place();
    void address();
    void choice();
    void people();
    void person(std::string_view reference);
    void commune();
    void email();
    void password();
    void known_password();
    void service_key();
    void family_quotient();
    void security_check();

    const FormDefinition& m_form;
    const FormField& m_field;
    const Answers& m_answers;
    const Context& m_context;
    std::vector<Problem>& m_problems;
};

void FieldCheck::run() {
    if (!is_shown(m_field, m_answers) || !m_field.preset.empty())
        return;
    if (is_empty(m_field, m_answers)) {
        when_empty();
        return;
    }
    switch (m_field.definition->kind) {
    case FieldKind::text:
        accept(domain::AddressLine::parse(part("")));
        break;
    case FieldKind::address_line:
        address();
        break;
    case FieldKind::name:
        accept(domain::PersonName::parse(part("")));
        break;
    case FieldKind::birth_date:
    case FieldKind::child_birth_date:
    case FieldKind::any_birth_date:
        birth_date();
        break;
    case FieldKind::expected_date:
        expected_date();
        break;
    case FieldKind::people:
        people();
        break;
    case FieldKind::person:
        person(part(""));
        break;
    case FieldKind::birth_place:
        birth_place();
        break;
    case FieldKind::choice:
        choice();
        break;
    case FieldKind::checkbox:
    case FieldKind::consent:
        if (part("") != YES)
            add(ProblemCode::unknown_choice);
        break;
    case FieldKind::postal_code:
        accept(domain::PostalCode::parse(part("")));
        break;
    case FieldKind::commune:
        commune();
        break;
    case FieldKind::phone:
        accept(domain::PhoneNumber::parse(part("")));
        break;
    case FieldKind::email:
        email();
        break;
    case FieldKind::identifier:
        accept(domain::Identifier::parse(part("")));
        break;
    case FieldKind::password:
        password();
        break;
    case FieldKind::known_password:
        known_password();
        break;
    case FieldKind::known_identifier:
    case FieldKind::account_name:
        accept(domain::parse_line(part(""), MAXIMUM_ACCOUNT_NAME));
        break;
    case FieldKind::service_key:
        service_key();
        break;
    case FieldKind::security_check:
        security_check();
        break;
    case FieldKind::link_part:
        accept(domain::parse_line(part(""), MAXIMUM_LINE));
        break;
    case FieldKind::caf_number:
        accept(domain::CafNumber::parse(part("")));
        break;
    case FieldKind::family_quotient:
        family_quotient();
        break;
    }
}

void FieldCheck::when_empty() {
    if (is_required(m_field, m_answers)) {
        add(m_field.definition->kind == FieldKind::consent ? ProblemCode::consent_missing : ProblemCode::required);
        return;
    }
    const GroupDefinition* const group = group_of(m_field.key);
    if (!group || group->rule != GroupDefinition::Rule::one_of)
        return;
    // Said once, at the first of them that is shown. One that is required by itself makes the rule void.
    std::string members;
    for (const std::string_view member : group->members) {
        const FormField* const field = m_form.find(member);
        if (!field || !is_shown(*field, m_answers))
            continue;
        if (field->required || !is_empty(*field, m_answers) || (members.empty() && field->key != m_field.key))
            return;
        members += members.empty() ? "" : ",";
        members += member;
    }
    add(ProblemCode::one_of_required, {{"fields", members}});
}

void FieldCheck::birth_date() {
    const FieldKind kind = m_field.definition->kind;
    const auto date =
        this->date(kind == FieldKind::child_birth_date ? domain::UnknownParts::refused : domain::UnknownParts::allowed);
    if (!date)
        return;
    if (domain::is_in_the_future(*date, m_context.today)) {
        add(ProblemCode::date_future);
        return;
    }
    const int minimum = kind == FieldKind::birth_date ? domain::REPRESENTATIVE_MINIMUM_AGE : 0;
    const int maximum = kind == FieldKind::child_birth_date ? MAXIMUM_CHILD_AGE : domain::REPRESENTATIVE_MAXIMUM_AGE;
    if (const auto unlikely = domain::age_warning(*date, m_context.today, minimum, maximum))
        add(unlikely->code, unlikely->details, Severity::warning);
}

std::optional<domain::PartialDate> FieldCheck::date(domain::UnknownParts unknown) {
    return accept(domain::PartialDate::from_parts(part(".day"), part(".month"), part(".year"), unknown));
}

// A child that is due today is still expected; a date that has passed asks whether it is born.
void FieldCheck::expected_date() {
    const auto date = this->date(domain::UnknownParts::refused);
    if (!date)
        return;
    if (domain::is_in_the_past(*date, m_context.today)) {
        add(ProblemCode::date_past);
        return;
    }
    const int months = (date->year() - m_context.today.year) * 12 + date->month() - m_context.today.month;
    if (months > MAXIMUM_MONTHS_AHEAD || (months == MAXIMUM_MONTHS_AHEAD && date->day() > m_context.today.day))
        add(ProblemCode::expected_date_far, {}, Severity::warning);
}

void FieldCheck::birth_place() {
    const std::string_view country = part(".country");
    const auto is_capital = [](char letter) { return letter >= 'A' && letter <= 'Z'; };
    if (!country.empty() && (country.size() != 2 || !std::all_of(country.begin(), country.end(), is_capital) ||
                             (m_context.reference && !m_context.reference->country(country))))
        add(ProblemCode::unknown_choice);

    const bool in_france = country.empty() || country == "FR";
    const auto commune = domain::AddressLine::parse(part(".commune"));
    if (!commune && commune.error().code == ProblemCode::required) {
        if (m_field.required && in_france)
            add(ProblemCode::required);
        return;
    }
    if (!accept(commune) || part(".code").empty())
        return;
    const auto code = domain::InseeCode::parse(part(".code"));
    if (!in_france || !code || (m_context.reference && !m_context.reference->commune(*code)))
        add(ProblemCode::commune_unknown, {}, Severity::warning);
}

// What comes with an address chosen from the index only has to be storable: the server finds it again by itself.
void FieldCheck::address() {
    if (!accept(domain::AddressLine::parse(part(""))))
        return;
    if (!part(ADDRESS_STATE).empty() && !domain::parse_address_state(part(ADDRESS_STATE))) {
        add(ProblemCode::unknown_choice);
        return;
    }
    for (const std::string_view suffix : {ADDRESS_NUMBER, ADDRESS_REPETITION, ADDRESS_STREET, ADDRESS_POSITION})
        if (!part(suffix).empty() && !accept(domain::parse_line(part(suffix), MAXIMUM_LINE)))
            return;
}

void FieldCheck::choice() {
    for (const OptionDefinition& option : m_field.definition->options)
        if (option.id == part(""))
            return;
    for (const TownOption& option : m_field.options)
        if (option.id == part(""))
            return;
    add(ProblemCode::unknown_choice);
}

// One problem is enough, however many of the people do not exist.
void FieldCheck::people() {
    for (const std::string& reference : people_chosen(m_answers, m_field.key)) {
        if (!is_reference(reference)) // no answer of this field
            continue;
        if (part("." + reference) != YES) {
            add(ProblemCode::unknown_choice);
            return;
        }
        const std::size_t before = m_problems.size();
        person(reference);
        if (m_problems.size() != before)
            return;
    }
}

void FieldCheck::person(std::string_view reference) {
    for (const OptionDefinition& option : m_field.definition->options)
        if (option.id == reference)
            return;
    if (!is_reference(reference)) {
        add(ProblemCode::unknown_choice);
        return;
    }
    if (!m_context.people)
        return;
    const PersonChoice* const chosen = find_person(*m_context.people, reference);
    if (!chosen || !may_be_chosen(*m_field.definition, *chosen))
        add(ProblemCode::person_unknown);
}

// The town and the postal code are held against each other here, once both are there. A postal code we do not know
// (CEDEX, a new one) is believed.
void FieldCheck::commune() {
    const auto typed = domain::AddressLine::parse(part(""));
    if (!typed && typed.error().code == ProblemCode::required) { // only the hidden code was there
        when_empty();
        return;
    }
    if (!accept(typed))
        return;
    std::optional<domain::InseeCode> code;
    if (!part(".code").empty()) {
        const auto parsed = domain::InseeCode::parse(part(".code"));
        if (!parsed) {
            add(ProblemCode::commune_unknown, {}, Severity::warning);
            return;
        }
        code = *parsed;
    }
    const auto postal_code = domain::PostalCode::parse(answer(m_answers, "postal_code"));
    if (!m_context.reference || !postal_code || !m_context.reference->knows(*postal_code))
        return;
    bool together = false;
    if (code) {
        const std::string name = text::fold_for_place_search(typed->text());
        for (const domain::Commune& commune : m_context.reference->communes_with(*postal_code))
            together = together || (commune.code == *code && text::fold_for_place_search(commune.name) == name);
    } else {
        together = m_context.reference->match(*postal_code, typed->text()).has_value();
    }
    if (!together)
        add(ProblemCode::commune_unknown, {}, Severity::warning);
}

void FieldCheck::email() {
    const auto email = accept(domain::EmailAddress::parse(part("")));
    if (!email)
        return;
    if (auto suggestion = email->suggestion())
        add(ProblemCode::email_typo, {{"suggestion", std::move(*suggestion)}}, Severity::warning);
}

void FieldCheck::password() {
    const auto identifier = domain::Identifier::parse(answer(m_answers, "identifier"));
    const std::string_view name = identifier ? std::string_view(identifier->text()) : std::string_view();
    accept(domain::Password::parse(part(""), name, m_context.reference));
}

void FieldCheck::known_password() {
    const std::string_view typed = part("");
    if (!text::is_valid(typed))
        add(ProblemCode::not_text);
    else if (typed.size() > domain::Password::MAXIMUM_BYTES)
        add(ProblemCode::too_long, {{"maximum", std::to_string(domain::Password::MAXIMUM_BYTES)}});
}

// A doubtful key goes to the staff with a mark; only what cannot be stored as a line of text is refused.
void FieldCheck::service_key() {
    if (!accept(domain::parse_line(part(""), MAXIMUM_LINE)))
        return;
    const auto key = accept(domain::ServiceKey::parse(part("")), Severity::warning);
    if (key && key->looks_mistyped())
        add(ProblemCode::service_key_mistyped, {}, Severity::warning);
}

// "3+4" and "7", or the name of an icon twice. What was asked comes from the device: this check is the guide's habit
// and a hurdle for the simplest programs, the stamp on the envelope is what costs.
void FieldCheck::family_quotient() {
    const auto quotient = accept(domain::FamilyQuotient::parse(part("")));
    if (quotient && quotient->may_be_uncomputed())
        add(ProblemCode::family_quotient_zero, {}, Severity::warning);
}

void FieldCheck::security_check() {
    const auto is_icon = [](std::string_view name) {
        const auto icons = security_check_icons();
        return std::find(icons.begin(), icons.end(), name) != icons.end();
    };
    const auto number = [](std::string_view digits) -> std::optional<int> {
        if (digits.empty() || digits.size() > 3)
            return std::nullopt;
        int value = 0;
        for (const char digit : digits) {
            if (digit < '0' || digit > '9')
                return std::nullopt;
            value = value * 10 + (digit - '0');
        }
        return value;
    };

    if (!part(".chosen").empty()) {
        if (!is_icon(part(".asked")) || part(".asked") != part(".chosen"))
            add(ProblemCode::security_check_wrong);
        return;
    }
    const std::string_view question = part(".question");
    const std::size_t plus = question.find('+');
    const auto typed = domain::parse_line(part(".answer"), MAXIMUM_LINE);
    if (!typed && typed.error().code == ProblemCode::required) {
        add(ProblemCode::required);
        return;
    }
    if (plus == std::string_view::npos || !typed) {
        add(ProblemCode::security_check_wrong);
        return;
    }
    const auto left = number(question.substr(0, plus));
    const auto right = number(question.substr(plus + 1));
    const auto sum = number(*typed);
    if (!left || !right || !sum || *left + *right != *sum)
        add(ProblemCode::security_check_wrong);
}

std::string shown_key(std::string_view key) {
    return text::is_valid(key) ? std::string(text::first_characters(key, 64)) : std::string();
}

void check_unknown(const FormDefinition& form, const Answers& answers, std::vector<Problem>& problems) {
    std::size_t reported = 0;
    for (const auto& [key, text] : answers) {
        if (locate(form, key))
            continue;
        problems.push_back({shown_key(key), ProblemCode::unknown_field, Severity::error, {}});
        if (++reported == MAXIMUM_UNKNOWN_FIELDS)
            return;
    }
}

} // namespace

std::vector<Problem> validate_field(const FormDefinition& form, const FormField& field, const Answers& answers,
                                    const Context& context) {
    std::vector<Problem> problems;
    FieldCheck(form, field, answers, context, problems).run();
    return problems;
}

std::vector<Problem> validate_step(const FormDefinition& form, const StepDefinition& step, const Answers& answers,
                                   const Context& context) {
    std::vector<Problem> problems;
    for (const FormField& field : step.fields)
        FieldCheck(form, field, answers, context, problems).run();
    return problems;
}

std::vector<Problem> validate(const FormDefinition& form, const Answers& answers, const Context& context) {
    std::vector<Problem> problems;
    for (const StepDefinition& step : form.steps)
        for (const FormField& field : step.fields)
            FieldCheck(form, field, answers, context, problems).run();
    for (const ListDefinition& list : form.lists)
        for (const unsigned number : item_numbers(answers, list.key)) {
            const Answers item = item_answers(answers, list.key, number);
            const std::size_t before = problems.size();
            for (const StepDefinition& step : list.item.steps)
                for (const FormField& field : step.fields)
                    FieldCheck(list.item, field, item, context, problems).run();
            for (std::size_t i = before; i < problems.size(); ++i)
                problems[i].field = item_key(list.key, number, problems[i].field);
        }
    check_unknown(form, answers, problems);
    return problems;
}

bool belongs_to(const FormDefinition& form, std::string_view answer_key, const std::vector<std::string>& fields) {
    const auto located = locate(form, answer_key);
    if (!located)
        return false;
    std::string field = located->field->key;
    if (const auto inner = split_item_key(answer_key); inner && form.find_list(inner->list))
        field = item_key(inner->list, inner->number, field);
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

Answers corrected(const FormDefinition& form, const Answers& original, const Answers& correction,
                  const std::vector<std::string>& fields) {
    Answers result;
    for (const auto& [key, text] : original)
        if (!belongs_to(form, key, fields))
            result.emplace_hint(result.end(), key, text);
    for (const auto& [key, text] : correction)
        if (belongs_to(form, key, fields))
            result[key] = text;
    return result;
}

std::vector<Problem> validate_correction(const FormDefinition& form, const Answers& original, const Answers& correction,
                                         const std::vector<std::string>& fields, const Context& context) {
    std::vector<Problem> problems;
    for (Problem& problem : validate(form, corrected(form, original, correction, fields), context))
        if (std::find(fields.begin(), fields.end(), problem.field) != fields.end())
            problems.push_back(std::move(problem));
    std::size_t reported = 0;
    for (const auto& [key, text] : correction)
        if (!belongs_to(form, key, fields) && ++reported <= MAXIMUM_UNKNOWN_FIELDS)
            problems.push_back({shown_key(key), ProblemCode::unknown_field, Severity::error, {}});
    return problems;
}

bool has_errors(const std::vector<Problem>& problems) {
    return std::any_of(problems.begin(), problems.end(),
                       [](const Problem& problem) { return problem.severity == Severity::error; });
}

} // namespace foyer::form
