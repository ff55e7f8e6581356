// Work that the person asking must not wait for, or whose time must not show in the answer. One thread, in order.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace foyer::server {

class Background {
public:
    explicit Background(std::size_t limit = 1024);
    ~Background(); // does what is waiting, then ends

    // False when too much is waiting. Any thread. The work must not throw.
    [[nodiscard]] bool post(std::function<void()> work);
    // Returns when everything posted before has been done. For tests.
    void wait_until_idle();

private:
    void run();
    const std::size_t m_limit;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::condition_variable m_idle;
    std::deque<std::function<void()>> m_work;
    bool m_busy = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace foyer::server
