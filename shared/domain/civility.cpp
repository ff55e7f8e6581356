#include "domain/civility.h"

namespace foyer::domain {

Parsed<Civility> parse_civility(std::string_view option) {
    if (option.empty())
        return reject(ProblemCode::required);
    for (const Civility civility : {Civility::madame, Civility::monsieur, Civility::unspecified})
        if (option_id(civility) == option)
            return civility;
    return reject(ProblemCode::unknown_choice);
}

std::string_view option_id(Civility civility) {
    switch (civility) {
    case Civility::madame:
        return "madame";
    case Civility::monsieur:
        return "monsieur";
    case Civility::unspecified:
        break;
    }
    return "unspecified";
}

} // namespace foyer::domain
