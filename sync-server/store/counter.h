// Tickets of the town hall's counter: what a page shows that an agent has opened for a family, so that what is sent
// from it is marked (docs/decisions/0013-counter.md). A ticket opens nothing.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/result.h"
#include "store/audit.h"
#include "store/colleague.h"
#include "store/error.h"

#include <optional>
#include <string>

namespace foyer::server::store {

struct NewCounterTicket {
    std::string portal;
    StaffId staff;
    std::string key_hash; // of its text, 32 bytes
    UnixSeconds now = 0;
    UnixSeconds expires_at = 0;
};

struct CounterTicketUse {
    std::string portal;   // of what is being sent
    std::string key_hash; // 32 bytes
    std::string device;   // 32 bytes: of a tab's name, or the thumbprint of a device that gives none
    UnixSeconds now = 0;
};

class CounterStore {
public:
    virtual ~CounterStore() = default;

    // With the line of the audit log that tells it. Those that are over are forgotten.
    virtual Result<Done, StoreError> add_counter_ticket(const NewCounterTicket& ticket, const NewAuditLine& line) = 0;

    // Whose ticket it is; from now on it is this device's alone. Nothing: unknown, over, another town's, another
    // device's, or its agent is disabled.
    virtual Result<std::optional<Colleague>, StoreError> use_counter_ticket(const CounterTicketUse& use) = 0;
};

} // namespace foyer::server::store
