// Numbers with a fraction in JSON. Nothing that we send has one; what others send must still be read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace foyer::wire {

// `text` is a number by the grammar of RFC 8259. Nothing: it is beyond what a double can hold.
[[nodiscard]] std::optional<double> read_json_number(std::string_view text);

// As ECMAScript writes it (RFC 8785, 3.2.2.3): the fewest digits that lead back to the same number; `null` for what is
// none. In the browser, where nothing writes one, with six digits after the point at most.
void write_json_number(double number, std::string& out);

} // namespace foyer::wire
