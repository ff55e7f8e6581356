// The use case “a registration arrives”: from the body of a verified PUT to a durable submission and its receipt.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "domain/reference_data.h"
#include "i18n/texts.h"
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
    const Clock& clock;
    security::RandomSource& random;
    const domain::ReferenceData* reference = nullptr; // for marks only: never a reason to refuse
    std::function<const i18n::Texts&(std::string_view language)> texts;
    std::string origin;                      // stands in the mail's link
    std::function<void()> on_stored = [] {}; // there are a mail and a password to see to
};

struct Receipted {
    std::string receipt; // canonical JSON, the same bytes at every replay
    bool fresh = false;  // stored by this very request
};

enum class IntakeConflict { other_digest };
using IntakeRefusal = std::variant<SealedRefusal, IntakeConflict, store::StoreError>;

class EnvelopeIntake {
public:
    explicit EnvelopeIntake(IntakeSurroundings surroundings) : m_around(std::move(surroundings)) {}

    // Any thread. Durable on success; on refusal nothing was kept.
    [[nodiscard]] Result<Receipted, IntakeRefusal> receive(const wire::Uuid& id, const std::string& body,
                                                           const security::VerifiedRequest& sender,
                                                           const std::optional<std::string>& stamp) const;

private:
    IntakeSurroundings m_around;
};

} // namespace foyer::server
