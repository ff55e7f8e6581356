#include "domain/caf_number.h"

#include <algorithm>

namespace foyer::domain {

Parsed<CafNumber> CafNumber::parse(std::string_view typed) {
    constexpr std::size_t LONGEST = 60;
    constexpr std::size_t FEWEST_DIGITS = 5;
    constexpr std::size_t MOST_DIGITS = 13;
    Parsed<std::string> line = parse_line(typed, LONGEST);
    if (!line)
        return line.error().code == ProblemCode::too_long ? reject(ProblemCode::caf_number_format)
                                                          : Failure{line.error()};
    std::string number;
    for (const char character : *line)
        if (character != ' ' && character != '.' && character != '-')
            number.push_back(character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A')
                                                                  : character);
    std::string_view digits = number;
    if (!digits.empty() && digits.back() >= 'A' && digits.back() <= 'Z')
        digits.remove_suffix(1);
    const bool all_digits =
        std::all_of(digits.begin(), digits.end(), [](char one) { return one >= '0' && one <= '9'; });
    if (!all_digits || digits.size() < FEWEST_DIGITS || digits.size() > MOST_DIGITS)
        return reject(ProblemCode::caf_number_format);
    return CafNumber(std::move(number));
}

} // namespace foyer::domain
