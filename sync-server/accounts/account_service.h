// The use cases of an account after its registration: activate, mail again, log in and out, the password, the devices,
// “me”.
// What is asked for an account that does not exist takes the same path and the same time as for one that does: mails
// are seen to in the background, and a login always costs one password hash.
#pragma once

#include "accounts/account_surroundings.h"
#include "base/result.h"
#include "form/extract.h"
#include "security/rate_limiter.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server {

// What the activation link says about itself before anything is pressed.
enum class LinkState {
    usable,
    needs_identifier, // usable, and another identifier must be chosen first
    already_active,
    revoked,
    expired,
    wrong_key,
    unknown,
};

struct LinkView {
    LinkState state = LinkState::unknown;
    std::optional<store::Account> account; // only when the key is right
};

enum class ActivationResult {
    activated,
    identifier_needed, // none was chosen
    identifier_wrong,  // not one
    identifier_taken,  // belongs to somebody else as well
    already_active,
    revoked,
    expired,
    wrong_key,
    unknown,
};

struct DeviceAtLogin {
    std::string thumbprint; // 32 bytes
    std::string public_key;
    std::string label; // accounts/device_label.h
};

struct Session {
    store::Account account;
};

enum class LoginRefusal { wrong, throttled, busy, unavailable };
struct LoginFailure {
    LoginRefusal why = LoginRefusal::wrong;
    int retry_after_seconds = 0;
};

enum class NewPasswordRefusal { answers, link_used_or_old, unavailable };
struct NewPasswordFailure {
    NewPasswordRefusal why = NewPasswordRefusal::link_used_or_old;
    std::vector<Problem> problems = {};
};

enum class PasswordChangeRefusal { not_logged_in, old_password_wrong, answers, throttled, unavailable };
struct PasswordChangeFailure {
    PasswordChangeRefusal why = PasswordChangeRefusal::not_logged_in;
    int retry_after_seconds = 0;
    std::vector<Problem> problems = {};
};

enum class UnbindOutcome { unbound, unknown_device, not_logged_in };

struct Me {
    store::Account account;
    std::vector<store::SubmissionSummary> submissions;
};

class AccountService {
public:
    explicit AccountService(AccountSurroundings surroundings);

    // Nothing changes. `account_id` and `key` are the link's, any text.
    [[nodiscard]] Result<LinkView, store::StoreError> look_at_link(const portals::Published& town,
                                                                   std::string_view account_id, std::string_view key);
    // The button. `identifier`: typed on the page, when the wanted one was taken.
    [[nodiscard]] Result<ActivationResult, store::StoreError> activate(const portals::Published& town,
                                                                       std::string_view account_id,
                                                                       std::string_view key,
                                                                       std::string_view identifier);

    // Both return at once and tell nothing; what there is to do is done in the background. False: too much is waiting.
    [[nodiscard]] bool resend_activation(const portals::Published& town, const form::AccountName& name);
    [[nodiscard]] bool request_reset(const portals::Published& town, const form::AccountName& name);

    // Binds the device's key to the account.
    [[nodiscard]] Result<Session, LoginFailure> log_in(const portals::Published& town, const form::Login& login,
                                                       const DeviceAtLogin& device);
    [[nodiscard]] Result<Done, store::StoreError> log_out(const portals::Published& town,
                                                          const std::string& thumbprint);

    // Through a mailed link.
    [[nodiscard]] Result<Done, NewPasswordFailure> choose_password(const form::NewPassword& wanted);
    // By somebody logged in who knows the old one; counts as a login against guessing. Unbinds the other devices.
    [[nodiscard]] Result<Done, PasswordChangeFailure>
    change_password(const portals::Published& town, const form::PasswordChange& wanted, const std::string& thumbprint);

    // One of the caller's own devices, perhaps the one it calls from. `device`: its thumbprint.
    [[nodiscard]] Result<UnbindOutcome, store::StoreError>
    unbind_device(const portals::Published& town, const std::string& thumbprint, const std::string& device);

    // Nothing when the device is bound to no account of this town.
    [[nodiscard]] Result<std::optional<Me>, store::StoreError> me(const portals::Published& town,
                                                                  const std::string& thumbprint);

    static constexpr int RESET_HOURS = 24;

    // At once, by the staff: a new link in the place of the old ones. Nothing happens once the account is active.
    void send_activation_again(const portals::Published& town, const store::Account& account);

private:
    void send_reset(const portals::Published& town, const store::Account& account);
    template <typename Send>
    bool in_background(const portals::Published& town, const form::AccountName& name, const char* what, Send send);

    AccountSurroundings m_around;
    security::RateLimiter m_logins;
    security::RateLimiter m_mails;
};

} // namespace foyer::server
