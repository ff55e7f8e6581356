#include "security/back_off.h"

#include <algorithm>

namespace foyer::server::security {

BackOff::BackOff(BackOffRule rule, std::size_t maximum_keys) : m_rule(rule), m_maximum_keys(maximum_keys) {}

BackOff::Entry& BackOff::entry_of(std::string_view key, UnixSeconds now) {
    const auto known = m_by_key.find(key);
    if (known != m_by_key.end()) {
        m_entries.splice(m_entries.begin(), m_entries, known->second);
    } else {
        if (m_entries.size() >= m_maximum_keys) {
            m_by_key.erase(m_entries.back().key);
            m_entries.pop_back();
        }
        m_entries.push_front({std::string(key), 0, now, 0});
        m_by_key.emplace(m_entries.front().key, m_entries.begin());
    }
    return m_entries.front();
}

int BackOff::attempt(std::string_view key, UnixSeconds now) {
    const std::lock_guard lock(m_mutex);
    Entry& entry = entry_of(key, now);
    if (now - entry.last_attempt > m_rule.forgotten_after)
        entry.failures = 0;
    // A clock that was set back must not close anybody out for longer than the rule says.
    if (entry.closed_until > now && entry.closed_until - now <= m_rule.longest_wait)
        return static_cast<int>(entry.closed_until - now);
    entry.last_attempt = now;
    ++entry.failures;
    entry.closed_until = 0;
    if (entry.failures >= m_rule.free_attempts) {
        const int doublings = std::min(entry.failures - m_rule.free_attempts, 30);
        entry.closed_until = now + std::min(m_rule.first_wait << doublings, m_rule.longest_wait);
    }
    return 0;
}

void BackOff::succeeded(std::string_view key) {
    const std::lock_guard lock(m_mutex);
    const auto known = m_by_key.find(key);
    if (known == m_by_key.end())
        return;
    const auto entry = known->second;
    m_by_key.erase(known);
    m_entries.erase(entry);
}

void BackOff::forgive_one(std::string_view key) {
    const std::lock_guard lock(m_mutex);
    const auto known = m_by_key.find(key);
    if (known == m_by_key.end() || known->second->failures == 0)
        return;
    --known->second->failures;
    if (known->second->failures < m_rule.free_attempts)
        known->second->closed_until = 0;
}

} // namespace foyer::server::security
