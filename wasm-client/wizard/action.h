// Everything that can happen to the wizard. The page's events and the platform's answers arrive as these.
#pragma once

#include "domain/postal_address.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace foyer::wizard {

// A field's text changed; `node` is the scene node's id. `composing`: an input method is at work, leave it alone.
struct Input {
    std::string node;
    std::string value;
    bool composing = false;
};
// The person left the field or pressed Enter in it: normalise it, look at it.
struct Commit {
    std::string node;
    std::string value;
};
struct Focus {
    std::string node;
};
struct Blur {
    std::string node;
};
// A button, link, checkbox or radio was activated.
struct Activate {
    std::string node;
};
// An option of a select or a suggestion was chosen.
struct Choose {
    std::string node;
    std::string option;
};
// The browser went to another address of the portal (back, forward, a typed address).
struct Navigate {
    std::string path;
};
// The answer to Call.
struct CallResult {
    unsigned effect = 0;
    int status = 0; // HTTP's; 0: the network did not answer
    std::string body;
};
// What became of an envelope handed over by Submit.
struct SubmissionState {
    unsigned effect = 0;
    enum class Kind { waiting, sending, acknowledged, refused } kind = Kind::waiting;
    std::string body; // acknowledged: the receipt's JSON; refused: problem+json
};
// A file asked for with Load is there (or is not: then the wizard goes on without it).
struct Loaded {
    std::string what;
    bool available = false;
};

// The answer to WakeAfter.
struct Woken {
    unsigned id = 0;
};

// What draft_of gave before the page was closed.
struct RestoreDraft {
    std::string draft;
};

// The answer to Keeping.
struct Kept {
    unsigned effect = 0;
    enum class State : std::uint8_t {
        nothing, // there is nothing, or nothing that may still be shown
        open,    // `text` is what the town said `at` that time
        locked,  // the password opens it
        wrong,   // that was not it; after some of these it takes `seconds` until the next one is looked at
        lost,    // there was something, and the browser has lost its key
    };
    State state = State::nothing;
    enum class Choice : std::uint8_t { impossible, unasked, open, ask, nothing };
    Choice choice = Choice::impossible; // the person's, on this device
    std::string text{};
    std::int64_t at = 0;
    unsigned seconds = 0;
    bool knows_password = false; // Act::choose_ask needs no other
};

// What waits on this device for this town, made by other visits or in other tabs: all of it, each time it changes.
struct OnDevice {
    struct Entry {
        std::string id; // the envelope's UUID
        std::uint16_t procedure = 0;
        std::string corrects{}; // the UUID of the request it corrects, or empty
        SubmissionState::Kind state = SubmissionState::Kind::waiting;
        std::string body{};       // as SubmissionState's
        std::int64_t made_at = 0; // Unix seconds
    };
    std::vector<Entry> entries;
};

// A key that moves in the list of a combobox; all others are the browser's.
struct Key {
    enum class Name : std::uint8_t { down, up, home, end, enter, escape };
    std::string node;
    Name name = Name::down;
};

// An address of the town's index; its parts as in form/address.h.
struct FoundAddress {
    std::string label; // "12 bis Rue d'Alsace 44521 Oudon"
    std::string number;
    std::string repetition;
    std::string street;
    std::string postal_code;
    std::string insee;
    std::string city;
    std::string position;
    domain::AddressState state = domain::AddressState::entered_by_hand;
};
// The answer to FindAddresses, the best first.
struct AddressesFound {
    std::string field;
    unsigned revision = 0;
    std::vector<FoundAddress> found;
};

using Action = std::variant<Input, Commit, Focus, Blur, Activate, Choose, Navigate, CallResult, SubmissionState, Loaded,
                            Woken, RestoreDraft, Kept, OnDevice, Key, AddressesFound>;

} // namespace foyer::wizard
