#include "portals/retention.h"

#include "wire/json.h"

namespace foyer::server::portals {

using store::RetentionRule;

namespace {

struct Bounds {
    int usual;
    int least;
    int most;
};

// In the order of store::RetentionRule. Where each comes from: docs/privacy.md.
constexpr std::array<Bounds, store::RETENTION_RULES.size()> BOUNDS = {{
    {30, 1, 365},      // pending_accounts
    {90, 1, 1826},     // withdrawn_requests
    {425, 60, 3652},   // refused_requests
    {730, 60, 3652},   // accepted_requests
    {425, 60, 3652},   // kept_after_erasure
    {730, 180, 3652},  // inactive_accounts
    {730, 180, 3652},  // former_families
    {730, 30, 3652},   // former_versions
    {365, 30, 1826},   // keys
    {30, 7, 365},      // links
    {400, 30, 1826},   // devices
    {180, 7, 1826},    // mails
    {30, 7, 365},      // deliveries
    {1096, 90, 3652},  // receipts
    {1826, 365, 3652}, // reports
}};

// A notice and its time of grace fit into the shortest time after which an account is inactive (privacy/retention.h).
constexpr std::string_view NOTICE = "inactive_notice";
constexpr Bounds NOTICE_BOUNDS = {60, 14, 90};

constexpr int HOURS_A_DAY = 24;

} // namespace

Retention::Retention() : days() {
    for (std::size_t rule = 0; rule < BOUNDS.size(); ++rule)
        days[rule] = BOUNDS[rule].usual;
    notice_days = NOTICE_BOUNDS.usual;
}

Retention read_retention(std::string_view document, std::vector<portal::PortalMistake>& mistakes) {
    Retention retention;
    const auto json = wire::parse_json(document);
    if (!json || json->kind() != wire::Json::Kind::object)
        return retention; // said by whoever reads the rest of the file
    std::vector<wire::JsonMistake> found;
    wire::JsonReader root(*json, found);
    wire::JsonReader reader = root.optional_member("retention");
    if (reader.present()) {
        for (std::size_t rule = 0; rule < BOUNDS.size(); ++rule)
            retention.days[rule] =
                static_cast<int>(reader.optional_member(store::RETENTION_RULES[rule])
                                     .integer_or(BOUNDS[rule].usual, BOUNDS[rule].least, BOUNDS[rule].most));
        retention.notice_days = static_cast<int>(
            reader.optional_member(NOTICE).integer_or(NOTICE_BOUNDS.usual, NOTICE_BOUNDS.least, NOTICE_BOUNDS.most));
        reader.refuse_unknown_members();
    }
    const bool is_well_shaped = found.empty();
    for (wire::JsonMistake& mistake : found)
        mistakes.push_back({std::move(mistake.path), std::move(mistake.reason)});
    if (!is_well_shaped)
        return retention;
    const wire::Json* hours = json->find("activation_link_hours");
    if (hours && hours->kind() == wire::Json::Kind::integer &&
        hours->integer() > std::int64_t{retention.of(RetentionRule::pending_accounts)} * HOURS_A_DAY)
        mistakes.push_back({"retention.pending_accounts",
                            "must be at least as long as activation_link_hours: the account would be erased while its "
                            "link still works"});
    return retention;
}

} // namespace foyer::server::portals
