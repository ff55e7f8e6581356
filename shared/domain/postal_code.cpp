#include "domain/postal_code.h"

#include "text/character.h"

#include <algorithm>

namespace foyer::domain {

Parsed<PostalCode> PostalCode::parse(std::string_view typed) {
    constexpr std::size_t LONGEST = 40; // five digits however spaced
    Parsed<std::string> line = parse_line(typed, LONGEST);
    if (!line)
        return line.error().code == ProblemCode::too_long ? reject(ProblemCode::postal_code_format)
                                                          : Failure{line.error()};
    std::string digits = std::move(line).value();
    digits.erase(std::remove(digits.begin(), digits.end(), ' '), digits.end());
    const bool all_digits =
        std::all_of(digits.begin(), digits.end(), [](char one) { return one >= '0' && one <= '9'; });
    if (digits.size() != 5 || !all_digits)
        return reject(ProblemCode::postal_code_format);
    return PostalCode(std::move(digits));
}

} // namespace foyer::domain
