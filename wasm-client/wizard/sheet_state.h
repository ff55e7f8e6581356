// A form while it is being filled in, as plain data. What is done with it: sheet.h.
#pragma once

#include "base/problem.h"
#include "form/answers.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace foyer::wizard {

struct Sheet {
    form::Answers answers;                                       // as typed; normalised when the person leaves a field
    std::map<std::string, std::uint32_t, std::less<>> revisions; // by answer key: how often the wizard wrote the value
    std::set<std::string, std::less<>> shown;                    // fields whose problems are said beside them
    std::vector<Problem> summary;                                // listed at the top since the last SUIVANT
    bool summary_warns = false;                                  // the list holds warnings only: pressing again passes
    std::set<std::string, std::less<>> confirmed;                // warnings the person has seen: "field code text"
    std::vector<Problem> from_server;                            // by field, until its answer changes
    std::set<std::string, std::less<>> revealed;                 // answer keys of passwords shown in clear
    std::string filled_commune;                                  // what the wizard itself wrote into "commune"
    bool touched = false;                                        // the person has changed an answer
};

} // namespace foyer::wizard
