// A birth name, a usage name or first names. Never rejected for its letters.
#pragma once

#include "domain/rejection.h"

#include <string>
#include <string_view>

namespace foyer::domain {

class PersonName {
public:
    static constexpr std::size_t MAXIMUM_CHARACTERS = 1000;

    // Letters of any script with any combining marks, spaces, hyphens (double ones too), apostrophes, the period of an
    // abbreviation, the comma between first names, the Catalan middle dot; at least one letter. Stored NFC with its
    // case and accents. Errors: required, not_text, forbidden_characters, name_characters (detail "characters": those
    // that no name holds, as typed, separated by spaces; empty when there is simply no letter), too_long (detail
    // "maximum").
    static Parsed<PersonName> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; }
    // The form in which two names are compared (text/fold.h).
    [[nodiscard]] std::string folded() const;

private:
    explicit PersonName(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace foyer::domain
