// Finds addresses while somebody types. Whole numbers only and one order for everything, so that the same text gives
// the same list wherever it is searched.
#pragma once

#include "address/index.h"
#include "address/query.h"
#include "address/state.h"
#include "domain/postal_address.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::address {

struct Found {
    StreetId street_id = 0;
    std::string label;      // "1 bis Chemin de la Vie du Bois 01500 Château-Gaillard"
    std::string number;     // empty: the street itself
    std::string repetition; // "bis"
    std::string street;
    std::string postal_code;
    std::string insee;
    std::string city;
    std::optional<Position> position;
    unsigned score = 0; // per mille of what was typed that it answers
    domain::AddressState state = domain::AddressState::entered_by_hand;
};

// Holds the memory a search needs, made once for the index and never growing with the number of searches. One searcher
// per thread; the index must outlive it.
class Searcher {
public:
    explicit Searcher(const Index& index);

    // At most `limit` (up to 50), the best first. Only the first may be matched.
    [[nodiscard]] std::vector<Found> search(std::string_view typed, std::size_t limit);

private:
    // A word of the query, or two of them joined, or half of one, as it may stand in the index.
    struct Term {
        std::uint64_t bits = 0; // two for each token it uses
        unsigned weight = 0;
        bool broad = false; // so common that it cannot choose
        bool article = false;
        WordRange range;             // words too many to note one by one: all that begin with it
        unsigned letters = 0;        // it has
        std::uint32_t names = 0;     // that hold the very word
        std::uint32_t first_hit = 0; // its own chain, best first
        std::uint32_t last_hit = 0;
    };
    // That a word of the index answers a term, in two chains: all of a word, all of a term.
    struct Hit {
        WordId word = 0;
        std::uint16_t term = 0;
        std::uint16_t quality = 0;
        std::uint32_t next_of_word = 0;
        std::uint32_t next_of_term = 0;
    };
    struct Pair {
        unsigned quality = 0;
        unsigned preference = 0; // in what order they are taken
        unsigned position = 0;
        unsigned term = 0;
    };
    struct NameMatch {
        std::uint64_t used = 0;
        int score = 0;
        int order = 0; // for words that were typed together
        bool whole = false;
        unsigned share = 0;
    };
    struct PlaceMatch {
        std::uint64_t used = 0;
        std::uint64_t guessed = 0; // of the used ones, those that only nearly answer
        int score = 0;
        bool named = false;
        bool code_held = false;
        bool code_denied = false; // a postal code was typed that is far from its own
    };
    struct NumberMatch {
        std::uint64_t used = 0;
        int score = 0;
        bool held = false;
        bool typed = false;
        std::optional<House> house;
        std::uint32_t house_index = 0;
    };
    struct Candidate {
        StreetId street = 0;
        NameId name = 0;
        int score = 0;
        std::uint32_t addresses = 0; // of its place
        std::optional<House> house;
        std::uint32_t house_index = 0;
        Evidence evidence;
        bool rival = false;          // fits everything but perhaps the number
        bool denied = false;         // by a postal code
        bool lieu_dit = false;       // an address by itself, all of whose name was typed
        std::uint64_t name_used = 0; // what was typed that is its name
        std::uint64_t left = 0;      // what was typed that is nothing of it
    };

    void clear();
    void make_terms();
    void add_token_term(std::size_t token);
    void add_joined_term(std::size_t token);
    void add_split_terms(std::size_t token);
    std::uint16_t new_term(std::uint64_t bits);
    bool note(std::uint16_t term, WordId word, unsigned quality);
    void note_spellings(std::uint16_t term, const Token& token);
    [[nodiscard]] bool is_settled(std::uint16_t term) const;
    void note_beginnings(std::uint16_t term, const Token& token);
    void note_near(std::uint16_t term, const Token& token);
    void note_initial(std::uint16_t term, const Token& token);
    void weigh(std::uint16_t term, const Token& token);
    [[nodiscard]] unsigned rarity(std::size_t word) const;
    // 0 of an article.
    [[nodiscard]] unsigned weight_of(WordId word) const {
        return word < m_word_weights.size() ? m_word_weights[word] : 0;
    }
    [[nodiscard]] std::uint32_t names_with(WordId word) const {
        Cursor postings = m_index.postings(word);
        (void)postings.number(); // of places
        return postings.number();
    }
    [[nodiscard]] bool is_broad(std::uint32_t names) const;
    void gather_names();
    void gather_places();
    void choose_streets();
    [[nodiscard]] bool follows(std::uint64_t first, std::uint64_t second) const;
    [[nodiscard]] NameMatch match_name(NameId name);
    [[nodiscard]] PlaceMatch match_place(PlaceId place, std::uint64_t used);
    struct WordsMatch {
        std::uint64_t used = 0;
        std::uint64_t guessed = 0;
        int score = 0;
        bool whole = false;
        bool any = false;
    };
    [[nodiscard]] WordsMatch match_city(Cursor words, std::uint64_t used);
    [[nodiscard]] unsigned code_quality(const Token& token, const Place& place) const;
    [[nodiscard]] NumberMatch match_number(StreetId street, std::uint64_t used) const;
    [[nodiscard]] Candidate weigh_street(StreetId street, NameId name, const NameMatch& name_match);
    [[nodiscard]] bool repeats(const Token& token, std::string_view repetition) const;
    [[nodiscard]] bool names_a_commune(std::size_t token) const;
    void take_lieux_dits();
    void decide();
    [[nodiscard]] Found found(const Candidate& candidate) const;
    [[nodiscard]] unsigned preference(unsigned term, unsigned quality) const;
    void pairs_of_word(WordId word, unsigned position, std::uint64_t used);

    const Index& m_index;
    Query m_query;
    std::array<unsigned, Query::MAXIMUM_TOKENS> m_weights{}; // of the tokens
    int m_total = 0;                                         // the score of an address that answers everything
    std::vector<Term> m_terms;
    std::vector<Hit> m_hits;                // the first is no hit: 0 ends a chain
    std::vector<std::uint32_t> m_word_hits; // by word
    std::vector<std::uint8_t> m_word_weights;
    std::vector<NearWord> m_near;
    std::vector<std::string> m_spellings;
    std::vector<std::uint16_t> m_name_scores;
    std::vector<std::uint8_t> m_name_term; // which term counted last
    std::vector<std::uint16_t> m_place_scores;
    std::vector<std::uint8_t> m_place_term;
    std::vector<std::uint32_t> m_histogram;
    std::vector<std::uint16_t> m_street_scores;
    std::vector<StreetId> m_chosen;
    std::vector<Pair> m_pairs;
    std::vector<WordId> m_words;
    std::vector<Candidate> m_candidates;
};

} // namespace foyer::address
