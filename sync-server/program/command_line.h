// foyer-server's command line: which command, which flags, and the settings that come of them.
#pragma once

#include "program/tool_line.h"
#include "settings/settings.h"

#include <string>
#include <vector>

namespace foyer::server {

// Documented in docs/configuration.md; scripts may rely on them.
enum class ExitCode {
    success = 0,
    failure = 1,       // the command was understood and did not succeed
    usage = 2,         // unknown command or flag
    configuration = 3, // a setting is wrong
    portal = 4,        // a portal.json is wrong
};

struct CommandLine {
    enum class Command { help, version, serve, init, check_portal, backup, tool };
    Command command = Command::help;
    std::string config_file; // empty: FOYER_CONFIG, else /etc/foyer/foyer.conf when there is one
    std::vector<std::pair<std::string, std::string>> flags;
    std::vector<std::string> operands;
    ToolLine tool; // of keys, families, submissions, staff, audit; also with help, when it was asked for there
};

// The error is a sentence.
[[nodiscard]] Result<CommandLine, std::string> read_command_line(const std::vector<std::string>& arguments);

[[nodiscard]] std::string help_text(const CommandLine& line = {});

// Reads the file, the environment and the flags. Every mistake is one sentence.
[[nodiscard]] Result<Settings, std::vector<std::string>> settings_from(const CommandLine& command_line,
                                                                       const char* const* environment);

} // namespace foyer::server
