// The address index as a browser has it, alone in a module: an index in, queries in, lists out. It exists to be
// measured (address_bench.mjs) and compared with the server's (same_addresses.test.mjs).
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
    opened.emplace(std::move(read).value());
    searcher.emplace(*opened);
    return 0;
}

char* DOOR(address_query_buffer)(unsigned size) {
    query.resize(size);
    return query.data();
}

// One found address a line: label, score, state. Its length is address_size().
const char* DOOR(address_search)(unsigned limit) {
    answer.clear();
    if (searcher)
        for (const address::Found& found : searcher->search({query.data(), query.size()}, limit))
            answer +=
                found.label + '\t' + std::to_string(found.score) + '\t' + std::string(domain::id(found.state)) + '\n';
    return answer.data();
}

unsigned DOOR(address_size)() { return static_cast<unsigned>(answer.size()); }

} // extern "C"
