// The answer of GET …/sync, as docs/wire-format.md describes it. What an account may not see is left out here: this is
// the only place where a family's data becomes an answer.
#pragma once

#include "base/clock.h"
#include "i18n/texts.h"
#include "store/snapshots.h"
#include "wire/json.h"

#include <string>

namespace foyer::server {

struct SnapshotReader {
    std::string thumbprint;   // of the device that asks
    const i18n::Texts& texts; // of the account's language
    UnixSeconds now = 0;
};

[[nodiscard]] wire::Json snapshot_json(const store::AccountSnapshot& snapshot, const SnapshotReader& reader);

} // namespace foyer::server
