#include "address/numerals.h"

#include <algorithm>
#include <array>

namespace foyer::address {

namespace {

struct Named {
    std::string_view word;
    unsigned value;
};

constexpr std::array<Named, 31> WORDS = {{
    {"un", 1},        {"deux", 2},       {"trois", 3},     {"quatre", 4},    {"cinq", 5},      {"six", 6},
    {"sept", 7},      {"huit", 8},       {"neuf", 9},      {"dix", 10},      {"onze", 11},     {"douze", 12},
    {"treize", 13},   {"quatorze", 14},  {"quinze", 15},   {"seize", 16},    {"vingt", 20},    {"trente", 30},
    {"quarante", 40}, {"cinquante", 50}, {"soixante", 60}, {"septante", 70}, {"huitante", 80}, {"nonante", 90},
    {"cent", 100},    {"mille", 1000},   {"mil", 1000},    {"vingts", 20},   {"cents", 100},   {"octante", 80},
    {"une", 1},
}};

constexpr std::array<Named, 22> ORDINALS = {{
    {"premier", 1},    {"premiere", 1},  {"ier", 1},        {"deuxieme", 2},   {"second", 2},     {"seconde", 2},
    {"troisieme", 3},  {"quatrieme", 4}, {"cinquieme", 5},  {"sixieme", 6},    {"septieme", 7},   {"huitieme", 8},
    {"neuvieme", 9},   {"dixieme", 10},  {"onzieme", 11},   {"douzieme", 12},  {"treizieme", 13}, {"quatorzieme", 14},
    {"quinzieme", 15}, {"seizieme", 16}, {"vingtieme", 20}, {"centieme", 100},
}};

constexpr unsigned LARGEST_ROMAN = 39;

std::string roman(unsigned value) {
    std::string text(value / 10, 'x');
    constexpr std::array<std::string_view, 10> UNITS = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    return text.append(UNITS[value % 10]);
}

// The number that begins at words[at], and how many words it takes. French counting: units and teens after tens, "et"
// before un and onze, sixty and eighty go on to nineteen, hundreds, thousands.
struct Counted {
    unsigned value = 0;
    std::size_t words = 0;
};

class Counter {
public:
    Counter(const std::vector<Word>& words, std::size_t at) : m_words(words), m_at(at), m_begin(at) {}

    Counted count() {
        unsigned total = 0;
        unsigned below_thousand = hundreds();
        if (const auto thousand = peek(); thousand == 1000U) {
            ++m_at;
            total = (below_thousand == 0 ? 1 : below_thousand) * 1000;
            below_thousand = hundreds();
        }
        return {total + below_thousand, m_at - m_begin};
    }

private:
    [[nodiscard]] std::optional<unsigned> peek() const {
        if (m_at >= m_words.size() || m_words[m_at].kind != Word::Kind::letters)
            return std::nullopt;
        return number_word(m_words[m_at].text);
    }

    unsigned hundreds() {
        unsigned value = 0;
        const auto first = peek();
        if (first && *first < 10) {
            // "neuf cent": the unit counts hundreds, when "cent" follows it.
            ++m_at;
            const auto next = peek();
            if (next == 100U && *first > 1) {
                ++m_at;
                value = *first * 100;
            } else if (next == 20U && *first == 4) {
                ++m_at;
                return 80 + up_to_nineteen();
            } else {
                return *first;
            }
        } else if (first == 100U) {
            ++m_at;
            value = 100;
        }
        return value + tens();
    }

    unsigned tens() {
        const auto first = peek();
        if (!first || *first >= 100)
            return 0;
        ++m_at;
        if (*first == 4 && peek() == 20U) {
            ++m_at;
            return 80 + up_to_nineteen();
        }
        if (*first == 10) {
            const auto unit = peek();
            if (unit && *unit >= 7 && *unit <= 9) {
                ++m_at;
                return 10 + *unit;
            }
            return 10;
        }
        if (*first < 20)
            return *first;
        return *first + (*first == 60 ? up_to_nineteen() : unit_after_tens());
    }

    unsigned unit_after_tens() { return take_below(10); }

    unsigned up_to_nineteen() {
        const unsigned value = take_below(17);
        if (value != 10)
            return value;
        const auto unit = peek();
        if (!unit || *unit < 7 || *unit > 9)
            return value;
        ++m_at;
        return value + *unit;
    }

