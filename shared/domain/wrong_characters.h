// Collects the characters that have no place in an answer, to name them to the person. Only for the sources of this
// room.
#pragma once

#include <cstddef>
#include <string>

namespace foyer::domain {

class WrongCharacters {
public:
    // Remembers the character unless it is remembered already; the first ten are enough for a sentence.
    void add(char32_t character);
    [[nodiscard]] bool empty() const { return m_count == 0; }
    // As typed, separated by spaces: "3 @".
    [[nodiscard]] const std::string& text() const { return m_text; }

private:
    std::string m_text;
    std::size_t m_count = 0;
};

} // namespace foyer::domain
