// The staff's work as the database sees it: pages of the queue, kept counters, search, notes, who looks at what, mails,
// decisions that may still be taken back, look-alikes and merges.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/error.h"
#include "store/households.h"
#include "store/staff.h"
#include "store/submissions.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace foyer::server::store {

enum class QueueView : std::uint8_t {
    fresh,    // nobody has taken it
    mine,     // whoever asks has taken it
    waiting,  // for the family
    late,     // its day has passed, and it does not wait for the family
    doubtful, // open, with marks
    all,      // the open ones, late ones first, then those that are done, newest first
    done,     // newest first
};

// Whose queue.
struct QueueScope {
    std::string portal;
    StaffId staff;
    // Nothing: of every service. Requests without a service are everybody's: "" need not be among them.
    std::optional<std::vector<std::string>> services;
};

struct QueueQuestion {
    QueueScope scope;
    QueueView view = QueueView::all;
    std::uint16_t procedure = 0; // 0: any
    std::string state;           // empty: any of the view's
    std::string mark;            // empty: any
    std::string origin;          // empty: any; one of ORIGINS
    std::string text;            // empty: no search; else found ones, in the order of what was found
    std::string number_prefix;   // of the town's numbers, for a search by "42"
    std::string today;           // YYYY-MM-DD in the town
    int limit = 50;
    std::string after; // of the page before
};

struct QueueItem {
    std::int64_t id = 0;
    std::string portal;
    std::string number;
    std::uint16_t procedure = 0;
    std::string state;
    std::string service;
    std::string origin; // one of ORIGINS
    Person person;      // whose account it is
    UnixSeconds received_at = 0;
    std::string due_by;
    std::vector<Mark> marks;
    std::optional<Colleague> claimed_by;
    std::string pending; // the batch of a decision that may still be taken back; empty: none
};

struct QueuePage {
    std::vector<QueueItem> items;
    std::string next;             // empty: this was the last. A page of a search may be short and yet not the last.
    std::string searched_by = {}; // what a search took its words for: "name", "email", "number_or_phone"
};

struct QueueCounters {
    std::int64_t fresh = 0;
    std::int64_t mine = 0;
    std::int64_t waiting = 0;
    std::int64_t late = 0;
    std::int64_t doubtful = 0;
    std::int64_t all = 0;
    std::int64_t done = 0;
};

struct Note {
    UnixSeconds at = 0;
    Colleague by;
    std::string text;
};

// A mail as its log shows it: never its text, which may hold a secret link.
struct LoggedMail {
    std::int64_t id = 0;
    std::string kind;
    std::string recipient;
    std::string subject;
    std::string state; // queued, sent, dead
    int attempts = 0;
    std::string reason; // why it did not leave
    UnixSeconds created_at = 0;
    std::optional<UnixSeconds> finished_at;
    std::optional<AccountId> account;      // whom it was written to, when that is known
    std::optional<std::string> submission; // the number of the request it is about
    std::optional<std::uint16_t> procedure;
    std::string service;          // of that request; empty: everybody's
    std::string submission_state; // now
    std::string submission_note;  // the agent's words with which it got there
};

// Somebody who may be the same person, or whose family may be the same one.
struct LookAlike {
    std::vector<std::string> reasons; // same_person, same_email, same_phone, same_child, imported_person
    std::string account;              // reference; empty: an imported family's, or already merged
    std::string number;               // of the newest request in which it was found; empty: imported
    std::string family_id;            // of an imported family
    Answers answers;                  // of that account's own person, or of the imported one
    std::string email;
    UnixSeconds since = 0;
};

// Decisions an agent has made that are carried out when `due_at` has come.
struct DecisionBatch {
    std::string id; // 16 hex digits
    std::string portal;
    Colleague by;
    std::string actor;  // who they are to the audit log: "staff:3"
    std::string action; // the decision, as JSON
    UnixSeconds made_at = 0;
    UnixSeconds due_at = 0;
    std::string state; // waiting, applied, undone
    struct Entry {
        std::string number;
        std::int64_t submission = 0;
        std::int64_t version = 0;
        std::string outcome; // empty while it waits, then "done" or a code
    };
    std::vector<Entry> entries;
};
enum class UndoOutcome : std::uint8_t { undone, too_late, unknown };

