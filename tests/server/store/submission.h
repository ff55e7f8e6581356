// Registrations for the tests of the store, told apart by a number.
#pragma once

#include "store/submissions.h"

#include <string>

namespace foyer::test {

inline server::store::NewMail mail_named(const std::string& name) {
    server::store::NewMail mail;
    mail.portal = "oudon";
    mail.kind = "activation";
    mail.message_id = name + "@example.org";
    mail.sender = "a@example.org";
    mail.recipient = "b@example.org";
    mail.language = "fr";
    mail.subject = "s";
    mail.text = "secret link";
    mail.html = "secret link";
    mail.link = "secret link";
    return mail;
}

inline std::string bytes(std::size_t count, int seed) {
    std::string text(count, '\0');
    for (std::size_t i = 0; i < count; ++i)
        text[i] = static_cast<char>((seed >> (8 * (i % 4))) & 0xff);
    return text;
}

inline server::store::NewRegistration submission_named(int seed, const std::string& identifier) {
    server::store::NewRegistration submission;
    submission.envelope_id = bytes(16, seed);
    submission.digest = bytes(32, seed);
    submission.device = bytes(32, seed + 7);
    submission.sealed = "sealed password";
    submission.portal = "oudon";
    submission.revision = bytes(16, 1);
    submission.procedure = 1;
    submission.number_prefix = "OUDON";
    submission.year = 2026;
    submission.answers = "{}";
    submission.language = "fr";
    submission.filled_at = "2026-11-22T00:00:00Z";
    submission.received_at = 1000 + seed;
    submission.due_by = "2026-12-01";
    submission.email = "a@example.org";
    submission.email_key = "a@example.org";
    submission.identifier = identifier;
    submission.identifier_key = identifier;
    submission.activation_key_hash = bytes(32, seed + 99);
    submission.make_receipt = [](const server::store::ReceiptFacts& facts) { return "receipt " + facts.number; };
    submission.make_mail = [seed](server::store::AccountId, bool taken) {
        auto mail = mail_named(std::to_string(seed));
        mail.subject = taken ? "taken" : "free";
        return mail;
    };
    return submission;
}

} // namespace foyer::test
