#include "portals/accessibility.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::server::portals;

namespace {

struct Read {
    Accessibility said;
    std::vector<std::string> mistakes; // their places
};

Read read(const std::string& member) {
    const auto json = wire::parse_json("{" + member + "}");
    REQUIRE(json);
    std::vector<wire::JsonMistake> mistakes;
    Read result{read_accessibility(*json, mistakes), {}};
    for (const wire::JsonMistake& mistake : mistakes)
        result.mistakes.push_back(mistake.path);
    return result;
}

std::string audit(const std::string& rate) {
    return R"("accessibility":{"audited_on":"2027-03-01","audited_by":"Un cabinet","rate":)" + rate + "}";
}

} // namespace

TEST_CASE("a town that says nothing has not been audited, and does not conform") {
    const Read nothing = read("");
    CHECK(nothing.mistakes.empty());
    CHECK(nothing.said.conformity == Conformity::none);
    CHECK(nothing.said.audited_on.empty());
}

TEST_CASE("half of the criteria conform partially, all of them wholly, fewer not") {
    CHECK(read(audit("49")).said.conformity == Conformity::none);
    CHECK(read(audit("50")).said.conformity == Conformity::partial);
    CHECK(read(audit("99")).said.conformity == Conformity::partial);
    CHECK(read(audit("100")).said.conformity == Conformity::full);
    CHECK(read(audit("78")).said.audited_by == "Un cabinet");
    CHECK(read(audit("78")).mistakes.empty());
}

TEST_CASE("an audit without its day, its author or its rate is refused, each with its place") {
    const Read wrong = read(R"("accessibility":{"audited_on":"1er mars","rate":120,"state":"full"})");
    for (const char* place :
         {"accessibility.audited_on", "accessibility.audited_by", "accessibility.rate", "accessibility.state"})
        CHECK(std::count(wrong.mistakes.begin(), wrong.mistakes.end(), place) == 1);
}
