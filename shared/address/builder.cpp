#include "address/builder.h"

#include "address/words.h"
#include "text/fold.h"
#include "text/normalise.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace foyer::address {

namespace {

constexpr std::size_t LONGEST_TEXT = 200; // bytes of a name; its length must fit one byte in place_bytes

std::string stored_text(std::string_view text) {
    std::string normal = text::to_nfc(text);
    while (normal.size() > LONGEST_TEXT)
        normal = std::string(text::first_characters(normal, text::count_characters(normal) - 1));
    return normal;
}

std::uint32_t postal_number(std::string_view code) {
    if (code.size() != 5)
        return NO_POSTAL_CODE;
    std::uint32_t number = 0;
    for (const char digit : code)
        number = number * 10 + static_cast<std::uint32_t>(digit - '0');
    return number;
}

std::vector<std::string> texts_of_words(std::string_view text) {
    std::vector<std::string> texts;
    for (Word& word : words_of(text))
        texts.push_back(std::move(word.text));
    return texts;
}

struct BuiltPlace {
    std::uint32_t insee = 0;
    std::uint32_t old_insee = 0;
    std::uint32_t postal_code = NO_POSTAL_CODE;
    std::string city;
    std::string old_city;
    // For its middle.
    std::int64_t longitudes = 0;
    std::int64_t latitudes = 0;
    std::int64_t positions = 0;
    std::uint32_t addresses = 0;

    [[nodiscard]] auto order() const { return std::tie(insee, postal_code, old_insee, city, old_city); }
};

struct BuiltStreet {
    std::uint32_t place = 0;
    std::map<std::string, std::uint32_t> spellings; // as shown, and how many addresses have it so
    std::vector<std::string> words;
};

struct BuiltHouse {
    std::uint32_t street = 0;
    House house;
    std::optional<Position> position;
};

} // namespace

struct Builder::Content {
    std::vector<BuiltPlace> places;
    std::unordered_map<std::string, std::uint32_t> place_by_key;
    std::vector<BuiltStreet> streets;
    std::unordered_map<std::string, std::uint32_t> street_by_spelling; // place and text as given
    std::unordered_map<std::string, std::uint32_t> street_by_words;    // place and folded words
    std::vector<std::string> repetitions;
    std::unordered_map<std::string, std::uint32_t> repetition_by_text;
    std::vector<BuiltHouse> houses;
    std::unordered_set<std::uint64_t> known_houses;
    std::map<std::uint32_t, std::set<std::uint32_t>> postal_codes; // by commune

    std::uint32_t place_of(const Record& record) {
        std::string key;
        for (const std::string_view part :
             {record.insee, record.postal_code, record.old_insee, record.city, record.old_city})
            key.append(part).push_back('\0');
        const auto [at, is_new] = place_by_key.try_emplace(std::move(key), static_cast<std::uint32_t>(places.size()));
        if (is_new) {
            BuiltPlace place;
            place.insee = insee_number(record.insee);
            place.old_insee = insee_number(record.old_insee);
            place.postal_code = postal_number(record.postal_code);
            place.city = stored_text(record.city);
            // A commune that took others in keeps one of their codes: only the name tells.
            if (record.old_city != record.city)
                place.old_city = stored_text(record.old_city);
            if (place.postal_code != NO_POSTAL_CODE)
                postal_codes[place.insee].insert(place.postal_code);
            places.push_back(std::move(place));
        }
        return at->second;
    }

    std::uint32_t street_of(std::uint32_t place, std::string_view name) {
        std::string key = std::to_string(place) + ' ';
        const std::size_t prefix = key.size();
        key.append(name);
        if (const auto known = street_by_spelling.find(key); known != street_by_spelling.end())
            return known->second;
        std::vector<std::string> words = texts_of_words(name);
        std::string by_words = key.substr(0, prefix);
        for (const std::string& word : words)
            by_words.append(word).push_back(' ');
        const auto [at, is_new] =
            street_by_words.try_emplace(std::move(by_words), static_cast<std::uint32_t>(streets.size()));
        if (is_new) {
            streets.emplace_back();
            streets.back().place = place;
            streets.back().words = std::move(words);
        }
        street_by_spelling.emplace(std::move(key), at->second);
        return at->second;
    }

    std::uint32_t repetition_of(std::string_view text) {
        const std::string folded = text::fold_for_comparison(text);
        if (folded.empty() || folded.find('\n') != std::string::npos)
            return 0;
        const auto [at, is_new] =
            repetition_by_text.try_emplace(folded, static_cast<std::uint32_t>(repetitions.size() + 1));
        if (is_new)
            repetitions.push_back(folded);
        return at->second;
    }
};

