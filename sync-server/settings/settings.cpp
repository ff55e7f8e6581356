#include "settings/settings.h"

#include "wire/json.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <map>

namespace foyer::server {

namespace {

using wire::Json;

enum class Kind { text, number, yes_no, list, choice };

struct Setting {
    const char* member; // in the file: "smtp.port"
    Kind kind;
    const char* meaning;
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;
    std::vector<const char*> choices = {};
    std::function<std::string*(Settings&)> text = {};
    std::function<int*(Settings&)> number = {};
    std::function<bool*(Settings&)> yes_no = {};
    std::function<std::vector<std::string>*(Settings&)> list = {};
    std::function<void(Settings&, std::size_t)> choose = {};
};

Setting text_setting(const char* member, const char* meaning, std::string* (*where)(Settings&)) {
    Setting setting{member, Kind::text, meaning};
    setting.text = where;
    return setting;
}

Setting number_setting(const char* member, std::int64_t minimum, std::int64_t maximum, const char* meaning,
                       int* (*where)(Settings&)) {
    Setting setting{member, Kind::number, meaning, minimum, maximum};
    setting.number = where;
    return setting;
}

const std::vector<Setting>& table() {
    static const std::vector<Setting> settings = [] {
        std::vector<Setting> list;
        list.push_back(text_setting("host", "address to listen on; 0.0.0.0 for every network of the machine",
                                    [](Settings& s) { return &s.host; }));
        list.push_back(number_setting("port", 0, 65535, "port to listen on; 0 takes any free one",
                                      [](Settings& s) { return &s.port; }));
        list.push_back(text_setting("data",
                                    "folder of the database, the keys and the mail spool; belongs to one server",
                                    [](Settings& s) { return &s.data; }));
        list.push_back(text_setting("portals", "folder with one folder per town, each with its portal.json",
                                    [](Settings& s) { return &s.portals; }));
        list.push_back(text_setting("assets", "folder of the built pages, with its manifest.json",
                                    [](Settings& s) { return &s.assets; }));
        list.push_back(text_setting("origin",
                                    "address under which families reach the server, as in https://famille.oudon.fr; "
                                    "stands in the links of mails. Without it: http://HOST:PORT",
                                    [](Settings& s) { return &s.origin; }));
        Setting authorities{"authorities", Kind::list,
                            "other names (host or host:port) under which it is reached; an old name stays here for as "
                            "long as a device may still hold a request signed for it"};
        authorities.list = [](Settings& s) { return &s.authorities; };
        list.push_back(std::move(authorities));
        Setting language{"language", Kind::choice, "language of pages when the browser asks for none we speak"};
        language.choices = {"fr", "en"};
        language.choose = [](Settings& s, std::size_t choice) { s.language = choice == 0 ? "fr" : "en"; };
        list.push_back(std::move(language));
        Setting demonstration{"demonstration", Kind::yes_no,
                              "shows the mails that would leave on the page /courrier; never with real families"};
        demonstration.yes_no = [](Settings& s) { return &s.demonstration; };
        list.push_back(std::move(demonstration));
        list.push_back(text_setting("client_address_header",
                                    "header in which the proxy in front says who is calling, as in X-Real-IP; only "
                                    "behind a proxy that sets it itself",
                                    [](Settings& s) { return &s.client_address_header; }));
        list.push_back(number_setting("workers", 1, 1024, "requests answered at the same time",
                                      [](Settings& s) { return &s.workers; }));
        list.push_back(text_setting("smtp.host", "mail server; without one, mails are files in DATA/spool",
                                    [](Settings& s) { return &s.smtp.host; }));
        list.push_back(number_setting("smtp.port", 1, 65535, "its port", [](Settings& s) { return &s.smtp.port; }));
        Setting security{"smtp.security", Kind::choice,
                         "starttls (usual, port 587), tls (port 465), none (a mail server on this machine)"};
        security.choices = {"starttls", "tls", "none"};
        security.choose = [](Settings& s, std::size_t choice) { s.smtp.security = static_cast<SmtpSecurity>(choice); };
        list.push_back(std::move(security));
        list.push_back(text_setting("smtp.username", "account on the mail server; without one, no login",
                                    [](Settings& s) { return &s.smtp.username; }));
        list.push_back(text_setting("smtp.password", "its password; rather use smtp.password_file",
                                    [](Settings& s) { return &s.smtp.password; }));
        list.push_back(text_setting("smtp.password_file", "file whose first line is the password",
                                    [](Settings& s) { return &s.smtp.password_file; }));
        list.push_back(text_setting("smtp.ca_file", "certificates to trust instead of the machine's, in PEM",
                                    [](Settings& s) { return &s.smtp.ca_file; }));
        list.push_back(number_setting("smtp.first_retry_seconds", 1, 3600,
                                      "wait after the first failure; then doubled each time, at most an hour",
                                      [](Settings& s) { return &s.smtp.first_retry_seconds; }));
        Setting inside{
            "webhooks.inside", Kind::list,
            "host names of the town's own network to which webhooks may go; others must have a public address"};
        inside.list = [](Settings& s) { return &s.webhooks.inside; };
        list.push_back(std::move(inside));
        list.push_back(text_setting("webhooks.ca_file", "certificates to trust instead of the machine's, in PEM",
                                    [](Settings& s) { return &s.webhooks.ca_file; }));
        list.push_back(number_setting("limits.requests_per_minute", 1, 1000000, "per address, for pages and files",
                                      [](Settings& s) { return &s.limits.requests_per_minute; }));
        list.push_back(number_setting("limits.submissions_per_minute", 1, 1000000, "per address, for what is sent",
                                      [](Settings& s) { return &s.limits.submissions_per_minute; }));
        list.push_back(number_setting("limits.logins_per_hour", 1, 100000, "attempts per account",
                                      [](Settings& s) { return &s.limits.logins_per_hour; }));
        list.push_back(number_setting("limits.mails_per_hour", 1, 100000, "mails an account can ask for",
                                      [](Settings& s) { return &s.limits.mails_per_hour; }));
        list.push_back(number_setting("limits.connections_per_address", 1, 100000,
                                      "connections an address may hold at the same time; behind a proxy "
                                      "(client_address_header) the proxy counts",
                                      [](Settings& s) { return &s.limits.connections_per_address; }));
        list.push_back(number_setting("limits.seconds_for_a_head", 1, 3600,
                                      "time a request's header fields may take to arrive",
                                      [](Settings& s) { return &s.limits.seconds_for_a_head; }));
        list.push_back(number_setting("limits.seconds_for_a_body", 1, 3600, "time what is sent may take to arrive",
                                      [](Settings& s) { return &s.limits.seconds_for_a_body; }));
        list.push_back(number_setting("limits.passwords_at_once", 1, 64,
                                      "passwords hashed at the same time, each takes a core and 19 MiB",
                                      [](Settings& s) { return &s.limits.passwords_at_once; }));
        return list;
    }();
    return settings;
}

std::string spelled(const char* member, const char* prefix, char separator, bool capitals) {
    std::string name = prefix;
    for (const char* c = member; *c; ++c) {
        if (*c == '.' || *c == '_')
            name += separator;
        else
            name += capitals ? static_cast<char>(std::toupper(*c)) : *c;
    }
    return name;
}

std::string variable_of(const Setting& setting) { return spelled(setting.member, "FOYER_", '_', true); }
std::string flag_of(const Setting& setting) { return spelled(setting.member, "--", '-', false); }

std::vector<std::string> split_list(const std::string& text) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + ",") {
        if (c != ',') {
            part += c;
        } else if (!part.empty()) {
            parts.push_back(part);
            part.clear();
        }
    }
    return parts;
}

