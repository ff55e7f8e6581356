// A new e-mail address counts once the link mailed to it has been used: until then the old one receives everything, and
// it is told of the change when it is asked for and when it is done.
#pragma once

#include "accounts/account_surroundings.h"

#include <optional>
#include <string>
#include <string_view>

namespace foyer::server {

enum class EmailLinkState {
    usable,
    gone,    // used, replaced by a newer change, or too old
    unknown, // no such change in this town, or a wrong key
};

struct EmailLink {
    EmailLinkState state = EmailLinkState::unknown;
    std::string email; // the new address; only when the link is usable
};

class EmailChanges {
public:
    explicit EmailChanges(AccountSurroundings surroundings) : m_around(std::move(surroundings)) {}

    // Nothing changes. `change_id` and `key` are the link's, any text.
    [[nodiscard]] Result<EmailLink, store::StoreError> look_at_link(const portals::Published& town,
                                                                    std::string_view change_id, std::string_view key);
    // The button. `usable`: it is done, by this very press.
    [[nodiscard]] Result<EmailLinkState, store::StoreError> confirm(const portals::Published& town,
                                                                    std::string_view change_id, std::string_view key);

private:
    AccountSurroundings m_around;
};

} // namespace foyer::server
