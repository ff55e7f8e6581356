// foyer-server: reads its command line and hands over to program/.
#include "program/command_line.h"
#include "program/server_program.h"

#include <cstdio>
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
    ::umask(077); // what it writes holds families' answers: its own user reads it and nobody else
    const auto line = foyer::server::read_command_line(std::vector<std::string>(values + 1, values + count));
    if (!line)
        return refused({line.error()}, ExitCode::usage);
    switch (line->command) {
    case CommandLine::Command::help:
        std::fputs(foyer::server::help_text().c_str(), stdout);
        return 0;
    case CommandLine::Command::version:
        std::puts("foyer-server " FOYER_VERSION);
        return 0;
    case CommandLine::Command::check_portal:
        return finished(foyer::server::check_portals(line->operands));
    case CommandLine::Command::serve:
    case CommandLine::Command::init:
    case CommandLine::Command::backup:
        break;
    }
    const auto settings = foyer::server::settings_from(*line, environ);
    if (!settings)
        return refused(settings.error(), ExitCode::configuration);
    if (line->command == CommandLine::Command::init)
        return finished(foyer::server::init(*settings, line->config_file));
    if (line->command == CommandLine::Command::backup)
        return finished(foyer::server::backup(*settings, line->operands.front()));
    return finished(foyer::server::serve(*settings, FOYER_VERSION));
}
