// What the server is told: from foyer.conf (JSON), the environment (FOYER_…) and the command line. The later of the
// three wins. Each setting is one line of the table in settings.cpp, from which the three spellings, the checks and the
// help are made; docs/configuration.md describes them.
#pragma once

#include "base/result.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server {

enum class SmtpSecurity {
    starttls, // the connection must become encrypted before anything else, or the mail does not leave
    tls,      // encrypted from the first byte (port 465)
    none,     // for a mail server on this very machine
};

struct SmtpSettings {
    std::string host; // empty: mails go into the spool folder
    int port = 587;
    SmtpSecurity security = SmtpSecurity::starttls;
    std::string username;
    std::string password;
    std::string password_file;
    std::string ca_file;
    int first_retry_seconds = 60;
};

struct WebhookSettings {
    std::vector<std::string> inside; // host names of the town's own network that may be called
    std::string ca_file;
};

struct Limits {
    int requests_per_minute = 300;    // per address, for pages, files and reading
    int submissions_per_minute = 120; // per address: a library or a provider may stand for many families
    int logins_per_hour = 20;         // per account
    int mails_per_hour = 4;           // per account, asked for by its owner
    int connections_per_address = 48; // at the same time; not counted behind a proxy (client_address_header)
    int seconds_for_a_head = 10;      // from the first byte of a request to the end of its header fields
    int seconds_for_a_body = 15;
    int passwords_at_once = 2; // Argon2id needs 19 MiB and a core each
};

struct Settings {
    std::string host = "127.0.0.1";
    int port = 8080;
    std::string data = "data";
    std::string portals = "portals";
    std::string assets = "web";
    std::string origin; // "https://famille.oudon.fr"; empty: http://host:port
    std::vector<std::string> authorities;
    std::string language = "fr";
    bool demonstration = false;
    std::string client_address_header;
    int workers = 64;
    SmtpSettings smtp;
    WebhookSettings webhooks;
    Limits limits;
};

// "smtp.port in /etc/foyer/foyer.conf", "FOYER_SMTP_PORT" or "--smtp-port", and what must stand there.
struct SettingMistake {
    std::string place;
    std::string reason;
};

struct SettingSources {
    std::string file_name;                                  // for messages; empty: no file
    std::optional<std::string> file_text;                   // its content
    std::map<std::string, std::string> environment;         // only names that begin with FOYER_
    std::vector<std::pair<std::string, std::string>> flags; // "--port" -> "8080"; a bare "--demonstration" -> "true"
};

// Every mistake of every source at once, or the settings.
[[nodiscard]] Result<Settings, std::vector<SettingMistake>> read_settings(const SettingSources& sources);

// Whether the flag exists, and whether it needs a value.
enum class FlagShape { unknown, alone, with_value };
[[nodiscard]] FlagShape flag_shape(std::string_view flag);

// The table as text for --help: flag, variable, member, default, meaning.
[[nodiscard]] std::string describe_settings();

// A foyer.conf to begin with.
[[nodiscard]] std::string example_configuration(const Settings& settings);

} // namespace foyer::server
