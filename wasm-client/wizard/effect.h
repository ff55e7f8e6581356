// What the wizard asks of the world. update() returns these; the platform carries them out and answers with actions.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace foyer::wizard {

// Seal, sign, stamp and keep this submission until a receipt has been verified. Answered by SubmissionState,
// several times as it moves on.
struct Submit {
    unsigned id = 0;
    std::uint16_t procedure = 0;
    std::string plaintext; // canonical JSON, padded (wire/payload.h)
};
// A signed call of the API that is answered now or not at all. Answered by CallResult.
struct Call {
    unsigned id = 0;
    std::string method;          // "GET", "POST", "DELETE"
    std::string path;            // "/api/v1/oudon/sessions"
    std::uint16_t procedure = 0; // 0: no body; else the plaintext is sealed like an envelope
    std::string plaintext;
};
// Show this address in the browser's bar (a new entry in its history unless `replace`).
struct ShowPath {
    std::string path;
    bool replace = false;
};
// Fetch a file that only some people need: "communes", "font_extended", "texts_en", "family",
// "addresses" (the town's index and what searches it). Answered by Loaded.
struct Load {
    std::string what;
};
// Leave for another page.
struct Leave {
    std::string url;
};
// Remember, for the next visit only, whether this device is bound to an account.
struct RememberBound {
    bool bound = false;
};

// Show the plain text version (or the painted one) from now on.
struct ShowAs {
    bool text = false;
};
// Open the browser's print dialogue: the receipt is what the screen shows.
struct Print {};

// Answered by Woken once the seconds are over and the page can be seen.
struct WakeAfter {
    unsigned id = 0;
    unsigned seconds = 0;
};

// Search the town's addresses. Answered by AddressesFound, unless a later question has overtaken it.
struct FindAddresses {
    std::string field; // the answer's key
    std::string typed;
    unsigned revision = 0;
};

using Effect =
    std::variant<Submit, Call, ShowPath, Load, Leave, RememberBound, ShowAs, Print, WakeAfter, FindAddresses>;
using Effects = std::vector<Effect>;

} // namespace foyer::wizard
