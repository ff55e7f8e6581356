// The use case “data that has served is erased”: every rule of a town's portal.json, batch after batch, with a report.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "domain/calendar.h"
#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "security/crypto.h"
#include "store/privacy.h"

#include <functional>
#include <string>

namespace foyer::server::privacy {

// Rows that one transaction looks at: families' requests wait for the writer, so it is kept for milliseconds.
inline constexpr int ROWS_AT_ONCE = 50;
// A request that somebody has had open within this time is left for another day; the console says so every 15 seconds.
inline constexpr UnixSeconds OPEN_SECONDS = 120;

// `on`: the first day on which it may be gone.
using NoticeWriter = std::function<store::NewMail(const portals::Published& town, const store::Account& account,
                                                  domain::CalendarDate on)>;
// The mail of mail/letters.h, in the family's language.
[[nodiscard]] NoticeWriter notice_writer(std::function<const i18n::Texts&(std::string_view language)> texts,
                                         security::RandomSource& random, std::string origin);

// After its day has come a notice is good for so long: nights on which nothing could be erased do not make it void,
// but a family of which somebody came back and left again for years is told anew.
inline constexpr UnixSeconds NOTICE_GOOD_FOR = UnixSeconds{90} * 86'400;

struct RetentionOrder {
    std::string by; // "daily", "terminal"
    bool dry_run = false;
    int rows_at_once = ROWS_AT_ONCE;
    // Makes the mail that tells a family when its account will be erased. Without it nobody is told, and so no inactive
    // account is erased.
    NoticeWriter write_notice = {};
    // Asked between two batches; true ends the run, which is then "interrupted" and begun anew by the next one.
    std::function<bool()> is_stopped = [] { return false; };
};

enum class RetentionObstacle {
    storage, // what was done until then is done, and in the report
    stopped,
};

// Whoever calls holds the lock of RetentionLock. Gives the report.
[[nodiscard]] Result<store::RetentionRun, RetentionObstacle> run_retention(store::PrivacyStore& store,
                                                                           const portals::Published& town,
                                                                           const Clock& clock,
                                                                           const RetentionOrder& order);

// Where the lock is, that two programs never do it at once: a folder in the data folder.
[[nodiscard]] std::string retention_lock_folder(const std::string& data_folder);

} // namespace foyer::server::privacy
