// The use case “an agent decides”: take a submission, give it back, accept, refuse with a reason, ask the family to
// correct named fields. Everything a decision makes true (the household, the history, the message, the mail, what
// devices are told) is one transaction.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "security/crypto.h"
#include "store/submissions.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::households {

struct Decision {
    enum class Kind { take, release, accept, refuse, ask };
    Kind kind = Kind::take;
    std::string reason;              // refuse: the agent's words, told to the family
    std::vector<std::string> fields; // ask: "children.0.birth_date", also as a part's key
    std::string message;             // ask: the agent's words, told to the family
};

struct Decided {
    std::string number;
    std::string state; // now
};

struct DecisionRefusal {
    enum class Kind {
        unknown,        // no submission of this town has this number
        not_possible,   // in its present state (detail)
        reason_missing, // refusing and asking need words
        words_wrong,    // too long, with control characters, or not UTF-8
        fields_missing, // asking needs at least one
        field_unknown,  // not a field of this submission's form that a family can answer again (detail)
        unreadable,     // the portal of then can no longer be read by this program
        storage,
    };
    Kind kind = Kind::unknown;
    std::string detail;
};

struct DecisionSurroundings {
    store::SubmissionStore& submissions;
    const portals::Catalogue& catalogue;
    const Clock& clock;
    security::RandomSource& random;
    std::function<const i18n::Texts&(std::string_view language)> texts;
    std::string origin;                       // stands in the mails' links
    std::function<void()> on_decided = [] {}; // there is a mail, and something to tell
};

class Decisions {
public:
    explicit Decisions(DecisionSurroundings surroundings) : m_around(std::move(surroundings)) {}

    // Any thread. On a refusal nothing has changed. The state counts that the submission has inside the transaction.
    [[nodiscard]] Result<Decided, DecisionRefusal> decide(const std::string& portal, const std::string& number,
                                                          const Decision& decision);

    static constexpr std::size_t MAXIMUM_WORDS = 2000; // bytes

private:
    DecisionSurroundings m_around;
};

} // namespace foyer::server::households
