// One line of a CSV file into its fields (RFC 4180, with the separator of the file).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::addresses {

// The separator of a header: the one of ; , and tab that stands most often in it.
[[nodiscard]] char separator_of(std::string_view header);

// False: a quote is open at the end, or text follows a closing quote. Reuses the fields' memory.
[[nodiscard]] bool split_fields(std::string_view line, char separator, std::vector<std::string>& fields);

} // namespace foyer::server::addresses
