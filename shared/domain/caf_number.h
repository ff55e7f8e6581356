// A family's number at the Caisse d'allocations familiales: a text, because its leading zeros count.
#pragma once

#include "domain/rejection.h"

#include <string>
#include <string_view>

namespace foyer::domain {

class CafNumber {
public:
    // 5 to 13 digits, possibly followed by one letter (the key of some funds), typed with or without spaces, dots and
    // hyphens. Errors: required, caf_number_format, not_text, forbidden_characters.
    static Parsed<CafNumber> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; } // "0012345", "1234567A"

private:
    explicit CafNumber(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace foyer::domain
