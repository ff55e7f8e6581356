// Envelopes and what became of them.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept. Functions handed in
// are called inside the transaction and may be called again when it is retried: pure functions.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/accounts.h"
#include "store/answers.h"
#include "store/audit.h"
#include "store/colleague.h"
#include "store/error.h"
#include "store/households.h"
#include "store/keys.h"
#include "store/mails.h"
#include "store/snapshots.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::store {

// Something about a submission that the staff should see. It never blocks.
struct Mark {
    std::string code;  // a warning's code, "identifier_taken", or "key_wrong", "key_used", …
    std::string field; // the answer's key; empty when it is about the whole
};

// How a request came in: from the family's own device, filled in with an agent, taken by an agent from a file.
inline constexpr std::array<std::string_view, 3> ORIGINS = {"online", "counter", "file"};

// A submission as the staff works with it.
struct SubmissionRecord {
    std::int64_t id = 0;
    std::string envelope_id; // 16 bytes
    std::string portal;
    std::string revision; // 16 bytes
    std::uint16_t procedure = 0;
    std::string number;
    std::string state; // domain::name(SubmissionState)
    Account account;
    Answers answers;
    std::int64_t version = 1; // of the answers: corrections make new ones
    std::string language;
    std::string filled_at;
    UnixSeconds received_at = 0;
    std::string due_by;
    std::vector<Mark> marks;
    std::optional<CorrectionAsked> correction;
    std::optional<UnixSeconds> waiting_since;
    std::vector<SubmissionEvent> history;
    std::vector<KeyEntry> keys;
    std::string service;                 // whose matter it is; empty: every service's
    std::string origin = "online";       // one of ORIGINS
    std::optional<Colleague> claimed_by; // while the state is "processing"
    std::string pending;                 // the batch of a decision that may still be taken back; empty: none

    // Grows with everything that happens to it. Of a complete record.
    [[nodiscard]] std::int64_t moves() const { return static_cast<std::int64_t>(history.size()); }
};

struct ReceiptFacts {
    std::string number;
    std::string due_by; // YYYY-MM-DD
};

// How an envelope reached the town hall when an agent had a hand in it.
struct Reception {
    std::string origin = "online"; // one of ORIGINS
    std::optional<Colleague> by;
    // The line of the audit log, written with the submission; called inside the transaction.
    std::function<NewAuditLine(const std::string& number)> make_line = {};
};

// An envelope that was verified, opened and judged good: what every procedure has in common.
struct NewSubmission {
    std::string envelope_id; // 16 bytes
    std::string digest;      // SHA-256 of the body, 32 bytes
    std::string device;      // thumbprint of the key that signed, 32 bytes
    std::string portal;      // slug
    std::string revision;    // 16 bytes
    std::uint16_t procedure = 0;
    std::string service = {};  // whose matter it is: portal.json says; empty: every service's
    std::string number_prefix; // "OUDON"
    int year = 0;              // of reception, in the town's local time
    std::string answers;       // canonical JSON, without passwords and typed keys
    std::string language;
    std::string filled_at;
    UnixSeconds received_at = 0;
    std::string due_by; // YYYY-MM-DD
    std::vector<Mark> marks;
    std::vector<TypedKey> keys; // looked up in the same transaction
    // What the account says of itself from now on; nothing: this submission does not change it.
    std::optional<Answers> profile;
    Reception reception = {};

    std::function<std::string(const ReceiptFacts& facts)> make_receipt;
};

struct NewRegistration : NewSubmission {
    std::string sealed; // the whole body; kept only until the password in it has been hashed
    Person person;
    std::string email;
    std::string email_key; // folded for comparison
    std::string identifier;
    std::string identifier_key; // folded for comparison
    // A pending account that claimed the same identifier before this instant no longer holds it.
    UnixSeconds claims_lapse_before = 0;
    std::string activation_key_hash;
    std::function<NewMail(AccountId account, bool identifier_taken)> make_mail;
};

// Another e-mail address for an account: it counts once its link has been used. An earlier change that waits is
// replaced.
struct NewAddress {
    std::string email;
    std::string email_key; // folded for comparison
    std::string key_hash;
    std::function<std::vector<NewMail>(EmailChangeId change)> make_mails;
};

// A request of an account that exists: entourage, profile.
struct NewRequest : NewSubmission {
    AccountId account;
    // There is nothing for an agent to do unless it carries marks: it is accepted as it is received.
    bool needs_agent = true;
    std::optional<Person> person; // the account's name from now on
    std::optional<NewAddress> address;
};

