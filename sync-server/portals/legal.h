// Who answers for a portal as a publication: the member "legal" of portal.json. It is the server's alone, for the page
// that the French law of 21 June 2004 asks of every site (pages/legal_page.h), and is not published with the portal.
#pragma once

#include "wire/json.h"

#include <string>
#include <vector>

namespace foyer::server::portals {

// Each empty when the town says nothing.
struct Legal {
    std::string director; // of the publication: "Claire Dupont, maire"
    std::string host;     // name, address and telephone of whoever runs the machine
};

// Of a whole portal.json; every mistake is reported with its place.
[[nodiscard]] Legal read_legal(const wire::Json& portal, std::vector<wire::JsonMistake>& mistakes);

} // namespace foyer::server::portals
