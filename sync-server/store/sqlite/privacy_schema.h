// The schema's step for personal data: when a decision fell, when an account last gave a sign of life, what retention
// and erasure did, counts by day; and the indexes without which deleting one row would read whole tables.
#pragma once

// The day in Paris of a moment in seconds: summer time from the last Sunday of March to that of October, 01:00 UTC
// (directive 2000/84/EC). The same as support/calendar.h; a test holds the two together.
#define FOYER_DAY_OF(moment)                                                                                           \
    "date(" moment " + 3600 + 3600 * (" moment " >= unixepoch(strftime('%Y-03-25 01:00:00', " moment                   \
    ", 'unixepoch'), 'weekday 0') AND " moment " < unixepoch(strftime('%Y-10-25 01:00:00', " moment                    \
    ", 'unixepoch'), 'weekday 0')), 'unixepoch')"

// From reception to decision in whole hours, coarser the longer it took: so a day has few different values.
#define FOYER_HOURS_BETWEEN(from, to)                                                                                  \
    "CASE WHEN " to " - " from " < 86400 THEN max(0, (" to " - " from ") / 3600)"                                      \
    " WHEN " to " - " from " < 2592000 THEN (" to " - " from ") / 21600 * 6"                                           \
    " ELSE (" to " - " from ") / 86400 * 24 END"

