#include "domain/family_quotient.h"

namespace foyer::domain {

Parsed<FamilyQuotient> FamilyQuotient::parse(std::string_view typed) {
    constexpr std::size_t LONGEST = 60;
    constexpr unsigned HIGHEST = 99999;
    constexpr std::string_view EURO = "€";
    Parsed<std::string> line = parse_line(typed, LONGEST);
    if (!line)
        return line.error().code == ProblemCode::too_long ? reject(ProblemCode::family_quotient_format)
                                                          : Failure{line.error()};
    std::string_view rest = *line;
    if (rest.size() > EURO.size() && rest.substr(rest.size() - EURO.size()) == EURO)
        rest.remove_suffix(EURO.size());
    unsigned euros = 0;
    bool has_digit = false;
    for (const char character : rest) {
        if (character == ' ')
            continue;
        if (character < '0' || character > '9')
            return reject(ProblemCode::family_quotient_format);
        euros = euros * 10 + static_cast<unsigned>(character - '0');
        has_digit = true;
        if (euros > HIGHEST)
            return reject(ProblemCode::family_quotient_format);
    }
    if (!has_digit)
        return reject(ProblemCode::family_quotient_format);
    return FamilyQuotient(euros);
}

} // namespace foyer::domain
