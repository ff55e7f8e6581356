// What the use cases need to know about accounts, whatever database holds them.
//
// Threading: every method may be called from any thread. A method that changes something returns only when the change
// is durable; on a StoreError nothing of it was kept. Reads see the last durable state.
#pragma once

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "store/answers.h"
#include "store/error.h"
#include "store/mails.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace foyer::server::store {

using AccountId = Id<struct AccountTag>;
using ResetId = Id<struct ResetTag>;
using EmailChangeId = Id<struct EmailChangeTag>;

enum class AccountState {
    pending, // registered, the activation link has not been used
    active,
};

struct Person {
    std::string civility; // the answer's option id; empty when not stated
    std::string first_names;
    std::string last_name;
};

struct Account {
    AccountId id;
    std::string portal;    // the town's slug
    std::string reference; // 16 hex digits; how devices name the account
    AccountState state = AccountState::pending;
    std::string wanted_identifier;         // as it was typed at registration
    std::optional<std::string> identifier; // none while the wanted one belongs to somebody else
    Person person;
    std::string email;
    std::string language;
    bool has_password = false; // false until the background job has hashed it
};

// What login needs: never leaves the server's memory.
struct Credentials {
    AccountId id;
    AccountState state = AccountState::pending;
    std::optional<std::string> password_hash;
};

// One activation link, known by the hash of its key only.
struct ActivationToken {
    std::string key_hash; // SHA-256, 32 bytes
    UnixSeconds created_at = 0;
    bool revoked = false; // a newer link was asked for
};

struct ActivationView {
    Account account;
    std::vector<ActivationToken> tokens;
};

enum class ActivationOutcome {
    activated,
    already_active,   // by this very link or by another
    revoked,          // a newer link has been sent
    expired,          // older than the oldest instant accepted
    wrong_key,        // no link of this account has this key
    unknown_account,  // nobody has this id
    identifier_taken, // the wanted identifier, or the one chosen instead, belongs to somebody else: nothing changed
};

struct Activation {
    AccountId account;
    std::string key_hash;
    struct Identifier {
        std::string text; // as typed
        std::string key;  // folded for comparison
    };
    std::optional<Identifier> identifier; // chosen instead of one that was taken
    UnixSeconds oldest_accepted = 0;      // a link made before this instant is expired
    UnixSeconds now = 0;
};

enum class ResetOutcome { done, unknown_or_wrong, used_or_old };

// A device on which somebody is logged in.
struct Device {
    std::string thumbprint; // 32 bytes
    std::string label;      // "Firefox, Android"; empty when not known
    UnixSeconds bound_at = 0;
    UnixSeconds last_seen_at = 0;
};

struct PasswordChange {
    AccountId account;
    std::string password_hash;
    std::string kept_device; // thumbprint of the device it is changed on; every other one is unbound
    UnixSeconds now = 0;
};

// How long the link for a new address is good.
inline constexpr UnixSeconds EMAIL_CHANGE_SECONDS = UnixSeconds{48} * 3600;

// A new address that waits for its link to be used.
struct EmailChange {
    EmailChangeId id;
    Account account;   // with its present address
    std::string email; // the new one
    UnixSeconds asked_at = 0;
    bool ended = false; // used, or replaced by a newer one
};

struct EmailConfirmation {
    EmailChangeId change;
    std::string key_hash;
    UnixSeconds oldest_accepted = 0;
    UnixSeconds now = 0;
    // Called inside the transaction: the mail to the old address. Pure.
    std::function<NewMail(const EmailChange&)> make_notice;
};

struct SubmissionSummary {
    std::string envelope_id; // 16 bytes
    std::string number;
    std::uint16_t procedure = 0;
    std::string state;
    UnixSeconds received_at = 0;
    std::string due_by; // YYYY-MM-DD
};

class AccountStore {
public:
    virtual ~AccountStore() = default;

    // The account with its links; nothing when nobody has this id.
    virtual Result<std::optional<ActivationView>, StoreError> activation(AccountId account) = 0;

