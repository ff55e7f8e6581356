// What has been typed and not been sent, as one text for the device to keep where the person wants that
// (web/vault/drafts.ts), and back again. Never a password, a mailed key, the consent or the security check: those are
// given anew.
#pragma once

#include "wizard/environment.h"
#include "wizard/state.h"
#include "wizard/turn.h"

#include <string>
#include <string_view>

namespace foyer::wizard {

// A JSON object, {"entourage":{…},"owner":"…","path":"…","registration":{…},"version":1}; empty when there is nothing
// to keep. `owner`: the account that the entourage belongs to.
[[nodiscard]] std::string draft_of(const State& state, const Environment& environment);

// Takes up the answers that the portal's forms still ask for, and goes to where the person was, or to the first step
// that wants something. What is no draft changes nothing. An entourage waits until its owner is known to be logged in,
// and is nobody else's to see.
void restore_draft(const Turn& turn, std::string_view draft);

// After every action: an entourage that waits is taken up once its owner is there.
void settle_draft(const Turn& turn);

} // namespace foyer::wizard
