// foyer-server families import
#include "households/family_import.h"
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "staff/caller.h"
#include "support/files.h"

#include <cstdio>

namespace foyer::server {

namespace {

void tell_counts(const households::ImportPlan& plan, const char* tense) {
    std::printf("families: %d new, %d changed, %d unchanged; people: %d new, %d changed, %d unchanged%s\n",
                plan.new_families, plan.changed_families, plan.unchanged_families, plan.new_people, plan.changed_people,
                plan.unchanged_people, tense);
}

void tell_changes(const households::ImportPlan& plan) {
    for (const households::PlannedRow& row : plan.rows)
        for (const households::FieldChange& change : row.changes)
            std::printf("line %d: %s: “%s” becomes “%s”\n", row.line, change.column.c_str(), change.before.c_str(),
                        change.after.c_str());
}

} // namespace

ExitCode import_families(ToolHouse& house, const ToolLine& line) {
    const std::string& file = line.operands.front();
    const auto bytes = read_file(file);
    if (!bytes) {
        say(bytes.error());
        return ExitCode::failure;
    }
    const UnixSeconds now = house.clock.now();
    const portal::ProcedureDefinition* entourage = house.town->portal.find(form::Procedure::entourage);
    const form::Context context{domain::date_in_paris(now)};
    const std::vector<form::TownOption> any_school;
    const auto rows = households::read_rows(
        *bytes, {context, entourage ? entourage->schools : any_school, {&house.english, &house.french}});
    households::ImportWish wish;
    wish.bad_lines = line.has("--skip-bad") ? households::OnBadLines::skip : households::OnBadLines::stop;
    wish.mode = line.has("--dry-run") ? households::ImportMode::dry_run : households::ImportMode::write;
    const auto outcome = households::import_families(
        *house.store, rows, wish, {house.town->portal.slug, now, staff::TERMINAL, "families.import", "families"},
        house.english);
    if (!outcome)
        return storage_failed();

    const households::ImportPlan& plan = outcome->plan;
    for (const households::LineMistake& mistake : plan.mistakes)
        std::fprintf(stderr, "%s: line %d: %s%s%s\n", file.c_str(), mistake.line, mistake.column.c_str(),
                     mistake.column.empty() ? "" : ": ", mistake.reason.c_str());
    if (wish.mode == households::ImportMode::dry_run) {
        tell_changes(plan);
        tell_counts(plan, " (dry run: nothing was written)");
        return plan.mistakes.empty() || wish.bad_lines == households::OnBadLines::skip ? ExitCode::success
                                                                                       : ExitCode::failure;
    }
    if (!outcome->written) {
        say("nothing was imported because of the lines above (" + std::to_string(plan.bad_lines) +
            "). Mend them, or leave them out with --skip-bad.");
        return ExitCode::failure;
    }
    tell_counts(plan, "");
    if (!plan.mistakes.empty())
        say("lines left out: " + std::to_string(plan.bad_lines) + "; they are named above.");
    return ExitCode::success;
}

} // namespace foyer::server
