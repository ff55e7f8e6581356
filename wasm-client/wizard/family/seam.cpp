#include "wizard/family/seam.h"

#include "wizard/account.h"
#include "wizard/describe_screens.h"
#include "wizard/node_id.h"

namespace foyer::wizard::family {

std::optional<OpenForm> open_form(const wizard::State& state, const Environment& environment) {
    switch (state.screen) {
    case Screen::profile:
        if (const form::StepDefinition* step = environment.profile.find_step(state.step))
            return OpenForm{&environment.profile, step};
        return std::nullopt;
    case Screen::change_password:
        if (environment.change_password.steps.empty())
            return std::nullopt;
        return OpenForm{&environment.change_password, &environment.change_password.steps.front()};
    default:
        return std::nullopt;
    }
}

Route resolved(const wizard::State&, const Environment&, const Route& wanted) { return wanted; }

void enter(const Turn& turn, const Route&) {
    if (turn.state.screen == Screen::dashboard)
        ask_for_dashboard(turn);
}

bool press(const Turn&, std::string_view) { return false; }
bool choose(const Turn&, const Choose&) { return false; }
void submit(const Turn&) {}
void call_answered(const Turn&, const CallResult&) {}
void submission_moved(const Turn&, const SubmissionState&) {}
void woken(const Turn&, const Woken&) {}
void settle(const Turn&) {}

std::string title(const Page& page) { return page.text(TextKey::wizard_dashboard_title); }

void describe(const Page& page) {
    if (page.state.screen == Screen::dashboard)
        return describe_dashboard(page);
    page.scene.heading(std::string(TITLE), 1, title(page));
}

} // namespace foyer::wizard::family
