// The search of a town's addresses, a module of its own with its own memory: it is fetched with the town's index when a
// screen asks for an address, and lives in a worker (web/address/address_worker.ts). An index in, queries in, lists
// out.
#include "address/searcher.h"

#include <optional>
#include <string>
#include <vector>

namespace {

using namespace foyer;

std::vector<char> index_bytes;
std::vector<char> query;
std::string answer;
std::optional<address::Index> opened;
std::optional<address::Searcher> searcher;

// -128374 is "-1.28374".
void add_degrees(std::int32_t hundred_thousandths) {
    std::string digits = std::to_string(hundred_thousandths < 0 ? -hundred_thousandths : hundred_thousandths);
    if (digits.size() < 6)
        digits.insert(0, 6 - digits.size(), '0');
    digits.insert(digits.size() - 5, ".");
    answer += hundred_thousandths < 0 ? "-" + digits : digits;
}

void add_line(const address::Found& found) {
    for (const std::string* part : {&found.label, &found.number, &found.repetition, &found.street, &found.postal_code,
                                    &found.insee, &found.city}) {
        answer += *part;
        answer += '\t';
    }
    if (found.position) {
        add_degrees(found.position->longitude);
        answer += ',';
        add_degrees(found.position->latitude);
    }
    answer += '\t';
    answer += domain::id(found.state);
    answer += '\n';
}

} // namespace

#define DOOR(name) __attribute__((export_name(#name))) name

extern "C" {

char* DOOR(address_index_buffer)(unsigned size) {
    index_bytes.resize(size);
    return index_bytes.data();
}

// 0: the index may be searched; else why not, plus one.
int DOOR(address_open)() {
    auto read = address::Index::read(std::as_bytes(std::span(index_bytes)));
    if (!read)
        return static_cast<int>(read.error()) + 1;
    opened.emplace(read.value());
    searcher.emplace(*opened);
    return 0;
}

char* DOOR(address_query_buffer)(unsigned size) {
    query.resize(size);
    return query.data();
}

// One found address a line, its parts between tabs: label, number, repetition, street, postal code, INSEE code, town,
// position, state. Its length is address_size().
const char* DOOR(address_search)(unsigned limit) {
    answer.clear();
    if (searcher)
        for (const address::Found& found : searcher->search({query.data(), query.size()}, limit))
            add_line(found);
    return answer.data();
}

unsigned DOOR(address_size)() { return static_cast<unsigned>(answer.size()); }

} // extern "C"
