// What the mails say: activation (first and again) and lost password in the guide's words, a processed request, a
// change of address, an invitation. Pure.
#pragma once

#include "domain/calendar.h"
#include "i18n/texts.h"
#include "portal/portal.h"
#include "store/accounts.h"
#include "store/mails.h"

#include <string>
#include <string_view>

namespace foyer::server::mail {

struct Letterhead {
    const portal::Portal& portal;
    const i18n::Texts& texts; // of the recipient's language
    std::string_view origin;  // "https://famille.oudon.fr", without a slash at its end
};

// The guide's link: …/{slug}/espace-citoyens/CompteCitoyen/Validation?id=1274&datecreat=20250307&heurecreat=1237&key=…
// The date and hour are those of a clock in the town.
[[nodiscard]] std::string activation_link(std::string_view origin, std::string_view slug, store::AccountId account,
                                          std::string_view key, UnixSeconds created);
[[nodiscard]] std::string reset_link(std::string_view origin, std::string_view slug, store::ResetId reset,
                                     std::string_view key);

struct ActivationLetter {
    std::string recipient;
    store::Person person;
    store::AccountId account;
    std::string wanted_identifier;
    bool identifier_taken = false;
    std::string key;              // of the link, 32 hex digits
    std::string message_id_token; // random; the mail's own name
};
[[nodiscard]] store::NewMail activation_mail(const Letterhead& head, const ActivationLetter& letter, UnixSeconds now);

struct ResetLetter {
    std::string recipient;
    store::Person person;
    std::string identifier;
    store::ResetId reset;
    std::string key;
    std::string message_id_token;
    int hours = 24;
};
[[nodiscard]] store::NewMail reset_mail(const Letterhead& head, const ResetLetter& letter);

// The town has decided about a request, or asks the family for a correction.
enum class RequestNews { accepted, refused, correction_asked };
struct RequestLetter {
    std::string recipient;
    store::Person person;
    RequestNews news = RequestNews::accepted;
    form::Procedure procedure = form::Procedure::registration;
    std::string number; // "OUDON-2026-000042"
    std::string reason; // refused: the agent's words
    std::string message_id_token;
};
// Accepted leads to the family's space, refused gives the reason and whom to ask, a correction leads to its page. What
// the agent asks to correct is read there, after login: it may name a child.
[[nodiscard]] store::NewMail request_mail(const Letterhead& head, const RequestLetter& letter);

// Nobody of the family has been there for long: its account will be erased.
struct InactiveLetter {
    std::string recipient;
    store::Person person;
    domain::CalendarDate on; // the first day on which it may be gone
    std::string message_id_token;
};
[[nodiscard]] store::NewMail inactive_mail(const Letterhead& head, const InactiveLetter& letter);

// To the new address. Whoever reads it may be a stranger, if the address was mistyped: it names nobody.
struct EmailChangeLetter {
    std::string recipient; // the new address
    store::EmailChangeId change;
    std::string key; // of the link, 32 hex digits
    std::string message_id_token;
    int hours = 48;
};
[[nodiscard]] std::string email_change_link(std::string_view origin, std::string_view slug, store::EmailChangeId change,
                                            std::string_view key);
[[nodiscard]] store::NewMail email_change_mail(const Letterhead& head, const EmailChangeLetter& letter);

// To the old address: a change was asked for, and later that it is done. The new address is not named: whoever reads
// the old one need not learn it.
enum class EmailNews { change_asked, changed };
struct EmailNoticeLetter {
    std::string recipient; // the old address
    store::Person person;
    EmailNews news = EmailNews::change_asked;
    std::string message_id_token;
};
[[nodiscard]] store::NewMail email_notice_mail(const Letterhead& head, const EmailNoticeLetter& letter);

// From one representative to the other, whom the town knows already.
struct InvitationLetter {
    std::string recipient;
    store::Person person; // who is invited
    std::string inviter;  // first and last name
    std::string code;     // "7KQ2-M4XW-0T9B"
    std::string message_id_token;
    int days = 14;
};
[[nodiscard]] store::NewMail invitation_mail(const Letterhead& head, const InvitationLetter& letter);

// What the texts call a procedure inside a sentence: "déclaration de votre entourage".
[[nodiscard]] std::string_view procedure_words(const i18n::Texts& texts, form::Procedure procedure);

} // namespace foyer::server::mail
