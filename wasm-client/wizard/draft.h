// What has been typed and not been sent, as one text for the device to keep where the person wants that
// (web/vault/drafts.ts), and back again. Never a password, a mailed key, the consent or the security check: those are
// given anew.
#pragma once

#include "form/form.h"
#include "wizard/environment.h"
#include "wizard/state.h"
#include "wizard/turn.h"

#include <string>
#include <string_view>

namespace foyer::wizard {

// A JSON object, {"path":"…","version":1} with "registration":{…}, and with what belongs to the account of "owner":
// "entourage":{…}, "profile":{…} (what was changed), "correction":{…} with "number" and "asked". Empty when there is
// nothing to keep.
[[nodiscard]] std::string draft_of(const State& state, const Environment& environment);

// Takes up the answers that the portal's forms still ask for, and goes to where the person was, or to the first step
// that wants something. What is no draft changes nothing. What belongs to an account waits until the town has said what
// it knows of whoever is logged in, and is nobody else's to see.
void restore_draft(const Turn& turn, std::string_view draft);

// After every action: what waits is taken up once its owner is there.
void settle_draft(const Turn& turn);

// By the kind of its field, so that a town's own fields are judged too.
[[nodiscard]] bool may_be_kept(const form::FormDefinition& form, std::string_view key);
// Those answers that are not empty and may be kept.
[[nodiscard]] form::Answers keepable(const form::FormDefinition& form, const form::Answers& answers);
// Writes those that may be kept into the form.
void take_up(Sheet& sheet, const form::FormDefinition& form, const form::Answers& answers);

} // namespace foyer::wizard
