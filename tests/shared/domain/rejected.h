// How the tests of this room say "is refused because of …".
#pragma once

#include "domain/rejection.h"

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <ostream>

namespace foyer {

inline std::ostream& operator<<(std::ostream& stream, ProblemCode code) { return stream << name(code); }

} // namespace foyer

namespace foyer::domain {

// The reason, or nothing when the text was accepted.
template <typename T> std::optional<ProblemCode> reason(const Parsed<T>& parsed) {
    return parsed ? std::nullopt : std::optional<ProblemCode>(parsed.error().code);
}

template <typename T> std::string detail(const Parsed<T>& parsed, std::string_view key) {
    return parsed ? std::string("accepted") : std::string(parsed.error().detail(key));
}

} // namespace foyer::domain
