// The queue: its pages, its counters, one request with everything around it.
#include "domain/submission_state.h"
#include "households/decisions.h"
#include "routes/desk_json.h"
#include "routes/handlers.h"
#include "routes/staff_handlers.h"
#include "support/calendar.h"
#include "support/html.h"
#include "support/time_text.h"
#include "wire/encoding.h"

#include <algorithm>
#include <array>

namespace foyer::server::routes {

using http::Reply;
using http::Request;
using store::QueueView;
using store::StaffRole;
using store::TokenScope;

namespace {

constexpr std::int64_t USUAL_LIMIT = 50;
constexpr std::int64_t LARGEST_LIMIT = 200;
constexpr std::size_t LONGEST_NOTE = 4000;  // bytes
constexpr std::size_t LONGEST_SEARCH = 200; // bytes
constexpr UnixSeconds VIEWING_SECONDS = 45; // three heartbeats of the console
constexpr int MOST_LOOK_ALIKES = 10;
constexpr int MOST_MAILS = 50;

constexpr std::array VIEWS = {"new", "mine", "waiting", "late", "doubtful", "all", "done"}; // in the order of QueueView

std::string today_of(UnixSeconds now) { return text_of(time_in_paris(now).date); }

bool is_late(const std::string& state, const std::string& due_by, const std::string& today) {
    return (state == "received" || state == "processing") && due_by < today;
}

wire::Json item_json(const store::QueueItem& item, const std::string& today) {
    return wire::Json::object()
        .set("number", item.number)
        .set("procedure", procedure_name(item.procedure))
        .set("state", item.state)
        .set("service", item.service)
        .set("origin", item.origin)
        .set("name", name_of(item.person))
        .set("received_at", rfc3339(item.received_at))
        .set("due_by", item.due_by)
        .set("late", is_late(item.state, item.due_by, today))
        .set("marks", json_of(item.marks))
        .set("claimed_by", json_of(item.claimed_by))
        .set("pending", item.pending.empty() ? wire::Json() : wire::Json(item.pending));
}

wire::Json history_json(const store::SubmissionRecord& submission) {
    wire::Json list = wire::Json::array();
    for (const store::SubmissionEvent& event : submission.history)
        list.push(wire::Json::object()
                      .set("at", rfc3339(event.at))
                      .set("event", event.event)
                      .set("note", event.note)
                      .set("code", event.code)
                      .set("by", json_of(event.by)));
    return list;
}

wire::Json notes_json(const std::vector<store::Note>& notes) {
    wire::Json list = wire::Json::array();
    for (const store::Note& note : notes)
        list.push(wire::Json::object().set("at", rfc3339(note.at)).set("by", json_of(note.by)).set("text", note.text));
    return list;
}

wire::Json moves_json(const store::SubmissionRecord& submission) {
    using domain::SubmissionMove;
    wire::Json moves = wire::Json::array();
    const auto state = domain::submission_state_from(submission.state);
    for (const SubmissionMove move : {SubmissionMove::take, SubmissionMove::release, SubmissionMove::accept,
                                      SubmissionMove::refuse, SubmissionMove::ask})
        if (state && domain::after(*state, move))
            moves.push(domain::name(move));
    return moves;
}

wire::Json merges_json(const std::vector<store::Merge>& merges) {
    wire::Json list = wire::Json::array();
    for (const store::Merge& merge : merges)
        list.push(wire::Json::object()
                      .set("id", merge.id)
                      .set("kept", merge.kept)
                      .set("other", merge.other)
                      .set("what", merge.accounts_too ? "accounts" : "families")
                      .set("at", rfc3339(merge.at))
                      .set("by", json_of(merge.by))
                      .set("undone_at", merge.undone_at ? wire::Json(rfc3339(*merge.undone_at)) : wire::Json()));
    return list;
}

wire::Json look_alike_json(const store::LookAlike& one, const store::Answers& own, const portals::Published& published,
                           const i18n::Texts& texts) {
    wire::Json reasons = wire::Json::array();
    for (const std::string& reason : one.reasons)
        reasons.push(reason);
    return wire::Json::object()
        .set("account", one.account.empty() ? wire::Json() : wire::Json(one.account))
        .set("number", one.number.empty() ? wire::Json() : wire::Json(one.number))
        .set("family", one.family_id.empty() ? wire::Json() : wire::Json(one.family_id))
        .set("email", one.email)
        .set("since", rfc3339(one.since))
        .set("reasons", std::move(reasons))
        .set("rows", json_of(desk::side_by_side(own, one.answers, published.profile, texts)));
}

// Everything around one request, read piece by piece; any of it may have changed between two of them, which the
// version tells the next decision.
class Describing {
public:
    Describing(const Surroundings& around, const Request& request, const StaffCall& call,
               const store::SubmissionRecord& submission)
        : m_around(around), m_call(call), m_submission(submission), m_texts(http::texts_for(request, around.languages)),
          m_published(around.catalogue.find(submission.revision)) {
        if (!m_published)
            m_published = &call.town;
    }

