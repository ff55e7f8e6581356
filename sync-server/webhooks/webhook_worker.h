// The thread that tells other programs what has happened. Any answer from 200 to 299 is good; anything else is tried
// again with growing, jittered waits for two days, except 410, by which a receiver says that it wants no more of this.
// A receiver that fails rests as a whole, so that one that hangs costs the others one attempt and not one for each
// event.
#pragma once

#include "base/clock.h"
#include "security/server_keys.h"
#include "store/webhooks.h"
#include "support/log.h"
#include "webhooks/transport.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace foyer::server::webhooks {

// After this many failures in a row (1, 2, …): a minute, doubled each time up to an hour; `jitter` in [0, 1] takes away
// up to half.
[[nodiscard]] UnixSeconds delivery_delay(int failures, double jitter);
inline constexpr UnixSeconds GIVEN_UP_AFTER = UnixSeconds{2} * 24 * 3600;

class WebhookWorker {
public:
    WebhookWorker(store::WebhookStore& store, Transport& transport, const security::ServerKeys& keys,
                  DestinationRules rules, const Clock& clock, Log& log);
    ~WebhookWorker(); // breaks off what it is sending; it is due again at the next start

    void start(); // once
    void wake();  // there may be something to send; any thread
    // Sends what is due; used by the thread and by tests. False when there was nothing.
    bool send_some();

private:
    void run();
    void deliver(const store::Delivery& delivery);
    [[nodiscard]] bool is_stopping();

    store::WebhookStore& m_store;
    Transport& m_transport;
    const security::ServerKeys& m_keys;
    DestinationRules m_rules;
    const Clock& m_clock;
    Log& m_log;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_woken = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace foyer::server::webhooks
