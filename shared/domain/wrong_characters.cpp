#include "wrong_characters.h"

#include "text/utf8.h"

namespace foyer::domain {

void WrongCharacters::add(char32_t character) {
    constexpr std::size_t NAMED_AT_MOST = 10;
    if (m_count >= NAMED_AT_MOST)
        return;
    std::string encoded;
    text::append(encoded, character);
    for (const char32_t known : text::CodePoints(m_text))
        if (known == character)
            return;
    if (!m_text.empty())
        m_text.push_back(' ');
    m_text += encoded;
    ++m_count;
}

} // namespace foyer::domain
