// A postal address with its honest state. No state blocks.
#pragma once

#include "domain/insee_code.h"
#include "domain/postal_code.h"
#include "domain/rejection.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::domain {

enum class AddressState {
    matched,         // chosen from the list of addresses
    probable,        // found in the list, but not exactly
    entered_by_hand, // as the person wrote it
};

[[nodiscard]] std::string_view id(AddressState state); // "matched", "probable", "entered_by_hand"
[[nodiscard]] Parsed<AddressState> parse_address_state(std::string_view id);

// One free line of an address: anything a person writes on an envelope. At most 200 characters.
class AddressLine {
public:
    static constexpr std::size_t MAXIMUM_CHARACTERS = 200;
    // Errors: required, not_text, forbidden_characters, too_long.
    static Parsed<AddressLine> parse(std::string_view typed);
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    explicit AddressLine(std::string text) : m_text(std::move(text)) {}
    std::string m_text;
};

struct PostalAddress {
    AddressLine line; // "12 bis rue d'Alsace"
    std::optional<AddressLine> apartment;
    std::optional<AddressLine> building;
    std::optional<AddressLine> staircase;
    std::optional<AddressLine> floor;
    std::optional<AddressLine> residence;
    std::optional<AddressLine> extra;
    PostalCode postal_code;
    AddressLine commune;            // as typed or chosen
    std::optional<InseeCode> insee; // when the commune is known
    AddressState state = AddressState::entered_by_hand;
};

} // namespace foyer::domain
