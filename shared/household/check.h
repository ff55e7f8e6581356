// The rules across the people of a family, the same in the browser and on the server. Pure.
#pragma once

#include "form/validate.h"
#include "household/people.h"

#include <vector>

namespace foyer::household {

// A town's own numbers; portal.json's procedures.entourage.rules.
struct Rules {
    int collector_minimum_age = 18; // years; 0: anybody may collect a child
    int generation_minimum = 12;    // years between a representative and a child
    int generation_maximum = 70;
    bool child_required = true; // at least one child, born or expected, declared or known
    unsigned maximum_people = 200;
};

// The problems of every person (form::validate, with everybody who can be chosen), then of the people together, in the
// order of the lists. A problem's field is "children.0.birth_date", or "children" for a list as a whole.
// `context.people` is not read: the people are those of `answers` and `known`.
[[nodiscard]] std::vector<Problem> check_entourage(const form::FormDefinition& form, const form::Answers& answers,
                                                   const Known& known, const Rules& rules,
                                                   const form::Context& context);

} // namespace foyer::household
