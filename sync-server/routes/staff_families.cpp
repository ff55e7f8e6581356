// The families a town knows, and the keys that open them: found, shown, issued for letters, revoked. A key itself is
// told once, when it is made.
#include "desk/detail.h"
#include "households/visibility.h"
#include "keys/issuing.h"
#include "keys/letter.h"
#include "routes/desk_json.h"
#include "routes/handlers.h"
#include "routes/staff_handlers.h"
#include "store/person_key.h"
#include "support/time_text.h"

#include <algorithm>
#include <array>
#include <map>

namespace foyer::server::routes {

using store::Household;
using store::HouseholdPerson;
using store::KeyRecord;
using store::KeyState;
using store::StaffRole;
using store::TokenScope;

namespace {

constexpr std::int64_t USUAL_LIMIT = 50;
constexpr std::int64_t LARGEST_LIMIT = 200;
constexpr std::size_t LONGEST_TEXT = 200;          // bytes
constexpr std::size_t MOST_FAMILIES_AT_ONCE = 100; // each key takes some milliseconds
constexpr std::size_t MOST_KEYS_AT_ONCE = 200;
constexpr std::array STATES = {"live", "used", "expired", "revoked"}; // in the order of KeyState

wire::Json moment(const std::optional<UnixSeconds>& at) { return at ? wire::Json(rfc3339(*at)) : wire::Json(); }
wire::Json text_or_null(const std::string& text) { return text.empty() ? wire::Json() : wire::Json(text); }

std::string full_name(const std::string& first, const std::string& last) {
    return first.empty() || last.empty() ? first + last : first + " " + last;
}
std::string full_name(const HouseholdPerson& person) {
    return full_name(store::answer_in(person.answers, "first_names"), store::last_name_of(person.answers));
}

// Of whose services the caller may see and make keys; empty: all.
std::vector<std::string> services_of(const StaffCall& call) {
    const store::StaffMember& member = call.caller.member;
    return member.role == StaffRole::agent ? member.services : std::vector<std::string>();
}

wire::Json json_of(const KeyRecord& key) {
    return wire::Json::object()
        .set("id", key.id)
        .set("service", key.service)
        .set("family", key.household.number())
        .set("family_id", text_or_null(key.family_id))
        .set("person", key.person.number())
        .set("name", full_name(key.first_names, key.last_name))
        .set("state", STATES[static_cast<std::size_t>(key.state)])
        .set("issued_at", rfc3339(key.issued_at))
        .set("expires_at", moment(key.expires_at))
        .set("used_at", moment(key.used_at))
        .set("revoked_at", moment(key.revoked_at));
}

wire::Json json_of(const std::vector<KeyRecord>& keys) {
    wire::Json list = wire::Json::array();
    for (const KeyRecord& key : keys)
        list.push(json_of(key));
    return list;
}

// Everything the entourage's forms can say of somebody, so also what the town itself does not ask.
form::FormDefinition form_for(store::PersonKind kind, const portal::Portal& town) {
    const std::string_view list = kind == store::PersonKind::representative ? form::REPRESENTATIVES
                                  : kind == store::PersonKind::contact      ? form::CONTACTS
                                                                            : form::CHILDREN;
    const portal::ProcedureDefinition* entourage = town.find(form::Procedure::entourage);
    std::vector<form::FormField> fields;
    for (const form::FieldDefinition& definition : form::list_catalogue(list)) {
        if (definition.parts.size() > 0 && definition.parts[0].entry == form::Entry::hidden)
            continue;
        fields.push_back(form::make_list_field(list, definition));
        if (entourage && definition.key == "school")
            form::offer_schools(fields.back(), entourage->schools);
    }
    return form::make_list(list, std::move(fields)).item;
}

// The names behind "authority.k12" and "living_with" = "k12".
std::string names_behind(const HouseholdPerson& person, const std::string& field,
                         const std::map<std::string, std::string>& names) {
    std::string all;
    const auto add = [&](const std::string& reference) {
        if (const auto found = names.find(reference); found != names.end())
            all += (all.empty() ? "" : ", ") + found->second;
    };
    add(store::answer_in(person.answers, field));
    for (const std::string& reference : form::people_chosen(person.answers, field))
        add(reference);
    return all;
}

wire::Json person_json(const HouseholdPerson& person, const std::map<std::string, std::string>& names,
                       const portal::Portal& town, const i18n::Texts& texts) {
    wire::Json rows = wire::Json::array();
    for (const desk::Row& row : desk::side_by_side(person.answers, {}, form_for(person.kind, town), texts)) {
        const std::string people = names_behind(person, row.key, names);
        rows.push(wire::Json::object().set("label", row.label).set("value", people.empty() ? row.value : people));
    }
    return wire::Json::object()
        .set("id", person.id.number())
        .set("kind", store::name(person.kind))
        .set("name", full_name(person))
        .set("person_id", text_or_null(person.external_id))
        .set("has_account", person.account.has_value())
        .set("rows", std::move(rows));
}

Result<Household, Reply> family_of(const Surroundings& around, const Request& request, const StaffCall& call) {
    const auto id = path_number(request, "id");
    if (!id)
        return Failure{not_found(around, request)};
    auto household = around.households.family(call.town.portal.slug, store::HouseholdId(*id));
    if (!household)
        return Failure{storage_refused(around, request, household.error())};
    if (!*household)
        return Failure{not_found(around, request)};
    return std::move(**household);
}

// Why keys of this service cannot be made by this caller.
std::optional<Reply> obstacle(const Surroundings& around, const Request& request, const StaffCall& call,
                              const std::string& service) {
    if (!call.town.portal.find_service(service) || !call.caller.member.works_for(service))
        return problem(around, request, {422, "service_unknown", TextKey::server_import_error_service_unknown});
    if (!portals::asks_for_key(call.town, service))
        return problem(around, request, {422, "keys_not_typed", TextKey::server_import_error_keys_not_typed});
    return std::nullopt;
}

wire::Json letter_json(const Surroundings& around, const StaffCall& call, const IssuedKey& issued,
                       const KeyWish& wish) {
    const std::string key = issued.key.shown();
    wire::Json address = wire::Json::array();
    for (const std::string& line : address_lines(issued.household, issued.person))
        address.push(line);
    return wire::Json::object()
        .set("id", issued.id)
        .set("family", issued.household.id.number())
        .set("family_id", text_or_null(issued.household.family_id))
        .set("person", issued.person.id.number())
        .set("name", full_name(issued.person))
        .set("address", std::move(address))
        .set("key", key)
        .set("link",
             around.origin + "/" + call.town.portal.slug + "/inscription?service_key." + wish.service + "=" + key);
}

Reply issue(const Surroundings& around, const Request& request, const StaffCall& call, const KeyWish& wish,
            const std::string& object) {
    const auto issued = issue_service_keys({around.households, *around.keys_issued, around.random, call.now}, wish,
                                           call.line("key.issue", object, {{"service", wish.service}}));
    if (!issued) {
        switch (issued.error()) {
        case KeyRefusal::day_wrong:
            return problem(around, request, {422, "day_wrong", TextKey::server_import_error_day});
        case KeyRefusal::family_unknown:
            return not_found(around, request);
        case KeyRefusal::storage:
            break;
        }
        return storage_refused(around, request, store::StoreError::unavailable);
    }
    wire::Json letters = wire::Json::array();
    for (const IssuedKey& key : issued->keys)
        letters.push(letter_json(around, call, key, wish));
    return json_reply(201, wire::Json::object()
                               .set("letters", std::move(letters))
                               .set("service", wish.service)
                               .set("last_day", issued->last_day)
                               .set("with_account", issued->with_account)
                               .set("spared", issued->spared));
}

} // namespace

Reply list_families(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::reading}, [&](const StaffCall& call) {
        store::FamilyQuestion question;
        question.portal = call.town.portal.slug;
        question.text = query_value(request, "q").value_or("");
        question.without_key = query_value(request, "without_key").value_or("");
        question.services = services_of(call);
        question.now = call.now;
        const auto after = query_number(request, "after", 0);
        const auto limit = query_number(request, "limit", USUAL_LIMIT);
        if (!after || !limit || *limit < 1 || question.text.size() > LONGEST_TEXT ||
            question.without_key.size() > LONGEST_TEXT)
            return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
        question.after = *after;
        question.limit = static_cast<int>(std::min(*limit, LARGEST_LIMIT)) + 1; // one more tells whether there is more
        auto rows = around.households.families(question);
        const auto count = question.without_key.empty() ? Result<std::int64_t, store::StoreError>(0)
                                                        : around.households.count_without_key(question);
        if (!rows || !count)
            return storage_refused(around, request, store::StoreError::unavailable);
        if (const auto told = note_search(around, call, question.text, question.after == 0, "search.families", "name");
            !told)
            return storage_refused(around, request, told.error());
        const bool more = rows->size() == static_cast<std::size_t>(question.limit);
        if (more)
            rows->pop_back();
        wire::Json families = wire::Json::array();
        for (const store::FamilyRow& row : *rows) {
            wire::Json people = wire::Json::array();
            for (const store::FamilyRow::Somebody& person : row.people)
                people.push(wire::Json::object()
                                .set("kind", store::name(person.kind))
                                .set("name", full_name(person.first_names, person.last_name))
                                .set("has_account", person.has_account));
            families.push(wire::Json::object()
                              .set("id", row.id.number())
                              .set("family_id", text_or_null(row.family_id))
                              .set("people", std::move(people))
                              .set("live_keys", row.live_keys));
        }
        return json_reply(200,
                          wire::Json::object()
                              .set("families", std::move(families))
                              .set("next", more ? wire::Json(rows->back().id.number()) : wire::Json())
                              .set("without_key", question.without_key.empty() ? wire::Json() : wire::Json(*count)));
    });
}

