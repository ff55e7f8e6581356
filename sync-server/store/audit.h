// What the staff did, line after line: only ever added to, each line bound to the one before it by its hash. Every town
// has a chain of its own. A change and its line are one transaction: neither exists without the other.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/error.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace foyer::server::store {

// Nothing in a line is personal data of a family: numbers and codes, which mean something only beside the other tables.
struct NewAuditLine {
    std::string portal; // the town's slug
    UnixSeconds at = 0;
    std::string actor;  // "staff:3", "token:7", "terminal", "nobody" (before a login)
    std::string action; // "session.begin", "submission.accept"
    std::string object; // "staff:3", "submission:OUDON-2026-000042"; may be empty
    std::map<std::string, std::string, std::less<>> details = {};
};

struct AuditLine {
    std::int64_t sequence = 0; // from 1, without gaps, per town
    UnixSeconds at = 0;
    std::string portal;
    std::string actor;
    std::string action;
    std::string object;
    std::string details;       // a JSON object of texts
    std::string previous_hash; // 32 bytes; zeros before the first line
    std::string hash;          // 32 bytes: docs/admin-guide.md says of what
};

struct AuditVerdict {
    std::int64_t lines = 0; // that were good
    std::string hash;       // of the last good one
    // The first line that is not as it was written, and what is wrong with it, in English.
    struct Broken {
        std::int64_t sequence = 0;
        std::string why;
    };
    std::optional<Broken> broken;
};

class AuditStore {
public:
    virtual ~AuditStore() = default;

    // For what changes nothing else: a file was looked at, a login failed.
    virtual Result<Done, StoreError> add_audit_line(const NewAuditLine& line) = 0;

    // Oldest first, those after this sequence number, at most `limit`.
    virtual Result<std::vector<AuditLine>, StoreError> audit_lines(const std::string& portal, std::int64_t after,
                                                                   int limit) = 0;
    // Newest first, those before this sequence number (0: from the newest), at most `limit`.
    virtual Result<std::vector<AuditLine>, StoreError> latest_audit_lines(const std::string& portal,
                                                                          std::int64_t before, int limit) = 0;

    // Reads the whole chain of a town, in constant memory.
    virtual Result<AuditVerdict, StoreError> verify_audit(const std::string& portal) = 0;
};

} // namespace foyer::server::store
