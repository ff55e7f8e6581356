#include "wizard/describe.h"

#include "wizard/account.h"
#include "wizard/describe_form.h"
#include "wizard/describe_screens.h"
#include "wizard/family/seam.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/route.h"
#include "wizard/town_frame.h"
#include "wizard/unbroken.h"

#include <algorithm>
#include <utility>

namespace foyer::wizard {

using scene::Emphasis;
using scene::Node;
using scene::Role;

namespace {

// Said before the family's own code and texts are there.
TextKey family_title_key(Screen screen) {
    switch (screen) {
    case Screen::entourage:
    case Screen::new_people:
    case Screen::people:
    case Screen::person:
    case Screen::recap:
    case Screen::entourage_confirmation:
        return TextKey::wizard_family_entourage;
    case Screen::household:
        return TextKey::wizard_family_household;
    case Screen::profile:
    case Screen::profile_confirmation:
    case Screen::change_password:
    case Screen::devices:
        return TextKey::wizard_family_profile;
    case Screen::request:
    case Screen::correction:
        return TextKey::wizard_family_request;
    default:
        return TextKey::wizard_dashboard_title;
    }
}

std::string family_title(const Page& page) {
    if (page.environment.family_ready)
        return family::title(page);
    return page.text(family_title_key(page.state.screen));
}

void describe_family(const Page& page) {
    if (page.environment.family_ready)
        return family::describe(page);
    page.scene.heading(std::string(TITLE), 1, family_title(page));
    Node& status = page.scene.add(Role::status, "family-status");
    if (page.state.family_code != Wanted::unavailable) {
        status.label = page.text(TextKey::wizard_working);
        return;
    }
    status.label = page.text(TextKey::wizard_trouble_network);
    status.icon = scene::Icon::warning;
    status.emphasis = Emphasis::warning;
    page.scene.button("load-family", page.text(TextKey::wizard_dashboard_retry), Emphasis::primary);
}

std::string screen_title(const Page& page) {
    const State& state = page.state;
    switch (state.screen) {
    case Screen::landing:
        return page.text(TextKey::wizard_home);
    case Screen::welcome:
        return page.text(TextKey::wizard_welcome_title);
    case Screen::step:
        if (const auto open = open_form(state, page.environment))
            return step_title(page, *open->step);
        return {};
    case Screen::confirmation:
        return page.text(TextKey::wizard_confirmation_title);
    case Screen::login:
        return page.text(TextKey::wizard_login_title);
    case Screen::lost_password:
        return page.text(TextKey::wizard_lost_password_title);
    case Screen::mail_not_received:
        return page.text(TextKey::wizard_mail_title);
    case Screen::new_password:
        return page.text(TextKey::wizard_new_password_title);
    default:
        return family_title(page);
    }
}

// A title that says at once that something has to be mended (WCAG 2.2, 3.3.1 and 2.4.2).
bool has_errors(const scene::Scene& scene) {
    return std::any_of(scene.nodes.begin(), scene.nodes.end(), [](const Node& node) {
        return node.role == Role::error_summary && node.emphasis == Emphasis::danger;
    });
}

std::string document_title(const Page& page, bool wrong) {
    const portal::Portal& portal = *page.environment.portal;
    std::string title = page.texts.format(
        TextKey::wizard_title_page,
        {{"title", screen_title(page)}, {"space", page.local(portal.space_name)}, {"town", portal.name}});
    if (wrong)
        title = page.texts.format(TextKey::wizard_title_error, {{"title", title}});
    return title;
}

// The town's band: who is speaking, and the two ways to read it otherwise.
void describe_header(const Page& page) {
    const portal::Portal& portal = *page.environment.portal;
    const auto header = page.scene.group("page-header");
    describe_town(page.scene, portal, page.texts, page.environment.prefix,
                  href_of({Screen::landing, {}}, page.state.language, page.environment));
    std::size_t position = 0;
    for (const std::string& language : portal.languages) {
        if (language == page.state.language)
            continue;
        Node& other =
            page.scene.link(join(LANGUAGE_PREFIX, std::to_string(position++)), page.text(TextKey::wizard_language_link),
                            page.environment.prefix + "/" + path_of(current_route(page.state)) + "?lang=" + language);
        other.lang = language;
        other.inline_row = true;
    }
    Node& mode = page.scene.link(
        "text-mode", page.text(page.state.text_mode ? TextKey::wizard_text_mode_off : TextKey::wizard_text_mode_on),
        {});
    mode.inline_row = true;
}

bool is_sending(const State& state) {
    using What = PendingCall::What;
    switch (state.screen) {
    case Screen::login:
        return is_waiting(state, What::log_in);
    case Screen::lost_password:
        return is_waiting(state, What::lost_password);
    case Screen::mail_not_received:
        return is_waiting(state, What::resend);
    case Screen::new_password:
        return is_waiting(state, What::new_password);
    default:
        return false;
    }
}

// A title, a sentence, a form with one button, and whether it is on its way.
void describe_account(const Page& page, TextKey introduction, TextKey button) {
    const std::string next = page.text(button);
    describe_summary(page, next);
    page.scene.heading(std::string(TITLE), 1, screen_title(page));
    if (introduction != TextKey::fields_no_hint)
        page.scene.paragraph("introduction-0", page.text(introduction));
    if (const auto open = open_form(page.state, page.environment))
        describe_form(page, *open, {{}, next});
    Node& status = page.scene.add(Role::status, "sending-status");
    if (is_sending(page.state))
        status.label =
            page.text(page.state.screen == Screen::login ? TextKey::wizard_login_working : TextKey::wizard_working);
}

void describe_login(const Page& page) {
    if (page.state.flash == Flash::session_ended)
        page.scene.notice("flash", Emphasis::normal, page.text(TextKey::wizard_login_ended));
    if (page.state.flash == Flash::password_changed)
        page.scene.notice("flash", Emphasis::success, page.text(TextKey::wizard_login_password_changed));
    if (page.state.flash == Flash::erased)
        page.scene.notice("flash", Emphasis::success, page.text(TextKey::wizard_login_erased));
    describe_account(page, TextKey::fields_no_hint, TextKey::wizard_log_in_button);
    describe_go(page, "lost-password", Screen::lost_password, TextKey::wizard_lost_password);
    describe_go(page, "mail", Screen::mail_not_received, TextKey::wizard_mail_not_received);
    describe_go(page, "welcome", Screen::welcome, TextKey::wizard_create_space);
}

// The same answer whether an account exists or not.
void describe_answered(const Page& page, TextKey answer) {
    page.scene.heading(std::string(TITLE), 1, screen_title(page));
    page.scene.notice("answer", Emphasis::normal, page.text(answer));
    page.scene.paragraph("answer-check", page.text(TextKey::wizard_sent_check));
    describe_go(page, "login", Screen::login, TextKey::wizard_log_in);
}

void describe_new_password(const Page& page) {
    if (open_form(page.state, page.environment)) {
        describe_account(page, TextKey::wizard_new_password_text, TextKey::wizard_validate);
        return;
    }
    page.scene.heading(std::string(TITLE), 1, screen_title(page));
    page.scene.notice("link-trouble", Emphasis::warning,
                      page.text(page.state.trouble == Trouble::link_used ? TextKey::wizard_new_password_used
                                                                         : TextKey::wizard_new_password_incomplete));
    describe_go(page, "lost-password", Screen::lost_password, TextKey::wizard_ask_new_link);
}

void describe_body(const Page& page) {
    switch (page.state.screen) {
    case Screen::landing:
        return describe_landing(page);
    case Screen::welcome:
        return describe_welcome(page);
    case Screen::step:
        return describe_step(page);
    case Screen::confirmation:
        return describe_confirmation(page);
    case Screen::login:
        return describe_login(page);
    case Screen::lost_password:
        if (page.state.answered)
            return describe_answered(page, TextKey::wizard_lost_password_sent);
        return describe_account(page, TextKey::wizard_lost_password_text, TextKey::wizard_send);
    case Screen::mail_not_received:
        if (page.state.answered)
            return describe_answered(page, TextKey::wizard_mail_sent);
        return describe_account(page, TextKey::wizard_mail_text, TextKey::wizard_send);
    case Screen::new_password:
        return describe_new_password(page);
    default:
        return describe_family(page);
    }
}

} // namespace

void describe_step(const Page& page, std::string_view about, const std::function<void()>& introduction) {
    const auto open = open_form(page.state, page.environment);
    const auto run = open_run(page.state, page.environment);
    if (!open || !run)
        return;
    const auto& steps = run->form->steps;
    const std::size_t number = step_number(*run->form, page.state.step);
    const bool last = number + 1 == steps.size();
    const std::string next = page.text(last ? TextKey::wizard_validate : TextKey::wizard_next);

    describe_summary(page, next);
    Node& progress =
        page.scene.add(Role::progress, "progress",
                       page.texts.format(TextKey::wizard_step_of, {{"number", std::to_string(number + 1)},
                                                                   {"total", std::to_string(steps.size())}}));
    progress.hint =
        last ? page.text(TextKey::wizard_step_last)
             : page.texts.format(TextKey::wizard_step_following, {{"title", step_title(page, steps[number + 1])}});
    progress.fraction = static_cast<double>(number + 1) / static_cast<double>(steps.size());
    progress.width = static_cast<std::uint8_t>(steps.size());
    page.scene.heading(std::string(TITLE), 1, step_title(page, *open->step));
    if (!about.empty())
        page.scene.paragraph("about", std::string(about)).emphasis = Emphasis::quiet;
    std::size_t paragraph = 0;
    for (const form::LocalText& text : open->step->introduction)
        page.scene.paragraph("introduction-" + std::to_string(paragraph++), page.local(text));
    if (introduction)
        introduction();
    describe_form(page, *open, {page.text(TextKey::wizard_previous), next});
}

scene::Scene describe(const State& state, const Environment& environment) {
    const i18n::Texts& texts = texts_in(environment, state.language);
    scene::Builder builder({}, state.language, path_of(current_route(state), state.language, environment));
    const Page page{state, environment, texts, builder};
    describe_header(page);
    describe_body(page);
    describe_help(page.scene, *page.environment.portal, page.texts);
    builder.focus(state.focus, state.focus_revision, state.scroll_to_top);
    scene::Scene scene = std::move(builder).finish();
    scene.title = document_title(page, has_errors(scene));
    for (scene::Node& node : scene.nodes)
        keep_numbers_whole(node);
    return scene;
}

} // namespace foyer::wizard
