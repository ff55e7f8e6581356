// Which of a submission's answers a family gets back to correct some of them. Pure.
#pragma once

#include "store/answers.h"

#include <string>
#include <vector>

namespace foyer::server {

// The named fields with all their parts; of a field of somebody in a list ("children.0.birth_date") everything about
// that person, because the one answer means nothing without the name above it; and the names of the others in the
// lists, because a field may be answered by choosing among them.
[[nodiscard]] store::Answers correction_answers(const store::Answers& answers, const std::vector<std::string>& fields);

} // namespace foyer::server
