// What an agent does with a request: takes it, gives it back, accepts, refuses, asks; with one or with many, and takes
// a bulk of decisions back while there is time.
#include "desk/bulk.h"
#include "households/decisions.h"
#include "routes/desk_json.h"
#include "routes/handlers.h"
#include "routes/staff_handlers.h"
#include "support/time_text.h"
#include "wire/encoding.h"

#include <algorithm>
#include <set>

namespace foyer::server::routes {

using households::Decision;
using households::DecisionRefusal;
using http::Reply;
using http::Request;
using store::StaffRole;
using store::TokenScope;

namespace {

constexpr std::size_t LONGEST_KEY = 200; // bytes
constexpr std::size_t MOST_FIELDS = 200;

TextKey sentence_of(DecisionRefusal::Kind kind) {
    switch (kind) {
    case DecisionRefusal::Kind::not_possible:
        return TextKey::server_desk_error_not_possible;
    case DecisionRefusal::Kind::claimed:
        return TextKey::server_desk_error_claimed;
    case DecisionRefusal::Kind::changed:
        return TextKey::server_desk_error_changed;
    case DecisionRefusal::Kind::pending:
    case DecisionRefusal::Kind::taken_back:
        return TextKey::server_desk_error_pending;
    case DecisionRefusal::Kind::reason_missing:
        return TextKey::server_desk_error_reason_missing;
    case DecisionRefusal::Kind::reason_unknown:
        return TextKey::server_desk_error_reason_unknown;
    case DecisionRefusal::Kind::fields_missing:
        return TextKey::server_desk_error_fields_missing;
    case DecisionRefusal::Kind::field_unknown:
        return TextKey::server_desk_error_field_unknown;
    case DecisionRefusal::Kind::words_wrong:
        return TextKey::server_desk_error_words_wrong;
    case DecisionRefusal::Kind::unreadable:
        return TextKey::server_desk_error_unreadable;
    default:
        return TextKey::server_error_not_found;
    }
}

bool is_conflict(DecisionRefusal::Kind kind) {
    return kind == DecisionRefusal::Kind::not_possible || kind == DecisionRefusal::Kind::claimed ||
           kind == DecisionRefusal::Kind::changed || kind == DecisionRefusal::Kind::pending ||
           kind == DecisionRefusal::Kind::unreadable;
}

Reply refused(const Surroundings& around, const Request& request, const DecisionRefusal& refusal) {
    if (refusal.kind == DecisionRefusal::Kind::unknown)
        return not_found(around, request);
    if (refusal.kind == DecisionRefusal::Kind::storage)
        return storage_refused(around, request, store::StoreError::unavailable);
    const bool conflict = is_conflict(refusal.kind);
    Reply reply =
        problem(around, request, {conflict ? 409 : 422, desk::code_of(refusal.kind), sentence_of(refusal.kind)});
    auto document = wire::parse_json(reply.body);
    if (!document)
        return reply;
    // The page shows where the request stands without asking again.
    if (conflict)
        document->set("state", refusal.state)
            .set("version", refusal.version)
            .set("claimed_by", json_of(refusal.claimed_by));
    else if (!refusal.detail.empty())
        document->set("field", refusal.detail);
    reply.body = wire::write_json(*document);
    return reply;
}

Decision decision_of(const StaffCall& call, Decision::Kind kind) {
    Decision decision;
    decision.kind = kind;
    decision.by = colleague_of(call);
    decision.over_claims = call.caller.member.role >= StaffRole::manager;
    decision.line = call.line("submission." + std::string(households::name(kind)), {});
    return decision;
}

Reply decided_reply(const households::Decided& decided, const Decision& decision) {
    const bool taken = decided.state == "processing";
    return json_reply(200, wire::Json::object()
                               .set("number", decided.number)
                               .set("state", decided.state)
                               .set("version", decided.version)
                               .set("claimed_by", taken ? json_of(decision.by) : wire::Json()));
}

Reply move(const Surroundings& around, const Request& request, Decision::Kind kind) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::deciding}, [&](const StaffCall& call) {
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const auto submission = submission_of(around, request, call);
        if (!submission)
            return submission.error();
        const Decision decision = decision_of(call, kind);
        const auto decided = around.decisions.decide(call.town.portal.slug, submission->number, decision);
        return decided ? decided_reply(*decided, decision) : refused(around, request, decided.error());
    });
}

