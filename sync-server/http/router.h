// Which function answers which method and path. Patterns are literal segments, {name} for one segment or the end of one
// ("addresses-{name}"), and {name...} for the rest of the path. The first pattern that fits wins; a path that fits with
// another method only answers 405.
#pragma once

#include "http/message.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::http {

using Handler = std::function<Reply(const Request&)>;

class Router {
public:
    void add(std::string method, std::string pattern, Handler handler);

    struct Match {
        const Handler* handler = nullptr; // null: nothing fits
        std::string pattern;              // for the log
        std::map<std::string, std::string, std::less<>> values;
        std::string allowed; // methods of the path, when only the method does not fit: "GET, PUT"
    };
    // HEAD is answered as GET; the adapter leaves the body out.
    [[nodiscard]] Match match(std::string_view method, std::string_view path) const;

private:
    struct Route {
        std::string method;
        std::string pattern;
        Handler handler;
    };
    std::vector<Route> m_routes;
};

} // namespace foyer::server::http
