#include "addresses/projection.h"

#include <array>
#include <cmath>

namespace foyer::server::addresses {

namespace {

constexpr double PI = 3.141592653589793;
constexpr double DEGREE = PI / 180;

// GRS 80, the ellipsoid of all of them.
constexpr double LARGE_AXIS = 6'378'137;
constexpr double FLATTENING = 1 / 298.257222101;

std::optional<address::Position> rounded(double longitude, double latitude) {
    constexpr double STEPS = 100'000;
    if (!std::isfinite(longitude) || !std::isfinite(latitude))
        return std::nullopt;
    return address::Position{static_cast<std::int32_t>(std::lround(longitude / DEGREE * STEPS)),
                             static_cast<std::int32_t>(std::lround(latitude / DEGREE * STEPS))};
}

// IGN, NTG 71, algorithms 2 and 4, with the constants of Lambert 93.
std::optional<address::Position> from_lambert_93(double x, double y) {
    constexpr double EXPONENT = 0.7256077650532670;
    constexpr double CONSTANT = 11'754'255.4260960;
    constexpr double POLE_X = 700'000;
    constexpr double POLE_Y = 12'655'612.0498760;
    constexpr double MERIDIAN = 3 * DEGREE;
    if (x < 0 || x > 1'400'000 || y < 5'900'000 || y > 7'300'000)
        return std::nullopt;
    const double eccentricity = std::sqrt(FLATTENING * (2 - FLATTENING));
    const double isometric = -std::log(std::hypot(x - POLE_X, y - POLE_Y) / CONSTANT) / EXPONENT;
    double latitude = 2 * std::atan(std::exp(isometric)) - PI / 2;
    for (int round = 0; round < 8; ++round) { // converges by a factor of a hundred each time
        const double sine = eccentricity * std::sin(latitude);
        latitude = 2 * std::atan(std::pow((1 + sine) / (1 - sine), eccentricity / 2) * std::exp(isometric)) - PI / 2;
    }
    return rounded(MERIDIAN + std::atan2(x - POLE_X, POLE_Y - y) / EXPONENT, latitude);
}

// Krüger's series to the third order: less than a millimetre within a zone.
std::optional<address::Position> from_utm(int zone, bool south, double x, double y) {
    constexpr double SCALE = 0.9996;
    constexpr double THIRD = FLATTENING / (2 - FLATTENING);
    constexpr double RADIUS = LARGE_AXIS / (1 + THIRD) * (1 + THIRD * THIRD / 4 + THIRD * THIRD * THIRD * THIRD / 64);
    constexpr std::array<double, 3> BETA = {
        THIRD / 2 - 2 * THIRD * THIRD / 3 + 37 * THIRD * THIRD * THIRD / 96,
        THIRD * THIRD / 48 + THIRD * THIRD * THIRD / 15,
        17 * THIRD * THIRD * THIRD / 480,
    };
    constexpr std::array<double, 3> DELTA = {
        2 * THIRD - 2 * THIRD * THIRD / 3 - 2 * THIRD * THIRD * THIRD,
        7 * THIRD * THIRD / 3 - 8 * THIRD * THIRD * THIRD / 5,
        56 * THIRD * THIRD * THIRD / 15,
    };
    if (x < 100'000 || x > 900'000 || y < 0 || y > 10'000'000)
        return std::nullopt;
    const double north = (y - (south ? 10'000'000 : 0)) / (SCALE * RADIUS);
    const double east = (x - 500'000) / (SCALE * RADIUS);
    double along = north;
    double across = east;
    for (std::size_t order = 0; order < BETA.size(); ++order) {
        const double twice = 2.0 * static_cast<double>(order + 1);
        along -= BETA[order] * std::sin(twice * north) * std::cosh(twice * east);
        across -= BETA[order] * std::cos(twice * north) * std::sinh(twice * east);
    }
    const double conformal = std::asin(std::sin(along) / std::cosh(across));
    double latitude = conformal;
    for (std::size_t order = 0; order < DELTA.size(); ++order)
        latitude += DELTA[order] * std::sin(2.0 * static_cast<double>(order + 1) * conformal);
    const double meridian = (zone * 6 - 183) * DEGREE;
    return rounded(meridian + std::atan2(std::sinh(across), std::cos(along)), latitude);
}

} // namespace

std::optional<address::Position> position_from_plane(std::string_view insee, double x, double y) {
    const std::string_view territory = insee.substr(0, 3);
    if (territory.substr(0, 2) != "97" && territory.substr(0, 2) != "98")
        return from_lambert_93(x, y);
    if (territory == "971" || territory == "972" || territory == "977" || territory == "978")
        return from_utm(20, false, x, y);
    if (territory == "973")
        return from_utm(22, false, x, y);
    if (territory == "974")
        return from_utm(40, true, x, y);
    if (territory == "975")
        return from_utm(21, false, x, y);
    if (territory == "976")
        return from_utm(38, true, x, y);
    return std::nullopt;
}

} // namespace foyer::server::addresses
