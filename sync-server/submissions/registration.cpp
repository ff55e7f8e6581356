// Procedure 1: somebody opens an account.
#include "mail/letters.h"
#include "security/tokens.h"
#include "submissions/arrivals.h"
#include "wire/encoding.h"

namespace foyer::server {

namespace {
// How long a claim on an identifier holds against others while its account is not activated.
constexpr UnixSeconds CLAIM_SECONDS = UnixSeconds{30} * 24 * 3600;
} // namespace

Result<store::Accepted, IntakeRefusal> receive_registration(const IntakeSurroundings& around, const Arrival& arrival) {
    const portals::Published& published = *arrival.form.published;
    const portal::Portal& portal = published.portal;
    const form::Answers answers = answers_of(arrival);
    const auto read = form::registration_from(published.registration, answers, {arrival.today, around.reference});
    if (!read)
        return Failure{answers_refused(read.error())};

    store::NewRegistration registration;
    fill(registration, arrival);
    registration.sealed = arrival.body;
    registration.marks = marks_of(read->warnings);
    const form::Answers kept = settled(around, arrival, published.registration, answers, registration.marks);
    registration.answers = kept_answers(published.registration, kept);
    registration.profile = profile_answers(published.profile, kept);
    registration.keys = typed_keys(read->service_keys, read->invitation);
    registration.person = person_from(read->civility, read->first_names, read->usage_name, read->birth_name);
    registration.email = read->email.text();
    registration.email_key = read->email.folded();
    registration.identifier = read->identifier.text();
    registration.identifier_key = read->identifier.folded();
    registration.claims_lapse_before = arrival.now - CLAIM_SECONDS;
    const security::Token token = security::make_token(around.random);
    registration.activation_key_hash = token.hash;
    const std::string mail_token = wire::encode_hex(around.random.bytes(16));
    registration.make_mail = [&](store::AccountId account, bool identifier_taken) {
        return mail::activation_mail({portal, around.texts(registration.language), around.origin},
                                     {registration.email, registration.person, account, registration.identifier,
                                      identifier_taken, token.text, mail_token},
                                     arrival.now);
    };
    auto accepted = around.submissions.accept(registration);
    if (!accepted)
        return Failure{IntakeRefusal{accepted.error()}};
    return std::move(accepted).value();
}

} // namespace foyer::server
