// All that the rest of the wizard knows about the screens of a family that is logged in. In the browser the code behind
// these functions (everything in the namespace wizard::family) is fetched when it is first needed; until
// Environment::family_ready nobody calls them. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/describe_form.h"
#include "wizard/sheet.h"
#include "wizard/turn.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard::family {

// The doors between the two files: copied into their callers they would take with them what is behind (client.cmake).
#ifdef __EMSCRIPTEN__
#pragma clang attribute push(__attribute__((noinline)), apply_to = function)
#endif

// The form on the screen, if it is one of ours and there is one. Its pointers live as long as state and environment.
[[nodiscard]] std::optional<OpenForm> open_form(const wizard::State& state, const Environment& environment);
// Everybody who can be chosen in that form.
[[nodiscard]] std::vector<form::PersonChoice> people_here(const wizard::State& state, const Environment& environment);
// What is wrong with that form beyond its own fields: the rules across people.
void add_problems(const wizard::State& state, const Environment& environment, std::vector<Problem>& problems);
// Where somebody who wants to go to one of our screens really has to go.
[[nodiscard]] Route resolved(const wizard::State& state, const Environment& environment, const Route& wanted);
// The screen has just been opened, from `before`.
void enter(const Turn& turn, const Route& before);

// A button or a link on one of our screens, or a choice; false: it is none of ours.
bool press(const Turn& turn, std::string_view node);
bool choose(const Turn& turn, const Choose& choice);
// What has been typed on our screens and not been sent, for the device to keep; and the same taken up again, if it
// belongs to whoever is logged in.
[[nodiscard]] OwnedDraft owned_draft(const wizard::State& state, const Environment& environment);
void take_draft(const Turn& turn, const OwnedDraft& draft);
// The last step of the profile is complete: VALIDER.
void submit(const Turn& turn);

void call_answered(const Turn& turn, const CallResult& result);
void submission_moved(const Turn& turn, const SubmissionState& action);
void woken(const Turn& turn, const Woken& action);
void kept(const Turn& turn, const Kept& action);
void on_device(const Turn& turn, const OnDevice& action);
// After every action on one of our screens: what follows from what has come.
void settle(const Turn& turn);

[[nodiscard]] std::string title(const Page& page);
void describe(const Page& page);
// Beside a field of that form: what has been given already and need not be typed again.
void describe_after_field(const Page& page, const form::FormField& field);

#ifdef __EMSCRIPTEN__
#pragma clang attribute pop
#endif

} // namespace foyer::wizard::family
