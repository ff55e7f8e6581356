// Which answers a correction may change. Pure.
#pragma once

#include "form/answers.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server {

// True for a named field, its parts, and what lies below it: "children.0" names "children.0.birth_date.day".
[[nodiscard]] bool is_named(std::string_view key, const std::vector<std::string>& fields);

// `before` with its named answers taken from `correction`; what else `correction` holds does not count.
[[nodiscard]] form::Answers with_named_fields(const form::Answers& before, const form::Answers& correction,
                                              const std::vector<std::string>& fields);

} // namespace foyer::server
