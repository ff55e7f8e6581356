// Token buckets by key (an address, an account, a device), in bounded memory, with the clock handed in.
#pragma once

#include "base/clock.h"

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace foyer::server::security {

struct RateLimit {
    double burst = 20;      // so many at once
    double per_minute = 60; // and so many in the long run
};

struct RateDecision {
    bool allowed = true;
    int retry_after_seconds = 0; // when not allowed: at least 1
};

// Any thread.
class RateLimiter {
public:
    explicit RateLimiter(RateLimit limit, std::size_t maximum_keys = 50'000);
    [[nodiscard]] RateDecision take(std::string_view key, UnixSeconds now, double cost = 1);
    // How many keys are remembered now.
    [[nodiscard]] std::size_t size() const;

private:
    struct Bucket {
        std::string key;
        double tokens = 0;
        UnixSeconds filled_at = 0;
    };
    const RateLimit m_limit;
    const std::size_t m_maximum_keys;
    mutable std::mutex m_mutex;
    std::list<Bucket> m_buckets; // the most recently used first; the last makes room
    std::unordered_map<std::string_view, std::list<Bucket>::iterator> m_by_key; // views of the buckets' own keys
};

// What an address is counted as: an IPv4 address whole, an IPv6 one by its /64, since a household has at least that.
// Text that is no address is its own key.
[[nodiscard]] std::string rate_key_of_address(std::string_view address);

} // namespace foyer::server::security
