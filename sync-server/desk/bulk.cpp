#include "desk/bulk.h"

#include "wire/json.h"

#include <chrono>

namespace foyer::server::desk {

using households::Decision;
using households::DecisionRefusal;

namespace {
// Often enough that “applied after ten seconds” is true within one; each look is one probe of a small index.
constexpr std::chrono::milliseconds REST{500};
} // namespace

std::string written(const Decision& decision) {
    wire::Json fields = wire::Json::array();
    for (const std::string& field : decision.fields)
        fields.push(field);
    return wire::write_json(wire::Json::object()
                                .set("kind", households::name(decision.kind))
                                .set("reason_code", decision.reason_code)
                                .set("reason", decision.reason)
                                .set("fields", std::move(fields))
                                .set("message", decision.message));
}

Decision decision_from(const std::string& text) {
    Decision decision;
    const auto json = wire::parse_json(text);
    if (!json)
        return decision;
    const auto member = [&](std::string_view name) {
        const wire::Json* found = json->find(name);
        return found ? found->text() : std::string();
    };
    for (const auto kind : {Decision::Kind::take, Decision::Kind::release, Decision::Kind::accept,
                            Decision::Kind::refuse, Decision::Kind::ask})
        if (households::name(kind) == member("kind"))
            decision.kind = kind;
    decision.reason_code = member("reason_code");
    decision.reason = member("reason");
    decision.message = member("message");
    if (const wire::Json* fields = json->find("fields"))
        for (const wire::Json& field : fields->elements())
            decision.fields.push_back(field.text());
    return decision;
}

const char* code_of(DecisionRefusal::Kind kind) {
    switch (kind) {
    case DecisionRefusal::Kind::unknown:
        return "not_found";
    case DecisionRefusal::Kind::not_possible:
        return "not_possible";
    case DecisionRefusal::Kind::reason_missing:
        return "reason_missing";
    case DecisionRefusal::Kind::words_wrong:
        return "words_wrong";
    case DecisionRefusal::Kind::fields_missing:
        return "fields_missing";
    case DecisionRefusal::Kind::field_unknown:
        return "field_unknown";
    case DecisionRefusal::Kind::claimed:
        return "claimed";
    case DecisionRefusal::Kind::changed:
        return "changed";
    case DecisionRefusal::Kind::pending:
        return "decision_pending";
    case DecisionRefusal::Kind::taken_back:
        return "taken_back";
    case DecisionRefusal::Kind::reason_unknown:
        return "reason_unknown";
    case DecisionRefusal::Kind::unreadable:
        return "unreadable";
    case DecisionRefusal::Kind::storage:
        break;
    }
    return "storage_unavailable";
}

BulkWorker::~BulkWorker() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void BulkWorker::start() {
    m_thread = std::thread([this] { run(); });
}

void BulkWorker::run() {
    while (true) {
        (void)work_through();
        std::unique_lock lock(m_mutex);
        if (m_changed.wait_for(lock, REST, [&] { return m_stopping; }))
            return;
    }
}

int BulkWorker::work_through() {
    int made = 0;
    while (true) {
        const auto batch = m_queue.next_batch(m_clock.now());
        if (!batch || !*batch)
            return made;
        const int some = carry_out(**batch);
        if (some < 0)
            return made; // the storage refuses: later
        made += some;
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return made;
    }
}

int BulkWorker::carry_out(const store::DecisionBatch& batch) {
    int made = 0;
    for (const store::DecisionBatch::Entry& entry : batch.entries) {
        if (!entry.outcome.empty())
            continue; // made before the server was killed
        Decision decision = decision_from(batch.action);
        decision.by = batch.by;
        decision.version = entry.version;
        decision.settles = batch.id;
        decision.line = store::NewAuditLine{batch.portal, m_clock.now(),
                                            batch.actor,  "submission." + std::string(households::name(decision.kind)),
                                            {},           {{"batch", batch.id}}};
        const auto decided = m_decisions.decide(batch.portal, entry.number, decision);
        if (decided) {
            ++made;
            continue;
        }
        if (decided.error().kind == DecisionRefusal::Kind::storage)
            return -1;
        m_log.warning("bulk_decision_refused", {{"number", entry.number}, {"code", code_of(decided.error().kind)}});
        if (!m_queue.settle_entry(batch.id, entry.submission, code_of(decided.error().kind)))
            return -1;
    }
    return m_queue.finish_batch(batch.id) ? made : -1;
}

} // namespace foyer::server::desk
