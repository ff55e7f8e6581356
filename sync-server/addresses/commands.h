// foyer-server addresses build | search | info. Needs no running server; settings and a town only for build --portal.
#pragma once

#include "base/result.h"

#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <vector>

namespace foyer::server::addresses {

// For whom an index is made, and where it belongs.
struct Town {
    std::string name;                  // "Oudon"
    std::string insee;                 // its own
    std::vector<std::string> communes; // whose addresses it has; empty: its own and its neighbours'
    std::string target;                // <data>/addresses/oudon.idx
    std::string reference;             // a reference.bin, or empty
};
// `flags` are the server's own that were given: --data, --portals, --assets, --config. The error is a sentence.
using FindTown =
    std::function<Result<Town, std::string>(const std::string& slug, const std::map<std::string, std::string>& flags)>;

// What follows `foyer-server addresses`. Returns the program's exit code: 0 done, 1 failed, 2 wrong command line.
int run(const std::vector<std::string>& arguments, const FindTown& find_town, std::istream& in, std::ostream& out,
        std::ostream& trouble);

} // namespace foyer::server::addresses
