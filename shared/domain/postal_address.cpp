#include "domain/postal_address.h"

namespace foyer::domain {

std::string_view id(AddressState state) {
    switch (state) {
    case AddressState::matched:
        return "matched";
    case AddressState::probable:
        return "probable";
    case AddressState::entered_by_hand:
        break;
    }
    return "entered_by_hand";
}

Parsed<AddressState> parse_address_state(std::string_view text) {
    if (text.empty())
        return reject(ProblemCode::required);
    for (const AddressState state : {AddressState::matched, AddressState::probable, AddressState::entered_by_hand})
        if (id(state) == text)
            return state;
    return reject(ProblemCode::unknown_choice);
}

Parsed<AddressLine> AddressLine::parse(std::string_view typed) {
    Parsed<std::string> line = parse_line(typed, MAXIMUM_CHARACTERS);
    if (!line)
        return Failure{line.error()};
    return AddressLine(std::move(line).value());
}

} // namespace foyer::domain
