// An e-mail address: contact data, never the identity (spouses share one). The only proof that it works is the mail
// that arrives, so the rule is pragmatic and the typo check is a question.
#pragma once

#include "domain/rejection.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::domain {

class EmailAddress {
public:
    // One @; a dot-atom before it (RFC 5322, with letters beyond ASCII as RFC 6531 allows; at most 64 bytes); a domain
    // of at least two labels after it; at most 254 bytes. Trimmed, "mailto:" and <> taken off, domain in lower case.
    // Errors: required, not_text, forbidden_characters, email_format (detail "part": local or domain, or "at" when the
    // @ is missing or doubled), too_long (detail "maximum").
    static Parsed<EmailAddress> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] std::string_view local_part() const { return std::string_view(m_text).substr(0, m_at); }
    [[nodiscard]] std::string_view domain() const { return std::string_view(m_text).substr(m_at + 1); }
    // The address that was probably meant ("a@gmial.com" gives "a@gmail.com"): ProblemCode::email_typo, a warning.
    [[nodiscard]] std::optional<std::string> suggestion() const;
    // Two addresses that reach the same box on every server in use: the whole in lower case.
    [[nodiscard]] std::string folded() const;

private:
    EmailAddress(std::string text, std::size_t at) : m_text(std::move(text)), m_at(at) {}
    std::string m_text;
    std::size_t m_at;
};

} // namespace foyer::domain
