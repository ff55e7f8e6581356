#include "form/condition.h"

#include <catch2/catch_test_macros.hpp>

using foyer::form::Answers;
using foyer::form::Condition;
using foyer::form::holds;

TEST_CASE("no condition always holds") { CHECK(holds({}, {})); }

TEST_CASE("an answer is set when it is not empty") {
    const Condition condition = Condition::is_set("usage_name");
    CHECK_FALSE(holds(condition, {}));
    CHECK_FALSE(holds(condition, {{"usage_name", ""}}));
    CHECK(holds(condition, {{"usage_name", "Muñoz"}}));
}

TEST_CASE("an answer equals a value, or the condition is turned around") {
    const Condition condition = Condition::equals("birth_place.country", "FR");
    CHECK(holds(condition, {{"birth_place.country", "FR"}}));
    CHECK_FALSE(holds(condition, {{"birth_place.country", "BE"}}));
    CHECK_FALSE(holds(condition, {}));
    CHECK(holds(Condition::negation(condition), {}));
}

TEST_CASE("all of nothing holds, any of nothing does not") {
    CHECK(holds({Condition::Kind::all, {}, {}, {}}, {}));
    CHECK_FALSE(holds({Condition::Kind::any, {}, {}, {}}, {}));
}

TEST_CASE("conditions are put together with all and any") {
    const std::vector<Condition> both = {Condition::is_set("a"), Condition::is_set("b")};
    const Answers one = {{"a", "1"}};
    CHECK_FALSE(holds({Condition::Kind::all, {}, {}, both}, one));
    CHECK(holds({Condition::Kind::any, {}, {}, both}, one));
}
