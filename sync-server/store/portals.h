// Every revision of every portal that was ever published: an envelope is judged under the one it was filled in with.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/error.h"

#include <string>
#include <vector>

namespace foyer::server::store {

struct PublishedPortal {
    std::string slug;
    std::string revision; // 16 bytes
    std::string document; // portal.json, byte for byte
};

class PortalStore {
public:
    virtual ~PortalStore() = default;

    // Publishing the same revision again changes nothing.
    virtual Result<Done, StoreError> publish(const PublishedPortal& portal, UnixSeconds now) = 0;

    // Every revision, oldest first.
    virtual Result<std::vector<PublishedPortal>, StoreError> all_revisions() = 0;
};

} // namespace foyer::server::store
