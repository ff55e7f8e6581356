// The one place that decides what may be called matched. Both sides ask here; no client's word is taken for it.
#pragma once

#include "domain/postal_address.h"

namespace foyer::address {

// What is known of one found address, compared with what was typed.
struct Evidence {
    bool street_whole = false; // every word of its name was typed, rightly or by a known abbreviation; articles aside
    bool number_held = false;  // the number and repetition typed exist there; or none was typed and it has none
    bool nothing_left = false; // every word that was typed belongs to it, or says where within the building
    bool place_named = false;  // its postal code, or the whole name of its commune or old commune, was typed
    bool alone = false;        // no other address fits what was typed as well
    bool elsewhere = false;    // a commune or postal code was typed that is not its own
    bool foreign = false;      // words were typed that nothing of it answers
    unsigned street_share = 0; // per mille of the street's own words that were typed (or nearly)
    unsigned share = 0;        // per mille of what was typed that it answers
};

// matched: nothing is missing, guessed or ambiguous. probable: the closest one, worth a "Vouliez-vous dire…".
// entered_by_hand: too far from what was typed to be offered as such.
[[nodiscard]] domain::AddressState state_of(const Evidence& evidence);

} // namespace foyer::address
