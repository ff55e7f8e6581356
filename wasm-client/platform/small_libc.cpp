// Four functions of the C library, smaller than the real ones; the linker puts them in their places (client.cmake).
// strtod and snprintf: only the JSON library calls them: strtod for numbers with
// a fraction, of which portal.json and the API have none, snprintf for the text of an error that wire/json.cpp replaces
// by its own. The C library's versions work with 128-bit floating point in software: eight kilobytes of every first
// visit. sinf and cosf: only Dear ImGui calls them, for the points of round corners, with angles of a few turns; the C
// library's versions are right for all the angles there are.
#include <cmath>
#include <cstddef>

extern "C" {

// The JSON grammar only: [-]digits[.digits][e[±]digits]. Right to the last or last but one binary digit.
double __wrap_strtod(const char* text, char** end) {
    const char* at = text;
    const bool negative = *at == '-';
    if (negative || *at == '+')
        ++at;
    double value = 0;
    int exponent = 0;
    for (; *at >= '0' && *at <= '9'; ++at)
        value = value * 10 + (*at - '0');
    if (*at == '.')
        for (++at; *at >= '0' && *at <= '9'; ++at, --exponent)
            value = value * 10 + (*at - '0');
    if (*at == 'e' || *at == 'E') {
        ++at;
        const bool down = *at == '-';
        if (down || *at == '+')
            ++at;
        int written = 0;
        for (; *at >= '0' && *at <= '9'; ++at)
            written = written < 10000 ? written * 10 + (*at - '0') : written;
        exponent += down ? -written : written;
    }
    for (; exponent > 0 && value != 0 && !std::isinf(value); --exponent)
        value *= 10;
    for (; exponent < 0 && value != 0; ++exponent)
        value /= 10;
    if (end)
        *end = const_cast<char*>(at);
    return negative ? -value : value;
}

int __wrap_snprintf(char* buffer, std::size_t size, const char*, ...) {
    if (size > 0)
        *buffer = '\0';
    return 0;
}

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
