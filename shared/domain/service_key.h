// A code a service gives a family it already knows ("Clé Enfance"), printed on a letter and typed by hand. Whether it
// opens anything is the staff's system to say; a wrong key marks the request, it never blocks it.
#pragma once

#include "domain/rejection.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::domain {

class ServiceKey {
public:
    static constexpr std::size_t MINIMUM_CHARACTERS = 4;
    static constexpr std::size_t MAXIMUM_CHARACTERS = 40;
    static constexpr std::size_t RANDOM_SYMBOLS = 10; // of an issued key: 50 bits
    static constexpr std::size_t ISSUED_SYMBOLS = 12;
    static constexpr std::string_view SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; // Crockford's base 32

    // A key this house issues: ten symbols of Crockford's base 32 (0–9, A–Z without I, L, O, U) in capitals, made at
    // random by the caller, and two check symbols: "7K3M-9QX2-T4W8". Nothing when they are not ten such symbols.
    static std::optional<ServiceKey> make(std::string_view ten_symbols);

    // 4 to 40 letters A–Z, digits and hyphens (spaces are taken off, small letters raised). Services have their own
    // keys too, so that check symbols are asked about apart.
    // Errors: required, service_key_format (detail "position": of the first wrong character, from 1, when there is
    // one), too_short, too_long, not_text, forbidden_characters.
    static Parsed<ServiceKey> parse(std::string_view typed);

    [[nodiscard]] const std::string& text() const { return m_text; } // "ENF-2041-AB"
    // How keys are compared: without hyphens, O as 0, I and L as 1, because paper shows them alike.
    [[nodiscard]] std::string comparable() const;
    // Twelve symbols, as the keys issued here: then the last two must fit the others. They find every single wrong
    // symbol and every two neighbours that changed places, which is how people mistype.
    [[nodiscard]] bool has_check() const;
    [[nodiscard]] bool check_holds() const; // false when !has_check()
    // As long as an issued key, or one symbol shorter or longer, and not one: a warning, never a refusal, because a
    // service may have given a key of its own.
    [[nodiscard]] bool looks_mistyped() const;
    // "XXXX-XXXX-XXXX" when it has a check, whatever hyphens were typed, with O as 0 and I and L as 1; else text().
    [[nodiscard]] std::string shown() const;

private:
    explicit ServiceKey(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

} // namespace foyer::domain
