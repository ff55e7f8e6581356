// What the use cases of accounts work with; the program and the tests put it together. Everything outlives them and may
// be used from any thread.
#pragma once

#include "base/clock.h"
#include "domain/reference_data.h"
#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "security/passwords.h"
#include "store/accounts.h"
#include "store/households.h"
#include "store/keys.h"
#include "store/snapshots.h"
#include "store/submissions.h"
#include "support/background.h"
#include "support/log.h"

#include <functional>
#include <string>
#include <string_view>

namespace foyer::server {

struct AccountSurroundings {
    store::AccountStore& accounts;
    store::SnapshotStore& snapshots;
    store::SubmissionStore& submissions;
    store::HouseholdStore& households;
    store::KeyStore& keys;
    const Clock& clock;
    security::RandomSource& random;
    security::PasswordHasher& hasher;
    Background& background;
    Log& log;
    const domain::ReferenceData* reference = nullptr;
    std::function<const i18n::Texts&(std::string_view language)> texts;
    std::string origin; // stands in the mails' links
    std::function<void()> on_mail = [] {};
    std::function<void()> on_change = [] {}; // something that accounts are shown has changed
    int logins_per_hour = 20;
    int mails_per_hour = 4;
};

} // namespace foyer::server
