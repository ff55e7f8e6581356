// The law on personal data, for the town's managers: how long what is kept, a person's file as an archive, its erasure;
// and the statistics.
#include "form/form.h"
#include "privacy/archive.h"
#include "privacy/retention_worker.h"
#include "privacy/statistics.h"
#include "routes/desk_json.h"
#include "routes/handlers.h"
#include "routes/staff_handlers.h"
#include "support/time_text.h"

#include <functional>

namespace foyer::server::routes {

using http::Reply;
using http::Request;
using store::StaffRole;
using store::TokenScope;

namespace {

constexpr int MOST_RUNS = 30;
constexpr int MOST_ERASURES = 200;
constexpr std::size_t LONGEST_REFERENCE = 64;
constexpr UnixSeconds DAY_SECONDS = 86'400;

wire::Json moment_json(std::optional<UnixSeconds> at) { return at ? wire::Json(rfc3339(*at)) : wire::Json(); }

wire::Json run_json(const store::RetentionRun& run) {
    wire::Json counts = wire::Json::array();
    for (const store::RetentionCount& count : run.counts)
        counts.push(wire::Json::object()
                        .set("rule", count.rule)
                        .set("days", count.days)
                        .set("erased", count.erased)
                        .set("postponed", count.postponed));
    return wire::Json::object()
        .set("id", run.id)
        .set("started_at", rfc3339(run.started_at))
        .set("finished_at", moment_json(run.finished_at))
        .set("started_by", run.started_by)
        .set("dry_run", run.dry_run)
        .set("state", run.state)
        .set("warned", run.warned)
        .set("counts", std::move(counts));
}

wire::Json erasure_json(const store::Erasure& erasure) {
    wire::Json open = wire::Json::array();
    for (const std::string& number : erasure.open_requests)
        open.push(number);
    wire::Json erased = wire::Json::array();
    for (const store::ErasureCount& one : erasure.erased)
        erased.push(wire::Json::object().set("what", one.what).set("count", one.count));
    wire::Json kept = wire::Json::array();
    for (const store::ErasureKept& one : erasure.kept)
        kept.push(wire::Json::object()
                      .set("what", one.what)
                      .set("why", one.why)
                      .set("number", one.number.empty() ? wire::Json() : wire::Json(one.number))
                      .set("count", one.count)
                      .set("until", one.until == 0 ? wire::Json() : wire::Json(rfc3339(one.until))));
    return wire::Json::object()
        .set("id", erasure.id == 0 ? wire::Json() : wire::Json(erasure.id))
        .set("account", erasure.account)
        .set("at", rfc3339(erasure.at))
        .set("by", erasure.by)
        .set("open_requests", std::move(open))
        .set("erased", std::move(erased))
        .set("kept", std::move(kept));
}

store::NewErasure erasure_of(const StaffCall& call, const std::string& reference) {
    const portals::Retention& retention = call.town.retention;
    store::NewErasure erasure;
    erasure.portal = call.town.portal.slug;
    erasure.account = reference;
    erasure.now = call.now;
    erasure.keep_seconds = retention.of(store::RetentionRule::kept_after_erasure) * DAY_SECONDS;
    erasure.decided_after = call.now - erasure.keep_seconds;
    erasure.receipt_seconds = retention.of(store::RetentionRule::receipts) * DAY_SECONDS;
    erasure.by = call.caller.name();
    erasure.line = call.line("account.erase", "account:" + reference);
    return erasure;
}

wire::Json counts_json(const std::vector<std::pair<std::string, std::int64_t>>& counts, const char* name) {
    wire::Json list = wire::Json::array();
    for (const auto& [code, count] : counts)
        list.push(wire::Json::object().set(name, code).set("count", count));
    return list;
}

// The town's words for a reason it has in its list; a reason it no longer has is its code.
wire::Json reasons_json(const std::vector<std::pair<std::string, std::int64_t>>& reasons, const StaffCall& call,
                        std::string_view language) {
    wire::Json list = wire::Json::array();
    for (const auto& [code, count] : reasons) {
        std::string text = code;
        for (const portal::RefusalReason& reason : call.town.portal.refusal_reasons)
            if (reason.key == code)
                text = form::in_language(reason.text, language);
        list.push(wire::Json::object().set("code", code).set("text", text).set("count", count));
    }
    return list;
}

wire::Json day_json(const privacy::StatisticsDay& day) {
    wire::Json json = wire::Json::object();
    if (!day.day.empty())
        json.set("day", day.day);
    return json.set("received", day.received)
        .set("accepted", day.accepted)
        .set("refused", day.refused)
        .set("automatic", day.automatic)
        .set("withdrawn", day.withdrawn)
        .set("late", day.late)
        .set("mails_sent", day.mails_sent)
        .set("mails_failed", day.mails_failed);
}

// The archive of whoever `find` finds.
Reply hand_over(const Surroundings& around, const Request& request, const StaffCall& call,
                const std::function<Result<std::optional<store::PersonFile>, store::StoreError>()>& find,
                const store::NewAuditLine& line) {
    auto file = find();
    if (!file)
        return storage_refused(around, request, file.error());
    if (!*file)
        return not_found(around, request);
    // The line comes first; and this look is among those that the archive tells of.
    if (const auto told = around.audit.add_audit_line(line); !told)
        return storage_refused(around, request, told.error());
    file = find();
    if (!file)
        return storage_refused(around, request, file.error());
    if (!*file)
        return not_found(around, request);
    const std::string& language = (*file)->snapshot.account.language;
    const privacy::ArchiveTown town{call.town, around.catalogue,
                                    around.languages.named(language.empty() ? "fr" : language)};
    Reply reply(200, "application/zip", privacy::archive_of(**file, town, call.now));
    reply.headers.push_back(
        {"Content-Disposition", "attachment; filename=\"" + privacy::archive_name(**file, call.town) + "\""});
    reply.headers.push_back({"Cache-Control", "no-store"});
    return reply;
}

wire::Json hours_json(std::optional<std::int64_t> hours) { return hours ? wire::Json(*hours) : wire::Json(); }

} // namespace

Reply show_retention(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::reading}, [&](const StaffCall& call) {
        const auto runs = around.privacy->retention_runs(call.town.portal.slug, MOST_RUNS);
        if (!runs)
            return storage_refused(around, request, runs.error());
        wire::Json rules = wire::Json::array();
        for (std::size_t rule = 0; rule < store::RETENTION_RULES.size(); ++rule)
            rules.push(wire::Json::object()
                           .set("rule", store::RETENTION_RULES[rule])
                           .set("days", call.town.retention.days[rule]));
        wire::Json list = wire::Json::array();
        std::optional<store::RetentionRun> last;
        for (const store::RetentionRun& run : *runs) {
            list.push(run_json(run));
            if (!last && run.state == "done" && !run.dry_run)
                last = run;
        }
        const bool is_waiting = last && privacy::retention_due(last, call.now) == privacy::RetentionDue::doubtful;
        return json_reply(200, wire::Json::object()
                                   .set("rules", std::move(rules))
                                   .set("inactive_notice_days", call.town.retention.notice_days)
                                   .set("runs", std::move(list))
                                   .set("clock_doubtful", is_waiting));
    });
}

