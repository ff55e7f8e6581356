#include "portals/legal.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::server::portals;

namespace {

Legal read(const std::string& document, std::vector<std::string>& places) {
    const auto json = wire::parse_json(document);
    REQUIRE(json);
    std::vector<wire::JsonMistake> mistakes;
    Legal legal = read_legal(*json, mistakes);
    for (const wire::JsonMistake& mistake : mistakes)
        places.push_back(mistake.path);
    return legal;
}

} // namespace

TEST_CASE("a town may leave out who answers for its portal, or say it whole") {
    std::vector<std::string> places;
    CHECK(read("{}", places).director.empty());
    const Legal legal = read(R"({"legal":{"director":"Claire Dupont, maire","host":"Mairie d'Oudon"}})", places);
    CHECK(places.empty());
    CHECK(legal.director == "Claire Dupont, maire");
    CHECK(legal.host == "Mairie d'Oudon");
}

TEST_CASE("half of it is refused, and what is not known, each with its place") {
    std::vector<std::string> places;
    (void)read(R"({"legal":{"director":"","publisher":"Claire Dupont"}})", places);
    for (const char* place : {"legal.director", "legal.host", "legal.publisher"})
        CHECK(std::count(places.begin(), places.end(), place) == 1);
    places.clear();
    (void)read(R"({"legal":-1})", places);
    CHECK_FALSE(places.empty());
}
