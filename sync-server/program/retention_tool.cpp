// foyer-server retention run, report
#include "privacy/retention.h"
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "staff/caller.h"
#include "support/csv.h"
#include "support/files.h"
#include "support/time_text.h"

#include <cstdio>

namespace foyer::server {

namespace {

constexpr int RUNS_SHOWN = 400;

void print_header() {
    std::fputs(write_csv_line({"started_at", "by", "dry_run", "state", "rule", "days", "erased", "postponed"}).c_str(),
               stdout);
}

void print_run(const store::RetentionRun& run) {
    // Nothing of them is erased: a line of its own, whose count is of those who were told.
    std::fputs(write_csv_line({rfc3339(run.started_at), run.started_by, run.dry_run ? "yes" : "no", run.state,
                               "inactive_notice", "", std::to_string(run.warned), ""})
                   .c_str(),
               stdout);
    for (const store::RetentionCount& count : run.counts)
        std::fputs(
            write_csv_line({rfc3339(run.started_at), run.started_by, run.dry_run ? "yes" : "no", run.state, count.rule,
                            std::to_string(count.days), std::to_string(count.erased), std::to_string(count.postponed)})
                .c_str(),
            stdout);
}

ExitCode report(ToolHouse& house) {
    const auto runs = house.store->retention_runs(house.town->portal.slug, RUNS_SHOWN);
    if (!runs)
        return storage_failed();
    print_header();
    for (const store::RetentionRun& run : *runs)
        print_run(run);
    return ExitCode::success;
}

} // namespace

ExitCode erase_what_has_served(ToolHouse& house, const ToolLine& line, const std::string& data_folder) {
    if (line.verb == "report")
        return report(house);
    const auto lock = DirectoryLock::take(privacy::retention_lock_folder(data_folder));
    if (!lock) {
        say("data that has served is being erased at this moment, by the server or at another terminal. Nothing was "
            "done; try again when that has finished.");
        return ExitCode::failure;
    }
    privacy::RetentionOrder order;
    order.by = staff::TERMINAL;
    order.dry_run = line.has("--dry-run");
    order.write_notice = privacy::notice_writer(
        [&house](std::string_view language) -> const i18n::Texts& { return house.texts(language); }, house.random,
        house.origin);
    const auto run = privacy::run_retention(*house.store, *house.town, house.clock, order);
    if (!run) {
        say("the database could not be read or written: is the disk full, or the folder not yours? What was erased "
            "until then is in “retention report”.");
        return ExitCode::failure;
    }
    print_header();
    print_run(*run);
    return ExitCode::success;
}

} // namespace foyer::server
