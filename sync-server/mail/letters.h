// What the mails say, in the guide's words: activation (first and again) and lost password. Pure.
#pragma once

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

} // namespace foyer::server::mail
