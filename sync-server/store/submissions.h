// Envelopes and what became of them.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/accounts.h"
#include "store/error.h"
#include "store/mails.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace foyer::server::store {

// An envelope that was verified, opened and judged good, with everything that must become true with it.
struct NewSubmission {
    std::string envelope_id; // 16 bytes
    std::string digest;      // SHA-256 of the body, 32 bytes
    std::string device;      // thumbprint of the key that signed, 32 bytes
    std::string sealed;      // the whole body; kept only until the password in it has been hashed
    std::string portal;      // slug
    std::string revision;    // 16 bytes
    std::uint16_t procedure = 0;
    std::string number_prefix; // "OUDON"
    int year = 0;              // of reception, in the town's local time
    std::string answers;       // canonical JSON, without the password
    std::string language;
    std::string filled_at;
    UnixSeconds received_at = 0;
    std::string due_by; // YYYY-MM-DD

    Person person;
    std::string email;
    std::string email_key; // folded for comparison
    std::string identifier;
    std::string identifier_key; // folded for comparison
    // A pending account that claimed the same identifier before this instant no longer holds it.
    UnixSeconds claims_lapse_before = 0;
    std::string activation_key_hash;

    // Both are called inside the transaction and may be called again when it is retried: pure functions.
    std::function<std::string(const std::string& number)> make_receipt;
    std::function<NewMail(AccountId account, bool identifier_taken)> make_mail;
};

struct Accepted {
    enum class Kind {
        stored,
        replayed, // the same envelope was stored before: its receipt, byte for byte
        conflict, // another envelope has this id
    };
    Kind kind = Kind::stored;
    std::string receipt; // empty for a conflict
};

struct StoredEnvelope {
    std::string digest;
    std::string device; // thumbprint, 32 bytes
    std::string receipt;
};

// A password that waits to be hashed, still inside its envelope.
struct PasswordJob {
    std::int64_t sequence = 0;
    AccountId account;
    std::string envelope_id;
    std::string device;
    std::string sealed;
};

class SubmissionStore {
public:
    virtual ~SubmissionStore() = default;

    // Idempotent by (envelope id, digest). Numbers are gap-free per town and year: a number is taken only by a
    // transaction that commits.
    virtual Result<Accepted, StoreError> accept(const NewSubmission& submission) = 0;

    virtual Result<std::optional<StoredEnvelope>, StoreError> find_envelope(const std::string& envelope_id) = 0;

    // The oldest job after this sequence number; nothing when all are done.
    virtual Result<std::optional<PasswordJob>, StoreError> next_password_job(std::int64_t after) = 0;

    // Stores the hash, erases the sealed part, ends the job. Harmless when the job is gone.
    virtual Result<Done, StoreError> finish_password_job(const PasswordJob& job, const std::string& hash) = 0;
};

} // namespace foyer::server::store
