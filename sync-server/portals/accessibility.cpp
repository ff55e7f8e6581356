#include "portals/accessibility.h"

#include "domain/partial_date.h"

namespace foyer::server::portals {

namespace {

constexpr std::size_t LONGEST_NAME = 200; // bytes
// The decree of 24 July 2019, annex: "partially" from half of the criteria on.
constexpr int HALF = 50;
constexpr int WHOLE = 100;

} // namespace

Accessibility read_accessibility(const wire::Json& portal, std::vector<wire::JsonMistake>& mistakes) {
    const wire::Json* member = portal.find("accessibility");
    if (!member)
        return {};
    wire::JsonReader reader(*member, mistakes, "accessibility");
    Accessibility said;
    wire::JsonReader on = reader.member("audited_on");
    said.audited_on = on.text();
    if (!said.audited_on.empty() && !domain::PartialDate::parse(said.audited_on, domain::UnknownParts::refused))
        on.mistake("must be a day such as \"2027-03-01\"");
    said.audited_by = reader.member("audited_by").text_of(1, LONGEST_NAME);
    said.rate = static_cast<int>(reader.member("rate").integer(0, WHOLE));
    reader.refuse_unknown_members();
    if (said.rate == WHOLE)
        said.conformity = Conformity::full;
    else if (said.rate >= HALF)
        said.conformity = Conformity::partial;
    return said;
}

} // namespace foyer::server::portals
