#include "http/router.h"

#include <optional>

namespace foyer::server::http {

namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::string_view take_segment(std::string_view& rest) {
    const std::size_t slash = rest.find('/');
    const std::string_view segment = rest.substr(0, slash);
    rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
    return segment;
}

std::optional<Values> fit(std::string_view pattern, std::string_view path) {
    if (path.empty() || path.front() != '/')
        return std::nullopt;
    Values values;
    std::string_view pattern_rest = pattern.substr(1);
    std::string_view path_rest = path.substr(1);
    while (true) {
        const bool last_of_pattern = pattern_rest.find('/') == std::string_view::npos;
        const bool last_of_path = path_rest.find('/') == std::string_view::npos;
        const std::string_view expected = take_segment(pattern_rest);
        if (expected.size() > 5 && expected.front() == '{' && expected.substr(expected.size() - 4) == "...}") {
            values.emplace(expected.substr(1, expected.size() - 5), path_rest);
            return values;
        }
        const std::string_view segment = take_segment(path_rest);
        if (const std::size_t open = expected.find('{'); open != std::string_view::npos) {
            if (segment.size() <= open || segment.substr(0, open) != expected.substr(0, open))
                return std::nullopt;
            values.emplace(expected.substr(open + 1, expected.size() - open - 2), segment.substr(open));
        } else if (expected != segment) {
            return std::nullopt;
        }
        if (last_of_pattern || last_of_path) {
            if (last_of_pattern && last_of_path)
                return values;
            return std::nullopt;
        }
    }
}

} // namespace

void Router::add(std::string method, std::string pattern, Handler handler) {
    m_routes.push_back({std::move(method), std::move(pattern), std::move(handler)});
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
    if (method == "HEAD")
        method = "GET";
    Match match;
    for (const Route& route : m_routes) {
        auto values = fit(route.pattern, path);
        if (!values)
            continue;
        if (route.method == method) {
            match.handler = &route.handler;
            match.pattern = route.pattern;
            match.values = std::move(*values);
            match.allowed.clear();
            return match;
        }
        match.allowed += (match.allowed.empty() ? "" : ", ") + route.method;
    }
    return match;
}

} // namespace foyer::server::http
