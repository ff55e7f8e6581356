// Every route of the staff, on one screen. docs/openapi.json describes each of them; a test holds the two together.
#pragma once

#include "routes/surroundings.h"

#include <vector>

namespace foyer::server::routes {

struct StaffRoute {
    const char* method;
    const char* pattern; // as in OpenAPI: "/api/v1/admin/{slug}/staff/{id}"
    http::Reply (*handler)(const Surroundings&, const http::Request&);
};
[[nodiscard]] const std::vector<StaffRoute>& staff_routes();

} // namespace foyer::server::routes
