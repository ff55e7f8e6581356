// Keeps the family's snapshot fresh: one signed call that the town holds until something is new, again and again while
// a screen of the family is shown. Internal to the wizard.
#pragma once

#include "wizard/action.h"
#include "wizard/family/snapshot.h"
#include "wizard/turn.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wizard::family {

// The body of GET /api/v1/{slug}/sync. Members nobody here knows are passed over, texts that are missing are empty;
// nothing when it is not a snapshot at all.
[[nodiscard]] std::optional<Snapshot> read_snapshot(std::string_view json);

// A screen of the family is shown: asks unless an answer or a waking is awaited already.
void keep_fresh(const Turn& turn);
// Without waiting for the next waking: something has just been sent that changes the snapshot, or the person asks.
void ask_now(const Turn& turn);
// False: not this call.
bool sync_answered(const Turn& turn, const CallResult& result);
bool sync_woken(const Turn& turn, const Woken& woken);
} // namespace foyer::wizard::family
