#include "privacy/retention.h"

#include "mail/letters.h"
#include "staff/caller.h"
#include "support/calendar.h"
#include "wire/encoding.h"

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
    batch.told_before = now - town.retention.notice_days * DAY_SECONDS;
    batch.told_after = batch.told_before - NOTICE_GOOD_FOR;
    return batch;
}

// One mail to each family whose account will be erased when its notice is over.
Result<Done, RetentionObstacle> tell_families(store::PrivacyStore& store, const portals::Published& town,
                                              std::int64_t run, UnixSeconds now, const RetentionOrder& order) {
    const UnixSeconds notice = town.retention.notice_days * DAY_SECONDS;
    store::NoticeBatch batch;
    batch.portal = town.portal.slug;
    batch.before = now - town.retention.of(RetentionRule::inactive_accounts) * DAY_SECONDS + notice;
    batch.told_after = now - notice - NOTICE_GOOD_FOR;
    batch.now = now;
    batch.limit = order.rows_at_once;
    const domain::CalendarDate on = domain::date_in_paris(now + notice);
    while (true) {
        const auto accounts = store.accounts_to_warn(batch);
        if (!accounts)
            return Failure{RetentionObstacle::storage};
        for (const store::Account& account : *accounts) {
            if (order.is_stopped())
                return Failure{RetentionObstacle::stopped};
            std::optional<store::NewMail> mail;
            if (!order.dry_run)
                mail = order.write_notice(town, account, on);
            if (!store.warn_account(run, batch, account.id, mail))
                return Failure{RetentionObstacle::storage};
            batch.after = account.id;
        }
        if (static_cast<int>(accounts->size()) < batch.limit)
            return Done{};
    }
}

} // namespace

NoticeWriter notice_writer(std::function<const i18n::Texts&(std::string_view language)> texts,
                           security::RandomSource& random, std::string origin) {
    return [texts = std::move(texts), &random, origin = std::move(origin)](
               const portals::Published& town, const store::Account& account, domain::CalendarDate on) {
        return mail::inactive_mail({town.portal, texts(account.language), origin},
                                   {account.email, account.person, on, wire::encode_hex(random.bytes(16))});
    };
}

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
    if (order.write_notice)
        if (const auto told = tell_families(store, town, *id, run.started_at, order); !told)
            return Failure{told.error()};
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
