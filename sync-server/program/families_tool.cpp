// foyer-server families import
#include "households/family_import.h"
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "support/files.h"

#include <cstdio>

namespace foyer::server {

namespace {

void tell_counts(const households::ImportPlan& plan, const char* tense) {
    std::printf("families: %d new, %d changed, %d unchanged; people: %d new, %d changed, %d unchanged%s\n",
                plan.new_families, plan.changed_families, plan.unchanged_families, plan.new_people, plan.changed_people,
                plan.unchanged_people, tense);
}

} // namespace

ExitCode import_families(ToolHouse& house, const ToolLine& line) {
    const std::string& file = line.operands.front();
    const auto bytes = read_file(file);
    if (!bytes) {
        say(bytes.error());
        return ExitCode::failure;
    }
    const auto table = read_csv(*bytes);
    if (!table) {
        say(file + ": " + table.error() + ". Nothing was imported.");
        return ExitCode::failure;
    }
    const UnixSeconds now = house.clock.now();
    const portal::ProcedureDefinition* entourage = house.town->portal.find(form::Procedure::entourage);
    const auto rows =
        households::read_rows(*table, {domain::date_in_paris(now)},
                              entourage ? entourage->schools : std::vector<form::TownOption>(), house.english);
    const auto bad_lines = line.has("--skip-bad") ? households::OnBadLines::skip : households::OnBadLines::stop;
    const auto mode = line.has("--dry-run") ? households::ImportMode::dry_run : households::ImportMode::write;
    const auto outcome = households::import_families(*house.store, house.town->portal.slug, rows, bad_lines, mode, now);
    if (!outcome)
        return storage_failed();

    const households::ImportPlan& plan = outcome->plan;
    for (const households::LineMistake& mistake : plan.mistakes)
        std::fprintf(stderr, "%s: line %d: %s\n", file.c_str(), mistake.line, mistake.reason.c_str());
    if (mode == households::ImportMode::dry_run) {
        tell_counts(plan, " (dry run: nothing was written)");
        return plan.mistakes.empty() || bad_lines == households::OnBadLines::skip ? ExitCode::success
                                                                                  : ExitCode::failure;
    }
    if (!outcome->written) {
        say("nothing was imported because of the lines above (" + std::to_string(plan.mistakes.size()) +
            "). Mend them, or leave them out with --skip-bad.");
        return ExitCode::failure;
    }
    tell_counts(plan, "");
    if (!plan.mistakes.empty())
        say("lines left out: " + std::to_string(plan.mistakes.size()) + "; they are named above.");
    return ExitCode::success;
}

} // namespace foyer::server
