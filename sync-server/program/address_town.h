// For `addresses build --portal`: a town's communes from its portal.json, and where its index belongs.
#pragma once

#include "addresses/commands.h"

namespace foyer::server {

// As addresses::FindTown; the settings are read as for every command.
[[nodiscard]] Result<addresses::Town, std::string> find_address_town(const std::string& slug,
                                                                     const std::map<std::string, std::string>& flags);

} // namespace foyer::server
