// foyer-server keys issue
#include "keys/issuing.h"
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "staff/caller.h"
#include "store/person_key.h"
#include "support/csv.h"

#include <cstdio>

namespace foyer::server {

namespace {

std::string family_name(const store::Household& household) {
    return household.family_id.empty() ? "#" + std::to_string(household.id.number()) : household.family_id;
}

std::string person_name(const store::HouseholdPerson& person) {
    const std::string first = store::answer_in(person.answers, "first_names");
    const std::string last = store::last_name_of(person.answers);
    return first.empty() || last.empty() ? first + last : first + " " + last;
}

} // namespace

ExitCode issue_keys(ToolHouse& house, const ToolLine& line) {
    const std::string service = line.option("--service");
    if (!house.town->portal.find_service(service)) {
        say("--service: “" + service + "” is none of this town's services; its portal.json lists them.");
        return ExitCode::failure;
    }
    if (!portals::asks_for_key(*house.town, service)) {
        say("--service: families of this town cannot type a key of “" + service +
            "”: its portal.json does not ask for one. Nothing was issued.");
        return ExitCode::failure;
    }
    KeyWish wish;
    wish.service = service;
    wish.family = line.option("--family");
    wish.last_day = line.option("--expires");
    const UnixSeconds now = house.clock.now();
    const auto issued =
        issue_service_keys({*house.store, *house.store, house.random, now}, wish,
                           {house.town->portal.slug, now, staff::TERMINAL, "key.issue", "service:" + service});
    if (!issued) {
        switch (issued.error()) {
        case KeyRefusal::family_unknown:
            say("--family: this town has no family “" + wish.family + "”. Nothing was issued.");
            return ExitCode::failure;
        case KeyRefusal::day_wrong:
            say("--expires: “" + wish.last_day +
                "” is not a day to come, within two years, written as 2027-01-31. Nothing was issued.");
            return ExitCode::failure;
        case KeyRefusal::storage:
            break;
        }
        return storage_failed();
    }
    std::fputs(write_csv_line({"family", "representative", "key", "expires"}).c_str(), stdout);
    for (const IssuedKey& key : issued->keys)
        std::fputs(
            write_csv_line({family_name(key.household), person_name(key.person), key.key.shown(), issued->last_day})
                .c_str(),
            stdout);
    std::fprintf(stderr, "foyer-server: keys issued: %zu; representatives who have an account already: %d.\n",
                 issued->keys.size(), issued->with_account);
    return ExitCode::success;
}

} // namespace foyer::server
