// Where things are in the data folder, and the address under which families find the server. For the commands.
#pragma once

#include "settings/settings.h"

#include <cstdio>
#include <string>

namespace foyer::server {

[[nodiscard]] inline std::string database_path(const Settings& settings) { return settings.data + "/foyer.sqlite"; }
[[nodiscard]] inline std::string keys_path(const Settings& settings) { return settings.data + "/keys.json"; }
[[nodiscard]] inline std::string spool_path(const Settings& settings) { return settings.data + "/spool"; }

[[nodiscard]] std::string host_for_url(const std::string& host);
// Without a slash at its end. `port`: the one it listens on.
[[nodiscard]] std::string origin_of(const Settings& settings, int port);

// A sentence for the person at the terminal.
inline void say(const std::string& sentence) { std::fprintf(stderr, "foyer-server: %s\n", sentence.c_str()); }

} // namespace foyer::server
