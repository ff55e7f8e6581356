// Fills a town with requests as families would have sent them over the last months, and as agents would have treated
// them: both procedures and changes of profile, every state, late ones, doubtful ones with their marks, the same person
// twice, mails that did not arrive. For tests, benches and the demonstration (demo_data.cpp).
//
// Everything goes through the server's own use cases from the moment a seal is opened, so that what is stored is what
// the server would have stored; only sealing, signing and sending are left out. The same seed and the same `now` give
// the same requests under the same numbers.
#pragma once

#include "demo/people.h"
#include "domain/reference_data.h"
#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "store/accounts.h"
#include "store/colleague.h"
#include "store/households.h"
#include "store/mails.h"
#include "store/submissions.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace foyer::demo {

// With this password families log in to what was made (login "lea.martin.17").
inline constexpr const char* FAMILY_PASSWORD = "Crêpes-au-beurre-29";

struct Wishes {
    std::uint64_t seed = 1;
    std::size_t requests = 500;
    UnixSeconds now = 0; // the last request came just before
    int days = 120;      // the first one so long ago; they grow more frequent towards now
    Spice spice = Spice::none;
    // What families need to log in, and mails that were sent: a third of the work. False for a million rows.
    bool accounts_can_log_in = true;
};

struct Stores {
    server::store::SubmissionStore& submissions;
    server::store::AccountStore& accounts;
    server::store::HouseholdStore& households;
    server::store::MailStore& mails;
};

struct House {
    Stores stores;
    const server::portals::Catalogue& catalogue;
    const domain::ReferenceData* reference = nullptr;
    std::function<const i18n::Texts&(std::string_view language)> texts;
    std::string origin = "http://localhost:8080";
    std::vector<server::store::Colleague> staff = {}; // who takes and decides; nobody: the terminal does
};

struct Filled {
    std::size_t requests = 0;
    std::map<std::string, std::size_t> by_procedure; // "registration"
    std::map<std::string, std::size_t> by_event;     // what agents and families did: "accepted", "waiting", …
    std::string first_number;
    std::string last_number;
    std::string login; // of a family to look at: one whose request was accepted, where there is one
};

// The error is a sentence: the storage refused, or an invented answer broke a rule (then the generator is wrong).
[[nodiscard]] Result<Filled, std::string> fill_town(const House& house, const std::string& slug, const Wishes& wishes);

} // namespace foyer::demo
