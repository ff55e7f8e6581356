// The use case “an envelope arrives”: from the body of a verified PUT to a durable submission and its receipt. What all
// procedures have in common is here; what each of them makes true is in a file of its own (arrivals.h).
#pragma once

#include "addresses/town_indexes.h"
#include "base/clock.h"
#include "base/result.h"
#include "domain/reference_data.h"
#include "i18n/texts.h"
#include "store/accounts.h"
#include "store/households.h"
#include "store/submissions.h"
#include "submissions/sealed_form.h"
#include "wire/uuid.h"

#include <functional>
#include <string>
#include <variant>

namespace foyer::server {

struct IntakeSurroundings {
    const security::ServerKeys& keys;
    const portals::Catalogue& catalogue;
    store::SubmissionStore& submissions;
    store::AccountStore& accounts;
    store::HouseholdStore& households;
    const Clock& clock;
    security::RandomSource& random;
    const domain::ReferenceData* reference = nullptr; // for marks only: never a reason to refuse
    std::function<const i18n::Texts&(std::string_view language)> texts;
    std::string origin;                      // stands in the mails' links
    std::function<void()> on_stored = [] {}; // there are a mail and a password to see to, and something to tell
    const addresses::TownIndexes* addresses = nullptr;
};

struct Receipted {
    std::string receipt; // canonical JSON, the same bytes at every replay
    bool fresh = false;  // stored by this very request
    std::string origin;  // how it was received when it was stored; empty: an old correction's is not known
};

// An envelope that a family has brought to the town hall.
struct HandIn {
    std::string town; // the agent's
    store::Reception reception;
};

enum class IntakeObstacle {
    other_digest,           // another envelope has this id
    not_logged_in,          // the device is nobody's in this town, or another's than the one it was filled in for
    correction_unknown,     // a correction of nothing that this account has sent
    correction_not_awaited, // the town does not wait for one: it came already, or the town has decided
    other_town,             // handed in at a town it was not filled in for
};
using IntakeRefusal = std::variant<SealedRefusal, IntakeObstacle, store::StoreError>;

class EnvelopeIntake {
public:
    explicit EnvelopeIntake(IntakeSurroundings surroundings) : m_around(std::move(surroundings)) {}

    // Any thread. Durable on success; on refusal nothing was kept.
    [[nodiscard]] Result<Receipted, IntakeRefusal> receive(const wire::Uuid& id, const std::string& body,
                                                           const security::VerifiedRequest& sender,
                                                           const std::optional<std::string>& stamp,
                                                           const store::Reception& reception = {}) const;

    // The same for one that an agent hands in: it costs no stamp, since somebody of the town answers for it, and is
    // for the agent's own town.
    [[nodiscard]] Result<Receipted, IntakeRefusal> hand_in(const wire::Uuid& id, const std::string& body,
                                                           const security::VerifiedRequest& sender,
                                                           const HandIn& by) const;

    // For which town it was filled in; empty: for none of this server's, or it is no envelope. Its head is in clear.
    [[nodiscard]] std::string town_of(std::string_view body) const;

private:
    struct Way;
    [[nodiscard]] Result<Receipted, IntakeRefusal> take(const wire::Uuid& id, const std::string& body,
                                                        const security::VerifiedRequest& sender, const Way& way) const;

    IntakeSurroundings m_around;
};

} // namespace foyer::server
