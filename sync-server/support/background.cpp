#include "support/background.h"

namespace foyer::server {

Background::Background(std::size_t limit) : m_limit(limit), m_thread([this] { run(); }) {}

Background::~Background() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

bool Background::post(std::function<void()> work) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_work.size() >= m_limit)
            return false;
        m_work.push_back(std::move(work));
    }
    m_changed.notify_one();
    return true;
}

void Background::wait_until_idle() {
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [&] { return m_work.empty() && !m_busy; });
}

void Background::run() {
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [&] { return m_stopping || !m_work.empty(); });
        if (m_work.empty())
            return;
        const std::function<void()> work = std::move(m_work.front());
        m_work.pop_front();
        m_busy = true;
        lock.unlock();
        work();
        lock.lock();
        m_busy = false;
        if (m_work.empty())
            m_idle.notify_all();
    }
}

} // namespace foyer::server
