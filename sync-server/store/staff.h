// The people who work in a town hall, their sessions and their scripts' tokens.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept. Each change takes the
// line of the audit log that tells it and writes it in the same transaction; a change that does not come about writes
// none.
#pragma once

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"
#include "store/audit.h"
#include "store/error.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::store {

using StaffId = Id<struct StaffTag>;
using StaffTokenId = Id<struct StaffTokenTag>;

// In the order of what they may do: each may what the one before may.
enum class StaffRole : std::uint8_t {
    agent,         // works on requests, of some services or of all
    manager,       // and sees everything of the town
    administrator, // and looks after the staff, the tokens and the audit log
};
inline constexpr std::array<std::string_view, 3> STAFF_ROLE_NAMES = {"agent", "manager", "administrator"};
[[nodiscard]] inline std::string_view name(StaffRole role) { return STAFF_ROLE_NAMES[static_cast<std::size_t>(role)]; }
[[nodiscard]] inline std::optional<StaffRole> staff_role_from(std::string_view text) {
    for (std::size_t i = 0; i < STAFF_ROLE_NAMES.size(); ++i)
        if (STAFF_ROLE_NAMES[i] == text)
            return static_cast<StaffRole>(i);
    return std::nullopt;
}

// What a token may be used for.
enum class TokenScope : std::uint8_t {
    reading,
    deciding,
    importing,
    exporting,
    calendar, // the days requests are due, and nothing else
};
inline constexpr std::array<std::string_view, 5> TOKEN_SCOPE_NAMES = {"read", "decide", "import", "export", "calendar"};
[[nodiscard]] inline std::string_view name(TokenScope scope) {
    return TOKEN_SCOPE_NAMES[static_cast<std::size_t>(scope)];
}
[[nodiscard]] inline std::optional<TokenScope> token_scope_from(std::string_view text) {
    for (std::size_t i = 0; i < TOKEN_SCOPE_NAMES.size(); ++i)
        if (TOKEN_SCOPE_NAMES[i] == text)
            return static_cast<TokenScope>(i);
    return std::nullopt;
}

struct StaffMember {
    StaffId id;
    std::string portal; // the town's slug
    std::string email;
    std::string name;
    StaffRole role = StaffRole::agent;
    std::vector<std::string> services; // of an agent; empty: all
    bool disabled = false;
    bool password_is_temporary = false; // given by an administrator: the first thing to do is to choose one's own
    bool has_totp = false;
    UnixSeconds created_at = 0;
    std::optional<UnixSeconds> last_login_at;

    // Whether requests of this service are this member's matter; an empty one is everybody's.
    [[nodiscard]] bool works_for(std::string_view service) const {
        if (role != StaffRole::agent || services.empty() || service.empty())
            return true;
        for (const std::string& own : services)
            if (own == service)
                return true;
        return false;
    }
};

// What a login needs: never leaves the server's memory.
struct StaffCredentials {
    StaffMember member;
    std::string password_hash;
    std::optional<UnixSeconds> password_good_until; // of a temporary one
    std::string totp_secret;                        // sealed; empty: none is asked for
    std::string totp_proposed;                      // sealed; shown and not yet confirmed
    std::int64_t totp_last_step = 0;                // of the last code that was accepted
};

struct NewStaffMember {
    std::string portal;
    std::string email;
    std::string email_key; // folded for comparison
    std::string name;
    StaffRole role = StaffRole::agent;
    std::vector<std::string> services;
    std::string password_hash; // of a temporary password
    UnixSeconds password_good_until = 0;
    UnixSeconds now = 0;
};

struct StaffChange {
    std::string portal;
    StaffId staff;
    std::optional<std::string> name = {};
    std::optional<StaffRole> role = {};
    std::optional<std::vector<std::string>> services = {};
    std::optional<bool> disabled = {}; // true ends every session and stops every token
    UnixSeconds now = 0;
    // Refuses to leave the town without an administrator who can log in. The terminal can always make one.
    bool keeps_an_administrator = true;
};
enum class StaffChangeOutcome { changed, unknown, last_administrator };

struct StaffReset {
    std::string portal;
    StaffId staff;
    std::string password_hash; // of a temporary password
    UnixSeconds password_good_until = 0;
};

struct StaffSession {
    StaffMember member;
    UnixSeconds created_at = 0;
    UnixSeconds last_seen_at = 0;
};

struct NewStaffSession {
    StaffId staff;
    std::string token_hash;                // SHA-256 of the cookie's text, 32 bytes
    std::string replaced_hash;             // of the session this browser had before; may be empty
    std::string password_hash;             // the stored one, against which the password was right
    std::optional<std::int64_t> totp_step; // of the code that was right
    UnixSeconds now = 0;
    UnixSeconds oldest_seen = 0;    // sessions seen last before this instant are over, and cleared away
    UnixSeconds oldest_created = 0; // so are those that began before this one
};
enum class SessionOutcome {
    begun,
    code_used, // the code was accepted once already
    gone,      // disabled, or the password changed, meanwhile
};

