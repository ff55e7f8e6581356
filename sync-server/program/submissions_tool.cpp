// foyer-server submissions list, show, take, release, accept, refuse, ask
#include "domain/submission_state.h"
#include "form/form.h"
#include "households/decisions.h"
#include "program/data_folder.h"
#include "program/tool_house.h"
#include "support/csv.h"
#include "support/time_text.h"

#include <charconv>
#include <cstdio>

namespace foyer::server {

namespace {

using households::Decision;
using households::DecisionRefusal;

constexpr int USUAL_LIMIT = 100;

std::string procedure_of(const store::SubmissionRecord& submission) {
    const auto procedure = form::procedure_from(submission.procedure);
    return procedure ? std::string(form::name(*procedure)) : std::to_string(submission.procedure);
}

std::string person_of(const store::Account& account) {
    const store::Person& person = account.person;
    return person.last_name.empty() ? person.first_names : person.first_names + " " + person.last_name;
}

std::string text_of(const store::Mark& mark) {
    return mark.field.empty() ? mark.code : mark.code + " (" + mark.field + ")";
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

std::string marks_of(const store::SubmissionRecord& submission) {
    std::vector<std::string> texts;
    for (const store::Mark& mark : submission.marks)
        texts.push_back(text_of(mark));
    return joined(texts);
}

std::vector<std::string> split_at_commas(const std::string& text) {
    std::vector<std::string> parts;
    std::string part;
    for (const char c : text + ",") {
        if (c != ',' && c != ' ') {
            part += c;
        } else if (c == ',' && !part.empty()) {
            parts.push_back(std::move(part));
            part.clear();
        }
    }
    return parts;
}

Decision decision_of(const ToolLine& line) {
    Decision decision;
    if (line.verb == "release")
        decision.kind = Decision::Kind::release;
    else if (line.verb == "accept")
        decision.kind = Decision::Kind::accept;
    else if (line.verb == "refuse")
        decision.kind = Decision::Kind::refuse;
    else if (line.verb == "ask")
        decision.kind = Decision::Kind::ask;
    decision.reason = line.option("--reason");
    decision.fields = split_at_commas(line.option("--fields"));
    decision.message = line.option("--message");
    return decision;
}

std::string sentence_for(const DecisionRefusal& refusal, const ToolLine& line) {
    const std::string& number = line.operands.front();
    switch (refusal.kind) {
    case DecisionRefusal::Kind::unknown:
        return "there is no request " + number + " in this town; “submissions list” shows them.";
    case DecisionRefusal::Kind::not_possible:
        return number + " is " + refusal.detail + ", so it cannot be changed by “" + line.verb +
               "”. Nothing was changed.";
    case DecisionRefusal::Kind::reason_missing:
        return line.verb + " needs words for the family (" + (line.verb == "ask" ? "--message" : "--reason") + ").";
    case DecisionRefusal::Kind::words_wrong:
        return "the words for the family are longer than " + std::to_string(households::Decisions::MAXIMUM_WORDS) +
               " bytes, hold control characters or are not UTF-8.";
    case DecisionRefusal::Kind::fields_missing:
        return "--fields: names no field.";
    case DecisionRefusal::Kind::field_unknown:
        return "--fields: “" + refusal.detail + "” is not a field of " + number +
               " that the family can answer again; “submissions show” names them. Nothing was changed.";
    case DecisionRefusal::Kind::pending:
        return "a decision about " + number +
               " was just made and can still be taken back; try again in a moment. Nothing was changed.";
    case DecisionRefusal::Kind::claimed:
    case DecisionRefusal::Kind::changed:
    case DecisionRefusal::Kind::taken_back:
    case DecisionRefusal::Kind::reason_unknown:
        break; // of the staff's own decisions
    case DecisionRefusal::Kind::unreadable:
        return number + " was filled in on a portal that this program can no longer read. Nothing was changed.";
    case DecisionRefusal::Kind::storage:
        break;
    }
    return "the database could not be read or written. Nothing was changed.";
}

} // namespace

ExitCode list_submissions(ToolHouse& house, const ToolLine& line) {
    store::SubmissionFilter filter;
    filter.portal = house.town->portal.slug;
    filter.state = line.option("--state");
    filter.limit = USUAL_LIMIT;
    if (!filter.state.empty() && !domain::submission_state_from(filter.state)) {
        say("--state: “" + filter.state + "” is none of received, processing, waiting, accepted, refused, withdrawn.");
        return ExitCode::usage;
    }
    if (const std::string limit = line.option("--limit"); !limit.empty()) {
        const auto [end, error] = std::from_chars(limit.data(), limit.data() + limit.size(), filter.limit);
        if (error != std::errc() || end != limit.data() + limit.size() || filter.limit < 1) {
            say("--limit: “" + limit + "” is not a number from 1.");
            return ExitCode::usage;
        }
    }
    const auto submissions = house.store->list_submissions(filter);
    if (!submissions)
        return storage_failed();
    std::fputs(write_csv_line({"number", "procedure", "state", "received", "due", "name", "marks"}).c_str(), stdout);
    for (const store::SubmissionRecord& submission : *submissions)
        std::fputs(write_csv_line({submission.number, procedure_of(submission), submission.state,
                                   rfc3339(submission.received_at), submission.due_by, person_of(submission.account),
                                   marks_of(submission)})
                       .c_str(),
                   stdout);
    return ExitCode::success;
}

ExitCode show_submission(ToolHouse& house, const ToolLine& line) {
    const auto found = house.store->find_submission(house.town->portal.slug, line.operands.front());
    if (!found)
        return storage_failed();
    if (!*found) {
        say(sentence_for({DecisionRefusal::Kind::unknown, {}}, line));
        return ExitCode::failure;
    }
    const store::SubmissionRecord& submission = **found;
    std::printf("%s  %s  %s\n", submission.number.c_str(), procedure_of(submission).c_str(), submission.state.c_str());
    std::printf("received %s, answer due by %s\n", rfc3339(submission.received_at).c_str(), submission.due_by.c_str());
    std::printf("from %s <%s>\n", person_of(submission.account).c_str(), submission.account.email.c_str());
    for (const store::Mark& mark : submission.marks)
        std::printf("mark: %s\n", text_of(mark).c_str());
    for (const store::KeyEntry& key : submission.keys)
        std::printf("key: %s %s%s\n", key.service.c_str(), key.state.c_str(),
                    key.reason.empty() ? "" : (" (" + key.reason + ")").c_str());
    if (submission.correction)
        std::printf("correction asked: %s: %s\n", joined(submission.correction->fields).c_str(),
                    submission.correction->message.c_str());
    std::printf("\nhistory\n");
    for (const store::SubmissionEvent& event : submission.history)
        std::printf("  %s  %s%s\n", rfc3339(event.at).c_str(), event.event.c_str(),
                    event.note.empty() ? "" : ("  " + event.note).c_str());
    std::printf("\nanswers (version %lld)\n", static_cast<long long>(submission.version));
    for (const auto& [key, value] : submission.answers)
        std::printf("  %s = %s\n", key.c_str(), value.c_str());
    return ExitCode::success;
}

ExitCode decide_submission(ToolHouse& house, const ToolLine& line) {
    households::Decisions decisions(
        {*house.store, *house.catalogue, house.clock, house.random,
         [&](std::string_view language) -> const i18n::Texts& { return house.texts(language); }, house.origin});
    const auto decided = decisions.decide(house.town->portal.slug, line.operands.front(), decision_of(line));
    if (!decided) {
        say(sentence_for(decided.error(), line));
        return ExitCode::failure;
    }
    std::printf("%s is %s now.\n", decided->number.c_str(), decided->state.c_str());
    return ExitCode::success;
}

} // namespace foyer::server