std::string expectation(const Setting& setting) {
    switch (setting.kind) {
    case Kind::text:
        return "must be text";
    case Kind::list:
        return "must be a list of texts";
    case Kind::yes_no:
        return "must be true or false";
    case Kind::number:
        return "must be a whole number from " + std::to_string(setting.minimum) + " to " +
               std::to_string(setting.maximum);
    case Kind::choice: {
        std::string reason = "must be one of";
        for (const char* choice : setting.choices)
            reason.append(" ").append(choice);
        return reason;
    }
    }
    return {};
}

bool set_choice(const Setting& setting, const std::string& value, Settings& settings) {
    for (std::size_t i = 0; i < setting.choices.size(); ++i)
        if (value == setting.choices[i]) {
            setting.choose(settings, i);
            return true;
        }
    return false;
}

bool set_number(const Setting& setting, std::int64_t value, Settings& settings) {
    if (value < setting.minimum || value > setting.maximum)
        return false;
    *setting.number(settings) = static_cast<int>(value);
    return true;
}

// From a variable or a flag, where everything is text. False: it is not what the setting expects.
bool set_from_text(const Setting& setting, const std::string& value, Settings& settings) {
    switch (setting.kind) {
    case Kind::text:
        *setting.text(settings) = value;
        return true;
    case Kind::list:
        *setting.list(settings) = split_list(value);
        return true;
    case Kind::choice:
        return set_choice(setting, value, settings);
    case Kind::yes_no:
        if (value != "true" && value != "false")
            return false;
        *setting.yes_no(settings) = value == "true";
        return true;
    case Kind::number: {
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
        return error == std::errc() && end == value.data() + value.size() && set_number(setting, number, settings);
    }
    }
    return false;
}

