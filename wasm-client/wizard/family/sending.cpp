#include "wizard/family/sending.h"

#include "wire/payload.h"
#include "wire/problem_document.h"
#include "wire/receipt.h"
#include "wizard/family/sync.h"
#include "wizard/moment.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace foyer::wizard::family {

namespace {

void take_state(const Turn& turn, Sending& sending, SubmissionState::Kind kind, std::string_view body) {
    if (sending.stage == Sending::Stage::received)
        return;
    switch (kind) {
    case SubmissionState::Kind::waiting:
        sending.stage = Sending::Stage::on_device;
        break;
    case SubmissionState::Kind::sending:
        sending.stage = Sending::Stage::sending;
        break;
    case SubmissionState::Kind::acknowledged:
        sending.stage = Sending::Stage::received;
        if (const auto receipt = wire::read_receipt(body)) {
            sending.number = receipt->number;
            sending.received_at = receipt->received_at;
            sending.due_by = receipt->due_by;
        }
        if (is_family(turn.state.screen))
            ask_now(turn);
        break;
    case SubmissionState::Kind::refused:
        sending.stage = Sending::Stage::refused;
        if (const auto document = wire::read_problem_document(body)) {
            sending.detail = document->detail;
            sending.code = document->code;
            sending.problems = document->problems;
        }
        break;
    }
}

} // namespace

unsigned send(const Turn& turn, form::Procedure procedure, form::Answers answers, std::string corrects) {
    State& family = turn.state.family;
    wire::Payload payload;
    payload.procedure = procedure;
    payload.language = turn.state.language;
    payload.filled_at = write_moment(turn.environment.now);
    payload.answers = std::move(answers);
    // Whoever is logged in when it leaves, perhaps tomorrow: it is this account's or nobody's.
    payload.account = family.snapshot.reference;
    payload.corrects = corrects;

    Sending sending;
    sending.effect = turn.state.next_effect++;
    sending.procedure = procedure;
    sending.corrects = std::move(corrects);
    turn.effects.push_back(Submit{sending.effect, static_cast<std::uint16_t>(procedure), wire::write_payload(payload),
                                  payload.account, payload.corrects});
    family.sendings.push_back(std::move(sending));
    return family.sendings.back().effect;
}

bool sending_moved(const Turn& turn, const SubmissionState& action) {
    auto& sendings = turn.state.family.sendings;
    const auto found = std::find_if(sendings.begin(), sendings.end(),
                                    [&](const Sending& sending) { return sending.effect == action.effect; });
    if (found == sendings.end())
        return false;
    take_state(turn, *found, action.kind, action.body);
    return true;
}

void take_sendings(const Turn& turn, const OnDevice& action) {
    auto& sendings = turn.state.family.sendings;
    const auto is_gone = [&](const Sending& sending) {
        // what the person has erased from the device; what was received stays until the page is closed
        return !sending.id.empty() && sending.stage != Sending::Stage::received &&
               std::none_of(action.entries.begin(), action.entries.end(),
                            [&](const OnDevice::Entry& entry) { return entry.id == sending.id; });
    };
    sendings.erase(std::remove_if(sendings.begin(), sendings.end(), is_gone), sendings.end());
    for (const OnDevice::Entry& entry : action.entries) {
        const auto procedure = static_cast<form::Procedure>(entry.procedure);
        if (procedure == form::Procedure::registration && entry.corrects.empty())
            continue;
        auto found = std::find_if(sendings.begin(), sendings.end(),
                                  [&](const Sending& sending) { return sending.id == entry.id; });
        if (found == sendings.end()) {
            Sending sending;
            sending.effect = turn.state.next_effect++;
            sending.procedure = procedure;
            sending.id = entry.id;
            sending.corrects = entry.corrects;
            sending.made_at = entry.made_at;
            found = sendings.insert(sendings.end(), std::move(sending));
        }
        take_state(turn, *found, entry.state, entry.body);
    }
}

const Sending* last_sending(const State& family, form::Procedure procedure) {
    for (auto sending = family.sendings.rbegin(); sending != family.sendings.rend(); ++sending)
        if (sending->procedure == procedure && sending->corrects.empty())
            return &*sending;
    return nullptr;
}

bool is_under_way(const Sending& sending) {
    return sending.stage != Sending::Stage::received && sending.stage != Sending::Stage::refused;
}

const Sending* under_way(const State& family, form::Procedure procedure) {
    const auto found = std::find_if(family.sendings.begin(), family.sendings.end(), [&](const Sending& sending) {
        return sending.procedure == procedure && sending.corrects.empty() && is_under_way(sending);
    });
    return found == family.sendings.end() ? nullptr : &*found;
}

const Sending* find_sending(const State& family, unsigned effect) {
    for (const Sending& sending : family.sendings)
        if (sending.effect == effect)
            return &sending;
    return nullptr;
}

} // namespace foyer::wizard::family
