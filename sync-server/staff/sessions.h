// The use cases of logging in: by e-mail address, password and, where a member has switched it on, a code from an
// authenticator. Wrong is wrong: whether there is such a member is told neither by the answer nor by its time.
#pragma once

#include "base/problem.h"
#include "security/back_off.h"
#include "security/secret_box.h"
#include "staff/caller.h"
#include "staff/surroundings.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::server::staff {

inline constexpr UnixSeconds SESSION_IDLE_SECONDS = UnixSeconds{30} * 60;      // without a call by a person
inline constexpr UnixSeconds SESSION_LONGEST_SECONDS = UnixSeconds{10} * 3600; // a day at work

struct LoginAttempt {
    std::string portal;
    std::string email;
    std::string password;
    std::optional<std::string> code;
    std::string address;  // the client's, for the back-off
    std::string replaced; // the cookie's text this browser had before; may be empty
};

struct BegunSession {
    store::StaffMember member;
    std::string token; // the cookie's text: 256 random bits, in base64url
    UnixSeconds expires_at = 0;
};

struct ActiveSession {
    store::StaffMember member;
    std::string token_hash;
    UnixSeconds expires_at = 0;
};

enum class LoginRefusal { wrong, code_needed, slow_down, busy, unavailable };
struct LoginFailure {
    LoginRefusal why = LoginRefusal::wrong;
    int retry_after_seconds = 0;
};

enum class PasswordRefusal { wrong, weak, same, slow_down, unavailable };
struct PasswordFailure {
    PasswordRefusal why = PasswordRefusal::wrong;
    int retry_after_seconds = 0;
    std::vector<Problem> problems = {}; // weak: of the field "new"
};

enum class CodeRefusal {
    wrong,
    not_proposed, // there is no secret to confirm
    on_already,   // switch it off first
    off_already,
    slow_down,
    unavailable,
};
struct CodeFailure {
    CodeRefusal why = CodeRefusal::wrong;
    int retry_after_seconds = 0;
};

class Sessions {
public:
    // `box`: for the secrets of authenticators.
    Sessions(StaffSurroundings surroundings, security::SecretBox box);

    [[nodiscard]] Result<BegunSession, LoginFailure> log_in(const LoginAttempt& attempt);
    [[nodiscard]] Result<Done, store::StoreError> log_out(const ActiveSession& session);

    // Nothing: there is none, it is over, or its member is disabled. A call by a person keeps it alive; one that the
    // page makes by itself does not.
    enum class Presence { person, page };
    [[nodiscard]] Result<std::optional<ActiveSession>, store::StoreError> find(const std::string& token,
                                                                               Presence presence);

    // Ends every session of the member and begins a new one.
    [[nodiscard]] Result<BegunSession, PasswordFailure>
    change_password(const store::StaffMember& member, const std::string& current, const std::string& wanted);

    // Gives the new secret, 20 bytes. It counts once a code made with it has been shown.
    [[nodiscard]] Result<std::string, CodeFailure> propose_totp(const store::StaffMember& member);
    [[nodiscard]] Result<Done, CodeFailure> confirm_totp(const store::StaffMember& member, const std::string& code);
    [[nodiscard]] Result<Done, CodeFailure> remove_totp(const store::StaffMember& member, const std::string& code);

private:
    void refuse(const LoginAttempt& attempt, const std::optional<store::StaffCredentials>& known, const char* why);
    [[nodiscard]] std::optional<std::string> opened(const std::string& sealed, store::StaffId staff) const;
    [[nodiscard]] int attempt_of(const store::StaffMember& member);

    StaffSurroundings m_around;
    security::SecretBox m_box;
    security::BackOff m_accounts;
    security::BackOff m_addresses;
};

// How an address is looked for; also for text that is none.
[[nodiscard]] std::string email_key(std::string_view typed);

} // namespace foyer::server::staff