// The members of a decision that come from outside.
void read_decision(wire::JsonReader& body, Decision& decision, bool with_claims) {
    std::vector<std::string_view> kinds = {"accept", "refuse", "ask"};
    if (with_claims)
        kinds.insert(kinds.end(), {"take", "release"});
    constexpr std::array KINDS = {Decision::Kind::accept, Decision::Kind::refuse, Decision::Kind::ask,
                                  Decision::Kind::take, Decision::Kind::release};
    decision.kind = KINDS[body.member("kind").one_of(kinds).value_or(0)];
    decision.reason_code = body.optional_member("reason_code").text_or("");
    decision.reason = body.optional_member("reason").text_or("");
    decision.message = body.optional_member("message").text_or("");
    wire::JsonReader fields = body.optional_member("fields");
    for (wire::JsonReader& field : fields.elements())
        decision.fields.push_back(field.text_of(1, LONGEST_KEY));
    if (decision.fields.size() > MOST_FIELDS)
        fields.mistake("must be at most 200 fields");
}

wire::Json result_json(const std::string& number, const char* code) {
    return wire::Json::object()
        .set("number", number)
        .set("ok", code == nullptr)
        .set("code", code ? wire::Json(code) : wire::Json());
}

// What of a decision can be judged before its time has come.
const char* obstacle_of(const store::SubmissionRecord& submission, const Decision& decision, const StaffCall& call) {
    if (!submission.pending.empty())
        return "decision_pending";
    if (submission.claimed_by && submission.claimed_by->id != decision.by->id)
        return "claimed";
    if (!households::is_possible(submission.state, decision.kind))
        return "not_possible";
    if (decision.kind == Decision::Kind::refuse && !decision.reason_code.empty()) {
        const auto& reasons = call.town.portal.refusal_reasons;
        if (std::none_of(reasons.begin(), reasons.end(),
                         [&](const portal::RefusalReason& reason) { return reason.key == decision.reason_code; }))
            return "reason_unknown";
    }
    return nullptr;
}

struct BulkAnswer {
    wire::Json results = wire::Json::array();
    std::vector<store::DecisionBatch::Entry> entries;
};

// Taking and giving back need no undo time: they are made at once, and undone by one another.
void move_at_once(const Surroundings& around, const StaffCall& call, const Decision& decision,
                  const store::SubmissionRecord& submission, BulkAnswer& answer) {
    const auto decided = around.decisions.decide(call.town.portal.slug, submission.number, decision);
    answer.results.push(result_json(submission.number, decided ? nullptr : desk::code_of(decided.error().kind)));
}

Reply make_batch(const Surroundings& around, const Request& request, const StaffCall& call, const Decision& decision,
                 BulkAnswer answer) {
    wire::Json document = wire::Json::object();
    document.set("undo", wire::Json()).set("until", wire::Json());
    if (!answer.entries.empty()) {
        store::DecisionBatch batch;
        batch.id = wire::encode_hex(around.random.bytes(8));
        batch.portal = call.town.portal.slug;
        batch.by = colleague_of(call);
        batch.actor = call.caller.name();
        batch.action = desk::written(decision);
        batch.made_at = call.now;
        batch.due_at = call.now + desk::UNDO_SECONDS;
        batch.entries = std::move(answer.entries);
        const auto made = around.queue.make_batch(
            std::move(batch), call.line("bulk." + std::string(households::name(decision.kind)), "batch"));
        if (!made)
            return storage_refused(around, request, made.error());
        for (const store::DecisionBatch::Entry& entry : made->entries)
            answer.results.push(result_json(entry.number, entry.outcome.empty() ? nullptr : "decision_pending"));
        document.set("undo", made->id).set("until", rfc3339(made->due_at));
    }
    document.set("results", std::move(answer.results));
    return json_reply(200, document);
}

} // namespace

Reply take_request(const Surroundings& around, const Request& request) {
    return move(around, request, Decision::Kind::take);
}

