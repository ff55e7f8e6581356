#include "accounts/invitations.h"

#include "households/visibility.h"
#include "keys/key_hash.h"
#include "keys/new_key.h"
#include "mail/letters.h"
#include "store/person_key.h"
#include "wire/encoding.h"

#include <algorithm>

namespace foyer::server {

namespace {

constexpr UnixSeconds DAY = UnixSeconds{24} * 3600;

// Whoever the inviter cannot see is as unknown as somebody who does not exist.
const store::HouseholdPerson* representative_in(const store::Household& household, store::AccountId inviter,
                                                std::string_view reference) {
    const auto visible = households::visible_people(household, inviter);
    const bool seen = std::any_of(visible.begin(), visible.end(), [&](const households::VisiblePerson& person) {
        return person.reference == reference && person.kind == store::PersonKind::representative;
    });
    const auto found =
        std::find_if(household.people.begin(), household.people.end(), [&](const store::HouseholdPerson& person) {
            return households::reference_of(person.id) == reference;
        });
    return seen && found != household.people.end() ? &*found : nullptr;
}

store::Person named_person(const store::HouseholdPerson& person) {
    return {{}, store::answer_in(person.answers, "first_names"), store::last_name_of(person.answers)};
}

std::string name_of(const store::Person& person) {
    return person.last_name.empty() ? person.first_names : person.first_names + " " + person.last_name;
}

} // namespace

Invitations::Invitations(AccountSurroundings surroundings)
    : m_around(std::move(surroundings)),
      m_by_account({static_cast<double>(m_around.mails_per_hour), m_around.mails_per_hour / 60.0}) {}

Result<InvitationOutcome, InvitationRefusal> Invitations::invite(const portals::Published& town,
                                                                 const std::string& thumbprint, std::string_view person,
                                                                 const std::string& email) {
    const auto inviter = m_around.accounts.account_of_device(town.portal.slug, thumbprint);
    if (!inviter)
        return Failure{InvitationRefusal{inviter.error()}};
    if (!*inviter)
        return InvitationOutcome::not_logged_in;
    const UnixSeconds now = m_around.clock.now();
    const security::RateDecision decision = m_by_account.take(std::to_string((*inviter)->id.number()), now);
    if (!decision.allowed)
        return Failure{InvitationRefusal{InvitationLimited{decision.retry_after_seconds}}};
    const auto household = m_around.households.household_of((*inviter)->id);
    if (!household)
        return Failure{InvitationRefusal{household.error()}};
    const store::HouseholdPerson* invited =
        *household ? representative_in(**household, (*inviter)->id, person) : nullptr;
    if (!invited)
        return InvitationOutcome::unknown_person;

    const domain::ServiceKey code = make_key(m_around.random);
    store::NewInvitation invitation;
    invitation.key = {town.portal.slug,      store::INVITATION, key_hash(code), (*household)->id, invited->id, now,
                      now + VALID_DAYS * DAY};
    invitation.inviter = (*inviter)->id;
    invitation.email = email;
    invitation.mail = mail::invitation_mail({town.portal, m_around.texts((*inviter)->language), m_around.origin},
                                            {email, named_person(*invited), name_of((*inviter)->person), code.shown(),
                                             wire::encode_hex(m_around.random.bytes(16)), VALID_DAYS});
    const auto outcome = m_around.keys.invite(invitation);
    if (!outcome)
        return Failure{InvitationRefusal{outcome.error()}};
    switch (*outcome) {
    case store::InviteOutcome::has_account:
        return InvitationOutcome::has_account;
    case store::InviteOutcome::unknown_person:
        return InvitationOutcome::unknown_person;
    case store::InviteOutcome::invited:
        break;
    }
    m_around.on_mail();
    m_around.on_change();
    return InvitationOutcome::sent;
}

} // namespace foyer::server
