// A small index for tests: a handful of real-looking addresses in four communes.
#pragma once

#include "address/searcher.h"

#include <string>

namespace foyer::address::test {

// The file, made once.
const std::string& sample_file();

// Opened and ready to be searched. The file must outlive it.
struct Opened {
    explicit Opened(const std::string& file);
    Opened(const Opened&) = delete; // the searcher points to the index
    Opened& operator=(const Opened&) = delete;
    Index index;
    Searcher searcher;

private:
    static Index read(const std::string& file);
};

// "label | state" of the first, or "nothing".
std::string first(Opened& opened, std::string_view typed);

} // namespace foyer::address::test
