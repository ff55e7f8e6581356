// Procedure 3: somebody changes what the account says of them, and may type keys. The changes are true at once, as a
// new version; only a key that opens nothing, or a doubt of the rules, leaves something to do for the staff.
#include "household/extract.h"
#include "submissions/arrivals.h"
#include "wire/json.h"

namespace foyer::server {

namespace {

std::string json_of(const form::Answers& answers) {
    wire::Json object = wire::Json::object();
    for (const auto& [key, value] : answers)
        object.set(key, value);
    return wire::write_json(object);
}

} // namespace

Result<store::Accepted, IntakeRefusal> receive_profile(const IntakeSurroundings& around, const Arrival& arrival) {
    const portals::Published& published = *arrival.form.published;
    const auto account = sender_account(around, arrival);
    if (!account)
        return Failure{account.error()};
    const auto read =
        household::profile_from(published.profile, answers_of(arrival), {arrival.today, around.reference});
    if (!read)
        return Failure{answers_refused(read.error())};

    store::NewRequest request;
    fill(request, arrival);
    request.account = account->id;
    request.needs_agent = false;
    request.marks = marks_of(read->warnings);
    const form::Answers kept = settled(around, arrival, published.profile, read->answers, request.marks);
    request.answers = json_of(kept);
    request.keys = typed_keys(read->service_keys, read->invitation);
    request.person = person_from(read->civility, read->first_names, read->usage_name, read->birth_name);
    request.profile = kept;
    // A new address counts once its link has been used; until then the profile says the old one.
    const auto present = domain::EmailAddress::parse(account->email);
    if (!present || present->folded() != read->email.folded())
        request.address = new_address(around, published.portal, *account, read->email);
    (*request.profile)["email"] = account->email;
    auto accepted = around.submissions.accept(request);
    if (!accepted)
        return Failure{IntakeRefusal{accepted.error()}};
    return std::move(accepted).value();
}

} // namespace foyer::server
