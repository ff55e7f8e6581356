#include "address/searcher.h"

#include "address/abbreviations.h"
#include "address/numerals.h"
#include "text/fold.h"

#include <algorithm>

namespace foyer::address {

namespace {

// Qualities: how well a word of the index answers a typed one, in percent.
constexpr unsigned EXACT = 100;
constexpr unsigned OTHER_SPELLING = 97;  // abbreviations, numbers in words
constexpr unsigned WITHOUT_ELISION = 95; // "leglise"
constexpr unsigned TOGETHER = 94;        // "grandrue", "saint maur" for "saintmaur"
constexpr unsigned SURE = 92;            // from here on nothing was guessed
constexpr unsigned ORDINAL_FOR_NUMBER = 90;
constexpr unsigned BEGINNING = 65; // of the word being typed; the nearer its end, the more is added
constexpr unsigned CUT = 52;       // "boul", "gen" in the middle
constexpr unsigned REST_OF_WORD = 25;
constexpr unsigned NEAR = 85;
constexpr unsigned INITIAL = 50;

// Weights: how much it matters that a word is answered.
constexpr unsigned ARTICLE_WEIGHT = 1;
constexpr unsigned SMALLEST_WEIGHT = 4;
constexpr unsigned LARGEST_WEIGHT = 10;
constexpr unsigned UNKNOWN_WEIGHT = 8;
constexpr unsigned NUMBER_WEIGHT = 3;
constexpr unsigned REPETITION_WEIGHT = 2;
constexpr unsigned POSTAL_CODE_WEIGHT = 8;
constexpr int TYPED_TOGETHER = 150; // in weight times percent; orders only, is no part of the share

constexpr std::size_t HIT_ROOM = 32'768;
constexpr std::size_t TERM_ROOM = 72;
constexpr std::size_t RANGE_TO_NOTE = 1'024;
constexpr std::size_t NEAR_ROOM = 400;
constexpr std::size_t CANDIDATES = 1'024;
constexpr std::size_t ENOUGH = 256;
constexpr std::size_t HISTOGRAM = 4'096;
constexpr std::size_t LIMIT = 50;
constexpr std::size_t NAME_WORDS = 24; // of one name; more are not looked at

unsigned logarithm(std::uint32_t value) {
    unsigned bits = 0;
    while (value > 1) {
        value >>= 1;
        ++bits;
    }
    return bits;
}

std::uint64_t bits_of(std::size_t token) { return std::uint64_t{3} << (2 * token); }

bool is_repetition_word(std::string_view text) {
    return text == "bis" || text == "ter" || text == "quater" || text == "quinquies";
}

// Postal codes that differ by one typing mistake: a digit replaced, two swapped, one missing or too many.
bool nearly_same_code(std::string_view typed, std::string_view code) {
    if (typed.size() == code.size()) {
        std::size_t first = 0;
        while (first < code.size() && typed[first] == code[first])
            ++first;
        if (first == code.size() || typed.substr(first + 1) == code.substr(first + 1))
            return true;
        return first + 1 < code.size() && typed[first] == code[first + 1] && typed[first + 1] == code[first] &&
               typed.substr(first + 2) == code.substr(first + 2);
    }
    const std::string_view longer = typed.size() > code.size() ? typed : code;
    const std::string_view shorter = typed.size() > code.size() ? code : typed;
    if (longer.size() != shorter.size() + 1)
        return false;
    std::size_t first = 0;
    while (first < shorter.size() && longer[first] == shorter[first])
        ++first;
    return longer.substr(first + 1) == shorter.substr(first);
}

unsigned near_quality(std::string_view typed, const NearWord& near) {
    const auto letters = static_cast<unsigned>(typed.size());
    unsigned lost = 100 * near.mistakes / letters;
    if (near.first != typed.front())
        lost += 6; // the first letter is rarely wrong
    if (near.beginning)
        lost += 8;
    return NEAR > lost + 10 ? NEAR - lost : 10;
}

bool is_vowel_sound(char letter) { return std::string_view("aeiouyh").find(letter) != std::string_view::npos; }

} // namespace

Searcher::Searcher(const Index& index) : m_index(index) {
    const std::uint32_t names = index.count(Count::names);
    const std::uint32_t places = index.count(Count::places);
    m_terms.reserve(TERM_ROOM);
    m_hits.reserve(HIT_ROOM);
    const std::uint32_t words = index.count(Count::words);
    m_word_hits.resize(words);
    m_word_weights.reserve(words);
    index.dictionary().visit([&](std::string_view word) {
        m_word_weights.push_back(static_cast<std::uint8_t>(is_article(word) ? 0 : rarity(m_word_weights.size())));
    });
    m_word_weights.resize(words);
    m_near.reserve(NEAR_ROOM);
    m_name_scores.resize(names);
    m_name_term.resize(names);
    m_place_scores.resize(places);
    m_place_term.resize(places);
    m_street_scores.resize(index.count(Count::streets));
    m_histogram.resize(HISTOGRAM);
    m_chosen.reserve(CANDIDATES);
    m_candidates.reserve(CANDIDATES);
    (void)text::fold_for_comparison("É"); // unpacks the Unicode tables now rather than at the first key
}

// The rarer a word, the more it tells.
unsigned Searcher::rarity(std::size_t word) const {
    Cursor postings = m_index.postings(static_cast<WordId>(word));
    const std::uint32_t places = postings.number();
    const std::uint32_t names = postings.number();
    unsigned weight = 0;
    if (names > 0)
        weight = logarithm(m_index.count(Count::names) / names) + 2;
    if (places > 0)
        weight = std::max(weight, logarithm(m_index.count(Count::places) / places) + 2);
    return std::clamp(weight, SMALLEST_WEIGHT, LARGEST_WEIGHT);
}

void Searcher::clear() {
    for (const Hit& hit : m_hits)
        if (hit.word < m_word_hits.size())
            m_word_hits[hit.word] = 0;
    m_hits.clear();
    m_hits.push_back({});
    m_terms.clear();
    m_chosen.clear();
    m_candidates.clear();
    m_weights.fill(0);
    m_total = 0;
}

// ---- Terms: which words of the index may answer which words typed.

std::uint16_t Searcher::new_term(std::uint64_t bits) {
    Term term;
    term.bits = bits;
    m_terms.push_back(term);
    return static_cast<std::uint16_t>(m_terms.size() - 1);
}

bool Searcher::note(std::uint16_t term, WordId word, unsigned quality) {
    if (m_hits.size() >= HIT_ROOM)
        return false;
    for (std::uint32_t at = m_word_hits[word]; at != 0; at = m_hits[at].next_of_word)
        if (m_hits[at].term == term)
            return false; // better ones are noted first
    const auto id = static_cast<std::uint32_t>(m_hits.size());
    m_hits.push_back({word, term, static_cast<std::uint16_t>(quality), m_word_hits[word], 0});
    m_word_hits[word] = id;
    Term& owner = m_terms[term];
    if (owner.first_hit == 0)
        owner.first_hit = id;
    else
        m_hits[owner.last_hit].next_of_term = id;
    owner.last_hit = id;
    if (quality >= SURE)
        owner.names += names_with(word);
    return true;
}

void Searcher::note_spellings(std::uint16_t term, const Token& token) {
    const Dictionary& dictionary = m_index.dictionary();
    if (const auto word = dictionary.find(token.text))
        note(term, *word, EXACT);
    m_spellings.clear();
    add_spellings(token.text, m_spellings);
    add_number_spellings(token.text, m_spellings);
    for (const std::string& spelling : m_spellings)
        if (const auto word = dictionary.find(spelling))
            note(term, *word, OTHER_SPELLING);
    if (token.number != 0 && token.number < 100) { // "1 mai" and "1er mai", "2 DB" and "2e DB"
        const std::string digits = std::to_string(token.number);
        for (const std::string& spelling : {digits, digits + (token.number == 1 ? "er" : "e")})
            if (const auto word = dictionary.find(spelling))
                note(term, *word, ORDINAL_FOR_NUMBER);
    }
    const std::string& text = token.text;
    if (text.size() >= 4 && (text[0] == 'l' || text[0] == 'd') && is_vowel_sound(text[1]))
        if (const auto word = dictionary.find(std::string_view(text).substr(1)))
            note(term, *word, WITHOUT_ELISION);
}

// A word that stands in many names was meant: "rue" is no ruelle.
bool Searcher::is_settled(std::uint16_t term) const {
    return m_terms[term].names > m_index.count(Count::names) / 32 + 8;
}

void Searcher::note_beginnings(std::uint16_t term, const Token& token) {
    if (!token.typing && token.text.size() < 3 && token.role != Token::Role::word)
        return;
    const bool initial = !token.typing && token.text.size() == 1;
    if (!token.typing && (token.text.size() == 2 || is_settled(term)))
        return;
    const WordRange range = m_index.dictionary().beginning_with(token.text);
    const std::uint32_t count = range.end > range.first ? range.end - range.first : 0;
    const auto letters = static_cast<unsigned>(token.text.size());
    m_terms[term].letters = letters;
    if (initial) {
        m_terms[term].range = range;
        return;
    }
    if (count > RANGE_TO_NOTE) {
        m_terms[term].range = range;
        m_terms[term].broad = true;
        return;
    }
    for (WordId word = range.first; word < range.end; ++word) {
        const unsigned length = std::max(m_index.word_length(word), letters);
        note(term, word, (token.typing ? BEGINNING : CUT) + REST_OF_WORD * letters / length);
    }
}

// "Jean-Baptiste Clément" where the file has "J.-B. Clément".
void Searcher::note_initial(std::uint16_t term, const Token& token) {
    if (token.text.size() < 3)
        return;
    const auto letter = m_index.dictionary().find(std::string_view(token.text).substr(0, 1));
    if (letter && weight_of(*letter) > 0)
        note(term, *letter, INITIAL);
}

void Searcher::note_near(std::uint16_t term, const Token& token) {
    const std::size_t letters = token.text.size();
    if (letters < 3 || token.role == Token::Role::article)
        return;
    const bool known = m_terms[term].first_hit != 0 && m_hits[m_terms[term].first_hit].quality >= SURE;
    if (is_settled(term) || (known && letters == 3)) // three letters are near to too many words
        return;
    unsigned maximum = letters < 8 ? 1 : letters < 13 ? 2 : 3;
    const std::size_t before = m_hits.size();
    for (; maximum <= 3; ++maximum) {
        m_near.clear();
        const bool beginnings = token.typing && letters >= 4;
        m_index.dictionary().near(token.text, maximum, beginnings, NEAR_ROOM, m_near);
        // The nearest first: what is noted first stays.
        for (unsigned mistakes = 0; mistakes <= maximum; ++mistakes)
            for (const NearWord& near : m_near)
                if (near.mistakes == mistakes)
                    note(term, near.word, near_quality(token.text, near));
        // Words of some length that are like nothing at all get one mistake more.
        if (known || m_hits.size() > before || letters < 5 || maximum >= 2)
            break;
    }
}

void Searcher::weigh(std::uint16_t term, const Token& token) {
    Term& own = m_terms[term];
    switch (token.role) {
    case Token::Role::aside:
        own.weight = 0;
        return;
    case Token::Role::article:
        own.weight = ARTICLE_WEIGHT;
        own.article = true;
        return;
    case Token::Role::number:
        own.weight = NUMBER_WEIGHT;
        return;
    case Token::Role::postal_code:
        own.weight = POSTAL_CODE_WEIGHT;
        return;
    case Token::Role::word:
        break;
    }
    if (token.may_repeat)
        own.weight = REPETITION_WEIGHT;
    else if (own.first_hit != 0)
        own.weight = std::max<unsigned>(m_word_weights[m_hits[own.first_hit].word], ARTICLE_WEIGHT);
    else
        own.weight = token.text.size() == 1 ? REPETITION_WEIGHT : UNKNOWN_WEIGHT;
}

void Searcher::add_token_term(std::size_t at) {
    const Token& token = m_query.tokens[at];
    const std::uint16_t term = new_term(bits_of(at));
    note_spellings(term, token);
    if (token.role != Token::Role::number || token.typing)
        note_beginnings(term, token);
    if (token.role == Token::Role::word) {
        note_near(term, token);
        note_initial(term, token);
    }
    weigh(term, token);
    m_weights[at] = m_terms[term].weight;
    m_total += static_cast<int>(m_terms[term].weight * EXACT);
}

void Searcher::add_joined_term(std::size_t at) {
    const Token& first = m_query.tokens[at];
    const Token& second = m_query.tokens[at + 1];
    const auto joins = [](const Token& token) {
        return token.role == Token::Role::word || token.role == Token::Role::article;
    };
    if (!joins(first) || !joins(second) || first.text.size() + second.text.size() > MAXIMUM_WORD)
        return;
    const auto word = m_index.dictionary().find(first.text + second.text);
    if (!word)
        return;
    const std::uint16_t term = new_term(bits_of(at) | bits_of(at + 1));
    note(term, *word, TOGETHER);
    m_terms[term].weight = m_weights[at] + m_weights[at + 1];
}

void Searcher::add_split_terms(std::size_t at) {
    const Token& token = m_query.tokens[at];
    const Term& whole = m_terms[at];
    const bool known = whole.first_hit != 0 && m_hits[whole.first_hit].quality >= SURE;
    if (token.role != Token::Role::word || known || token.text.size() < 5)
        return;
    const std::string_view text = token.text;
    for (std::size_t cut = 2; cut + 2 <= text.size() && m_terms.size() + 2 <= TERM_ROOM; ++cut) {
        const auto first = m_index.dictionary().find(text.substr(0, cut));
        const auto second = first ? m_index.dictionary().find(text.substr(cut)) : std::nullopt;
        if (!second)
            continue;
        const std::uint64_t half = std::uint64_t{1} << (2 * at);
        const unsigned weight = std::max(m_weights[at], UNKNOWN_WEIGHT);
        for (const auto& [bits, word] : {std::pair(half, *first), std::pair(half << 1, *second)}) {
            const std::uint16_t term = new_term(bits);
            note(term, word, TOGETHER);
            m_terms[term].weight = weight / 2;
        }
        m_total += static_cast<int>((weight / 2 * 2 - std::min(weight / 2 * 2, m_weights[at])) * EXACT);
        m_weights[at] = std::max(m_weights[at], weight / 2 * 2);
        return;
    }
}

void Searcher::make_terms() {
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at)
        add_token_term(at);
    for (std::size_t at = 0; at + 1 < m_query.tokens.size(); ++at)
        add_joined_term(at);
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at)
        add_split_terms(at);
    for (Term& term : m_terms)
        if (term.article || term.weight == 0 || is_broad(term.names))
            term.broad = true;
}