namespace {

// Ids in the file: sorted, so that the same addresses give the same file and alike bytes lie together.
std::vector<std::uint32_t> ranks_of(const std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> ranks(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank)
        ranks[order[rank]] = rank;
    return ranks;
}

std::vector<std::uint32_t> counting_up(std::size_t count) {
    std::vector<std::uint32_t> numbers(count);
    for (std::uint32_t number = 0; number < count; ++number)
        numbers[number] = number;
    return numbers;
}

using WordIds = std::unordered_map<std::string, std::uint32_t>;

void append_list(std::string& out, const std::vector<std::string>& words, const WordIds& ids) {
    append_number(out, static_cast<std::uint32_t>(words.size()));
    for (const std::string& word : words)
        append_number(out, ids.at(word));
}

void append_steps(std::string& out, const std::vector<std::uint32_t>& ascending) {
    std::uint32_t before = 0;
    for (const std::uint32_t id : ascending) {
        append_number(out, id - before);
        before = id;
    }
}

void append_short_text(std::string& out, const std::string& text) {
    out.push_back(static_cast<char>(text.size()));
    out.append(text);
}

void add_once(std::vector<std::uint32_t>& ids, std::uint32_t id) {
    if (ids.empty() || ids.back() != id)
        ids.push_back(id);
}

// The sections of one file, filled in the order of the names they are made for.
class Sections {
public:
    std::string& of(Section which) { return m_bytes[static_cast<std::size_t>(which)]; }