    // "un" of "vingt et un", "deux" of "vingt-deux"; nothing when what follows is no such word.
    unsigned take_below(unsigned bound) {
        const std::size_t back = m_at;
        const bool with_et = m_at < m_words.size() && m_words[m_at].text == "et";
        if (with_et)
            ++m_at;
        const auto unit = peek();
        if (!unit || *unit >= bound || (with_et && *unit != 1 && *unit != 11)) {
            m_at = back;
            return 0;
        }
        ++m_at;
        return *unit;
    }

    const std::vector<Word>& m_words;
    std::size_t m_at;
    std::size_t m_begin;
};

unsigned value_of_digits(std::string_view digits) {
    unsigned value = 0;
    for (const char digit : digits)
        value = value * 10 + static_cast<unsigned>(digit - '0');
    return value;
}

void add(std::vector<std::string>& spellings, std::string_view word, std::string spelling) {
    if (spelling != word && std::find(spellings.begin(), spellings.end(), spelling) == spellings.end())
        spellings.push_back(std::move(spelling));
}

void add_cardinals(std::string_view word, unsigned value, std::vector<std::string>& spellings) {
    add(spellings, word, std::to_string(value));
    for (const Named& named : WORDS)
        if (named.value == value && value != 1) // "un" and "une" are articles
            add(spellings, word, std::string(named.word));
    if (value >= 2 && value <= LARGEST_ROMAN)
        add(spellings, word, roman(value));
}

void add_ordinals(std::string_view word, unsigned value, std::vector<std::string>& spellings) {
    add(spellings, word, std::to_string(value) + (value == 1 ? "er" : "e"));
    if (value >= 2 && value <= LARGEST_ROMAN)
        add(spellings, word, roman(value) + "e");
    for (const Named& named : ORDINALS)
        if (named.value == value)
            add(spellings, word, std::string(named.word));
}

// "xxe", "ive"; "vie" is a word.
std::optional<unsigned> roman_ordinal(std::string_view word) {
    if (word.size() < 3 || word.back() != 'e' || word == "vie")
        return std::nullopt;
    return roman_number(word.substr(0, word.size() - 1));
}

} // namespace

std::optional<unsigned> number_word(std::string_view word) {
    for (const Named& named : WORDS)
        if (named.word == word)
            return named.value;
    return std::nullopt;
}

std::optional<unsigned> roman_number(std::string_view word) {
    if (word.size() < 2)
        return std::nullopt;
    unsigned tens = 0;
    while (tens < word.size() && word[tens] == 'x')
        ++tens;
    // "ix" begins with no ten; the loop above took none of it.
    for (unsigned value = tens * 10; value < tens * 10 + 10 && value <= LARGEST_ROMAN; ++value)
        if (value > 0 && roman(value) == word)
            return value;
    return std::nullopt;
}

void join_number_words(std::vector<Word>& words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at].kind != Word::Kind::letters || !number_word(words[at].text))
            continue;
        const Counted counted = Counter(words, at).count();
        if (counted.words < 2)
            continue;
        Word& first = words[at];
        const Word& last = words[at + counted.words - 1];
        first.text = std::to_string(counted.value);
        first.kind = Word::Kind::digits;
        first.elided = false;
        first.ended = last.ended;
        const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at);
        words.erase(begin + 1, begin + static_cast<std::ptrdiff_t>(counted.words));
    }
}

void add_number_spellings(std::string_view word, std::vector<std::string>& spellings) {
    if (word.empty() || word.size() > 12)
        return;
    const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
    if (digits == word.size() && digits <= 4) {
        add_cardinals(word, value_of_digits(word), spellings);
        return;
    }
    if (digits > 0 && digits <= 3) { // "1er", "2e"
        add_ordinals(word, value_of_digits(word.substr(0, digits)), spellings);
        return;
    }
    if (digits > 0)
        return;
    if (const auto value = number_word(word))
        add_cardinals(word, *value, spellings);
    if (const auto value = roman_number(word))
        add_cardinals(word, *value, spellings);
    if (const auto value = roman_ordinal(word))
        add_ordinals(word, *value, spellings);
    for (const Named& named : ORDINALS)
        if (named.word == word)
            add_ordinals(word, named.value, spellings);
}

} // namespace foyer::address
