// Procedure 2: a family declares the people around it. It becomes true when an agent accepts it (households/).
#include "household/extract.h"
#include "households/known.h"
#include "submissions/arrivals.h"

namespace foyer::server {

Result<store::Accepted, IntakeRefusal> receive_entourage(const IntakeSurroundings& around, const Arrival& arrival) {
    const portals::Published& published = *arrival.form.published;
    if (published.entourage.lists.empty())
        return Failure{IntakeRefusal{SealedRefusal{SealedRefusal::Kind::malformed, "procedure_not_offered"}}};
    const auto account = sender_account(around, arrival);
    if (!account)
        return Failure{account.error()};
    const auto known = households::known_to(account->id, around.households, around.accounts);
    if (!known)
        return Failure{IntakeRefusal{known.error()}};
    const form::Answers answers = answers_of(arrival);
    // Somebody of another family is as unknown here as nobody: only who is visible is known.
    const auto read = household::entourage_from(published.entourage, answers, *known, published.portal.rules,
                                                context_of(around, arrival));
    if (!read)
        return Failure{answers_refused(read.error())};

    store::NewRequest request;
    fill(request, arrival);
    request.account = account->id;
    request.marks = marks_of(read->warnings);
    request.answers =
        kept_answers(published.entourage, settled(around, arrival, published.entourage, answers, request.marks));
    auto accepted = around.submissions.accept(request);
    if (!accepted)
        return Failure{IntakeRefusal{accepted.error()}};
    return std::move(accepted).value();
}

} // namespace foyer::server
