// (The linker puts them in the places of strtod and snprintf: client.cmake.)
// Two functions of the C library, smaller than the real ones. Only the JSON library calls them: strtod for numbers with
// a fraction, of which portal.json and the API have none, snprintf for the text of an error that wire/json.cpp replaces
// by its own. The C library's versions work with 128-bit floating point in software: eight kilobytes of every first
// visit.
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
}
