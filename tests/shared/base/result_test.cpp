#include "base/id.h"
#include "base/result.h"

#include <catch2/catch_test_macros.hpp>

#include <memory>
#include <string>
#include <type_traits>

using foyer::Failure;
using foyer::Result;

namespace {

Result<int, std::string> half(int number) {
    if (number % 2 != 0)
        return Failure{std::string("odd")};
    return number / 2;
}

} // namespace

TEST_CASE("a result holds a value or the reason there is none") {
    REQUIRE(half(4).has_value());
    CHECK(half(4).value() == 2);
    REQUIRE_FALSE(half(3));
    CHECK(half(3).error() == "odd");
}

TEST_CASE("a result gives the other value when there is none") {
    CHECK(half(4).value_or(7) == 2);
    CHECK(half(3).value_or(7) == 7);
}

TEST_CASE("a result tells value and reason apart even when their types are one") {
    const Result<std::string, std::string> right = std::string("a");
    const Result<std::string, std::string> wrong = Failure{std::string("a")};
    CHECK(right.has_value());
    CHECK_FALSE(wrong.has_value());
}

TEST_CASE("a value that cannot be copied moves out of its result") {
    Result<std::unique_ptr<int>, int> result = std::make_unique<int>(5);
    const std::unique_ptr<int> taken = std::move(result).value();
    CHECK(*taken == 5);
}

TEST_CASE("ids of two kinds are two types") {
    using AccountId = foyer::Id<struct AccountTag>;
    using PersonId = foyer::Id<struct PersonTag>;
    STATIC_REQUIRE_FALSE(std::is_convertible_v<AccountId, PersonId>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<int, AccountId>);
    CHECK(AccountId(1) < AccountId(2));
    CHECK(AccountId(2) == AccountId(2));
}
