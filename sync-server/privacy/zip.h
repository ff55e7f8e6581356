// A few texts as one .zip that every computer opens by a double click: APPNOTE 6.3.10 of the format, its oldest part,
// with entries that are stored as they are (method 0) and names in UTF-8. For kilobytes: no Zip64, everything in
// memory.
#pragma once

#include "base/clock.h"

#include <string>
#include <vector>

namespace foyer::server::privacy {

struct ZipEntry {
    std::string name; // UTF-8, no folders
    std::string bytes;
};

// `at`: the time every entry carries, as a clock in Paris shows it. The entries' sizes sum up to less than 4 GB.
[[nodiscard]] std::string make_zip(const std::vector<ZipEntry>& entries, UnixSeconds at);

} // namespace foyer::server::privacy
