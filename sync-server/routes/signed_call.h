// What every signed request goes through: the signature, for sealed calls the seal and its town. A refusal is a reply.
#pragma once

#include "http/problem.h"
#include "routes/surroundings.h"

#include <variant>

namespace foyer::server::routes {

[[nodiscard]] security::IncomingRequest incoming(const http::Request& request);

[[nodiscard]] http::Refusal refusal_of(security::SignatureRefusal refusal);
[[nodiscard]] http::Refusal refusal_of(const SealedRefusal& refusal);
[[nodiscard]] http::Refusal refusal_of(store::StoreError error);

struct SignedCall {
    const portals::Published* town = nullptr;
    security::VerifiedRequest sender;
};
// For calls without a body. The path's {slug} must be a town.
[[nodiscard]] Result<SignedCall, http::Refusal> check_call(const Surroundings& around, const http::Request& request);

struct SealedCall {
    const portals::Published* town = nullptr;
    security::VerifiedRequest sender;
    form::Answers answers; // may hold secrets
};
// For sealed calls of this procedure; counts against the address's submissions.
[[nodiscard]] Result<SealedCall, http::Refusal>
check_sealed_call(const Surroundings& around, const http::Request& request, form::Procedure procedure);

} // namespace foyer::server::routes