Reply show_family(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::reading}, [&](const StaffCall& call) {
        const auto household = family_of(around, request, call);
        if (!household)
            return household.error();
        // Whoever looks at a family leaves a line, before anything of it is shown.
        if (const auto told = around.audit.add_audit_line(
                call.line("family.view", "household:" + std::to_string(household->id.number())));
            !told)
            return storage_refused(around, request, told.error());
        store::KeyQuestion question;
        question.portal = call.town.portal.slug;
        question.services = services_of(call);
        question.household = household->id;
        question.limit = static_cast<int>(LARGEST_LIMIT);
        question.now = call.now;
        const auto keys = around.keys_issued->keys(question);
        if (!keys)
            return storage_refused(around, request, keys.error());
        std::map<std::string, std::string> names;
        for (const HouseholdPerson& person : household->people)
            names[households::reference_of(person.id)] = full_name(person);
        wire::Json people = wire::Json::array();
        for (const HouseholdPerson& person : household->people)
            if (person.active)
                people.push(person_json(person, names, call.town.portal, http::texts_for(request, around.languages)));
        return json_reply(200, wire::Json::object()
                                   .set("id", household->id.number())
                                   .set("family_id", text_or_null(household->family_id))
                                   .set("people", std::move(people))
                                   .set("keys", json_of(*keys)));
    });
}