Reply release_request(const Surroundings& around, const Request& request) {
    return move(around, request, Decision::Kind::release);
}

Reply decide_request(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::deciding}, [&](const StaffCall& call) {
        const auto submission = submission_of(around, request, call);
        if (!submission)
            return submission.error();
        Decision decision = decision_of(call, Decision::Kind::accept);
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                read_decision(body, decision, false);
                decision.version = body.member("version").integer(1, INT64_MAX);
            }))
            return std::move(*wrong);
        staff::AuditDetails details;
        if (!decision.reason_code.empty())
            details["reason"] = decision.reason_code;
        decision.line = call.line("submission." + std::string(households::name(decision.kind)), {}, std::move(details));
        const auto decided = around.decisions.decide(call.town.portal.slug, submission->number, decision);
        return decided ? decided_reply(*decided, decision) : refused(around, request, decided.error());
    });
}

Reply decide_many(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::deciding}, [&](const StaffCall& call) {
        Decision decision = decision_of(call, Decision::Kind::accept);
        std::vector<std::string> numbers;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                wire::JsonReader list = body.member("numbers");
                for (wire::JsonReader& number : list.elements())
                    numbers.push_back(number.text_of(1, LONGEST_KEY));
                if (numbers.empty() || numbers.size() > desk::MOST_AT_ONCE)
                    list.mistake("must be 1 to 200 numbers");
                wire::JsonReader action = body.member("action");
                if (action.present()) {
                    read_decision(action, decision, true);
                    action.refuse_unknown_members();
                }
            }))
            return std::move(*wrong);
        if (const auto words = households::judge_words(decision))
            return refused(around, request, *words);
        const bool at_once = decision.kind == Decision::Kind::take || decision.kind == Decision::Kind::release;
        decision.line = call.line("submission." + std::string(households::name(decision.kind)), {});
        BulkAnswer answer;
        std::set<std::string> seen;
        for (const std::string& number : numbers) {
            if (!seen.insert(number).second)
                continue;
            const auto found = around.submissions.find_submission(call.town.portal.slug, number);
            if (!found)
                return storage_refused(around, request, found.error());
            if (!*found || !call.caller.member.works_for((*found)->service)) {
                answer.results.push(result_json(number, "not_found"));
                continue;
            }
            if (at_once) {
                move_at_once(around, call, decision, **found, answer);
                continue;
            }
            if (const char* code = obstacle_of(**found, decision, call))
                answer.results.push(result_json(number, code));
            else
                answer.entries.push_back({number, (*found)->id, (*found)->moves(), {}});
        }
        return make_batch(around, request, call, decision, std::move(answer));
    });
}

Reply undo_batch(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::deciding}, [&](const StaffCall& call) {
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const std::string id = request.path_value("id");
        const auto undone = around.queue.undo_batch(call.town.portal.slug, id, call.caller.member.id, call.now,
                                                    call.line("bulk.undo", "batch:" + id));
        if (!undone)
            return storage_refused(around, request, undone.error());
        switch (*undone) {
        case store::UndoOutcome::undone:
            return Reply(204);
        case store::UndoOutcome::too_late:
            return problem(around, request, {409, "too_late", TextKey::server_desk_error_too_late});
        case store::UndoOutcome::unknown:
            break;
        }
        return not_found(around, request);
    });
}

Reply show_batch(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::reading}, [&](const StaffCall& call) {
        const auto batch = around.queue.find_batch(call.town.portal.slug, request.path_value("id"));
        if (!batch)
            return storage_refused(around, request, batch.error());
        if (!*batch || (*batch)->by.id != call.caller.member.id)
            return not_found(around, request);
        wire::Json results = wire::Json::array();
        for (const store::DecisionBatch::Entry& entry : (*batch)->entries)
            results.push(wire::Json::object()
                             .set("number", entry.number)
                             .set("outcome", entry.outcome.empty() ? wire::Json() : wire::Json(entry.outcome)));
        return json_reply(200, wire::Json::object()
                                   .set("undo", (*batch)->id)
                                   .set("state", (*batch)->state)
                                   .set("until", rfc3339((*batch)->due_at))
                                   .set("results", std::move(results)));
    });
}

} // namespace foyer::server::routes
