#include "program/tool_line.h"

#include "settings/settings.h"

#include <algorithm>
#include <array>

namespace foyer::server {

namespace {

struct Option {
    std::string_view name;
    std::string_view value; // what stands for it in the help; empty: it stands alone
    std::string_view help;
    bool needed = false;
};

struct Tool {
    std::string_view group;
    std::string_view verb;
    std::string_view operand; // "FILE.csv"; empty: none
    std::string_view summary;
    std::vector<Option> options;
    std::string_view more;
};

const Option PORTAL = {"--portal", "TOWN", "the town, as in its address: oudon", true};

const std::vector<Tool>& tools() {
    static const std::vector<Tool> TOOLS = {
        {"keys",
         "issue",
         "",
         "makes service keys for representatives and shows them, once",
         {PORTAL,
          {"--service", "SERVICE", "the service's key in the portal.json: enfance", true},
          {"--family", "ID", "for this family only: its family_id, or # and the number shown by this command"},
          {"--all", "", "for every family of the town"},
          {"--expires", "DATE",
           "the last day on which the keys can be used, as 2027-01-31; otherwise 90 days from now"}},
         "Prints a line with the names of the columns, then one for each representative who has no account yet:\n"
         "family;representative;key;expires. A key is good for one representative, one service and one use. The\n"
         "server keeps only its hash, so it cannot be shown again; a new one for the same representative and\n"
         "service makes the unused old one void.\n"},
        {"families",
         "import",
         "FILE.csv",
         "takes over the families of another system",
         {PORTAL,
          {"--dry-run", "", "only says what would change"},
          {"--skip-bad", "", "imports the good lines although others are bad"}},
         "Every bad line is reported with its number and the reason; then nothing is imported, unless --skip-bad is\n"
         "given. The same file may be imported again: families and people are known by family_id and person_id.\n"
         "The columns are described in docs/families-csv.md.\n"},
        {"submissions",
         "list",
         "",
         "lists requests, oldest first",
         {PORTAL,
          {"--state", "STATE", "only those received, processing, waiting, accepted, refused or withdrawn"},
          {"--limit", "COUNT", "at most so many; otherwise 100"}},
         ""},
        {"submissions", "show", "NUMBER", "shows one request: its answers, its marks, its history", {PORTAL}, ""},
        {"submissions", "take", "NUMBER", "begins to process it: the family cannot withdraw it any more", {PORTAL}, ""},
        {"submissions", "release", "NUMBER", "gives it back to the queue", {PORTAL}, ""},
        {"submissions",
         "accept",
         "NUMBER",
         "accepts it: an entourage becomes the family's household",
         {PORTAL},
         "The family gets a message and a mail.\n"},
        {"submissions",
         "refuse",
         "NUMBER",
         "refuses it with a reason",
         {PORTAL, {"--reason", "TEXT", "why, in words for the family", true}},
         "The family gets a message and a mail with the reason.\n"},
        {"submissions",
         "ask",
         "NUMBER",
         "asks the family to correct named fields",
         {PORTAL,
          {"--fields", "A,B", "the fields as “show” names them: children.0.birth_date", true},
          {"--message", "TEXT", "what is to be corrected, in words for the family", true}},
         "The family gets a message and a mail; its page opens on exactly these fields.\n"},
        {"staff",
         "add",
         "EMAIL",
         "lets somebody of the town hall in, with a temporary password",
         {PORTAL,
          {"--name", "NAME", "as colleagues know them", true},
          {"--role", "ROLE", "agent (otherwise), manager or administrator"},
          {"--services", "A,B", "of an agent: only these services' requests; otherwise all"}},
         "Prints the temporary password, once. It is good for seven days and has to be replaced at the first login.\n"
         "The first member of a town should be an administrator: the others can be let in from the screens.\n"},
        {"staff", "list", "", "lists the staff of a town", {PORTAL}, ""},
        {"staff",
         "reset",
         "EMAIL",
         "gives somebody who cannot log in a new temporary password",
         {PORTAL},
         "Prints it, once. The authenticator is forgotten and every session ended.\n"},
        {"staff",
         "disable",
         "EMAIL",
         "lets somebody in no more: sessions end, tokens stop working",
         {PORTAL},
         "Nothing is deleted: the audit log still says who they were.\n"},
        {"staff", "enable", "EMAIL", "lets somebody in again", {PORTAL}, ""},
        {"audit",
         "list",
         "",
         "prints the audit log of a town, oldest first",
         {PORTAL,
          {"--after", "SEQUENCE", "only the lines after this one"},
          {"--limit", "COUNT", "at most so many; otherwise all"}},
         ""},
        {"audit",
         "verify",
         "",
         "says whether the audit log of a town is as it was written",
         {PORTAL,
          {"--noted", "SEQUENCE:HASH", "a line noted earlier: shows whether the log was cut off or begun anew"}},
         "Names the first line that was changed, removed or put in; then the exit code is 1.\n"},
        {"retention",
         "run",
         "",
         "erases the data that has served, as the portal.json says",
         {PORTAL, {"--dry-run", "", "only says what would be erased"}},
         "The server does it by itself every night. Needed at the terminal when its clock has leapt by more than 60\n"
         "days, which may be the clock's mistake: then the server waits until somebody has run this.\n"},
        {"retention", "report", "", "prints what was erased, by which rule, newest first", {PORTAL}, ""},
        {"person",
         "export",
         "NUMBER",
         "writes all that is held about a person into a .zip for that person",
         {PORTAL, {"--to", "FILE.zip", "where to; otherwise a name of its own in this folder"}},
         "NUMBER is one of their requests, or the reference of their account. A line of the audit log says it was "
         "made.\n"},
        {"person",
         "erase",
         "NUMBER",
         "erases a person, and says what is kept, why and until when",
         {PORTAL,
          {"--dry-run", "", "only says what would be erased and kept"},
          {"--open-too", "", "also when requests are still open; they are withdrawn"}},
         "NUMBER is one of their requests, or the reference of their account. There is no way back but a backup.\n"},
        {"person", "erasures", "", "prints what became of each person who was erased", {PORTAL}, ""},
    };
    return TOOLS;
}

const Tool* find_tool(std::string_view group, std::string_view verb) {
    for (const Tool& tool : tools())
        if (tool.group == group && tool.verb == verb)
            return &tool;
    return nullptr;
}

const Option* find_option(const Tool& tool, std::string_view name) {
    for (const Option& option : tool.options)
        if (option.name == name)
            return &option;
    return nullptr;
}

std::string usage_of(const Tool& tool) {
    std::string usage = "foyer-server " + std::string(tool.group) + " " + std::string(tool.verb);
    for (const Option& option : tool.options) {
        const std::string written =
            std::string(option.name) + (option.value.empty() ? "" : " " + std::string(option.value));
        usage += option.needed ? " " + written : " [" + written + "]";
    }
    if (!tool.operand.empty())
        usage += " " + std::string(tool.operand);
    return usage;
}

std::string verbs_of(std::string_view group) {
    std::string verbs;
    for (const Tool& tool : tools())
        if (tool.group == group)
            verbs += (verbs.empty() ? "" : ", ") + std::string(tool.verb);
    return verbs;
}

std::string help_of(const Tool& tool) {
    std::string help = usage_of(tool) + "\n  " + std::string(tool.summary) + "\n\n";
    for (const Option& option : tool.options) {
        std::string left = "  " + std::string(option.name) + " " + std::string(option.value);
        left.resize(std::max<std::size_t>(left.size() + 1, 22), ' ');
        help += left + std::string(option.help) + "\n";
    }
    help += "  --config FILE, --data FOLDER, --portals FOLDER and the other settings as for serve\n\n";
    if (!tool.more.empty())
        help += std::string(tool.more) + "\n";
    return help + "It works on the server's data folder, also while the server runs.\n"
                  "Exit codes: 0 done, 1 failed (the sentence says why), 2 wrong command line, 3 wrong setting,\n"
                  "4 wrong portal.json.\n";
}

// What only a look at the whole line tells.
std::string what_is_missing(const Tool& tool, const ToolLine& line) {
    const std::string name = std::string(tool.group) + " " + std::string(tool.verb);
    for (const Option& option : tool.options)
        if (option.needed && !line.has(option.name))
            return name + " needs " + std::string(option.name) + " " + std::string(option.value) +
                   ". Its form is: " + usage_of(tool);
    if (tool.operand.empty() ? !line.operands.empty() : line.operands.size() > 1)
        return "“" + line.operands.back() + "” is one word too many. The form is: " + usage_of(tool);
    if (!tool.operand.empty() && line.operands.empty())
        return name + " needs " + std::string(tool.operand) + ". Its form is: " + usage_of(tool);
    if (tool.group == "keys" && line.has("--all") == line.has("--family"))
        return "keys issue needs either --family ID or --all. Its form is: " + usage_of(tool);
    return {};
}

} // namespace

std::string ToolLine::option(std::string_view name) const {
    const auto found = options.find(name);
    return found == options.end() ? std::string() : found->second;
}

bool ToolLine::has(std::string_view name) const { return options.find(name) != options.end(); }

bool is_tool_group(std::string_view word) {
    return std::any_of(tools().begin(), tools().end(), [&](const Tool& tool) { return tool.group == word; });
}

Result<ToolLine, std::string> read_tool_line(const std::vector<std::string>& arguments) {
    ToolLine line;
    line.group = arguments.front();
    line.help = std::any_of(arguments.begin(), arguments.end(),
                            [](const std::string& word) { return word == "--help" || word == "-h"; });
    if (arguments.size() > 1 && arguments[1].rfind('-', 0) != 0)
        line.verb = arguments[1];
    const Tool* tool = find_tool(line.group, line.verb);
    if (line.help && (tool || line.verb.empty()))
        return line;
    if (!tool)
        return Failure{(line.verb.empty() ? line.group + " needs one of " : "“" + line.verb + "” is none of ") +
                       verbs_of(line.group) + ". foyer-server " + line.group + " --help explains them."};
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        std::string flag = arguments[i];
        if (flag.rfind("--", 0) != 0) {
            line.operands.push_back(flag);
            continue;
        }
        std::optional<std::string> value;
        if (const std::size_t equals = flag.find('='); equals != std::string::npos) {
            value = flag.substr(equals + 1);
            flag.resize(equals);
        }
        const Option* option = find_option(*tool, flag);
        const FlagShape shape = flag == "--config" ? FlagShape::with_value : flag_shape(flag);
        if (!option && shape == FlagShape::unknown)
            return Failure{"“" + flag + "” is not a flag of " + line.group + " " + line.verb +
                           ". Its form is: " + usage_of(*tool)};
        const bool alone = option ? option->value.empty() : shape == FlagShape::alone;
        if (!value && alone)
            value = "true";
        if (!value) {
            if (i + 1 == arguments.size())
                return Failure{flag + " needs a value, as in " + flag + " VALUE."};
            value = arguments[++i];
        }
        if (option)
            line.options[flag] = *value;
        else if (flag == "--config")
            line.config_file = *value;
        else
            line.flags.emplace_back(flag, *value);
    }
    if (std::string missing = what_is_missing(*tool, line); !missing.empty())
        return Failure{std::move(missing)};
    return line;
}

std::string tool_help(const ToolLine& line) {
    if (const Tool* tool = find_tool(line.group, line.verb))
        return help_of(*tool);
    std::string help;
    for (const Tool& tool : tools())
        if (tool.group == line.group)
            help += usage_of(tool) + "\n  " + std::string(tool.summary) + "\n";
    return help + "\nfoyer-server " + line.group + " COMMAND --help says more about each.\n";
}

std::string tool_summaries() {
    std::string text;
    for (const Tool& tool : tools()) {
        std::string left = "  foyer-server " + std::string(tool.group) + " " + std::string(tool.verb) +
                           (tool.operand.empty() ? "" : " " + std::string(tool.operand)) + " --portal TOWN …";
        left.resize(std::max<std::size_t>(left.size() + 1, 56), ' ');
        text += left + std::string(tool.summary) + "\n";
    }
    return text;
}

} // namespace foyer::server
