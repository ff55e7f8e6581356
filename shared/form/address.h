// What is known about an address beside its line, its postal code and its town: the hidden parts of the field
// "address", of an account ("address.state") as of a person in a list ("representatives.0.address.state").
#pragma once

#include "domain/postal_address.h"
#include "form/answers.h"

#include <string>
#include <string_view>

namespace foyer::form {

inline constexpr std::string_view ADDRESS_STATE = ".state";           // domain::id of a domain::AddressState
inline constexpr std::string_view ADDRESS_NUMBER = ".number";         // "12"
inline constexpr std::string_view ADDRESS_REPETITION = ".repetition"; // "bis"
inline constexpr std::string_view ADDRESS_STREET = ".street";         // "Rue d'Alsace"
inline constexpr std::string_view ADDRESS_POSITION = ".position";     // "-1.28374,47.34512": longitude, latitude

// What a search in the index said about an address. From a device it is a claim; the server searches again.
struct AddressFinding {
    domain::AddressState state = domain::AddressState::entered_by_hand;
    std::string number;
    std::string repetition;
    std::string street;
    std::string position;
    friend bool operator==(const AddressFinding&, const AddressFinding&) = default;
};

// The answers are those of the form or of one item of a list. An unknown state is read as entered by hand.
[[nodiscard]] AddressFinding address_finding(const Answers& answers);
// Replaces all parts; number to position only go with a match, empty ones leave no answer.
void put_address_finding(Answers& answers, const AddressFinding& finding);
// Nobody has searched, or what was found is no longer what stands there.
void forget_address_finding(Answers& answers);
// What to search for when the index is asked about an address as a whole: "12 bis rue d'Alsace 44521 Oudon". Empty
// without a line.
[[nodiscard]] std::string whole_address(const Answers& answers);

} // namespace foyer::form
