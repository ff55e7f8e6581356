// Decisions about several requests at once, which can be taken back for some seconds. They are kept in the database and
// carried out by the server when their time has come: closing the page, or killing the server, loses none and makes
// none twice.
#pragma once

#include "base/clock.h"
#include "households/decisions.h"
#include "store/queue.h"
#include "support/log.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace foyer::server::desk {

inline constexpr UnixSeconds UNDO_SECONDS = 10;
inline constexpr std::size_t MOST_AT_ONCE = 200;

// A decision as it waits, and back.
[[nodiscard]] std::string written(const households::Decision& decision);
[[nodiscard]] households::Decision decision_from(const std::string& text);

// The code of a refusal, as the API names it: "claimed".
[[nodiscard]] const char* code_of(households::DecisionRefusal::Kind kind);

class BulkWorker {
public:
    BulkWorker(store::QueueStore& queue, households::Decisions& decisions, const Clock& clock, Log& log)
        : m_queue(queue), m_decisions(decisions), m_clock(clock), m_log(log) {}
    ~BulkWorker(); // ends after the decision it is making

    void start();
    // Makes every decision whose time has come; used by the thread and by tests. Gives how many were made.
    int work_through();

private:
    void run();
    int carry_out(const store::DecisionBatch& batch);

    store::QueueStore& m_queue;
    households::Decisions& m_decisions;
    const Clock& m_clock;
    Log& m_log;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace foyer::server::desk
