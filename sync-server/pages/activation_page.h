// The page behind the link of the activation mail, and what its button answers. Plain HTML, no script: the form goes
// back to the link's own address, so the link's number and key are in the query of both.
#pragma once

#include "accounts/account_service.h"
#include "pages/layout.h"

#include <string>
#include <string_view>

namespace foyer::server::pages {

enum class IdentifierMistake { none, needed, wrong, taken };

// The button, with a field for another identifier when the wanted one is taken. `typed` is shown again.
[[nodiscard]] std::string activation_form_page(const Frame& frame, const store::Account& account,
                                               std::string_view typed = {},
                                               IdentifierMistake mistake = IdentifierMistake::none);
[[nodiscard]] std::string activated_page(const Frame& frame, std::string_view identifier);
// Already active, revoked, expired, wrong key, unknown: each its own answer.
[[nodiscard]] std::string link_refused_page(const Frame& frame, LinkState state);

} // namespace foyer::server::pages
