// The town's band at the top and where to ask for help at the foot: the same on the wizard's screens and on the pages
// that the server writes without a wizard (the activation page).
#pragma once

#include "i18n/texts.h"
#include "portal/portal.h"
#include "scene/builder.h"

#include <string>

namespace foyer::wizard {

// Logo and name, inside the open group "page-header". `prefix` is "/oudon", `home` the address of the first screen.
void describe_town(scene::Builder& scene, const portal::Portal& portal, const i18n::Texts& texts,
                   const std::string& prefix, std::string home);

// Help in the same place on every page (WCAG 2.2, 3.2.6); nothing when the town names no contact.
void describe_help(scene::Builder& scene, const portal::Portal& portal, const i18n::Texts& texts);

} // namespace foyer::wizard
