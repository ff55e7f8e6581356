// From screen to screen, and through the steps of the registration. Internal to the wizard.
#pragma once

#include "wizard/route.h"
#include "wizard/turn.h"

#include <optional>
#include <string_view>

namespace foyer::wizard {

enum class History : std::uint8_t { push, replace, keep }; // keep: the browser is there already

// Shows the screen, or the one that has to come first: an earlier step that is not complete, the login of a device
// that is not bound. The browser's address follows.
void go(const Turn& turn, const Route& wanted, History history);
[[nodiscard]] Route current_route(const State& state);
// Loaded{"family"}: the screen that was waiting for its code can be entered, or cannot.
void family_arrived(const Turn& turn, bool available);

// A form of several steps with SUIVANT and PRÉCÉDENT between them: the registration, a family's profile.
struct Run {
    const form::FormDefinition* form = nullptr;
    Route before; // where PRÉCÉDENT leads from the first step
};
// The one on the screen, if there is one.
[[nodiscard]] std::optional<Run> open_run(const State& state, const Environment& environment);

// The key of the first step with an error in it; empty when there is none. `before`: look no further than this step.
[[nodiscard]] std::string first_incomplete_step(const form::FormDefinition& form, const form::Answers& answers,
                                                const Environment& environment, std::string_view before = {});
[[nodiscard]] std::size_t step_number(const form::FormDefinition& form, std::string_view step); // from 0

// SUIVANT, VALIDER, CONNEXION, ENVOYER: looks at the form and says what is wrong with it. True when it may go on.
[[nodiscard]] bool accept_form(const Turn& turn);
void next_step(const Turn& turn);
void previous_step(const Turn& turn);
// Starts with empty answers.
void begin_registration(const Turn& turn);
// The form's errors, listed at its top, which takes the focus.
void show_errors(const Turn& turn);

} // namespace foyer::wizard
