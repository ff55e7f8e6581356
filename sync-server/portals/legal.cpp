#include "portals/legal.h"

namespace foyer::server::portals {

namespace {

constexpr std::size_t LONGEST_LINE = 400; // bytes

} // namespace

Legal read_legal(const wire::Json& portal, std::vector<wire::JsonMistake>& mistakes) {
    const wire::Json* member = portal.find("legal");
    if (!member)
        return {};
    wire::JsonReader reader(*member, mistakes, "legal");
    Legal legal;
    legal.director = reader.member("director").text_of(1, LONGEST_LINE);
    legal.host = reader.member("host").text_of(1, LONGEST_LINE);
    reader.refuse_unknown_members();
    return legal;
}

} // namespace foyer::server::portals
