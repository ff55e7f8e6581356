// The use cases of an account after its registration: activate, mail again, log in and out, lost password, “me”.
// What is asked for an account that does not exist takes the same path and the same time as for one that does: mails
// are seen to in the background, and a login always costs one password hash.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "domain/reference_data.h"
#include "form/extract.h"
#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "security/passwords.h"
#include "security/rate_limiter.h"
#include "store/accounts.h"
#include "support/background.h"
#include "support/log.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server {

struct AccountSurroundings {
    store::AccountStore& accounts;
    const Clock& clock;
    security::RandomSource& random;
    security::PasswordHasher& hasher;
    Background& background;
    Log& log;
    const domain::ReferenceData* reference = nullptr;
    std::function<const i18n::Texts&(std::string_view language)> texts;
    std::string origin;
    std::function<void()> on_mail = [] {};
    int logins_per_hour = 20;
    int mails_per_hour = 4;
};

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

struct Session {
    store::Account account;
};

struct Throttled {
    int retry_after_seconds = 0;
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
                                                       const std::string& thumbprint, const std::string& public_key);
    [[nodiscard]] Result<Done, store::StoreError> log_out(const portals::Published& town,
                                                          const std::string& thumbprint);

    [[nodiscard]] Result<Done, NewPasswordFailure> choose_password(const form::NewPassword& wanted);

    // Nothing when the device is bound to no account of this town.
    [[nodiscard]] Result<std::optional<Me>, store::StoreError> me(const portals::Published& town,
                                                                  const std::string& thumbprint);

    static constexpr int RESET_HOURS = 24;

private:
    void send_activation_again(const portals::Published& town, const store::Account& account);
    void send_reset(const portals::Published& town, const store::Account& account);
    template <typename Send>
    bool in_background(const portals::Published& town, const form::AccountName& name, const char* what, Send send);

    AccountSurroundings m_around;
    security::RateLimiter m_logins;
    security::RateLimiter m_mails;
};

} // namespace foyer::server
