#include "wire/json_number.h"

#include <cmath>

#ifdef __EMSCRIPTEN__
#include <cstdint>
#else
#include <algorithm>
#include <array>
#include <charconv>
#endif

namespace foyer::wire {

#ifdef __EMSCRIPTEN__

// Emscripten's C++ library has no charconv for these, and its C library reads them with 128-bit floating point in
// software: eight kilobytes of every first visit. Right to the last or last but one binary digit.
std::optional<double> read_json_number(std::string_view text) {
    std::size_t at = 0;
    const auto here = [&] { return at < text.size() ? text[at] : '\0'; };
    const bool negative = here() == '-';
    at += negative ? 1 : 0;
    double value = 0;
    int exponent = 0;
    for (bool fraction = false; here() == '.' || (here() >= '0' && here() <= '9'); ++at) {
        if (here() == '.') {
            fraction = true;
            continue;
        }
        value = value * 10 + (here() - '0');
        exponent -= fraction ? 1 : 0;
    }
    if (at < text.size()) {
        ++at;
        const bool down = here() == '-';
        at += down || here() == '+' ? 1 : 0;
        int written = 0;
        for (; at < text.size(); ++at)
            written = written < 10000 ? written * 10 + (here() - '0') : written;
        exponent += down ? -written : written;
    }
    for (; exponent > 0 && value != 0 && !std::isinf(value); --exponent)
        value *= 10;
    for (; exponent < 0 && value != 0; ++exponent)
        value /= 10;
    if (std::isinf(value))
        return std::nullopt;
    return negative ? -value : value;
}

void write_json_number(double number, std::string& out) {
    constexpr double LARGEST = 9e12;
    if (!(std::fabs(number) < LARGEST)) {
        out += "null";
        return;
    }
    auto millionths = static_cast<std::int64_t>(std::floor(std::fabs(number) * 1e6 + 0.5));
    if (number < 0 && millionths != 0)
        out += '-';
    out += std::to_string(millionths / 1000000);
    millionths %= 1000000;
    if (millionths == 0)
        return;
    std::string digits = std::to_string(1000000 + millionths).substr(1);
    while (digits.back() == '0')
        digits.pop_back();
    out += '.' + digits;
}

#else

std::optional<double> read_json_number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{})
        return value;
    // Out of range: too small to be told from nothing, or too large. With 300 places in between, a look at the sign of
    // the power of ten of the first digit that counts is enough.
    const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
    const std::string_view digits = text.substr(0, mark);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const std::size_t first = std::min(digits.find_first_of("123456789"), digits.size());
    long long power = static_cast<long long>(point) - static_cast<long long>(first);
    bool down = false;
    long long written = 0;
    for (const char character : text.substr(mark)) {
        down = down || character == '-';
        if (character >= '0' && character <= '9' && written < 1'000'000'000'000)
            written = written * 10 + (character - '0');
    }
    power += down ? -written : written;
    if (power < 0)
        return 0.0;
    return std::nullopt;
}

void write_json_number(double number, std::string& out) {
    if (!std::isfinite(number)) { // JSON has no word for these
        out += "null";
        return;
    }
    if (number == 0) {
        out += '0';
        return;
    }
    // "-1.2345e-07": the fewest digits, and where the point stands
    std::array<char, 40> buffer{};
    const auto written =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
    if (text.front() == '-') {
        out += '-';
        text.remove_prefix(1);
    }
    const std::size_t mark = text.find('e');
    std::string digits(text.substr(0, 1));
    if (mark > 2)
        digits += text.substr(2, mark - 2);
    int exponent = 0;
    const std::string_view power = text.substr(mark + 1);
    std::from_chars(power.data() + (power.front() == '+' ? 1 : 0), power.data() + power.size(), exponent);
    // ECMAScript's Number::toString, steps 6 to 10: n digits before the point
    const int count = static_cast<int>(digits.size());
    const int n = exponent + 1;
    if (count <= n && n <= 21) {
        out += digits + std::string(static_cast<std::size_t>(n - count), '0');
    } else if (0 < n && n <= 21) {
        out += digits.substr(0, static_cast<std::size_t>(n)) + '.' + digits.substr(static_cast<std::size_t>(n));
    } else if (-6 < n && n <= 0) {
        out += "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
    } else {
        out += digits.substr(0, 1);
        if (count > 1)
            out += '.' + digits.substr(1);
        out += n > 0 ? "e+" : "e-";
        out += std::to_string(n > 0 ? n - 1 : 1 - n);
    }
}

#endif

} // namespace foyer::wire
