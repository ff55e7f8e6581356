#include "wizard/family/seam.h"

#include "wizard/draft.h"
#include "wizard/family/correction.h"
#include "wizard/family/dashboard.h"
#include "wizard/family/describe_entourage.h"
#include "wizard/family/entourage.h"
#include "wizard/family/home.h"
#include "wizard/family/household.h"
#include "wizard/family/profile.h"
#include "wizard/family/request.h"
#include "wizard/family/security.h"
#include "wizard/family/sending.h"
#include "wizard/family/sync.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/route.h"

#include <utility>

namespace foyer::wizard::family {

std::optional<OpenForm> open_form(const wizard::State& state, const Environment& environment) {
    switch (state.screen) {
    case Screen::profile:
        return open_profile(state, environment);
    case Screen::change_password:
        return open_password(state, environment);
    case Screen::household:
        return open_invitation(state, environment);
    case Screen::person:
        return open_person(state, environment);
    case Screen::correction:
        return open_correction(state, environment);
    case Screen::unlock:
    case Screen::devices:
        return open_home(state);
    default:
        return std::nullopt;
    }
}

std::vector<form::PersonChoice> people_here(const wizard::State& state, const Environment& environment) {
    switch (state.screen) {
    case Screen::person:
        return people_of(state, environment);
    case Screen::correction:
        return people_of_correction(state, environment);
    default:
        return {};
    }
}

void add_problems(const wizard::State& state, const Environment& environment, std::vector<Problem>& problems) {
    if (state.screen == Screen::person)
        add_people_problems(state, environment, problems);
    else if (state.screen == Screen::correction)
        add_correction_problems(state, environment, problems);
}

Route resolved(const wizard::State& state, const Environment& environment, const Route& wanted) {
    if (is_locked(state.family.home))
        return {Screen::unlock};
    switch (wanted.screen) {
    case Screen::unlock:
        return {Screen::dashboard};
    case Screen::profile:
    case Screen::profile_confirmation:
        return resolved_profile(state, environment, wanted);
    case Screen::new_people:
    case Screen::people:
    case Screen::person:
    case Screen::recap:
    case Screen::entourage_confirmation:
        return resolved_entourage(state, environment, wanted);
    default:
        return wanted;
    }
}

void enter(const Turn& turn, const Route& before) {
    State& family = turn.state.family;
    // a question belongs to the page it was asked on
    if (family.withdrawal != Asked::working)
        family.withdrawal = Asked::nothing;
    if (family.unbinding != Asked::working)
        family.unbinding = Asked::nothing;
    if (family.password != Asked::working)
        family.password = Asked::nothing;
    if (family.invitation != Asked::working)
        family.invitation = Asked::nothing;
    family.invited.clear();
    family.home.asks_password = false;
    if (turn.state.screen == Screen::profile && before.screen != Screen::profile)
        family.profile.stale = true;
    enter_entourage(turn);
    keep_fresh(turn);
}

bool press(const Turn& turn, std::string_view node) {
    if (press_home(turn, node) || press_dashboard(turn, node))
        return true;
    switch (turn.state.screen) {
    case Screen::request:
        return press_request(turn, node);
    case Screen::household:
        return press_household(turn, node);
    case Screen::profile_confirmation:
        return press_profile(turn, node);
    case Screen::change_password:
    case Screen::devices:
        return press_security(turn, node);
    case Screen::entourage:
    case Screen::new_people:
    case Screen::people:
    case Screen::person:
    case Screen::recap:
    case Screen::entourage_confirmation:
        return press_entourage(turn, node);
    case Screen::correction:
        return press_correction(turn, node);
    default:
        return false;
    }
}

bool choose(const Turn& turn, const Choose& choice) { return choose_in_entourage(turn, choice); }

OwnedDraft owned_draft(const wizard::State& state, const Environment& environment) {
    const State& family = state.family;
    OwnedDraft draft;
    if (family.owner.empty())
        return draft;
    draft.owner = family.owner;
    draft.entourage = unsent_people(state, environment);
    draft.profile = changed_in_profile(state, environment);
    const Mending& mending = family.mending;
    if (mending.sheet.touched && mending.sent == 0) {
        draft.correction = keepable(mending.form, mending.sheet.answers);
        draft.number = mending.number;
        draft.asked = mending.asked;
    }
    return draft;
}

void take_draft(const Turn& turn, const OwnedDraft& draft) {
    wizard::State& state = turn.state;
    // whoever has logged in is somebody else
    if (draft.owner != state.family.owner)
        return;
    const bool people = !draft.entourage.empty() && resume_people(turn, draft.entourage);
    const bool profile = !draft.profile.empty() && resume_profile(turn, draft.profile);
    const bool correction = !draft.correction.empty() && resume_correction(turn, draft);
    state.family.correction_dropped = !draft.correction.empty() && !correction;
    if (!is_family(state.screen))
        return;
    // where the person was, if that is still to be done; else to whatever is
    const auto was = route_of(draft.path, turn.environment);
    const auto was_on = [&](Screen screen) { return was && was->screen == screen; };
    if (correction && (was_on(Screen::correction) || !(people || profile)))
        go(turn, {Screen::correction, draft.number}, History::push);
    else if (profile && (was_on(Screen::profile) || !people))
        go(turn, was_on(Screen::profile) ? *was : Route{Screen::profile, turn.environment.profile.steps.front().key},
           History::push);
    else if (people)
        go(turn, {Screen::people}, History::push);
    else if (state.family.correction_dropped)
        go(turn, {Screen::dashboard}, History::push);
}

void submit(const Turn& turn) {
    if (turn.state.screen == Screen::profile)
        submit_profile(turn);
}

void call_answered(const Turn& turn, const CallResult& result) {
    if (sync_answered(turn, result) || withdrawal_answered(turn, result) || invitation_answered(turn, result) ||
        home_answered(turn, result))
        return;
    security_answered(turn, result);
}

void submission_moved(const Turn& turn, const SubmissionState& action) {
    if (sending_moved(turn, action))
        profile_moved(turn);
}

void woken(const Turn& turn, const Woken& action) { sync_woken(turn, action); }
void kept(const Turn& turn, const Kept& action) { kept_answered(turn, action); }
void on_device(const Turn& turn, const OnDevice& action) { take_sendings(turn, action); }

void settle(const Turn& turn) {
    if (const auto early = std::exchange(turn.state.family.early, std::nullopt))
        kept_answered(turn, *early);
    fill_profile(turn);
    settle_request(turn);
    settle_entourage(turn);
    if (turn.state.screen == Screen::correction)
        settle_correction(turn);
}

std::string title(const Page& page) {
    switch (page.state.screen) {
    case Screen::request:
        return page.texts.format(TextKey::family_request_title, {{"number", page.state.step}});
    case Screen::household:
        return page.text(TextKey::family_household_title);
    case Screen::profile:
        if (const auto open = open_profile(page.state, page.environment))
            return step_title(page, *open->step);
        return page.text(TextKey::family_profile_title);
    case Screen::profile_confirmation:
        return page.text(TextKey::family_profile_title);
    case Screen::change_password:
        return page.text(TextKey::family_password_title);
    case Screen::devices:
        return page.text(TextKey::family_devices_title);
    case Screen::unlock:
        return page.text(TextKey::family_unlock_title);
    case Screen::entourage:
    case Screen::new_people:
    case Screen::people:
    case Screen::person:
    case Screen::recap:
    case Screen::entourage_confirmation:
        return title_of_entourage(page);
    case Screen::correction:
        return title_of_correction(page);
    default:
        return page.text(TextKey::wizard_dashboard_title);
    }
}

void describe(const Page& page) {
    switch (page.state.screen) {
    case Screen::dashboard:
        return describe_dashboard(page);
    case Screen::request:
        return describe_request(page);
    case Screen::household:
        return describe_household(page);
    case Screen::profile:
        return describe_profile_step(page);
    case Screen::profile_confirmation:
        return describe_profile_confirmation(page);
    case Screen::change_password:
        return describe_password(page);
    case Screen::devices:
        return describe_devices(page);
    case Screen::unlock:
        return describe_unlock(page);
    case Screen::entourage:
        return describe_entourage(page);
    case Screen::new_people:
        return describe_new_people(page);
    case Screen::people:
        return describe_people(page);
    case Screen::person:
        return describe_person(page);
    case Screen::recap:
        return describe_recap(page);
    case Screen::entourage_confirmation:
        return describe_entourage_confirmation(page);
    case Screen::correction:
        return describe_correction(page);
    default:
        page.scene.heading(std::string(TITLE), 1, title(page));
    }
}

void describe_after_field(const Page& page, const form::FormField& field) { describe_given(page, field); }

} // namespace foyer::wizard::family
