// What the law on personal data asks of the database: data that has served is erased by rules, a person gets all that
// is held about them, a person is erased on demand; and the counts by day from which statistics are made.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/colleague.h"
#include "store/error.h"
#include "store/households.h"
#include "store/keys.h"
#include "store/mails.h"
#include "store/queue.h"
#include "store/snapshots.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer::server::store {

// The kinds of data a portal.json gives a duration to, in the order in which they are gone through.
enum class RetentionRule : std::uint8_t {
    pending_accounts,   // registered, never activated: since the last link was sent
    withdrawn_requests, // since the family took them back
    refused_requests,   // since the decision
    accepted_requests,  // since the decision
    kept_after_erasure, // decided requests of an erased person: since the decision
    inactive_accounts,  // no sign of life from anybody of the family: since the last one
    former_families,    // imported, without an account: since the last change
    former_versions,    // what was replaced by something newer: since it was replaced
    keys,               // service keys and invitations that can no longer be used: since then
    links,              // of mails, to activate, to choose a password, to confirm an address: since they were made
    devices,            // on which somebody was logged in: since they were there last
    mails,              // the log of what was sent, or could not be: since then
    deliveries,         // the log of what webhooks were told, or could not be: since then
    receipts,           // number, date and fingerprint of what was received, once the request is gone: since reception
    reports,            // of retention and of erasures: since they were made
};
inline constexpr std::array<std::string_view, 15> RETENTION_RULES = {"pending_accounts",
                                                                     "withdrawn_requests",
                                                                     "refused_requests",
                                                                     "accepted_requests",
                                                                     "kept_after_erasure",
                                                                     "inactive_accounts",
                                                                     "former_families",
                                                                     "former_versions",
                                                                     "keys",
                                                                     "links",
                                                                     "devices",
                                                                     "mails",
                                                                     "deliveries",
                                                                     "receipts",
                                                                     "reports"};
[[nodiscard]] inline std::string_view name(RetentionRule rule) {
    return RETENTION_RULES[static_cast<std::size_t>(rule)];
}

// Where a pass through the rows of a rule has come to.
struct RetentionPlace {
    std::int64_t order = 0;
    std::int64_t id = 0;
};
struct RetentionBatch {
    RetentionRule rule = RetentionRule::pending_accounts;
    std::string portal;
    UnixSeconds before = 0; // what is older than this is due
    UnixSeconds now = 0;
    UnixSeconds open_since = 0; // requests that somebody has looked at since then are left for another day
    RetentionPlace after;
    int limit = 0; // rows
    bool dry_run = false;
    UnixSeconds decided_after = 0; // inactive accounts: requests decided since then are kept (kept_after_erasure)
    // Inactive accounts: only those whose family was told, not after this and after that.
    UnixSeconds told_before = 0;
    UnixSeconds told_after = 0;
};
// Families that are told that their account will be erased unless somebody comes back.
struct NoticeBatch {
    std::string portal;
    UnixSeconds before = 0;     // no sign of life since
    UnixSeconds told_after = 0; // an older notice counts for nothing: somebody has come back since
    UnixSeconds now = 0;
    AccountId after;
    int limit = 0;
};
struct RetentionStep {
    std::int64_t erased = 0;            // or would be
    std::int64_t postponed = 0;         // due, but somebody is looking at it
    std::optional<RetentionPlace> next; // nothing: this was the last
};

struct RetentionCount {
    std::string rule;
    int days = 0;
    std::int64_t erased = 0;
    std::int64_t postponed = 0;
};
struct RetentionRun {
    std::int64_t id = 0;
    std::string portal;
    UnixSeconds started_at = 0;
    std::optional<UnixSeconds> finished_at;
    std::string started_by; // "daily", "terminal"
    bool dry_run = false;
    std::int64_t warned = 0; // families told that their account will be erased; of a dry run: that would be
    std::string state;       // "running", "done", "interrupted" (the program was killed)
    std::vector<RetentionCount> counts;
};

// What became of a person's data.
struct ErasureCount {
    std::string what; // "account", "device", "request", "mail", "message", "key", "person", "family", "note", …
    std::int64_t count = 0;
};
struct ErasureKept {
    std::string what;       // "request", "child", "receipt", "audit"
    std::string why;        // "contest" (a decision may be contested), "other_parent", "no_repeat", "proof"
    std::string number;     // of a request
    std::int64_t count = 1; //
    UnixSeconds until = 0;  // 0: without an end of its own
};
struct Erasure {
    std::int64_t id = 0; // 0: only asked what would happen
    std::string portal;
    std::string account; // its reference, which means nothing any more
    UnixSeconds at = 0;
    std::string by;                         // as in the audit log
    std::vector<std::string> open_requests; // numbers; they end with the person
    std::vector<ErasureCount> erased;
    std::vector<ErasureKept> kept;
};
struct NewErasure {
    std::string portal;
    std::string account; // its reference
    UnixSeconds now = 0;
    UnixSeconds decided_after = 0;   // requests decided since then are kept, under nobody's name
    UnixSeconds keep_seconds = 0;    // for so long after the decision
    UnixSeconds receipt_seconds = 0; // so long after reception its receipt goes
    bool apply = false;              // false: nothing changes
    bool open_too = false;           // also when requests are still open
    std::string by;                  // as in the audit log
    NewAuditLine line;
};

