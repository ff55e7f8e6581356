// foyer-server: reads its command line and hands over to program/.
#include "addresses/commands.h"
#include "program/address_town.h"
#include "program/command_line.h"
#include "program/server_program.h"
#include "program/tools.h"

#include <cstdio>
#include <iostream>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

using foyer::server::CommandLine;
using foyer::server::ExitCode;

namespace {

int finished(ExitCode code) { return static_cast<int>(code); }

int refused(const std::vector<std::string>& sentences, ExitCode code) {
    for (const std::string& sentence : sentences)
        std::fprintf(stderr, "foyer-server: %s\n", sentence.c_str());
    return finished(code);
}

} // namespace

int main(int count, char** values) {
    // Public data that the server's own user must be able to read, whoever makes it: before the mask below.
    if (count > 1 && std::string_view(values[1]) == "addresses")
        return foyer::server::addresses::run({values + 2, values + count}, foyer::server::find_address_town, std::cin,
                                             std::cout, std::cerr);
    ::umask(077); // what it writes holds families' answers: its own user reads it and nobody else
    const auto line = foyer::server::read_command_line(std::vector<std::string>(values + 1, values + count));
    if (!line)
        return refused({line.error()}, ExitCode::usage);
    switch (line->command) {
    case CommandLine::Command::help:
        std::fputs(foyer::server::help_text(*line).c_str(), stdout);
        return 0;
    case CommandLine::Command::version:
        std::puts("foyer-server " FOYER_VERSION);
        return 0;
    case CommandLine::Command::check_portal:
        return finished(foyer::server::check_portals(line->operands));
    case CommandLine::Command::serve:
    case CommandLine::Command::init:
    case CommandLine::Command::backup:
    case CommandLine::Command::tool:
        break;
    }
    const auto settings = foyer::server::settings_from(*line, environ);
    if (!settings)
        return refused(settings.error(), ExitCode::configuration);
    if (line->command == CommandLine::Command::tool)
        return finished(foyer::server::run_tool(*settings, line->tool));
    if (line->command == CommandLine::Command::init)
        return finished(foyer::server::init(*settings, line->config_file));
    if (line->command == CommandLine::Command::backup)
        return finished(foyer::server::backup(*settings, line->operands.front()));
    return finished(foyer::server::serve(*settings, FOYER_VERSION));
}
