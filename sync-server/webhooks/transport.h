// How an event reaches its receiver: curl_transport.h, or a test's own.
#pragma once

#include "webhooks/signed_event.h"

#include <string>

namespace foyer::server::webhooks {

struct Response {
    int status = 0;     // 0: none came
    std::string reason; // why none came, in a few words without an address
};

class Transport {
public:
    virtual ~Transport() = default;
    // Called by one thread at a time; takes a few seconds at most.
    virtual Response post(const OutgoingEvent& event) = 0;
    // Ends what is being posted, and whatever will be. Any thread.
    virtual void stop() = 0;
};

} // namespace foyer::server::webhooks
