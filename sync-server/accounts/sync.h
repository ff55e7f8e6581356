// What a device that is logged in asks again and again: is there anything new? (GET …/sync)
#pragma once

#include "accounts/account_surroundings.h"
#include "accounts/change_watch.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace foyer::server {

struct SyncQuestion {
    std::optional<std::int64_t> cursor; // what the device has seen; nothing: it has nothing
    std::chrono::seconds wait{0};       // how long it would wait for something new
};

struct NothingNew {
    int poll_after_seconds = 0; // when to ask again
};
struct NotLoggedIn {};
using SyncAnswer = std::variant<store::AccountSnapshot, NothingNew, NotLoggedIn>;

class Sync {
public:
    Sync(AccountSurroundings surroundings, ChangeWatch& watch) : m_around(std::move(surroundings)), m_watch(watch) {}

    // May hold the calling thread for as long as the question says, at most LONGEST_WAIT.
    [[nodiscard]] Result<SyncAnswer, store::StoreError>
    ask(const portals::Published& town, const std::string& thumbprint, const SyncQuestion& question);

    static constexpr std::chrono::seconds LONGEST_WAIT{25};

private:
    AccountSurroundings m_around;
    ChangeWatch& m_watch;
};

} // namespace foyer::server
