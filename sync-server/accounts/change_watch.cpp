#include "accounts/change_watch.h"

#include <algorithm>

namespace foyer::server {

ChangeWatch::ChangeWatch(NewestChanges newest, Options options)
    : m_newest(std::move(newest)), m_options(std::move(options)), m_thread([this] { look(); }) {}

ChangeWatch::~ChangeWatch() {
    stop();
    m_thread.join();
}

bool ChangeWatch::has_room(store::AccountId account) const {
    const auto same = static_cast<std::size_t>(
        std::count_if(m_held.begin(), m_held.end(), [&](const Held& held) { return held.account == account; }));
    return m_held.size() < m_options.held_at_once && same < m_options.held_per_account;
}

ChangeWatch::Outcome ChangeWatch::hold(store::AccountId account, std::int64_t known,
                                       std::chrono::milliseconds at_most) {
    std::unique_lock lock(m_mutex);
    if (m_stopping)
        return Outcome::stopping;
    if (!has_room(account))
        return Outcome::no_room;
    const auto place = m_held.emplace(m_held.end());
    place->account = account;
    place->known = known;
    // What changed between the caller's own look and now is found by the look that this asks for.
    m_rung = true;
    m_wanted.notify_one();
    m_options.on_held();
    place->let_go.wait_for(lock, at_most, [&] { return place->changed || m_stopping; });
    const Outcome outcome = place->changed ? Outcome::changed : m_stopping ? Outcome::stopping : Outcome::nothing;
    m_held.erase(place);
    return outcome;
}

void ChangeWatch::ring() {
    const std::lock_guard lock(m_mutex);
    if (m_held.empty())
        return;
    m_rung = true;
    m_wanted.notify_one();
}

void ChangeWatch::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    for (Held& held : m_held)
        held.let_go.notify_one();
    m_wanted.notify_one();
}

void ChangeWatch::look() {
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        if (m_held.empty()) {
            m_wanted.wait(lock, [&] { return m_stopping || !m_held.empty(); });
            continue;
        }
        m_wanted.wait_for(lock, m_options.look_every, [&] { return m_stopping || m_rung; });
        m_rung = false;
        std::vector<store::AccountId> accounts;
        for (const Held& held : m_held)
            accounts.push_back(held.account);
        if (accounts.empty() || m_stopping)
            continue;
        lock.unlock();
        const auto newest = m_newest(accounts);
        lock.lock();
        // A storage that does not answer is asked again at the next look; until then everybody just waits.
        if (!newest)
            continue;
        for (std::size_t at = 0; at < accounts.size() && at < newest->size(); ++at)
            for (Held& held : m_held)
                if (held.account == accounts[at] && held.known != (*newest)[at]) {
                    held.changed = true;
                    held.let_go.notify_one();
                }
    }
}

} // namespace foyer::server
