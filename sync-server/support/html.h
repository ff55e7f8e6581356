// Text into HTML, and forms out of a request's body.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::server {

// Safe between tags and in quoted attributes. Bytes that are not UTF-8 are the caller's affair: what we print was
// checked.
[[nodiscard]] std::string escape_html(std::string_view text);

// "a=1&b=caf%C3%A9+noir". The first of several values of one name counts; nothing for a broken %-sequence.
[[nodiscard]] std::optional<std::map<std::string, std::string, std::less<>>> parse_form(std::string_view text);
[[nodiscard]] std::string encode_query(std::string_view text);

} // namespace foyer::server
