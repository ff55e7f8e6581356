#include "i18n/texts.h"

namespace foyer::i18n {

namespace {

TextKey key_of(const Problem& problem, std::string_view position) {
    switch (problem.code) {
    case ProblemCode::required:
        return TextKey::problems_required;
    case ProblemCode::one_of_required:
        return TextKey::problems_one_of_required;
    case ProblemCode::not_text:
        return TextKey::problems_not_text;
    case ProblemCode::forbidden_characters:
        return TextKey::problems_forbidden_characters;
    case ProblemCode::name_characters:
        return TextKey::problems_name_characters;
    case ProblemCode::too_long:
        return TextKey::problems_too_long;
    case ProblemCode::too_short:
        return TextKey::problems_too_short;
    case ProblemCode::unknown_choice:
        return TextKey::problems_unknown_choice;
    case ProblemCode::unknown_field:
        return TextKey::problems_unknown_field;
    case ProblemCode::date_incomplete:
        return TextKey::problems_date_incomplete;
    case ProblemCode::date_impossible:
        return TextKey::problems_date_impossible;
    case ProblemCode::date_future:
        return TextKey::problems_date_future;
    case ProblemCode::date_past:
        return TextKey::problems_date_past;
    case ProblemCode::age_unlikely:
        return TextKey::problems_age_unlikely;
    case ProblemCode::postal_code_format:
        return TextKey::problems_postal_code_format;
    case ProblemCode::commune_unknown:
        return TextKey::problems_commune_unknown;
    case ProblemCode::phone_format:
        return TextKey::problems_phone_format;
    case ProblemCode::phone_length:
        return TextKey::problems_phone_length;
    case ProblemCode::phone_country:
        return TextKey::problems_phone_country;
    case ProblemCode::email_format:
        return TextKey::problems_email_format;
    case ProblemCode::email_typo:
        return TextKey::problems_email_typo;
    case ProblemCode::identifier_characters:
        return TextKey::problems_identifier_characters;
    case ProblemCode::identifier_email_like:
        return TextKey::problems_identifier_email_like;
    case ProblemCode::password_weak:
        return TextKey::problems_password_weak;
    case ProblemCode::password_common:
        return TextKey::problems_password_common;
    case ProblemCode::password_contains_identifier:
        return TextKey::problems_password_contains_identifier;
    case ProblemCode::service_key_format:
        return position.empty() ? TextKey::problems_service_key_format_plain : TextKey::problems_service_key_format;
    case ProblemCode::consent_missing:
        return TextKey::problems_consent_missing;
    case ProblemCode::security_check_wrong:
        return TextKey::problems_security_check_wrong;
    case ProblemCode::caf_number_format:
        return TextKey::problems_caf_number_format;
    }
    return TextKey::problems_required;
}

std::string_view detail(const Problem& problem, std::string_view key) {
    for (const Problem::Detail& candidate : problem.details)
        if (candidate.key == key)
            return candidate.value;
    return {};
}

} // namespace

std::string sentence(const Problem& problem, std::string_view label, const Texts& texts) {
    return texts.format(key_of(problem, detail(problem, "position")), {{"label", label},
                                                                       {"field", problem.field},
                                                                       {"characters", detail(problem, "characters")},
                                                                       {"minimum", detail(problem, "minimum")},
                                                                       {"maximum", detail(problem, "maximum")},
                                                                       {"position", detail(problem, "position")},
                                                                       {"suggestion", detail(problem, "suggestion")}});
}

} // namespace foyer::i18n
