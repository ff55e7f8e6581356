#include "address/state.h"

namespace foyer::address {

namespace {

// Per mille; measured, see docs/address-index.md. What was typed and is in no way this address, and what is this
// address and was not typed, weigh most together: "18 rue Jean Moulin" is not probably Rue Jean Jaurès.
constexpr unsigned SHARE = 500;
constexpr unsigned SHARE_BESIDE_FOREIGN = 550;
constexpr unsigned STREET = 300;
constexpr unsigned STREET_BESIDE_FOREIGN = 700;

} // namespace

domain::AddressState state_of(const Evidence& evidence) {
    if (evidence.street_whole && evidence.number_held && evidence.nothing_left && evidence.alone)
        return domain::AddressState::matched;
    const bool close = evidence.foreign
                           ? evidence.share >= SHARE_BESIDE_FOREIGN && evidence.street_share >= STREET_BESIDE_FOREIGN
                           : evidence.share >= SHARE && evidence.street_share >= STREET;
    if (close && !evidence.elsewhere)
        return domain::AddressState::probable;
    return domain::AddressState::entered_by_hand;
}

} // namespace foyer::address
