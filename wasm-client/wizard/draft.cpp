#include "wizard/draft.h"

#include "wizard/family/seam.h"
#include "wizard/journey.h"
#include "wizard/route.h"
#include "wizard/sheet.h"

#include "form/list.h"
#include "wire/json.h"

#include <utility>

namespace foyer::wizard {

namespace {

constexpr std::int64_t VERSION = 1;

bool is_open(const Submission& submission) {
    return submission.stage == Submission::Stage::none || submission.stage == Submission::Stage::refused;
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

bool is_empty(const OwnedDraft& draft) {
    return draft.owner.empty() || (draft.entourage.empty() && draft.profile.empty() && draft.correction.empty());
}

} // namespace

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

void take_up(Sheet& sheet, const form::FormDefinition& form, const form::Answers& answers) {
    for (const auto& [key, text] : keepable(form, answers))
        write_answer(sheet, key, text);
    sheet.touched = true;
}

std::string draft_of(const State& state, const Environment& environment) {
    form::Answers registration;
    if (is_open(state.submission))
        registration = keepable(environment.registration, state.registration.answers);
    // what waits for its owner is not lost by waiting
    const OwnedDraft owned = is_empty(state.waiting_draft) && environment.family_ready
                                 ? family::owned_draft(state, environment)
                                 : state.waiting_draft;
    if (registration.empty() && is_empty(owned))
        return {};

    wire::Json draft = wire::Json::object();
    draft.set("version", VERSION).set("path", owned.path.empty() ? path_of(current_route(state)) : owned.path);
    if (!registration.empty())
        draft.set("registration", section(registration));
    if (is_empty(owned))
        return wire::write_json(draft);
    draft.set("owner", owned.owner);
    if (!owned.entourage.empty())
        draft.set("entourage", section(owned.entourage));
    if (!owned.profile.empty())
        draft.set("profile", section(owned.profile));
    if (!owned.correction.empty())
        draft.set("correction", section(owned.correction)).set("number", owned.number).set("asked", owned.asked);
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
    OwnedDraft owned;
    owned.owner = root.optional_member("owner").text_or("");
    owned.entourage = answers_of(root.optional_member("entourage"));
    owned.profile = answers_of(root.optional_member("profile"));
    owned.correction = answers_of(root.optional_member("correction"));
    owned.number = root.optional_member("number").text_or("");
    owned.asked = root.optional_member("asked").text_or("");
    owned.path = path;
    if (!mistakes.empty() || version != VERSION)
        return;

    const bool waits = !is_empty(owned);
    if (waits)
        state.waiting_draft = std::move(owned);
    if (!registration.empty() && is_open(state.submission)) {
        take_up(state.registration, turn.environment.registration, registration);
        const auto route = route_of(path, turn.environment);
        if (!waits || !state.bound.value_or(false))
            go(turn,
               route && route->screen == Screen::step
                   ? *route
                   : Route{Screen::step, turn.environment.registration.steps.empty()
                                             ? std::string()
                                             : turn.environment.registration.steps.front().key},
               History::push);
    }
    if (waits && !is_family(state.screen) && state.bound != false)
        go(turn, {Screen::dashboard}, History::push);
    settle_draft(turn);
}

void settle_draft(const Turn& turn) {
    State& state = turn.state;
    if (is_empty(state.waiting_draft) || state.family.snapshot.cursor.empty() || !turn.environment.family_ready)
        return;
    family::take_draft(turn, std::exchange(state.waiting_draft, {}));
}

} // namespace foyer::wizard
