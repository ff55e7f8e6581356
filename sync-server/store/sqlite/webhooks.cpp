#include "store/webhooks.h"

#include "sqlite/audit_rows.h"
#include "sqlite/sqlite_store.h"

#include <algorithm>

namespace foyer::server::sqlite {

using store::Attempt;
using store::Delivery;
using store::LoggedDelivery;
using store::StoreError;
using store::Webhook;
using store::WebhookId;

namespace {

std::string joined(const std::vector<std::string>& events) {
    std::string all;
    for (const std::string& event : events)
        all.append(all.empty() ? "" : ",").append(event);
    return all;
}

std::vector<std::string> split(const std::string& events) {
    std::vector<std::string> list;
    for (std::size_t at = 0; at < events.size();) {
        const std::size_t comma = std::min(events.find(',', at), events.size());
        list.push_back(events.substr(at, comma - at));
        at = comma + 1;
    }
    return list;
}

bool is_known(Connection& db, const std::string& portal, WebhookId webhook) {
    return db
        .first(
            "SELECT 1 FROM webhooks WHERE portal = ? AND id = ? AND removed_at IS NULL", [](Row) { return true; },
            portal, webhook.number())
        .value_or(false);
}

void end_attempt(Connection& db, const Attempt& attempt, const char* state, std::optional<UnixSeconds> finished_at,
                 UnixSeconds due_at) {
    db.run("UPDATE webhook_deliveries SET state = ?, finished_at = ?, due_at = ?, lease_until = 0, status = ?,"
           " reason = ? WHERE id = ? AND state = 'queued'",
           state, finished_at, due_at, attempt.status, attempt.reason, attempt.delivery);
}

} // namespace

Result<std::optional<WebhookId>, StoreError> SqliteStore::add_webhook(const store::NewWebhook& webhook,
                                                                      store::NewAuditLine line) {
    return m_database.write([&](Connection& db) -> std::optional<WebhookId> {
        const auto there = db.first(
            "SELECT count(*) FROM webhooks WHERE portal = ? AND removed_at IS NULL",
            [](Row row) { return row.integer(0); }, webhook.portal);
        if (there.value_or(0) >= MOST_WEBHOOKS)
            return std::nullopt;
        db.run("INSERT INTO webhooks (portal, url, events, created_at) VALUES (?, ?, ?, ?)", webhook.portal,
               webhook.url, joined(webhook.events), webhook.now);
        const WebhookId id(db.last_insert_id());
        line.object = "webhook:" + std::to_string(id.number());
        append_audit(db, line);
        return id;
    });
}

Result<std::vector<Webhook>, StoreError> SqliteStore::webhooks(const std::string& portal) {
    return m_database.read([&](Connection& db) {
        std::vector<Webhook> all;
        db.each(
            "SELECT id, url, events, created_at, failures, resting_until FROM webhooks"
            " WHERE portal = ? AND removed_at IS NULL ORDER BY id",
            [&](Row row) {
                all.push_back({WebhookId(row.integer(0)), row.text(1), split(row.text(2)), row.integer(3),
                               static_cast<int>(row.integer(4)), row.integer(5)});
            },
            portal);
        return all;
    });
}

Result<bool, StoreError> SqliteStore::remove_webhook(const std::string& portal, WebhookId webhook, UnixSeconds now,
                                                     const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        if (!is_known(db, portal, webhook))
            return false;
        db.run("UPDATE webhooks SET removed_at = ? WHERE id = ?", now, webhook.number());
        db.run("UPDATE webhook_deliveries SET state = 'dead', finished_at = ?, reason = 'removed'"
               " WHERE webhook_id = ? AND state = 'queued'",
               now, webhook.number());
        append_audit(db, line);
        return true;
    });
}

Result<bool, StoreError> SqliteStore::test_webhook(const std::string& portal, WebhookId webhook, UnixSeconds now,
                                                   const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        if (!is_known(db, portal, webhook))
            return false;
        db.run("UPDATE webhooks SET resting_until = 0 WHERE id = ?", webhook.number());
        db.run("INSERT INTO webhook_deliveries (webhook_id, portal, event_id, event, number, procedure, service,"
               " submission_state, at, state, due_at, created_at)"
               " VALUES (?, ?, lower(hex(randomblob(16))), ?, '', 0, '', '', ?, 'queued', ?, ?)",
               webhook.number(), portal, store::WEBHOOK_TEST, now, now, now);
        append_audit(db, line);
        return true;
    });
}

Result<std::vector<Delivery>, StoreError> SqliteStore::lease_deliveries(UnixSeconds now, UnixSeconds lease_until) {
    return m_database.write([&](Connection& db) {
        std::vector<Delivery> deliveries;
        db.each(
            "SELECT d.id, d.webhook_id, w.url, d.event_id, d.portal, d.event, d.number, d.procedure, d.service,"
            " d.submission_state, d.at, d.attempts, w.failures, d.created_at"
            " FROM webhooks w JOIN webhook_deliveries d ON d.id = (SELECT f.id FROM webhook_deliveries f"
            "  INDEXED BY webhook_deliveries_due WHERE f.webhook_id = w.id AND f.state = 'queued' AND f.due_at <= ?1"
            "  AND f.lease_until <= ?1 ORDER BY f.due_at, f.id LIMIT 1)"
            " WHERE w.removed_at IS NULL AND w.resting_until <= ?1 ORDER BY w.id",
            [&](Row row) {
                Delivery delivery;
                delivery.id = row.integer(0);
                delivery.webhook = WebhookId(row.integer(1));
                delivery.url = row.text(2);
                delivery.event_id = row.text(3);
                delivery.portal = row.text(4);
                delivery.event = row.text(5);
                delivery.number = row.text(6);
                delivery.procedure = static_cast<std::uint16_t>(row.integer(7));
                delivery.service = row.text(8);
                delivery.state = row.text(9);
                delivery.at = row.integer(10);
                delivery.attempts = static_cast<int>(row.integer(11));
                delivery.failures = static_cast<int>(row.integer(12));
                delivery.created_at = row.integer(13);
                deliveries.push_back(std::move(delivery));
            },
            now);
        for (const Delivery& delivery : deliveries)
            db.run("UPDATE webhook_deliveries SET lease_until = ?, attempts = attempts + 1 WHERE id = ?", lease_until,
                   delivery.id);
        return deliveries;
    });
}