// Words of so many names cannot choose among them.
bool Searcher::is_broad(std::uint32_t names) const { return names > 64 && names > m_index.count(Count::names) / 8; }

// ---- Candidates: a rough look at everything.

void Searcher::gather_names() {
    std::fill(m_name_scores.begin(), m_name_scores.end(), std::uint16_t{0});
    std::fill(m_name_term.begin(), m_name_term.end(), std::uint8_t{0});
    const auto chooses = [](const Term& term) { return !term.broad && term.first_hit != 0; };
    const bool any = std::any_of(m_terms.begin(), m_terms.end(), chooses);
    const std::uint32_t names = m_index.count(Count::names);
    const auto add = [&](std::size_t term, WordId word, unsigned quality) {
        Cursor postings = m_index.postings(word);
        const std::uint32_t of_places = postings.number();
        const std::uint32_t of_names = postings.number();
        if (any && is_broad(of_names))
            return; // "ruel" is near to "rue" too
        for (std::uint32_t left = of_places; left > 0 && !postings.at_end(); --left)
            (void)postings.number();
        const auto points = static_cast<std::uint16_t>(m_terms[term].weight * quality / 10);
        const auto mark = static_cast<std::uint8_t>(term + 1);
        NameId name = 0;
        for (std::uint32_t left = of_names; left > 0 && !postings.at_end(); --left) {
            name += postings.number();
            if (name >= names)
                return;
            if (m_name_term[name] == mark)
                continue;
            m_name_term[name] = mark;
            m_name_scores[name] = static_cast<std::uint16_t>(m_name_scores[name] + points);
        }
    };
    for (std::size_t term = 0; term < m_terms.size(); ++term) {
        const Term& own = m_terms[term];
        if (any && !chooses(own))
            continue;
        for (std::uint32_t hit = own.first_hit; hit != 0; hit = m_hits[hit].next_of_term)
            add(term, m_hits[hit].word, m_hits[hit].quality);
        if (!any)
            for (WordId word = own.range.first; word < own.range.end; ++word)
                add(term, word, BEGINNING);
    }
}

