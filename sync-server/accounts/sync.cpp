#include "accounts/sync.h"

#include <algorithm>

namespace foyer::server {

namespace {

constexpr int SHOWN = 50; // submissions and messages

// Whoever was held asks again at once; whoever was not, because nobody may be or because it did not want to, after a
// while. A server that stops is back in a moment.
constexpr int SOON = 1;
constexpr int LATER = 20;
constexpr int AFTER_RESTART = 5;

} // namespace

Result<SyncAnswer, store::StoreError> Sync::ask(const portals::Published& town, const std::string& thumbprint,
                                                const SyncQuestion& question) {
    int poll_after = LATER;
    for (bool may_wait = question.wait.count() > 0;; may_wait = false) {
        // Asked anew after the wait: what has changed may be that this device was unbound.
        const auto account = m_around.accounts.account_of_device(town.portal.slug, thumbprint);
        if (!account)
            return Failure{account.error()};
        if (!*account)
            return SyncAnswer(NotLoggedIn{});
        if (!m_around.accounts.device_seen(town.portal.slug, thumbprint, m_around.clock.now()))
            m_around.log.warning("device_seen_not_kept"); // a full disk must not keep a family from reading
        const auto newest = m_around.snapshots.cursor_of((*account)->id);
        if (!newest)
            return Failure{newest.error()};
        // Not "greater": a restored backup may be older than what the device has seen.
        if (question.cursor != *newest) {
            auto snapshot = m_around.snapshots.snapshot((*account)->id, SHOWN, m_around.clock.now());
            if (!snapshot)
                return Failure{snapshot.error()};
            if (!*snapshot)
                return SyncAnswer(NotLoggedIn{});
            return SyncAnswer(std::move(**snapshot));
        }
        if (!may_wait)
            return SyncAnswer(NothingNew{poll_after});
        switch (m_watch.hold((*account)->id, *newest, std::min(question.wait, LONGEST_WAIT))) {
        case ChangeWatch::Outcome::changed:
        case ChangeWatch::Outcome::nothing:
            poll_after = SOON;
            break;
        case ChangeWatch::Outcome::no_room:
            return SyncAnswer(NothingNew{LATER});
        case ChangeWatch::Outcome::stopping:
            return SyncAnswer(NothingNew{AFTER_RESTART});
        }
    }
}

} // namespace foyer::server
