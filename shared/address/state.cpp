#include "address/state.h"

namespace foyer::address {

namespace {

// Below, what was typed is more another address than this one: see the measures in docs/address-index.md.
constexpr unsigned PROBABLE_SHARE = 600;
constexpr unsigned PROBABLE_STREET = 450;

} // namespace

domain::AddressState state_of(const Evidence& evidence) {
    if (evidence.street_whole && evidence.number_held && evidence.nothing_left && evidence.alone)
        return domain::AddressState::matched;
    if (evidence.share >= PROBABLE_SHARE && evidence.street_share >= PROBABLE_STREET)
        return domain::AddressState::probable;
    return domain::AddressState::entered_by_hand;
}

} // namespace foyer::address