Reply issue_family_keys(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::importing}, [&](const StaffCall& call) {
        const auto household = family_of(around, request, call);
        if (!household)
            return household.error();
        KeyWish wish;
        wish.households = {household->id};
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                wish.service = body.member("service").text_of(1, LONGEST_TEXT);
                wish.last_day = body.optional_member("last_day").text_or("");
                if (wire::JsonReader person = body.optional_member("person"); person.present())
                    wish.person = store::PersonId(person.integer(1, INT64_MAX));
            }))
            return std::move(*wrong);
        if (auto refusal = obstacle(around, request, call, wish.service))
            return std::move(*refusal);
        return issue(around, request, call, wish, "household:" + std::to_string(household->id.number()));
    });
}

Reply issue_many_keys(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::importing}, [&](const StaffCall& call) {
        KeyWish wish;
        wish.spares_live_ones = true;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                wish.service = body.member("service").text_of(1, LONGEST_TEXT);
                wish.last_day = body.optional_member("last_day").text_or("");
                wire::JsonReader families = body.member("families");
                for (wire::JsonReader& family : families.elements())
                    wish.households.emplace_back(family.integer(1, INT64_MAX));
                if (wish.households.empty() || wish.households.size() > MOST_FAMILIES_AT_ONCE)
                    families.mistake("must be 1 to 100 families");
            }))
            return std::move(*wrong);
        if (auto refusal = obstacle(around, request, call, wish.service))
            return std::move(*refusal);
        return issue(around, request, call, wish, "service:" + wish.service);
    });
}