void Searcher::gather_places() {
    std::fill(m_place_scores.begin(), m_place_scores.end(), std::uint16_t{0});
    std::fill(m_place_term.begin(), m_place_term.end(), std::uint8_t{0});
    const std::uint32_t places = m_index.count(Count::places);
    for (std::size_t term = 0; term < m_terms.size(); ++term) {
        const Term& own = m_terms[term];
        if (own.article || own.weight == 0)
            continue;
        for (std::uint32_t hit = own.first_hit; hit != 0; hit = m_hits[hit].next_of_term) {
            Cursor postings = m_index.postings(m_hits[hit].word);
            const std::uint32_t of_places = postings.number();
            (void)postings.number();
            const auto points = static_cast<std::uint16_t>(own.weight * m_hits[hit].quality / 10);
            const auto mark = static_cast<std::uint8_t>(term + 1);
            PlaceId place = 0;
            for (std::uint32_t left = of_places; left > 0 && !postings.at_end(); --left) {
                place += postings.number();
                if (place >= places)
                    break;
                if (m_place_term[place] == mark)
                    continue;
                m_place_term[place] = mark;
                m_place_scores[place] = static_cast<std::uint16_t>(m_place_scores[place] + points);
            }
        }
    }
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at) {
        const Token& token = m_query.tokens[at];
        if (token.role != Token::Role::postal_code && !(token.role == Token::Role::number && token.text.size() >= 4))
            continue;
        for (PlaceId place = 0; place < places; ++place) {
            // The whole of a place is looked at only for those that have further codes: few differ in nothing else.
            const std::uint32_t code = m_index.postal_code_of(place);
            const std::string text = postal_code_text(code);
            unsigned quality = 0;
            if (token.text == text)
                quality = EXACT;
            else if (nearly_same_code(token.text, text))
                quality = INITIAL;
            const unsigned weight = token.role == Token::Role::postal_code ? POSTAL_CODE_WEIGHT : NUMBER_WEIGHT;
            m_place_scores[place] = static_cast<std::uint16_t>(m_place_scores[place] + weight * quality / 10);
        }
    }
}

