#include "domain/person_name.h"

#include "text/character.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "wrong_characters.h"

namespace foyer::domain {

namespace {

bool joins_letters(char32_t character) {
    switch (character) {
    case ' ':
    case '.':    // Jr.
    case ',':    // between first names, as on civil records
    case 0x00B7: // Gal·la
    case 0x200C: // joiners, which Persian and Indic names need
    case 0x200D:
        return true;
    default:
        return text::is_hyphen(character) || text::is_apostrophe(character);
    }
}

} // namespace

Parsed<PersonName> PersonName::parse(std::string_view typed) {
    Parsed<std::string> line = parse_line(typed, MAXIMUM_CHARACTERS);
    if (!line)
        return Failure{line.error()};
    WrongCharacters wrong;
    bool has_letter = false;
    for (const char32_t character : text::CodePoints(*line)) {
        if (text::is_letter(character))
            has_letter = true;
        else if (!text::is_mark(character) && !joins_letters(character))
            wrong.add(character);
    }
    if (!wrong.empty() || !has_letter)
        return reject(ProblemCode::name_characters, {{"characters", wrong.text()}});
    return PersonName(std::move(line).value());
}

std::string PersonName::folded() const { return text::fold_for_comparison(m_text); }

} // namespace foyer::domain
