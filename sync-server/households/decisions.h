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

#include <cstdint>
#include <functional>
#include <optional>
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

    // Of a member of the staff; without them it is the town's IT person at the terminal, whom no claim stops.
    std::string reason_code = {};                 // refuse: of the town's list; its text comes before `reason`
    std::optional<store::Colleague> by = {};      //
    bool over_claims = false;                     // may give back what somebody else has taken
    std::optional<std::int64_t> version = {};     // what was looked at: SubmissionRecord::moves()
    std::string settles = {};                     // the batch in which this decision has waited
    std::optional<store::NewAuditLine> line = {}; // written with it; its object becomes the request
};

// As the API names it: "accept".
[[nodiscard]] std::string_view name(Decision::Kind kind);
[[nodiscard]] bool is_possible(std::string_view state, Decision::Kind kind);

struct Decided {
    std::string number;
    std::string state; // now
    std::int64_t version = 0;
};

struct DecisionRefusal {
    enum class Kind {
        unknown,        // no submission of this town has this number
        not_possible,   // in its present state (detail)
        reason_missing, // refusing and asking need words
        words_wrong,    // too long, with control characters, or not UTF-8
        fields_missing, // asking needs at least one
        field_unknown,  // not a field of this submission's form that a family can answer again (detail)
        claimed,        // somebody else has taken it (claimed_by)
        changed,        // something has happened to it since it was looked at
        pending,        // a decision about it waits, which may still be taken back
        taken_back,     // this decision was
        reason_unknown, // not in the town's list (detail)
        unreadable,     // the portal of then can no longer be read by this program
        storage,
    };
    Kind kind = Kind::unknown;
    std::string detail;
    // As it is now, where that is why: claimed, changed, pending, not_possible.
    std::string state = {};
    std::int64_t version = 0;
    std::optional<store::Colleague> claimed_by = {};
};

// What is wrong with the words of a decision; the rest depends on the request.
[[nodiscard]] std::optional<DecisionRefusal> judge_words(const Decision& decision);

// The fields of a request that a family can be asked to answer again, in the order of its form:
// "children.0.birth_date".
[[nodiscard]] std::vector<std::string> correctable_fields(const form::FormDefinition& form,
                                                          const store::Answers& answers);
// Of the procedures that make submissions.
[[nodiscard]] const form::FormDefinition& form_of(const portals::Published& published, std::uint16_t procedure);

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
