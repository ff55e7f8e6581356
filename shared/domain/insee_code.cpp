#include "domain/insee_code.h"

#include <algorithm>

namespace foyer::domain {

Parsed<InseeCode> InseeCode::parse(std::string_view typed) {
    constexpr std::size_t LONGEST = 40;
    Parsed<std::string> line = parse_line(typed, LONGEST);
    if (!line)
        return line.error().code == ProblemCode::too_long ? reject(ProblemCode::commune_unknown)
                                                          : Failure{line.error()};
    std::string code = std::move(line).value();
    const auto is_digit = [](char one) { return one >= '0' && one <= '9'; };
    if (code.size() != 5 || !is_digit(code[0]) || !std::all_of(code.begin() + 2, code.end(), is_digit))
        return reject(ProblemCode::commune_unknown);
    if (code[1] == 'a' || code[1] == 'b')
        code[1] = code[1] == 'a' ? 'A' : 'B';
    const bool corsica = code[0] == '2' && (code[1] == 'A' || code[1] == 'B');
    if (!is_digit(code[1]) && !corsica)
        return reject(ProblemCode::commune_unknown);
    return InseeCode(std::move(code));
}

} // namespace foyer::domain
