#include "submissions/arrivals.h"

#include "keys/key_hash.h"
#include "mail/letters.h"
#include "security/tokens.h"
#include "submissions/addresses.h"
#include "submissions/due_date.h"
#include "support/time_text.h"
#include "wire/digest_field.h"
#include "wire/encoding.h"
#include "wire/json.h"
#include "wire/receipt.h"

namespace foyer::server {

namespace {

bool is_kept(const form::FormField& field) {
    switch (field.definition->kind) {
    case form::FieldKind::password:
    case form::FieldKind::security_check:
        return false;
    case form::FieldKind::link_part:
        return field.key != store::INVITATION; // its code; the others are what the wizard notes
    case form::FieldKind::service_key:
        return !field.preset.empty(); // a typed one is a secret until it has been used
    default:
        return true;
    }
}

// A device whose clock is wrong may have filled the form in under the wrong day; one that kept it for long may say what
// is no longer so.
void mark_clock(const Arrival& arrival, std::vector<store::Mark>& marks) {
    constexpr UnixSeconds AHEAD = UnixSeconds{10} * 60;
    constexpr UnixSeconds LONG_AGO = UnixSeconds{31} * 24 * 3600;
    const auto filled = parse_rfc3339(arrival.form.payload.filled_at);
    if (filled && *filled > arrival.now + AHEAD)
        marks.push_back({"clock_ahead", {}});
    else if (filled && *filled < arrival.now - LONG_AGO)
        marks.push_back({"filled_long_ago", {}});
}

} // namespace

void fill(store::NewSubmission& submission, const Arrival& arrival) {
    const portal::Portal& portal = arrival.form.published->portal;
    const wire::Payload& payload = arrival.form.payload;
    submission.envelope_id = arrival.id.bytes();
    submission.digest = arrival.sender.digest;
    submission.device = arrival.sender.thumbprint;
    submission.portal = portal.slug;
    submission.revision = arrival.form.revision;
    submission.procedure = static_cast<std::uint16_t>(payload.procedure);
    if (const portal::ProcedureDefinition* procedure = portal.find(payload.procedure))
        submission.service = procedure->service;
    submission.number_prefix = portal.number_prefix;
    submission.year = arrival.today.year;
    submission.language = payload.language == "en" ? "en" : "fr";
    submission.filled_at = payload.filled_at;
    submission.received_at = arrival.now;
    submission.due_by = due_by(portal, payload.procedure, arrival.now);
    submission.reception = arrival.reception;
    submission.make_receipt = [&arrival](const store::ReceiptFacts& facts) {
        wire::Receipt receipt;
        receipt.id = arrival.id.text();
        receipt.digest = wire::write_content_digest(arrival.sender.digest);
        receipt.number = facts.number;
        receipt.portal = arrival.form.published->portal.slug;
        receipt.procedure = std::string(form::name(arrival.form.payload.procedure));
        receipt.received_at = rfc3339(arrival.now);
        receipt.due_by = facts.due_by;
        return wire::write_receipt(receipt);
    };
}

Result<store::Account, IntakeRefusal> sender_account(const IntakeSurroundings& around, const Arrival& arrival) {
    const auto account =
        around.accounts.account_of_device(arrival.form.published->portal.slug, arrival.sender.thumbprint);
    if (!account)
        return Failure{IntakeRefusal{account.error()}};
    // On a shared computer somebody else may have logged in since the form was filled in.
    if (!*account || (*account)->reference != arrival.form.payload.account)
        return Failure{IntakeRefusal{IntakeObstacle::not_logged_in}};
    return **account;
}

form::Context context_of(const IntakeSurroundings& around, const Arrival& arrival) {
    form::Context context;
    context.today = arrival.today;
    context.reference = around.reference;
    const auto filled = day_from(std::string_view(arrival.form.payload.filled_at).substr(0, 10));
    if (filled) {
        const domain::CalendarDate day{filled->year, filled->month, filled->day};
        if (domain::is_before(day, arrival.today))
            context.today = day;
    }
    return context;
}

form::Answers answers_of(const Arrival& arrival) {
    const auto& answers = arrival.form.payload.answers;
    return {answers.begin(), answers.end()};
}

form::Answers settled(const IntakeSurroundings& around, const Arrival& arrival, const form::FormDefinition& form,
                      const form::Answers& answers, std::vector<store::Mark>& marks) {
    form::Answers kept = form::submitted(form, answers);
    const auto index = around.addresses ? around.addresses->of(arrival.form.published->portal.slug) : nullptr;
    settle_addresses(index.get(), around.reference, kept, marks);
    settle_birth_places(around.reference, kept);
    mark_clock(arrival, marks);
    return kept;
}

IntakeRefusal answers_refused(std::vector<Problem> problems) {
    return SealedRefusal{SealedRefusal::Kind::answers, "answers_refused", std::move(problems)};
}

std::string kept_answers(const form::FormDefinition& form, const form::Answers& answers) {
    wire::Json kept = wire::Json::object();
    for (const auto& [key, value] : form::submitted(form, answers)) {
        const auto located = form::locate(form, key);
        if (located && is_kept(*located->field))
            kept.set(key, value);
    }
    return wire::write_json(kept);
}

store::Answers profile_answers(const form::FormDefinition& profile, const form::Answers& submitted) {
    store::Answers answers;
    for (const auto& [key, value] : submitted) {
        const auto located = form::locate(profile, key);
        if (located && located->field->definition->kind != form::FieldKind::service_key && is_kept(*located->field))
            answers.emplace(key, value);
    }
    return answers;
}

std::vector<store::Mark> marks_of(const std::vector<Problem>& warnings) {
    std::vector<store::Mark> marks;
    for (const Problem& problem : warnings) {
        const bool told_otherwise = problem.code == ProblemCode::service_key_mistyped || problem.field == "password";
        if (!told_otherwise)
            marks.push_back({std::string(name(problem.code)), problem.field});
    }
    return marks;
}

std::vector<store::TypedKey> typed_keys(const std::vector<form::ServiceKeyAnswer>& keys,
                                        const std::string& invitation) {
    std::vector<store::TypedKey> typed;
    const auto add = [&](const std::string& service, const std::string& text) {
        store::TypedKey key{service, text, {}, false};
        const auto parsed = domain::ServiceKey::parse(text);
        key.mistyped = !parsed || parsed->looks_mistyped();
        // Nothing without right check symbols was ever issued: it need not be looked for.
        if (parsed && parsed->check_holds())
            key.hash = key_hash(*parsed);
        typed.push_back(std::move(key));
    };
    for (const form::ServiceKeyAnswer& key : keys)
        if (!key.automatic && !key.key.empty())
            add(key.service, key.key);
    if (!invitation.empty())
        add(store::INVITATION, invitation);
    return typed;
}

store::Person person_from(domain::Civility civility, const domain::PersonName& first_names,
                          const std::optional<domain::PersonName>& usage_name,
                          const std::optional<domain::PersonName>& birth_name) {
    store::Person person;
    person.civility =
        civility == domain::Civility::unspecified ? std::string() : std::string(domain::option_id(civility));
    person.first_names = first_names.text();
    if (usage_name)
        person.last_name = usage_name->text();
    else if (birth_name)
        person.last_name = birth_name->text();
    return person;
}

const form::FormDefinition& form_in(const portals::Published& published, form::Procedure procedure) {
    if (procedure == form::Procedure::entourage)
        return published.entourage;
    return procedure == form::Procedure::profile ? published.profile : published.registration;
}

store::NewAddress new_address(const IntakeSurroundings& around, const portal::Portal& portal,
                              const store::Account& account, const domain::EmailAddress& email) {
    const security::Token token = security::make_token(around.random);
    const std::string change_id = wire::encode_hex(around.random.bytes(16));
    const std::string notice_id = wire::encode_hex(around.random.bytes(16));
    store::NewAddress address;
    address.email = email.text();
    address.email_key = email.folded();
    address.key_hash = token.hash;
    address.make_mails = [&around, &portal, &account, email = email.text(), key = token.text, change_id,
                          notice_id](store::EmailChangeId change) {
        const mail::Letterhead head{portal, around.texts(account.language), around.origin};
        return std::vector<store::NewMail>{
            mail::email_change_mail(head, {email, change, key, change_id}),
            mail::email_notice_mail(head, {account.email, account.person, mail::EmailNews::change_asked, notice_id})};
    };
    return address;
}

} // namespace foyer::server
