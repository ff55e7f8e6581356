// The schema's step for the counter (store/counter.h).
#pragma once

namespace foyer::server::sqlite {

inline constexpr const char* COUNTER_SCHEMA = R"(
CREATE TABLE counter_tickets (
    key_hash BLOB PRIMARY KEY CHECK (length(key_hash) = 32),
    portal TEXT NOT NULL,
    staff_id INTEGER NOT NULL REFERENCES staff (id),
    expires_at INTEGER NOT NULL,
    device BLOB CHECK (device IS NULL OR length(device) = 32)
) STRICT, WITHOUT ROWID;
CREATE INDEX counter_tickets_by_age ON counter_tickets (expires_at);
)";

} // namespace foyer::server::sqlite
