#include "wizard/family/dashboard.h"

#include "domain/calendar.h"
#include "wizard/family/home.h"
#include "wizard/family/sending.h"
#include "wizard/family/sync.h"
#include "wizard/family/words.h"
#include "wizard/journey.h"
#include "wizard/moment.h"
#include "wizard/node_id.h"
#include "wizard/route.h"

#include <algorithm>
#include <utility>

namespace foyer::wizard::family {

using form::PersonKind;
using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;

namespace {

constexpr std::string_view OPEN_PREFIX = "open-";            // a card's link to its request: "open-OUDON-2026-000002"
constexpr std::string_view MEND_PREFIX = "mend-";            // a refused envelope's link: "mend-profile"
constexpr std::string_view MESSAGE_PREFIX = "open-message-"; // by position

const State& family_of(const Page& page) { return page.state.family; }

TextKey stale_text(int status) {
    if (status == 0)
        return TextKey::family_sync_offline;
    return status == 429 || status == 503 ? TextKey::family_sync_busy : TextKey::family_sync_trouble;
}

TextKey nothing_text(int status) {
    switch (status) {
    case 0:
        return TextKey::wizard_dashboard_offline;
    case 429:
        return TextKey::wizard_trouble_too_many;
    case 503:
        return TextKey::wizard_trouble_busy;
    default:
        return TextKey::wizard_trouble_server;
    }
}

void describe_tools(const Page& page) {
    const Environment& environment = page.environment;
    const bool offers_entourage = !environment.entourage.lists.empty();
    const bool has_profile = !environment.profile.steps.empty();
    const bool has_household = family_of(page).snapshot.household.has_value();
    const auto row = page.scene.group("dashboard-tools");
    bool first = true;
    const auto tool = [&](std::string_view name, const Route& route, TextKey label) {
        Node& node = describe_way(page, join(GO_PREFIX, name), route, page.text(label), Emphasis::secondary);
        node.inline_row = !first;
        first = false;
    };
    if (has_profile)
        tool("profile", {Screen::profile, environment.profile.steps.front().key}, TextKey::family_profile_button);
    if (offers_entourage)
        tool("entourage", {Screen::entourage}, TextKey::family_entourage_button);
    if (has_household)
        tool("household", {Screen::household}, TextKey::family_household_button);
}

bool is_open(const Request& request) { return request.state == "received" || request.state == "processing"; }

bool is_late(const Request& request, UnixSeconds now) {
    // the town's date and theirs are both YYYY-MM-DD, so that they compare as text
    const std::string today = write_moment(domain::clock_in_paris(now)).substr(0, 10);
    return is_open(request) && !request.due_by.empty() && request.due_by < today;
}

// A family that has declared nothing yet is told what comes next, in the guide's words.
void describe_next_step(const Page& page) {
    const State& family = family_of(page);
    if (page.environment.entourage.lists.empty() || family.snapshot.household)
        return;
    const auto declares = [](std::string_view procedure) { return procedure == "entourage"; };
    const bool declared =
        std::any_of(family.snapshot.requests.begin(), family.snapshot.requests.end(),
                    [&](const Request& request) {
                        return declares(request.procedure) && request.state != "refused" &&
                               request.state != "withdrawn";
                    }) ||
        std::any_of(family.sendings.begin(), family.sendings.end(), [&](const Sending& sending) {
            return sending.procedure == form::Procedure::entourage && sending.stage != Sending::Stage::refused;
        });
    if (declared)
        return;
    const auto card = page.scene.card("declare", 2, page.text(TextKey::family_declare_title), Emphasis::primary);
    page.scene.paragraph("declare-text", page.text(TextKey::family_declare_text));
    describe_way(page, "declare-entourage", {Screen::entourage}, page.text(TextKey::family_declare_button),
                 Emphasis::primary);
}

bool is_listed(const Sending& sending, const Snapshot& snapshot) {
    return sending.stage == Sending::Stage::received && snapshot.find_request(sending.number);
}

struct SendingLook {
    std::string text;
    Icon icon;
    Emphasis emphasis;
};
SendingLook look_of(const Page& page, const Sending& sending) {
    switch (sending.stage) {
    case Sending::Stage::preparing:
        return {page.text(TextKey::family_on_device_preparing), Icon::clock, Emphasis::primary};
    case Sending::Stage::on_device:
        return {page.text(TextKey::family_on_device_waiting), Icon::clock, Emphasis::warning};
    case Sending::Stage::sending:
        return {page.text(TextKey::family_on_device_sending), Icon::clock, Emphasis::primary};
    case Sending::Stage::received:
        return {page.texts.format(TextKey::family_on_device_received, {{"number", sending.number}}), Icon::tick,
                Emphasis::success};
    case Sending::Stage::refused:
        break;
    }
    return {page.text(TextKey::family_on_device_refused), Icon::error, Emphasis::danger};
}

Screen confirmation_of(form::Procedure procedure) {
    return procedure == form::Procedure::profile ? Screen::profile_confirmation : Screen::entourage_confirmation;
}

// What has left this device's form, but is not in the town's list yet.
void describe_sendings(const Page& page) {
    const State& family = family_of(page);
    const auto shows = [&](const Sending& sending) { return !is_listed(sending, family.snapshot); };
    if (std::none_of(family.sendings.begin(), family.sendings.end(), shows))
        return;
    page.scene.heading("on-device-title", 2, page.text(TextKey::family_on_device_title));
    for (auto sending = family.sendings.rbegin(); sending != family.sendings.rend(); ++sending) {
        if (!shows(*sending))
            continue;
        const std::string id = "sending-" + std::to_string(sending->effect);
        const auto card =
            page.scene.card(id, 3,
                            sending->corrects.empty() ? procedure_text(form::name(sending->procedure), page.texts)
                                                      : page.text(TextKey::family_procedure_correction),
                            look_of(page, *sending).emphasis);
        describe_sending(page, *sending, id);
        // what was refused can be mended from its confirmation
        if (sending->stage == Sending::Stage::refused && &*sending == last_sending(family, sending->procedure))
            describe_way(page, join(MEND_PREFIX, form::name(sending->procedure)), {confirmation_of(sending->procedure)},
                         page.text(TextKey::wizard_confirmation_fix), Emphasis::primary);
    }
}

void describe_request_card(const Page& page, const Request& request) {
    const std::string id = "request-" + request.number;
    const auto card =
        page.scene.card(id, 3, procedure_text(request.procedure, page.texts), look_of_state(request.state).emphasis);
    describe_state(page, id + "-state", request.state);
    Node& facts = page.scene.add(Role::table, id + "-facts");
    const auto fact = [&](TextKey term, std::string value) {
        if (!value.empty())
            facts.rows.push_back({page.text(term), std::move(value), {}, {}, {}});
    };
    fact(TextKey::wizard_receipt_number, request.number);
    fact(TextKey::wizard_receipt_received,
         request.received_at.empty() ? std::string() : shown_moment(request.received_at, page.texts));
    if (is_open(request) && !request.due_by.empty())
        fact(TextKey::wizard_receipt_due, shown_date(request.due_by, page.texts));
    if (is_late(request, page.environment.now))
        page.scene.paragraph(id + "-late", page.text(TextKey::family_late)).emphasis = Emphasis::quiet;
    Node& open = describe_way(page, join(OPEN_PREFIX, request.number), {Screen::request, request.number},
                              page.text(TextKey::family_request_open));
    open.hint = page.texts.format(TextKey::family_request_open_name, {{"number", request.number}});
}

void describe_requests(const Page& page) {
    const Snapshot& snapshot = family_of(page).snapshot;
    page.scene.heading("requests-title", 2, page.text(TextKey::wizard_dashboard_requests));
    if (snapshot.requests.empty()) {
        page.scene.add(Role::figure, "requests-picture").icon = Icon::book;
        page.scene.paragraph("requests-none", page.text(TextKey::wizard_dashboard_none));
    }
    for (const Request& request : snapshot.requests)
        describe_request_card(page, request);
}

void describe_messages(const Page& page) {
    const State& family = family_of(page);
    if (family.snapshot.messages.empty())
        return;
    page.scene.heading("messages-title", 2, page.text(TextKey::family_messages_title));
    std::size_t position = 0;
    for (const Message& message : family.snapshot.messages) {
        const std::string number = std::to_string(position++);
        const bool is_new = message.at > family.messages_known_to;
        const auto card = page.scene.card("message-" + number, 3, shown_moment(message.at, page.texts),
                                          is_new ? Emphasis::primary : Emphasis::normal);
        if (is_new)
            page.scene.paragraph("message-" + number + "-new", page.text(TextKey::family_message_new)).icon =
                Icon::information;
        page.scene.paragraph("message-" + number + "-text", message.text);
        for (const Request& request : family.snapshot.requests)
            if (!message.submission.empty() && request.id == message.submission) {
                Node& open = describe_way(page, join(MESSAGE_PREFIX, number), {Screen::request, request.number},
                                          page.text(TextKey::family_message_open));
                open.hint = page.texts.format(TextKey::family_message_open_name, {{"number", request.number}});
            }
    }
}

void describe_family(const Page& page) {
    const Snapshot& snapshot = family_of(page).snapshot;
    if (!snapshot.household)
        return;
    page.scene.heading("household-title", 2, page.text(TextKey::family_household_title));
    {
        const auto list = page.scene.list("household-people");
        struct Line {
            std::string id;
            TextKey text;
            PersonKind kind, also;
        };
        for (const Line& line :
             {Line{"representatives", TextKey::family_household_representatives, PersonKind::representative,
                   PersonKind::representative},
              Line{"children", TextKey::family_household_children, PersonKind::child, PersonKind::expected_child},
              Line{"contacts", TextKey::family_household_contacts, PersonKind::contact, PersonKind::contact}}) {
            std::vector<std::string> names;
            for (const FamilyPerson& person : *snapshot.household)
                if (person.kind == line.kind || person.kind == line.also)
                    names.push_back(name_of(person, page.texts));
            if (!names.empty())
                page.scene.paragraph("household-" + line.id,
                                     page.texts.format(line.text, {{"names", joined(names, page.texts)}}));
        }
    }
    describe_way(page, "open-household", {Screen::household}, page.text(TextKey::family_household_open));
}

void describe_account(const Page& page) {
    const Snapshot& snapshot = family_of(page).snapshot;
    page.scene.heading("account-title", 2, page.text(TextKey::wizard_dashboard_account));
    Node& account = page.scene.add(Role::table, "account");
    for (const auto& [term, value] : {std::pair{TextKey::wizard_dashboard_identifier, snapshot.identifier},
                                      std::pair{TextKey::wizard_dashboard_email, snapshot.email}})
        if (!value.empty())
            account.rows.push_back({page.text(term), value, {}, {}, {}});
    if (!snapshot.email_pending.empty())
        page.scene.notice("email-pending", Emphasis::normal,
                          page.texts.format(TextKey::family_email_pending, {{"email", snapshot.email_pending}}));
    describe_way(page, "go-change-password", {Screen::change_password}, page.text(TextKey::family_password_link));
    describe_way(page, "go-devices", {Screen::devices}, page.text(TextKey::family_devices_link));
}

} // namespace

Node& describe_way(const Page& page, std::string id, const Route& route, std::string label, Emphasis emphasis) {
    Node& node =
        page.scene.link(std::move(id), std::move(label), href_of(route, page.state.language, page.environment));
    node.emphasis = emphasis;
    return node;
}

void describe_way_back(const Page& page) {
    describe_way(page, "go-dashboard", {Screen::dashboard}, page.text(TextKey::family_back_to_dashboard)).icon =
        Icon::arrow_left;
}

void describe_sending(const Page& page, const Sending& sending, const std::string& id) {
    SendingLook look = look_of(page, sending);
    if (sending.made_at != 0)
        page.scene.paragraph(id + "-made", page.texts.format(TextKey::family_on_device_made,
                                                             {{"when", shown_moment(sending.made_at, page.texts)}}));
    Node& state = page.scene.paragraph(id + "-state", std::move(look.text));
    state.icon = look.icon;
    state.emphasis = look.emphasis;
    if (sending.stage == Sending::Stage::on_device)
        page.scene.paragraph(id + "-text", page.text(TextKey::family_on_device_waiting_text));
    if (sending.stage == Sending::Stage::refused && !sending.detail.empty())
        page.scene.paragraph(id + "-text", sending.detail);
}

void describe_under_way(const Page& page, form::Procedure procedure) {
    const Sending* const sending = under_way(family_of(page), procedure);
    if (!sending || sending->made_at == 0)
        return;
    page.scene.notice("under-way", Emphasis::warning,
                      page.texts.format(procedure == form::Procedure::profile ? TextKey::family_under_way_profile
                                                                              : TextKey::family_under_way_entourage,
                                        {{"when", shown_moment(sending->made_at, page.texts)}}));
}

bool has_snapshot(const Page& page) { return !family_of(page).snapshot.cursor.empty(); }

void describe_freshness(const Page& page) {
    const Sync& sync = family_of(page).sync;
    Node& status = page.scene.add(Role::status, "sync-status");
    if (page.state.trouble == Trouble::log_out_failed)
        status.label = page.text(TextKey::wizard_log_out_failed);
    else if (sync.stage == Sync::Stage::loading || sync.asked_by_person)
        status.label = page.text(has_snapshot(page) ? TextKey::wizard_working : TextKey::wizard_dashboard_loading);
    else if (sync.stage == Sync::Stage::offline)
        status.label = page.text(has_snapshot(page) ? stale_text(sync.status) : nothing_text(sync.status));
    else
        status.label = sync.news.empty() ? page.text(TextKey::family_sync_live) : sync.news;
    const bool offline = sync.stage == Sync::Stage::offline;
    if (sync.stage == Sync::Stage::live)
        return;
    if (offline && !sync.asked_by_person) {
        status.icon = Icon::warning;
        status.emphasis = Emphasis::warning;
    }
    // Beside the live line, not in it: nobody wants to hear every minute that a minute has passed.
    if (const auto as_of = read_moment(family_of(page).snapshot.as_of)) {
        const UnixSeconds fresh = std::max(*as_of, sync.fresh_at);
        const std::string age = age_text(std::max<UnixSeconds>(0, page.environment.now - fresh), page.texts);
        page.scene.paragraph("sync-age", page.texts.format(TextKey::family_age_line,
                                                           {{"when", shown_moment(fresh, page.texts)}, {"age", age}}));
    }
    if (offline)
        page.scene.button("retry", page.text(TextKey::wizard_dashboard_retry), Emphasis::secondary);
}

void describe_dashboard(const Page& page) {
    const Snapshot& snapshot = family_of(page).snapshot;
    std::string name = snapshot.first_names;
    if (!name.empty() && !snapshot.last_name.empty())
        name += " ";
    name += snapshot.last_name;
    page.scene.heading(std::string(TITLE), 1,
                       name.empty() ? page.text(TextKey::wizard_dashboard_title)
                                    : page.texts.format(TextKey::wizard_dashboard_hello, {{"name", name}}));
    describe_freshness(page);
    if (page.state.family.correction_dropped)
        page.scene.notice("correction-dropped", Emphasis::normal, page.text(TextKey::family_correction_dropped));
    if (has_snapshot(page)) {
        describe_tools(page);
        describe_next_step(page);
        describe_home_question(page); // after what somebody came for
    } else if (page.state.family.home.said == Home::Said::lost) {
        page.scene.notice("home-lost", Emphasis::warning, page.text(TextKey::family_home_lost));
    }
    describe_sendings(page);
    if (has_snapshot(page)) {
        describe_messages(page);
        describe_requests(page);
        describe_family(page);
        describe_account(page);
    }
    page.scene.button("log-out", page.text(TextKey::wizard_log_out), Emphasis::secondary);
}

bool press_dashboard(const Turn& turn, std::string_view node) {
    wizard::State& state = turn.state;
    if (node == "retry") {
        state.family.sync.asked_by_person = true;
        ask_now(turn);
    } else if (node == "go-profile") {
        if (!turn.environment.profile.steps.empty())
            go(turn, {Screen::profile, turn.environment.profile.steps.front().key}, History::push);
    } else if (const auto procedure = after(node, MEND_PREFIX); procedure && state.screen == Screen::dashboard) {
        if (const auto known = form::procedure_from(*procedure))
            go(turn, {confirmation_of(*known)}, History::push);
    } else if (node == "declare-entourage") {
        go(turn, {Screen::entourage}, History::push);
    } else if (node == "open-household") {
        go(turn, {Screen::household}, History::push);
    } else if (const auto position = after(node, MESSAGE_PREFIX)) {
        const auto& messages = state.family.snapshot.messages;
        for (std::size_t i = 0; i < messages.size(); ++i)
            if (std::to_string(i) == *position)
                for (const Request& request : state.family.snapshot.requests)
                    if (request.id == messages[i].submission) {
                        go(turn, {Screen::request, request.number}, History::push);
                        return true;
                    }
    } else if (const auto number = after(node, OPEN_PREFIX)) {
        go(turn, {Screen::request, std::string(*number)}, History::push);
    } else {
        return false;
    }
    return true;
}

} // namespace foyer::wizard::family
