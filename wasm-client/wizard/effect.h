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
    // For the device's own list of what waits; sealed in the plaintext too, where they count.
    std::string account{};  // the reference of the account it belongs to, or empty
    std::string corrects{}; // the UUID of the request it corrects, or empty
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

// What the device keeps of a family's space for when there is no network (web/vault/homes.ts). Answered by Kept where
// `id` is not 0.
struct Keeping {
    enum class Act : std::uint8_t {
        open,           // what is kept, please; `text`: the password, once it has been asked for
        keep,           // `text`: what the town has just said
        seen,           // the town has said that nothing is new
        forget,         // the town does not know this device any more: wipe everything
        leave,          // the same, and tell the town as soon as it can be reached
        logged_in,      // `text`: the password that the town has just taken
        choose_open,    // keep it, and open it without a password
        choose_ask,     // keep it behind the password
        choose_nothing, // a shared computer
    };
    Act act = Act::open;
    unsigned id = 0;
    std::string owner{};   // the identifier of the account
    std::string account{}; // its reference
    std::string text{};
    std::int64_t at = 0; // Unix seconds: when the town said it
};

// Search the town's addresses. Answered by AddressesFound, unless a later question has overtaken it.
struct FindAddresses {
    std::string field; // the answer's key
    std::string typed;
    unsigned revision = 0;
};

using Effect =
    std::variant<Submit, Call, ShowPath, Load, Leave, RememberBound, ShowAs, Print, WakeAfter, Keeping, FindAddresses>;
using Effects = std::vector<Effect>;

} // namespace foyer::wizard
