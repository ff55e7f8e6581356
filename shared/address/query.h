// A typed address, read: which words may be what. Knows no index.
#pragma once

#include "address/words.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::address {

struct Token {
    enum class Role : std::uint8_t {
        word,        // of a street, a commune
        article,     // le, de…: counts little, may be missing or too many
        number,      // digits that may be a house number, or belong to a name ("8 mai 1945")
        postal_code, // five digits
        aside,       // says where within the building ("appt 3", "bât B"), BP, CEDEX, n°: never counted
    };
    std::string text;
    Role role = Role::word;
    bool typing = false;     // the last word, and nothing after it: it may go on
    bool may_repeat = false; // may be the bis of the number before it
    unsigned number = 0;     // of Role::number and of ordinals ("2e" may be number 2, repetition e)

    friend bool operator==(const Token&, const Token&) = default;
};

struct Query {
    static constexpr std::size_t MAXIMUM_TOKENS = 20;
    std::vector<Token> tokens;
    bool cedex = false; // its postal code is not the commune's
};

[[nodiscard]] Query read_query(std::string_view typed);

} // namespace foyer::address