// All that is held about a person, as it is stored.
struct PersonNote {
    std::string number;
    Note note;
};
struct PersonVersion {
    std::int64_t version = 0;
    UnixSeconds at = 0;
    Answers answers;
};
struct PersonFile {
    std::optional<PersonId> person;         // of the household, who has no account: then there is none in the snapshot
    AccountSnapshot snapshot;               // whole: households/visibility.h says what is the person's to read
    std::vector<SubmissionRecord> requests; // oldest first
    std::vector<PersonNote> notes;          // the staff's
    std::vector<PersonVersion> profiles;    // what the person said of themselves, oldest first
    std::vector<LoggedMail> mails;          // newest first
    std::vector<AuditLine> looks;           // lines of the audit log about these requests and this account
    std::vector<Merge> merges;
    std::vector<KeyRecord> keys; // issued for this person, newest first
    UnixSeconds created_at = 0;
    std::optional<UnixSeconds> activated_at;
    std::optional<UnixSeconds> last_active_at;
};

// One count of one day: "received", "accepted", "refused", "withdrawn", "automatic" (accepted without anybody),
// "late" (decided after its day), "reason:<code>", "hours:<n>" (from reception to decision), "mail_sent",
// "mail_dead:<kind>".
struct StatisticsRow {
    std::string day; // YYYY-MM-DD in Paris; empty: of the whole period
    std::string what;
    std::int64_t count = 0;
};
struct StatisticsQuestion {
    std::string portal;
    std::string from;            // YYYY-MM-DD, included
    std::string to;              // included
    std::uint16_t procedure = 0; // 0: all. Mails belong to none and are always there
};

class PrivacyStore {
public:
    virtual ~PrivacyStore() = default;

    // Whoever calls has made sure that nobody else is at it; a run that a killed program has left is "interrupted".
    virtual Result<std::int64_t, StoreError> begin_retention(const RetentionRun& run) = 0;
    // Looks at no more than `limit` rows, so that the writer is free again in milliseconds; adds to the run's counts.
    virtual Result<RetentionStep, StoreError> retention_batch(std::int64_t run, int days,
                                                              const RetentionBatch& batch) = 0;
    // By id, at most `limit`.
    virtual Result<std::vector<Account>, StoreError> accounts_to_warn(const NoticeBatch& batch) = 0;
    // Queues the mail and notes the day, unless somebody has come back meanwhile; adds to the run's count. Without a
    // mail it only counts: a dry run.
    virtual Result<Done, StoreError> warn_account(std::int64_t run, const NoticeBatch& batch, AccountId account,
                                                  const std::optional<NewMail>& mail) = 0;
    virtual Result<Done, StoreError> finish_retention(std::int64_t run, UnixSeconds now, const NewAuditLine& line) = 0;
    // Newest first.
    virtual Result<std::vector<RetentionRun>, StoreError> retention_runs(const std::string& portal, int limit) = 0;

    // Nothing: no such account in this town.
    virtual Result<std::optional<PersonFile>, StoreError>
    person_file(const std::string& portal, const std::string& reference, UnixSeconds now) = 0;
    // Of somebody of a family who has no account: imported, or declared by somebody else. Nothing: nobody, or they have
    // one. Without requests, messages and devices, for those are an account's.
    virtual Result<std::optional<PersonFile>, StoreError>
    family_person_file(const std::string& portal, HouseholdId household, PersonId person, UnixSeconds now) = 0;
    // Nothing: no such account in this town, or one that is only the remains of an erasure. With requests open and not
    // `open_too`, nothing is changed either, whatever `apply` says; open_requests says which.
    virtual Result<std::optional<Erasure>, StoreError> erase_person(const NewErasure& erasure) = 0;
    // Newest first.
    virtual Result<std::vector<Erasure>, StoreError> erasures(const std::string& portal, int limit) = 0;

    // By day, then by what; "hours:…" for the whole period only. One range of a table that holds a few dozen rows a
    // day.
    virtual Result<std::vector<StatisticsRow>, StoreError> statistics(const StatisticsQuestion& question) = 0;
};

} // namespace foyer::server::store