// Answers the staff has asked for again. They are put into the submission they correct, which keeps its number.
struct NewCorrection : NewSubmission {
    AccountId account;
    std::string corrects; // envelope id of the submission; 16 bytes
    std::optional<NewAddress> address;
    // The whole answers from the ones there are, with the day by which an answer is due now and the new marks; from
    // the submission as it is inside the transaction. Nothing: the correction no longer fits.
    struct Merged {
        std::string answers; // canonical JSON
        std::string due_by;
        std::vector<Mark> marks;
        std::optional<Answers> profile;
        std::optional<Person> person;
    };
    std::function<std::optional<Merged>(const SubmissionRecord& submission)> merge;
};

struct Accepted {
    enum class Kind {
        stored,
        replayed,    // the same envelope was stored before: its receipt, byte for byte
        conflict,    // another envelope has this id
        unknown,     // a correction of nothing that this account has sent
        not_awaited, // a correction of a submission that does not wait for one
    };
    Kind kind = Kind::stored;
    std::string receipt; // of a stored or replayed one
};

struct StoredEnvelope {
    std::string digest;
    std::string device; // thumbprint, 32 bytes
    std::string receipt;
    std::string origin; // of the request it made; empty: it made none, it corrected one
};

// A password that waits to be hashed, still inside its envelope.
struct PasswordJob {
    std::int64_t sequence = 0;
    AccountId account;
    std::string envelope_id;
    std::string device;
    std::string sealed;
};

// What a decision sees inside its transaction.
struct DecisionView {
    SubmissionRecord submission;
    std::optional<Household> household; // the account's
    Answers profile;                    // the account's
    PersonId next_person;               // the first free id of a person
};

// What a decision changes, all in one transaction.
struct DecisionEffects {
    std::string state;
    SubmissionEvent event;
    std::optional<CorrectionAsked> correction; // asked for now; nothing: none is any more
    std::optional<HouseholdWrite> household;
    std::vector<std::pair<AccountId, Message>> messages; // all about this submission
    std::vector<NewMail> mails;
    std::vector<AccountId> changed;        // whose sync tells them
    std::optional<Colleague> claim = {};   // who works on it from now on; nobody otherwise
    std::optional<NewAuditLine> line = {}; // of the audit log
    std::string settles = {};              // the batch this decision was waiting in
};

struct SubmissionFilter {
    std::string portal;
    std::string state; // empty: any
    int limit = 100;
    std::int64_t after = 0; // id of the last one seen; oldest first
};

class SubmissionStore {
public:
    virtual ~SubmissionStore() = default;

    // Each is idempotent by (envelope id, digest). Numbers are gap-free per town and year: a number is taken only by a
    // transaction that commits.
    virtual Result<Accepted, StoreError> accept(const NewRegistration& registration) = 0;
    virtual Result<Accepted, StoreError> accept(const NewRequest& request) = 0;
    virtual Result<Accepted, StoreError> accept(const NewCorrection& correction) = 0;

    virtual Result<std::optional<StoredEnvelope>, StoreError> find_envelope(const std::string& envelope_id) = 0;

    // The oldest job after this sequence number; nothing when all are done.
    virtual Result<std::optional<PasswordJob>, StoreError> next_password_job(std::int64_t after) = 0;

    // Stores the hash, erases the sealed part, ends the job. Harmless when the job is gone.
    virtual Result<Done, StoreError> finish_password_job(const PasswordJob& job, const std::string& hash) = 0;

    // By number, and by envelope when it is this account's: another's is as unknown as one that does not exist.
    virtual Result<std::optional<SubmissionRecord>, StoreError> find_submission(const std::string& portal,
                                                                                const std::string& number) = 0;
    virtual Result<std::optional<SubmissionRecord>, StoreError> find_submission_of(AccountId account,
                                                                                   const std::string& envelope_id) = 0;
    virtual Result<std::vector<SubmissionRecord>, StoreError> list_submissions(const SubmissionFilter& filter) = 0;

    // Changes a submission by what `work` makes of it. Nothing from `work`: nothing is changed. False when there is no
    // such submission; `work` was not called then.
    using DecisionWork = std::function<std::optional<DecisionEffects>(const DecisionView& view)>;
    virtual Result<bool, StoreError> decide(std::int64_t submission, const DecisionWork& work) = 0;
};

} // namespace foyer::server::store
