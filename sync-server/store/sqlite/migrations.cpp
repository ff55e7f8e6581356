#include "sqlite/migrations.h"

#include "sqlite/counter_schema.h"
#include "sqlite/export_schema.h"
#include "sqlite/privacy_schema.h"
#include "sqlite/queue_schema.h"
#include "sqlite/webhook_schema.h"

#include <array>
#include <string>

namespace foyer::server::sqlite {

namespace {

constexpr std::array STEPS = {
    R"(
CREATE TABLE portal_revisions (
    seq INTEGER PRIMARY KEY,
    slug TEXT NOT NULL,
    revision BLOB NOT NULL CHECK (length(revision) = 16),
    document TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    UNIQUE (slug, revision)
) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'active')),
    wanted_identifier TEXT NOT NULL,
    identifier TEXT,
    identifier_key TEXT,
    password_hash TEXT,
    civility TEXT NOT NULL,
    first_names TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    activated_at INTEGER,
    CHECK ((identifier IS NULL) = (identifier_key IS NULL)),
    UNIQUE (portal, identifier_key)
) STRICT;
CREATE INDEX accounts_by_email ON accounts (portal, email_key);

CREATE TABLE activation_tokens (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key_hash BLOB NOT NULL CHECK (length(key_hash) = 32),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    used_at INTEGER,
    PRIMARY KEY (account_id, key_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE reset_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    key_hash BLOB NOT NULL CHECK (length(key_hash) = 32),
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    used_at INTEGER
) STRICT;
CREATE INDEX reset_tokens_by_account ON reset_tokens (account_id);

CREATE TABLE devices (
    portal TEXT NOT NULL,
    thumbprint BLOB NOT NULL CHECK (length(thumbprint) = 32),
    public_key BLOB NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    bound_at INTEGER NOT NULL,
    PRIMARY KEY (portal, thumbprint)
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_by_account ON devices (account_id);

CREATE TABLE envelopes (
    id BLOB PRIMARY KEY CHECK (length(id) = 16),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    device BLOB NOT NULL CHECK (length(device) = 32),
    portal TEXT NOT NULL,
    procedure INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    receipt TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE submissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    envelope_id BLOB NOT NULL UNIQUE REFERENCES envelopes (id),
    portal TEXT NOT NULL,
    revision BLOB NOT NULL CHECK (length(revision) = 16),
    procedure INTEGER NOT NULL,
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts (id),
    answers TEXT NOT NULL,
    language TEXT NOT NULL,
    filled_at TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    due_by TEXT NOT NULL
) STRICT;
CREATE INDEX submissions_by_account ON submissions (account_id, received_at, id);
CREATE INDEX submissions_queue ON submissions (portal, state, received_at, id);

-- The last number given, per town and year; taken and stored in the submission's own transaction, so without gaps.
CREATE TABLE submission_numbers (
    prefix TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (prefix, year)
) STRICT, WITHOUT ROWID;

-- A password waiting to be hashed, still sealed. The row is deleted once it is.
CREATE TABLE password_jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    envelope_id BLOB NOT NULL REFERENCES envelopes (id),
    sealed BLOB NOT NULL
) STRICT;

CREATE TABLE mails (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    kind TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE,
    sender_name TEXT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT,
    html TEXT,
    link TEXT,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'dead')),
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX mails_due ON mails (due_at, id) WHERE state = 'queued';
)",
    // The household: what became of a submission, the people a family consists of, keys, messages, versions.
    R"(
ALTER TABLE accounts ADD COLUMN reference TEXT NOT NULL DEFAULT '';
UPDATE accounts SET reference = lower(hex(randomblob(8)));
CREATE UNIQUE INDEX accounts_by_reference ON accounts (reference);

ALTER TABLE devices ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN last_seen_at INTEGER NOT NULL DEFAULT 0;
UPDATE devices SET last_seen_at = bound_at;

CREATE TABLE households (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    family_id TEXT,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (portal, family_id)
) STRICT;

-- An account is one person in one household. A contact's "declared_by" is who may see it; NULL: imported.
CREATE TABLE household_people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    household_id INTEGER NOT NULL REFERENCES households (id),
    kind TEXT NOT NULL CHECK (kind IN ('representative', 'child', 'expected_child', 'contact')),
    answers TEXT NOT NULL,
    first_names TEXT NOT NULL,
    last_name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    account_id INTEGER UNIQUE REFERENCES accounts (id),
    declared_by INTEGER REFERENCES accounts (id),
    external_id TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'removed')),
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    CHECK (account_id IS NULL OR (kind = 'representative' AND state = 'active')),
    UNIQUE (household_id, external_id)
) STRICT;
CREATE INDEX household_people_by_household ON household_people (household_id, id);
CREATE INDEX household_people_by_name ON household_people (name_key, birth_date);

