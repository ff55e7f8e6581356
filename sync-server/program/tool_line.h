// The commands with which the staff works from a terminal, also while the server runs: keys, families, submissions,
// staff, audit, retention, persons. What they look like, and their help.
#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer::server {

struct ToolLine {
    std::string group;                                       // "keys"
    std::string verb;                                        // "issue"
    std::map<std::string, std::string, std::less<>> options; // "--portal" -> "oudon"; one that stands alone -> "true"
    std::vector<std::string> operands;                       // files, numbers
    std::vector<std::pair<std::string, std::string>> flags;  // the server's own: "--data" -> "/var/lib/foyer"
    std::string config_file;
    bool help = false; // of this command, or of its group when the verb is empty

    [[nodiscard]] std::string option(std::string_view name) const; // empty when it is not there
    [[nodiscard]] bool has(std::string_view name) const;
};

[[nodiscard]] bool is_tool_group(std::string_view word);

// `arguments` begin with the group. The error is a sentence.
[[nodiscard]] Result<ToolLine, std::string> read_tool_line(const std::vector<std::string>& arguments);

// Of one command, or of all of a group.
[[nodiscard]] std::string tool_help(const ToolLine& line);
// One line for each command, for foyer-server --help.
[[nodiscard]] std::string tool_summaries();

} // namespace foyer::server