void Searcher::choose_streets() {
    std::fill(m_histogram.begin(), m_histogram.end(), 0U);
    const std::uint32_t names = m_index.count(Count::names);
    StreetId street = 0;
    for (NameId name = 0; name < names; ++name) {
        const std::uint32_t of_name = m_name_scores[name];
        for (const StreetId end = m_index.first_street(name + 1); street < end; ++street) {
            const std::uint32_t rough = of_name + m_place_scores[m_index.place_of(street)];
            const auto kept = static_cast<std::uint16_t>(std::min<std::uint32_t>(rough, HISTOGRAM - 1));
            m_street_scores[street] = kept;
            ++m_histogram[kept];
        }
    }
    std::size_t threshold = HISTOGRAM - 1;
    std::size_t above = m_histogram[threshold];
    while (threshold > 1 && above < ENOUGH)
        above += m_histogram[--threshold];
    // Those that are better than the threshold have room; of those at it, the first ones.
    std::size_t room = CANDIDATES - std::min<std::size_t>(CANDIDATES, above - m_histogram[threshold]);
    for (StreetId at = 0; at < m_street_scores.size(); ++at) {
        if (m_street_scores[at] < threshold)
            continue;
        if (m_street_scores[at] == threshold) {
            if (room == 0)
                continue;
            --room;
        }
        if (m_chosen.size() < CANDIDATES)
            m_chosen.push_back(at);
    }
}

