#include "wizard/family/home.h"

#include "wizard/account.h"
#include "wizard/call.h"
#include "wizard/family/sync.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/sheet.h"

#include <algorithm>
#include <utility>

namespace foyer::wizard::family {

using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;
using Act = Keeping::Act;
using Choice = Kept::Choice;
using Said = Home::Said;
using Stage = Home::Stage;

namespace {

constexpr std::string_view PASSWORD = "password";
constexpr UnixSeconds SEEN_EVERY = 60; // no oftener is it written down that nothing is new

Home& home_of(const Turn& turn) { return turn.state.family.home; }

unsigned tell(const Turn& turn, Act act, std::string text, UnixSeconds at, bool answered) {
    const State& family = turn.state.family;
    Keeping effect;
    effect.act = act;
    effect.id = answered ? turn.state.next_effect++ : 0;
    effect.owner = family.snapshot.identifier.empty() ? family.owner : family.snapshot.identifier;
    effect.account = family.snapshot.reference;
    effect.text = std::move(text);
    effect.at = at;
    const unsigned id = effect.id;
    turn.effects.push_back(std::move(effect));
    return id;
}

// The login's form without its name: whose password it is, is known.
form::FormDefinition password_form() {
    form::FormDefinition form = form::account_form(form::Procedure::login);
    for (form::StepDefinition& step : form.steps)
        step.fields.erase(std::remove_if(step.fields.begin(), step.fields.end(),
                                         [](const form::FormField& field) { return field.key != PASSWORD; }),
                          step.fields.end());
    return form;
}

std::string take_password(const Turn& turn) {
    std::string password(form::answer(turn.state.account.answers, PASSWORD));
    forget_passwords(turn.state.account);
    turn.state.account.shown.clear();
    return password;
}

// The town is asked from here on; what the device gave is shown until it answers.
void begin(const Turn& turn) {
    home_of(turn).stage = Stage::open;
    wizard::State& state = turn.state;
    if (state.screen == Screen::unlock)
        go(turn, state.after_login.value_or(Route{Screen::dashboard}), History::replace);
    if (is_family(state.screen))
        keep_fresh(turn);
}

void show_kept(const Turn& turn, const Kept& answer) {
    State& family = turn.state.family;
    auto snapshot = read_snapshot(answer.text);
    if (!snapshot)
        return;
    family.snapshot = std::move(*snapshot);
    family.owner = family.snapshot.identifier;
    family.body = answer.text;
    family.sync.fresh_at = answer.at;
    if (!family.snapshot.messages.empty())
        family.messages_known_to = family.snapshot.messages.front().at;
    tell(turn, Act::seen, {}, answer.at, false);
}

void opened(const Turn& turn, const Kept& answer) {
    Home& home = home_of(turn);
    home.said = Said::nothing;
    home.seconds = answer.seconds;
    switch (answer.state) {
    case Kept::State::open:
        show_kept(turn, answer);
        begin(turn);
        break;
    case Kept::State::lost:
        home.said = Said::lost;
        begin(turn);
        break;
    case Kept::State::nothing:
        begin(turn);
        break;
    case Kept::State::wrong:
        home.said = Said::wrong;
        home.stage = Stage::locked;
        focus_on(turn.state, std::string(SUMMARY), true);
        break;
    case Kept::State::locked:
        home.stage = Stage::locked;
        home.form = password_form();
        // by way of the password, and back to where the person was
        go(turn, current_route(turn.state), History::replace);
        break;
    }
}

void choose(const Turn& turn, Choice choice) {
    Home& home = home_of(turn);
    if (home.keeping != 0)
        return;
    home.said = Said::nothing;
    home.wanted = choice;
    home.asks_password = false;
    home.keeping = tell(turn,
                        choice == Choice::open  ? Act::choose_open
                        : choice == Choice::ask ? Act::choose_ask
                                                : Act::choose_nothing,
                        {}, turn.environment.now, true);
    if (choice != Choice::nothing)
        keep(turn, turn.state.family.body);
    focus_on(turn.state, std::string(turn.state.screen == Screen::devices ? "home-title" : TITLE));
}

void ask_for_password(const Turn& turn) {
    Home& home = home_of(turn);
    if (home.knows_password) {
        choose(turn, Choice::ask);
        return;
    }
    go(turn, {Screen::devices}, History::push);
    home.form = password_form();
    home.asks_password = true;
    home.said = Said::nothing;
    focus_on(turn.state, field_id(PASSWORD));
}

// The town alone knows whether it is the right one: a device must not ask for a password that nobody has.
void try_password(const Turn& turn) {
    Home& home = home_of(turn);
    if (home.call != 0 || !accept_form(turn))
        return;
    home.said = Said::nothing;
    form::Answers answers = turn.state.account.answers;
    answers["identifier"] = turn.state.family.snapshot.identifier;
    home.call = begin_sealed_call(turn, form::Procedure::login, "sessions", std::move(answers));
}

void unlock(const Turn& turn) {
    Home& home = home_of(turn);
    if (home.stage != Stage::locked || !accept_form(turn))
        return;
    home.stage = Stage::checking;
    home.said = Said::nothing;
    home.keeping = tell(turn, Act::open, take_password(turn), turn.environment.now, true);
}

void describe_choices(const Page& page, Choice now) {
    const auto choice = [&](Choice each, std::string_view id, TextKey label) {
        if (each != now)
            page.scene.button(std::string(id), page.text(label), Emphasis::secondary);
    };
    choice(Choice::open, "home-open", TextKey::family_home_open);
    choice(Choice::ask, "home-ask", TextKey::family_home_ask);
    choice(Choice::nothing, "home-nothing", TextKey::family_home_nothing);
}

TextKey now_text(Choice choice) {
    switch (choice) {
    case Choice::open:
        return TextKey::family_home_now_open;
    case Choice::ask:
        return TextKey::family_home_now_ask;
    case Choice::nothing:
        return TextKey::family_home_now_nothing;
    case Choice::unasked:
        return TextKey::family_home_now_unasked;
    case Choice::impossible:
        break;
    }
    return TextKey::family_home_now_impossible;
}

void describe_said(const Page& page) {
    const Home& home = page.state.family.home;
    Node& status = page.scene.add(Role::status, "home-status");
    const auto say = [&](TextKey text, Icon icon, Emphasis emphasis) {
        status.label = page.text(text);
        status.icon = icon;
        status.emphasis = emphasis;
    };
    if (home.call != 0)
        status.label = page.text(TextKey::family_unlock_working);
    else if (home.said == Said::chosen)
        say(TextKey::family_home_done, Icon::tick, Emphasis::success);
    else if (home.said == Said::failed)
        say(TextKey::family_home_failed, Icon::warning, Emphasis::warning);
    else if (home.said == Said::network)
        say(TextKey::family_home_network, Icon::warning, Emphasis::warning);
    else if (home.said == Said::wrong_password)
        say(TextKey::family_unlock_wrong, Icon::error, Emphasis::danger);
    else if (home.said == Said::lost)
        say(TextKey::family_home_lost, Icon::warning, Emphasis::warning);
}

} // namespace

bool is_open(const Home& home) { return home.stage == Stage::open; }
bool is_locked(const Home& home) { return home.stage == Stage::locked || home.stage == Stage::checking; }

void open_kept(const Turn& turn) {
    Home& home = home_of(turn);
    if (home.stage != Stage::unknown)
        return;
    home.stage = Stage::asked;
    home.keeping = tell(turn, Act::open, {}, turn.environment.now, true);
}

void kept_answered(const Turn& turn, const Kept& answer) {
    Home& home = home_of(turn);
    if (home.keeping == 0 || answer.effect != home.keeping)
        return;
    home.keeping = 0;
    home.choice = answer.choice;
    home.knows_password = answer.knows_password;
    if (home.stage == Stage::asked || home.stage == Stage::checking) {
        opened(turn, answer);
    } else if (const Choice wanted = std::exchange(home.wanted, Choice::unasked); wanted != Choice::unasked) {
        home.said = wanted == home.choice ? Said::chosen : Said::failed;
    }
}

void keep(const Turn& turn, const std::string& body) {
    Sync& sync = turn.state.family.sync;
    const UnixSeconds now = turn.environment.now;
    if (body.empty() && now - sync.kept_at < SEEN_EVERY)
        return;
    sync.kept_at = now;
    tell(turn, body.empty() ? Act::seen : Act::keep, body, std::max(now, sync.fresh_at), false);
}

void describe_home_question(const Page& page) {
    if (page.state.family.home.choice == Choice::unasked) {
        const auto card = page.scene.card("home", 2, page.text(TextKey::family_home_question), Emphasis::primary);
        page.scene.paragraph("home-text", page.text(TextKey::family_home_question_text));
        describe_choices(page, Choice::unasked);
    }
    describe_said(page);
}

void describe_home_choice(const Page& page) {
    const Home& home = page.state.family.home;
    page.scene.heading("home-title", 2, page.text(TextKey::family_home_title));
    page.scene.paragraph("home-now", page.text(now_text(home.choice)));
    describe_said(page);
    if (home.choice == Choice::impossible)
        return;
    if (const auto open = open_home(page.state)) {
        page.scene.paragraph("home-password", page.text(TextKey::family_home_password_text));
        describe_form(page, *open, {{}, page.text(TextKey::family_home_password_button)});
        page.scene.button("home-cancel", page.text(TextKey::family_home_cancel), Emphasis::secondary);
        return;
    }
    describe_choices(page, home.choice);
}

void describe_unlock(const Page& page) {
    const Home& home = page.state.family.home;
    const std::string next = page.text(TextKey::family_unlock_button);
    if (home.said == Said::wrong) {
        Node& wrong = page.scene.add(Role::error_summary, std::string(SUMMARY));
        tell(wrong, Emphasis::danger, page.text(TextKey::wizard_errors_title));
        std::string text = page.text(TextKey::family_unlock_wrong);
        if (home.seconds > 0)
            text +=
                " " + page.texts.count(TextKey::family_unlock_wait_one, TextKey::family_unlock_wait_many, home.seconds);
        wrong.rows.push_back({std::move(text), {}, field_id(PASSWORD), {}, {}});
    } else {
        describe_summary(page, next);
    }
    page.scene.heading(std::string(TITLE), 1, page.text(TextKey::family_unlock_title));
    page.scene.paragraph("unlock-text", page.text(TextKey::family_unlock_text));
    if (const auto open = open_home(page.state))
        describe_form(page, *open, {{}, next});
    Node& status = page.scene.add(Role::status, "sending-status");
    if (home.stage == Stage::checking)
        status.label = page.text(TextKey::family_unlock_working);
    page.scene.heading("forgotten-title", 2, page.text(TextKey::family_unlock_forgotten));
    page.scene.paragraph("forgotten-text", page.text(TextKey::family_unlock_forgotten_text));
    page.scene.button("erase-space", page.text(TextKey::family_unlock_erase), Emphasis::secondary);
}

std::optional<OpenForm> open_home(const wizard::State& state) {
    const Home& home = state.family.home;
    const bool shown =
        state.screen == Screen::unlock ? is_locked(home) : state.screen == Screen::devices && home.asks_password;
    if (!shown || home.form.steps.empty())
        return std::nullopt;
    return OpenForm{&home.form, &home.form.steps.front()};
}

bool press_home(const Turn& turn, std::string_view node) {
    const Screen screen = turn.state.screen;
    if (node == "home-open") {
        choose(turn, Choice::open);
    } else if (node == "home-ask") {
        ask_for_password(turn);
    } else if (node == "home-nothing") {
        choose(turn, Choice::nothing);
    } else if (node == "home-cancel") {
        home_of(turn).asks_password = false;
        home_of(turn).said = Said::nothing;
        forget_passwords(turn.state.account);
        focus_on(turn.state, "home-title");
    } else if (node == "next" && screen == Screen::unlock) {
        unlock(turn);
    } else if (node == "next" && screen == Screen::devices) {
        try_password(turn);
    } else if (node == "erase-space" && screen == Screen::unlock) {
        leave_space(turn);
    } else {
        return false;
    }
    return true;
}

bool home_answered(const Turn& turn, const CallResult& result) {
    Home& home = home_of(turn);
    if (home.call == 0 || result.effect != home.call)
        return false;
    home.call = 0;
    if (result.status == 201 || result.status == 200) {
        std::string password = take_password(turn);
        if (password.empty())
            return true; // the person has gone elsewhere in the meantime
        recognise(turn, std::move(password));
        home.keeping = 0;
        choose(turn, Choice::ask);
    } else if (result.status == 401) {
        forget_passwords(turn.state.account);
        home.said = Said::wrong_password;
        focus_on(turn.state, field_id(PASSWORD));
    } else {
        home.said = result.status == 0 ? Said::network : Said::failed;
    }
    return true;
}

} // namespace foyer::wizard::family
