#include "form/extract.h"

#include "domain/reference_data.h"
#include "form/address.h"
#include "text/clean_line.h"

#include <algorithm>

namespace foyer::form {

namespace {

// The parsed value of an answer that has already been validated, or nothing when it was not given.
template <typename T> std::optional<T> given(const domain::Parsed<T>& parsed) {
    if (parsed)
        return *parsed;
    return std::nullopt;
}

std::optional<domain::AddressLine> address_line(const Answers& answers, std::string_view key) {
    return given(domain::AddressLine::parse(answer(answers, key)));
}

std::optional<domain::InseeCode> commune_code(const Answers& answers, const domain::PostalCode& postal_code,
                                              const Context& context) {
    if (auto chosen = given(domain::InseeCode::parse(answer(answers, "commune.code"))))
        return chosen;
    if (context.reference)
        if (const auto commune = context.reference->match(postal_code, answer(answers, "commune")))
            return commune->code;
    return std::nullopt;
}

// The rule a device without the reference file cannot check is a mark for a registration, never a refusal.
void forgive_common_password(std::vector<Problem>& problems) {
    for (Problem& problem : problems)
        if (problem.code == ProblemCode::password_common)
            problem.severity = Severity::warning;
}

} // namespace

std::optional<domain::PostalAddress> postal_address_from(const Answers& answers, const Context& context) {
    auto line = address_line(answers, "address");
    auto commune = address_line(answers, "commune");
    auto postal_code = given(domain::PostalCode::parse(answer(answers, "postal_code")));
    if (!line || !commune || !postal_code)
        return std::nullopt;
    auto insee = commune_code(answers, *postal_code, context);
    return domain::PostalAddress{std::move(*line),
                                 address_line(answers, "apartment"),
                                 address_line(answers, "building"),
                                 address_line(answers, "staircase"),
                                 address_line(answers, "floor"),
                                 address_line(answers, "residence"),
                                 address_line(answers, "address_extra"),
                                 std::move(*postal_code),
                                 std::move(*commune),
                                 std::move(insee),
                                 address_finding(answers).state};
}

std::optional<BirthPlace> birth_place_from(const Answers& answers) {
    BirthPlace place;
    const std::string_view country = answer(answers, "birth_place.country");
    if (!country.empty())
        place.country = country;
    place.commune = answer(answers, "birth_place.commune");
    place.insee = given(domain::InseeCode::parse(answer(answers, "birth_place.code")));
    if (place.commune.empty() && country.empty())
        return std::nullopt;
    return place;
}

std::vector<ServiceKeyAnswer> service_keys_from(const FormDefinition& form, const Answers& answers) {
    std::vector<ServiceKeyAnswer> keys;
    const FieldDefinition* const definition = find_field("service_key.any"); // an invitation is of the same kind
    for (const StepDefinition& step : form.steps)
        for (const FormField& field : step.fields) {
            const auto found = answers.find(field.key);
            if (field.definition == definition && found != answers.end())
                keys.push_back({field.key.substr(field.key.find('.') + 1), found->second, !field.preset.empty()});
        }
    return keys;
}

std::string Registration::full_name() const {
    const domain::PersonName* const last_name = usage_name ? &*usage_name : birth_name ? &*birth_name : nullptr;
    return last_name ? first_names.text() + " " + last_name->text() : first_names.text();
}

Result<Registration, std::vector<Problem>> registration_from(const FormDefinition& form, const Answers& raw,
                                                             const Context& context) {
    std::vector<Problem> problems = validate(form, raw, context);
    forgive_common_password(problems);
    if (has_errors(problems))
        return Failure{std::move(problems)};

    const Answers answers = submitted(form, raw);
    const auto text = [&](std::string_view key) { return answer(answers, key); };
    auto first_names = domain::PersonName::parse(text("first_names"));
    auto birth_date = domain::PartialDate::from_parts(text("birth_date.day"), text("birth_date.month"),
                                                      text("birth_date.year"), domain::UnknownParts::allowed);
    auto email = domain::EmailAddress::parse(text("email"));
    auto identifier = domain::Identifier::parse(text("identifier"));
    auto password = domain::Password::parse(text("password"), text("identifier"), nullptr);
    // A form without these is refused when its portal.json is read; a form made otherwise gets an honest answer.
    const auto missing = [&](std::string_view key) {
        problems.push_back({std::string(key), ProblemCode::required, Severity::error, {}});
        return Failure{std::move(problems)};
    };
    if (!first_names)
        return missing("first_names");
    if (!birth_date)
        return missing("birth_date");
    if (!email)
        return missing("email");
    if (!identifier)
        return missing("identifier");
    if (!password)
        return missing("password");

    return Registration{domain::parse_civility(text("civility")).value_or(domain::Civility::unspecified),
                        given(domain::PersonName::parse(text("birth_name"))),
                        given(domain::PersonName::parse(text("usage_name"))),
                        std::move(*first_names),
                        *birth_date,
                        birth_place_from(answers),
                        std::string(text("family_situation")),
                        postal_address_from(answers, context),
                        given(domain::PhoneNumber::parse(text("mobile"))),
                        given(domain::PhoneNumber::parse(text("home_phone"))),
                        given(domain::PhoneNumber::parse(text("work_phone"))),
                        std::move(*email),
                        std::string(text("preferred_channel")),
                        std::move(*identifier),
                        std::move(*password),
                        service_keys_from(form, answers),
                        std::string(text("invitation")),
                        std::move(problems)};
}

Result<Login, std::vector<Problem>> login_from(const Answers& raw, const Context& context) {
    const FormDefinition form = account_form(Procedure::login);
    std::vector<Problem> problems = validate(form, raw, context);
    if (has_errors(problems))
        return Failure{std::move(problems)};
    const Answers answers = submitted(form, raw);
    return Login{std::string(answer(answers, "identifier")), std::string(answer(answers, "password"))};
}

Result<AccountName, std::vector<Problem>> account_name_from(Procedure procedure, const Answers& raw,
                                                            const Context& context) {
    const FormDefinition form = account_form(procedure);
    std::vector<Problem> problems = validate(form, raw, context);
    if (has_errors(problems))
        return Failure{std::move(problems)};
    return AccountName{std::string(answer(submitted(form, raw), "identifier_or_email"))};
}

Result<NewPassword, std::vector<Problem>> new_password_from(const Answers& raw, const Context& context) {
    const FormDefinition form = account_form(Procedure::new_password);
    std::vector<Problem> problems = validate(form, raw, context);
    if (has_errors(problems))
        return Failure{std::move(problems)};
    const Answers answers = submitted(form, raw);
    auto password = domain::Password::parse(answer(answers, "password"), "", context.reference);
    if (!password)
        return Failure{std::move(problems)};
    return NewPassword{std::string(answer(answers, "reset_id")), std::string(answer(answers, "reset_key")),
                       std::move(*password)};
}

Result<PasswordChange, std::vector<Problem>> password_change_from(const Answers& raw, const Context& context) {
    const FormDefinition form = account_form(Procedure::change_password);
    std::vector<Problem> problems = validate(form, raw, context);
    if (has_errors(problems))
        return Failure{std::move(problems)};
    const Answers answers = submitted(form, raw);
    auto password = domain::Password::parse(answer(answers, "password"), "", context.reference);
    if (!password)
        return Failure{std::move(problems)};
    return PasswordChange{std::string(answer(answers, "old_password")), std::move(*password)};
}

Result<InvitationWish, std::vector<Problem>> invitation_from(const Answers& raw, const Context& context) {
    const FormDefinition form = account_form(Procedure::invitation);
    std::vector<Problem> problems = validate(form, raw, context);
    if (has_errors(problems))
        return Failure{std::move(problems)};
    const Answers answers = submitted(form, raw);
    auto email = domain::EmailAddress::parse(answer(answers, "email"));
    if (!email)
        return Failure{std::move(problems)};
    return InvitationWish{std::string(answer(answers, "person")), std::move(*email)};
}

} // namespace foyer::form
