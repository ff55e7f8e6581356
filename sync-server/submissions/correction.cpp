// An envelope that answers the staff: only the fields it was asked for count, everything else stays as it was sent.
#include "household/check.h"
#include "household/extract.h"
#include "households/known.h"
#include "store/person_key.h"
#include "submissions/arrivals.h"
#include "submissions/due_date.h"
#include "submissions/named_fields.h"
#include "wire/json.h"

namespace foyer::server {

namespace {

// How often the merge is made anew when the submission changed meanwhile.
constexpr int TRIES = 3;

struct Corrected {
    form::Answers answers;
    std::vector<Problem> problems; // of the named fields
    std::vector<Problem> doubts;   // everything else: for the staff
};

Result<Corrected, store::StoreError> corrected(const IntakeSurroundings& around, const Arrival& arrival,
                                               const store::SubmissionRecord& submission,
                                               const portals::Published& published) {
    const form::Procedure procedure = arrival.form.payload.procedure;
    const form::FormDefinition& form = form_in(published, procedure);
    const std::vector<std::string>& fields = submission.correction->fields;
    Corrected made;
    made.answers = form::submitted(form, with_named_fields(submission.answers, answers_of(arrival), fields));
    const form::Context context = context_of(around, arrival);
    std::vector<Problem> problems;
    if (procedure == form::Procedure::entourage) {
        const auto known = households::known_to(submission.account.id, around.households, around.accounts);
        if (!known)
            return Failure{known.error()};
        problems = household::check_entourage(form, made.answers, *known, published.portal.rules, context);
    } else {
        problems = form::validate(form, made.answers, context);
    }
    for (Problem& problem : problems)
        (is_named(problem.field, fields) ? made.problems : made.doubts).push_back(std::move(problem));
    return made;
}

// The password, the box ticked and the security check of a registration are not kept, so they are missing now.
std::vector<store::Mark> marks_after(const Corrected& made, form::Procedure procedure) {
    std::vector<store::Mark> marks = marks_of(made.problems);
    if (procedure == form::Procedure::entourage)
        for (store::Mark& mark : marks_of(made.doubts))
            marks.push_back(std::move(mark));
    return marks;
}

void keep_key_marks(const std::vector<store::Mark>& before, std::vector<store::Mark>& marks) {
    for (const store::Mark& mark : before)
        if (mark.code.rfind("key_", 0) == 0 || mark.code == "identifier_taken")
            marks.push_back(mark);
}

} // namespace

Result<store::Accepted, IntakeRefusal> receive_correction(const IntakeSurroundings& around, const Arrival& arrival) {
    const auto account = sender_account(around, arrival);
    if (!account)
        return Failure{account.error()};
    const auto corrects = wire::Uuid::parse(arrival.form.payload.corrects);
    if (!corrects)
        return Failure{IntakeRefusal{IntakeObstacle::correction_unknown}};

    for (int tries = 0; tries < TRIES; ++tries) {
        const auto submission = around.submissions.find_submission_of(account->id, corrects->bytes());
        if (!submission)
            return Failure{IntakeRefusal{submission.error()}};
        const store::SubmissionRecord* before = *submission ? &**submission : nullptr;
        if (!before || before->procedure != static_cast<std::uint16_t>(arrival.form.payload.procedure))
            return Failure{IntakeRefusal{IntakeObstacle::correction_unknown}};
        if (!before->correction)
            return Failure{IntakeRefusal{IntakeObstacle::correction_not_awaited}};
        // Under the rules it was filled in with at first: the fields that are named are those.
        const portals::Published* published = around.catalogue.find(before->revision);
        if (!published)
            published = arrival.form.published;
        const auto made = corrected(around, arrival, *before, *published);
        if (!made)
            return Failure{IntakeRefusal{made.error()}};
        if (form::has_errors(made->problems))
            return Failure{answers_refused(made->problems)};

        store::NewCorrection correction;
        fill(correction, arrival);
        correction.account = account->id;
        correction.corrects = corrects->bytes();
        const form::FormDefinition& form = form_in(*published, arrival.form.payload.procedure);
        store::NewCorrection::Merged merged;
        merged.marks = marks_after(*made, arrival.form.payload.procedure);
        const form::Answers kept = settled(around, arrival, form, made->answers, merged.marks);
        merged.answers = kept_answers(form, kept);
        merged.due_by = due_after_waiting(published->portal, before->due_by,
                                          before->waiting_since.value_or(arrival.now), arrival.now);
        keep_key_marks(before->marks, merged.marks);
        if (arrival.form.payload.procedure != form::Procedure::entourage) {
            merged.profile = profile_answers(published->profile, kept);
            (*merged.profile)["email"] = account->email;
            merged.person =
                store::Person{store::answer_in(made->answers, "civility"),
                              store::answer_in(made->answers, "first_names"), store::last_name_of(made->answers)};
            const auto email = domain::EmailAddress::parse(store::answer_in(made->answers, "email"));
            const auto present = domain::EmailAddress::parse(account->email);
            if (email && is_named("email", before->correction->fields) &&
                (!present || present->folded() != email->folded()))
                correction.address = new_address(around, published->portal, *account, *email);
        }
        correction.merge = [&](const store::SubmissionRecord& now) -> std::optional<store::NewCorrection::Merged> {
            const bool same = now.version == before->version && now.correction &&
                              now.correction->fields == before->correction->fields;
            return same ? std::optional(merged) : std::nullopt;
        };
        auto accepted = around.submissions.accept(correction);
        if (!accepted)
            return Failure{IntakeRefusal{accepted.error()}};
        if (accepted->kind != store::Accepted::Kind::not_awaited)
            return std::move(accepted).value();
    }
    return Failure{IntakeRefusal{IntakeObstacle::correction_not_awaited}};
}

} // namespace foyer::server
