#include "accounts/email_changes.h"

#include "accounts/link_id.h"
#include "mail/letters.h"
#include "security/tokens.h"
#include "wire/encoding.h"

namespace foyer::server {

Result<EmailLink, store::StoreError> EmailChanges::look_at_link(const portals::Published& town,
                                                                std::string_view change_id, std::string_view key) {
    const auto change =
        m_around.accounts.email_change(store::EmailChangeId(id_from_link(change_id)), security::hash_token(key));
    if (!change)
        return Failure{change.error()};
    // A change of another town is as unknown here as one that does not exist.
    if (!*change || (*change)->account.portal != town.portal.slug)
        return EmailLink{};
    if ((*change)->ended || (*change)->asked_at < m_around.clock.now() - store::EMAIL_CHANGE_SECONDS)
        return EmailLink{EmailLinkState::gone, {}};
    return EmailLink{EmailLinkState::usable, (*change)->email};
}

Result<EmailLinkState, store::StoreError> EmailChanges::confirm(const portals::Published& town,
                                                                std::string_view change_id, std::string_view key) {
    const auto link = look_at_link(town, change_id, key);
    if (!link)
        return Failure{link.error()};
    if (link->state != EmailLinkState::usable)
        return link->state;
    store::EmailConfirmation confirmation;
    confirmation.change = store::EmailChangeId(id_from_link(change_id));
    confirmation.key_hash = security::hash_token(key);
    confirmation.now = m_around.clock.now();
    confirmation.oldest_accepted = confirmation.now - store::EMAIL_CHANGE_SECONDS;
    const std::string mail_token = wire::encode_hex(m_around.random.bytes(16));
    confirmation.make_notice = [&](const store::EmailChange& change) {
        return mail::email_notice_mail(
            {town.portal, m_around.texts(change.account.language), m_around.origin},
            {change.account.email, change.account.person, mail::EmailNews::changed, mail_token});
    };
    const auto outcome = m_around.accounts.confirm_email(confirmation);
    if (!outcome)
        return Failure{outcome.error()};
    // Somebody else may have pressed in between.
    if (*outcome != store::ResetOutcome::done)
        return EmailLinkState::gone;
    m_around.on_mail();
    m_around.on_change();
    return EmailLinkState::usable;
}

} // namespace foyer::server
