// GET /{slug}/…: web/index/page.html with the screen's HTML already in it, made by the wizard itself, so that a family
// reads the first screen before anything has loaded, and the page's script adopts it.
#pragma once

#include "base/clock.h"
#include "i18n/texts.h"
#include "pages/layout.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::server::pages {

struct ShellInput {
    const portal::Portal& portal;
    const i18n::Texts& texts; // of the language asked for
    std::string path;         // under the portal: "inscription/identite"
    std::string query;        // without "?"; holds the key of a reset link on that screen, so it is not repeated
    UnixSeconds now = 0;
    std::function<std::string(std::string_view logical_name)> asset; // hashed address, or empty
    Edition edition;
    portals::Conformity conformity = portals::Conformity::none;
};

// Nothing when the portal has no such screen.
[[nodiscard]] std::optional<std::string> shell_page(const ShellInput& input);
// The same without a screen: a device keeps it for when there is no network, and opens every address with it.
[[nodiscard]] std::string bare_shell_page(const ShellInput& input);

} // namespace foyer::server::pages
