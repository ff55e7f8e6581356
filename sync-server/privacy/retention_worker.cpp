#include "privacy/retention_worker.h"

#include "support/calendar.h"
#include "support/files.h"

#include <chrono>

namespace foyer::server::privacy {

using store::RetentionRun;

namespace {

// Whether it is the hour is one look at the clock and one row.
constexpr std::chrono::minutes REST{1};
constexpr int RUNS_LOOKED_AT = 50;

// The newest run that came to its end, whoever began it.
std::optional<RetentionRun> last_finished(const std::vector<RetentionRun>& runs) {
    for (const RetentionRun& run : runs)
        if (run.state == "done")
            return run;
    return std::nullopt;
}

// A day's run at the terminal does not take the place of the night's, unless it has erased.
std::optional<RetentionRun> last_that_counts(const std::vector<RetentionRun>& runs) {
    for (const RetentionRun& run : runs)
        if (run.state == "done" && (run.started_by == "daily" || !run.dry_run))
            return run;
    return last_finished(runs);
}

} // namespace

RetentionDue retention_due(const std::optional<RetentionRun>& last, UnixSeconds now) {
    const LocalTime local = time_in_paris(now);
    if (local.hour < FIRST_HOUR)
        return RetentionDue::not_yet;
    if (!last)
        return RetentionDue::first_time;
    if (time_in_paris(last->started_at).date == local.date)
        return RetentionDue::not_yet;
    return now > last->started_at + TRUSTED_LEAP ? RetentionDue::doubtful : RetentionDue::due;
}

RetentionWorker::~RetentionWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void RetentionWorker::start() {
    m_thread = std::thread([this] { run(); });
}

bool RetentionWorker::is_stopping() {
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void RetentionWorker::run() {
    while (true) {
        (void)work_through();
        std::unique_lock lock(m_mutex);
        if (m_changed.wait_for(lock, REST, [&] { return m_stopping; }))
            return;
    }
}

int RetentionWorker::work_through() {
    int finished = 0;
    for (const portals::Published* town : m_catalogue.towns()) {
        if (is_stopping())
            return finished;
        const auto runs = m_store.retention_runs(town->portal.slug, RUNS_LOOKED_AT);
        if (!runs)
            return finished; // the storage refuses: later
        const UnixSeconds now = m_clock.now();
        const RetentionDue due = retention_due(last_that_counts(*runs), now);
        if (due == RetentionDue::not_yet)
            continue;
        const std::string today = text_of(time_in_paris(now).date);
        if (due == RetentionDue::doubtful) {
            if (m_told != today)
                m_log.warning(
                    "retention_clock_doubtful",
                    {{"town", town->portal.slug}, {"next", "when the clock is right: foyer-server retention run"}});
            m_told = today;
            continue;
        }
        // Somebody at the terminal may be at it: then it is done when they have finished.
        const auto lock = DirectoryLock::take(retention_lock_folder(m_data_folder));
        if (!lock)
            continue;
        RetentionOrder order;
        order.by = "daily";
        order.dry_run = due == RetentionDue::first_time;
        order.write_notice = m_write_notice;
        order.is_stopped = [this] { return is_stopping(); };
        const auto run = run_retention(m_store, *town, m_clock, order);
        if (!run) {
            if (run.error() == RetentionObstacle::storage)
                m_log.warning("retention_not_finished", {{"town", town->portal.slug}});
            continue;
        }
        std::int64_t erased = 0;
        for (const store::RetentionCount& count : run->counts)
            erased += count.erased;
        m_log.info("retention", {{"town", town->portal.slug},
                                 {"dry_run", run->dry_run ? "yes" : "no"},
                                 {"erased", std::to_string(erased)},
                                 {"warned", std::to_string(run->warned)}});
        if (run->warned > 0 && !run->dry_run)
            m_on_mail();
        ++finished;
    }
    return finished;
}

} // namespace foyer::server::privacy
