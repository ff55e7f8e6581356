#include "address/words.h"

#include "address/abbreviations.h"
#include "address/numerals.h"
#include "text/fold.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>

namespace foyer::address {

namespace {

bool is_digit(char32_t character) { return character >= '0' && character <= '9'; }

// What has no meaning in an address: ASCII signs, U+0080–U+00BF (°, «, ·…), general punctuation.
bool is_separator(char32_t character) {
    if (character < 0x80)
        return !is_digit(character) && !(character >= 'a' && character <= 'z');
    return character <= 0xBF || (character >= 0x2000 && character <= 0x206F) || character == 0xFFFD;
}

bool is_ordinal_ending(std::string_view letters) {
    constexpr std::array<std::string_view, 8> ENDINGS = {"e", "er", "ere", "re", "eme", "ieme", "nd", "nde"};
    return std::find(ENDINGS.begin(), ENDINGS.end(), letters) != ENDINGS.end();
}

// "2 eme"; "2 e" may be a house's repetition.
bool is_spaced_ordinal_ending(std::string_view letters) {
    return letters.size() >= 2 && letters.front() != 'n' && is_ordinal_ending(letters);
}

class Splitter {
public:
    explicit Splitter(std::size_t maximum) : m_maximum(maximum) {}

    std::vector<Word> split(std::string_view folded) {
        char32_t before = ' ';
        for (const char32_t character : text::CodePoints(folded)) {
            if (is_separator(character)) {
                end_word();
                if (!m_words.empty()) {
                    m_words.back().ended = true;
                    if (character == '\'')
                        m_words.back().elided = !is_separator(before);
                }
                m_attached = false;
            } else {
                if (!m_current.empty() && is_digit(character) != is_digit(before))
                    end_word();
                text::append(m_current, character);
            }
            before = character;
        }
        end_word();
        return std::move(m_words);
    }

private:
    void end_word() {
        if (m_current.empty() || m_words.size() >= m_maximum) {
            m_current.clear();
            return;
        }
        const bool digits = is_digit(static_cast<unsigned char>(m_current.front()));
        const bool ordinal = m_attached || (!m_words.empty() && is_spaced_ordinal_ending(m_current));
        if (!digits && ordinal && m_words.back().kind == Word::Kind::digits && is_ordinal_ending(m_current)) {
            Word& number = m_words.back();
            number.text += number.text == "1" ? "er" : "e";
            number.kind = Word::Kind::ordinal;
            m_current.clear();
            return;
        }
        if (!m_words.empty() && m_attached)
            m_words.back().ended = true;
        Word word;
        word.text = std::string(text::first_characters(m_current, MAXIMUM_WORD));
        if (word.text.size() > MAXIMUM_WORD) // scripts with several bytes a letter
            word.text.resize(MAXIMUM_WORD);
        word.kind = digits ? Word::Kind::digits : Word::Kind::letters;
        word.attached = m_attached;
        m_words.push_back(std::move(word));
        m_current.clear();
        m_attached = true;
    }

    std::size_t m_maximum;
    std::vector<Word> m_words;
    std::string m_current;
    bool m_attached = false;
};

// "z.a." is "za": single letters with a point between and no space. One letter and a point is an initial.
std::string without_points_in_acronyms(std::string folded) {
    const auto letter = [&](std::size_t at) { return at < folded.size() && folded[at] >= 'a' && folded[at] <= 'z'; };
    std::string out;
    for (std::size_t at = 0; at < folded.size(); ++at) {
        const bool first = at == 0 || !letter(at - 1);
        const auto alone_at = [&](std::size_t place) {
            return letter(place) &&
                   (place + 1 == folded.size() || folded[place + 1] == '.' || folded[place + 1] == ' ');
        };
        if (folded[at] == '.' && at >= 1 && letter(at - 1) && (at == 1 || !letter(at - 2)) && alone_at(at + 1))
            continue;
        (void)first;
        out.push_back(folded[at]);
    }
    return out;
}

void open_acronyms(std::vector<Word>& words, std::size_t maximum) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        const bool before_number = at + 1 < words.size() && words[at + 1].kind == Word::Kind::digits;
        std::string_view opened = opened_acronym(words[at].text, before_number);
        if (opened.empty() || words[at].elided)
            continue;
        const Word original = words[at];
        bool first = true;
        while (!opened.empty()) {
            const std::size_t space = std::min(opened.find(' '), opened.size());
            Word word = original;
            word.text = std::string(opened.substr(0, space));
            opened.remove_prefix(std::min(space + 1, opened.size()));
            word.ended = original.ended || !opened.empty();
            if (first)
                words[at] = std::move(word);
            else if (words.size() < maximum)
                words.insert(words.begin() + static_cast<std::ptrdiff_t>(++at), std::move(word));
            first = false;
        }
    }
}

} // namespace

std::vector<Word> words_of(std::string_view text, std::size_t maximum) {
    constexpr std::size_t LONGEST = 400; // characters; an envelope has room for fewer
    const std::string folded =
        without_points_in_acronyms(text::fold_for_comparison(text::first_characters(text, LONGEST)));
    std::vector<Word> words = Splitter(maximum).split(folded);
    // Folding trims, but a space at the end says that the last word is whole.
    if (!words.empty() && !text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n'))
        words.back().ended = true;
    open_acronyms(words, maximum);
    join_number_words(words);
    return words;
}

bool is_article(std::string_view word) {
    constexpr std::array<std::string_view, 21> ARTICLES = {"a",   "au",  "aux", "chez", "d",  "da",  "de",
                                                           "des", "du",  "en",  "et",   "l",  "la",  "le",
                                                           "les", "lez", "ès",  "es",   "un", "une", "dit"};
    return std::find(ARTICLES.begin(), ARTICLES.end(), word) != ARTICLES.end();
}

} // namespace foyer::address
