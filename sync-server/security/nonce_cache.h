// Remembers the nonces of signed calls for as long as their `created` could still be accepted, in bounded memory.
#pragma once

#include "base/clock.h"

#include <cstddef>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace foyer::server::security {

class NonceCache {
public:
    explicit NonceCache(std::size_t maximum_entries = 200'000, UnixSeconds window = 300);

    enum class Outcome { fresh, replayed, full };
    // Any thread. `device` is the thumbprint: two devices may well choose the same nonce.
    [[nodiscard]] Outcome remember(std::string_view device, std::string_view nonce, UnixSeconds now);
    // How far `created` may be from the clock, in seconds.
    [[nodiscard]] UnixSeconds window() const { return m_window; }

private:
    const std::size_t m_maximum_entries;
    const UnixSeconds m_window;
    std::mutex m_mutex;
    std::unordered_set<std::string> m_seen;
    std::deque<std::pair<UnixSeconds, std::string>> m_order; // by the time after which it may be forgotten
};

} // namespace foyer::server::security