    Result<wire::Json, store::StoreError> describe() {
        const store::AccountId account = m_submission.account.id;
        auto profile = m_around.queue.profile_before(account, m_submission.id);
        auto own = m_around.account_store.profile_of(account);
        auto household = m_around.households.household_of(account);
        auto notes = m_around.queue.notes_of(m_submission.id);
        auto viewers = m_around.queue.viewers_of(m_submission.id, m_call.now - VIEWING_SECONDS);
        auto mails = m_around.queue.mail_log(m_call.town.portal.slug, {}, m_submission.account.email, 0, MOST_MAILS);
        auto look_alikes = m_around.queue.look_alikes(m_submission, MOST_LOOK_ALIKES);
        auto merges = m_around.queue.merges_of(account);
        if (!profile || !own || !household || !notes || !viewers || !mails || !look_alikes || !merges)
            return Failure{store::StoreError::unavailable};
        const desk::Detail detail =
            desk::detail_of(m_submission, *m_published, {std::move(*profile), std::move(*household)}, m_texts);
        wire::Json document = facts();
        document.set("sections", sections_json(detail)).set("correctable", correctable_json(detail));
        document.set("history", history_json(m_submission)).set("notes", notes_json(*notes));
        document.set("viewers", json_of(*viewers)).set("moves", moves_json(m_submission));
        wire::Json mail_list = wire::Json::array();
        for (const store::LoggedMail& mail : *mails)
            if (m_call.caller.member.works_for(mail.service))
                mail_list.push(json_of(mail));
        document.set("mails", std::move(mail_list));
        wire::Json duplicates = wire::Json::array();
        for (const store::LookAlike& one : *look_alikes)
            duplicates.push(look_alike_json(one, *own, m_call.town, m_texts));
        document.set("duplicates", std::move(duplicates)).set("merges", merges_json(*merges));
        document.set("refusal_reasons", reasons_json());
        return document;
    }

private:
    wire::Json facts() {
        const store::Account& account = m_submission.account;
        wire::Json document =
            wire::Json::object()
                .set("number", m_submission.number)
                .set("procedure", procedure_name(m_submission.procedure))
                .set("state", m_submission.state)
                .set("version", m_submission.moves())
                .set("service", m_submission.service)
                .set("origin", m_submission.origin)
                .set("name", name_of(account.person))
                .set("received_at", rfc3339(m_submission.received_at))
                .set("filled_at", m_submission.filled_at)
                .set("due_by", m_submission.due_by)
                .set("late", is_late(m_submission.state, m_submission.due_by, today_of(m_call.now)))
                .set("marks", json_of(m_submission.marks))
                .set("claimed_by", json_of(m_submission.claimed_by))
                .set("pending", m_submission.pending.empty() ? wire::Json() : wire::Json(m_submission.pending));
        document.set("waiting_since",
                     m_submission.waiting_since ? wire::Json(rfc3339(*m_submission.waiting_since)) : wire::Json());
        document.set("account",
                     wire::Json::object()
                         .set("reference", account.reference)
                         .set("email", account.email)
                         .set("identifier", account.identifier ? wire::Json(*account.identifier) : wire::Json())
                         .set("active", account.state == store::AccountState::active)
                         .set("language", account.language));
        return document;
    }

    static wire::Json sections_json(const desk::Detail& detail) {
        wire::Json list = wire::Json::array();
        for (const desk::Section& section : detail.sections)
            list.push(wire::Json::object()
                          .set("title", section.title)
                          .set("known", section.known)
                          .set("rows", json_of(section.rows)));
        return list;
    }

    static wire::Json correctable_json(const desk::Detail& detail) {
        wire::Json list = wire::Json::array();
        for (const desk::Correctable& field : detail.correctable)
            list.push(wire::Json::object().set("key", field.key).set("label", field.label));
        return list;
    }

