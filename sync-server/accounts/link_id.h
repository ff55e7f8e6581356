// The ids that mailed links carry.
#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace foyer::server {

// Digits only, no sign, no leading zero; anything else is 0, which is nobody's.
[[nodiscard]] inline std::int64_t id_from_link(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
    return whole && text.front() >= '1' && text.front() <= '9' ? number : 0;
}

} // namespace foyer::server
