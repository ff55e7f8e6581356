// Nothing here waits by the clock: a request is known to be held when the watch says so, and what it is held for
// happens then.
#include "accounts/change_watch.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <map>
#include <memory>

using namespace foyer;
using namespace foyer::server;
using Outcome = ChangeWatch::Outcome;
using store::AccountId;

namespace {

constexpr std::chrono::minutes FOR_EVER{10};

// The changes of accounts, as a database would tell them.
class Changes {
public:
    void set(AccountId account, std::int64_t newest) {
        const std::lock_guard lock(m_mutex);
        m_newest[account.number()] = newest;
    }
    Result<std::vector<std::int64_t>, store::StoreError> newest(const std::vector<AccountId>& accounts) {
        const std::lock_guard lock(m_mutex);
        ++m_looks;
        if (m_broken)
            return Failure{store::StoreError::unavailable};
        std::vector<std::int64_t> numbers;
        for (const AccountId account : accounts)
            numbers.push_back(m_newest[account.number()]);
        return numbers;
    }
    void break_down(bool broken) {
        const std::lock_guard lock(m_mutex);
        m_broken = broken;
    }
    int looks() {
        const std::lock_guard lock(m_mutex);
        return m_looks;
    }

private:
    std::mutex m_mutex;
    std::map<std::int64_t, std::int64_t> m_newest;
    int m_looks = 0;
    bool m_broken = false;
};

// A number that threads raise and others wait for.
class Count {
public:
    void raise() {
        const std::lock_guard lock(m_mutex);
        ++m_count;
        m_changed.notify_all();
    }
    void wait_for(int count) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_count >= count; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    int m_count = 0;
};

struct World {
    Changes changes;
    Count held;
    std::unique_ptr<ChangeWatch> watch;

    explicit World(std::chrono::milliseconds look_every = FOR_EVER, std::size_t at_once = 16) {
        ChangeWatch::Options options;
        options.look_every = look_every;
        options.held_at_once = at_once;
        options.on_held = [this] { held.raise(); };
        watch = std::make_unique<ChangeWatch>(
            [this](const std::vector<AccountId>& accounts) { return changes.newest(accounts); }, options);
    }
};

// A request held on a thread of its own.
class Request {
public:
    Request(ChangeWatch& watch, AccountId account, std::int64_t known)
        : m_thread([this, &watch, account, known] { m_outcome = watch.hold(account, known, FOR_EVER); }) {}
    Outcome outcome() {
        m_thread.join();
        return m_outcome;
    }

private:
    Outcome m_outcome = Outcome::nothing;
    std::thread m_thread;
};

} // namespace

TEST_CASE("a held request is let go when its account changes, and only then") {
    World world;
    Request mine(*world.watch, AccountId(1), 0);
    Request other(*world.watch, AccountId(2), 0);
    world.held.wait_for(2);
    world.changes.set(AccountId(1), 17);
    world.watch->ring();
    CHECK(mine.outcome() == Outcome::changed);
    world.watch->stop();
    CHECK(other.outcome() == Outcome::stopping);
}

TEST_CASE("what changed just before a request was held counts too, without anybody ringing") {
    World world;
    world.changes.set(AccountId(1), 5);
    CHECK(world.watch->hold(AccountId(1), 4, FOR_EVER) == Outcome::changed);
    // Also when the database is an older one than the device remembers.
    CHECK(world.watch->hold(AccountId(1), 6, FOR_EVER) == Outcome::changed);
}

TEST_CASE("what another process changes is found without anybody ringing") {
    World world(std::chrono::milliseconds(1));
    Request mine(*world.watch, AccountId(1), 0);
    world.held.wait_for(1);
    world.changes.set(AccountId(1), 1);
    CHECK(mine.outcome() == Outcome::changed);
}

TEST_CASE("a request is held no longer than it asked for") {
    World world;
    CHECK(world.watch->hold(AccountId(1), 0, std::chrono::milliseconds(1)) == Outcome::nothing);
}

TEST_CASE("only so many are held at once, and few for one account; the others are told so") {
    World world(FOR_EVER, 3);
    Request first(*world.watch, AccountId(1), 0);
    Request second(*world.watch, AccountId(1), 0);
    world.held.wait_for(2);
    CHECK(world.watch->hold(AccountId(1), 0, FOR_EVER) == Outcome::no_room);
    Request third(*world.watch, AccountId(2), 0);
    world.held.wait_for(3);
    CHECK(world.watch->hold(AccountId(3), 0, FOR_EVER) == Outcome::no_room);
    world.watch->stop();
    CHECK(first.outcome() == Outcome::stopping);
    CHECK(second.outcome() == Outcome::stopping);
    CHECK(third.outcome() == Outcome::stopping);
    CHECK(world.watch->hold(AccountId(3), 0, FOR_EVER) == Outcome::stopping);
}

TEST_CASE("a server with one worker holds nobody") {
    World world(FOR_EVER, 0);
    CHECK(world.watch->hold(AccountId(1), 0, FOR_EVER) == Outcome::no_room);
}

TEST_CASE("a storage that fails for a while keeps requests waiting and is asked again") {
    World world(std::chrono::milliseconds(1));
    world.changes.break_down(true);
    Request mine(*world.watch, AccountId(1), 0);
    world.held.wait_for(1);
    world.changes.set(AccountId(1), 1);
    world.changes.break_down(false);
    CHECK(mine.outcome() == Outcome::changed);
}

TEST_CASE("while nobody is held nothing is asked of the database") {
    World world(std::chrono::milliseconds(1));
    for (int i = 0; i < 100; ++i)
        world.watch->ring();
    CHECK(world.changes.looks() == 0);
}