    wire::Json reasons_json() {
        wire::Json list = wire::Json::array();
        for (const portal::RefusalReason& reason : m_call.town.portal.refusal_reasons)
            list.push(wire::Json::object()
                          .set("key", reason.key)
                          .set("text", form::in_language(reason.text, m_texts.language())));
        return list;
    }

    const Surroundings& m_around;
    const StaffCall& m_call;
    const store::SubmissionRecord& m_submission;
    const i18n::Texts& m_texts;
    const portals::Published* m_published;
};

} // namespace

std::optional<store::QueueQuestion> queue_question_of(const Request& request, const StaffCall& call) {
    store::QueueQuestion question;
    question.scope = scope_of(call);
    question.today = today_of(call.now);
    question.number_prefix = call.town.portal.number_prefix;
    const auto view = std::find(VIEWS.begin(), VIEWS.end(), query_value(request, "view").value_or("all"));
    if (view == VIEWS.end())
        return std::nullopt;
    question.view = static_cast<QueueView>(view - VIEWS.begin());
    if (const auto name = query_value(request, "procedure"); name && !name->empty()) {
        const auto procedure = form::procedure_from(*name);
        if (!procedure || *procedure > form::Procedure::profile) // the others make no requests
            return std::nullopt;
        question.procedure = static_cast<std::uint16_t>(*procedure);
    }
    question.state = query_value(request, "state").value_or("");
    if (!question.state.empty() && !domain::submission_state_from(question.state))
        return std::nullopt;
    question.mark = query_value(request, "mark").value_or("");
    question.origin = query_value(request, "origin").value_or("");
    if (!question.origin.empty() &&
        std::find(store::ORIGINS.begin(), store::ORIGINS.end(), question.origin) == store::ORIGINS.end())
        return std::nullopt;
    question.text = query_value(request, "q").value_or("");
    question.after = query_value(request, "after").value_or("");
    const auto limit = query_number(request, "limit", USUAL_LIMIT);
    if (!limit || *limit < 1 || question.text.size() > LONGEST_SEARCH)
        return std::nullopt;
    question.limit = static_cast<int>(std::min(*limit, LARGEST_LIMIT));
    return question;
}

store::QueueScope scope_of(const StaffCall& call) {
    const store::StaffMember& member = call.caller.member;
    store::QueueScope scope{call.town.portal.slug, member.id, {}};
    if (member.role == StaffRole::agent && !member.services.empty())
        scope.services = member.services;
    return scope;
}

store::Colleague colleague_of(const StaffCall& call) { return {call.caller.member.id, call.caller.member.name}; }

wire::Json json_of(const store::Colleague& colleague) {
    return wire::Json::object().set("id", colleague.id.number()).set("name", colleague.name);
}

wire::Json json_of(const std::optional<store::Colleague>& colleague) {
    return colleague ? json_of(*colleague) : wire::Json();
}

wire::Json json_of(const std::vector<store::Colleague>& colleagues) {
    wire::Json list = wire::Json::array();
    for (const store::Colleague& colleague : colleagues)
        list.push(json_of(colleague));
    return list;
}

wire::Json json_of(const std::vector<desk::Row>& rows) {
    wire::Json list = wire::Json::array();
    for (const desk::Row& row : rows)
        list.push(wire::Json::object()
                      .set("key", row.key)
                      .set("label", row.label)
                      .set("value", row.value)
                      .set("known", row.known)
                      .set("differs", row.differs)
                      .set("mark", row.mark.empty() ? wire::Json() : wire::Json(row.mark))
                      .set("note", row.note));
    return list;
}

wire::Json json_of(const store::LoggedMail& mail) {
    return wire::Json::object()
        .set("id", mail.id)
        .set("kind", mail.kind)
        .set("recipient", mail.recipient)
        .set("subject", mail.subject)
        .set("state", mail.state)
        .set("attempts", mail.attempts)
        .set("reason", mail.reason)
        .set("created_at", rfc3339(mail.created_at))
        .set("finished_at", mail.finished_at ? wire::Json(rfc3339(*mail.finished_at)) : wire::Json())
        .set("number", mail.submission ? wire::Json(*mail.submission) : wire::Json());
}

wire::Json json_of(const std::vector<store::Mark>& marks) {
    wire::Json list = wire::Json::array();
    for (const store::Mark& mark : marks)
        list.push(wire::Json::object().set("code", mark.code).set("field", mark.field));
    return list;
}

std::string name_of(const store::Person& person) {
    return person.last_name.empty() ? person.first_names : person.first_names + " " + person.last_name;
}

std::string procedure_name(std::uint16_t procedure) {
    const auto known = form::procedure_from(procedure);
    return known ? std::string(form::name(*known)) : std::to_string(procedure);
}

Result<store::SubmissionRecord, Reply> submission_of(const Surroundings& around, const Request& request,
                                                     const StaffCall& call) {
    auto found = around.submissions.find_submission(call.town.portal.slug, request.path_value("number"));
    if (!found)
        return Failure{storage_refused(around, request, found.error())};
    // Another service's is as unknown as one that does not exist.
    if (!*found || !call.caller.member.works_for((*found)->service))
        return Failure{not_found(around, request)};
    return std::move(**found);
}

Reply show_counters(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::reading, staff::Sessions::Presence::page},
                      [&](const StaffCall& call) {
                          const auto counters = around.queue.queue_counters(scope_of(call), today_of(call.now));
                          if (!counters)
                              return storage_refused(around, request, counters.error());
                          return json_reply(200, wire::Json::object()
                                                     .set("new", counters->fresh)
                                                     .set("mine", counters->mine)
                                                     .set("waiting", counters->waiting)
                                                     .set("late", counters->late)
                                                     .set("doubtful", counters->doubtful)
                                                     .set("all", counters->all)
                                                     .set("done", counters->done));
                      });
}

