// Passwords after CNIL's recommendation 2022-100 (80 bits for a password alone): 12 characters with capital and small
// letters, digits and special characters; or 14 with capital and small letters and digits; or a phrase of 7 words.
// No forced renewal, paste allowed, no upper limit anyone meets.
#pragma once

#include "domain/rejection.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::domain {

class ReferenceData;

enum class PasswordWay { four_classes, three_classes, words };
enum class PasswordClass { upper, lower, digit, special };

// How far a password has come, for the gauge beside the field while it is being typed.
struct PasswordStrength {
    int score = 0; // 0 empty … 4 acceptable; only 4 satisfies one of the three ways
    bool satisfies_rule = false;
    PasswordWay nearest = PasswordWay::four_classes;
    std::size_t missing_characters = 0;         // for the nearest way
    std::size_t missing_words = 0;              // for PasswordWay::words
    std::vector<PasswordClass> missing_classes; // for the nearest way
};

[[nodiscard]] PasswordStrength password_strength(std::string_view password);
[[nodiscard]] std::string_view id(PasswordWay way);              // "four_classes", "three_classes", "words"
[[nodiscard]] std::string_view id(PasswordClass password_class); // "upper", "lower", "digit", "special"

class Password {
public:
    static constexpr std::size_t MAXIMUM_BYTES = 1024;

    // `identifier` may be empty, `reference` null (then the common list is not asked). Spaces count and are kept: a
    // password is not cleaned, only made NFC so that two keyboards give the same bytes.
    // Errors: required, not_text, forbidden_characters, too_long (detail "maximum"), password_weak (details "minimum":
    // characters still missing, "way", "words": words missing, "classes": missing classes separated by spaces),
    // password_contains_identifier, password_common.
    static Parsed<Password> parse(std::string_view typed, std::string_view identifier, const ReferenceData* reference);

    // The bytes to hash. For a login, where no rule applies to what was typed, use bytes_to_hash(typed).
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    explicit Password(std::string bytes) : m_bytes(std::move(bytes)) {}
    std::string m_bytes;
};

// NFC of what was typed: what is hashed when a password is chosen and when it is entered.
[[nodiscard]] std::string bytes_to_hash(std::string_view typed);

} // namespace foyer::domain
