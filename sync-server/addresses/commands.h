// foyer-server addresses build | search | info. Needs no running server, no settings and no data folder.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace foyer::server::addresses {

// What follows `foyer-server addresses`. Returns the program's exit code: 0 done, 1 failed, 2 wrong command line.
int run(const std::vector<std::string>& arguments, std::istream& in, std::ostream& out, std::ostream& trouble);

} // namespace foyer::server::addresses