// ---- Comparison: one street, exactly.

// "8 place du huit mai": the word is the name's, the digits are the house's.
unsigned Searcher::preference(unsigned term, unsigned quality) const {
    constexpr unsigned DIGITS_LAST = 4;
    const bool number = term < m_query.tokens.size() && m_query.tokens[term].role == Token::Role::number;
    return number ? quality - std::min(quality, DIGITS_LAST) : quality;
}

void Searcher::pairs_of_word(WordId word, unsigned position, std::uint64_t used) {
    if (word >= m_word_hits.size())
        return;
    for (std::uint32_t at = m_word_hits[word]; at != 0; at = m_hits[at].next_of_word)
        if ((m_terms[m_hits[at].term].bits & used) == 0)
            m_pairs.push_back(
                {m_hits[at].quality, preference(m_hits[at].term, m_hits[at].quality), position, m_hits[at].term});
    for (unsigned term = 0; term < m_query.tokens.size(); ++term) {
        const Term& own = m_terms[term];
        if (word < own.range.first || word >= own.range.end || (own.bits & used) != 0)
            continue;
        const unsigned length = std::max({m_index.word_length(word), own.letters, 1U});
        const unsigned quality =
            m_query.tokens[term].typing ? BEGINNING + REST_OF_WORD * own.letters / length : INITIAL;
        m_pairs.push_back({quality, preference(term, quality), position, term});
    }
}

namespace {

template <typename Pairs> void sort_pairs(Pairs& pairs) {
    std::sort(pairs.begin(), pairs.end(), [](const auto& left, const auto& right) {
        if (left.preference != right.preference)
            return left.preference > right.preference;
        return left.position != right.position ? left.position < right.position : left.term < right.term;
    });
}

} // namespace

// Whether the tokens of the second were typed right after those of the first, articles aside.
bool Searcher::follows(std::uint64_t first, std::uint64_t second) const {
    if (first == 0)
        return false;
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at) {
        if ((second & bits_of(at)) != 0) {
            while (at > 0 && m_query.tokens[at - 1].role == Token::Role::article)
                --at;
            return at > 0 && (first & bits_of(at - 1)) != 0;
        }
    }
    return false;
}

Searcher::NameMatch Searcher::match_name(NameId name) {
    NameMatch match;
    m_pairs.clear();
    m_words.clear();
    for (Cursor words = m_index.name_words(name); !words.at_end() && m_words.size() < NAME_WORDS;) {
        const WordId word = words.number();
        pairs_of_word(word, static_cast<unsigned>(m_words.size()), 0);
        m_words.push_back(word);
    }
    sort_pairs(m_pairs);
    std::array<std::uint16_t, NAME_WORDS> answered{}; // quality by position
    std::array<std::uint64_t, NAME_WORDS> bits{};
    for (const Pair& pair : m_pairs) {
        const Term& term = m_terms[pair.term];
        if (answered[pair.position] != 0 || (term.bits & match.used) != 0)
            continue;
        answered[pair.position] = static_cast<std::uint16_t>(pair.quality);
        bits[pair.position] = term.bits;
        match.used |= term.bits;
        match.score += static_cast<int>(term.weight * pair.quality);
    }
    match.whole = !m_words.empty();
    unsigned own_weight = 0;
    unsigned answered_weight = 0;
    std::uint64_t before = 0; // what answers the word before, articles aside
    for (std::size_t position = 0; position < m_words.size(); ++position) {
        const unsigned weight = weight_of(m_words[position]);
        if (weight == 0) // an article
            continue;
        own_weight += weight * EXACT;
        answered_weight += weight * answered[position];
        if (answered[position] < SURE)
            match.whole = false;
        if (answered[position] == 0)
            match.score -= static_cast<int>(weight * EXACT / 3);
        // Words that stand together in the name and were typed together are more it than the same words apart.
        if (bits[position] != 0 && follows(before, bits[position]))
            match.order += TYPED_TOGETHER;
        before = bits[position];
    }
    match.share = own_weight == 0 ? 0 : answered_weight * 1000 / own_weight;
    return match;
}

