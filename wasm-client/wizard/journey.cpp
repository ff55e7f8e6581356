#include "wizard/journey.h"

#include "wizard/account.h"
#include "wizard/entry.h"
#include "wizard/family/seam.h"
#include "wizard/node_id.h"
#include "wizard/security_check.h"
#include "wizard/sheet.h"
#include "wizard/submission.h"

#include <algorithm>

namespace foyer::wizard {

namespace {

bool is_under_way(const Submission& submission) {
    return submission.stage != Submission::Stage::none && submission.stage != Submission::Stage::refused;
}

// Where a person who wants to go to `wanted` really has to go.
Route resolved(const State& state, const Environment& environment, const Route& wanted) {
    if (is_family(wanted.screen)) {
        if (state.bound == false)
            return {Screen::login};
        return environment.family_ready ? family::resolved(state, environment, wanted) : wanted;
    }
    switch (wanted.screen) {
    case Screen::step: {
        if (is_under_way(state.submission))
            return {Screen::confirmation};
        if (environment.registration.steps.empty())
            return {Screen::welcome};
        const std::string missing =
            first_incomplete_step(environment.registration, state.registration.answers, environment, wanted.step);
        return missing.empty() ? wanted : Route{Screen::step, missing};
    }
    case Screen::confirmation:
        if (state.submission.stage == Submission::Stage::none)
            return {Screen::welcome};
        return wanted;
    default:
        return wanted;
    }
}

// What was typed under one name is not asked again under another (WCAG 2.2, 3.3.7).
void begin_account_form(State& state, Screen screen) {
    const std::string identifier(form::answer(state.account.answers, "identifier"));
    const std::string either(form::answer(state.account.answers, "identifier_or_email"));
    const auto first_of = [](const std::string& a, const std::string& b, const std::string& c) {
        return !a.empty() ? a : !b.empty() ? b : c;
    };
    Sheet sheet;
    const auto prefill = [&](std::string_view key, const std::string& text) {
        if (!text.empty())
            write_answer(sheet, key, text);
    };
    if (screen == Screen::login) {
        prefill("identifier", first_of(identifier, either, state.submission.identifier));
    } else if (screen == Screen::lost_password || screen == Screen::mail_not_received) {
        prefill("identifier_or_email", first_of(either, identifier, state.submission.email));
    } else if (screen == Screen::new_password) {
        prefill("reset_id", state.reset_id);
        prefill("reset_key", state.reset_key);
    }
    state.account = std::move(sheet);
}

void forget_summary(Sheet& sheet) {
    sheet.summary.clear();
    sheet.summary_warns = false;
    sheet.revealed.clear();
}

} // namespace

Route current_route(const State& state) { return {state.screen, state.step}; }

std::optional<Run> open_run(const State& state, const Environment& environment) {
    switch (state.screen) {
    case Screen::step:
        return Run{&environment.registration, {Screen::welcome}};
    case Screen::profile:
        return Run{&environment.profile, {Screen::dashboard}};
    default:
        return std::nullopt;
    }
}

std::size_t step_number(const form::FormDefinition& form, std::string_view step) {
    for (std::size_t i = 0; i < form.steps.size(); ++i)
        if (form.steps[i].key == step)
            return i;
    return 0;
}

std::string first_incomplete_step(const form::FormDefinition& form, const form::Answers& answers,
                                  const Environment& environment, std::string_view before) {
    for (const form::StepDefinition& step : form.steps) {
        if (step.key == before)
            break;
        if (form::has_errors(form::validate_step(form, step, answers, context_of(environment))))
            return step.key;
    }
    return {};
}

namespace {

// What the screen needs before it is shown for the first time.
void enter_screen(const Turn& turn, const Route& before) {
    State& state = turn.state;
    if (!is_family(state.screen)) {
        if (state.screen == Screen::login || state.screen == Screen::lost_password ||
            state.screen == Screen::mail_not_received || state.screen == Screen::new_password)
            begin_account_form(state, state.screen);
        return;
    }
    state.account = Sheet{};
    if (turn.environment.family_ready) {
        family::enter(turn, before);
    } else if (state.family_code != Wanted::asked) {
        state.family_code = Wanted::asked;
        turn.effects.push_back(Load{"family"});
    }
}

} // namespace

void go(const Turn& turn, const Route& wanted, History history) {
    State& state = turn.state;
    const Route route = resolved(state, turn.environment, wanted);
    const bool diverted = route != wanted;
    const Route before = current_route(state);
    const bool moves = before != route;

    // a link out of a mail, "Déclarer mon entourage": the login comes first, then what the person came for
    const bool is_door = route.screen == Screen::login || route.screen == Screen::unlock;
    if (diverted && is_door && is_family(wanted.screen) && wanted.screen != Screen::unlock)
        state.after_login = wanted;
    else if (!is_door && route.screen != Screen::lost_password)
        state.after_login.reset();

    if (diverted && history == History::keep)
        history = History::replace;
    if (history != History::keep && (moves || diverted))
        turn.effects.push_back(ShowPath{path_of(route, state.language, turn.environment), history == History::replace});
    if (!moves)
        return;

    forget_summary(open_sheet(state));
    state.trouble = Trouble::none;
    state.answered = false;
    state.privacy_open = false;
    state.composing.clear();
    state.screen = route.screen;
    state.step = route.step;
    forget_summary(open_sheet(state));
    focus_on(state, std::string(TITLE), true);
    enter_screen(turn, before);
}

void family_arrived(const Turn& turn, bool available) {
    State& state = turn.state;
    state.family_code = available ? Wanted::there : Wanted::unavailable;
    if (!available || !is_family(state.screen))
        return;
    const Route here = current_route(state);
    if (resolved(state, turn.environment, here) != here)
        go(turn, here, History::replace);
    else
        enter_screen(turn, here);
}

void show_errors(const Turn& turn) {
    const auto open = open_form(turn.state, turn.environment);
    if (!open)
        return;
    Sheet& sheet = open_sheet(turn.state);
    sheet.summary.clear();
    sheet.summary_warns = false;
    for (const Problem& problem : problems_now(turn.state, *open, turn.environment)) {
        sheet.shown.insert(problem.field);
        if (problem.severity == Severity::error)
            sheet.summary.push_back(problem);
    }
    focus_on(turn.state, std::string(SUMMARY), true);
}

bool accept_form(const Turn& turn) {
    State& state = turn.state;
    const auto open = open_form(state, turn.environment);
    if (!open)
        return false;
    normalise_step(turn);
    Sheet& sheet = open_sheet(state);
    state.trouble = Trouble::none;

    std::vector<Problem> problems = problems_now(state, *open, turn.environment);
    const auto is_wrong_check = [](const Problem& problem) {
        return problem.code == ProblemCode::security_check_wrong;
    };
    if (!state.check.was_wrong && std::any_of(problems.begin(), problems.end(), is_wrong_check)) {
        draw_security_check(state, turn.environment);
        state.check.was_wrong = true;
    }
    if (form::has_errors(problems)) {
        show_errors(turn);
        return false;
    }

    sheet.summary.clear();
    for (const Problem& problem : problems) {
        const form::FormField* field = find_in(*open->step, problem.field);
        if (!sheet.confirmed.insert(confirmation_of(problem, field, sheet.answers)).second)
            continue;
        sheet.shown.insert(problem.field);
        sheet.summary.push_back(problem);
    }
    sheet.summary_warns = !sheet.summary.empty();
    if (sheet.summary_warns)
        focus_on(state, std::string(SUMMARY), true);
    return sheet.summary.empty();
}

void next_step(const Turn& turn) {
    const auto run = open_run(turn.state, turn.environment);
    if (!run || !accept_form(turn))
        return;
    const auto& steps = run->form->steps;
    const std::size_t number = step_number(*run->form, turn.state.step);
    const Screen screen = turn.state.screen;
    if (number + 1 < steps.size()) {
        go(turn, {screen, steps[number + 1].key}, History::push);
        return;
    }
    // An earlier step can have become wrong since: the list of communes came, or the day changed.
    const std::string missing = first_incomplete_step(*run->form, open_sheet(turn.state).answers, turn.environment);
    if (!missing.empty()) {
        go(turn, {screen, missing}, History::push);
        show_errors(turn);
    } else if (screen == Screen::step) {
        submit_registration(turn);
    } else {
        family::submit(turn);
    }
}

void previous_step(const Turn& turn) {
    const auto run = open_run(turn.state, turn.environment);
    if (!run)
        return;
    const std::size_t number = step_number(*run->form, turn.state.step);
    if (number == 0)
        go(turn, run->before, History::push);
    else
        go(turn, {turn.state.screen, run->form->steps[number - 1].key}, History::push);
}

void begin_registration(const Turn& turn) {
    if (turn.environment.registration.steps.empty())
        return;
    State& state = turn.state;
    if (state.submission.stage == Submission::Stage::received)
        clear_registration(turn);
    go(turn, {Screen::step, turn.environment.registration.steps.front().key}, History::push);
}

} // namespace foyer::wizard