Reply show_person(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, {}}, [&](const StaffCall& call) {
        const std::string reference = request.path_value("id");
        const auto file = around.privacy->person_file(call.town.portal.slug, reference, call.now);
        if (!file)
            return storage_refused(around, request, file.error());
        if (!*file)
            return not_found(around, request);
        if (const auto told = around.audit.add_audit_line(call.line("account.look", "account:" + reference)); !told)
            return storage_refused(around, request, told.error());
        // What an erasure would do: nothing is changed by asking.
        const auto erasure = around.privacy->erase_person(erasure_of(call, reference));
        if (!erasure)
            return storage_refused(around, request, erasure.error());
        if (!*erasure)
            return not_found(around, request);
        wire::Json requests = wire::Json::array();
        for (const store::SubmissionRecord& one : (*file)->requests)
            requests.push(wire::Json::object()
                              .set("number", one.number)
                              .set("procedure", procedure_name(one.procedure))
                              .set("state", one.state)
                              .set("received_at", rfc3339(one.received_at)));
        const store::Account& account = (*file)->snapshot.account;
        return json_reply(200, wire::Json::object()
                                   .set("reference", account.reference)
                                   .set("name", name_of(account.person))
                                   .set("email", account.email)
                                   .set("created_at", rfc3339((*file)->created_at))
                                   .set("last_active_at", moment_json((*file)->last_active_at))
                                   .set("requests", std::move(requests))
                                   .set("erasure", erasure_json(**erasure)));
    });
}

