// Runs the commands of tool_line.h. They work on the server's data, also while it runs: the database takes both as
// writers, and the server's mail thread finds what they have queued.
#pragma once

#include "program/command_line.h"
#include "program/tool_line.h"

namespace foyer::server {

[[nodiscard]] ExitCode run_tool(const Settings& settings, const ToolLine& line);

} // namespace foyer::server
