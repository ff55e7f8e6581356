// From the bytes of a sealed request to the answers in it: the stamp, the seal, the payload, the portal's revision.
// Shared by envelopes and by the sealed calls (login, lost password…).
#pragma once

#include "base/result.h"
#include "portals/catalogue.h"
#include "security/envelope_opening.h"
#include "security/request_signature.h"
#include "wire/payload.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server {

// Why something sealed was not taken. The routes say it in HTTP.
struct SealedRefusal {
    enum class Kind {
        malformed,        // not an envelope, not a payload, another town's or another procedure's
        not_opened,       // the seal does not verify
        stamp,            // missing or too cheap
        unknown_revision, // no portal of this server had it
        answers,          // understood, and refused: `problems`
    };
    Kind kind = Kind::malformed;
    std::string code;
    std::vector<Problem> problems = {};
};

struct SealedForm {
    wire::Payload payload; // holds secrets
    const portals::Published* published = nullptr;
    std::string revision;
};

struct SealedInput {
    std::string_view body;
    std::string_view context; // 16 bytes: the envelope's id or the call's nonce
    std::string_view digest;  // SHA-256 of the body
    std::string_view device_thumbprint;
    std::optional<std::string> stamp;
    bool costs_stamp = true;
};

[[nodiscard]] Result<SealedForm, SealedRefusal> open_form(const SealedInput& input, const security::ServerKeys& keys,
                                                          const portals::Catalogue& catalogue);

} // namespace foyer::server
