// What the staff asks to have corrected: a form of exactly the fields it named, with its words above them. Internal to
// the wizard.
#pragma once

#include "wizard/describe_form.h"
#include "wizard/sheet.h"
#include "wizard/turn.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::wizard::family {

[[nodiscard]] std::optional<OpenForm> open_correction(const wizard::State& state, const Environment& environment);
[[nodiscard]] std::vector<form::PersonChoice> people_of_correction(const wizard::State& state,
                                                                   const Environment& environment);
void add_correction_problems(const wizard::State& state, const Environment& environment,
                             std::vector<Problem>& problems);
// Begins it as soon as the snapshot tells of it.
void settle_correction(const Turn& turn);
// Takes up what had been written of one; false when the town no longer waits for exactly that.
bool resume_correction(const Turn& turn, const OwnedDraft& draft);
bool press_correction(const Turn& turn, std::string_view node);

[[nodiscard]] std::string title_of_correction(const Page& page);
void describe_correction(const Page& page);

} // namespace foyer::wizard::family
