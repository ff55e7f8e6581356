#include "domain/service_key.h"

#include "text/character.h"
#include "text/utf8.h"

namespace foyer::domain {

namespace {

// The field of 32 elements, modulo x^5 + x^2 + 1. A key is a word of the Reed–Solomon code of distance 3: the sum of
// its symbols is 0, and so is the sum of each times a power of x of its own. So no two words differ in fewer than three
// places, and neither one wrong symbol nor two swapped ones make another word.
unsigned times_x(unsigned element) {
    const unsigned doubled = element << 1U;
    return (doubled & 32U) != 0 ? doubled ^ 0b100101U : doubled;
}

unsigned times(unsigned a, unsigned b) {
    unsigned product = 0;
    for (; b != 0; b >>= 1U, a = times_x(a))
        product ^= (b & 1U) != 0 ? a : 0U;
    return product;
}

struct Sums {
    unsigned plain = 0;
    unsigned weighted = 0;
    unsigned weight = 1; // of the next symbol: x to the power of its place
    void add(unsigned symbol) {
        plain ^= symbol;
        weighted ^= times(symbol, weight);
        weight = times_x(weight);
    }
};

// 32 when it is none.
unsigned value_of(char symbol) {
    const std::size_t at = ServiceKey::SYMBOLS.find(symbol);
    return at == std::string_view::npos ? 32U : static_cast<unsigned>(at);
}

std::string in_groups(std::string_view symbols) {
    std::string text(symbols);
    text.insert(8, "-");
    text.insert(4, "-");
    return text;
}

} // namespace

std::optional<ServiceKey> ServiceKey::make(std::string_view ten_symbols) {
    if (ten_symbols.size() != RANDOM_SYMBOLS)
        return std::nullopt;
    Sums sums;
    for (const char symbol : ten_symbols) {
        if (value_of(symbol) == 32)
            return std::nullopt;
        sums.add(value_of(symbol));
    }
    // The two that bring both sums to 0: the first decides the second, and one of the 32 fits.
    for (unsigned first = 0; first < 32; ++first) {
        Sums whole = sums;
        const unsigned second = sums.plain ^ first;
        whole.add(first);
        whole.add(second);
        if (whole.weighted == 0)
            return ServiceKey(in_groups(std::string(ten_symbols) + SYMBOLS[first] + SYMBOLS[second]));
    }
    return std::nullopt;
}

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

bool ServiceKey::has_check() const { return comparable().size() == ISSUED_SYMBOLS; }

bool ServiceKey::check_holds() const {
    const std::string symbols = comparable();
    if (symbols.size() != ISSUED_SYMBOLS)
        return false;
    Sums sums;
    for (const char symbol : symbols) {
        if (value_of(symbol) == 32)
            return false;
        sums.add(value_of(symbol));
    }
    return sums.plain == 0 && sums.weighted == 0;
}

bool ServiceKey::looks_mistyped() const {
    const std::size_t length = comparable().size();
    return length + 1 >= ISSUED_SYMBOLS && length <= ISSUED_SYMBOLS + 1 && !check_holds();
}

std::string ServiceKey::shown() const { return has_check() ? in_groups(comparable()) : m_text; }

} // namespace foyer::domain