-- Every version there ever was of a person, the present one too.
CREATE TABLE household_person_versions (
    person_id INTEGER NOT NULL REFERENCES household_people (id),
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    answers TEXT NOT NULL,
    at INTEGER NOT NULL,
    submission_id INTEGER REFERENCES submissions (id),
    PRIMARY KEY (person_id, version)
) STRICT, WITHOUT ROWID;

ALTER TABLE submissions ADD COLUMN household_id INTEGER REFERENCES households (id);
ALTER TABLE submissions ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE submissions ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';
ALTER TABLE submissions ADD COLUMN correction_fields TEXT;
ALTER TABLE submissions ADD COLUMN correction_message TEXT;
ALTER TABLE submissions ADD COLUMN waiting_since INTEGER;

-- The answers a correction has replaced, and the envelope that replaced them.
CREATE TABLE submission_versions (
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    version INTEGER NOT NULL,
    answers TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    replaced_by BLOB NOT NULL REFERENCES envelopes (id),
    PRIMARY KEY (submission_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE submission_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX submission_events_by_submission ON submission_events (submission_id, id);
INSERT INTO submission_events (submission_id, at, event, note)
    SELECT id, received_at, 'received', '' FROM submissions ORDER BY id;
-- An account that is open has nothing more to wait for.
INSERT INTO submission_events (submission_id, at, event, note)
    SELECT s.id, a.activated_at, 'accepted', '' FROM submissions s JOIN accounts a ON a.id = s.account_id
     WHERE s.procedure = 1 AND a.activated_at IS NOT NULL ORDER BY s.id;
UPDATE submissions SET state = 'accepted' WHERE procedure = 1
   AND account_id IN (SELECT id FROM accounts WHERE activated_at IS NOT NULL);

-- Codes on letters and invitations, by their hash.
CREATE TABLE service_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    service TEXT NOT NULL,
    key_hash BLOB NOT NULL CHECK (length(key_hash) = 32),
    household_id INTEGER NOT NULL REFERENCES households (id),
    person_id INTEGER NOT NULL REFERENCES household_people (id),
    invited_by INTEGER REFERENCES accounts (id),
    invited_email TEXT NOT NULL DEFAULT '',
    issued_at INTEGER NOT NULL,
    expires_at INTEGER,
    used_at INTEGER,
    used_by INTEGER REFERENCES accounts (id),
    revoked_at INTEGER,
    UNIQUE (portal, service, key_hash)
) STRICT;
CREATE INDEX service_keys_by_person ON service_keys (person_id, service);
CREATE INDEX service_keys_by_inviter ON service_keys (invited_by) WHERE invited_by IS NOT NULL;

-- What became of each code somebody has typed. "typed" is kept only of those that opened nothing.
CREATE TABLE key_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    submission_id INTEGER NOT NULL REFERENCES submissions (id),
    service TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('known', 'queued')),
    reason TEXT NOT NULL,
    typed TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX key_entries_by_account ON key_entries (account_id, at);
CREATE INDEX key_entries_by_submission ON key_entries (submission_id, id);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    parameters TEXT NOT NULL,
    submission_id INTEGER REFERENCES submissions (id)
) STRICT;
CREATE INDEX messages_by_account ON messages (account_id, id);

-- What an account says of itself: changed by a new version, never overwritten.
CREATE TABLE account_versions (
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    answers TEXT NOT NULL,
    at INTEGER NOT NULL,
    submission_id INTEGER REFERENCES submissions (id),
    PRIMARY KEY (account_id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO account_versions (account_id, version, answers, at, submission_id)
    SELECT s.account_id, 1,
           (SELECT json_group_object(a.key, a.value) FROM json_each(s.answers) a
             WHERE a.key NOT IN ('identifier', 'consent') AND a.key NOT LIKE 'service_key.%'),
           s.received_at, s.id
      FROM submissions s WHERE s.procedure = 1 AND s.id = (SELECT min(id) FROM submissions
           WHERE account_id = s.account_id AND procedure = 1);

CREATE TABLE email_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    key_hash BLOB NOT NULL CHECK (length(key_hash) = 32),
    asked_at INTEGER NOT NULL,
    used_at INTEGER,
    revoked_at INTEGER,
    submission_id INTEGER REFERENCES submissions (id)
) STRICT;
CREATE INDEX email_changes_by_account ON email_changes (account_id, id);

-- The sync cursor: in every transaction that changes what an account is shown its row is made anew.
CREATE TABLE account_changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX account_changes_by_account ON account_changes (account_id);
)",
    // The town hall: who works there, and the log of what they did.
    R"(
CREATE TABLE staff (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('agent', 'manager', 'administrator')),
    services TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    password_good_until INTEGER,
    totp_secret BLOB,
    totp_proposed BLOB,
    totp_last_step INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    last_login_at INTEGER,
    disabled_at INTEGER,
    UNIQUE (portal, email_key)
) STRICT;

