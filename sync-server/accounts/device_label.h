// What a device is called in the family's own list of devices: "Firefox, Android". Coarse on purpose: no version, no
// model, nothing that would tell two telephones of one kind apart.
#pragma once

#include <string>
#include <string_view>

namespace foyer::server {

// From the User-Agent header, any text. Empty when neither browser nor system is one of the common ones.
[[nodiscard]] std::string device_label(std::string_view user_agent);

} // namespace foyer::server
