#include "wizard/family/request.h"

#include "wizard/account.h"
#include "wizard/call.h"
#include "wizard/family/dashboard.h"
#include "wizard/family/sync.h"
#include "wizard/family/words.h"
#include "wizard/journey.h"
#include "wizard/moment.h"
#include "wizard/node_id.h"

#include <algorithm>

namespace foyer::wizard::family {

using scene::Emphasis;
using scene::Node;
using scene::Role;

namespace {

const Request* request_on(const wizard::State& state) { return state.family.snapshot.find_request(state.step); }

void describe_history(const Page& page, const Request& request) {
    if (request.history.empty())
        return;
    page.scene.heading("history-title", 2, page.text(TextKey::family_history_title));
    const auto list = page.scene.list("history");
    std::size_t position = 0;
    for (const RequestEvent& event : request.history) {
        const std::string at = shown_moment(event.at, page.texts);
        const std::string what = event_text(event.event, page.texts);
        page.scene.paragraph(
            "history-" + std::to_string(position++),
            event.note.empty()
                ? page.texts.format(TextKey::family_history_line, {{"at", at}, {"event", what}})
                : page.texts.format(TextKey::family_history_note, {{"at", at}, {"event", what}, {"note", event.note}}));
    }
}

void describe_receipt(const Page& page, const Request& request) {
    const portal::Portal& portal = *page.environment.portal;
    page.scene.heading("receipt-title", 2, page.text(TextKey::wizard_receipt_title));
    Node& table = page.scene.add(Role::table, "receipt");
    const auto add = [&](TextKey term, std::string value) {
        if (!value.empty())
            table.rows.push_back({page.text(term), std::move(value), {}, {}, {}});
    };
    add(TextKey::wizard_receipt_number, request.number);
    add(TextKey::wizard_receipt_procedure, procedure_text(request.procedure, page.texts));
    add(TextKey::wizard_receipt_received,
        request.received_at.empty() ? std::string() : shown_moment(request.received_at, page.texts));
    add(TextKey::wizard_receipt_due, request.due_by.empty() ? std::string() : shown_date(request.due_by, page.texts));
    add(TextKey::wizard_receipt_state, page.text(look_of_state(request.state).text));
    add(TextKey::wizard_receipt_service, portal.contact.name.empty() ? portal.town_hall : portal.contact.name);
    std::vector<std::string> contact;
    for (const std::string& way : {portal.contact.phone, portal.contact.email})
        if (!way.empty())
            contact.push_back(way);
    add(TextKey::wizard_receipt_contact, joined(contact, page.texts));
    page.scene.button("print", page.text(TextKey::wizard_receipt_print), Emphasis::secondary);
}

void describe_correction(const Page& page, const Request& request) {
    if (!request.correction || request.state != "waiting")
        return;
    const auto card = page.scene.card("correction", 2, page.text(TextKey::family_correction_title), Emphasis::warning);
    if (!request.correction->message.empty())
        page.scene.paragraph("correction-message", request.correction->message);
    // one that is on its way already need not be written again
    const auto& sendings = page.state.family.sendings;
    const auto sent = std::find_if(sendings.rbegin(), sendings.rend(),
                                   [&](const Sending& sending) { return sending.corrects == request.id; });
    if (sent != sendings.rend()) {
        page.scene.paragraph("correction-sent", page.text(TextKey::family_correction_sent));
        describe_sending(page, *sent, "correction-sent");
        if (sent->stage != Sending::Stage::refused)
            return;
    }
    describe_way(page, "correct", {Screen::correction, request.number}, page.text(TextKey::family_correction_open),
                 Emphasis::primary);
}

// The button, or the question in its place: what cannot be undone is asked about, and said so.
void describe_withdrawal(const Page& page, const Request& request) {
    const Asked asked = page.state.family.withdrawal;
    Node& status = page.scene.add(Role::status, "withdraw-status");
    switch (asked) {
    case Asked::working:
        status.label = page.text(TextKey::family_withdraw_working);
        break;
    case Asked::done:
        tell(status, Emphasis::success, page.text(TextKey::family_withdraw_done));
        break;
    case Asked::too_late:
        tell(status, Emphasis::danger, page.text(TextKey::family_withdraw_too_late));
        break;
    case Asked::failed:
        tell(status, Emphasis::danger, page.text(TextKey::family_withdraw_failed));
        break;
    case Asked::nothing:
    case Asked::question:
        break;
    }
    if (asked == Asked::question) {
        Node& question =
            page.scene.add(Role::group, "withdraw-question",
                           page.texts.format(TextKey::family_withdraw_question, {{"number", request.number}}));
        question.hint = page.text(TextKey::family_withdraw_warning);
        const auto inside = page.scene.inside(question.id);
        page.scene.button("withdraw-no", page.text(TextKey::family_withdraw_no), Emphasis::secondary);
        page.scene.button("withdraw-yes", page.text(TextKey::family_withdraw_yes), Emphasis::danger).inline_row = true;
    } else if (request.can_withdraw && (asked == Asked::nothing || asked == Asked::failed)) {
        page.scene.button("withdraw", page.text(TextKey::family_withdraw), Emphasis::danger);
    }
}

void withdraw(const Turn& turn, const Request& request) {
    State& family = turn.state.family;
    family.withdrawal = Asked::working;
    family.withdrawal_call = begin_call(turn, "DELETE", "submissions/" + request.id);
    focus_on(turn.state, std::string(TITLE)); // the question is gone
}

} // namespace

void describe_request(const Page& page) {
    const Request* request = request_on(page.state);
    page.scene.heading(std::string(TITLE), 1,
                       page.texts.format(TextKey::family_request_title, {{"number", page.state.step}}));
    describe_freshness(page);
    if (request) {
        page.scene.paragraph("request-procedure", procedure_text(request->procedure, page.texts));
        describe_state(page, "request-state", request->state);
        describe_correction(page, *request);
        describe_history(page, *request);
        describe_receipt(page, *request);
        describe_withdrawal(page, *request);
    } else if (has_snapshot(page)) {
        page.scene.notice("request-unknown", Emphasis::warning, page.text(TextKey::family_request_unknown));
    }
    describe_way_back(page);
}

bool press_request(const Turn& turn, std::string_view node) {
    wizard::State& state = turn.state;
    const Request* request = request_on(state);
    if (!request)
        return false;
    Asked& asked = state.family.withdrawal;
    if (node == "withdraw" && request->can_withdraw && asked != Asked::working) {
        asked = Asked::question;
        // the answer that changes nothing
        focus_on(state, "withdraw-no");
    } else if (node == "withdraw-no" && asked == Asked::question) {
        asked = Asked::nothing;
        focus_on(state, request->can_withdraw ? std::string("withdraw") : std::string(TITLE));
    } else if (node == "withdraw-yes" && asked == Asked::question) {
        withdraw(turn, *request);
    } else if (node == "correct" && request->correction) {
        go(turn, {Screen::correction, request->number}, History::push);
    } else {
        return false;
    }
    return true;
}

void settle_request(const Turn& turn) {
    wizard::State& state = turn.state;
    if (state.screen != Screen::request || state.family.withdrawal != Asked::question)
        return;
    const Request* request = request_on(state);
    if (request && request->can_withdraw)
        return;
    state.family.withdrawal = Asked::too_late;
    focus_on(state, std::string(TITLE)); // the question is gone
}

bool withdrawal_answered(const Turn& turn, const CallResult& result) {
    State& family = turn.state.family;
    if (family.withdrawal != Asked::working || result.effect != family.withdrawal_call)
        return false;
    switch (result.status) {
    case 204:
        family.withdrawal = Asked::done;
        break;
    case 401:
        session_ended(turn);
        return true;
    case 404: // it has gone, or was never ours: the next snapshot knows
    case 409:
        family.withdrawal = Asked::too_late;
        break;
    default:
        family.withdrawal = Asked::failed;
        return true;
    }
    ask_now(turn);
    return true;
}

} // namespace foyer::wizard::family