struct NewMerge {
    std::string portal;
    std::string kept;         // reference of the account that stays
    std::string other;        // and of the one that is taken in
    bool accounts_too = true; // false: the two people stay two, only their families become one
    Colleague by;
    UnixSeconds now = 0;
    NewAuditLine line; // its object becomes the merge
};
struct Merge {
    std::int64_t id = 0;
    std::string kept;
    std::string other;
    bool accounts_too = true;
    UnixSeconds at = 0;
    Colleague by;
    std::optional<UnixSeconds> undone_at;
};
enum class MergeOutcome : std::uint8_t {
    done,
    unknown,        // no such account in this town, or no such merge
    same,           // an account with itself
    merged_already, // one of the two was taken in by another before; or: the merge was undone already
    nothing,        // families only, and there are not two of them
    changed,        // undo: what the merge changed was changed again since; nothing was put back
};
struct Merged {
    MergeOutcome outcome = MergeOutcome::done;
    std::int64_t id = 0;
    std::string where; // changed: what, for the agent: "person", "account"
};

class QueueStore {
public:
    virtual ~QueueStore() = default;

    // The cost does not grow with the table.
    virtual Result<QueuePage, StoreError> queue_page(const QueueQuestion& question) = 0;
    virtual Result<QueueCounters, StoreError> queue_counters(const QueueScope& scope, const std::string& today) = 0;

    virtual Result<Done, StoreError> add_note(std::int64_t submission, const Note& note, const NewAuditLine& line) = 0;
    virtual Result<std::vector<Note>, StoreError> notes_of(std::int64_t submission) = 0; // oldest first

    // Says that somebody has the request open, and gives everybody who had it since `seen_since`, by name.
    virtual Result<std::vector<Colleague>, StoreError> note_viewer(std::int64_t submission, const Colleague& viewer,
                                                                   UnixSeconds now, UnixSeconds seen_since) = 0;
    virtual Result<std::vector<Colleague>, StoreError> viewers_of(std::int64_t submission, UnixSeconds seen_since) = 0;

    // Newest first, those before this id (0: from the newest); an empty state or recipient is any.
    virtual Result<std::vector<LoggedMail>, StoreError> mail_log(const std::string& portal, const std::string& state,
                                                                 const std::string& recipient, std::int64_t before,
                                                                 int limit) = 0;
    virtual Result<std::optional<LoggedMail>, StoreError> logged_mail(const std::string& portal, std::int64_t mail) = 0;
    // A mail that waits is due now.
    virtual Result<Done, StoreError> hurry_mail(std::int64_t mail, UnixSeconds now, const NewAuditLine& line) = 0;
    // A new mail about the same matter.
    virtual Result<Done, StoreError> send_again(const NewMail& mail, AccountId account,
                                                const std::string& submission_number, UnixSeconds now,
                                                const NewAuditLine& line) = 0;

    virtual Result<std::vector<LookAlike>, StoreError> look_alikes(const SubmissionRecord& submission, int limit) = 0;
    virtual Result<std::optional<Account>, StoreError> account_by_reference(const std::string& portal,
                                                                            const std::string& reference) = 0;
    // The version of what the account said of itself before this request; empty when there was none.
    virtual Result<Answers, StoreError> profile_before(AccountId account, std::int64_t submission) = 0;

    // Keeps the batch. Entries whose request has a waiting decision already are given their outcome "decision_pending".
    virtual Result<DecisionBatch, StoreError> make_batch(DecisionBatch batch, const NewAuditLine& line) = 0;
    virtual Result<std::optional<DecisionBatch>, StoreError> find_batch(const std::string& portal,
                                                                        const std::string& id) = 0;
    // The oldest one whose time has come; nothing when there is none.
    virtual Result<std::optional<DecisionBatch>, StoreError> next_batch(UnixSeconds now) = 0;
    virtual Result<std::optional<UnixSeconds>, StoreError> next_batch_due() = 0;
    // For an entry that could not be carried out, and at the end for the batch as a whole.
    virtual Result<Done, StoreError> settle_entry(const std::string& batch, std::int64_t submission,
                                                  const std::string& outcome) = 0;
    virtual Result<Done, StoreError> finish_batch(const std::string& batch) = 0;
    // All of it or nothing: once its time has come it is too late.
    virtual Result<UndoOutcome, StoreError> undo_batch(const std::string& portal, const std::string& id, StaffId by,
                                                       UnixSeconds now, const NewAuditLine& line) = 0;

    virtual Result<Merged, StoreError> merge(const NewMerge& merge) = 0;
    virtual Result<Merged, StoreError> undo_merge(const std::string& portal, std::int64_t merge, const Colleague& by,
                                                  UnixSeconds now, const NewAuditLine& line) = 0;
    virtual Result<std::vector<Merge>, StoreError> merges_of(AccountId account) = 0; // newest first
};

} // namespace foyer::server::store
