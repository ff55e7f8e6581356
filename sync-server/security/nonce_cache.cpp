#include "security/nonce_cache.h"

namespace foyer::server::security {

NonceCache::NonceCache(std::size_t maximum_entries, UnixSeconds window)
    : m_maximum_entries(maximum_entries), m_window(window) {}

NonceCache::Outcome NonceCache::remember(std::string_view device, std::string_view nonce, UnixSeconds now) {
    std::string entry(device);
    entry += nonce;
    const std::lock_guard lock(m_mutex);
    while (!m_order.empty() && m_order.front().first < now) {
        m_seen.erase(m_order.front().second);
        m_order.pop_front();
    }
    if (m_seen.contains(entry))
        return Outcome::replayed;
    // Forgetting one early would let it be replayed: rather turn new calls away for a while.
    if (m_seen.size() >= m_maximum_entries)
        return Outcome::full;
    m_seen.insert(entry);
    // `created` may lie a window ahead of the clock and is then accepted until a window after that.
    m_order.emplace_back(now + 2 * m_window, std::move(entry));
    return Outcome::fresh;
}

} // namespace foyer::server::security
