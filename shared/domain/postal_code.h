// A French postal code. It says which post office sorts the letter, not which commune or department one lives in.
#pragma once

#include "domain/rejection.h"

#include <string>
#include <string_view>

namespace foyer::domain {

class PostalCode {
public:
    // Five digits, typed with or without spaces ("44 521"). Errors: required, postal_code_format, not_text,
    // forbidden_characters. CEDEX codes are five digits like any other: whether a commune is known for one is
    // ReferenceData's to say, and never blocks.
    static Parsed<PostalCode> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; } // "44521"
    friend bool operator==(const PostalCode& left, const PostalCode& right) { return left.m_text == right.m_text; }

private:
    explicit PostalCode(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace foyer::domain