Reply export_person(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::exporting}, [&](const StaffCall& call) {
        const std::string reference = request.path_value("id");
        return hand_over(
            around, request, call,
            [&] { return around.privacy->person_file(call.town.portal.slug, reference, call.now); },
            call.line("account.export", "account:" + reference));
    });
}

Reply export_family_person(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::exporting}, [&](const StaffCall& call) {
        const auto household = path_number(request, "id");
        const auto person = path_number(request, "person");
        if (!household || !person)
            return not_found(around, request);
        return hand_over(
            around, request, call,
            [&] {
                return around.privacy->family_person_file(call.town.portal.slug, store::HouseholdId(*household),
                                                          store::PersonId(*person), call.now);
            },
            call.line("family.export", "household:" + std::to_string(*household),
                      {{"person", std::to_string(*person)}}));
    });
}

Reply erase_person(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, {}}, [&](const StaffCall& call) {
        const std::string reference = request.path_value("id");
        std::string confirmed;
        store::NewErasure erasure = erasure_of(call, reference);
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                confirmed = body.member("confirm").text_of(1, LONGEST_REFERENCE);
                erasure.open_too = body.optional_member("open_too").boolean_or(false);
            }))
            return std::move(*wrong);
        erasure.apply = confirmed == reference;
        const auto done = around.privacy->erase_person(erasure);
        if (!done)
            return storage_refused(around, request, done.error());
        if (!*done)
            return not_found(around, request);
        if (!erasure.apply)
            return problem(around, request, {422, "not_confirmed", TextKey::server_privacy_error_not_confirmed});
        if ((*done)->id == 0)
            return problem(around, request, {409, "open_requests", TextKey::server_privacy_error_open_requests});
        if (around.on_change)
            around.on_change(); // the rest of the family is shown less
        return json_reply(200, erasure_json(**done));
    });
}

Reply list_erasures(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::reading}, [&](const StaffCall& call) {
        const auto erasures = around.privacy->erasures(call.town.portal.slug, MOST_ERASURES);
        if (!erasures)
            return storage_refused(around, request, erasures.error());
        wire::Json list = wire::Json::array();
        for (const store::Erasure& erasure : *erasures)
            list.push(erasure_json(erasure));
        return json_reply(200, wire::Json::object().set("erasures", std::move(list)));
    });
}

Reply show_statistics(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::reading}, [&](const StaffCall& call) {
        store::StatisticsQuestion question;
        question.portal = call.town.portal.slug;
        question.from = query_value(request, "from").value_or("");
        question.to = query_value(request, "to").value_or("");
        const auto days = privacy::days_between(question.from, question.to);
        if (days.empty())
            return problem(around, request, {400, "malformed_query", TextKey::server_privacy_error_period});
        if (const auto name = query_value(request, "procedure"); name && !name->empty()) {
            const auto procedure = form::procedure_from(*name);
            if (!procedure || *procedure > form::Procedure::profile)
                return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
            question.procedure = static_cast<std::uint16_t>(*procedure);
        }
        const auto rows = around.privacy->statistics(question);
        if (!rows)
            return storage_refused(around, request, rows.error());
        const privacy::Statistics made = privacy::statistics_of(days, *rows);
        wire::Json list = wire::Json::array();
        for (const privacy::StatisticsDay& day : made.days)
            list.push(day_json(day));
        return json_reply(200, wire::Json::object()
                                   .set("days", std::move(list))
                                   .set("total", day_json(made.total))
                                   .set("median_hours", hours_json(made.median_hours))
                                   .set("p90_hours", hours_json(made.p90_hours))
                                   .set("reasons", reasons_json(made.reasons, call,
                                                                http::texts_for(request, around.languages).language()))
                                   .set("failed_mails", counts_json(made.failed_mails, "kind")));
    });
}

} // namespace foyer::server::routes
