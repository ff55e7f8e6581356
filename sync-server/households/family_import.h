// The use case “the families of the system the town had before”: from judged lines to households, all or nothing.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "households/import_rows.h"
#include "store/households.h"

#include <string>
#include <vector>

namespace foyer::server::households {

// One answer of somebody, as the file's column would say it: "mobile", from "+33611223344" to "+33698765432".
struct FieldChange {
    std::string column;
    std::string before; // empty: nothing
    std::string after;
};

enum class RowOutcome { fresh, changed, unchanged };

// What becomes of a line that is taken.
struct PlannedRow {
    int line = 0;
    std::string family_id;
    std::string person_id;
    std::string name; // "Léa Martin"; may be empty
    store::PersonKind kind = store::PersonKind::representative;
    RowOutcome outcome = RowOutcome::fresh;
    bool new_family = false;
    std::vector<FieldChange> changes; // of a changed one
};

// What an import changes. A family and a person are known again by the file's ids, so that the same file imported twice
// changes nothing the second time.
struct ImportPlan {
    std::vector<store::HouseholdWrite> writes; // of families where something changes
    std::vector<PlannedRow> rows;              // in the order of the lines
    std::vector<LineMistake> mistakes;         // lines that are left out, and why
    int new_families = 0;
    int changed_families = 0;
    int unchanged_families = 0;
    int new_people = 0;
    int changed_people = 0;
    int unchanged_people = 0;
    int bad_lines = 0;
    // Of everything above and of the file: whoever has seen it has seen what a plan of the same digest does. Hex.
    std::string digest;
};

// Columns the file does not have, people it does not name, and what a family has said of itself through its account
// stay as they are. `texts`: in whose language mistakes are told. Pure.
[[nodiscard]] ImportPlan plan_import(const ImportRows& rows, const std::vector<store::Household>& families,
                                     store::PersonId next_person, const i18n::Texts& texts);

enum class OnBadLines { stop, skip };
enum class ImportMode { dry_run, write };

struct ImportWish {
    OnBadLines bad_lines = OnBadLines::stop;
    ImportMode mode = ImportMode::write;
    // Of the plan that somebody has agreed to: another one is not written. Empty: whatever it is.
    std::string digest = {};
};

struct ImportOutcome {
    ImportPlan plan;
    bool written = false; // false: a dry run; or bad lines and OnBadLines::stop; or not the plan of the digest
};

// `line`: of the audit log, written with the families; the counts become its details.
[[nodiscard]] Result<ImportOutcome, store::StoreError> import_families(store::HouseholdStore& households,
                                                                       const ImportRows& rows, const ImportWish& wish,
                                                                       const store::NewAuditLine& line,
                                                                       const i18n::Texts& texts);

} // namespace foyer::server::households
