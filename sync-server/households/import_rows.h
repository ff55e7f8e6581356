// The lines of a file of families, each judged by the rules of the entourage's fields. Columns: docs/families-csv.md.
// Pure.
#pragma once

#include "domain/reference_data.h"
#include "form/validate.h"
#include "i18n/texts.h"
#include "store/households.h"
#include "support/csv.h"

#include <map>
#include <string>
#include <vector>

namespace foyer::server::households {

// Why a line is not taken: "line 12: birth_date: …".
struct LineMistake {
    int line = 0; // 0: the file as a whole
    std::string reason;
};

// Somebody of a family, as the file has it. Other people are still named by the file's own ids.
struct ImportRow {
    int line = 0;
    std::string family_id;
    std::string person_id;
    store::PersonKind kind = store::PersonKind::representative;
    store::Answers answers; // of the columns the file has, normalised; without those that name people
    // By field: "authority" -> {"P1", "P2"}; "living_with" -> {"P1"} or {"alternating"}.
    std::map<std::string, std::vector<std::string>, std::less<>> people;
};

struct ImportRows {
    std::vector<ImportRow> rows;
    std::vector<LineMistake> mistakes; // in the order of the lines
    std::vector<std::string> columns;  // the answers' keys that the file speaks of at all
};

// `schools`: those the town lets families choose among, by key or name; none: any text. `texts`: in whose language the
// mistakes are told. A mistake in the first line leaves no rows.
[[nodiscard]] ImportRows read_rows(const CsvTable& table, const form::Context& context,
                                   const std::vector<form::TownOption>& schools, const i18n::Texts& texts);

// The columns there are, for the help and for the document's test.
[[nodiscard]] std::vector<std::string> import_columns();

} // namespace foyer::server::households
