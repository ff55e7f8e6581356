// Who fails again and again waits, twice as long each time. By key (an account's name, an address), in bounded memory,
// with the clock handed in. Whether there is anything behind a key makes no difference.
#pragma once

#include "base/clock.h"

#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace foyer::server::security {

struct BackOffRule {
    int free_attempts = 5;
    UnixSeconds first_wait = 30;
    UnixSeconds longest_wait = 900;
    UnixSeconds forgotten_after = 86400; // without any attempt
};

// Any thread.
class BackOff {
public:
    explicit BackOff(BackOffRule rule, std::size_t maximum_keys = 50'000);

    // Begins an attempt. 0: it may be made, and counts as failed until succeeded() takes it back, so that many at once
    // are no way around the wait; else the seconds to wait.
    [[nodiscard]] int attempt(std::string_view key, UnixSeconds now);
    // Everything is forgotten.
    void succeeded(std::string_view key);
    // Only the last attempt is taken back: a success here says nothing about the ones before.
    void forgive_one(std::string_view key);

private:
    struct Entry {
        std::string key;
        int failures = 0;
        UnixSeconds last_attempt = 0;
        UnixSeconds closed_until = 0;
    };
    Entry& entry_of(std::string_view key, UnixSeconds now);

    const BackOffRule m_rule;
    const std::size_t m_maximum_keys;
    std::mutex m_mutex;
    std::list<Entry> m_entries; // the most recently used first; the last makes room
    std::unordered_map<std::string_view, std::list<Entry>::iterator> m_by_key; // views of the entries' own keys
};

} // namespace foyer::server::security
