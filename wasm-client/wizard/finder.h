// The lists under fields that are searched while one types: the line of an address in the town's index, the commune of
// a birth place among the communes of France. Internal to the wizard.
#pragma once

#include "i18n/texts.h"
#include "scene/node.h"
#include "wizard/action.h"
#include "wizard/turn.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard {

// The last option of every list: "Mon adresse n'est pas dans la liste".
inline constexpr std::string_view NOT_LISTED = "none";

// Whether a typed part has such a list now: not where the town has no index, nor for a birth abroad.
[[nodiscard]] bool has_list(const Environment& environment, const form::Answers& answers, const form::FormField& field,
                            const form::PartDefinition& part);

// The field whose answer has this key got the focus; one that has a list was typed in; the focus is gone.
void list_entered(const Turn& turn, std::string_view key);
void list_typed(const Turn& turn, std::string_view key);
void list_left(const Turn& turn);
// A key that moves in the list or takes from it.
void list_key(const Turn& turn, const Key& key);
void list_choose(const Turn& turn, std::string_view option);

// The line, the postal code or the town was left or filled in from outside: what is the address as a whole?
void ask_for_whole_address(const Turn& turn);
// Another line, postal code or town stands there: what was found before is not said of it.
void forget_found_address(const Turn& turn);
void addresses_found(const Turn& turn, const AddressesFound& answer);
void addresses_arrived(const Turn& turn, bool available);
// "Vouliez-vous dire …": yes, or no.
void take_closest_address(const Turn& turn);
void keep_typed_address(const Turn& turn);
// After every action: fetches the index when a screen asks for an address, forgets lists of screens that were left.
void settle_finder(const Turn& turn);

// The open list of this answer; empty: it is closed.
[[nodiscard]] std::vector<scene::Option> offered(const State& state, std::string_view key, const i18n::Texts& texts);

} // namespace foyer::wizard
