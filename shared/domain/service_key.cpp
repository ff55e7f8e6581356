#include "domain/service_key.h"

#include "text/character.h"
#include "text/utf8.h"

namespace foyer::domain {

Parsed<ServiceKey> ServiceKey::parse(std::string_view typed) {
    constexpr std::size_t LONGEST_TYPED = 2 * MAXIMUM_CHARACTERS; // with a space after every character
    const auto too_long = reject(ProblemCode::too_long, {{"maximum", std::to_string(MAXIMUM_CHARACTERS)}});
    Parsed<std::string> line = parse_line(typed, LONGEST_TYPED);
    if (!line)
        return line.error().code == ProblemCode::too_long ? too_long : Failure{line.error()};
    std::string key;
    std::size_t position = 0;
    std::size_t significant = 0;
    for (const char32_t character : text::CodePoints(*line)) {
        ++position;
        if (character == ' ')
            continue;
        if (text::is_hyphen(character)) {
            key.push_back('-');
        } else if (character < 0x80 && (text::is_letter(character) || text::is_ascii_digit(character))) {
            const bool small = character >= 'a' && character <= 'z';
            key.push_back(static_cast<char>(small ? character - 'a' + 'A' : character));
            ++significant;
        } else {
            return reject(ProblemCode::service_key_format, {{"position", std::to_string(position)}});
        }
    }
    if (key.size() > MAXIMUM_CHARACTERS)
        return too_long;
    if (significant < MINIMUM_CHARACTERS)
        return reject(ProblemCode::too_short, {{"minimum", std::to_string(MINIMUM_CHARACTERS)}});
    return ServiceKey(std::move(key));
}

std::string ServiceKey::comparable() const {
    std::string key;
    for (const char character : m_text) {
        if (character == '-')
            continue;
        if (character == 'O')
            key.push_back('0');
        else if (character == 'I' || character == 'L')
            key.push_back('1');
        else
            key.push_back(character);
    }
    return key;
}

} // namespace foyer::domain
