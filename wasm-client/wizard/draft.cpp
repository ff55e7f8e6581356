#include "wizard/draft.h"

#include "wizard/journey.h"
#include "wizard/route.h"
#include "wizard/sheet.h"

#include "form/list.h"
#include "wire/json.h"

#include <utility>

namespace foyer::wizard {

namespace {

constexpr std::int64_t VERSION = 1;

// By the kind of its field, so that a town's own fields are judged too.
bool may_be_kept(const form::FormDefinition& form, std::string_view key) {
    const auto located = form::locate(form, key);
    if (!located)
        return false;
    switch (located->field->definition->kind) {
    case form::FieldKind::password:
    case form::FieldKind::known_password:
    case form::FieldKind::consent:
    case form::FieldKind::security_check:
    case form::FieldKind::link_part:
        return false;
    default:
        return true;
    }
}

form::Answers keepable(const form::FormDefinition& form, const form::Answers& answers) {
    form::Answers kept;
    for (const auto& [key, text] : answers)
        if (!text.empty() && may_be_kept(form, key))
            kept.emplace(key, text);
    return kept;
}

bool is_open(const Submission& submission) {
    return submission.stage == Submission::Stage::none || submission.stage == Submission::Stage::refused;
}

// Everybody declared so far, with whoever is being written down.
form::Answers declared(const family::Entourage& entourage) {
    form::Answers all = entourage.draft.answers;
    if (!entourage.list.empty() && entourage.person.touched)
        form::put_item(all, entourage.list, entourage.number, entourage.person.answers);
    return all;
}

wire::Json section(const form::Answers& answers) {
    wire::Json object = wire::Json::object();
    for (const auto& [key, text] : answers)
        object.set(key, text);
    return object;
}

form::Answers answers_of(wire::JsonReader section) {
    form::Answers answers;
    if (!section.present())
        return answers;
    for (auto& [key, value] : section.members())
        answers.emplace(key, value.text());
    return answers;
}

void take_up(Sheet& sheet, const form::FormDefinition& form, const form::Answers& answers) {
    for (const auto& [key, text] : keepable(form, answers))
        write_answer(sheet, key, text);
    sheet.touched = true;
}

} // namespace

std::string draft_of(const State& state, const Environment& environment) {
    form::Answers registration;
    if (is_open(state.submission))
        registration = keepable(environment.registration, state.registration.answers);
    const family::Entourage& entourage = state.family.entourage;
    form::Answers people;
    if (entourage.sent == 0 && !state.family.owner.empty() && (entourage.draft.touched || entourage.person.touched))
        people = keepable(environment.entourage, declared(entourage));
    if (registration.empty() && people.empty())
        return {};

    wire::Json draft = wire::Json::object();
    draft.set("version", VERSION).set("path", path_of(current_route(state)));
    if (!registration.empty())
        draft.set("registration", section(registration));
    if (!people.empty())
        draft.set("entourage", section(people)).set("owner", state.family.owner);
    return wire::write_json(draft);
}

void restore_draft(const Turn& turn, std::string_view draft) {
    State& state = turn.state;
    const auto json = wire::parse_json(draft);
    if (!json)
        return;
    std::vector<wire::JsonMistake> mistakes;
    wire::JsonReader root(*json, mistakes);
    const std::int64_t version = root.member("version").integer(VERSION, VERSION);
    const std::string path = root.member("path").text();
    const form::Answers registration = answers_of(root.optional_member("registration"));
    const form::Answers people = answers_of(root.optional_member("entourage"));
    const std::string owner = root.optional_member("owner").text_or("");
    if (!mistakes.empty() || version != VERSION)
        return;

    if (!people.empty() && !owner.empty())
        state.waiting_draft = {owner, people};
    if (!registration.empty() && is_open(state.submission)) {
        take_up(state.registration, turn.environment.registration, registration);
        const auto route = route_of(path, turn.environment);
        if (people.empty() || !state.bound.value_or(false))
            go(turn,
               route && route->screen == Screen::step
                   ? *route
                   : Route{Screen::step, turn.environment.registration.steps.empty()
                                             ? std::string()
                                             : turn.environment.registration.steps.front().key},
               History::push);
    }
    if (!state.waiting_draft.answers.empty() && !is_family(state.screen) && state.bound != false)
        go(turn, {Screen::people}, History::push);
    settle_draft(turn);
}

void settle_draft(const Turn& turn) {
    State& state = turn.state;
    if (state.waiting_draft.answers.empty() || state.family.owner.empty())
        return;
    const WaitingDraft draft = std::exchange(state.waiting_draft, {});
    family::Entourage& entourage = state.family.entourage;
    // Whoever has logged in is somebody else, or has begun anew.
    if (draft.owner != state.family.owner || entourage.draft.touched || entourage.sent != 0)
        return;
    take_up(entourage.draft, turn.environment.entourage, draft.answers);
    if (is_family(state.screen) && state.screen != Screen::people)
        go(turn, {Screen::people}, History::push);
}

} // namespace foyer::wizard
