// Holds the requests that wait for something to change in an account (GET …/sync?wait=), and lets them go when it does.
//
// One thread looks for all of them: when a use case rings, and once a second, because the town's command line changes
// the same database from another process. Nobody is held: nothing runs. A held request occupies the worker that
// answers it, so only so many are held, and only a few for one account; the others are told at once that there is no
// room, and ask again later.
#pragma once

#include "base/result.h"
#include "store/accounts.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <thread>
#include <vector>

namespace foyer::server {

class ChangeWatch {
public:
    // The newest change of each of these accounts, in their order. Called by the watch's thread only.
    using NewestChanges = std::function<Result<std::vector<std::int64_t>, store::StoreError>(
        const std::vector<store::AccountId>& accounts)>;

    struct Options {
        std::size_t held_at_once = 16;
        std::size_t held_per_account = 2;
        std::chrono::milliseconds look_every{1000};
        // For tests, which hold nothing by the clock: called whenever a request has begun to be held.
        std::function<void()> on_held = [] {};
    };

    ChangeWatch(NewestChanges newest, Options options);
    ~ChangeWatch(); // lets everybody go first
    ChangeWatch(const ChangeWatch&) = delete;
    ChangeWatch& operator=(const ChangeWatch&) = delete;

    enum class Outcome { changed, nothing, no_room, stopping };
    // Returns when the account's newest change is not `known` any more, after `at_most`, or when the server stops. What
    // changed before the call counts too.
    [[nodiscard]] Outcome hold(store::AccountId account, std::int64_t known, std::chrono::milliseconds at_most);

    // Something may have changed. Any thread; cheap, and cheapest while nobody is held.
    void ring();
    // Lets everybody go, and holds nobody from now on.
    void stop();

private:
    struct Held {
        store::AccountId account;
        std::int64_t known = 0;
        bool changed = false;
        std::condition_variable let_go = {};
    };

    void look();
    bool has_room(store::AccountId account) const;

    const NewestChanges m_newest;
    const Options m_options;
    std::mutex m_mutex;
    std::condition_variable m_wanted; // somebody is held, somebody rang, or it is over
    std::list<Held> m_held;
    bool m_rung = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace foyer::server
