// Two functions of the C library, smaller than the real ones; the linker puts them in their places (client.cmake).
// Only Dear ImGui calls them, for the points of round corners, with angles of a few turns; the C
// library's versions are right for all the angles there are.
#include <cmath>

extern "C" {

// Right to a millionth, which is nothing beside a pixel.
float __wrap_sinf(float angle) {
    constexpr float PI = 3.14159265f;
    // Into [-pi, pi], then by symmetry into [-pi/2, pi/2], where the series ends soon.
    float x = angle - 2 * PI * std::floor((angle + PI) / (2 * PI));
    if (x > PI / 2)
        x = PI - x;
    else if (x < -PI / 2)
        x = -PI - x;
    const float square = x * x;
    return x * (1 + square * (-1 / 6.f + square * (1 / 120.f + square * (-1 / 5040.f + square / 362880.f))));
}
float __wrap_cosf(float angle) { return __wrap_sinf(angle + 1.57079633f); }
}
