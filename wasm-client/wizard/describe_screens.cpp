#include "wizard/describe_screens.h"

#include "wizard/account.h"
#include "wizard/moment.h"
#include "wizard/node_id.h"
#include "wizard/route.h"

#include <algorithm>
#include <array>
#include <utility>

namespace foyer::wizard {

using scene::Emphasis;
using scene::Node;
using scene::Role;
using Stage = Submission::Stage;

namespace {

std::string space_name(const Page& page) { return page.local(page.environment.portal->space_name); }

// "Votre identité : Nom de naissance, Prénom(s)": what must be answered there, in the form's own words; on a step where
// nothing must, what can be.
std::string asked_in(const Page& page, const form::StepDefinition& step) {
    const auto labels = [&](bool required) {
        std::vector<std::string> found;
        for (const form::FormField& field : step.fields) {
            const form::FieldKind kind = field.definition->kind;
            const form::GroupDefinition* group = form::group_of(field.key);
            const bool one_of = group && group->rule == form::GroupDefinition::Rule::one_of;
            if (!field.preset.empty() || kind == form::FieldKind::consent || kind == form::FieldKind::security_check ||
                kind == form::FieldKind::link_part || (required && !field.required && !one_of))
                continue;
            std::string label = one_of ? page.text(group->legend) : form::label(field, page.texts);
            if (std::find(found.begin(), found.end(), label) == found.end())
                found.push_back(std::move(label));
        }
        std::string joined;
        for (const std::string& label : found) {
            if (!joined.empty())
                joined += page.texts.get(TextKey::wizard_separator);
            joined += label;
        }
        return joined;
    };
    const std::string title = step_title(page, step);
    if (const std::string asked = labels(true); !asked.empty())
        return page.texts.format(TextKey::wizard_welcome_asked_step, {{"title", title}, {"fields", asked}});
    if (const std::string possible = labels(false); !possible.empty())
        return page.texts.format(TextKey::wizard_welcome_asked_optional, {{"title", title}, {"fields", possible}});
    return title;
}

// What the receipt says; the requests of a family that is logged in have theirs in family/request.cpp.
void describe_receipt(const Page& page, Node& table) {
    const Submission& submission = page.state.submission;
    const auto add = [&](TextKey term, std::string value) {
        if (!value.empty())
            table.rows.push_back({page.text(term), std::move(value), {}, {}, {}});
    };
    const portal::Portal& portal = *page.environment.portal;
    add(TextKey::wizard_receipt_number, submission.number);
    add(TextKey::wizard_receipt_procedure, page.text(TextKey::wizard_procedure_registration));
    add(TextKey::wizard_receipt_received,
        submission.received_at.empty() ? std::string() : shown_moment(submission.received_at, page.texts));
    add(TextKey::wizard_receipt_due,
        submission.due_by.empty() ? std::string() : shown_date(submission.due_by, page.texts));
    add(TextKey::wizard_receipt_service, portal.contact.name.empty() ? portal.town_hall : portal.contact.name);
    std::string contact = portal.contact.phone;
    if (!portal.contact.email.empty()) {
        if (!contact.empty())
            contact += page.texts.get(TextKey::wizard_separator);
        contact += portal.contact.email;
    }
    add(TextKey::wizard_receipt_contact, contact);
    add(TextKey::wizard_receipt_email, submission.email);
}

std::string mail_subject(const Page& page) {
    return page.local(page.environment.portal->mail.subject_prefix) +
           page.text(TextKey::server_mail_activation_subject);
}

void describe_mail(const Page& page) {
    const Submission& submission = page.state.submission;
    const portal::Portal& portal = *page.environment.portal;
    scene::Builder& scene = page.scene;
    scene.heading("next-title", 2, page.text(TextKey::wizard_confirmation_what_next));
    if (!submission.email.empty())
        scene.paragraph("mail",
                        page.texts.format(submission.stage == Stage::received ? TextKey::wizard_confirmation_mail
                                                                              : TextKey::wizard_confirmation_mail_later,
                                          {{"email", submission.email}}));
    scene.paragraph("mail-subject", page.texts.format(TextKey::wizard_confirmation_mail_subject,
                                                      {{"sender", portal.mail.from}, {"subject", mail_subject(page)}}));
    scene.paragraph("mail-link",
                    page.texts.count(TextKey::wizard_confirmation_link_one, TextKey::wizard_confirmation_link_many,
                                     portal.activation_link_hours));
}

void describe_received(const Page& page) {
    const Submission& submission = page.state.submission;
    scene::Builder& scene = page.scene;
    describe_mail(page);
    scene.paragraph("close", page.text(TextKey::wizard_confirmation_close));

    scene.heading("receipt-title", 2, page.text(TextKey::wizard_receipt_title));
    Node& table = scene.add(Role::table, "receipt");
    describe_receipt(page, table);
    scene.button("print", page.text(TextKey::wizard_receipt_print), Emphasis::secondary);
    scene.button("resend", page.text(TextKey::wizard_confirmation_resend), Emphasis::secondary).inline_row = true;
    Node& status = scene.add(Role::status, "resend-status");
    if (is_waiting(page.state, PendingCall::What::resend_from_confirmation))
        status.label = page.text(TextKey::wizard_working);
    else if (submission.mail_resent)
        status.label = page.text(TextKey::wizard_confirmation_resent);
    else if (page.state.trouble == Trouble::network)
        status.label = page.text(TextKey::wizard_trouble_network);
    else if (page.state.trouble == Trouble::too_many)
        status.label = page.text(TextKey::wizard_trouble_too_many);
    else if (page.state.trouble != Trouble::none)
        status.label = page.text(TextKey::wizard_trouble_server);
    describe_go(page, "login", Screen::login, TextKey::wizard_log_in);
}

} // namespace

Node& describe_go(const Page& page, std::string_view name, Screen screen, TextKey label) {
    return page.scene.link(join(GO_PREFIX, name), page.text(label),
                           href_of({screen, {}}, page.state.language, page.environment));
}

void describe_landing(const Page& page) {
    const State& state = page.state;
    scene::Builder& scene = page.scene;
    if (state.flash == Flash::logged_out)
        scene.notice("flash", Emphasis::success, page.text(TextKey::wizard_logged_out));
    if (state.flash == Flash::logged_out_offline)
        scene.notice("flash", Emphasis::success, page.text(TextKey::wizard_logged_out_offline));
    scene.heading(std::string(TITLE), 1,
                  page.texts.format(TextKey::wizard_landing_title, {{"space", space_name(page)}}));
    if (state.bound == true) {
        scene.notice("bound", Emphasis::normal, page.text(TextKey::wizard_landing_bound));
        describe_go(page, "dashboard", Screen::dashboard, TextKey::wizard_landing_dashboard).emphasis =
            Emphasis::primary;
    }
    const Stage stage = state.submission.stage;
    if (stage == Stage::preparing || stage == Stage::on_device || stage == Stage::sending || stage == Stage::refused) {
        scene.notice("pending", Emphasis::normal, page.text(TextKey::wizard_landing_pending));
        describe_go(page, "confirmation", Screen::confirmation, TextKey::wizard_landing_pending_link);
    }
    scene.heading("no-space", 2, page.text(TextKey::wizard_landing_no_space));
    scene.paragraph("no-space-text", page.text(TextKey::wizard_landing_no_space_text));
    describe_go(page, "welcome", Screen::welcome, TextKey::wizard_create_space).emphasis = Emphasis::primary;
    scene.heading("have-space", 2, page.text(TextKey::wizard_landing_have_space));
    describe_go(page, "login", Screen::login, TextKey::wizard_log_in).emphasis = Emphasis::secondary;
    describe_go(page, "lost-password", Screen::lost_password, TextKey::wizard_lost_password);
    describe_go(page, "mail", Screen::mail_not_received, TextKey::wizard_mail_not_received);
}

void describe_welcome(const Page& page) {
    scene::Builder& scene = page.scene;
    const portal::Portal& portal = *page.environment.portal;
    scene.heading(std::string(TITLE), 1, page.text(TextKey::wizard_welcome_title));
    if (page.state.registration_waits != 0)
        scene.notice("registration-waits", Emphasis::warning,
                     page.texts.format(TextKey::wizard_welcome_waits,
                                       {{"when", shown_moment(page.state.registration_waits, page.texts)}}));
    if (!form::answer(page.state.registration.answers, "invitation").empty())
        scene.notice("invited", Emphasis::success, page.text(TextKey::wizard_welcome_invited));
    scene.paragraph("welcome-text", page.text(TextKey::wizard_welcome_text));
    scene.paragraph("welcome-benefits", page.text(TextKey::wizard_welcome_benefits));
    // an estimate: a minute for each step and one for reading this
    const auto minutes = static_cast<std::int64_t>(page.environment.registration.steps.size()) + 1;
    scene.paragraph("minutes", page.texts.count(TextKey::wizard_welcome_minutes_one,
                                                TextKey::wizard_welcome_minutes_many, minutes));
    // The way on is in sight on a telephone too; what follows is for whoever wants to know more first.
    // An address of its own, so that the button works as a link before the program is there.
    Node& begin = scene.link("start", page.text(TextKey::wizard_i_create_my_space), {});
    if (!page.environment.registration.steps.empty())
        begin.href = href_of({Screen::step, page.environment.registration.steps.front().key}, page.state.language,
                             page.environment);
    begin.emphasis = Emphasis::primary;
    scene.heading("asked-title", 2, page.text(TextKey::wizard_welcome_asked));
    {
        const auto list = scene.list("asked");
        for (const form::StepDefinition& step : page.environment.registration.steps)
            scene.paragraph("asked-" + step.key, asked_in(page, step));
    }
    scene.paragraph("offline", page.text(TextKey::wizard_welcome_offline));
    scene.paragraph("not-kept", page.text(TextKey::wizard_welcome_not_kept));
    if (portal.privacy.paragraphs.empty())
        return;
    scene.heading("data-title", 2, page.text(TextKey::wizard_welcome_data));
    std::size_t number = 0;
    for (const form::LocalText& paragraph : portal.privacy.paragraphs)
        scene.paragraph("data-" + std::to_string(number++), page.local(paragraph));
    if (!portal.privacy.contact.empty())
        scene.link("data-contact",
                   page.texts.format(TextKey::wizard_welcome_data_contact, {{"email", portal.privacy.contact}}),
                   "mailto:" + portal.privacy.contact);
}

void describe_confirmation(const Page& page) {
    const Submission& submission = page.state.submission;
    scene::Builder& scene = page.scene;
    scene.heading(std::string(TITLE), 1, page.text(TextKey::wizard_confirmation_title));
    // One live line says where the request is, and it never says more than is true.
    Node& status = scene.add(Role::status, "submission-status");
    switch (submission.stage) {
    case Stage::none:
    case Stage::preparing:
        status.label = page.text(TextKey::wizard_confirmation_preparing);
        describe_mail(page);
        break;
    case Stage::on_device:
        tell(status, Emphasis::primary, page.text(TextKey::wizard_confirmation_on_device));
        scene.paragraph("on-device-next", page.text(TextKey::wizard_confirmation_on_device_next));
        describe_mail(page);
        scene.button("start-anew", page.text(TextKey::wizard_confirmation_anew), Emphasis::quiet);
        break;
    case Stage::sending:
        status.label = page.text(TextKey::wizard_confirmation_sending);
        describe_mail(page);
        break;
    case Stage::received:
        tell(status, Emphasis::success,
             page.texts.format(TextKey::wizard_confirmation_received, {{"number", submission.number}}));
        describe_received(page);
        break;
    case Stage::refused:
        tell(status, Emphasis::danger, page.text(TextKey::wizard_confirmation_refused));
        if (!submission.detail.empty())
            scene.paragraph("refused-detail", submission.detail);
        scene.paragraph("refused-next", page.text(TextKey::wizard_confirmation_refused_next));
        scene.button("mend", page.text(TextKey::wizard_confirmation_fix), Emphasis::primary);
        break;
    }
}

} // namespace foyer::wizard
