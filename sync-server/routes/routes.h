// Every route of the server, on one screen (routes.cpp).
#pragma once

#include "http/router.h"
#include "routes/surroundings.h"

namespace foyer::server::routes {

[[nodiscard]] http::Router all_routes(const Surroundings& around);

// Finds the route and asks it; limits requests per address; answers 404 and 405 itself. `route` receives the pattern,
// for the log.
[[nodiscard]] http::Reply answer(const http::Router& router, const Surroundings& around, http::Request request,
                                 std::string& route);

// For a status the HTTP library gives by itself (413, 400, 500).
[[nodiscard]] http::Reply refuse(const Surroundings& around, const http::Request& request, int status);

} // namespace foyer::server::routes
