#include "privacy/retention.h"

#include "staff/caller.h"

namespace foyer::server::privacy {

using store::RetentionBatch;
using store::RetentionRule;

namespace {

constexpr UnixSeconds DAY_SECONDS = 86'400;

RetentionBatch batch_of(const portals::Published& town, RetentionRule rule, UnixSeconds now,
                        const RetentionOrder& order) {
    RetentionBatch batch;
    batch.rule = rule;
    batch.portal = town.portal.slug;
    batch.now = now;
    batch.before = now - town.retention.of(rule) * DAY_SECONDS;
    if (rule == RetentionRule::kept_after_erasure)
        batch.before = now; // each such request carries its own day
    batch.open_since = now - OPEN_SECONDS;
    batch.decided_after = now - town.retention.of(RetentionRule::kept_after_erasure) * DAY_SECONDS;
    batch.limit = order.rows_at_once;
    batch.dry_run = order.dry_run;
    return batch;
}

} // namespace

std::string retention_lock_folder(const std::string& data_folder) { return data_folder + "/retention"; }

Result<store::RetentionRun, RetentionObstacle> run_retention(store::PrivacyStore& store, const portals::Published& town,
                                                             const Clock& clock, const RetentionOrder& order) {
    store::RetentionRun run;
    run.portal = town.portal.slug;
    // One instant for the whole run: a clock that is set meanwhile changes nothing in what is due.
    run.started_at = clock.now();
    run.started_by = order.by;
    run.dry_run = order.dry_run;
    const auto id = store.begin_retention(run);
    if (!id)
        return Failure{RetentionObstacle::storage};
    std::int64_t erased = 0;
    for (std::size_t number = 0; number < store::RETENTION_RULES.size(); ++number) {
        const auto rule = static_cast<RetentionRule>(number);
        RetentionBatch batch = batch_of(town, rule, run.started_at, order);
        while (true) {
            if (order.is_stopped())
                return Failure{RetentionObstacle::stopped};
            const auto step = store.retention_batch(*id, town.retention.of(rule), batch);
            if (!step)
                return Failure{RetentionObstacle::storage};
            erased += step->erased;
            if (!step->next)
                break;
            batch.after = *step->next;
        }
    }
    const store::NewAuditLine line{town.portal.slug,
                                   clock.now(),
                                   order.by == staff::TERMINAL ? staff::TERMINAL : "server",
                                   order.dry_run ? "retention.try" : "retention.run",
                                   "retention:" + std::to_string(*id),
                                   {{"erased", std::to_string(erased)}}};
    if (!store.finish_retention(*id, clock.now(), line))
        return Failure{RetentionObstacle::storage};
    const auto runs = store.retention_runs(town.portal.slug, 1);
    if (!runs || runs->empty())
        return Failure{RetentionObstacle::storage};
    return runs->front();
}

} // namespace foyer::server::privacy