struct StaffPasswordChange {
    StaffId staff;
    std::string password_hash;
    std::string token_hash; // of the one session there is afterwards
    UnixSeconds now = 0;
};

struct StaffToken {
    StaffTokenId id;
    StaffId staff; // who made it: it may never more than this member
    std::string name;
    std::vector<TokenScope> scopes;
    UnixSeconds created_at = 0;
    UnixSeconds expires_at = 0;
    std::optional<UnixSeconds> last_used_at;
    std::optional<UnixSeconds> revoked_at;
};

struct NewStaffToken {
    std::string portal;
    StaffId staff;
    std::string name;
    std::string key_hash; // SHA-256 of its text, 32 bytes
    std::vector<TokenScope> scopes;
    UnixSeconds now = 0;
    UnixSeconds expires_at = 0;
};

struct StaffTokenHolder {
    StaffToken token;
    StaffMember member;
};

class StaffStore {
public:
    virtual ~StaffStore() = default;

    // By id; another town's member is as unknown as one who does not exist.
    virtual Result<std::optional<StaffMember>, StoreError> find_staff(const std::string& portal, StaffId staff) = 0;
    virtual Result<std::optional<StaffMember>, StoreError> find_staff(const std::string& portal,
                                                                      const std::string& email_key) = 0;
    // By id, the disabled too.
    virtual Result<std::vector<StaffMember>, StoreError> staff_of(const std::string& portal) = 0;
    virtual Result<std::optional<StaffCredentials>, StoreError> staff_credentials(const std::string& portal,
                                                                                  const std::string& email_key) = 0;
    virtual Result<std::optional<StaffCredentials>, StoreError> staff_credentials_of(StaffId staff) = 0;

    // Nothing: the address belongs to a member already. The line's object becomes the new member.
    virtual Result<std::optional<StaffId>, StoreError> add_staff(const NewStaffMember& member, NewAuditLine line) = 0;
    virtual Result<StaffChangeOutcome, StoreError> change_staff(const StaffChange& change,
                                                                const NewAuditLine& line) = 0;
    // A temporary password; TOTP is switched off, every session ended. False: unknown.
    virtual Result<bool, StoreError> reset_staff(const StaffReset& reset, const NewAuditLine& line) = 0;

    virtual Result<SessionOutcome, StoreError> begin_staff_session(const NewStaffSession& session,
                                                                   const NewAuditLine& line) = 0;
    // Whatever its age, and also of a member who is disabled: the caller judges.
    virtual Result<std::optional<StaffSession>, StoreError> staff_session(const std::string& token_hash) = 0;
    virtual Result<Done, StoreError> staff_session_seen(const std::string& token_hash, UnixSeconds now) = 0;
    // Harmless, and without a line, when it is gone.
    virtual Result<Done, StoreError> end_staff_session(const std::string& token_hash, const NewAuditLine& line) = 0;

    // One's own password: every session ends and one new begins.
    virtual Result<Done, StoreError> change_staff_password(const StaffPasswordChange& change,
                                                           const NewAuditLine& line) = 0;

    // TOTP: a secret is proposed, and counts once a code made with it was shown. `sealed`: the secret as stored.
    virtual Result<Done, StoreError> propose_totp(StaffId staff, const std::string& sealed) = 0;
    // False: another secret was proposed meanwhile.
    virtual Result<bool, StoreError> confirm_totp(StaffId staff, const std::string& sealed, std::int64_t step,
                                                  const NewAuditLine& line) = 0;
    // False: the code was accepted once already.
    virtual Result<bool, StoreError> remove_totp(StaffId staff, std::int64_t step, const NewAuditLine& line) = 0;

    // The line's object becomes the new token.
    virtual Result<StaffTokenId, StoreError> add_staff_token(const NewStaffToken& token, NewAuditLine line) = 0;
    // By id, the revoked and expired too.
    virtual Result<std::vector<StaffToken>, StoreError> staff_tokens(const std::string& portal) = 0;
    // Whatever has become of it: the caller judges.
    virtual Result<std::optional<StaffTokenHolder>, StoreError> staff_token(const std::string& key_hash) = 0;
    virtual Result<Done, StoreError> staff_token_used(StaffTokenId token, UnixSeconds now) = 0;
    // False: unknown, or revoked already.
    virtual Result<bool, StoreError> revoke_staff_token(const std::string& portal, StaffTokenId token, UnixSeconds now,
                                                        const NewAuditLine& line) = 0;
};

} // namespace foyer::server::store