Result<Done, StoreError> SqliteStore::end_delivery_leases() {
    return m_database.write([](Connection& db) {
        db.run("UPDATE webhook_deliveries SET lease_until = 0 WHERE state = 'queued' AND lease_until > 0");
        return Done{};
    });
}

Result<std::optional<UnixSeconds>, StoreError> SqliteStore::next_delivery_due() {
    return m_database.read([](Connection& db) {
        std::optional<UnixSeconds> first;
        db.each("SELECT max(w.resting_until, (SELECT min(d.due_at) FROM webhook_deliveries d"
                "  WHERE d.webhook_id = w.id AND d.state = 'queued' AND d.lease_until = 0))"
                " FROM webhooks w WHERE w.removed_at IS NULL",
                [&](Row row) {
                    if (!row.is_null(0) && (!first || row.integer(0) < *first))
                        first = row.integer(0);
                });
        return first;
    });
}

Result<Done, StoreError> SqliteStore::delivery_taken(const Attempt& attempt, UnixSeconds now) {
    return m_database.write([&](Connection& db) {
        end_attempt(db, attempt, "delivered", now, now);
        db.run("UPDATE webhooks SET failures = 0, resting_until = 0 WHERE id = ? AND failures > 0",
               attempt.webhook.number());
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::delivery_failed(const Attempt& attempt, UnixSeconds next, UnixSeconds rest) {
    return m_database.write([&](Connection& db) {
        end_attempt(db, attempt, "queued", std::nullopt, next);
        db.run("UPDATE webhooks SET failures = failures + 1, resting_until = ? WHERE id = ?", rest,
               attempt.webhook.number());
        return Done{};
    });
}

Result<Done, StoreError> SqliteStore::delivery_dead(const Attempt& attempt, UnixSeconds now, UnixSeconds rest) {
    return m_database.write([&](Connection& db) {
        end_attempt(db, attempt, "dead", now, now);
        db.run("UPDATE webhooks SET failures = failures + 1, resting_until = ? WHERE id = ?", rest,
               attempt.webhook.number());
        return Done{};
    });
}

Result<std::vector<LoggedDelivery>, StoreError>
SqliteStore::deliveries(const std::string& portal, const std::string& state, std::int64_t before, int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<LoggedDelivery> all;
        const std::int64_t end = before > 0 ? before : INT64_MAX;
        const auto add = [&](Row row) {
            LoggedDelivery one;
            one.id = row.integer(0);
            one.webhook = WebhookId(row.integer(1));
            one.url = row.text(2);
            one.event = row.text(3);
            one.number = row.text(4);
            one.state = row.text(5);
            one.attempts = static_cast<int>(row.integer(6));
            one.status = static_cast<int>(row.integer(7));
            one.reason = row.text(8);
            one.created_at = row.integer(9);
            one.due_at = row.integer(10);
            if (!row.is_null(11))
                one.finished_at = row.integer(11);
            all.push_back(std::move(one));
        };
#define FOYER_LOGGED_DELIVERY                                                                                          \
    "SELECT d.id, d.webhook_id, w.url, d.event, d.number, d.state, d.attempts, d.status, d.reason, d.created_at,"      \
    " d.due_at, d.finished_at FROM webhook_deliveries d JOIN webhooks w ON w.id = d.webhook_id"
        if (state.empty())
            db.each(FOYER_LOGGED_DELIVERY " WHERE d.portal = ? AND d.id < ? ORDER BY d.id DESC LIMIT ?", add, portal,
                    end, limit);
        else
            db.each(FOYER_LOGGED_DELIVERY " WHERE d.portal = ? AND d.state = ? AND d.id < ? ORDER BY d.id DESC LIMIT ?",
                    add, portal, state, end, limit);
        return all;
    });
}

Result<bool, StoreError> SqliteStore::deliver_again(const std::string& portal, std::int64_t delivery, UnixSeconds now,
                                                    const store::NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        // Its age counts anew, and so do its waits. One that is being sent right now is left alone.
        const auto changed =
            db.run("UPDATE webhook_deliveries SET state = 'queued', due_at = ?1, created_at = ?1, attempts = 0,"
                   " finished_at = NULL WHERE portal = ?2 AND id = ?3 AND lease_until <= ?1 AND webhook_id IN"
                   " (SELECT id FROM webhooks WHERE removed_at IS NULL)",
                   now, portal, delivery);
        if (changed == 0)
            return false;
        db.run("UPDATE webhooks SET resting_until = 0 WHERE id ="
               " (SELECT webhook_id FROM webhook_deliveries WHERE id = ?)",
               delivery);
        append_audit(db, line);
        return true;
    });
}

} // namespace foyer::server::sqlite
