#include "security/rate_limiter.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace foyer::server::security {

RateLimiter::RateLimiter(RateLimit limit, std::size_t maximum_keys) : m_limit(limit), m_maximum_keys(maximum_keys) {}

RateDecision RateLimiter::take(std::string_view key, UnixSeconds now, double cost) {
    const std::lock_guard lock(m_mutex);
    const auto known = m_by_key.find(key);
    if (known != m_by_key.end()) {
        m_buckets.splice(m_buckets.begin(), m_buckets, known->second);
    } else {
        // Whoever has been quiet the longest makes room; at worst a flood of addresses gives one of them a fresh start.
        if (m_buckets.size() >= m_maximum_keys) {
            m_by_key.erase(m_buckets.back().key);
            m_buckets.pop_back();
        }
        m_buckets.push_front({std::string(key), m_limit.burst, now});
        m_by_key.emplace(m_buckets.front().key, m_buckets.begin());
    }
    Bucket& bucket = m_buckets.front();
    const double per_second = m_limit.per_minute / 60;
    // A clock that was set back gives nothing and takes nothing.
    const auto elapsed = static_cast<double>(std::max<UnixSeconds>(0, now - bucket.filled_at));
    bucket.tokens = std::min(m_limit.burst, bucket.tokens + elapsed * per_second);
    bucket.filled_at = now;
    if (bucket.tokens >= cost) {
        bucket.tokens -= cost;
        return {};
    }
    const double wait = per_second > 0 ? std::ceil((cost - bucket.tokens) / per_second) : 3600;
    return {false, static_cast<int>(std::clamp(wait, 1.0, 3600.0))};
}

std::size_t RateLimiter::size() const {
    const std::lock_guard lock(m_mutex);
    return m_buckets.size();
}

std::string rate_key_of_address(std::string_view address) {
    const std::string text(address);
    std::array<unsigned char, 16> bytes{};
    if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1)
        return text;
    // An IPv4 address in IPv6 clothes is the IPv4 address.
    constexpr std::array<unsigned char, 12> MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    if (std::equal(MAPPED.begin(), MAPPED.end(), bytes.begin())) {
        std::array<char, INET_ADDRSTRLEN> plain{};
        return inet_ntop(AF_INET, bytes.data() + 12, plain.data(), plain.size());
    }
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    std::array<char, INET6_ADDRSTRLEN> network{};
    return std::string(inet_ntop(AF_INET6, bytes.data(), network.data(), network.size())) + "/64";
}

} // namespace foyer::server::security
