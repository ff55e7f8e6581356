// What is wrong with an answer, as a code and a field; the sentence a person reads is made from it in i18n.
// A warning can be confirmed by the person and never blocks; an error must be mended.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer {

enum class ProblemCode {
    required,             // a mandatory answer is missing
    one_of_required,      // at least one of several fields must be filled (detail "fields")
    not_text,             // the bytes are not UTF-8
    forbidden_characters, // control characters, bidirectional overrides, NUL (detail "characters": U+…)
    name_characters,      // a name holds something no name holds, such as a digit (detail "characters")
    too_long,             // detail "maximum": characters
    too_short,            // detail "minimum": characters
    unknown_choice,       // not one of the options
    unknown_field,        // the form has no such field
    date_incomplete,
    date_impossible, // the 30th of February
    date_future,
    date_past,
    age_unlikely, // a warning: under 15 or over 120 (details "minimum", "maximum": years)
    postal_code_format,
    commune_unknown, // a warning: the postal code and the town do not go together
    phone_format,
    phone_length, // detail "country"
    phone_country,
    email_format,
    email_typo, // a warning (detail "suggestion")
    identifier_characters,
    identifier_email_like,
    password_weak,   // detail "minimum": characters still missing for the nearest of CNIL's three ways
    password_common, // among the most used ones
    password_contains_identifier,
    service_key_format, // detail "position"
    consent_missing,
    security_check_wrong,
    caf_number_format,
    family_quotient_format,
    family_quotient_zero, // a warning: it may mean that the fund could not compute it
    generation_gap,       // a warning: child and representative are too close or too far in age (detail "person")
    same_child,           // a warning: the same names and birth date twice (detail "person")
    contact_is_child,     // detail "person"; a warning where two people may well share a name
    child_missing,        // neither a child nor an expected one
    collector_too_young,  // detail "minimum": years
    too_many_people,      // detail "maximum"
    person_unknown,       // a reference to nobody of this family
    expected_date_far,    // a warning
    service_key_mistyped, // a warning: the check characters do not fit
};
inline constexpr std::size_t PROBLEM_CODES =
    static_cast<std::size_t>(ProblemCode::service_key_mistyped) + 1; // the last one

// The code's name as it travels: "postal_code_format".
std::string_view name(ProblemCode code);
std::optional<ProblemCode> problem_code_from(std::string_view name);

enum class Severity { error, warning };

struct Problem {
    std::string field; // the answer's key, as in "birth_date"
    ProblemCode code = ProblemCode::required;
    Severity severity = Severity::error;

    struct Detail {
        std::string key;
        std::string value;
        friend bool operator==(const Detail&, const Detail&) = default;
    };
    std::vector<Detail> details; // what the sentence needs: "maximum" = "80"

    friend bool operator==(const Problem&, const Problem&) = default;
};

} // namespace foyer
