#include "domain/identifier.h"

#include "domain/email_address.h"
#include "text/character.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "wrong_characters.h"

namespace foyer::domain {

Parsed<Identifier> Identifier::parse(std::string_view typed) {
    constexpr std::size_t LONGEST_EMAIL = 254;
    Parsed<std::string> line = parse_line(typed, LONGEST_EMAIL);
    if (!line && line.error().code != ProblemCode::too_long)
        return Failure{line.error()};
    const auto too_long = reject(ProblemCode::too_long, {{"maximum", std::to_string(MAXIMUM_CHARACTERS)}});
    if (!line)
        return too_long;
    if (line->find('@') != std::string::npos) {
        Parsed<EmailAddress> email = EmailAddress::parse(*line);
        if (!email)
            return reject(ProblemCode::identifier_email_like);
        return Identifier(email->text());
    }
    WrongCharacters wrong;
    for (const char32_t character : text::CodePoints(*line)) {
        const bool allowed = text::is_letter(character) || text::is_mark(character) ||
                             text::is_ascii_digit(character) || character == '.' || character == '_' ||
                             character == '-';
        if (!allowed)
            wrong.add(character);
    }
    if (!wrong.empty())
        return reject(ProblemCode::identifier_characters, {{"characters", wrong.text()}});
    const std::size_t length = text::count_characters(*line);
    if (length > MAXIMUM_CHARACTERS)
        return too_long;
    if (length < MINIMUM_CHARACTERS)
        return reject(ProblemCode::too_short, {{"minimum", std::to_string(MINIMUM_CHARACTERS)}});
    return Identifier(std::move(line).value());
}

std::string Identifier::folded() const { return text::fold_for_comparison(m_text); }

} // namespace foyer::domain