    std::string file(const std::array<std::uint32_t, 8>& counts) const {
        std::size_t length = HEADER_SIZE;
        for (const std::string& section : m_bytes)
            length += (section.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (length > std::numeric_limits<std::uint32_t>::max() / 2)
            return {};
        std::string body; // from AT_COUNTS on
        body.reserve(length);
        for (const std::uint32_t count : counts)
            append_u32(body, count);
        std::size_t offset = HEADER_SIZE;
        for (const std::string& section : m_bytes) {
            append_u32(body, static_cast<std::uint32_t>(offset));
            append_u32(body, static_cast<std::uint32_t>(section.size()));
            offset += (section.size() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        for (const std::string& section : m_bytes) {
            body.append(section);
            body.resize(body.size() + (ALIGNMENT - section.size() % ALIGNMENT) % ALIGNMENT, '\0');
        }
        const std::uint64_t checksum = checksum_of(std::as_bytes(std::span(body)));
        std::string file(MAGIC);
        append_u32(file, FORMAT_VERSION);
        append_u32(file, static_cast<std::uint32_t>(length));
        append_u32(file, static_cast<std::uint32_t>(checksum & 0xFFFFFFFFU));
        append_u32(file, static_cast<std::uint32_t>(checksum >> 32));
        return file + body;
    }

private:
    std::array<std::string, SECTION_COUNT> m_bytes;
};

void write_words(Sections& sections, const std::vector<std::string>& words) {
    std::string& bytes = sections.of(Section::word_bytes);
    for (std::size_t id = 0; id < words.size(); ++id) {
        const std::string& word = words[id];
        std::size_t shared = 0;
        if (id % WORDS_A_BLOCK == 0) {
            append_u32(sections.of(Section::word_blocks), static_cast<std::uint32_t>(bytes.size()));
        } else {
            const std::string& before = words[id - 1];
            while (shared < std::min(before.size(), word.size()) && before[shared] == word[shared])
                ++shared;
        }
        bytes.push_back(static_cast<char>(shared));
        bytes.push_back(static_cast<char>(word.size() - shared));
        bytes.append(word, shared);
        sections.of(Section::word_lengths).push_back(static_cast<char>(word.size()));
    }
}

void write_houses(std::string& out, const BuiltHouse* begin, const BuiltHouse* end, Position before) {
    append_number(out, static_cast<std::uint32_t>(end - begin));
    std::uint32_t number = 0;
    std::size_t positions = 0;
    for (const BuiltHouse* house = begin; house != end; ++house) {
        const std::uint32_t step = house->house.number - number;
        number = house->house.number;
        append_number(out, step << 1 | (house->house.repetition != 0 ? 1U : 0U));
        if (house->house.repetition != 0)
            append_number(out, house->house.repetition);
        positions += house->position ? 1U : 0U;
    }
    const auto all = static_cast<std::size_t>(end - begin);
    out.push_back(positions == 0 ? '\0' : positions == all ? '\1' : '\2');
    if (positions == 0)
        return;
    for (const BuiltHouse* house = begin; house != end; ++house) {
        if (positions != all)
            out.push_back(house->position ? '\1' : '\0');
        if (!house->position)
            continue;
        append_signed_number(out, house->position->longitude - before.longitude);
        append_signed_number(out, house->position->latitude - before.latitude);
        before = *house->position;
    }
}

} // namespace

Builder::Builder() : m_content(std::make_unique<Content>()) {}
Builder::~Builder() = default;

bool Builder::add(const Record& record) {
    Content& content = *m_content;
    const std::uint32_t place = content.place_of(record);
    const std::uint32_t street = content.street_of(place, record.street);
    BuiltHouse house;
    house.street = street;
    house.house.number = record.number ? std::min(*record.number, MAXIMUM_NUMBER) + 1 : WITHOUT_NUMBER;
    house.house.repetition = content.repetition_of(record.repetition);
    house.position = record.position;
    // 17 bits of number, 15 of repetition (a file has a few dozens), the street above.
    const std::uint64_t key = static_cast<std::uint64_t>(street) << 32 |
                              static_cast<std::uint64_t>(house.house.number) << 15 | (house.house.repetition & 0x7FFFU);
    if (!content.known_houses.insert(key).second)
        return false;
    ++content.streets[street].spellings[stored_text(record.street)];
    BuiltPlace& built = content.places[place];
    ++built.addresses;
    if (record.position) {
        built.longitudes += record.position->longitude;
        built.latitudes += record.position->latitude;
        ++built.positions;
    }
    content.houses.push_back(house);
    return true;
}

void Builder::add_postal_code(std::string_view insee, std::string_view postal_code) {
    if (const std::uint32_t code = postal_number(postal_code); code != NO_POSTAL_CODE)
        m_content->postal_codes[insee_number(insee)].insert(code);
}

std::string Builder::finish() {
    Content& content = *m_content;
    Sections sections;

    // Places, by their codes.
    std::vector<std::uint32_t> place_order = counting_up(content.places.size());
    std::sort(place_order.begin(), place_order.end(), [&](std::uint32_t left, std::uint32_t right) {
        return content.places[left].order() < content.places[right].order();
    });
    const std::vector<std::uint32_t> place_ranks = ranks_of(place_order);

    // Names: each street is shown as most of its addresses write it, capitals after small letters when they tie.
    std::vector<std::string> shown(content.streets.size());
    for (std::size_t street = 0; street < content.streets.size(); ++street) {
        std::uint32_t most = 0;
        for (const auto& [spelling, times] : content.streets[street].spellings)
            if (times >= most) {
                most = times;
                shown[street] = spelling;
            }
    }
    std::vector<std::string> names = shown;
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    std::unordered_map<std::string, std::uint32_t> name_ids;
    for (std::uint32_t name = 0; name < names.size(); ++name)
        name_ids.emplace(names[name], name);

    // Streets, by name and place.
    std::vector<std::uint32_t> name_of(content.streets.size());
    for (std::size_t street = 0; street < content.streets.size(); ++street)
        name_of[street] = name_ids.at(shown[street]);
    std::vector<std::uint32_t> street_order = counting_up(content.streets.size());
    std::sort(street_order.begin(), street_order.end(), [&](std::uint32_t left, std::uint32_t right) {
        return std::tuple(name_of[left], place_ranks[content.streets[left].place], left) <
               std::tuple(name_of[right], place_ranks[content.streets[right].place], right);
    });
    const std::vector<std::uint32_t> street_ranks = ranks_of(street_order);

    // Words of both.
    std::vector<std::vector<std::string>> words_of_names(names.size());
    for (std::size_t street = 0; street < content.streets.size(); ++street)
        if (words_of_names[name_of[street]].empty())
            words_of_names[name_of[street]] = content.streets[street].words;
    std::vector<std::array<std::vector<std::string>, 2>> words_of_places;
    for (const std::uint32_t place : place_order)
        words_of_places.push_back(
            {texts_of_words(content.places[place].city), texts_of_words(content.places[place].old_city)});
    std::vector<std::string> words;
    {
        std::unordered_set<std::string> distinct;
        for (const auto& list : words_of_names)
            distinct.insert(list.begin(), list.end());
        for (const auto& lists : words_of_places)
            for (const auto& list : lists)
                distinct.insert(list.begin(), list.end());
        words.assign(distinct.begin(), distinct.end());
        std::sort(words.begin(), words.end());
    }
    WordIds word_ids;
    for (std::uint32_t id = 0; id < words.size(); ++id)
        word_ids.emplace(words[id], id);
    write_words(sections, words);

    std::vector<std::vector<std::uint32_t>> names_with(words.size());
    std::vector<std::vector<std::uint32_t>> places_with(words.size());
    for (std::uint32_t name = 0; name < names.size(); ++name) {
        append_u32(sections.of(Section::name_texts), static_cast<std::uint32_t>(sections.of(Section::texts).size()));
        sections.of(Section::texts).append(names[name]);
        append_u32(sections.of(Section::name_words),
                   static_cast<std::uint32_t>(sections.of(Section::word_lists).size()));
        for (const std::string& word : words_of_names[name]) {
            append_number(sections.of(Section::word_lists), word_ids.at(word));
            add_once(names_with[word_ids.at(word)], name);
        }
    }
    append_u32(sections.of(Section::name_texts), static_cast<std::uint32_t>(sections.of(Section::texts).size()));
    append_u32(sections.of(Section::name_words), static_cast<std::uint32_t>(sections.of(Section::word_lists).size()));

    std::string& place_bytes = sections.of(Section::place_bytes);
    std::vector<Position> middles;
    for (std::uint32_t rank = 0; rank < place_order.size(); ++rank) {
        const BuiltPlace& place = content.places[place_order[rank]];
        for (const auto& list : words_of_places[rank])
            for (const std::string& word : list)
                add_once(places_with[word_ids.at(word)], rank);
        const std::int64_t positions = std::max<std::int64_t>(place.positions, 1);
        middles.push_back({static_cast<std::int32_t>(place.longitudes / positions),
                           static_cast<std::int32_t>(place.latitudes / positions)});
        std::string& fixed = sections.of(Section::places);
        for (const std::uint32_t value :
             {place.insee, place.old_insee, place.postal_code, static_cast<std::uint32_t>(middles.back().longitude),
              static_cast<std::uint32_t>(middles.back().latitude), static_cast<std::uint32_t>(place_bytes.size()), 0U,
              0U})
            append_u32(fixed, value);
        append_short_text(place_bytes, place.city);
        append_short_text(place_bytes, place.old_city);
        append_list(place_bytes, words_of_places[rank][0], word_ids);
        append_list(place_bytes, words_of_places[rank][1], word_ids);
        std::set<std::uint32_t> further = content.postal_codes[place.insee];
        further.erase(place.postal_code);
        append_number(place_bytes, static_cast<std::uint32_t>(further.size()));
        for (const std::uint32_t code : further)
            append_number(place_bytes, code);
    }

    std::string& postings = sections.of(Section::postings);
    for (std::size_t word = 0; word < words.size(); ++word) {
        append_u32(sections.of(Section::word_postings), static_cast<std::uint32_t>(postings.size()));
        append_number(postings, static_cast<std::uint32_t>(places_with[word].size()));
        append_number(postings, static_cast<std::uint32_t>(names_with[word].size()));
        append_steps(postings, places_with[word]);
        append_steps(postings, names_with[word]);
    }
    append_u32(sections.of(Section::word_postings), static_cast<std::uint32_t>(postings.size()));

    // Repetitions in their own order, so that houses come as people count them.
    std::vector<std::uint32_t> repetition_order = counting_up(content.repetitions.size());
    std::sort(repetition_order.begin(), repetition_order.end(), [&](std::uint32_t left, std::uint32_t right) {
        return content.repetitions[left] < content.repetitions[right];
    });
    const std::vector<std::uint32_t> repetition_ranks = ranks_of(repetition_order);
    for (const std::uint32_t repetition : repetition_order)
        sections.of(Section::repetitions).append(content.repetitions[repetition]).push_back('\n');

    std::vector<BuiltHouse>& houses = content.houses;
    for (BuiltHouse& house : houses) {
        house.street = street_ranks[house.street];
        if (house.house.repetition != 0)
            house.house.repetition = repetition_ranks[house.house.repetition - 1] + 1;
    }
    std::sort(houses.begin(), houses.end(), [](const BuiltHouse& left, const BuiltHouse& right) {
        return std::tie(left.street, left.house.number, left.house.repetition) <
               std::tie(right.street, right.house.number, right.house.repetition);
    });
    std::uint32_t next_name = 0;
    std::size_t at = 0;
    for (std::uint32_t street = 0; street < street_order.size(); ++street) {
        const std::uint32_t built = street_order[street];
        for (; next_name <= name_of[built]; ++next_name)
            append_u32(sections.of(Section::name_streets), street);
        const std::uint32_t place = place_ranks[content.streets[built].place];
        append_u32(sections.of(Section::street_places), place);
        std::string& numbers = sections.of(Section::numbers);
        append_u32(sections.of(Section::street_numbers), static_cast<std::uint32_t>(numbers.size()));
        const std::size_t first = at;
        while (at < houses.size() && houses[at].street == street)
            ++at;
        write_houses(numbers, houses.data() + first, houses.data() + at, middles[place]);
    }
    append_u32(sections.of(Section::street_numbers), static_cast<std::uint32_t>(sections.of(Section::numbers).size()));
    append_u32(sections.of(Section::name_streets), static_cast<std::uint32_t>(street_order.size()));

    return sections.file({static_cast<std::uint32_t>(houses.size()), static_cast<std::uint32_t>(street_order.size()),
                          static_cast<std::uint32_t>(names.size()), static_cast<std::uint32_t>(words.size()),
                          static_cast<std::uint32_t>(place_order.size()),
                          static_cast<std::uint32_t>(content.repetitions.size()), 0, 0});
}

} // namespace foyer::address
