// The wizard's only two ways forward: begin, and react to an action. Both are pure: the same state, action and
// environment give the same result, and nothing outside is touched; what the world has to do is in the effects.
#pragma once

#include "wizard/action.h"
#include "wizard/effect.h"
#include "wizard/environment.h"
#include "wizard/state.h"

#include <cstdint>
#include <optional>
#include <string>

namespace foyer::wizard {

struct Update {
    State state;
    Effects effects;
};

struct Start {
    std::string path{};          // under the portal, with or without its prefix: "inscription/adresse"
    std::string query{};         // without "?": "lang=en", "id=…&key=…"
    std::string language{};      // wanted when the query names none; empty: the portal's first
    std::optional<bool> bound{}; // as last told by RememberBound; nothing on the server
    std::uint64_t seed = 0;      // random: which icons the security check shows
    bool text_mode = false;
    bool addresses = false; // the page knows the town's index; the platform tells the environment
};

[[nodiscard]] Update start(const Start& start, const Environment& environment);
[[nodiscard]] Update update(State state, const Action& action, const Environment& environment);

// Closing the page now would lose something the person has typed.
[[nodiscard]] bool has_unsent_answers(const State& state);

} // namespace foyer::wizard
