#include "program/command_line.h"

#include "support/files.h"

#include <filesystem>

namespace foyer::server {

namespace {

constexpr const char* USUAL_CONFIGURATION = "/etc/foyer/foyer.conf";

std::optional<CommandLine::Command> command_named(const std::string& name) {
    using Command = CommandLine::Command;
    if (name == "serve")
        return Command::serve;
    if (name == "init")
        return Command::init;
    if (name == "check-portal")
        return Command::check_portal;
    if (name == "backup")
        return Command::backup;
    if (name == "help" || name == "--help" || name == "-h")
        return Command::help;
    if (name == "version" || name == "--version")
        return Command::version;
    return std::nullopt;
}

} // namespace

Result<CommandLine, std::string> read_command_line(const std::vector<std::string>& arguments) {
    CommandLine line;
    if (arguments.empty())
        return line;
    if (is_tool_group(arguments.front())) {
        auto tool = read_tool_line(arguments);
        if (!tool)
            return Failure{tool.error()};
        line.tool = std::move(tool).value();
        line.command = line.tool.help ? CommandLine::Command::help : CommandLine::Command::tool;
        line.flags = line.tool.flags;
        line.config_file = line.tool.config_file;
        return line;
    }
    const auto command = command_named(arguments.front());
    if (!command)
        return Failure{"“" + arguments.front() +
                       "” is not a command. There are serve, init, check-portal, backup, keys, families, submissions, "
                       "staff, audit; foyer-server --help explains them."};
    line.command = *command;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        std::string flag = arguments[i];
        if (flag == "--help" || flag == "-h") {
            line.command = CommandLine::Command::help;
            return line;
        }
        if (flag.rfind("--", 0) != 0) {
            line.operands.push_back(flag);
            continue;
        }
        std::optional<std::string> value;
        if (const std::size_t equals = flag.find('='); equals != std::string::npos) {
            value = flag.substr(equals + 1);
            flag.resize(equals);
        }
        const FlagShape shape = flag == "--config" ? FlagShape::with_value : flag_shape(flag);
        if (shape == FlagShape::unknown)
            return Failure{"“" + flag + "” is not a flag. foyer-server --help lists them."};
        if (!value && shape == FlagShape::alone)
            value = "true";
        if (!value) {
            if (i + 1 == arguments.size())
                return Failure{flag + " needs a value, as in " + flag + " VALUE."};
            value = arguments[++i];
        }
        if (flag == "--config")
            line.config_file = *value;
        else
            line.flags.emplace_back(flag, *value);
    }
    const bool takes_operands =
        line.command == CommandLine::Command::check_portal || line.command == CommandLine::Command::backup;
    if (!takes_operands && !line.operands.empty())
        return Failure{"“" + line.operands.front() + "” is one word too many."};
    if (line.command == CommandLine::Command::check_portal && line.operands.empty())
        return Failure{
            std::string("check-portal needs at least one file, as in: foyer-server check-portal oudon/portal.json")};
    if (line.command == CommandLine::Command::backup && line.operands.size() != 1)
        return Failure{std::string("backup needs one folder, as in: foyer-server backup /var/backups/foyer/monday")};
    return line;
}

std::string help_text(const CommandLine& line) {
    if (line.tool.help)
        return tool_help(line.tool);
    return "foyer-server: the sync server of Foyer, a family portal for towns.\n"
           "\n"
           "Commands\n"
           "  foyer-server serve [FLAGS]              answers families; ends on Ctrl-C or SIGTERM\n"
           "  foyer-server init [FLAGS]               makes the data folder, its keys and its database;\n"
           "                                          with --config FILE also a file of settings to begin with\n"
           "  foyer-server check-portal FILE…         lists every mistake of a portal.json\n"
           "  foyer-server backup FOLDER [FLAGS]      copies database and keys, also while the server runs\n"
           "  foyer-server addresses build|search|info …  the address index; foyer-server addresses --help\n"
           "  foyer-server --version, --help\n"
           "\n"
           "For the staff, also while the server runs (each explains itself with --help)\n" +
           tool_summaries() +
           "\n"
           "Examples\n"
           "  A try on this machine, mails shown on a page:\n"
           "    foyer-server serve --demonstration --data /tmp/foyer --portals shared/portals --assets build/web\n"
           "  On a town's server, behind nginx:\n"
           "    foyer-server init --config /etc/foyer/foyer.conf --data /var/lib/foyer\n"
           "    foyer-server serve --config /etc/foyer/foyer.conf\n"
           "\n"
           "Settings come from a JSON file (--config, else FOYER_CONFIG, else /etc/foyer/foyer.conf when there is "
           "one), then\n"
           "from variables of the environment, then from flags; the later wins. Each is written: flag, variable, "
           "member of\n"
           "the file (a dot means an object in the object).\n"
           "\n" +
           describe_settings() +
           "\n"
           "Exit codes: 0 done, 1 failed, 2 wrong command line, 3 wrong setting, 4 wrong portal.json.\n";
}

Result<Settings, std::vector<std::string>> settings_from(const CommandLine& command_line,
                                                         const char* const* environment) {
    SettingSources sources;
    sources.flags = command_line.flags;
    std::string variable_config;
    for (; environment && *environment; ++environment) {
        const std::string entry = *environment;
        const std::size_t equals = entry.find('=');
        if (entry.rfind("FOYER_", 0) != 0 || equals == std::string::npos)
            continue;
        if (entry.substr(0, equals) == "FOYER_CONFIG")
            variable_config = entry.substr(equals + 1);
        else
            sources.environment[entry.substr(0, equals)] = entry.substr(equals + 1);
    }
    std::string file = !command_line.config_file.empty() ? command_line.config_file : variable_config;
    const bool asked_for = !file.empty();
    if (!asked_for && std::filesystem::exists(USUAL_CONFIGURATION))
        file = USUAL_CONFIGURATION;
    // init may be asked to make the file.
    const bool may_be_missing = command_line.command == CommandLine::Command::init && !std::filesystem::exists(file);
    if (!file.empty() && !may_be_missing) {
        auto text = read_file(file);
        if (!text)
            return Failure{std::vector<std::string>{text.error()}};
        sources.file_name = file;
        sources.file_text = std::move(text).value();
    }
    auto settings = read_settings(sources);
    if (!settings) {
        std::vector<std::string> sentences;
        for (const SettingMistake& mistake : settings.error())
            sentences.push_back(mistake.place + ": " + mistake.reason);
        return Failure{std::move(sentences)};
    }
    if (!settings->smtp.password_file.empty()) {
        const auto password = read_file(settings->smtp.password_file);
        if (!password)
            return Failure{std::vector<std::string>{"smtp.password_file: " + password.error()}};
        settings->smtp.password = password->substr(0, password->find_first_of("\r\n"));
    }
    return std::move(settings).value();
}

} // namespace foyer::server