CREATE TABLE staff_sessions (
    token_hash BLOB PRIMARY KEY CHECK (length(token_hash) = 32),
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX staff_sessions_by_staff ON staff_sessions (staff_id);
CREATE INDEX staff_sessions_by_age ON staff_sessions (last_seen_at);

CREATE TABLE staff_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    portal TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    name TEXT NOT NULL,
    key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    scopes TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE INDEX staff_tokens_by_portal ON staff_tokens (portal, id);

-- One chain per town. The triggers stop mistakes and ordinary programs; who can write to the file can drop them, and
-- that is what the hashes are for.
CREATE TABLE audit_log (
    portal TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    details TEXT NOT NULL,
    previous_hash BLOB NOT NULL CHECK (length(previous_hash) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (portal, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER audit_log_is_not_changed BEFORE UPDATE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
CREATE TRIGGER audit_log_is_not_shortened BEFORE DELETE ON audit_log
    BEGIN SELECT RAISE(ABORT, 'the audit log is only ever added to'); END;
-- A line stands at the end of its town's chain or nowhere; so no INSERT OR REPLACE can take the place of another.
CREATE TRIGGER audit_log_grows_at_its_end BEFORE INSERT ON audit_log
    WHEN NEW.sequence <> 1 + coalesce((SELECT max(sequence) FROM audit_log WHERE portal = NEW.portal), 0)
      OR NEW.previous_hash <> coalesce(
             (SELECT hash FROM audit_log WHERE portal = NEW.portal ORDER BY sequence DESC LIMIT 1), zeroblob(32))
    BEGIN SELECT RAISE(ABORT, 'a line of the audit log must follow the last one'); END;
)",
    // The queue: lanes, counters, search, notes, decisions that may be taken back, merges.
    QUEUE_SCHEMA,
    // Exports: what has changed since.
    EXPORT_SCHEMA,
    // Webhooks: who is told, and what waits to be told.
    WEBHOOK_SCHEMA,
    // Personal data: what is kept how long, counts by day.
    PRIVACY_SCHEMA,
    // The counter: tickets of agents who fill in for a family.
    COUNTER_SCHEMA,
    // When a family was told that its account will be erased unless it comes back.
    R"(
ALTER TABLE accounts ADD COLUMN warned_at INTEGER;
ALTER TABLE retention_runs ADD COLUMN warned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX webhook_deliveries_finished ON webhook_deliveries (portal, finished_at) WHERE finished_at IS NOT NULL;
DROP INDEX webhook_deliveries_ended;

-- Counts every change of any family, so that a plan made outside the writer knows whether it still holds.
CREATE TABLE family_changes (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    n INTEGER NOT NULL
) STRICT;
INSERT INTO family_changes (id, n) VALUES (1, 0);
CREATE TRIGGER household_added AFTER INSERT ON households BEGIN UPDATE family_changes SET n = n + 1; END;
CREATE TRIGGER household_changed AFTER UPDATE ON households BEGIN UPDATE family_changes SET n = n + 1; END;
CREATE TRIGGER household_gone AFTER DELETE ON households BEGIN UPDATE family_changes SET n = n + 1; END;
CREATE TRIGGER household_person_added AFTER INSERT ON household_people BEGIN UPDATE family_changes SET n = n + 1; END;
CREATE TRIGGER household_person_changed AFTER UPDATE ON household_people BEGIN UPDATE family_changes SET n = n + 1; END;
CREATE TRIGGER household_person_gone AFTER DELETE ON household_people BEGIN UPDATE family_changes SET n = n + 1; END;
)",
    // The queue's lanes by how a request came in, which is written once and never changes.
    R"(
CREATE INDEX submissions_by_origin ON submissions (portal, origin, service, procedure, state, due_by, id);
CREATE INDEX submissions_doubtful_by_origin ON submissions (portal, origin, service, procedure, state, due_by, id)
    WHERE marks <> '[]';
ALTER TABLE submission_marks ADD COLUMN origin TEXT NOT NULL DEFAULT 'online';
UPDATE submission_marks SET origin = (SELECT s.origin FROM submissions s WHERE s.id = submission_id);
CREATE INDEX submission_marks_by_origin
    ON submission_marks (portal, code, origin, service, procedure, state, due_by, submission_id);
)",
};

} // namespace

std::int64_t latest_schema_version() { return static_cast<std::int64_t>(STEPS.size()); }

void migrate(Connection& connection, std::int64_t version, std::int64_t last) {
    for (std::int64_t step = version; step < last; ++step) {
        connection.script("BEGIN IMMEDIATE");
        try {
            const auto present = connection.first("PRAGMA user_version", [](Row row) { return row.integer(0); });
            if (present.value_or(0) <= step) {
                connection.script(STEPS[static_cast<std::size_t>(step)]);
                if (STEPS[static_cast<std::size_t>(step)] == QUEUE_SCHEMA)
                    index_stored_submissions(connection);
                connection.script(("PRAGMA user_version = " + std::to_string(step + 1)).c_str());
            }
            connection.script("COMMIT");
        } catch (const SqliteError&) {
            if (connection.in_transaction())
                connection.script("ROLLBACK");
            throw;
        }
    }
}

} // namespace foyer::server::sqlite
