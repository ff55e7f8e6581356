// Families from another system's file: it is sent in parts, looked at, and imported as it was shown.
#include "domain/partial_date.h"
#include "households/import_desk.h"
#include "http/compression.h"
#include "routes/handlers.h"
#include "routes/staff_call.h"
#include "routes/staff_handlers.h"
#include "support/calendar.h"
#include "support/csv.h"

#include <algorithm>
#include <array>

namespace foyer::server::routes {

using households::ImportDesk;
using households::ImportPlan;
using households::ImportRefusal;
using households::LineMistake;
using households::PlannedRow;
using households::RowOutcome;
using store::StaffRole;
using store::TokenScope;

namespace {

constexpr std::size_t MISTAKES_SHOWN = 100; // the file of mistakes has all of them
constexpr std::int64_t USUAL_LIMIT = 100;
constexpr std::int64_t LARGEST_LIMIT = 500;
constexpr std::size_t DIGEST_LENGTH = 64;
constexpr std::array OUTCOMES = {"new", "changed", "unchanged"}; // in the order of RowOutcome

struct Answer {
    int status;
    const char* code;
    TextKey sentence;
};

Answer answer_to(ImportRefusal::Kind kind) {
    using Kind = ImportRefusal::Kind;
    switch (kind) {
    case Kind::too_large:
        return {413, "too_large", TextKey::server_import_too_large};
    case Kind::place:
        return {409, "import_place", TextKey::server_import_error_place};
    case Kind::incomplete:
        return {409, "import_incomplete", TextKey::server_import_error_incomplete};
    case Kind::busy:
        return {409, "import_busy", TextKey::server_import_error_busy};
    case Kind::not_checked:
        return {409, "import_not_checked", TextKey::server_import_error_not_checked};
    case Kind::changed:
        return {409, "import_changed", TextKey::server_import_error_changed};
    case Kind::bad_lines:
        return {409, "import_bad_lines", TextKey::server_import_error_bad_lines};
    default:
        return {404, "import_gone", TextKey::server_import_error_gone};
    }
}

Reply refused(const Surroundings& around, const Request& request, const ImportRefusal& refusal) {
    if (refusal.kind == ImportRefusal::Kind::storage)
        return storage_refused(around, request, store::StoreError::unavailable);
    const Answer answer = answer_to(refusal.kind);
    http::Refusal told{answer.status, answer.code, answer.sentence};
    Reply reply = problem(around, request, told);
    auto document = wire::parse_json(reply.body);
    if (!document)
        return reply;
    if (refusal.kind == ImportRefusal::Kind::too_large) // the sentence names the limit
        document->set("detail",
                      http::texts_for(request, around.languages)
                          .format(answer.sentence, {{"count", std::to_string(households::LARGEST_IMPORT >> 20U)}}));
    if (refusal.kind == ImportRefusal::Kind::place || refusal.kind == ImportRefusal::Kind::incomplete)
        document->set("received", static_cast<std::int64_t>(refusal.received));
    reply.body = wire::write_json(*document);
    return reply;
}

ImportDesk::Owner owner_of(const StaffCall& call) { return {call.town.portal.slug, call.caller.member.id}; }

// What the lines are judged by, in the caller's language. It lives as long as the call.
class Rules {
public:
    Rules(const Surroundings& around, const Request& request, const StaffCall& call)
        : m_context{domain::date_in_paris(call.now)}, m_entourage(call.town.portal.find(form::Procedure::entourage)) {
        const i18n::Texts& own = http::texts_for(request, around.languages);
        m_texts = {&own, &around.languages.named(own.language() == "fr" ? "en" : "fr")};
    }
    [[nodiscard]] households::RowRules rules() const {
        return {m_context, m_entourage ? m_entourage->schools : m_any_school, m_texts};
    }

private:
    form::Context m_context;
    const portal::ProcedureDefinition* m_entourage;
    std::vector<form::TownOption> m_any_school;
    std::vector<const i18n::Texts*> m_texts;
};

wire::Json counts_json(int fresh, int changed, int unchanged) {
    return wire::Json::object().set("new", fresh).set("changed", changed).set("unchanged", unchanged);
}

wire::Json mistake_json(const LineMistake& mistake) {
    return wire::Json::object()
        .set("line", mistake.line)
        .set("column", mistake.column.empty() ? wire::Json() : wire::Json(mistake.column))
        .set("code", mistake.code)
        .set("value", mistake.value)
        .set("reason", mistake.reason);
}

wire::Json summary_json(const ImportPlan& plan) {
    wire::Json mistakes = wire::Json::array();
    for (std::size_t i = 0; i < std::min(MISTAKES_SHOWN, plan.mistakes.size()); ++i)
        mistakes.push(mistake_json(plan.mistakes[i]));
    const bool unreadable = plan.rows.empty() && !plan.mistakes.empty() && plan.mistakes.front().line <= 1;
    return wire::Json::object()
        .set("digest", plan.digest)
        .set("families", counts_json(plan.new_families, plan.changed_families, plan.unchanged_families))
        .set("people", counts_json(plan.new_people, plan.changed_people, plan.unchanged_people))
        .set("bad_lines", plan.bad_lines)
        .set("readable", !unreadable)
        .set("mistakes", std::move(mistakes))
        .set("mistakes_in_all", static_cast<std::int64_t>(plan.mistakes.size()));
}

wire::Json row_json(const PlannedRow& row) {
    wire::Json changes = wire::Json::array();
    for (const households::FieldChange& change : row.changes)
        changes.push(
            wire::Json::object().set("column", change.column).set("before", change.before).set("after", change.after));
    return wire::Json::object()
        .set("line", row.line)
        .set("family_id", row.family_id)
        .set("person_id", row.person_id)
        .set("name", row.name)
        .set("kind", store::name(row.kind))
        .set("outcome", OUTCOMES[static_cast<std::size_t>(row.outcome)])
        .set("new_family", row.new_family)
        .set("changes", std::move(changes));
}

Reply with_imports(const Surroundings& around, const Request& request, StaffAccess access,
                   const std::function<Reply(const StaffCall&, ImportDesk&)>& handler) {
    access.minimum = StaffRole::manager;
    access.scope = TokenScope::importing;
    return with_staff(around, request, access, [&](const StaffCall& call) {
        return around.imports ? handler(call, *around.imports) : not_found(around, request);
    });
}

} // namespace

Reply begin_import(const Surroundings& around, const Request& request) {
    return with_imports(around, request, {}, [&](const StaffCall& call, ImportDesk& desk) {
        std::int64_t bytes = 0;
        if (auto wrong = read_body(around, request,
                                   [&](wire::JsonReader& body) { bytes = body.member("bytes").integer(1, INT64_MAX); }))
            return std::move(*wrong);
        const auto id = desk.begin(owner_of(call), static_cast<std::size_t>(bytes));
        if (!id)
            return refused(around, request, id.error());
        return json_reply(201, wire::Json::object().set("id", *id).set(
                                   "part_bytes", static_cast<std::int64_t>(ImportDesk::LARGEST_PART)));
    });
}

Reply add_import_part(const Surroundings& around, const Request& request) {
    StaffAccess access;
    access.media_type = "text/csv";
    return with_imports(around, request, access, [&](const StaffCall& call, ImportDesk& desk) {
        const auto at = path_number(request, "at");
        if (!at)
            return not_found(around, request);
        const auto received =
            desk.add(owner_of(call), request.path_value("id"), static_cast<std::size_t>(*at), request.body);
        if (!received)
            return refused(around, request, received.error());
        return json_reply(200, wire::Json::object().set("received", static_cast<std::int64_t>(*received)));
    });
}

Reply check_import(const Surroundings& around, const Request& request) {
    return with_imports(around, request, {}, [&](const StaffCall& call, ImportDesk& desk) {
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const Rules rules(around, request, call);
        const auto plan = desk.check(owner_of(call), request.path_value("id"), rules.rules());
        return plan ? json_reply(200, summary_json(**plan)) : refused(around, request, plan.error());
    });
}

Reply list_import_rows(const Surroundings& around, const Request& request) {
    return with_imports(around, request, {}, [&](const StaffCall& call, ImportDesk& desk) {
        const std::string wanted = query_value(request, "outcome").value_or("");
        const auto outcome = std::find(OUTCOMES.begin(), OUTCOMES.end(), wanted);
        const auto after = query_number(request, "after", 0);
        const auto limit = query_number(request, "limit", USUAL_LIMIT);
        if ((!wanted.empty() && outcome == OUTCOMES.end()) || !after || !limit || *limit < 1)
            return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
        const auto plan = desk.shown(owner_of(call), request.path_value("id"));
        if (!plan)
            return refused(around, request, plan.error());
        const auto most = static_cast<std::size_t>(std::min(*limit, LARGEST_LIMIT));
        wire::Json rows = wire::Json::array();
        std::size_t count = 0;
        std::optional<int> next;
        int last = 0;
        for (const PlannedRow& row : (*plan)->rows) {
            if (row.line <= *after ||
                (!wanted.empty() && row.outcome != static_cast<RowOutcome>(outcome - OUTCOMES.begin())))
                continue;
            if (count == most) {
                next = last;
                break;
            }
            last = row.line;
            ++count;
            rows.push(row_json(row));
        }
        return json_reply(
            200,
            wire::Json::object().set("rows", std::move(rows)).set("next", next ? wire::Json(*next) : wire::Json()));
    });
}

Reply show_import_mistakes(const Surroundings& around, const Request& request) {
    return with_imports(around, request, {}, [&](const StaffCall& call, ImportDesk& desk) {
        const auto plan = desk.shown(owner_of(call), request.path_value("id"));
        if (!plan)
            return refused(around, request, plan.error());
        const i18n::Texts& texts = http::texts_for(request, around.languages);
        const auto word = [&](TextKey key) { return std::string(texts.get(key)); };
        // With a byte order mark: spreadsheets take it for UTF-8 then.
        std::string body =
            "\xEF\xBB\xBF" +
            write_csv_line({word(TextKey::server_import_report_line), word(TextKey::server_import_report_column),
                            word(TextKey::server_import_report_value), word(TextKey::server_import_report_what)});
        for (const LineMistake& mistake : (*plan)->mistakes)
            body += write_csv_line({std::to_string(mistake.line), mistake.column, mistake.value, mistake.reason});
        return Reply(200, "text/csv; charset=utf-8", std::move(body))
            .with("Content-Disposition", "attachment; filename=\"lignes-a-corriger.csv\"");
    });
}

Reply write_import(const Surroundings& around, const Request& request) {
    return with_imports(around, request, {}, [&](const StaffCall& call, ImportDesk& desk) {
        std::string digest;
        bool leaves_out = false;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                digest = body.member("digest").text_of(DIGEST_LENGTH, DIGEST_LENGTH);
                leaves_out = body.optional_member("skip_bad").boolean_or(false);
            }))
            return std::move(*wrong);
        const Rules rules(around, request, call);
        const auto plan = desk.write(owner_of(call), request.path_value("id"), digest,
                                     leaves_out ? households::OnBadLines::skip : households::OnBadLines::stop,
                                     rules.rules(), call.line("families.import", "families"));
        return plan ? json_reply(200, summary_json(**plan)) : refused(around, request, plan.error());
    });
}

Reply give_up_import(const Surroundings& around, const Request& request) {
    return with_imports(around, request, {}, [&](const StaffCall& call, ImportDesk& desk) {
        desk.give_up(owner_of(call), request.path_value("id"));
        return Reply(204);
    });
}

} // namespace foyer::server::routes
