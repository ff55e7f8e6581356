#include "sqlite/migrations.h"

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
};

} // namespace

std::int64_t latest_schema_version() { return static_cast<std::int64_t>(STEPS.size()); }

void migrate(Connection& connection, std::int64_t version) {
    for (std::int64_t step = version; step < latest_schema_version(); ++step) {
        connection.script("BEGIN IMMEDIATE");
        try {
            connection.script(STEPS[static_cast<std::size_t>(step)]);
            connection.script(("PRAGMA user_version = " + std::to_string(step + 1)).c_str());
            connection.script("COMMIT");
        } catch (const SqliteError&) {
            if (connection.in_transaction())
                connection.script("ROLLBACK");
            throw;
        }
    }
}

} // namespace foyer::server::sqlite
