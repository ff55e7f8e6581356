// All that an account is shown, read in one piece, and the cursor that says whether it is still so.
//
// Threading: any thread. Reads see the last durable state.
#pragma once

#include "base/result.h"
#include "store/accounts.h"
#include "store/answers.h"
#include "store/colleague.h"
#include "store/error.h"
#include "store/households.h"
#include "store/keys.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foyer::server::store {

struct SubmissionEvent {
    UnixSeconds at = 0;
    // "received", "processing", "released", "waiting", "corrected", "accepted", "refused", "withdrawn"
    std::string event;
    std::string note; // the agent's words: a refusal's reason, what a correction is asked for; else empty
    std::optional<Colleague> by = {}; // who of the staff; nobody for what the family or the server did
    std::string code = {}; // a refusal's reason in the town's list; how something came in, if not by itself ("file")
};

// What the staff asks to have corrected.
struct CorrectionAsked {
    std::vector<std::string> fields; // "children.0.birth_date"
    std::string message;             // the agent's words
};

struct SubmissionView {
    SubmissionSummary summary;
    std::vector<SubmissionEvent> history;      // oldest first
    Answers answers;                           // as they are now
    std::optional<CorrectionAsked> correction; // while the state is "waiting"
};

struct Message {
    UnixSeconds at = 0;
    std::string kind;                       // "accepted", "refused", "waiting", "key_known", …
    Answers parameters;                     // what its sentence needs: number, reason
    std::optional<std::string> envelope_id; // of the submission it is about; 16 bytes
};

struct AccountSnapshot {
    std::int64_t cursor = 0;
    Account account;
    std::optional<std::string> email_pending; // asked for, not confirmed yet
    Answers profile;
    std::vector<SubmissionView> submissions; // newest first
    std::vector<Message> messages;           // newest first
    std::optional<Household> household;      // whole: households/visibility.h says what of it may be shown
    std::vector<KeyEntry> keys;              // the last word on each service
    std::vector<Device> devices;             // last seen first
    std::vector<Invitation> invitations;     // sent by this account
};

class SnapshotStore {
public:
    virtual ~SnapshotStore() = default;

    // At most `limit` submissions and messages. Nothing when nobody has this id.
    virtual Result<std::optional<AccountSnapshot>, StoreError> snapshot(AccountId account, int limit,
                                                                        UnixSeconds now) = 0;

    // The cursor of this account: grows with every change of what it is shown. 0: never anything.
    virtual Result<std::int64_t, StoreError> cursor_of(AccountId account) = 0;

    // The newest change of anybody, made by this process or by another one on the same data. One index look-up.
    virtual Result<std::int64_t, StoreError> last_change() = 0;
    // Whose cursor has grown beyond this one; each once.
    virtual Result<std::vector<AccountId>, StoreError> changed_since(std::int64_t cursor) = 0;
};

} // namespace foyer::server::store
