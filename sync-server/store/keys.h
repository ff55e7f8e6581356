// Service keys and invitations: codes that prove to the town who somebody is. Only their hashes are here.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/error.h"
#include "store/households.h"
#include "store/mails.h"

#include <optional>
#include <string>
#include <vector>

namespace foyer::server::store {

// The service of a code that one representative sends to the other.
inline constexpr const char* INVITATION = "invitation";

// Bad codes of one account within these seconds after which its codes are no longer looked up.
inline constexpr UnixSeconds KEY_ATTEMPTS_WINDOW = UnixSeconds{24} * 3600;
inline constexpr int KEY_ATTEMPTS_ALLOWED = 10;

struct NewKey {
    std::string portal;
    std::string service; // "enfance", or INVITATION
    std::string hash;    // keys/key_hash.h; 32 bytes
    HouseholdId household;
    PersonId person; // the representative it is for
    UnixSeconds issued_at = 0;
    std::optional<UnixSeconds> expires_at;
    bool spares_live_one = false; // not stored when this person has a key of the service that can still be used
};

enum class KeyState { live, used, expired, revoked };

// A key as the town sees it afterwards: everything but the key itself.
struct KeyRecord {
    std::int64_t id = 0;
    std::string service;
    HouseholdId household;
    std::string family_id; // the imported system's; may be empty
    PersonId person;
    std::string first_names;
    std::string last_name;
    UnixSeconds issued_at = 0;
    std::optional<UnixSeconds> expires_at;
    std::optional<UnixSeconds> used_at;
    std::optional<UnixSeconds> revoked_at;
    KeyState state = KeyState::live;
};

struct KeyQuestion {
    std::string portal;
    std::vector<std::string> services = {}; // empty: all
    std::optional<KeyState> state = {};
    std::optional<HouseholdId> household = {};
    std::int64_t before = 0; // the last id of the page before; 0: from the newest
    int limit = 50;
    UnixSeconds now = 0;
};

struct KeyRevocation {
    std::string portal;
    std::vector<std::string> services = {}; // whose keys may be; empty: all
    std::vector<std::int64_t> keys = {};    // empty: every one of `service` that can still be used
    std::string service = {};
    UnixSeconds now = 0;
};

struct NewInvitation {
    NewKey key;
    AccountId inviter;
    std::string email; // where it is sent
    NewMail mail;
};

enum class InviteOutcome {
    invited,        // an earlier invitation of the same person is revoked
    has_account,    // the person is somebody's own already
    unknown_person, // nobody active of the inviter's own household, or not a representative
};

struct Invitation {
    PersonId person;
    std::string email;
    std::string state; // "sent", "used", "expired"
};

// A code as somebody has typed it, on its way into a submission.
struct TypedKey {
    std::string service; // "enfance", or INVITATION
    std::string typed;   // as it was written; kept for the staff only when it opens nothing
    std::string hash;
    bool mistyped = false; // its check characters do not hold: not looked up
};

// What became of a typed code.
struct KeyEntry {
    std::string service;
    std::string state;  // "known": the family is linked; "queued": the staff looks at it
    std::string reason; // of a queued one: wrong, used, expired, revoked, mistyped, limited, other_family, has_account
    UnixSeconds at = 0;
};

class KeyStore {
public:
    virtual ~KeyStore() = default;

    // Stores them in one transaction, with the line when any is. An unused key of the same service and representative
    // is revoked: the newest letter counts. Gives the id of each, in their order; 0 of one that was not stored because
    // its person has gone, has an account by now, or a key that is to be spared.
    virtual Result<std::vector<std::int64_t>, StoreError> issue(const std::vector<NewKey>& keys,
                                                                const NewAuditLine& line) = 0;

    // Keys that were issued (no invitations), newest first.
    virtual Result<std::vector<KeyRecord>, StoreError> keys(const KeyQuestion& question) = 0;
    // Gives how many can no longer be used for it; without any, no line is written.
    virtual Result<std::int64_t, StoreError> revoke(const KeyRevocation& revocation, const NewAuditLine& line) = 0;

    // Stores the key and queues its mail.
    virtual Result<InviteOutcome, StoreError> invite(const NewInvitation& invitation) = 0;
};

} // namespace foyer::server::store
