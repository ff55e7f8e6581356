#include "staff/sessions.h"

#include "domain/email_address.h"
#include "domain/password.h"
#include "security/rate_limiter.h"
#include "security/tokens.h"
#include "security/totp.h"
#include "text/fold.h"
#include "wire/encoding.h"

#include <algorithm>

namespace foyer::server::staff {

using store::StaffCredentials;
using store::StaffMember;
using store::StoreError;

namespace {

constexpr std::size_t TOKEN_BYTES = 32;
// A moment of work is one note, not one for each click.
constexpr UnixSeconds NOTE_AT_MOST_EVERY = 60;
// A whole town hall may stand behind one address.
constexpr security::BackOffRule OF_ADDRESSES{.free_attempts = 20};

std::string account_key(const std::string& portal, const std::string& key) { return portal + "/" + key; }

std::string purpose_of(store::StaffId staff) { return "totp of staff:" + std::to_string(staff.number()); }

std::string object_of(const StaffMember& member) { return "staff:" + std::to_string(member.id.number()); }

UnixSeconds expiry(UnixSeconds created_at, UnixSeconds last_seen_at) {
    return std::min(last_seen_at + SESSION_IDLE_SECONDS, created_at + SESSION_LONGEST_SECONDS);
}

LoginRefusal refusal_of(StoreError error) {
    return error == StoreError::busy ? LoginRefusal::busy : LoginRefusal::unavailable;
}

} // namespace

std::string email_key(std::string_view typed) {
    const auto email = domain::EmailAddress::parse(typed);
    return email ? email->folded() : text::fold_for_comparison(typed);
}

Sessions::Sessions(StaffSurroundings surroundings, security::SecretBox box)
    : m_around(surroundings), m_box(std::move(box)), m_accounts({}), m_addresses(OF_ADDRESSES) {}

std::optional<std::string> Sessions::opened(const std::string& sealed, store::StaffId staff) const {
    return m_box.open(sealed, purpose_of(staff));
}

// Also for a member nobody knows, so that it takes the same time.
void Sessions::refuse(const LoginAttempt& attempt, const std::optional<StaffCredentials>& known, const char* why) {
    // A log that cannot be written must not let anybody find out more than “wrong”.
    (void)m_around.audit.add_audit_line({attempt.portal,
                                         m_around.clock.now(),
                                         NOBODY,
                                         "session.refused",
                                         known ? object_of(known->member) : std::string(),
                                         {{"why", why}}});
}

Result<BegunSession, LoginFailure> Sessions::log_in(const LoginAttempt& attempt) {
    const UnixSeconds now = m_around.clock.now();
    const std::string key = email_key(attempt.email);
    const std::string account = account_key(attempt.portal, key);
    const std::string address = security::rate_key_of_address(attempt.address);
    if (const int wait = m_addresses.attempt(address, now))
        return Failure{LoginFailure{LoginRefusal::slow_down, wait}};
    if (const int wait = m_accounts.attempt(account, now))
        return Failure{LoginFailure{LoginRefusal::slow_down, wait}};
    const auto found = m_around.staff.staff_credentials(attempt.portal, key);
    if (!found)
        return Failure{LoginFailure{refusal_of(found.error())}};
    const std::optional<StaffCredentials>& known = *found;
    const std::string password = domain::bytes_to_hash(attempt.password);
    const bool right =
        known ? m_around.hasher.verify(known->password_hash, password) : m_around.hasher.verify_nobody(password);
    const char* why = !known                                                ? "unknown"
                      : !right                                              ? "password"
                      : known->member.disabled                              ? "disabled"
                      : known->password_good_until.value_or(now + 1) <= now ? "password_too_old"
                                                                            : nullptr;
    if (why) {
        refuse(attempt, known, why);
        return Failure{LoginFailure{LoginRefusal::wrong}};
    }
    store::NewStaffSession session;
    if (known->member.has_totp) {
        if (!attempt.code) {
            m_accounts.forgive_one(account);
            m_addresses.forgive_one(address);
            return Failure{LoginFailure{LoginRefusal::code_needed}};
        }
        const auto secret = opened(known->totp_secret, known->member.id);
        if (secret)
            session.totp_step = security::totp_step_of(*secret, *attempt.code, now, known->totp_last_step);
        if (!session.totp_step) {
            refuse(attempt, known, secret ? "code" : "secret_unreadable");
            return Failure{LoginFailure{LoginRefusal::wrong}};
        }
    }
    const std::string token = wire::encode_base64url(m_around.random.bytes(TOKEN_BYTES));
    session.staff = known->member.id;
    session.token_hash = security::hash_token(token);
    session.replaced_hash = attempt.replaced.empty() ? std::string() : security::hash_token(attempt.replaced);
    session.password_hash = known->password_hash;
    session.now = now;
    session.oldest_seen = now - SESSION_IDLE_SECONDS;
    session.oldest_created = now - SESSION_LONGEST_SECONDS;
    const auto outcome = m_around.staff.begin_staff_session(
        session, audit_line({known->member, {}}, now, "session.begin", object_of(known->member),
                            {{"totp", known->member.has_totp ? "yes" : "no"}}));
    if (!outcome)
        return Failure{LoginFailure{refusal_of(outcome.error())}};
    if (*outcome != store::SessionOutcome::begun) {
        refuse(attempt, known, *outcome == store::SessionOutcome::code_used ? "code_used" : "changed_meanwhile");
        return Failure{LoginFailure{LoginRefusal::wrong}};
    }
    m_accounts.succeeded(account);
    m_addresses.forgive_one(address);
    return BegunSession{known->member, token, expiry(now, now)};
}

Result<Done, StoreError> Sessions::log_out(const ActiveSession& session) {
    return m_around.staff.end_staff_session(session.token_hash, audit_line({session.member, {}}, m_around.clock.now(),
                                                                           "session.end", object_of(session.member)));
}

Result<std::optional<ActiveSession>, StoreError> Sessions::find(const std::string& token, Presence presence) {
    const std::string hash = security::hash_token(token);
    const auto found = m_around.staff.staff_session(hash);
    if (!found)
        return Failure{found.error()};
    const UnixSeconds now = m_around.clock.now();
    if (!*found || (*found)->member.disabled || expiry((*found)->created_at, (*found)->last_seen_at) <= now)
        return std::optional<ActiveSession>();
    const store::StaffSession& session = **found;
    UnixSeconds last_seen_at = session.last_seen_at;
    if (presence == Presence::person && now - session.last_seen_at >= NOTE_AT_MOST_EVERY) {
        // What cannot be noted must not keep a reader from reading.
        if (m_around.staff.staff_session_seen(hash, now))
            last_seen_at = now;
    }
    return std::optional(ActiveSession{session.member, hash, expiry(session.created_at, last_seen_at)});
}

int Sessions::attempt_of(const StaffMember& member) {
    return m_accounts.attempt(account_key(member.portal, email_key(member.email)), m_around.clock.now());
}

Result<BegunSession, PasswordFailure> Sessions::change_password(const StaffMember& member, const std::string& current,
                                                                const std::string& wanted) {
    // The new one first: whoever mistypes it has not guessed at the old one.
    const auto judged = domain::Password::parse(wanted, member.email, m_around.reference);
    if (!judged) {
        Problem problem{"new", judged.error().code, Severity::error, judged.error().details};
        return Failure{PasswordFailure{PasswordRefusal::weak, 0, {std::move(problem)}}};
    }
    // A screen left open must not be a place to guess at: the same count as for logins.
    if (const int wait = attempt_of(member))
        return Failure{PasswordFailure{PasswordRefusal::slow_down, wait}};
    const auto credentials = m_around.staff.staff_credentials_of(member.id);
    if (!credentials || !*credentials)
        return Failure{PasswordFailure{PasswordRefusal::unavailable}};
    const std::string old_password = domain::bytes_to_hash(current);
    if (!m_around.hasher.verify((*credentials)->password_hash, old_password))
        return Failure{PasswordFailure{PasswordRefusal::wrong}};
    m_accounts.succeeded(account_key(member.portal, email_key(member.email)));
    if (old_password == judged->bytes())
        return Failure{PasswordFailure{PasswordRefusal::same}};
    const auto hash = m_around.hasher.hash(judged->bytes());
    if (!hash)
        return Failure{PasswordFailure{PasswordRefusal::unavailable}};
    const UnixSeconds now = m_around.clock.now();
    const std::string token = wire::encode_base64url(m_around.random.bytes(TOKEN_BYTES));
    if (!m_around.staff.change_staff_password({member.id, *hash, security::hash_token(token), now},
                                              audit_line({member, {}}, now, "staff.password", object_of(member))))
        return Failure{PasswordFailure{PasswordRefusal::unavailable}};
    BegunSession session{member, token, expiry(now, now)};
    session.member.password_is_temporary = false;
    return session;
}

Result<std::string, CodeFailure> Sessions::propose_totp(const StaffMember& member) {
    if (member.has_totp)
        return Failure{CodeFailure{CodeRefusal::on_already}};
    const std::string secret = m_around.random.bytes(security::TOTP_SECRET_BYTES);
    if (!m_around.staff.propose_totp(member.id, m_box.seal(secret, purpose_of(member.id))))
        return Failure{CodeFailure{CodeRefusal::unavailable}};
    return secret;
}

Result<Done, CodeFailure> Sessions::confirm_totp(const StaffMember& member, const std::string& code) {
    if (member.has_totp)
        return Failure{CodeFailure{CodeRefusal::on_already}};
    const auto credentials = m_around.staff.staff_credentials_of(member.id);
    if (!credentials || !*credentials)
        return Failure{CodeFailure{CodeRefusal::unavailable}};
    const std::string& sealed = (*credentials)->totp_proposed;
    const auto secret = opened(sealed, member.id);
    if (!secret)
        return Failure{CodeFailure{CodeRefusal::not_proposed}};
    const UnixSeconds now = m_around.clock.now();
    const auto step = security::totp_step_of(*secret, code, now, 0);
    if (!step)
        return Failure{CodeFailure{CodeRefusal::wrong}};
    const auto confirmed = m_around.staff.confirm_totp(
        member.id, sealed, *step, audit_line({member, {}}, now, "staff.totp_on", object_of(member)));
    if (!confirmed)
        return Failure{CodeFailure{CodeRefusal::unavailable}};
    if (!*confirmed)
        return Failure{CodeFailure{CodeRefusal::not_proposed}};
    return Done{};
}

Result<Done, CodeFailure> Sessions::remove_totp(const StaffMember& member, const std::string& code) {
    if (!member.has_totp)
        return Failure{CodeFailure{CodeRefusal::off_already}};
    if (const int wait = attempt_of(member))
        return Failure{CodeFailure{CodeRefusal::slow_down, wait}};
    const auto credentials = m_around.staff.staff_credentials_of(member.id);
    if (!credentials || !*credentials)
        return Failure{CodeFailure{CodeRefusal::unavailable}};
    const auto secret = opened((*credentials)->totp_secret, member.id);
    const UnixSeconds now = m_around.clock.now();
    const auto step = secret ? security::totp_step_of(*secret, code, now, (*credentials)->totp_last_step)
                             : std::optional<std::int64_t>();
    if (!step)
        return Failure{CodeFailure{CodeRefusal::wrong}};
    const auto removed = m_around.staff.remove_totp(member.id, *step,
                                                    audit_line({member, {}}, now, "staff.totp_off", object_of(member)));
    if (!removed)
        return Failure{CodeFailure{CodeRefusal::unavailable}};
    if (!*removed)
        return Failure{CodeFailure{CodeRefusal::wrong}};
    m_accounts.succeeded(account_key(member.portal, email_key(member.email)));
    return Done{};
}

} // namespace foyer::server::staff