Searcher::WordsMatch Searcher::match_city(Cursor words, std::uint64_t used) {
    WordsMatch match;
    m_pairs.clear();
    m_words.clear();
    for (std::uint32_t left = words.number(); left > 0 && !words.at_end() && m_words.size() < NAME_WORDS; --left) {
        const WordId word = words.number();
        pairs_of_word(word, static_cast<unsigned>(m_words.size()), used);
        m_words.push_back(word);
    }
    // "3 rue de Lyon, Lyon 3e": the only number there is, is the house's.
    std::size_t numbers = 0;
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at)
        numbers += m_query.tokens[at].role == Token::Role::number && (used & bits_of(at)) == 0 ? 1U : 0U;
    if (numbers == 1)
        m_pairs.erase(std::remove_if(m_pairs.begin(), m_pairs.end(),
                                     [&](const Pair& pair) {
                                         return pair.term < m_query.tokens.size() &&
                                                m_query.tokens[pair.term].role == Token::Role::number;
                                     }),
                      m_pairs.end());
    if (m_pairs.empty())
        return match;
    sort_pairs(m_pairs);
    std::array<std::uint16_t, NAME_WORDS> answered{};
    for (const Pair& pair : m_pairs) {
        const Term& term = m_terms[pair.term];
        if (answered[pair.position] != 0 || (term.bits & (used | match.used)) != 0)
            continue;
        answered[pair.position] = static_cast<std::uint16_t>(pair.quality);
        match.used |= term.bits;
        if (pair.quality < SURE)
            match.guessed |= term.bits;
        match.score += static_cast<int>(term.weight * pair.quality);
        match.any = match.any || !term.article;
    }
    match.whole = match.any;
    for (std::size_t position = 0; position < m_words.size(); ++position) {
        const unsigned weight = weight_of(m_words[position]);
        if (weight == 0)
            continue;
        if (answered[position] < SURE)
            match.whole = false;
        if (answered[position] == 0)
            match.score -= static_cast<int>(weight * EXACT / 4);
    }
    if (!match.any || match.score <= 0)
        return {};
    return match;
}

unsigned Searcher::code_quality(const Token& token, const Place& place) const {
    const std::string code = postal_code_text(place.postal_code);
    if (token.text == code || token.text == insee_text(place.insee))
        return EXACT;
    Cursor further = place.further_codes;
    for (std::uint32_t left = further.number(); left > 0 && !further.at_end(); --left)
        if (postal_code_text(further.number()) == token.text)
            return code.empty() ? EXACT : 80; // right for the commune; for this street another one is known
    if (token.typing && token.text.size() >= 2 && token.text.size() < 5 &&
        code.substr(0, token.text.size()) == token.text)
        return 70;
    if (code.size() == 5 && token.text.size() == 4 && code[0] == '0' && code.substr(1) == token.text)
        return ORDINAL_FOR_NUMBER; // a spreadsheet took the zero away
    if (token.text.size() >= 4 && nearly_same_code(token.text, code))
        return INITIAL;
    if (token.text.size() == 5 && token.text.substr(0, 2) == code.substr(0, 2))
        return m_query.cedex ? 60 : 10;
    return 0;
}

Searcher::PlaceMatch Searcher::match_place(PlaceId id, std::uint64_t used) {
    const Place place = m_index.place(id);
    PlaceMatch match;
    WordsMatch best = match_city(place.city_words, used);
    if (!place.old_city.empty()) {
        // Both names may have been typed, the old one first.
        const WordsMatch old = match_city(place.old_words, used);
        if (old.score > 0) {
            const WordsMatch beside = match_city(place.city_words, used | old.used);
            if (old.score + beside.score > best.score) {
                best = old;
                best.score += beside.score;
                best.used |= beside.used;
                best.guessed |= beside.guessed;
                best.whole = old.whole || beside.whole;
            }
        }
    }
    match.used = best.used;
    match.guessed = best.guessed;
    match.score = best.score;
    match.named = best.whole;
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at) {
        const Token& token = m_query.tokens[at];
        const bool digits = token.role == Token::Role::postal_code || token.role == Token::Role::number;
        if (!digits || ((used | match.used) & bits_of(at)) != 0)
            continue;
        const unsigned quality = code_quality(token, place);
        if (token.role == Token::Role::postal_code && quality < INITIAL)
            match.code_denied = true;
        // A house number is not a postal code with a digit missing unless a zero or the end is what is missing.
        if (quality == 0 || (token.role == Token::Role::number && quality < 70 && token.text.size() < 4))
            continue;
        match.score += static_cast<int>(m_weights[at] * quality);
        if (quality >= ORDINAL_FOR_NUMBER) {
            match.code_held = true;
            match.used |= bits_of(at);
        } else if (m_query.cedex && token.role == Token::Role::postal_code) {
            match.used |= bits_of(at);
        }
    }
    return match;
}

bool Searcher::repeats(const Token& token, std::string_view repetition) const {
    if (token.text == repetition)
        return true;
    if (repetition.empty() || token.text.empty())
        return false;
    // "b" is bis as often as B.
    const auto short_form = [](std::string_view text) { return is_repetition_word(text) ? text.substr(0, 1) : text; };
    return (is_repetition_word(token.text) || is_repetition_word(repetition)) &&
           short_form(token.text) == short_form(repetition);
}

