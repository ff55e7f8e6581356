#include "addresses/projection.h"

#include <array>
#include <catch2/catch_test_macros.hpp>

using foyer::server::addresses::position_from_plane;

namespace {

// Made with PROJ's definitions of the projections (EPSG 2154, 5490, 2972, 2975, 4471, 4467).
struct Place {
    const char* insee;
    double x, y;
    foyer::address::Position position;
};
constexpr std::array<Place, 10> PLACES = {{
    {"44115", 376715.24, 6702858.58, {-128412, 4734711}},
    {"94068", 663054.15, 6855587.76, {249702, 4879931}},
    {"2B033", 1228595.71, 6199125.64, {945031, 4269732}},
    {"29019", 146631.72, 6836264.68, {-448612, 4839042}},
    {"97209", 707914.69, 1615434.97, {-6106987, 1460422}},
    {"97120", 656661.84, 1796168.71, {-6153412, 1624113}},
    {"97302", 351965.64, 544268.81, {-5233512, 492271}},
    {"97411", 338798.28, 7690474.33, {5545031, -2087893}},
    {"97611", 524734.26, 8587081.53, {4522789, -1278091}},
    {"97502", 563101.53, 5180839.57, {-5617341, 4677812}},
}};

} // namespace

TEST_CASE("plane coordinates become longitude and latitude, each territory by its own projection") {
    for (const Place& place : PLACES) {
        INFO(place.insee);
        const auto found = position_from_plane(place.insee, place.x, place.y);
        REQUIRE(found);
        CHECK(*found == place.position);
    }
}

TEST_CASE("what is no place of its projection has no position") {
    CHECK_FALSE(position_from_plane("44115", 0, 0));
    CHECK_FALSE(position_from_plane("44115", 376715, 1702858));
    CHECK_FALSE(position_from_plane("97411", -5, 7690474));
    CHECK_FALSE(position_from_plane("98818", 446000, 214000)); // Nouvelle-Calédonie has a projection of its own
}
