// The lines of a file of families, each judged by the rules of the entourage's fields. Columns: docs/families-csv.md.
// Pure.
#pragma once

#include "domain/reference_data.h"
#include "form/validate.h"
#include "i18n/texts.h"
#include "store/households.h"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::households {

// Why a line is not taken, and what to do about it.
struct LineMistake {
    int line = 0;       // 1: the first line, without which nothing is known of the others
    std::string column; // empty: the line as a whole
    std::string code;   // stable, for programs: "nobody", "date"; of a field's rule its own: "too_long"
    std::string value;  // what the line says there, cut when it is long
    std::string reason; // a sentence, without line and column
};

// A file of families may be as large as this; a larger one is refused as a whole.
inline constexpr std::size_t LARGEST_IMPORT = std::size_t{16} * 1024 * 1024; // bytes
inline constexpr int MOST_IMPORT_LINES = 100'000;
// Fields without a column: the kind says them, and whether there is an address or a birth name.
inline constexpr std::array<std::string_view, 4> IMPLIED_FIELDS = {"known", "born", "address_choice", "no_birth_name"};

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
    std::vector<LineMistake> mistakes; // in the order of the lines; of one line no more than a few
    std::vector<std::string> columns;  // the answers' keys that the file speaks of at all
    int lines = 0;                     // that say anything, the bad ones too, without the first
    std::string digest;                // SHA-256 of the file's bytes
};

struct RowRules {
    const form::Context& context;
    // Those the town lets families choose among, by key or name; none: any text.
    const std::vector<form::TownOption>& schools;
    // Choices may also be written as the page shows them, in any of these languages; mistakes are told in the first.
    std::vector<const i18n::Texts*> texts;
};

// A mistake in the first line leaves no rows.
[[nodiscard]] ImportRows read_rows(std::string_view bytes, const RowRules& rules);

// The columns there are, for the help and for the document's test.
[[nodiscard]] std::vector<std::string> import_columns();

} // namespace foyer::server::households