Reply list_keys(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::reading}, [&](const StaffCall& call) {
        store::KeyQuestion question;
        question.portal = call.town.portal.slug;
        question.services = services_of(call);
        question.now = call.now;
        const std::string state = query_value(request, "state").value_or("");
        const auto known = std::find(STATES.begin(), STATES.end(), state);
        const auto before = query_number(request, "after", 0);
        const auto limit = query_number(request, "limit", USUAL_LIMIT);
        if ((!state.empty() && known == STATES.end()) || !before || !limit || *limit < 1)
            return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
        if (!state.empty())
            question.state = static_cast<KeyState>(known - STATES.begin());
        question.before = *before;
        question.limit = static_cast<int>(std::min(*limit, LARGEST_LIMIT)) + 1;
        auto keys = around.keys_issued->keys(question);
        if (!keys)
            return storage_refused(around, request, keys.error());
        const bool more = keys->size() == static_cast<std::size_t>(question.limit);
        if (more)
            keys->pop_back();
        return json_reply(200, wire::Json::object()
                                   .set("keys", json_of(*keys))
                                   .set("next", more ? wire::Json(keys->back().id) : wire::Json()));
    });
}

Reply revoke_key(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::importing}, [&](const StaffCall& call) {
        const auto id = path_number(request, "id");
        if (!id)
            return not_found(around, request);
        store::KeyRevocation revocation;
        revocation.portal = call.town.portal.slug;
        revocation.services = services_of(call);
        revocation.keys = {*id};
        revocation.now = call.now;
        const auto revoked =
            around.keys_issued->revoke(revocation, call.line("key.revoke", "key:" + std::to_string(*id)));
        if (!revoked)
            return storage_refused(around, request, revoked.error());
        return *revoked > 0 ? Reply(204) : not_found(around, request);
    });
}

Reply revoke_many_keys(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::importing}, [&](const StaffCall& call) {
        store::KeyRevocation revocation;
        revocation.portal = call.town.portal.slug;
        revocation.now = call.now;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                revocation.service = body.optional_member("service").text_or("");
                wire::JsonReader keys = body.optional_member("keys");
                for (wire::JsonReader& key : keys.elements())
                    revocation.keys.push_back(key.integer(1, INT64_MAX));
                if (revocation.keys.size() > MOST_KEYS_AT_ONCE)
                    keys.mistake("must be at most 200 keys");
                if (revocation.keys.empty() == revocation.service.empty())
                    keys.mistake("must be there, or else a service");
            }))
            return std::move(*wrong);
        if (!revocation.service.empty() && !call.town.portal.find_service(revocation.service))
            return problem(around, request, {422, "service_unknown", TextKey::server_import_error_service_unknown});
        const auto revoked = around.keys_issued->revoke(
            revocation, call.line("key.revoke", revocation.service.empty() ? "keys" : "service:" + revocation.service));
        if (!revoked)
            return storage_refused(around, request, revoked.error());
        return json_reply(200, wire::Json::object().set("revoked", *revoked));
    });
}

} // namespace foyer::server::routes
