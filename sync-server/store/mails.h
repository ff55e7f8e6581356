// The queue of mails to send. A mail is queued in the transaction of what it announces, so neither exists without the
// other.
//
// Threading: any thread; changes are durable on return; on a StoreError nothing of them was kept.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "store/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foyer::server::store {

struct NewMail {
    std::string portal;
    std::string kind;       // "activation", "password_reset": for the log and the staff
    std::string message_id; // without angle brackets; stays the same through every retry
    std::string sender_name;
    std::string sender;
    std::string recipient;
    std::string language;
    std::string subject;
    std::string text; // may hold a secret link: erased once the mail is gone
    std::string html;
    std::string link; // the link it carries, for the demonstration page; erased with the rest
};

struct QueuedMail {
    std::int64_t id = 0;
    int attempts = 0; // before this one
    UnixSeconds created_at = 0;
    NewMail mail;
};

struct MailSummary {
    std::int64_t id = 0;
    std::string portal;
    std::string kind;
    std::string recipient;
    std::string subject;
    std::string state; // queued, sent, dead
    std::string link;  // empty once erased
    UnixSeconds created_at = 0;
};

class MailStore {
public:
    virtual ~MailStore() = default;

    // Takes up to `limit` mails that are due and not leased, and leases them until `lease_until`: nobody else gets
    // them before that instant, and a sender that dies gives them back by dying.
    virtual Result<std::vector<QueuedMail>, StoreError> lease(int limit, UnixSeconds now, UnixSeconds lease_until) = 0;

    // Ends every lease: what a killed process was sending is due again at once. For a process that has the store for
    // itself, before its sender starts; a mail it had already handed over then leaves twice, under one Message-ID.
    virtual Result<Done, StoreError> end_leases() = 0;

    // The earliest instant at which a queued mail is due; nothing when the queue is empty.
    virtual Result<std::optional<UnixSeconds>, StoreError> next_due() = 0;

    // The mail left. Its text is erased unless `keep_text` (demonstration). Saying so twice is harmless.
    virtual Result<Done, StoreError> mark_sent(std::int64_t mail, bool keep_text, UnixSeconds now) = 0;

    // It did not leave; it is due again at `next_attempt`.
    virtual Result<Done, StoreError> retry_later(std::int64_t mail, UnixSeconds next_attempt,
                                                 const std::string& reason) = 0;

    // It will never leave: kept for the staff with the reason, its text erased.
    virtual Result<Done, StoreError> mark_dead(std::int64_t mail, const std::string& reason, UnixSeconds now) = 0;

    // Newest first.
    virtual Result<std::vector<MailSummary>, StoreError> latest(int limit) = 0;
    virtual Result<std::optional<QueuedMail>, StoreError> find(std::int64_t mail) = 0;
};

} // namespace foyer::server::store