    // Uses the link: one transaction, at most one caller ever gets `activated` for an account.
    virtual Result<ActivationOutcome, StoreError> activate(const Activation& activation) = 0;

    // Pending and active accounts of a town whose identifier (folded) or e-mail address (folded) is this one. A shared
    // address gives several.
    virtual Result<std::vector<Account>, StoreError>
    find_by_contact(const std::string& portal, const std::string& identifier_key, const std::string& email_key) = 0;

    // Replaces the account's links by a new one and queues its mail. Does nothing (and still succeeds) when the
    // account is no longer pending.
    virtual Result<Done, StoreError> renew_activation(AccountId account, const std::string& key_hash, NewMail mail,
                                                      UnixSeconds now) = 0;

    // Makes a reset link, revokes the older ones, queues the mail made from the new link's id.
    virtual Result<Done, StoreError> request_reset(AccountId account, const std::string& key_hash,
                                                   const std::function<NewMail(ResetId)>& make_mail,
                                                   UnixSeconds now) = 0;

    // The account a usable link is for, so that the new password can be judged before it is hashed.
    virtual Result<std::optional<Account>, StoreError> account_of_reset(ResetId reset, const std::string& key_hash,
                                                                        UnixSeconds oldest_accepted) = 0;

    // Uses the link: sets the hash and unbinds every device of the account, in one transaction.
    virtual Result<ResetOutcome, StoreError> reset_password(ResetId reset, const std::string& key_hash,
                                                            const std::string& password_hash,
                                                            UnixSeconds oldest_accepted, UnixSeconds now) = 0;

    virtual Result<std::optional<Credentials>, StoreError> credentials(const std::string& portal,
                                                                       const std::string& identifier_key) = 0;

    virtual Result<std::optional<Account>, StoreError> find(AccountId account) = 0;

    // The hash by the account itself, to ask for the old password before it is changed.
    virtual Result<std::optional<Credentials>, StoreError> credentials_of(AccountId account) = 0;
    // Sets the hash and unbinds the other devices, in one transaction. Reset links that wait are revoked.
    virtual Result<Done, StoreError> change_password(const PasswordChange& change) = 0;

    // The change a link is for; nothing when nobody has this id or the key is wrong.
    virtual Result<std::optional<EmailChange>, StoreError> email_change(EmailChangeId change,
                                                                        const std::string& key_hash) = 0;
    // Uses the link: the address is the account's from now on, its profile gets a new version, the old address is
    // told; one transaction.
    virtual Result<ResetOutcome, StoreError> confirm_email(const EmailConfirmation& confirmation) = 0;

    // The newest version of what the account says of itself: registration's fields of identity, address and contact.
    virtual Result<Answers, StoreError> profile_of(AccountId account) = 0;

    // A device is bound to at most one account of a town; binding again is the same as binding once. An empty label
    // leaves the one there is.
    virtual Result<Done, StoreError> bind_device(const std::string& portal, const std::string& thumbprint,
                                                 const std::string& public_key, AccountId account, UnixSeconds now,
                                                 const std::string& label) = 0;
    virtual Result<Done, StoreError> unbind_device(const std::string& portal, const std::string& thumbprint) = 0;
    // False when this account has no such device: another's is as unknown as one that does not exist.
    virtual Result<bool, StoreError> unbind_device_of(AccountId account, const std::string& thumbprint) = 0;
    // Notes that the device was there. Cheap: it writes only when the last note is older than an hour.
    virtual Result<Done, StoreError> device_seen(const std::string& portal, const std::string& thumbprint,
                                                 UnixSeconds now) = 0;
    // Last seen first.
    virtual Result<std::vector<Device>, StoreError> devices_of(AccountId account) = 0;
    virtual Result<std::optional<Account>, StoreError> account_of_device(const std::string& portal,
                                                                         const std::string& thumbprint) = 0;

    // Newest first, at most `limit`.
    virtual Result<std::vector<SubmissionSummary>, StoreError> submissions_of(AccountId account, int limit) = 0;
};

} // namespace foyer::server::store
