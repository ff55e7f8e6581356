// What a town says of its portal's accessibility: the member "accessibility" of portal.json. It is the server's alone,
// for the declaration that French law asks for (pages/accessibility_page.h), and is not published with the portal.
#pragma once

#include "wire/json.h"

#include <string>
#include <vector>

namespace foyer::server::portals {

// Article 47 of the law of 11 February 2005 and the decree of 24 July 2019 know three: without an audit in force, or
// below half of the criteria, a service does not conform.
enum class Conformity { none, partial, full };

struct Accessibility {
    Conformity conformity = Conformity::none;
    // Of the audit; empty and 0 without one.
    std::string audited_on; // "2027-03-01"
    std::string audited_by;
    int rate = 0; // criteria that hold, of a hundred that apply
};

// Of a whole portal.json. Without the member nothing has been audited; every mistake is reported with its place.
[[nodiscard]] Accessibility read_accessibility(const wire::Json& portal, std::vector<wire::JsonMistake>& mistakes);

} // namespace foyer::server::portals