Searcher::NumberMatch Searcher::match_number(StreetId street, std::uint64_t used) const {
    NumberMatch match;
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at) {
        const Token& token = m_query.tokens[at];
        const bool ordinal = token.role == Token::Role::word && token.number != 0;
        if ((token.role != Token::Role::number && !ordinal) || (used & bits_of(at)) != 0 || token.text.size() > 5)
            continue;
        const std::uint32_t wanted = token.number + 1;
        const bool next_repeats =
            at + 1 < m_query.tokens.size() && m_query.tokens[at + 1].may_repeat && (used & bits_of(at + 1)) == 0;
        std::optional<House> plain;
        std::optional<House> exact;
        std::optional<House> first;
        std::uint32_t plain_index = 0;
        std::uint32_t exact_index = 0;
        std::uint32_t first_index = 0;
        bool exactly = false;
        m_index.visit_houses(street, [&](const House& house, std::uint32_t index) {
            if (house.number != wanted)
                return house.number < wanted;
            if (!first) {
                first = house;
                first_index = index;
            }
            const std::string_view repetition = m_index.repetition(house.repetition);
            if (house.repetition == 0) {
                plain = house;
                plain_index = index;
            }
            if (ordinal && repetition == "e") {
                exact = house;
                exact_index = index;
                exactly = true;
            }
            if (next_repeats && repeats(m_query.tokens[at + 1], repetition) &&
                (!exact || m_query.tokens[at + 1].text == repetition)) {
                exact = house;
                exact_index = index;
                exactly = true;
            }
            return true;
        });
        match.typed = match.typed || !ordinal;
        if (!first || (ordinal && !exactly))
            continue;
        match.typed = true;
        match.used = bits_of(at);
        match.score = static_cast<int>(m_weights[at] * EXACT);
        if (exactly) {
            match.house = exact;
            match.house_index = exact_index;
            match.held = true;
            if (!ordinal) {
                match.used |= bits_of(at + 1);
                match.score += static_cast<int>(m_weights[at + 1] * EXACT);
            }
        } else if (plain) {
            match.house = plain;
            match.house_index = plain_index;
            match.held = true; // a repetition that was typed too is left over, and says so
        } else {
            match.house = first;
            match.house_index = first_index;
            match.score = match.score * 6 / 10;
        }
        return match;
    }
    if (match.typed)
        return match;
    // No number was typed. A street that is an address by itself, or has one house only, is that.
    const std::uint32_t houses = m_index.house_count(street);
    m_index.visit_houses(street, [&](const House& house, std::uint32_t index) {
        if (index == 0 && (houses == 1 || house.number == WITHOUT_NUMBER)) {
            match.house = house;
            match.house_index = index;
            match.held = houses == 1 && house.number == WITHOUT_NUMBER;
        }
        return false;
    });
    return match;
}

Searcher::Candidate Searcher::weigh_street(StreetId street, NameId name, const NameMatch& name_match) {
    const PlaceMatch place = match_place(m_index.place_of(street), name_match.used);
    const NumberMatch number = match_number(street, name_match.used | place.used);
    Candidate candidate;
    candidate.street = street;
    candidate.name = name;
    candidate.addresses = m_index.addresses_of(m_index.place_of(street));
    candidate.score = name_match.score + place.score + number.score;
    candidate.house = number.house;
    candidate.house_index = number.house_index;
    Evidence& evidence = candidate.evidence;
    evidence.street_whole = name_match.whole;
    evidence.number_held = number.held;
    evidence.place_named = place.named || place.code_held;
    evidence.street_share = name_match.share;
    evidence.share =
        m_total == 0
            ? 0
            : static_cast<unsigned>(std::clamp<std::int64_t>(std::int64_t{candidate.score} * 1000 / m_total, 0, 1000));
    candidate.score += name_match.order;
    const std::uint64_t used = name_match.used | place.used | number.used;
    evidence.nothing_left = true;
    candidate.denied = place.code_denied && !place.named;
    evidence.elsewhere = candidate.denied;
    bool only_number_left = true;
    for (std::size_t at = 0; at < m_query.tokens.size(); ++at) {
        const Token& token = m_query.tokens[at];
        const bool answered = (used & bits_of(at)) == bits_of(at);
        if (m_weights[at] == 0 || token.role == Token::Role::article ||
            (answered && (place.guessed & bits_of(at)) == 0))
            continue;
        evidence.nothing_left = false;
        candidate.left |= bits_of(at);
        if (token.role != Token::Role::number && !token.may_repeat)
            only_number_left = false;
        if (answered || token.role != Token::Role::word || m_weights[at] < SMALLEST_WEIGHT)
            continue;
        evidence.foreign = true;
        if (!evidence.place_named && names_a_commune(at))
            evidence.elsewhere = true;
    }
    candidate.rival = name_match.whole && only_number_left;
    candidate.name_used = name_match.used;
    if (name_match.whole)
        m_index.visit_houses(street, [&](const House& house, std::uint32_t) {
            candidate.lieu_dit = house.number == WITHOUT_NUMBER;
            return false;
        });
    return candidate;
}

