// A telephone number as people type it, kept as E.164. The rules come from npm libphonenumber-js, as a table made at
// build time: possible lengths for every calling code, the numbering plan itself for France and its territories.
#pragma once

#include "domain/rejection.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace foyer::domain {

enum class PhoneKind { mobile, fixed, other }; // other: services, shared cost, or a country whose plan we do not carry

class PhoneNumber {
public:
    // Typed the national way of `default_calling_code` ("06 12 34 56 78") or with + or 00 ("+33 (0)6…", "0033…",
    // "+44 20 7946 0018"); spaces, dots, hyphens, slashes, brackets and the invisible marks address books paste are
    // skipped. With 33 as the default, 0692… (La Réunion) and the other territories' numbers dialled from France are
    // understood. Errors: required, not_text, phone_format (detail "characters" when one is out of place, else no such
    // number in the plan), phone_length (details "country": ISO code or "", "calling_code"), phone_country (no such
    // calling code).
    static Parsed<PhoneNumber> parse(std::string_view typed, unsigned default_calling_code = 33);

    [[nodiscard]] const std::string& e164() const { return m_e164; } // "+33612345678"
    [[nodiscard]] unsigned calling_code() const { return m_calling_code; }
    [[nodiscard]] std::string_view national_number() const; // "612345678"
    [[nodiscard]] PhoneKind kind() const { return m_kind; }
    // "06 12 34 56 78" when it belongs to the plan of `home_calling_code`, else "+44 207 946 0018".
    [[nodiscard]] std::string shown(unsigned home_calling_code = 33) const;

    friend bool operator==(const PhoneNumber& left, const PhoneNumber& right) { return left.m_e164 == right.m_e164; }

private:
    PhoneNumber(std::string e164, unsigned calling_code, PhoneKind kind)
        : m_e164(std::move(e164)), m_calling_code(calling_code), m_kind(kind) {}
    std::string m_e164;
    unsigned m_calling_code;
    PhoneKind m_kind;
};

} // namespace foyer::domain
