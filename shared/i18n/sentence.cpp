#include "i18n/texts.h"

namespace foyer::i18n {

namespace {

std::string_view detail(const Problem& problem, std::string_view key) {
    for (const Problem::Detail& candidate : problem.details)
        if (candidate.key == key)
            return candidate.value;
    return {};
}

TextKey date_incomplete(std::string_view part) {
    if (part == "day")
        return TextKey::problems_date_incomplete_day;
    if (part == "month")
        return TextKey::problems_date_incomplete_month;
    if (part == "year")
        return TextKey::problems_date_incomplete_year;
    return TextKey::problems_date_incomplete;
}

TextKey key_of(const Problem& problem) {
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
        return detail(problem, "characters").empty() ? TextKey::problems_name_no_letter
                                                     : TextKey::problems_name_characters;
    case ProblemCode::too_long:
        return TextKey::problems_too_long;
    case ProblemCode::too_short:
        return TextKey::problems_too_short;
    case ProblemCode::unknown_choice:
        return TextKey::problems_unknown_choice;
    case ProblemCode::unknown_field:
        return TextKey::problems_unknown_field;
    case ProblemCode::date_incomplete:
        return date_incomplete(detail(problem, "part"));
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
        return detail(problem, "characters").empty() ? TextKey::problems_phone_unknown : TextKey::problems_phone_format;
    case ProblemCode::phone_length:
        return TextKey::problems_phone_length;
    case ProblemCode::phone_country:
        return TextKey::problems_phone_country;
    case ProblemCode::email_format:
        return detail(problem, "part") == "domain" ? TextKey::problems_email_format_domain
                                                   : TextKey::problems_email_format;
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
        return detail(problem, "position").empty() ? TextKey::problems_service_key_format_plain
                                                   : TextKey::problems_service_key_format;
    case ProblemCode::consent_missing:
        return TextKey::problems_consent_missing;
    case ProblemCode::security_check_wrong:
        return TextKey::problems_security_check_wrong;
    case ProblemCode::caf_number_format:
        return TextKey::problems_caf_number_format;
    case ProblemCode::family_quotient_format:
        return TextKey::problems_family_quotient_format;
    case ProblemCode::family_quotient_zero:
        return TextKey::problems_family_quotient_zero;
    case ProblemCode::generation_gap:
        return TextKey::problems_generation_gap;
    case ProblemCode::same_child:
        return TextKey::problems_same_child;
    case ProblemCode::contact_is_child:
        return problem.severity == Severity::warning ? TextKey::problems_contact_is_child_doubt
                                                     : TextKey::problems_contact_is_child;
    case ProblemCode::child_missing:
        return TextKey::problems_child_missing;
    case ProblemCode::collector_too_young:
        return TextKey::problems_collector_too_young;
    case ProblemCode::too_many_people:
        return TextKey::problems_too_many_people;
    case ProblemCode::person_unknown:
        return TextKey::problems_person_unknown;
    case ProblemCode::expected_date_far:
        return TextKey::problems_expected_date_far;
    case ProblemCode::service_key_mistyped:
        return TextKey::problems_service_key_mistyped;
    }
    return TextKey::problems_required;
}

// "3 caractères, une majuscule et un chiffre"
std::string missing_in_password(const Problem& problem, const Texts& texts) {
    std::vector<std::string> parts;
    const auto add_count = [&](std::string_view key, TextKey one, TextKey many) {
        std::int64_t count = 0;
        for (const char digit : detail(problem, key))
            count = digit >= '0' && digit <= '9' && count < 10000 ? count * 10 + (digit - '0') : count;
        if (count > 0)
            parts.push_back(texts.count(one, many, count));
    };
    if (detail(problem, "way") == "words") {
        add_count("words", TextKey::problems_password_add_word, TextKey::problems_password_add_words);
    } else {
        add_count("minimum", TextKey::problems_password_add_character, TextKey::problems_password_add_characters);
        const std::string classes = " " + std::string(detail(problem, "classes")) + " ";
        const auto add_class = [&](std::string_view name, TextKey key) {
            if (classes.find(name) != std::string::npos)
                parts.emplace_back(texts.get(key));
        };
        add_class(" upper ", TextKey::problems_password_add_upper);
        add_class(" lower ", TextKey::problems_password_add_lower);
        add_class(" digit ", TextKey::problems_password_add_digit);
        add_class(" special ", TextKey::problems_password_add_special);
    }
    std::string list;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            list += texts.get(i + 1 == parts.size() ? TextKey::problems_list_and : TextKey::problems_list_comma);
        list += parts[i];
    }
    return list;
}

} // namespace

std::string sentence(const Problem& problem, std::string_view label, const Texts& texts) {
    const std::string missing = problem.code == ProblemCode::password_weak ? missing_in_password(problem, texts) : "";
    if (problem.code == ProblemCode::password_weak && missing.empty())
        return std::string(texts.get(TextKey::problems_password_weak_plain));
    return texts.format(key_of(problem), {{"label", label},
                                          {"field", problem.field},
                                          {"characters", detail(problem, "characters")},
                                          {"minimum", detail(problem, "minimum")},
                                          {"maximum", detail(problem, "maximum")},
                                          {"position", detail(problem, "position")},
                                          {"missing", missing},
                                          {"person", detail(problem, "person")},
                                          {"suggestion", detail(problem, "suggestion")}});
}

} // namespace foyer::i18n
