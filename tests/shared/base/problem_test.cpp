#include "base/problem.h"

#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>

using namespace foyer;

TEST_CASE("every problem code has a name of its own that reads back") {
    std::set<std::string> names;
    for (std::size_t index = 0; index < PROBLEM_CODES; ++index) {
        const auto code = static_cast<ProblemCode>(index);
        const std::string text(name(code));
        CHECK(text != "unknown");
        CHECK(names.insert(text).second);
        CHECK(problem_code_from(text) == code);
    }
}

TEST_CASE("a name that is no problem code is none") {
    CHECK_FALSE(problem_code_from("").has_value());
    CHECK_FALSE(problem_code_from("Required").has_value());
}