namespace foyer::server::sqlite {

inline constexpr const char* PRIVACY_SCHEMA = R"(
ALTER TABLE submissions ADD COLUMN decided_at INTEGER;
ALTER TABLE submissions ADD COLUMN keep_until INTEGER;
UPDATE submissions SET decided_at = (SELECT max(e.at) FROM submission_events e WHERE e.submission_id = submissions.id
        AND e.event IN ('accepted', 'refused', 'withdrawn'))
 WHERE state IN ('accepted', 'refused', 'withdrawn');
CREATE INDEX submissions_decided ON submissions (portal, state, decided_at, id) WHERE decided_at IS NOT NULL;
CREATE INDEX submissions_kept ON submissions (portal, keep_until, id) WHERE keep_until IS NOT NULL;

ALTER TABLE accounts ADD COLUMN last_active_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN erased_at INTEGER;
UPDATE accounts SET last_active_at = max(created_at, ifnull(activated_at, 0),
    ifnull((SELECT max(d.last_seen_at) FROM devices d WHERE d.account_id = accounts.id), 0),
    ifnull((SELECT max(s.received_at) FROM submissions s WHERE s.account_id = accounts.id), 0));
CREATE INDEX accounts_by_portal ON accounts (portal, id);
CREATE INDEX accounts_pending ON accounts (portal, id) WHERE state = 'pending';
CREATE INDEX accounts_merged ON accounts (merged_into) WHERE merged_into IS NOT NULL;
CREATE TRIGGER account_made AFTER INSERT ON accounts WHEN NEW.last_active_at = 0
    BEGIN UPDATE accounts SET last_active_at = NEW.created_at WHERE id = NEW.id; END;
CREATE TRIGGER account_activated AFTER UPDATE OF activated_at ON accounts WHEN NEW.activated_at > NEW.last_active_at
    BEGIN UPDATE accounts SET last_active_at = NEW.activated_at WHERE id = NEW.id; END;
CREATE TRIGGER account_logged_in AFTER INSERT ON devices
    BEGIN UPDATE accounts SET last_active_at = max(last_active_at, NEW.last_seen_at, NEW.bound_at)
           WHERE id = NEW.account_id; END;
CREATE TRIGGER account_seen AFTER UPDATE OF account_id, bound_at, last_seen_at ON devices
    BEGIN UPDATE accounts SET last_active_at = max(last_active_at, NEW.last_seen_at, NEW.bound_at)
           WHERE id = NEW.account_id; END;
CREATE TRIGGER account_wrote AFTER INSERT ON submissions
    BEGIN UPDATE accounts SET last_active_at = max(last_active_at, NEW.received_at) WHERE id = NEW.account_id; END;

-- Deleting a row looks for rows that point to it.
CREATE INDEX household_person_versions_by_submission ON household_person_versions (submission_id)
    WHERE submission_id IS NOT NULL;
CREATE INDEX household_people_declared ON household_people (declared_by) WHERE declared_by IS NOT NULL;
CREATE INDEX submissions_by_household ON submissions (household_id) WHERE household_id IS NOT NULL;
CREATE INDEX submission_versions_by_envelope ON submission_versions (replaced_by);
CREATE INDEX messages_by_submission ON messages (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX account_versions_by_submission ON account_versions (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX email_changes_by_submission ON email_changes (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX pending_decisions_by_submission ON pending_decisions (submission_id);
CREATE INDEX password_jobs_by_envelope ON password_jobs (envelope_id);
CREATE INDEX mails_by_submission ON mails (submission_id) WHERE submission_id IS NOT NULL;
CREATE INDEX mails_by_account ON mails (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX service_keys_by_household ON service_keys (household_id);
CREATE INDEX service_keys_by_user ON service_keys (used_by) WHERE used_by IS NOT NULL;
CREATE INDEX merge_changes_by_row ON merge_changes (place, row_id);
-- What retention looks for by age.
CREATE INDEX envelopes_by_age ON envelopes (portal, received_at);
CREATE INDEX mails_finished ON mails (portal, finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX devices_by_age ON devices (portal, last_seen_at);
CREATE INDEX audit_log_by_object ON audit_log (portal, object, sequence);

CREATE TABLE retention_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    started_by TEXT NOT NULL,
    dry_run INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'interrupted'))
) STRICT;
CREATE INDEX retention_runs_by_portal ON retention_runs (portal, id);
CREATE TABLE retention_counts (
    run_id INTEGER NOT NULL REFERENCES retention_runs (id) ON DELETE CASCADE,
    rule TEXT NOT NULL,
    days INTEGER NOT NULL,
    erased INTEGER NOT NULL,
    postponed INTEGER NOT NULL,
    PRIMARY KEY (run_id, rule)
) STRICT, WITHOUT ROWID;

-- What became of a person's data; nothing in it is about the person any more.
CREATE TABLE erasures (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    account TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_whom TEXT NOT NULL,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX erasures_by_portal ON erasures (portal, id);

-- Counts by day in Paris; kept by the triggers below, so nothing ever counts rows. Erasing a request takes nothing away.
CREATE TABLE statistics (
    portal TEXT NOT NULL,
    day TEXT NOT NULL,
    procedure INTEGER NOT NULL,
    what TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (portal, day, procedure, what)
) STRICT, WITHOUT ROWID;
)"
                                              R"(
CREATE TRIGGER event_counted AFTER INSERT ON submission_events
    WHEN NEW.event IN ('received', 'accepted', 'refused', 'withdrawn') BEGIN
    UPDATE submissions SET decided_at = NEW.at WHERE id = NEW.submission_id AND NEW.event <> 'received';
    INSERT INTO statistics (portal, day, procedure, what, n)
    SELECT s.portal, )" FOYER_DAY_OF("NEW.at") R"(, s.procedure, w.what, 1 FROM submissions s, (
        SELECT CASE WHEN NEW.event = 'accepted' AND NEW.staff_id IS NULL
                     AND (t.procedure = 1 OR NEW.at = t.received_at) THEN 'automatic' ELSE NEW.event END AS what
          FROM submissions t WHERE t.id = NEW.submission_id
        UNION ALL SELECT 'reason:' || NEW.code WHERE NEW.event = 'refused'
        UNION ALL SELECT 'late' FROM submissions t WHERE t.id = NEW.submission_id
              AND NEW.event IN ('accepted', 'refused') AND NOT (NEW.event = 'accepted' AND NEW.staff_id IS NULL
              AND (t.procedure = 1 OR NEW.at = t.received_at)) AND t.due_by < )" FOYER_DAY_OF("NEW.at") R"(
        UNION ALL SELECT 'hours:' || ()" FOYER_HOURS_BETWEEN("t.received_at", "NEW.at") R"()
          FROM submissions t WHERE t.id = NEW.submission_id AND NEW.event IN ('accepted', 'refused')
              AND NOT (NEW.event = 'accepted' AND NEW.staff_id IS NULL
              AND (t.procedure = 1 OR NEW.at = t.received_at))) w
     WHERE s.id = NEW.submission_id
        ON CONFLICT (portal, day, procedure, what) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER mail_counted AFTER UPDATE OF state ON mails
    WHEN NEW.state IN ('sent', 'dead') AND OLD.state = 'queued' BEGIN
    INSERT INTO statistics (portal, day, procedure, what, n)
    SELECT NEW.portal, )" FOYER_DAY_OF("NEW.finished_at") R"(, 0,
           CASE NEW.state WHEN 'sent' THEN 'mail_sent' ELSE 'mail_dead:' || NEW.kind END, 1 WHERE true
        ON CONFLICT (portal, day, procedure, what) DO UPDATE SET n = n + 1;
END;
INSERT INTO statistics (portal, day, procedure, what, n)
    SELECT portal, day, procedure, what, count(*) FROM (
        SELECT s.portal, )" FOYER_DAY_OF("e.at") R"( AS day, s.procedure,
               CASE WHEN e.event = 'accepted' AND e.staff_id IS NULL AND (s.procedure = 1 OR e.at = s.received_at)
                    THEN 'automatic' ELSE e.event END AS what
          FROM submission_events e JOIN submissions s ON s.id = e.submission_id
         WHERE e.event IN ('received', 'accepted', 'refused', 'withdrawn')
        UNION ALL
        SELECT s.portal, )" FOYER_DAY_OF("e.at") R"(, s.procedure, 'reason:' || e.code
          FROM submission_events e JOIN submissions s ON s.id = e.submission_id WHERE e.event = 'refused'
        UNION ALL
        SELECT s.portal, )" FOYER_DAY_OF("e.at") R"(, s.procedure, 'late'
          FROM submission_events e JOIN submissions s ON s.id = e.submission_id
         WHERE e.event IN ('accepted', 'refused') AND s.due_by < )" FOYER_DAY_OF("e.at") R"(
           AND NOT (e.event = 'accepted' AND e.staff_id IS NULL AND (s.procedure = 1 OR e.at = s.received_at))
        UNION ALL
        SELECT s.portal, )" FOYER_DAY_OF("e.at") R"(, s.procedure, 'hours:' || ()" FOYER_HOURS_BETWEEN("s.received_at",
                                                                                                       "e.at") R"()
          FROM submission_events e JOIN submissions s ON s.id = e.submission_id
         WHERE e.event IN ('accepted', 'refused')
           AND NOT (e.event = 'accepted' AND e.staff_id IS NULL AND (s.procedure = 1 OR e.at = s.received_at)))
     GROUP BY portal, day, procedure, what;
INSERT INTO statistics (portal, day, procedure, what, n)
    SELECT portal, )" FOYER_DAY_OF("finished_at") R"(, 0,
           CASE state WHEN 'sent' THEN 'mail_sent' ELSE 'mail_dead:' || kind END, count(*)
      FROM mails WHERE state IN ('sent', 'dead') AND finished_at IS NOT NULL GROUP BY 1, 2, 3, 4;
)";

} // namespace foyer::server::sqlite
