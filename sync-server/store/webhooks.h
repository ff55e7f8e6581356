// Other programs that are told what happens to requests, and what they were told. An event is queued by the database
// itself in the transaction in which the request's history gets its line, so neither exists without the other.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "store/audit.h"
#include "store/error.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::store {

using WebhookId = Id<struct WebhookTag>;

// What can be subscribed to. A test (WEBHOOK_TEST) reaches everybody.
inline constexpr std::array<std::string_view, 7> WEBHOOK_EVENTS = {
    "submission.received",  "submission.corrected", "submission.waiting", "submission.decided",
    "submission.withdrawn", "submission.taken",     "submission.released"};
inline constexpr std::string_view WEBHOOK_TEST = "webhook.test";

struct NewWebhook {
    std::string portal; // the town's slug
    std::string url;
    std::vector<std::string> events; // of WEBHOOK_EVENTS
    UnixSeconds now = 0;
};

struct Webhook {
    WebhookId id;
    std::string url;
    std::vector<std::string> events;
    UnixSeconds created_at = 0;
    int failures = 0;              // in a row
    UnixSeconds resting_until = 0; // nothing is sent before
};

// What is on its way to one receiver.
struct Delivery {
    std::int64_t id = 0;
    WebhookId webhook;
    std::string url;
    std::string event_id; // 32 hex digits; the same at every attempt
    std::string portal;
    std::string event;
    std::string number; // and the following: empty or 0 of a test
    std::uint16_t procedure = 0;
    std::string service;
    std::string state;  // of the request after the event
    UnixSeconds at = 0; // of the event
    int attempts = 0;   // before this one
    int failures = 0;   // of its receiver, in a row
    UnixSeconds created_at = 0;
};

struct LoggedDelivery {
    std::int64_t id = 0;
    WebhookId webhook;
    std::string url;
    std::string event;
    std::string number;
    std::string state; // queued, delivered, dead
    int attempts = 0;
    int status = 0;     // of the last answer; 0: none came
    std::string reason; // why the last attempt was not taken
    UnixSeconds created_at = 0;
    UnixSeconds due_at = 0;
    std::optional<UnixSeconds> finished_at;
};

// What came of an attempt.
struct Attempt {
    std::int64_t delivery = 0;
    WebhookId webhook;
    int status = 0;
    std::string reason;
};

class WebhookStore {
public:
    virtual ~WebhookStore() = default;

    // The line's object becomes the new webhook. Nothing: the town has as many as it may (MOST_WEBHOOKS).
    virtual Result<std::optional<WebhookId>, StoreError> add_webhook(const NewWebhook& webhook, NewAuditLine line) = 0;
    virtual Result<std::vector<Webhook>, StoreError> webhooks(const std::string& portal) = 0; // by id
    // What waits for it is dead then. False: there is none in this town.
    virtual Result<bool, StoreError> remove_webhook(const std::string& portal, WebhookId webhook, UnixSeconds now,
                                                    const NewAuditLine& line) = 0;
    // Queues a test, and ends a rest. False: there is none in this town.
    virtual Result<bool, StoreError> test_webhook(const std::string& portal, WebhookId webhook, UnixSeconds now,
                                                  const NewAuditLine& line) = 0;

    // Of each receiver that does not rest the delivery that is due first, so that none waits behind another's backlog;
    // nobody else gets them before `lease_until`.
    virtual Result<std::vector<Delivery>, StoreError> lease_deliveries(UnixSeconds now, UnixSeconds lease_until) = 0;
    // Of a process that has the store for itself: what another one was sending is due again.
    virtual Result<Done, StoreError> end_delivery_leases() = 0;
    // When there is something to send; nothing: never.
    virtual Result<std::optional<UnixSeconds>, StoreError> next_delivery_due() = 0;
    virtual Result<Done, StoreError> delivery_taken(const Attempt& attempt, UnixSeconds now) = 0;
    // It is due again at `next`; its receiver rests until `rest`.
    virtual Result<Done, StoreError> delivery_failed(const Attempt& attempt, UnixSeconds next, UnixSeconds rest) = 0;
    virtual Result<Done, StoreError> delivery_dead(const Attempt& attempt, UnixSeconds now, UnixSeconds rest) = 0;

    // Newest first, those before this id (0: from the newest); an empty state is any.
    virtual Result<std::vector<LoggedDelivery>, StoreError>
    deliveries(const std::string& portal, const std::string& state, std::int64_t before, int limit) = 0;
    // At once, whatever became of it; under the same event id. False: there is none, or its receiver was removed.
    virtual Result<bool, StoreError> deliver_again(const std::string& portal, std::int64_t delivery, UnixSeconds now,
                                                   const NewAuditLine& line) = 0;

    static constexpr int MOST_WEBHOOKS = 10;
};

} // namespace foyer::server::store
