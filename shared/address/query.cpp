#include "address/query.h"

#include <algorithm>
#include <array>

namespace foyer::address {

namespace {

using Texts = std::string_view;

template <std::size_t SIZE> bool is_one_of(std::string_view word, const std::array<Texts, SIZE>& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// Words that are followed by a number or a letter and say where within the building, or which box.
constexpr std::array<Texts, 22> SHORT_KEYS = {
    "appt", "apt", "app", "appart", "apart", "appartement", "bat",  "batiment", "bt",    "esc",      "etg",
    "lgt",  "bp",  "cs",  "tsa",    "boite", "bal",         "logt", "log",      "porte", "digicode", "interphone"};
constexpr std::array<Texts, 3> BOXES = {"bp", "cs", "tsa"};
constexpr std::array<Texts, 7> LONG_KEYS = {"escalier", "etage", "hall", "entree", "logement", "chambre", "cage"};
constexpr std::array<Texts, 6> NUMBER_SIGNS = {"n", "no", "num", "numero", "nr", "nro"};
constexpr std::array<Texts, 4> REPETITIONS = {"bis", "ter", "quater", "quinquies"};
bool is_single_letter(const Word& word) { return word.kind == Word::Kind::letters && word.text.size() == 1; }

unsigned leading_number(std::string_view text) {
    unsigned value = 0;
    for (const char digit : text) {
        if (digit < '0' || digit > '9' || value > 999'999)
            break;
        value = value * 10 + static_cast<unsigned>(digit - '0');
    }
    return value;
}

// Roles are given in passes: what lies aside first, since its numbers are no house numbers.
class Reader {
public:
    explicit Reader(std::vector<Word> words) : m_words(std::move(words)), m_roles(m_words.size(), Token::Role::word) {}

    Query read() {
        mark_asides();
        mark_cedex();
        join_postal_codes();
        Query query;
        query.cedex = m_cedex;
        for (std::size_t at = 0; at < m_words.size() && query.tokens.size() < Query::MAXIMUM_TOKENS; ++at)
            query.tokens.push_back(token(at));
        mark_repetitions(query);
        return query;
    }

private:
    [[nodiscard]] bool has(std::size_t at) const { return at < m_words.size(); }
    [[nodiscard]] bool is_digits(std::size_t at) const { return has(at) && m_words[at].kind == Word::Kind::digits; }

    void set_aside(std::size_t at) { m_roles[at] = Token::Role::aside; }

    // "CS 20012": five digits that are no postal code, when another five are there.
    [[nodiscard]] bool is_box_beside_code(std::size_t key, std::size_t at) const {
        if (!is_one_of(m_words[key].text, BOXES) || m_words[at].text.size() != 5)
            return false;
        for (std::size_t other = 0; other < m_words.size(); ++other)
            if (other != at && is_digits(other) && m_words[other].text.size() == 5)
                return true;
        return false;
    }

    // Marks "3", "3b", "B", "B2", "n° 3" after a key. Returns whether there was such a thing.
    bool set_value_aside(std::size_t key) {
        std::size_t at = key + 1;
        if (has(at) && is_one_of(m_words[at].text, NUMBER_SIGNS) && is_digits(at + 1))
            ++at;
        if (!has(at) || (is_digits(at) && m_words[at].text.size() > 4 && !is_box_beside_code(key, at)))
            return false;
        // "porte d'Alsace", "bâtiment le Lys": a name, not a value.
        if (!is_digits(at) && !(is_single_letter(m_words[at]) && !m_words[at].elided))
            return false;
        for (std::size_t mark = key + 1; mark <= at; ++mark)
            set_aside(mark);
        if (has(at + 1) && m_words[at + 1].attached && (is_digits(at + 1) || is_single_letter(m_words[at + 1])))
            set_aside(at + 1);
        return true;
    }

    void mark_asides() {
        for (std::size_t at = 0; at < m_words.size(); ++at) {
            const std::string& text = m_words[at].text;
            if (m_roles[at] != Token::Role::word || m_words[at].kind != Word::Kind::letters)
                continue;
            const bool after_article = at > 0 && is_article(m_words[at - 1].text) && m_words[at - 1].text != "et";
            if (text == "etage" && at > 0 && m_words[at - 1].kind == Word::Kind::ordinal) {
                set_aside(at - 1);
                set_aside(at);
                if (has(at + 1) && (m_words[at + 1].text == "gauche" || m_words[at + 1].text == "droite"))
                    set_aside(at + 1);
            } else if (text == "rdc" || text == "france") {
                set_aside(at);
            } else if (text == "rez" && has(at + 2) && m_words[at + 2].text == "chaussee") {
                set_aside(at);
                set_aside(at + 1);
                set_aside(at + 2);
            } else if ((is_one_of(text, SHORT_KEYS) || is_one_of(text, LONG_KEYS)) && !after_article &&
                       set_value_aside(at)) {
                set_aside(at);
            } else if (is_one_of(text, NUMBER_SIGNS) && is_digits(at + 1) && m_words[at + 1].text.size() < 5) {
                set_aside(at);
            } else if (text == "f" && is_digits(at + 1) && m_words[at + 1].text.size() == 5) { // "F-44521"
                set_aside(at);
            }
        }
    }

    void mark_cedex() {
        for (std::size_t at = 0; at < m_words.size(); ++at) {
            if (m_words[at].text != "cedex")
                continue;
            m_cedex = true;
            set_aside(at);
            if (is_digits(at + 1) && m_words[at + 1].text.size() <= 2)
                set_aside(at + 1);
        }
    }

    // "44 521" at the end or before a name, when nothing else is a postal code and a house number came before.
    void join_postal_codes() {
        bool numbers_before = false;
        for (std::size_t at = 0; at < m_words.size(); ++at)
            if (is_digits(at) && m_words[at].text.size() == 5)
                return;
        for (std::size_t at = 0; at + 1 < m_words.size(); ++at) {
            if (!is_digits(at) || m_roles[at] != Token::Role::word)
                continue;
            const bool splits = m_words[at].text.size() == 2 && is_digits(at + 1) && m_words[at + 1].text.size() == 3;
            if (splits && (numbers_before || at > 0)) {
                m_words[at].text += m_words[at + 1].text;
                m_words[at].ended = m_words[at + 1].ended;
                m_words.erase(m_words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
                m_roles.erase(m_roles.begin() + static_cast<std::ptrdiff_t>(at) + 1);
                return;
            }
            numbers_before = true;
        }
    }

    [[nodiscard]] Token token(std::size_t at) const {
        const Word& word = m_words[at];
        Token token;
        token.text = word.text;
        token.typing = at + 1 == m_words.size() && !word.ended;
        token.role = m_roles[at];
        if (token.role == Token::Role::aside)
            return token;
        if (word.kind == Word::Kind::digits) {
            token.role = word.text.size() == 5 ? Token::Role::postal_code : Token::Role::number;
            token.number = leading_number(word.text);
        } else if (word.kind == Word::Kind::ordinal) {
            // "2E rue X" is number 2, repetition E, when nothing else is a number; "1er" is not.
            if (word.text != "1er")
                token.number = leading_number(word.text);
        } else if (is_article(word.text) || word.elided) {
            token.role = Token::Role::article;
        }
        return token;
    }

    void mark_repetitions(Query& query) const {
        for (std::size_t at = 1; at < query.tokens.size(); ++at) {
            Token& token = query.tokens[at];
            if (query.tokens[at - 1].role != Token::Role::number || token.role == Token::Role::aside)
                continue;
            const bool letter = token.text.size() == 1 && token.text[0] >= 'a' && token.text[0] <= 'z';
            token.may_repeat = is_one_of(token.text, REPETITIONS) || (letter && !m_words[at].elided);
        }
    }

    std::vector<Word> m_words;
    std::vector<Token::Role> m_roles;
    bool m_cedex = false;
};

} // namespace

Query read_query(std::string_view typed) { return Reader(words_of(typed, Query::MAXIMUM_TOKENS)).read(); }

} // namespace foyer::address
