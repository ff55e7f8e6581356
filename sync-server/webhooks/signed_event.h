// An event as it is posted: its body, and the town's signature of the request (RFC 9421). docs/webhooks.md is its
// description for those who receive it. Pure, but for the signature's chance.
#pragma once

#include "security/server_keys.h"
#include "store/webhooks.h"
#include "webhooks/destination.h"
#include "wire/http_signature.h"

#include <string>

namespace foyer::server::webhooks {

struct OutgoingEvent {
    Destination to;
    wire::Headers headers; // Content-Type, Content-Digest, Signature-Input, Signature
    std::string body;
};

// The same body at every attempt, signed anew.
[[nodiscard]] OutgoingEvent signed_event(const store::Delivery& delivery, Destination to,
                                         const security::ServerKeys& keys, UnixSeconds now);

} // namespace foyer::server::webhooks
