#include "sqlite/audit_rows.h"

#include "sqlite/sqlite_store.h"
#include "wire/encoding.h"
#include "wire/json.h"

#include <openssl/evp.h>

namespace foyer::server::sqlite {

using store::AuditLine;
using store::AuditVerdict;
using store::NewAuditLine;
using store::StoreError;

namespace {

constexpr std::size_t HASH_BYTES = 32;

std::string sha256(const std::string& bytes) {
    std::string out(HASH_BYTES, '\0');
    unsigned int length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &length, EVP_sha256(),
                   nullptr) != 1)
        throw SqliteError(0, "SHA-256 cannot be computed");
    return out;
}

// Every member of a line stands in it, so that none can be changed and no two lines have the same text.
std::string hash_of(const AuditLine& line) {
    return sha256(wire::write_json(wire::Json::array()
                                       .push(wire::encode_hex(line.previous_hash))
                                       .push(line.sequence)
                                       .push(line.at)
                                       .push(line.portal)
                                       .push(line.actor)
                                       .push(line.action)
                                       .push(line.object)
                                       .push(line.details)));
}

// A macro, since a statement is known by the address of its text.
#define FOYER_AUDIT_COLUMNS "sequence, at, portal, actor, action, object, details, previous_hash, hash"

AuditLine line_from(Row row) {
    return {row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4),
            row.text(5),    row.text(6),    row.text(7), row.text(8)};
}

// What is wrong with a line after this one; empty: nothing.
std::string fault_of(const AuditLine& line, std::int64_t sequence, const std::string& previous_hash) {
    if (line.sequence != sequence)
        return "line " + std::to_string(sequence) + " is missing";
    if (line.previous_hash != previous_hash)
        return "it does not follow the line before it";
    if (line.hash != hash_of(line))
        return "its contents are not what was written";
    return {};
}

} // namespace

void append_audit(Connection& db, const NewAuditLine& line) {
    AuditLine next{1, line.at, line.portal, line.actor, line.action, line.object, {}, std::string(HASH_BYTES, '\0'),
                   {}};
    db.each(
        "SELECT sequence, hash FROM audit_log WHERE portal = ? ORDER BY sequence DESC LIMIT 1",
        [&](Row row) {
            next.sequence = row.integer(0) + 1;
            next.previous_hash = row.text(1);
        },
        line.portal);
    wire::Json details = wire::Json::object();
    for (const auto& [key, value] : line.details)
        details.set(key, value);
    next.details = wire::write_json(details);
    next.hash = hash_of(next);
    db.run("INSERT INTO audit_log (" FOYER_AUDIT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", next.sequence, next.at,
           next.portal, next.actor, next.action, next.object, next.details, Blob{next.previous_hash}, Blob{next.hash});
}

Result<Done, StoreError> SqliteStore::add_audit_line(const NewAuditLine& line) {
    return m_database.write([&](Connection& db) {
        append_audit(db, line);
        return Done{};
    });
}

Result<std::vector<AuditLine>, StoreError> SqliteStore::audit_lines(const std::string& portal, std::int64_t after,
                                                                    int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<AuditLine> lines;
        db.each(
            "SELECT " FOYER_AUDIT_COLUMNS " FROM audit_log WHERE portal = ? AND sequence > ?"
            " ORDER BY sequence LIMIT ?",
            [&](Row row) { lines.push_back(line_from(row)); }, portal, after, limit);
        return lines;
    });
}

Result<std::vector<AuditLine>, StoreError> SqliteStore::latest_audit_lines(const std::string& portal,
                                                                           std::int64_t before, int limit) {
    return m_database.read([&](Connection& db) {
        std::vector<AuditLine> lines;
        db.each(
            "SELECT " FOYER_AUDIT_COLUMNS " FROM audit_log WHERE portal = ?1 AND (?2 = 0 OR sequence < ?2)"
            " ORDER BY sequence DESC LIMIT ?3",
            [&](Row row) { lines.push_back(line_from(row)); }, portal, before, limit);
        return lines;
    });
}

Result<AuditVerdict, StoreError> SqliteStore::verify_audit(const std::string& portal) {
    return m_database.read([&](Connection& db) {
        AuditVerdict verdict;
        verdict.hash = std::string(HASH_BYTES, '\0');
        db.each(
            "SELECT " FOYER_AUDIT_COLUMNS " FROM audit_log WHERE portal = ? ORDER BY sequence",
            [&](Row row) {
                if (verdict.broken)
                    return;
                const AuditLine line = line_from(row);
                std::string fault = fault_of(line, verdict.lines + 1, verdict.hash);
                if (!fault.empty()) {
                    verdict.broken = AuditVerdict::Broken{line.sequence, std::move(fault)};
                    return;
                }
                verdict.lines = line.sequence;
                verdict.hash = line.hash;
            },
            portal);
        return verdict;
    });
}

} // namespace foyer::server::sqlite
