#include "accounts/account_service.h"

#include "accounts/link_id.h"
#include "domain/identifier.h"
#include "mail/letters.h"
#include "security/tokens.h"
#include "text/fold.h"
#include "wire/encoding.h"

#include <algorithm>

namespace foyer::server {

namespace {

constexpr UnixSeconds HOUR = 3600;
constexpr int SUBMISSIONS_SHOWN = 50;

security::RateLimit per_hour(int count) { return {static_cast<double>(count), static_cast<double>(count) / 60.0}; }

std::string identifier_key(std::string_view typed) {
    const auto identifier = domain::Identifier::parse(typed);
    return identifier ? identifier->folded() : text::fold_for_comparison(typed);
}

std::string email_key(std::string_view typed) {
    const auto email = domain::EmailAddress::parse(typed);
    return email ? email->folded() : std::string();
}

UnixSeconds oldest_activation(const portals::Published& town, UnixSeconds now) {
    return now - town.portal.activation_link_hours * HOUR;
}

// Every token is compared, whichever fits, so that time does not tell which.
const store::ActivationToken* token_for(const store::ActivationView& view, std::string_view key) {
    const store::ActivationToken* found = nullptr;
    for (const store::ActivationToken& token : view.tokens)
        if (security::token_matches(key, token.key_hash))
            found = &token;
    return found;
}

ActivationResult result_of(store::ActivationOutcome outcome) {
    switch (outcome) {
    case store::ActivationOutcome::activated:
        return ActivationResult::activated;
    case store::ActivationOutcome::already_active:
        return ActivationResult::already_active;
    case store::ActivationOutcome::revoked:
        return ActivationResult::revoked;
    case store::ActivationOutcome::expired:
        return ActivationResult::expired;
    case store::ActivationOutcome::wrong_key:
        return ActivationResult::wrong_key;
    case store::ActivationOutcome::unknown_account:
        return ActivationResult::unknown;
    case store::ActivationOutcome::identifier_taken:
        return ActivationResult::identifier_taken;
    }
    return ActivationResult::unknown;
}

} // namespace

AccountService::AccountService(AccountSurroundings surroundings)
    : m_around(std::move(surroundings)), m_logins(per_hour(m_around.logins_per_hour)),
      m_mails(per_hour(m_around.mails_per_hour)) {}

Result<LinkView, store::StoreError> AccountService::look_at_link(const portals::Published& town,
                                                                 std::string_view account_id, std::string_view key) {
    auto view = m_around.accounts.activation(store::AccountId(id_from_link(account_id)));
    if (!view)
        return Failure{view.error()};
    // An account of another town is as unknown here as one that does not exist.
    if (!*view || (*view)->account.portal != town.portal.slug)
        return LinkView{LinkState::unknown, std::nullopt};
    const store::ActivationToken* token = token_for(**view, key);
    if (!token)
        return LinkView{LinkState::wrong_key, std::nullopt};
    LinkView link{LinkState::usable, std::move((*view)->account)};
    if (link.account->state == store::AccountState::active)
        link.state = LinkState::already_active;
    else if (token->revoked)
        link.state = LinkState::revoked;
    else if (token->created_at < oldest_activation(town, m_around.clock.now()))
        link.state = LinkState::expired;
    else if (!link.account->identifier)
        link.state = LinkState::needs_identifier;
    return link;
}

Result<ActivationResult, store::StoreError> AccountService::activate(const portals::Published& town,
                                                                     std::string_view account_id, std::string_view key,
                                                                     std::string_view identifier) {
    const auto link = look_at_link(town, account_id, key);
    if (!link)
        return Failure{link.error()};
    switch (link->state) {
    case LinkState::unknown:
        return ActivationResult::unknown;
    case LinkState::wrong_key:
        return ActivationResult::wrong_key;
    case LinkState::revoked:
        return ActivationResult::revoked;
    case LinkState::expired:
        return ActivationResult::expired;
    case LinkState::already_active:
        return ActivationResult::already_active;
    case LinkState::usable:
    case LinkState::needs_identifier:
        break;
    }
    store::Activation activation;
    activation.account = store::AccountId(id_from_link(account_id));
    activation.key_hash = security::hash_token(key);
    activation.now = m_around.clock.now();
    activation.oldest_accepted = oldest_activation(town, activation.now);
    if (link->state == LinkState::needs_identifier) {
        if (identifier.empty())
            return ActivationResult::identifier_needed;
        const auto parsed = domain::Identifier::parse(identifier);
        if (!parsed)
            return ActivationResult::identifier_wrong;
        activation.identifier = store::Activation::Identifier{parsed->text(), parsed->folded()};
    }
    const auto outcome = m_around.accounts.activate(activation);
    if (!outcome)
        return Failure{outcome.error()};
    return result_of(*outcome);
}

template <typename Send>
bool AccountService::in_background(const portals::Published& town, const form::AccountName& name, const char* what,
                                   Send send) {
    return m_around.background.post([this, &town, name, what, send] {
        const auto accounts = m_around.accounts.find_by_contact(
            town.portal.slug, identifier_key(name.identifier_or_email), email_key(name.identifier_or_email));
        if (!accounts) {
            m_around.log.error("mail_request_failed", {{"what", what}});
            return;
        }
        for (const store::Account& account : *accounts) {
            const std::string key = what + std::to_string(account.id.number());
            if (m_mails.take(key, m_around.clock.now()).allowed)
                send(account);
            else
                m_around.log.info("mail_request_limited", {{"what", what}});
        }
    });
}

bool AccountService::resend_activation(const portals::Published& town, const form::AccountName& name) {
    return in_background(town, name, "activation", [this, &town](const store::Account& account) {
        if (account.state == store::AccountState::pending)
            send_activation_again(town, account);
    });
}

bool AccountService::request_reset(const portals::Published& town, const form::AccountName& name) {
    return in_background(town, name, "reset", [this, &town](const store::Account& account) {
        // Somebody who has not activated yet needs that link first; a new password would not help.
        if (account.state == store::AccountState::active)
            send_reset(town, account);
        else
            send_activation_again(town, account);
    });
}

void AccountService::send_activation_again(const portals::Published& town, const store::Account& account) {
    const UnixSeconds now = m_around.clock.now();
    const security::Token token = security::make_token(m_around.random);
    const store::NewMail letter = mail::activation_mail(
        {town.portal, m_around.texts(account.language), m_around.origin},
        {account.email, account.person, account.id, account.wanted_identifier, !account.identifier.has_value(),
         token.text, wire::encode_hex(m_around.random.bytes(16))},
        now);
    if (m_around.accounts.renew_activation(account.id, token.hash, letter, now))
        m_around.on_mail();
    else
        m_around.log.error("mail_request_failed", {{"what", "activation"}});
}

void AccountService::send_reset(const portals::Published& town, const store::Account& account) {
    const security::Token token = security::make_token(m_around.random);
    const std::string mail_token = wire::encode_hex(m_around.random.bytes(16));
    const auto make_mail = [&](store::ResetId reset) {
        return mail::reset_mail({town.portal, m_around.texts(account.language), m_around.origin},
                                {account.email, account.person, account.identifier.value_or(account.wanted_identifier),
                                 reset, token.text, mail_token, RESET_HOURS});
    };
    if (m_around.accounts.request_reset(account.id, token.hash, make_mail, m_around.clock.now()))
        m_around.on_mail();
    else
        m_around.log.error("mail_request_failed", {{"what", "reset"}});
}

Result<Session, LoginFailure> AccountService::log_in(const portals::Published& town, const form::Login& login,
                                                     const DeviceAtLogin& device) {
    const std::string key = identifier_key(login.identifier);
    const security::RateDecision decision = m_logins.take(town.portal.slug + "/" + key, m_around.clock.now());
    if (!decision.allowed)
        return Failure{LoginFailure{LoginRefusal::throttled, decision.retry_after_seconds}};

    const auto credentials = m_around.accounts.credentials(town.portal.slug, key);
    if (!credentials)
        return Failure{LoginFailure{LoginRefusal::unavailable, 5}};
    const std::string password = domain::bytes_to_hash(login.password);
    const bool has_hash = *credentials && (*credentials)->password_hash;
    const bool right = has_hash ? m_around.hasher.verify(*(*credentials)->password_hash, password)
                                : m_around.hasher.verify_nobody(password);
    if (!right || (*credentials)->state != store::AccountState::active)
        return Failure{LoginFailure{LoginRefusal::wrong, 0}};

    const auto account = m_around.accounts.find((*credentials)->id);
    if (!account || !*account)
        return Failure{LoginFailure{LoginRefusal::unavailable, 5}};
    const auto bound = m_around.accounts.bind_device(town.portal.slug, device.thumbprint, device.public_key,
                                                     (*account)->id, m_around.clock.now(), device.label);
    if (!bound)
        return Failure{
            LoginFailure{bound.error() == store::StoreError::busy ? LoginRefusal::busy : LoginRefusal::unavailable, 5}};
    m_around.on_change();
    return Session{**account};
}

Result<Done, store::StoreError> AccountService::log_out(const portals::Published& town, const std::string& thumbprint) {
    const auto done = m_around.accounts.unbind_device(town.portal.slug, thumbprint);
    m_around.on_change();
    return done;
}

Result<UnbindOutcome, store::StoreError> AccountService::unbind_device(const portals::Published& town,
                                                                       const std::string& thumbprint,
                                                                       const std::string& device) {
    const auto account = m_around.accounts.account_of_device(town.portal.slug, thumbprint);
    if (!account)
        return Failure{account.error()};
    if (!*account)
        return UnbindOutcome::not_logged_in;
    const auto unbound = m_around.accounts.unbind_device_of((*account)->id, device);
    if (!unbound)
        return Failure{unbound.error()};
    if (!*unbound)
        return UnbindOutcome::unknown_device;
    m_around.on_change();
    return UnbindOutcome::unbound;
}

Result<Done, NewPasswordFailure> AccountService::choose_password(const form::NewPassword& wanted) {
    const store::ResetId reset(id_from_link(wanted.reset_id));
    const std::string key_hash = security::hash_token(wanted.reset_key);
    const UnixSeconds now = m_around.clock.now();
    const UnixSeconds oldest = now - RESET_HOURS * HOUR;
    const auto account = m_around.accounts.account_of_reset(reset, key_hash, oldest);
    if (!account)
        return Failure{NewPasswordFailure{NewPasswordRefusal::unavailable}};
    if (!*account)
        return Failure{NewPasswordFailure{NewPasswordRefusal::link_used_or_old}};
    // Only here is it known whose password this is, so only here can it be held against the identifier.
    const auto judged = domain::Password::parse(
        wanted.password.bytes(), (*account)->identifier.value_or((*account)->wanted_identifier), m_around.reference);
    if (!judged) {
        Problem problem{"password", judged.error().code, Severity::error, judged.error().details};
        return Failure{NewPasswordFailure{NewPasswordRefusal::answers, {std::move(problem)}}};
    }
    const auto hash = m_around.hasher.hash(judged->bytes());
    if (!hash)
        return Failure{NewPasswordFailure{NewPasswordRefusal::unavailable}};
    const auto outcome = m_around.accounts.reset_password(reset, key_hash, *hash, oldest, now);
    if (!outcome)
        return Failure{NewPasswordFailure{NewPasswordRefusal::unavailable}};
    if (*outcome != store::ResetOutcome::done)
        return Failure{NewPasswordFailure{NewPasswordRefusal::link_used_or_old}};
    return Done{};
}

Result<Done, PasswordChangeFailure> AccountService::change_password(const portals::Published& town,
                                                                    const form::PasswordChange& wanted,
                                                                    const std::string& thumbprint) {
    using Why = PasswordChangeRefusal;
    const auto account = m_around.accounts.account_of_device(town.portal.slug, thumbprint);
    if (!account)
        return Failure{PasswordChangeFailure{Why::unavailable}};
    if (!*account)
        return Failure{PasswordChangeFailure{Why::not_logged_in}};
    const std::string identifier = (*account)->identifier.value_or((*account)->wanted_identifier);
    // The new one first: whoever mistypes it has not guessed at the old one.
    const auto judged = domain::Password::parse(wanted.password.bytes(), identifier, m_around.reference);
    if (!judged) {
        Problem problem{"password", judged.error().code, Severity::error, judged.error().details};
        return Failure{PasswordChangeFailure{Why::answers, 0, {std::move(problem)}}};
    }
    // A device left open must not be a place to guess at: the same count as for logins.
    const security::RateDecision decision =
        m_logins.take(town.portal.slug + "/" + identifier_key(identifier), m_around.clock.now());
    if (!decision.allowed)
        return Failure{PasswordChangeFailure{Why::throttled, decision.retry_after_seconds}};
    const auto credentials = m_around.accounts.credentials_of((*account)->id);
    if (!credentials)
        return Failure{PasswordChangeFailure{Why::unavailable}};
    const std::string old_password = domain::bytes_to_hash(wanted.old_password);
    const bool has_hash = *credentials && (*credentials)->password_hash;
    const bool right = has_hash ? m_around.hasher.verify(*(*credentials)->password_hash, old_password)
                                : m_around.hasher.verify_nobody(old_password);
    if (!right)
        return Failure{PasswordChangeFailure{Why::old_password_wrong}};
    const auto hash = m_around.hasher.hash(judged->bytes());
    if (!hash)
        return Failure{PasswordChangeFailure{Why::unavailable}};
    if (!m_around.accounts.change_password({(*account)->id, *hash, thumbprint, m_around.clock.now()}))
        return Failure{PasswordChangeFailure{Why::unavailable}};
    m_around.on_change();
    return Done{};
}

Result<std::optional<Me>, store::StoreError> AccountService::me(const portals::Published& town,
                                                                const std::string& thumbprint) {
    auto account = m_around.accounts.account_of_device(town.portal.slug, thumbprint);
    if (!account)
        return Failure{account.error()};
    if (!*account)
        return std::optional<Me>();
    auto submissions = m_around.accounts.submissions_of((*account)->id, SUBMISSIONS_SHOWN);
    if (!submissions)
        return Failure{submissions.error()};
    return std::optional<Me>(Me{std::move(**account), std::move(*submissions)});
}

} // namespace foyer::server
