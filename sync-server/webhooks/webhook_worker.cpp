#include "webhooks/webhook_worker.h"

#include <algorithm>
#include <chrono>
#include <random>

namespace foyer::server::webhooks {

namespace {

constexpr UnixSeconds FIRST_DELAY = 60;
constexpr UnixSeconds LONGEST_DELAY = 3600;
constexpr UnixSeconds LEASE_SECONDS = 600; // more than a round over all receivers of all towns usually takes
// Events are queued by whatever writes a history, also by the staff's commands in a process of their own: nobody can be
// asked to wake this, so it looks, which costs one look-up for each receiver.
constexpr std::chrono::seconds REST{2};
constexpr int GONE = 410;

double random_jitter() {
    static thread_local std::mt19937 generator{std::random_device{}()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

std::string reason_of(const Response& response) {
    if (response.status == 0)
        return response.reason;
    if (response.status >= 300 && response.status < 400)
        return "a redirection, which is not followed";
    return "answered " + std::to_string(response.status);
}

} // namespace

UnixSeconds delivery_delay(int failures, double jitter) {
    const UnixSeconds delay = std::min(LONGEST_DELAY, FIRST_DELAY << std::clamp(failures - 1, 0, 20));
    return std::max<UnixSeconds>(1, delay - static_cast<UnixSeconds>(jitter * static_cast<double>(delay) / 2));
}

WebhookWorker::WebhookWorker(store::WebhookStore& store, Transport& transport, const security::ServerKeys& keys,
                             DestinationRules rules, const Clock& clock, Log& log)
    : m_store(store), m_transport(transport), m_keys(keys), m_rules(std::move(rules)), m_clock(clock), m_log(log) {}

WebhookWorker::~WebhookWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_transport.stop();
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void WebhookWorker::start() {
    m_thread = std::thread([this] { run(); });
}

void WebhookWorker::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_changed.notify_one();
}

bool WebhookWorker::is_stopping() {
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void WebhookWorker::run() {
    while (!is_stopping()) {
        if (send_some())
            continue;
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, REST, [&] { return m_woken || m_stopping; });
        m_woken = false;
    }
}

bool WebhookWorker::send_some() {
    const UnixSeconds now = m_clock.now();
    // Nothing due is the usual case and is found by reading, so that an idle server does not write.
    const auto due = m_store.next_delivery_due();
    if (!due || !*due || **due > now)
        return false;
    const auto deliveries = m_store.lease_deliveries(now, now + LEASE_SECONDS);
    if (!deliveries || deliveries->empty())
        return false;
    for (const store::Delivery& delivery : *deliveries) {
        if (is_stopping())
            return false; // the leases end with the next start
        deliver(delivery);
    }
    return true;
}

void WebhookWorker::deliver(const store::Delivery& delivery) {
    const auto to = parse_destination(delivery.url, m_rules);
    const Response response = to ? m_transport.post(signed_event(delivery, *to, m_keys, m_clock.now()))
                                 : Response{0, "its address is no longer allowed"};
    if (response.status == 0 && is_stopping())
        return;
    const UnixSeconds now = m_clock.now();
    store::Attempt attempt{delivery.id, delivery.webhook, response.status, {}};
    const std::string id = std::to_string(delivery.id);
    bool marked = true;
    if (response.status >= 200 && response.status < 300) {
        marked = m_store.delivery_taken(attempt, now).has_value();
        m_log.info("webhook_delivered", {{"delivery", id}, {"event", delivery.event}});
    } else {
        attempt.reason = reason_of(response);
        const UnixSeconds next = now + delivery_delay(delivery.attempts + 1, random_jitter());
        const UnixSeconds rest = now + delivery_delay(delivery.failures + 1, random_jitter());
        const bool dead = response.status == GONE || now - delivery.created_at >= GIVEN_UP_AFTER;
        marked = (dead ? m_store.delivery_dead(attempt, now, rest) : m_store.delivery_failed(attempt, next, rest))
                     .has_value();
        m_log.warning(dead ? "webhook_dead" : "webhook_delayed", {{"delivery", id}, {"reason", attempt.reason}});
    }
    if (!marked)
        m_log.error("webhook_not_marked", {{"delivery", id}});
}

} // namespace foyer::server::webhooks
