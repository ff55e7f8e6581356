#include "base/problem.h"

#include <array>

namespace foyer {

namespace {

struct Named {
    ProblemCode code;
    std::string_view name;
};

constexpr std::array<Named, PROBLEM_CODES> NAMES = {{
    {ProblemCode::required, "required"},
    {ProblemCode::one_of_required, "one_of_required"},
    {ProblemCode::not_text, "not_text"},
    {ProblemCode::forbidden_characters, "forbidden_characters"},
    {ProblemCode::name_characters, "name_characters"},
    {ProblemCode::too_long, "too_long"},
    {ProblemCode::too_short, "too_short"},
    {ProblemCode::unknown_choice, "unknown_choice"},
    {ProblemCode::unknown_field, "unknown_field"},
    {ProblemCode::date_incomplete, "date_incomplete"},
    {ProblemCode::date_impossible, "date_impossible"},
    {ProblemCode::date_future, "date_future"},
    {ProblemCode::date_past, "date_past"},
    {ProblemCode::age_unlikely, "age_unlikely"},
    {ProblemCode::postal_code_format, "postal_code_format"},
    {ProblemCode::commune_unknown, "commune_unknown"},
    {ProblemCode::phone_format, "phone_format"},
    {ProblemCode::phone_length, "phone_length"},
    {ProblemCode::phone_country, "phone_country"},
    {ProblemCode::email_format, "email_format"},
    {ProblemCode::email_typo, "email_typo"},
    {ProblemCode::identifier_characters, "identifier_characters"},
    {ProblemCode::identifier_email_like, "identifier_email_like"},
    {ProblemCode::password_weak, "password_weak"},
    {ProblemCode::password_common, "password_common"},
    {ProblemCode::password_contains_identifier, "password_contains_identifier"},
    {ProblemCode::service_key_format, "service_key_format"},
    {ProblemCode::consent_missing, "consent_missing"},
    {ProblemCode::security_check_wrong, "security_check_wrong"},
    {ProblemCode::caf_number_format, "caf_number_format"},
    {ProblemCode::family_quotient_format, "family_quotient_format"},
    {ProblemCode::family_quotient_zero, "family_quotient_zero"},
    {ProblemCode::generation_gap, "generation_gap"},
    {ProblemCode::same_child, "same_child"},
    {ProblemCode::contact_is_child, "contact_is_child"},
    {ProblemCode::child_missing, "child_missing"},
    {ProblemCode::collector_too_young, "collector_too_young"},
    {ProblemCode::too_many_people, "too_many_people"},
    {ProblemCode::person_unknown, "person_unknown"},
    {ProblemCode::expected_date_far, "expected_date_far"},
    {ProblemCode::service_key_mistyped, "service_key_mistyped"},
}};

} // namespace

std::string_view name(ProblemCode code) {
    for (const Named& named : NAMES)
        if (named.code == code)
            return named.name;
    return "unknown";
}

std::optional<ProblemCode> problem_code_from(std::string_view text) {
    for (const Named& named : NAMES)
        if (named.name == text)
            return named.code;
    return std::nullopt;
}

} // namespace foyer