bool set_from_json(const Setting& setting, const Json& value, Settings& settings) {
    switch (setting.kind) {
    case Kind::text:
    case Kind::choice:
        return value.kind() == Json::Kind::text && set_from_text(setting, value.text(), settings);
    case Kind::yes_no:
        if (value.kind() != Json::Kind::boolean)
            return false;
        *setting.yes_no(settings) = value.boolean();
        return true;
    case Kind::number:
        return value.kind() == Json::Kind::integer && set_number(setting, value.integer(), settings);
    case Kind::list: {
        std::vector<std::string> texts;
        for (const Json& element : value.elements()) {
            if (element.kind() != Json::Kind::text)
                return false;
            texts.push_back(element.text());
        }
        *setting.list(settings) = std::move(texts);
        return value.kind() == Json::Kind::array;
    }
    }
    return false;
}

const Setting* find_by(const std::function<std::string(const Setting&)>& spelling, std::string_view name) {
    for (const Setting& setting : table())
        if (spelling(setting) == name)
            return &setting;
    return nullptr;
}

bool is_group(const std::string& member) {
    return std::any_of(table().begin(), table().end(), [&](const Setting& setting) {
        return std::string_view(setting.member).substr(0, member.size() + 1) == member + ".";
    });
}

// Where each value comes from that is not the default: "origin" -> "--origin".
using Places = std::map<std::string, std::string, std::less<>>;

void read_object(const std::string& file, const std::string& prefix, const Json& object, Settings& settings,
                 Places& places, std::vector<SettingMistake>& mistakes) {
    for (const Json::Member& member : object.members()) {
        const std::string name = prefix + member.name;
        const std::string place = file + ": " + name;
        const Setting* setting = find_by([](const Setting& s) { return std::string(s.member); }, name);
        if (setting) {
            places[setting->member] = place;
            if (!set_from_json(*setting, member.value, settings))
                mistakes.push_back({place, expectation(*setting)});
        } else if (is_group(name)) {
            if (member.value.kind() == Json::Kind::object)
                read_object(file, name + ".", member.value, settings, places, mistakes);
            else
                mistakes.push_back({place, "must be an object"});
        } else {
            mistakes.push_back({place, "is not a setting; foyer-server --help lists them"});
        }
    }
}

void read_file_settings(const SettingSources& sources, Settings& settings, Places& places,
                        std::vector<SettingMistake>& mistakes) {
    if (!sources.file_text)
        return;
    const auto json = wire::parse_json(*sources.file_text);
    if (!json)
        mistakes.push_back({sources.file_name, wire::describe(json.error())});
    else if (json->kind() != Json::Kind::object)
        mistakes.push_back({sources.file_name, "must hold a JSON object"});
    else
        read_object(sources.file_name, "", *json, settings, places, mistakes);
}

