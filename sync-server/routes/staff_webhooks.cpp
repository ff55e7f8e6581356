// Other programs that are told what happens to requests (docs/webhooks.md): for administrators.
#include "routes/handlers.h"
#include "routes/staff_call.h"
#include "routes/staff_handlers.h"
#include "support/time_text.h"
#include "webhooks/destination.h"
#include "webhooks/webhook_worker.h"
#include "wire/encoding.h"

#include <algorithm>

namespace foyer::server::routes {

using store::StaffRole;
using store::WebhookId;

namespace {

constexpr std::size_t LONGEST_TEXT = 1000; // bytes; what is longer than an address may be is refused by name
constexpr std::int64_t USUAL_LIMIT = 50;
constexpr std::int64_t LARGEST_LIMIT = 200;

wire::Json webhook_json(const store::Webhook& webhook) {
    wire::Json events = wire::Json::array();
    for (const std::string& event : webhook.events)
        events.push(event);
    return wire::Json::object()
        .set("id", webhook.id.number())
        .set("url", webhook.url)
        .set("events", std::move(events))
        .set("created_at", rfc3339(webhook.created_at))
        .set("failures", webhook.failures)
        .set("resting_until", webhook.failures > 0 ? wire::Json(rfc3339(webhook.resting_until)) : wire::Json());
}

wire::Json delivery_json(const store::LoggedDelivery& delivery) {
    return wire::Json::object()
        .set("id", delivery.id)
        .set("webhook", delivery.webhook.number())
        .set("url", delivery.url)
        .set("event", delivery.event)
        .set("number", delivery.number.empty() ? wire::Json() : wire::Json(delivery.number))
        .set("state", delivery.state)
        .set("attempts", delivery.attempts)
        .set("status", delivery.status > 0 ? wire::Json(delivery.status) : wire::Json())
        .set("reason", delivery.reason)
        .set("created_at", rfc3339(delivery.created_at))
        .set("due_at", delivery.state == "queued" ? wire::Json(rfc3339(delivery.due_at)) : wire::Json())
        .set("finished_at", delivery.finished_at ? wire::Json(rfc3339(*delivery.finished_at)) : wire::Json());
}

std::vector<std::string> events_in(wire::JsonReader member) {
    std::vector<std::string> events;
    for (wire::JsonReader& element : member.elements())
        if (const auto position = element.one_of({store::WEBHOOK_EVENTS.begin(), store::WEBHOOK_EVENTS.end()})) {
            std::string event(store::WEBHOOK_EVENTS[*position]);
            if (std::find(events.begin(), events.end(), event) == events.end())
                events.push_back(std::move(event));
        }
    return events;
}

// What is about the id of the path: 202 when `queue` has put an event into the queue, 404 when there is nothing such.
template <typename Queue> Reply queue_event(const Surroundings& around, const Request& request, const Queue& queue) {
    if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
        return std::move(*wrong);
    const auto id = path_number(request, "id");
    if (!id)
        return not_found(around, request);
    const auto queued = queue(*id);
    if (!queued)
        return storage_refused(around, request, queued.error());
    if (!*queued)
        return not_found(around, request);
    around.on_webhook();
    return Reply(202);
}

} // namespace

Reply list_webhooks(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        const auto all = around.webhooks->webhooks(call.town.portal.slug);
        if (!all)
            return storage_refused(around, request, all.error());
        wire::Json list = wire::Json::array();
        for (const store::Webhook& webhook : *all)
            list.push(webhook_json(webhook));
        const security::ServerKey& key = around.keys.signing_key();
        return json_reply(200,
                          wire::Json::object()
                              .set("webhooks", std::move(list))
                              .set("signing_key", wire::Json::object()
                                                      .set("id", wire::encode_base64(key.id))
                                                      .set("public_key", wire::encode_base64(key.key.public_point()))));
    });
}

Reply add_webhook(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        store::NewWebhook wish{call.town.portal.slug, {}, {}, call.now};
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                wish.url = body.member("url").text_of(0, LONGEST_TEXT);
                wish.events = events_in(body.member("events"));
            }))
            return std::move(*wrong);
        std::vector<Problem> problems;
        if (!webhooks::parse_destination(wish.url, around.webhook_rules))
            problems.push_back({"url", ProblemCode::unknown_choice, Severity::error, {}});
        if (wish.events.empty())
            problems.push_back({"events", ProblemCode::required, Severity::error, {}});
        if (!problems.empty())
            return answers_refused(around, request, problems);
        const auto added = around.webhooks->add_webhook(wish, call.line("webhook.add", {}));
        if (!added)
            return storage_refused(around, request, added.error());
        if (!*added)
            return problem(around, request, {409, "too_many", TextKey::server_export_error_webhooks});
        return json_reply(201, wire::Json::object().set("id", (*added)->number()));
    });
}

Reply remove_webhook(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        const auto id = path_number(request, "id");
        if (!id)
            return not_found(around, request);
        const auto removed =
            around.webhooks->remove_webhook(call.town.portal.slug, WebhookId(*id), call.now,
                                            call.line("webhook.remove", "webhook:" + std::to_string(*id)));
        if (!removed)
            return storage_refused(around, request, removed.error());
        return *removed ? Reply(204) : not_found(around, request);
    });
}

Reply test_webhook(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        return queue_event(around, request, [&](std::int64_t id) {
            return around.webhooks->test_webhook(call.town.portal.slug, WebhookId(id), call.now,
                                                 call.line("webhook.test", "webhook:" + std::to_string(id)));
        });
    });
}

Reply list_deliveries(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        const std::string state = query_value(request, "state").value_or("");
        const auto after = query_number(request, "after", 0);
        const auto limit = query_number(request, "limit", USUAL_LIMIT);
        const bool known = state.empty() || state == "queued" || state == "delivered" || state == "dead";
        if (!known || !after || !limit || *limit < 1)
            return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
        const auto count = static_cast<int>(std::min(*limit, LARGEST_LIMIT));
        const auto found = around.webhooks->deliveries(call.town.portal.slug, state, *after, count);
        if (!found)
            return storage_refused(around, request, found.error());
        wire::Json list = wire::Json::array();
        for (const store::LoggedDelivery& delivery : *found)
            list.push(delivery_json(delivery));
        const bool more = static_cast<int>(found->size()) == count;
        return json_reply(200, wire::Json::object()
                                   .set("deliveries", std::move(list))
                                   .set("next", more ? wire::Json(found->back().id) : wire::Json()));
    });
}

Reply deliver_again(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::administrator}, [&](const StaffCall& call) {
        return queue_event(around, request, [&](std::int64_t id) {
            return around.webhooks->deliver_again(call.town.portal.slug, id, call.now,
                                                  call.line("webhook.resend", "delivery:" + std::to_string(id)));
        });
    });
}

} // namespace foyer::server::routes
