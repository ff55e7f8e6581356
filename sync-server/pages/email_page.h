// The page behind the link that confirms a new e-mail address, and what its button answers. Plain HTML, no script: the
// form goes back to the link's own address, as on the activation page.
#pragma once

#include "accounts/email_changes.h"
#include "pages/layout.h"

#include <string>

namespace foyer::server::pages {

// The button. `email`: the new address, in full: whoever has this link reads the mails that arrive there.
[[nodiscard]] std::string email_form_page(const Frame& frame, const std::string& email);
[[nodiscard]] std::string email_confirmed_page(const Frame& frame);
// Used, replaced or old; or no such link.
[[nodiscard]] std::string email_link_refused_page(const Frame& frame, EmailLinkState state);

} // namespace foyer::server::pages