bool is_origin(const std::string& origin) {
    const bool scheme = origin.rfind("https://", 0) == 0 || origin.rfind("http://", 0) == 0;
    const std::string rest = scheme ? origin.substr(origin.find("//") + 2) : std::string();
    return !rest.empty() && std::all_of(rest.begin(), rest.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
}

// What no single value can tell.
void check_together(const Settings& settings, const Places& places, std::vector<SettingMistake>& mistakes) {
    const auto add = [&](std::string_view member, const char* reason) {
        const auto place = places.find(member);
        mistakes.push_back({place == places.end() ? std::string(member) : place->second, reason});
    };
    if (settings.host.empty())
        add("host", "must not be empty");
    if (settings.data.empty())
        add("data", "must not be empty");
    if (!settings.origin.empty() && !is_origin(settings.origin))
        add("origin", "must be like https://famille.oudon.fr: http or https, a name, no path");
    if (!settings.smtp.password.empty() && !settings.smtp.password_file.empty())
        add("smtp.password", "cannot be given together with smtp.password_file");
    if (settings.smtp.username.empty() && (!settings.smtp.password.empty() || !settings.smtp.password_file.empty()))
        add("smtp.username", "is missing, but there is a password");
    if (!settings.smtp.username.empty() && settings.smtp.password.empty() && settings.smtp.password_file.empty())
        add("smtp.password_file", "is missing, but there is a username");
    if (!settings.smtp.username.empty() && settings.smtp.security == SmtpSecurity::none &&
        settings.smtp.host != "localhost" && settings.smtp.host != "127.0.0.1" && settings.smtp.host != "::1")
        add("smtp.security", "\"none\" would send the password unprotected over the network");
}

} // namespace

Result<Settings, std::vector<SettingMistake>> read_settings(const SettingSources& sources) {
    Settings settings;
    std::vector<SettingMistake> mistakes;
    Places places;
    read_file_settings(sources, settings, places, mistakes);
    const auto read = [&](const std::string& name, const std::string& value, const Setting* setting,
                          const char* unknown) {
        if (!setting) {
            mistakes.push_back({name, unknown});
            return;
        }
        places[setting->member] = name;
        if (!set_from_text(*setting, value, settings))
            mistakes.push_back({name, expectation(*setting)});
    };
    for (const auto& [name, value] : sources.environment)
        read(name, value, find_by(variable_of, name), "is not a setting; foyer-server --help lists them");
    for (const auto& [name, value] : sources.flags)
        read(name, value, find_by(flag_of, name), "is not a flag; foyer-server --help lists them");
    check_together(settings, places, mistakes);
    if (!mistakes.empty())
        return Failure{std::move(mistakes)};
    return settings;
}

FlagShape flag_shape(std::string_view flag) {
    const Setting* setting = find_by(flag_of, flag);
    if (!setting)
        return FlagShape::unknown;
    return setting->kind == Kind::yes_no ? FlagShape::alone : FlagShape::with_value;
}

std::string describe_settings() {
    Settings defaults;
    std::string text;
    for (const Setting& setting : table()) {
        text += "  " + flag_of(setting) + "   " + variable_of(setting) + "   \"" + setting.member + "\"\n      " +
                setting.meaning + ".";
        if (setting.kind == Kind::number)
            text += " Default: " + std::to_string(*setting.number(defaults)) + ".";
        if (setting.kind == Kind::text && !setting.text(defaults)->empty())
            text += " Default: " + *setting.text(defaults) + ".";
        if (setting.kind == Kind::choice)
            text += std::string(" Default: ") + setting.choices.front() + ".";
        text += "\n";
    }
    return text;
}

std::string example_configuration(const Settings& settings) {
    const auto quoted = [](const std::string& text) { return wire::write_json(Json(text)); };
    return "{\n"
           "  \"host\": " +
           quoted(settings.host) +
           ",\n"
           "  \"port\": " +
           std::to_string(settings.port) +
           ",\n"
           "  \"origin\": " +
           quoted(settings.origin.empty() ? "https://famille.example.fr" : settings.origin) +
           ",\n"
           "  \"data\": " +
           quoted(settings.data) +
           ",\n"
           "  \"portals\": " +
           quoted(settings.portals) +
           ",\n"
           "  \"assets\": " +
           quoted(settings.assets) +
           ",\n"
           "  \"smtp\": {\n"
           "    \"host\": \"\",\n"
           "    \"port\": 587,\n"
           "    \"security\": \"starttls\",\n"
           "    \"username\": \"\",\n"
           "    \"password_file\": \"\"\n"
           "  }\n"
           "}\n";
}

} // namespace foyer::server
