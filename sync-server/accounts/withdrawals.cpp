#include "accounts/withdrawals.h"

#include "domain/submission_state.h"

namespace foyer::server {

namespace {

using domain::SubmissionMove;
using domain::SubmissionState;

} // namespace

Result<Withdrawal, store::StoreError>
Withdrawals::withdraw(const portals::Published& town, const std::string& thumbprint, const std::string& envelope_id) {
    const auto account = m_around.accounts.account_of_device(town.portal.slug, thumbprint);
    if (!account)
        return Failure{account.error()};
    if (!*account)
        return Withdrawal{WithdrawalOutcome::not_logged_in, {}};
    const auto submission = m_around.submissions.find_submission_of((*account)->id, envelope_id);
    if (!submission)
        return Failure{submission.error()};
    if (!*submission)
        return Withdrawal{WithdrawalOutcome::unknown, {}};

    // The state counts that the submission has inside the transaction: an agent may be taking it at this moment.
    std::string state = (*submission)->state;
    bool moved = false;
    const UnixSeconds now = m_around.clock.now();
    const auto found = m_around.submissions.decide(
        (*submission)->id, [&](const store::DecisionView& view) -> std::optional<store::DecisionEffects> {
            state = view.submission.state;
            moved = false;
            const auto before = domain::submission_state_from(state);
            const auto after = before ? domain::after(*before, SubmissionMove::withdraw) : std::nullopt;
            if (!after)
                return std::nullopt;
            moved = true;
            store::DecisionEffects effects;
            effects.state = domain::name(*after);
            effects.event = {now, effects.state, {}};
            effects.messages.emplace_back(
                (*account)->id,
                store::Message{now, "withdrawn", {{"number", view.submission.number}}, view.submission.envelope_id});
            effects.changed.push_back((*account)->id);
            return effects;
        });
    if (!found)
        return Failure{found.error()};
    if (!*found)
        return Withdrawal{WithdrawalOutcome::unknown, {}};
    if (moved)
        m_around.on_change();
    else if (state != domain::name(SubmissionState::withdrawn))
        return Withdrawal{WithdrawalOutcome::already_taken, state};
    return Withdrawal{WithdrawalOutcome::withdrawn, {}};
}

} // namespace foyer::server
