// What a person types and chooses in the form on the screen. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/turn.h"

#include <string_view>

namespace foyer::wizard {

// Longer texts are kept up to here: far beyond every field's maximum, so that the rule says "too long" and nobody's
// memory is filled. The page keeps what was typed; the wizard never writes such a field.
inline constexpr std::size_t MAXIMUM_TEXT_BYTES = 65536;

void type(const Turn& turn, const Input& input);
void leave(const Turn& turn, const Commit& commit);
void enter(const Turn& turn, const Focus& focus);
void choose(const Turn& turn, const Choose& choice);
// A checkbox, radio, or one of the small buttons beside a field. False when the node is none of these.
bool press_in_form(const Turn& turn, std::string_view node);
// The list of communes has come (or will not).
void communes_arrived(const Turn& turn, bool available);
// For steps that cannot do without the list.
void want_communes(const Turn& turn);
// Normalises what the person may not have left yet: Enter sends a form without leaving the field.
void normalise_step(const Turn& turn);

} // namespace foyer::wizard
