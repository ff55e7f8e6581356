// The town hall's console: a page that holds nothing but its frame. What it shows it asks the staff endpoints for.
#pragma once

#include "i18n/texts.h"
#include "portal/portal.h"

#include <functional>
#include <string>
#include <string_view>

namespace foyer::server::pages {

// `texts`: French, as all of the console. `asset`: "staff.js" -> its address.
[[nodiscard]] std::string console_page(const portal::Portal& portal, const i18n::Texts& texts,
                                       const std::function<std::string(std::string_view)>& asset);

// Only its own files, no markup made of text (W3C Trusted Types), no form that leaves the page, no frame around it.
inline constexpr const char* CONSOLE_POLICY =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'";

} // namespace foyer::server::pages
