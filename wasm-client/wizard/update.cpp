#include "wizard/update.h"

#include "wizard/account.h"
#include "wizard/draft.h"
#include "wizard/entry.h"
#include "wizard/family/seam.h"
#include "wizard/finder.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/security_check.h"
#include "wizard/sheet.h"
#include "wizard/submission.h"

#include <algorithm>
#include <array>
#include <utility>

namespace foyer::wizard {

namespace {

struct Link {
    std::string_view node;
    Screen screen;
};
// Nodes "go-…" lead to these screens.
constexpr std::array<Link, 13> LINKS = {{
    {"landing", Screen::landing},
    {"welcome", Screen::welcome},
    {"login", Screen::login},
    {"lost-password", Screen::lost_password},
    {"mail", Screen::mail_not_received},
    {"dashboard", Screen::dashboard},
    {"confirmation", Screen::confirmation},
    {"entourage", Screen::entourage},
    {"people", Screen::people},
    {"entourage-confirmation", Screen::entourage_confirmation},
    {"household", Screen::household},
    {"change-password", Screen::change_password},
    {"devices", Screen::devices},
}};

bool speaks(const Environment& environment, std::string_view language) {
    const auto& languages = environment.portal->languages;
    return std::find(languages.begin(), languages.end(), language) != languages.end();
}

// The language of the link "language-0", "language-1"…: the position among those not spoken now.
std::string other_language(const Environment& environment, std::string_view spoken, std::string_view position) {
    std::size_t number = 0;
    for (const std::string& language : environment.portal->languages)
        if (language != spoken && std::to_string(number++) == position)
            return language;
    return {};
}

void speak(const Turn& turn, std::string_view language, History history) {
    State& state = turn.state;
    if (!speaks(turn.environment, language) || language == state.language)
        return;
    if (!has_texts(turn.environment, language)) {
        if (state.wanted_language != language)
            turn.effects.push_back(Load{"texts_" + std::string(language)});
        state.wanted_language = language;
        return;
    }
    state.wanted_language.clear();
    state.language = language;
    if (history != History::keep)
        turn.effects.push_back(ShowPath{path_of(current_route(state), state.language, turn.environment), true});
}

// Something a family has typed is in no envelope yet.
bool holds_answers(const family::State& family) {
    return family.profile.sheet.touched || family.entourage.draft.touched || family.entourage.person.touched ||
           family.mending.sheet.touched;
}

constexpr std::string_view INVITATION = "invitation";
constexpr std::string_view SERVICE_KEY = "service_key.";

void take_query(const Turn& turn, const Query& query) {
    State& state = turn.state;
    // The code of an invitation, or a service's key as its letter's link brings it; what a form fills in itself stays.
    for (const auto& [name, value] : query)
        if (const form::FormField* field = turn.environment.registration.find(name);
            field && field->preset.empty() &&
            (name == INVITATION || name.compare(0, SERVICE_KEY.size(), SERVICE_KEY) == 0))
            write_answer(state.registration, name, value);
    if (const auto id = query.find("id"); id != query.end())
        state.reset_id = id->second;
    if (const auto key = query.find("key"); key != query.end())
        state.reset_key = key->second;
}

void navigate(const Turn& turn, const Navigate& action) {
    const Address address = read_address(action.path, turn.environment.prefix);
    const auto language = address.query.find("lang");
    speak(turn, language == address.query.end() ? default_language(turn.environment) : language->second, History::keep);
    const std::optional<Route> route = route_of(address.path, turn.environment);
    if (route && (route->screen == Screen::new_password || route->screen == Screen::welcome))
        take_query(turn, address.query);
    if (route)
        go(turn, *route, History::keep);
    else
        go(turn, {Screen::landing, {}}, History::replace);
}

void press(const Turn& turn, std::string_view node) {
    State& state = turn.state;
    if (is_family(state.screen) && turn.environment.family_ready && family::press(turn, node))
        return;
    if (const auto where = after(node, GO_PREFIX)) {
        for (const Link& link : LINKS)
            if (link.node == *where)
                go(turn, {link.screen}, History::push);
        return;
    }
    if (const auto position = after(node, LANGUAGE_PREFIX)) {
        if (const std::string language = other_language(turn.environment, state.language, *position); !language.empty())
            speak(turn, language, History::replace);
        return;
    }
    if (node == "text-mode") {
        state.text_mode = !state.text_mode;
        turn.effects.push_back(ShowAs{state.text_mode});
    } else if (node == "start") {
        begin_registration(turn);
    } else if (node == "next") {
        if (open_run(state, turn.environment))
            next_step(turn);
        else if (!is_family(state.screen))
            send_account_form(turn);
    } else if (node == "previous") {
        previous_step(turn);
    } else if (node == "load-family") {
        state.family_code = Wanted::asked;
        turn.effects.push_back(Load{"family"});
        focus_on(state, std::string(TITLE)); // the button goes away
    } else if (node == "mend") {
        mend_submission(turn);
    } else if (node == "start-anew") {
        if (state.screen == Screen::confirmation) {
            clear_registration(turn);
            go(turn, {Screen::welcome, {}}, History::push);
        }
    } else if (node == "resend") {
        resend_from_confirmation(turn);
    } else if (node == "print") {
        turn.effects.push_back(Print{});
    } else if (node == "log-out") {
        log_out(turn);
    } else {
        press_in_form(turn, node);
    }
}

void loaded(const Turn& turn, const Loaded& action) {
    if (action.what == "addresses") {
        addresses_arrived(turn, action.available);
    } else if (action.what == "communes") {
        communes_arrived(turn, action.available && turn.environment.reference);
    } else if (action.what == "family") {
        family_arrived(turn, action.available && turn.environment.family_ready);
    } else if (const auto language = after(action.what, "texts_")) {
        if (*language == turn.state.wanted_language) {
            turn.state.wanted_language.clear();
            if (action.available && has_texts(turn.environment, *language))
                speak(turn, *language, History::replace);
        }
    }
}

struct Dispatch {
    const Turn& turn;
    void operator()(const Input& action) const { type(turn, action); }
    void operator()(const Commit& action) const { leave(turn, action); }
    void operator()(const Focus& action) const { enter(turn, action); }
    void operator()(const Blur&) const {
        turn.state.composing.clear();
        list_left(turn);
    }
    void operator()(const Activate& action) const { press(turn, action.node); }
    void operator()(const Choose& action) const {
        if (!is_family(turn.state.screen) || !turn.environment.family_ready || !family::choose(turn, action))
            choose(turn, action);
    }
    void operator()(const Navigate& action) const { navigate(turn, action); }
    void operator()(const CallResult& action) const { call_answered(turn, action); }
    void operator()(const SubmissionState& action) const { submission_moved(turn, action); }
    void operator()(const Loaded& action) const { loaded(turn, action); }
    void operator()(const Key& action) const { list_key(turn, action); }
    void operator()(const AddressesFound& action) const { addresses_found(turn, action); }
    void operator()(const Woken& action) const {
        if (turn.environment.family_ready)
            family::woken(turn, action);
    }
    void operator()(const RestoreDraft& action) const { restore_draft(turn, action.draft); }
    void operator()(const Kept& action) const {
        if (turn.environment.family_ready)
            family::kept(turn, action);
        else
            turn.state.family.early = action;
    }
    void operator()(const OnDevice& action) const {
        registration_on_device(turn, action);
        if (turn.environment.family_ready)
            family::on_device(turn, action);
    }
};

} // namespace

Update start(const Start& start, const Environment& environment) {
    Update result;
    State& state = result.state;
    const Turn turn{state, result.effects, environment};
    state.language = default_language(environment);
    state.bound = start.bound;
    state.text_mode = start.text_mode;
    state.check.seed = start.seed;
    draw_security_check(state, environment);

    const Address address = read_address(start.path + "?" + start.query, environment.prefix);
    const auto wanted = address.query.find("lang");
    const bool named = wanted != address.query.end();
    const std::string language = named ? wanted->second : start.language;
    if (!language.empty())
        speak(turn, language, named ? History::keep : History::replace);
    take_query(turn, address.query);

    // The landing is where a state begins; every other address is a move from there.
    const std::optional<Route> route = route_of(address.path, environment);
    if (!route)
        turn.effects.push_back(ShowPath{path_of(Route{}, state.language, environment), true});
    else
        go(turn, *route, History::keep);
    settle_finder(turn);
    // A page that has just been opened keeps the focus the browser gave it.
    state.focus.clear();
    state.focus_revision = 0;
    state.scroll_to_top = false;
    return result;
}

Update update(State state, const Action& action, const Environment& environment) {
    Update result{std::move(state), {}};
    const Screen before = result.state.screen;
    const Flash flash = result.state.flash;
    const Turn turn{result.state, result.effects, environment};
    std::visit(Dispatch{turn}, action);
    settle_draft(turn);
    settle_finder(turn);
    if (is_family(result.state.screen) && environment.family_ready)
        family::settle(turn);
    // said once: gone with the screen it was said on
    if (result.state.screen != before && result.state.flash == flash)
        result.state.flash = Flash::none;
    return result;
}

bool has_unsent_answers(const State& state) {
    switch (state.submission.stage) {
    case Submission::Stage::preparing:
        return true;
    case Submission::Stage::on_device:
    case Submission::Stage::sending:
    case Submission::Stage::received:
        return false;
    case Submission::Stage::none:
    case Submission::Stage::refused:
        break;
    }
    // what the program itself has written is no loss
    for (const auto& [key, text] : state.registration.answers)
        if (key.find("security_check") != 0 && key != INVITATION && !text.empty())
            return true;
    return holds_answers(state.family);
}

} // namespace foyer::wizard