Reply list_queue(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::reading}, [&](const StaffCall& call) {
        const auto question = queue_question_of(request, call);
        if (!question)
            return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
        const auto page = around.queue.queue_page(*question);
        if (!page)
            return storage_refused(around, request, page.error());
        if (const auto told = note_search(around, call, question->text, question->after.empty(), "search.requests",
                                          page->searched_by);
            !told)
            return storage_refused(around, request, told.error());
        wire::Json items = wire::Json::array();
        for (const store::QueueItem& item : page->items)
            items.push(item_json(item, question->today));
        return json_reply(200, wire::Json::object()
                                   .set("items", std::move(items))
                                   .set("next", page->next.empty() ? wire::Json() : wire::Json(page->next)));
    });
}

Reply show_request(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::reading}, [&](const StaffCall& call) {
        auto submission = submission_of(around, request, call);
        if (!submission)
            return submission.error();
        // Whoever looks at a family's file leaves a line, before anything of it is shown.
        if (const auto told =
                around.audit.add_audit_line(call.line("submission.view", "submission:" + submission->number));
            !told)
            return storage_refused(around, request, told.error());
        const auto document = Describing(around, request, call, *submission).describe();
        return document ? json_reply(200, *document) : storage_refused(around, request, document.error());
    });
}

Reply view_request(const Surroundings& around, const Request& request) {
    return with_staff(
        around, request, {StaffRole::agent, {}, staff::Sessions::Presence::page}, [&](const StaffCall& call) {
            if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
                return std::move(*wrong);
            const auto submission = submission_of(around, request, call);
            if (!submission)
                return submission.error();
            const auto viewers =
                around.queue.note_viewer(submission->id, colleague_of(call), call.now, call.now - VIEWING_SECONDS);
            if (!viewers)
                return storage_refused(around, request, viewers.error());
            return json_reply(200, wire::Json::object()
                                       .set("viewers", json_of(*viewers))
                                       .set("state", submission->state)
                                       .set("version", submission->moves())
                                       .set("claimed_by", json_of(submission->claimed_by)));
        });
}

Reply add_note(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::deciding}, [&](const StaffCall& call) {
        const auto submission = submission_of(around, request, call);
        if (!submission)
            return submission.error();
        store::Note note{call.now, colleague_of(call), {}};
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                wire::JsonReader text = body.member("text");
                note.text = text.text_of(1, LONGEST_NOTE);
                if (note.text.find_first_not_of(" \n\t") == std::string::npos)
                    text.mistake("must hold words");
            }))
            return std::move(*wrong);
        const auto added = around.queue.add_note(submission->id, note,
                                                 call.line("submission.note", "submission:" + submission->number));
        if (!added)
            return storage_refused(around, request, added.error());
        const auto notes = around.queue.notes_of(submission->id);
        if (!notes)
            return storage_refused(around, request, notes.error());
        return json_reply(201, wire::Json::object().set("notes", notes_json(*notes)));
    });
}

} // namespace foyer::server::routes
