// The statements of exports, for the test that looks at their plans.
#pragma once

#include <vector>

namespace foyer::server::sqlite {

// None may read more of a table than the page it gives.
[[nodiscard]] std::vector<const char*> export_statements();

} // namespace foyer::server::sqlite
