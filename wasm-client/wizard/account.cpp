#include "wizard/account.h"

#include "form/validate.h"
#include "wire/json.h"
#include "wire/problem_document.h"
#include "wizard/call.h"
#include "wizard/family/seam.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/sheet.h"

#include <algorithm>

namespace foyer::wizard {

namespace {

using What = PendingCall::What;

void call(const Turn& turn, What what, std::string_view method, std::string_view resource) {
    turn.state.calls.push_back({what, begin_call(turn, method, resource)});
}

void call_sealed(const Turn& turn, What what, form::Procedure procedure, std::string_view resource,
                 form::Answers answers) {
    turn.state.calls.push_back({what, begin_sealed_call(turn, procedure, resource, std::move(answers))});
}

void say_trouble(const Turn& turn, Trouble trouble) {
    turn.state.trouble = trouble;
    focus_on(turn.state, std::string(SUMMARY), true);
}

// A member's text; empty when it is not there or not a text.
std::string text_of(const wire::Json* object, std::string_view member) {
    const wire::Json* value = object ? object->find(member) : nullptr;
    return value ? value->text() : std::string();
}

// A draft that was under way when the session ended waits for its own account; another one's is gone.
void begin_family(State& state, family::Snapshot greeting) {
    family::State kept;
    if (state.family.owner == greeting.identifier) {
        kept.entourage = std::move(state.family.entourage);
        kept.mending = std::move(state.family.mending);
        kept.profile = std::move(state.family.profile);
        kept.sendings = std::move(state.family.sendings);
    }
    kept.owner = greeting.identifier;
    kept.snapshot = std::move(greeting);
    state.family = std::move(kept);
}

void logged_in(const Turn& turn, const CallResult& result) {
    State& state = turn.state;
    std::string password(form::answer(state.account.answers, "password"));
    forget_passwords(state.account);
    family::Snapshot greeting;
    if (const auto body = wire::parse_json(result.body)) {
        const wire::Json* person = body->find("person");
        greeting.civility = text_of(person, "civility");
        greeting.first_names = text_of(person, "first_names");
        greeting.last_name = text_of(person, "last_names");
        if (greeting.last_name.empty())
            greeting.last_name = text_of(person, "last_name");
        greeting.identifier = text_of(&*body, "identifier");
    }
    begin_family(state, std::move(greeting));
    state.bound = true;
    turn.effects.push_back(RememberBound{true});
    recognise(turn, std::move(password));
    // replaced: "back" from the dashboard should not show the form again
    const Route wanted = state.after_login.value_or(Route{Screen::dashboard});
    go(turn, wanted, History::replace);
    state.account = Sheet{};
}

void no_longer_bound(const Turn& turn, Flash flash, Screen screen) {
    State& state = turn.state;
    state.bound = false;
    state.family = family::State{};
    turn.effects.push_back(RememberBound{false});
    go(turn, {screen, {}}, History::replace);
    state.flash = flash;
}

void keeping(const Turn& turn, Keeping::Act act) {
    Keeping effect;
    effect.act = act;
    turn.effects.push_back(std::move(effect));
}

void log_in_answered(const Turn& turn, const CallResult& result) {
    if (result.status == 201 || result.status == 200)
        logged_in(turn, result);
    else if (turn.state.screen != Screen::login)
        return; // the person has gone elsewhere in the meantime
    else if (result.status == 401)
        say_trouble(turn, Trouble::login_failed);
    else if (result.status != 422 || !take_problems(turn, result))
        say_trouble(turn, trouble_of(result.status));
}

void name_answered(const Turn& turn, const CallResult& result, Screen screen) {
    if (turn.state.screen != screen)
        return;
    if (result.status == 202) {
        turn.state.answered = true;
        turn.state.trouble = Trouble::none;
        focus_on(turn.state, std::string(TITLE), true);
    } else if (result.status != 422 || !take_problems(turn, result)) {
        say_trouble(turn, trouble_of(result.status));
    }
}

void new_password_answered(const Turn& turn, const CallResult& result) {
    State& state = turn.state;
    if (state.screen != Screen::new_password)
        return;
    if (result.status == 204) {
        forget_passwords(state.account);
        state.reset_id.clear();
        state.reset_key.clear();
        go(turn, {Screen::login, {}}, History::replace);
        state.flash = Flash::password_changed;
    } else if (result.status == 410) {
        forget_passwords(state.account);
        state.trouble = Trouble::link_used;
        focus_on(state, std::string(TITLE), true);
    } else if (result.status != 422 || !take_problems(turn, result)) {
        say_trouble(turn, trouble_of(result.status));
    }
}

} // namespace

bool take_problems(const Turn& turn, const CallResult& result) {
    const auto document = wire::read_problem_document(result.body);
    const auto open = open_form(turn.state, turn.environment);
    if (!document || !open)
        return false;
    const bool concerns_us =
        std::any_of(document->problems.begin(), document->problems.end(),
                    [&](const Problem& problem) { return find_in(*open->step, problem.field) != nullptr; });
    if (!concerns_us)
        return false;
    open_sheet(turn.state).from_server = document->problems;
    show_errors(turn);
    return true;
}

void recognise(const Turn& turn, std::string password) {
    family::State& family = turn.state.family;
    family.home.stage = family::Home::Stage::open;
    family.home.keeping = turn.state.next_effect++;
    Keeping effect;
    effect.act = Keeping::Act::logged_in;
    effect.id = family.home.keeping;
    effect.owner = family.owner;
    effect.text = std::move(password);
    turn.effects.push_back(std::move(effect));
}

void leave_space(const Turn& turn) {
    keeping(turn, Keeping::Act::leave);
    no_longer_bound(turn, Flash::erased, Screen::login);
}

void forget_passwords(Sheet& sheet) {
    for (const char* key : {"password", "old_password"}) {
        const auto found = sheet.answers.find(key);
        if (found == sheet.answers.end())
            continue;
        for (char& character : found->second)
            character = '\0';
        write_answer(sheet, key, {});
    }
    sheet.revealed.clear();
}

void session_ended(const Turn& turn) {
    State& state = turn.state;
    state.bound = false;
    turn.effects.push_back(RememberBound{false});
    // what is asked of the town is asked anew; what has been typed is kept
    state.family.sync = family::Sync{};
    state.family.home = family::Home{};
    state.family.body.clear();
    keeping(turn, Keeping::Act::forget);
    if (!is_family(state.screen))
        return;
    // by way of the login, and back to where the person was
    go(turn, current_route(state), History::replace);
    state.flash = Flash::session_ended;
}

bool is_waiting(const State& state, What what) {
    return std::any_of(state.calls.begin(), state.calls.end(),
                       [&](const PendingCall& pending) { return pending.what == what; });
}

void send_account_form(const Turn& turn) {
    State& state = turn.state;
    const auto send = [&](What what, form::Procedure procedure, const form::FormDefinition& form,
                          std::string_view resource) {
        if (is_waiting(state, what) || !accept_form(turn))
            return;
        call_sealed(turn, what, procedure, resource, form::submitted(form, state.account.answers));
    };
    const Environment& environment = turn.environment;
    switch (state.screen) {
    case Screen::login:
        send(What::log_in, form::Procedure::login, environment.login, "sessions");
        break;
    case Screen::lost_password:
        send(What::lost_password, form::Procedure::password_reset, environment.password_reset, "password-resets");
        break;
    case Screen::mail_not_received:
        send(What::resend, form::Procedure::resend_activation, environment.resend_activation, "activation-mails");
        break;
    case Screen::new_password:
        send(What::new_password, form::Procedure::new_password, environment.new_password, "passwords");
        break;
    default:
        break;
    }
}

void resend_from_confirmation(const Turn& turn) {
    State& state = turn.state;
    if (state.screen != Screen::confirmation || state.submission.stage != Submission::Stage::received ||
        state.submission.email.empty() || is_waiting(state, What::resend_from_confirmation))
        return;
    state.submission.mail_resent = false;
    // the identifier is this account's alone; spouses may share the address
    const std::string& name =
        state.submission.identifier.empty() ? state.submission.email : state.submission.identifier;
    call_sealed(turn, What::resend_from_confirmation, form::Procedure::resend_activation, "activation-mails",
                {{"identifier_or_email", name}});
}

void log_out(const Turn& turn) {
    if (is_waiting(turn.state, What::log_out))
        return;
    turn.state.trouble = Trouble::none;
    call(turn, What::log_out, "DELETE", "sessions");
}

void call_answered(const Turn& turn, const CallResult& result) {
    State& state = turn.state;
    const auto pending = std::find_if(state.calls.begin(), state.calls.end(),
                                      [&](const PendingCall& call) { return call.effect == result.effect; });
    if (pending == state.calls.end()) {
        if (turn.environment.family_ready)
            family::call_answered(turn, result);
        return;
    }
    const What what = pending->what;
    state.calls.erase(pending);
    switch (what) {
    case What::log_in:
        log_in_answered(turn, result);
        break;
    case What::lost_password:
        name_answered(turn, result, Screen::lost_password);
        break;
    case What::resend:
        name_answered(turn, result, Screen::mail_not_received);
        break;
    case What::resend_from_confirmation:
        if (state.screen != Screen::confirmation)
            break;
        state.submission.mail_resent = result.status == 202;
        state.trouble = result.status == 202 ? Trouble::none : trouble_of(result.status);
        break;
    case What::new_password:
        new_password_answered(turn, result);
        break;
    case What::log_out:
        // 401: the town does not know this device any more, which is what was wanted
        if (result.status == 204 || result.status == 401) {
            keeping(turn, Keeping::Act::forget);
            no_longer_bound(turn, Flash::logged_out, Screen::landing);
        } else if (result.status == 0) {
            // whoever leaves a device leaves nothing on it, network or not
            keeping(turn, Keeping::Act::leave);
            no_longer_bound(turn, Flash::logged_out_offline, Screen::landing);
        } else if (is_family(state.screen))
            state.trouble = Trouble::log_out_failed;
        break;
    }
}

} // namespace foyer::wizard
