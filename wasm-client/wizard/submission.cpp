#include "wizard/submission.h"

#include "form/validate.h"
#include "wire/payload.h"
#include "wire/problem_document.h"
#include "wire/receipt.h"
#include "wizard/family/seam.h"
#include "wizard/journey.h"
#include "wizard/moment.h"
#include "wizard/security_check.h"
#include "wizard/sheet.h"

namespace foyer::wizard {

namespace {

// A password is in nobody's memory longer than it must be: it is overwritten before it is let go.
void wipe_secrets(Sheet& sheet, const form::FormDefinition& form) {
    for (const form::StepDefinition& step : form.steps)
        for (const form::FormField& field : step.fields)
            for (const form::PartDefinition& part : field.definition->parts) {
                if (part.entry != form::Entry::secret)
                    continue;
                const std::string key = form::answer_key(field, part);
                const auto found = sheet.answers.find(key);
                if (found == sheet.answers.end())
                    continue;
                for (char& character : found->second)
                    character = '\0';
                write_answer(sheet, key, {});
                sheet.shown.erase(field.key);
            }
    sheet.revealed.clear();
}

} // namespace

void submit_registration(const Turn& turn) {
    State& state = turn.state;
    const form::FormDefinition& form = turn.environment.registration;

    wire::Payload payload;
    payload.procedure = form::Procedure::registration;
    payload.language = state.language;
    payload.filled_at = write_moment(turn.environment.now);
    payload.answers = form::submitted(form, state.registration.answers);

    state.submission = Submission{};
    state.submission.stage = Submission::Stage::preparing;
    state.submission.effect = state.next_effect++;
    state.submission.email = form::answer(payload.answers, "email");
    state.submission.identifier = form::answer(payload.answers, "identifier");
    turn.effects.push_back(
        Submit{state.submission.effect, static_cast<std::uint16_t>(payload.procedure), wire::write_payload(payload)});
    wipe_secrets(state.registration, form);
    state.registration.from_server.clear();
    go(turn, {Screen::confirmation, {}}, History::push);
}

void submission_moved(const Turn& turn, const SubmissionState& action) {
    Submission& submission = turn.state.submission;
    if (submission.stage == Submission::Stage::none || submission.effect != action.effect) {
        if (turn.environment.family_ready)
            family::submission_moved(turn, action);
        return;
    }
    if (submission.stage == Submission::Stage::received)
        return;
    switch (action.kind) {
    case SubmissionState::Kind::waiting:
        submission.stage = Submission::Stage::on_device;
        break;
    case SubmissionState::Kind::sending:
        submission.stage = Submission::Stage::sending;
        break;
    case SubmissionState::Kind::acknowledged:
        submission.stage = Submission::Stage::received;
        if (const auto receipt = wire::read_receipt(action.body)) {
            submission.number = receipt->number;
            submission.received_at = receipt->received_at;
            submission.due_by = receipt->due_by;
        }
        // The town has them now; on a library's computer nothing should remain.
        turn.state.registration = Sheet{};
        draw_security_check(turn.state, turn.environment);
        break;
    case SubmissionState::Kind::refused:
        submission.stage = Submission::Stage::refused;
        if (const auto document = wire::read_problem_document(action.body)) {
            submission.detail = document->detail;
            turn.state.registration.from_server = document->problems;
        }
        draw_security_check(turn.state, turn.environment);
        break;
    }
}

void registration_on_device(const Turn& turn, const OnDevice& action) {
    turn.state.registration_waits = 0;
    for (const OnDevice::Entry& entry : action.entries)
        if (entry.procedure == static_cast<std::uint16_t>(form::Procedure::registration) && entry.corrects.empty() &&
            (entry.state == SubmissionState::Kind::waiting || entry.state == SubmissionState::Kind::sending))
            turn.state.registration_waits = entry.made_at;
}

void mend_submission(const Turn& turn) {
    State& state = turn.state;
    if (state.submission.stage != Submission::Stage::refused)
        return;
    state.submission = Submission{};
    const auto& steps = turn.environment.registration.steps;
    if (steps.empty())
        return;
    // The first step the server named; where it named none, the one where the password has to be typed again.
    std::string key;
    for (const form::StepDefinition& step : steps)
        for (const Problem& problem : state.registration.from_server)
            if (key.empty() && find_in(step, problem.field))
                key = step.key;
    if (key.empty())
        key = first_incomplete_step(turn.environment.registration, state.registration.answers, turn.environment);
    if (key.empty())
        key = steps.front().key;
    go(turn, {Screen::step, key}, History::push);
    if (!state.registration.from_server.empty())
        show_errors(turn);
}

void clear_registration(const Turn& turn) {
    wipe_secrets(turn.state.registration, turn.environment.registration);
    turn.state.registration = Sheet{};
    turn.state.submission = Submission{};
    draw_security_check(turn.state, turn.environment);
}

} // namespace foyer::wizard
