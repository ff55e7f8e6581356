// The use case “the families of the system the town had before”: from judged lines to households, all or nothing.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "households/import_rows.h"
#include "store/households.h"

#include <string>
#include <vector>

namespace foyer::server::households {

// What an import changes. A family and a person are known again by the file's ids, so that the same file imported twice
// changes nothing the second time.
struct ImportPlan {
    std::vector<store::HouseholdWrite> writes; // of families where something changes
    std::vector<LineMistake> mistakes;         // lines that are left out, and why
    int new_families = 0;
    int changed_families = 0;
    int unchanged_families = 0;
    int new_people = 0;
    int changed_people = 0;
    int unchanged_people = 0;
};

// Columns the file does not have, people it does not name, and what a family has said of itself through its account
// stay as they are. Pure.
[[nodiscard]] ImportPlan plan_import(const ImportRows& rows, const std::vector<store::Household>& families,
                                     store::PersonId next_person);

enum class OnBadLines { stop, skip };
enum class ImportMode { dry_run, write };

struct ImportOutcome {
    ImportPlan plan;
    bool written = false; // false: a dry run, or bad lines and OnBadLines::stop
};

[[nodiscard]] Result<ImportOutcome, store::StoreError> import_families(store::HouseholdStore& households,
                                                                       const std::string& portal,
                                                                       const ImportRows& rows, OnBadLines bad_lines,
                                                                       ImportMode mode, UnixSeconds now);

} // namespace foyer::server::households
