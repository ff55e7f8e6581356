#include "submissions/envelope_intake.h"

#include "form/extract.h"
#include "mail/letters.h"
#include "security/tokens.h"
#include "support/calendar.h"
#include "support/time_text.h"
#include "wire/digest_field.h"
#include "wire/encoding.h"
#include "wire/json.h"
#include "wire/receipt.h"

namespace foyer::server {

namespace {

// How long a claim on an identifier holds against others while its account is not activated.
constexpr UnixSeconds CLAIM_SECONDS = UnixSeconds{30} * 24 * 3600;

// What the town keeps of the answers: all but the password and the security check.
std::string kept_answers(const form::FormDefinition& form, const form::Answers& answers) {
    wire::Json kept = wire::Json::object();
    for (const auto& [key, value] : form::submitted(form, answers)) {
        const auto located = form::locate(form, key);
        if (!located)
            continue;
        const form::FieldKind kind = located->field->definition->kind;
        if (kind != form::FieldKind::password && kind != form::FieldKind::security_check)
            kept.set(key, value);
    }
    return wire::write_json(kept);
}

store::Person person_of(const form::Registration& registration) {
    store::Person person;
    person.civility = registration.civility == domain::Civility::unspecified
                          ? ""
                          : std::string(domain::option_id(registration.civility));
    person.first_names = registration.first_names.text();
    if (registration.usage_name)
        person.last_name = registration.usage_name->text();
    else if (registration.birth_name)
        person.last_name = registration.birth_name->text();
    return person;
}

Day day_of(const domain::CalendarDate& date) { return {date.year, date.month, date.day}; }

// Moselle, Bas-Rhin and Haut-Rhin keep two holidays more; a town's INSEE code begins with its department.
HolidayRegion region_of(const portal::Portal& portal) {
    const std::string department = portal.insee.substr(0, 2);
    return department == "57" || department == "67" || department == "68" ? HolidayRegion::alsace_moselle
                                                                          : HolidayRegion::france;
}

int processing_days(const portal::Portal& portal) {
    const portal::ProcedureDefinition* procedure = portal.find(form::Procedure::registration);
    return procedure ? procedure->processing_days.maximum : 6;
}

} // namespace

Result<Receipted, IntakeRefusal> EnvelopeIntake::receive(const wire::Uuid& id, const std::string& body,
                                                         const security::VerifiedRequest& sender,
                                                         const std::optional<std::string>& stamp) const {
    // A replay is answered before anything is judged: whatever has changed since, what was stored stays stored.
    const auto before = m_around.submissions.find_envelope(id.bytes());
    if (!before)
        return Failure{IntakeRefusal{before.error()}};
    if (*before) {
        // The digest alone is no proof: somebody else may have got hold of the sealed bytes and signed them anew.
        if ((*before)->digest != sender.digest || (*before)->device != sender.thumbprint)
            return Failure{IntakeRefusal{IntakeConflict::other_digest}};
        return Receipted{(*before)->receipt, false};
    }

    auto opened =
        open_form({body, id.bytes(), sender.digest, sender.thumbprint, stamp}, m_around.keys, m_around.catalogue);
    if (!opened)
        return Failure{IntakeRefusal{opened.error()}};
    if (opened->payload.procedure != form::Procedure::registration)
        return Failure{IntakeRefusal{SealedRefusal{SealedRefusal::Kind::malformed, "procedure_not_an_envelope"}}};

    const UnixSeconds now = m_around.clock.now();
    const portals::Published& published = *opened->published;
    const portal::Portal& portal = published.portal;
    const domain::CalendarDate today = domain::date_in_paris(now);
    const form::Answers answers(opened->payload.answers.begin(), opened->payload.answers.end());
    auto registration = form::registration_from(published.registration, answers, {today, m_around.reference});
    if (!registration)
        return Failure{
            IntakeRefusal{SealedRefusal{SealedRefusal::Kind::answers, "answers_refused", registration.error()}}};

    store::NewRegistration submission;
    submission.envelope_id = id.bytes();
    submission.digest = sender.digest;
    submission.device = sender.thumbprint;
    submission.sealed = body;
    submission.portal = portal.slug;
    submission.revision = opened->revision;
    submission.procedure = static_cast<std::uint16_t>(opened->payload.procedure);
    submission.number_prefix = portal.number_prefix;
    submission.year = today.year;
    submission.answers = kept_answers(published.registration, answers);
    submission.language = opened->payload.language == "en" ? "en" : "fr";
    submission.filled_at = opened->payload.filled_at;
    submission.received_at = now;
    submission.due_by = text_of(add_working_days(day_of(today), processing_days(portal), region_of(portal)));
    submission.person = person_of(*registration);
    submission.email = registration->email.text();
    submission.email_key = registration->email.folded();
    submission.identifier = registration->identifier.text();
    submission.identifier_key = registration->identifier.folded();
    submission.claims_lapse_before = now - CLAIM_SECONDS;
    const security::Token token = security::make_token(m_around.random);
    submission.activation_key_hash = token.hash;
    const std::string mail_token = wire::encode_hex(m_around.random.bytes(16));

    submission.make_receipt = [&](const store::ReceiptFacts& facts) {
        wire::Receipt receipt;
        receipt.id = id.text();
        receipt.digest = wire::write_content_digest(sender.digest);
        receipt.number = facts.number;
        receipt.portal = portal.slug;
        receipt.procedure = std::string(form::name(opened->payload.procedure));
        receipt.received_at = rfc3339(now);
        receipt.due_by = submission.due_by;
        return wire::write_receipt(receipt);
    };
    submission.make_mail = [&](store::AccountId account, bool identifier_taken) {
        return mail::activation_mail({portal, m_around.texts(submission.language), m_around.origin},
                                     {submission.email, submission.person, account, submission.identifier,
                                      identifier_taken, token.text, mail_token},
                                     now);
    };

    auto accepted = m_around.submissions.accept(submission);
    if (!accepted)
        return Failure{IntakeRefusal{accepted.error()}};
    if (accepted->kind == store::Accepted::Kind::conflict)
        return Failure{IntakeRefusal{IntakeConflict::other_digest}};
    if (accepted->kind == store::Accepted::Kind::stored)
        m_around.on_stored();
    return Receipted{std::move(accepted->receipt), accepted->kind == store::Accepted::Kind::stored};
}

} // namespace foyer::server
