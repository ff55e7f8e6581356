// The thread that empties the mail queue. A mail is leased, sent, and marked; what cannot leave now is tried again with
// growing, jittered waits for about four days, what can never leave is marked dead for the staff.
#pragma once

#include "base/clock.h"
#include "mail/transport.h"
#include "store/mails.h"
#include "support/log.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace foyer::server::mail {

struct MailWorkerOptions {
    int first_retry_seconds = 60;
    bool keep_text = false; // demonstration: the page that shows the mails needs it
};

// How long to wait after this many failed attempts (1, 2, …): doubled each time up to an hour; `jitter` in [0, 1] takes
// away up to half, so that mails that failed together do not come back together.
[[nodiscard]] UnixSeconds retry_delay(int attempts, int first_retry_seconds, double jitter);
inline constexpr int MAXIMUM_ATTEMPTS = 100;

class MailWorker {
public:
    MailWorker(store::MailStore& store, Transport& transport, const Clock& clock, Log& log, MailWorkerOptions options);
    ~MailWorker(); // ends after the mail it is sending

    // There may be something to send. Any thread.
    void wake();

    // Sends what is due; used by the thread and by tests. False when there was nothing.
    bool send_some();

private:
    void run();
    void deliver(const store::QueuedMail& mail);

    store::MailStore& m_store;
    Transport& m_transport;
    const Clock& m_clock;
    Log& m_log;
    MailWorkerOptions m_options;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = false;
    bool m_stopping = false;
    std::thread m_thread;

public:
    // Starts the thread. Once.
    void start();
};

} // namespace foyer::server::mail
