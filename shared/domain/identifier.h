// The name with which an account logs in. Whether it is taken only the server can say.
#pragma once

#include "domain/rejection.h"

#include <string>
#include <string_view>

namespace foyer::domain {

class Identifier {
public:
    static constexpr std::size_t MINIMUM_CHARACTERS = 3;
    static constexpr std::size_t MAXIMUM_CHARACTERS = 64;

    // 3 to 64 letters (any, accents too), digits and . _ - ; or an e-mail address (then up to 254).
    // Errors: required, not_text, forbidden_characters, too_short (detail "minimum"), too_long (detail "maximum"),
    // identifier_characters (detail "characters"), identifier_email_like (it has an @ but is no e-mail address).
    static Parsed<Identifier> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; }
    // Under this form it is unique and looked up: capital letters and accents make no other account.
    [[nodiscard]] std::string folded() const;

private:
    explicit Identifier(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace foyer::domain
