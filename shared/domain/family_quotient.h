// The quotient familial of the Caisse d'allocations familiales: a family's monthly means per share, in whole euros.
#pragma once

#include "domain/rejection.h"

#include <string>
#include <string_view>

namespace foyer::domain {

class FamilyQuotient {
public:
    // 0 to 99999, typed with or without spaces, leading zeros and a euro sign; cents belong to no certificate.
    // Errors: required, family_quotient_format, not_text, forbidden_characters.
    static Parsed<FamilyQuotient> parse(std::string_view typed);

    [[nodiscard]] unsigned euros() const { return m_euros; }
    // 0 stands on certificates of families without means and of those whose means the fund does not know. Nobody can
    // tell which, so that a price is never taken from a 0 without asking.
    [[nodiscard]] bool may_be_uncomputed() const { return m_euros == 0; }
    [[nodiscard]] std::string text() const { return std::to_string(m_euros); } // "612"

private:
    explicit FamilyQuotient(unsigned euros) : m_euros(euros) {}
    unsigned m_euros = 0;
};

} // namespace foyer::domain
