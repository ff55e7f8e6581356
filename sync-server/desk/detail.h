// A request as an agent reads it: each answer beside what the town knew before, in words, with what is doubtful in it.
// Reads only; what an agent changes is households/decisions.h.
#pragma once

#include "i18n/texts.h"
#include "portals/catalogue.h"
#include "store/queue.h"
#include "store/submissions.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::desk {

struct Row {
    std::string key; // "children.0.birth_date"
    std::string label;
    std::string value; // as words: "7 mars 2019", "Oui"; empty: not answered
    std::string known; // the same of what the town knew; empty: nothing
    bool differs = false;
    std::string mark; // the code of the first doubt about it; empty: none
    std::string note; // how much is known of an address or a birth place, in words; empty: nothing to say
};

struct Section {
    std::string title;  // "Identité", "Enfants : Léa Martin"
    bool known = false; // the town knew this person
    std::vector<Row> rows;
};

struct Correctable {
    std::string key;
    std::string label;
};

struct Detail {
    std::vector<Section> sections;
    std::vector<Correctable> correctable; // what the family can be asked to answer again
};

// What the town knew before this request.
struct KnownBefore {
    store::Answers profile;                    // of the account; empty: nothing
    std::optional<store::Household> household; // the account's
};

// In the words of `texts`.
[[nodiscard]] Detail detail_of(const store::SubmissionRecord& submission, const portals::Published& published,
                               const KnownBefore& known, const i18n::Texts& texts);

// The same rows of somebody else, for two people side by side: only the keys either has.
[[nodiscard]] std::vector<Row> side_by_side(const store::Answers& left, const store::Answers& right,
                                            const form::FormDefinition& form, const i18n::Texts& texts);

} // namespace foyer::server::desk
