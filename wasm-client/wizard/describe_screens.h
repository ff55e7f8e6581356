// The screens that are not forms. Internal to the wizard.
#pragma once

#include "wizard/describe_form.h"

namespace foyer::wizard {

void describe_landing(const Page& page);
void describe_welcome(const Page& page);
void describe_confirmation(const Page& page);

// A link to another screen of the portal: node "go-<name>".
scene::Node& describe_go(const Page& page, std::string_view name, Screen screen, TextKey label);

} // namespace foyer::wizard
