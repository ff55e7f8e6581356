// The dashboard of a family that is logged in, and what its other pages share with it. Internal to the wizard.
#pragma once

#include "wizard/describe_form.h"
#include "wizard/turn.h"

#include <string>
#include <string_view>

namespace foyer::wizard::family {

void describe_dashboard(const Page& page);

// One live line: what has just changed, or why nothing can; with the snapshot's age and a button while offline.
void describe_freshness(const Page& page);
// Where an envelope is on its way to the town: a state, and what follows from it.
void describe_sending(const Page& page, const Sending& sending, const std::string& id);
// Another visit's envelope of this procedure is on its way: whoever begins a second one should know.
void describe_under_way(const Page& page, form::Procedure procedure);
// There is something to show. If not, the freshness says why.
[[nodiscard]] bool has_snapshot(const Page& page);
// A link to another screen, which looks like a button when it has an emphasis.
scene::Node& describe_way(const Page& page, std::string id, const Route& route, std::string label,
                          scene::Emphasis emphasis = scene::Emphasis::normal);
// The link at the foot of every page but the dashboard itself.
void describe_way_back(const Page& page);

// Links and buttons of these pages; false: none of them.
bool press_dashboard(const Turn& turn, std::string_view node);

} // namespace foyer::wizard::family
