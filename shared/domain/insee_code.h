// The key of a commune: INSEE's code officiel géographique. Never derived from a postal code.
#pragma once

#include "domain/rejection.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace foyer::domain {

class InseeCode {
public:
    // Five characters: two digits or 2A/2B for the department (97 and 98 overseas), three digits.
    // Errors: required, commune_unknown, not_text, forbidden_characters.
    static Parsed<InseeCode> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; } // "44115", "2A004"
    friend bool operator==(const InseeCode& left, const InseeCode& right) { return left.m_text == right.m_text; }

private:
    explicit InseeCode(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace foyer::domain
