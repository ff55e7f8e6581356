// The schema's step for webhooks.
#pragma once

namespace foyer::server::sqlite {

// The trigger is what makes an event and its deliveries one transaction, whoever writes the history.
inline constexpr const char* WEBHOOK_SCHEMA = R"(
CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    resting_until INTEGER NOT NULL DEFAULT 0,
    removed_at INTEGER
) STRICT;
CREATE INDEX webhooks_by_portal ON webhooks (portal, id) WHERE removed_at IS NULL;

CREATE TABLE webhook_deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id),
    portal TEXT NOT NULL,
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,
    number TEXT NOT NULL,
    procedure INTEGER NOT NULL,
    service TEXT NOT NULL,
    submission_state TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'delivered', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL DEFAULT 0,
    status INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, due_at, id) WHERE state = 'queued';
CREATE INDEX webhook_deliveries_by_portal ON webhook_deliveries (portal, id);
CREATE INDEX webhook_deliveries_by_state ON webhook_deliveries (portal, state, id);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (finished_at) WHERE finished_at IS NOT NULL;

CREATE TRIGGER webhook_event AFTER INSERT ON submission_events
WHEN NEW.event IN ('received', 'corrected', 'waiting', 'accepted', 'refused', 'withdrawn', 'processing', 'released')
BEGIN
    INSERT INTO webhook_deliveries (webhook_id, portal, event_id, event, number, procedure, service, submission_state,
        at, state, due_at, created_at)
    SELECT w.id, s.portal, lower(hex(randomblob(16))), k.event, s.number, s.procedure, s.service, k.state,
           NEW.at, 'queued', NEW.at, NEW.at
      FROM submissions s JOIN webhooks w ON w.portal = s.portal AND w.removed_at IS NULL
      JOIN (SELECT CASE NEW.event WHEN 'accepted' THEN 'submission.decided' WHEN 'refused' THEN 'submission.decided'
                       WHEN 'processing' THEN 'submission.taken' ELSE 'submission.' || NEW.event END AS event,
                   CASE NEW.event WHEN 'corrected' THEN 'received' WHEN 'released' THEN 'received'
                       ELSE NEW.event END AS state) k
     WHERE s.id = NEW.submission_id AND instr(',' || w.events || ',', ',' || k.event || ',') > 0;
END;
)";

} // namespace foyer::server::sqlite
