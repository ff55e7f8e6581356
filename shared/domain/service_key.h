// A code a service gives a family it already knows ("Clé Enfance"), printed on a letter and typed by hand. Whether it
// opens anything is the staff's system to say; a wrong key marks the request, it never blocks it.
#pragma once

#include "domain/rejection.h"

#include <string>
#include <string_view>

namespace foyer::domain {

class ServiceKey {
public:
    static constexpr std::size_t MINIMUM_CHARACTERS = 4;
    static constexpr std::size_t MAXIMUM_CHARACTERS = 40;

    // 4 to 40 letters A–Z, digits and hyphens (spaces are taken off, small letters raised). Check characters, once keys
    // carry them, are verified here.
    // Errors: required, service_key_format (detail "position": of the first wrong character, from 1, when there is
    // one), too_short, too_long, not_text, forbidden_characters.
    static Parsed<ServiceKey> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; } // "ENF-2041-AB"
    // How keys are compared: without hyphens, O as 0, I and L as 1, because paper shows them alike.
    [[nodiscard]] std::string comparable() const;

private:
    explicit ServiceKey(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace foyer::domain