// "12 route de la Vallée, la Pommeraie": the lieu-dit beside the street, in the same commune, is no other address.
void Searcher::take_lieux_dits() {
    for (Candidate& candidate : m_candidates) {
        if (candidate.left == 0 || !candidate.evidence.street_whole || !candidate.evidence.number_held)
            continue;
        const std::uint32_t commune = m_index.insee_of(m_index.place_of(candidate.street));
        const bool named = std::any_of(m_candidates.begin(), m_candidates.end(), [&](const Candidate& other) {
            return other.lieu_dit && other.street != candidate.street && (candidate.left & ~other.name_used) == 0 &&
                   m_index.insee_of(m_index.place_of(other.street)) == commune;
        });
        if (!named)
            continue;
        int share = 0; // in weight times percent
        for (std::size_t at = 0; at < m_query.tokens.size(); ++at)
            if ((candidate.left & bits_of(at)) == bits_of(at))
                share += static_cast<int>(m_weights[at] * EXACT);
        candidate.score += share;
        Evidence& evidence = candidate.evidence;
        if (m_total > 0)
            evidence.share = std::min(1000U, evidence.share + static_cast<unsigned>(share * 1000 / m_total));
        evidence.nothing_left = true;
        evidence.foreign = false;
        evidence.elsewhere = candidate.denied;
    }
}

bool Searcher::names_a_commune(std::size_t token) const {
    const std::uint32_t hit = m_terms[token].first_hit;
    return hit != 0 && m_hits[hit].quality >= SURE && m_index.postings(m_hits[hit].word).number() > 0;
}

void Searcher::decide() {
    // Two streets that fit equally make each other doubtful; the same street under two postal codes of one commune is
    // told apart by where the number is.
    for (Candidate& candidate : m_candidates) {
        if (!candidate.evidence.street_whole || !candidate.evidence.nothing_left)
            continue;
        candidate.evidence.alone = std::none_of(m_candidates.begin(), m_candidates.end(), [&](const Candidate& other) {
            if (other.street == candidate.street || !other.rival)
                return false;
            const bool same_commune = m_index.insee_of(m_index.place_of(other.street)) ==
                                      m_index.insee_of(m_index.place_of(candidate.street));
            return !same_commune || other.evidence.number_held;
        });
        if (!candidate.evidence.alone)
            return; // then none is
    }
}

std::vector<Found> Searcher::search(std::string_view typed, std::size_t limit) {
    clear();
    m_query = read_query(typed);
    const std::size_t wanted = std::min(limit, LIMIT);
    std::vector<Found> list;
    if (m_query.tokens.empty() || wanted == 0)
        return list;
    make_terms();
    gather_names();
    gather_places();
    choose_streets();
    NameMatch name_match;
    NameId name = 0;
    bool compared = false;
    for (const StreetId street : m_chosen) { // ascending, so that streets of one name follow each other
        if (!compared || street >= m_index.first_street(name + 1)) {
            name = m_index.name_of(street);
            name_match = match_name(name);
            compared = true;
        }
        m_candidates.push_back(weigh_street(street, name, name_match));
    }
    take_lieux_dits();
    decide();
    const auto better = [](const Candidate& left, const Candidate& right) {
        if (left.score != right.score)
            return left.score > right.score;
        if (left.evidence.number_held != right.evidence.number_held)
            return left.evidence.number_held;
        // Among equals, where more people live.
        if (left.addresses != right.addresses)
            return left.addresses > right.addresses;
        return left.street < right.street;
    };
    const std::size_t shown = std::min(wanted, m_candidates.size());
    std::partial_sort(m_candidates.begin(), m_candidates.begin() + static_cast<std::ptrdiff_t>(shown),
                      m_candidates.end(), better);
    for (std::size_t at = 0; at < shown; ++at) {
        const Candidate& candidate = m_candidates[at];
        // Far from what was typed, or far behind the best: rather nothing.
        constexpr unsigned SMALLEST_SHARE = 300;
        if (candidate.evidence.share < SMALLEST_SHARE || candidate.score * 2 < m_candidates.front().score)
            break;
        list.push_back(found(candidate));
        if (at == 0)
            continue;
        list.back().score = std::min(list.back().score, list[at - 1].score);
        if (list.back().state == domain::AddressState::matched)
            list.back().state = domain::AddressState::probable;
    }
    return list;
}

Found Searcher::found(const Candidate& candidate) const {
    const Place place = m_index.place(m_index.place_of(candidate.street));
    Found one;
    one.street_id = candidate.street;
    one.street = std::string(m_index.name_text(candidate.name));
    one.postal_code = postal_code_text(place.postal_code);
    one.insee = insee_text(place.insee);
    one.city = std::string(place.city);
    if (candidate.house) {
        if (candidate.house->number != WITHOUT_NUMBER)
            one.number = std::to_string(candidate.house->number - 1);
        one.repetition = std::string(m_index.repetition(candidate.house->repetition));
        one.position = m_index.position_of(candidate.street, candidate.house_index);
    }
    for (const std::string* part : {&one.number, &one.repetition, &one.street, &one.postal_code, &one.city}) {
        if (part->empty())
            continue;
        if (!one.label.empty())
            one.label.push_back(' ');
        one.label += *part;
    }
    one.score = candidate.evidence.share;
    one.state = state_of(candidate.evidence);
    return one;
}

} // namespace foyer::address
