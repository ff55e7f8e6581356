// The schema's step for the staff's queue: what the migrations run, and what SQL alone cannot fill.
#pragma once

#include "sqlite/connection.h"

namespace foyer::server::sqlite {

// A lane is the requests of one service, procedure and state; a page of any view is merged from a few lanes, so that it
// costs the same whatever the table's size. queue_counts is kept by triggers: nothing ever counts rows.
inline constexpr const char* QUEUE_SCHEMA = R"(
ALTER TABLE submissions ADD COLUMN service TEXT NOT NULL DEFAULT '';
ALTER TABLE submissions ADD COLUMN origin TEXT NOT NULL DEFAULT 'online';
ALTER TABLE submissions ADD COLUMN claimed_by INTEGER;
ALTER TABLE submissions ADD COLUMN claimed_name TEXT NOT NULL DEFAULT '';
UPDATE submissions SET service = ifnull((SELECT json_extract(r.document, '$.procedures.entourage.service')
    FROM portal_revisions r WHERE r.slug = submissions.portal AND r.revision = submissions.revision), '')
 WHERE procedure = 2;

DROP INDEX submissions_queue;
CREATE INDEX submissions_by_state ON submissions (portal, state, id);
CREATE INDEX submissions_lanes ON submissions (portal, service, procedure, state, due_by, id);
CREATE INDEX submissions_doubtful ON submissions (portal, service, procedure, state, due_by, id) WHERE marks <> '[]';
CREATE INDEX submissions_claimed ON submissions (portal, claimed_by, due_by, id) WHERE claimed_by IS NOT NULL;

-- The marks of each request as lanes of their own; written with the marks, moved by the trigger below.
CREATE TABLE submission_marks (
    portal TEXT NOT NULL,
    code TEXT NOT NULL,
    service TEXT NOT NULL,
    procedure INTEGER NOT NULL,
    state TEXT NOT NULL,
    due_by TEXT NOT NULL,
    submission_id INTEGER NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
    PRIMARY KEY (portal, code, service, procedure, state, due_by, submission_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX submission_marks_by_submission ON submission_marks (submission_id);

-- "what": "all", "state:received", "doubtful", "claimed:12" (by whom), "due:2026-11-30" (not waiting for the family).
CREATE TABLE queue_counts (
    portal TEXT NOT NULL,
    what TEXT NOT NULL,
    service TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (portal, what, service)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER submission_counted AFTER INSERT ON submissions BEGIN
    INSERT INTO queue_counts (portal, what, service, n)
    SELECT NEW.portal, w.what, NEW.service, 1 FROM (
        SELECT 'all' AS what UNION ALL SELECT 'state:' || NEW.state
        UNION ALL SELECT 'due:' || NEW.due_by WHERE NEW.state IN ('received', 'processing')
        UNION ALL SELECT 'claimed:' || NEW.claimed_by WHERE NEW.claimed_by IS NOT NULL
        UNION ALL SELECT 'doubtful' WHERE NEW.marks <> '[]' AND NEW.state IN ('received', 'processing', 'waiting')) w
    WHERE true ON CONFLICT (portal, what, service) DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER submission_uncounted AFTER DELETE ON submissions BEGIN
    UPDATE queue_counts SET n = n - 1 WHERE portal = OLD.portal AND service = OLD.service AND what IN (
        SELECT 'all' UNION ALL SELECT 'state:' || OLD.state
        UNION ALL SELECT 'due:' || OLD.due_by WHERE OLD.state IN ('received', 'processing')
        UNION ALL SELECT 'claimed:' || OLD.claimed_by WHERE OLD.claimed_by IS NOT NULL
        UNION ALL SELECT 'doubtful' WHERE OLD.marks <> '[]' AND OLD.state IN ('received', 'processing', 'waiting'));
    DELETE FROM queue_counts WHERE portal = OLD.portal AND service = OLD.service AND what = 'due:' || OLD.due_by
        AND n < 1;
END;
CREATE TRIGGER submission_recounted AFTER UPDATE OF portal, service, procedure, state, due_by, marks, claimed_by
    ON submissions BEGIN
    UPDATE queue_counts SET n = n - 1 WHERE portal = OLD.portal AND service = OLD.service AND what IN (
        SELECT 'all' UNION ALL SELECT 'state:' || OLD.state
        UNION ALL SELECT 'due:' || OLD.due_by WHERE OLD.state IN ('received', 'processing')
        UNION ALL SELECT 'claimed:' || OLD.claimed_by WHERE OLD.claimed_by IS NOT NULL
        UNION ALL SELECT 'doubtful' WHERE OLD.marks <> '[]' AND OLD.state IN ('received', 'processing', 'waiting'));
    INSERT INTO queue_counts (portal, what, service, n)
    SELECT NEW.portal, w.what, NEW.service, 1 FROM (
        SELECT 'all' AS what UNION ALL SELECT 'state:' || NEW.state
        UNION ALL SELECT 'due:' || NEW.due_by WHERE NEW.state IN ('received', 'processing')
        UNION ALL SELECT 'claimed:' || NEW.claimed_by WHERE NEW.claimed_by IS NOT NULL
        UNION ALL SELECT 'doubtful' WHERE NEW.marks <> '[]' AND NEW.state IN ('received', 'processing', 'waiting')) w
    WHERE true ON CONFLICT (portal, what, service) DO UPDATE SET n = n + 1;
    DELETE FROM queue_counts WHERE portal = OLD.portal AND service = OLD.service AND what = 'due:' || OLD.due_by
        AND n < 1;
    UPDATE submission_marks SET service = NEW.service, state = NEW.state, due_by = NEW.due_by
     WHERE submission_id = NEW.id;
END;
INSERT INTO queue_counts (portal, what, service, n)
    SELECT portal, 'all', service, count(*) FROM submissions GROUP BY portal, service
    UNION ALL SELECT portal, 'state:' || state, service, count(*) FROM submissions GROUP BY portal, state, service
    UNION ALL SELECT portal, 'due:' || due_by, service, count(*) FROM submissions
        WHERE state IN ('received', 'processing') GROUP BY portal, due_by, service
    UNION ALL SELECT portal, 'doubtful', service, count(*) FROM submissions
        WHERE marks <> '[]' AND state IN ('received', 'processing', 'waiting') GROUP BY portal, service;
INSERT INTO submission_marks (portal, code, service, procedure, state, due_by, submission_id)
    SELECT DISTINCT s.portal, json_extract(m.value, '$.code'), s.service, s.procedure, s.state, s.due_by, s.id
      FROM submissions s, json_each(s.marks) m;

-- By what the staff finds a request: sqlite/search_keys.h says which keys there are.
CREATE TABLE search_keys (
    submission_id INTEGER NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    portal TEXT NOT NULL,
    PRIMARY KEY (submission_id, kind, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX search_keys_by_key ON search_keys (portal, kind, key, submission_id);

ALTER TABLE submission_events ADD COLUMN staff_id INTEGER;
ALTER TABLE submission_events ADD COLUMN staff_name TEXT NOT NULL DEFAULT '';
ALTER TABLE submission_events ADD COLUMN code TEXT NOT NULL DEFAULT '';

CREATE TABLE submission_notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    staff_name TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX submission_notes_by_submission ON submission_notes (submission_id, id);

CREATE TABLE submission_viewers (
    submission_id INTEGER NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
    staff_id INTEGER NOT NULL,
    staff_name TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (submission_id, staff_id)
) STRICT, WITHOUT ROWID;

-- Decisions that may still be taken back. "outcome": NULL while it waits, then "done" or why it could not be made.
CREATE TABLE decision_batches (
    id TEXT PRIMARY KEY,
    portal TEXT NOT NULL,
    staff_id INTEGER NOT NULL,
    staff_name TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'applied', 'undone'))
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_batches_due ON decision_batches (due_at) WHERE state = 'waiting';
CREATE TABLE pending_decisions (
    batch_id TEXT NOT NULL REFERENCES decision_batches (id),
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    version INTEGER NOT NULL,
    outcome TEXT,
    PRIMARY KEY (batch_id, submission_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX pending_decisions_open ON pending_decisions (submission_id) WHERE outcome IS NULL;

ALTER TABLE mails ADD COLUMN account_id INTEGER REFERENCES accounts (id);
ALTER TABLE mails ADD COLUMN submission_id INTEGER REFERENCES submissions (id);
CREATE INDEX mails_by_recipient ON mails (portal, recipient, id);
CREATE INDEX mails_by_state ON mails (portal, state, id);
CREATE INDEX mails_by_portal ON mails (portal, id);

-- A merge is the list of the values it changed; undone by putting each back, if nobody has changed it since.
ALTER TABLE accounts ADD COLUMN merged_into INTEGER REFERENCES accounts (id);
CREATE TABLE merges (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    kept_account INTEGER NOT NULL REFERENCES accounts (id),
    other_account INTEGER NOT NULL REFERENCES accounts (id),
    accounts_too INTEGER NOT NULL,
    at INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    staff_name TEXT NOT NULL,
    undone_at INTEGER,
    undone_by INTEGER
) STRICT;
CREATE INDEX merges_by_account ON merges (kept_account);
CREATE INDEX merges_by_other ON merges (other_account);
CREATE TABLE merge_changes (
    merge_id INTEGER NOT NULL REFERENCES merges (id),
    seq INTEGER NOT NULL,
    place TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (merge_id, seq)
) STRICT, WITHOUT ROWID;
)";

// The search keys of the requests that were there before. Inside the step's transaction.
void index_stored_submissions(Connection& db);

} // namespace foyer::server::sqlite
