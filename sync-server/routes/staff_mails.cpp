// The mail log with its resend, and the merge of two accounts with its way back.
#include "desk/resending.h"
#include "routes/desk_json.h"
#include "routes/handlers.h"
#include "routes/staff_handlers.h"

#include <algorithm>

namespace foyer::server::routes {

using http::Reply;
using http::Request;
using store::MergeOutcome;
using store::StaffRole;
using store::TokenScope;

namespace {

constexpr std::int64_t USUAL_LIMIT = 50;
constexpr std::int64_t LARGEST_LIMIT = 200;
constexpr std::size_t LONGEST_REFERENCE = 64;

Reply merged(const Surroundings& around, const Request& request, const store::Merged& merge) {
    switch (merge.outcome) {
    case MergeOutcome::done:
        return json_reply(200, wire::Json::object().set("merge", merge.id));
    case MergeOutcome::unknown:
        return not_found(around, request);
    case MergeOutcome::same:
        return problem(around, request, {422, "same_account", TextKey::server_desk_error_same_account});
    case MergeOutcome::merged_already:
        return problem(around, request, {409, "merged_already", TextKey::server_desk_error_merged_already});
    case MergeOutcome::nothing:
        return problem(around, request, {409, "nothing_to_merge", TextKey::server_desk_error_nothing_to_merge});
    case MergeOutcome::changed:
        break;
    }
    return problem(around, request, {409, "changed_since", TextKey::server_desk_error_changed_since});
}

} // namespace

Reply list_mail_log(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::reading}, [&](const StaffCall& call) {
        const auto before = query_number(request, "after", 0);
        const auto limit = query_number(request, "limit", USUAL_LIMIT);
        const std::string state = query_value(request, "state").value_or("");
        if (!before || !limit || *limit < 1 ||
            (!state.empty() && state != "queued" && state != "sent" && state != "dead"))
            return problem(around, request, {400, "malformed_query", TextKey::server_error_malformed});
        const int count = static_cast<int>(std::min(*limit, LARGEST_LIMIT));
        const auto mails = around.queue.mail_log(call.town.portal.slug, state,
                                                 query_value(request, "recipient").value_or(""), *before, count);
        if (!mails)
            return storage_refused(around, request, mails.error());
        wire::Json list = wire::Json::array();
        for (const store::LoggedMail& mail : *mails)
            list.push(json_of(mail));
        const bool more = static_cast<int>(mails->size()) == count;
        return json_reply(200, wire::Json::object()
                                   .set("mails", std::move(list))
                                   .set("next", more ? wire::Json(mails->back().id) : wire::Json()));
    });
}

Reply resend_mail(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::agent, TokenScope::deciding}, [&](const StaffCall& call) {
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const auto id = path_number(request, "id");
        if (!id)
            return not_found(around, request);
        const auto mail = around.queue.logged_mail(call.town.portal.slug, *id);
        if (!mail)
            return storage_refused(around, request, mail.error());
        // What was written about another service's request is as unknown as that request.
        if (!*mail || !call.caller.member.works_for((*mail)->service))
            return not_found(around, request);
        const auto sent =
            around.resending.resend(call.town, *id, call.line("mail.resend", "mail:" + std::to_string(*id)));
        if (!sent)
            return storage_refused(around, request, sent.error());
        switch (*sent) {
        case desk::ResendOutcome::queued:
            return Reply(202);
        case desk::ResendOutcome::not_possible:
            return problem(around, request, {409, "not_possible", TextKey::server_desk_error_no_resend});
        case desk::ResendOutcome::unknown:
            break;
        }
        return not_found(around, request);
    });
}

Reply merge_accounts(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::deciding}, [&](const StaffCall& call) {
        store::NewMerge merge;
        if (auto wrong = read_body(around, request, [&](wire::JsonReader& body) {
                merge.other = body.member("other").text_of(1, LONGEST_REFERENCE);
                if (wire::JsonReader what = body.optional_member("what"); what.present())
                    merge.accounts_too = what.one_of({"accounts", "families"}).value_or(0) == 0;
            }))
            return std::move(*wrong);
        merge.portal = call.town.portal.slug;
        merge.kept = request.path_value("id");
        merge.by = colleague_of(call);
        merge.now = call.now;
        merge.line = call.line(merge.accounts_too ? "account.merge" : "family.merge", {});
        const auto done = around.queue.merge(merge);
        return done ? merged(around, request, *done) : storage_refused(around, request, done.error());
    });
}

Reply undo_merge(const Surroundings& around, const Request& request) {
    return with_staff(around, request, {StaffRole::manager, TokenScope::deciding}, [&](const StaffCall& call) {
        if (auto wrong = read_body(around, request, [](wire::JsonReader&) {}))
            return std::move(*wrong);
        const auto id = path_number(request, "id");
        if (!id)
            return not_found(around, request);
        const auto done = around.queue.undo_merge(call.town.portal.slug, *id, colleague_of(call), call.now,
                                                  call.line("merge.undo", "merge:" + std::to_string(*id)));
        return done ? merged(around, request, *done) : storage_refused(around, request, done.error());
    });
}

} // namespace foyer::server::routes
