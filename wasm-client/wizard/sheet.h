// A form being filled in: which one is on the screen, what is wrong with it, where its fields are. Internal to the
// wizard.
#pragma once

#include "form/list.h"
#include "form/validate.h"
#include "wizard/environment.h"
#include "wizard/state.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard {

struct OpenForm {
    const form::FormDefinition* form = nullptr;
    const form::StepDefinition* step = nullptr;
};
// The form on the screen, if there is one.
[[nodiscard]] std::optional<OpenForm> open_form(const State& state, const Environment& environment);
[[nodiscard]] const Sheet& open_sheet(const State& state);
[[nodiscard]] Sheet& open_sheet(State& state);

// Everybody who can be chosen in the form on the screen; nobody where none of its fields asks for people.
[[nodiscard]] std::vector<form::PersonChoice> people_here(const State& state, const Environment& environment);

// Everything wrong with the step, whether it is shown yet or not, the server's findings included.
[[nodiscard]] std::vector<Problem> problems_now(const State& state, const OpenForm& open,
                                                const Environment& environment);

// A field of the step, by the field's key.
[[nodiscard]] const form::FormField* find_in(const form::StepDefinition& step, std::string_view key);
[[nodiscard]] bool is_visible(const form::PartDefinition& part);
[[nodiscard]] std::size_t visible_parts(const form::FormField& field);

// The answers that can be chosen in a field of kind choice, person or people, in the order shown.
[[nodiscard]] std::vector<std::string> choice_ids(const form::FormField& field,
                                                  const std::vector<form::PersonChoice>& people);

// The control a person has to go to for this problem: "field-birth_date.day".
[[nodiscard]] std::string control_of(const Problem& problem, const State& state, const OpenForm& open,
                                     const Environment& environment);

// A warning the person has already passed over: field, code and the answer it was about.
[[nodiscard]] std::string confirmation_of(const Problem& problem, const form::FormField* field,
                                          const form::Answers& answers);

// Takes back what is shown about fields that have been mended.
void forget_mended(State& state, const OpenForm& open, const Environment& environment, bool summary_too);

// The wizard itself writes an answer: the page must follow.
void write_answer(Sheet& sheet, std::string_view key, std::string value);

} // namespace foyer::wizard
