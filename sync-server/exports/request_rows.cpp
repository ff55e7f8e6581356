#include "exports/request_rows.h"

#include "domain/phone_number.h"
#include "form/form.h"
#include "support/time_text.h"
#include "wire/json.h"

#include <set>
#include <string_view>

namespace foyer::server::exports {

using store::Answers;
using store::ExportRow;

namespace {

const std::string& answer(const Answers& answers, std::string_view key) {
    static const std::string NOTHING;
    const auto found = answers.find(key);
    return found == answers.end() ? NOTHING : found->second;
}

std::string procedure_of(const ExportRow& row) {
    const auto known = form::procedure_from(row.item.procedure);
    return known ? std::string(form::name(*known)) : std::to_string(row.item.procedure);
}

bool is_late(const ExportRow& row, const std::string& today) {
    return (row.item.state == "received" || row.item.state == "processing") && row.item.due_by < today;
}

// The way it is written at home: a leading "+" is a formula to a spreadsheet.
std::string phone(const Answers& profile, std::string_view key) {
    const std::string& stored = answer(profile, key);
    const auto number = domain::PhoneNumber::parse(stored);
    return number ? number->shown() : stored;
}

std::string padded(const std::string& text, std::size_t width) {
    return std::string(text.size() < width ? width - text.size() : 0, '0') + text;
}

// "1985-11-03"; a day or month that is not known is 00.
std::string birth_date(const Answers& profile) {
    const std::string& year = answer(profile, "birth_date.year");
    if (year.empty())
        return {};
    return padded(year, 4) + "-" + padded(answer(profile, "birth_date.month"), 2) + "-" +
           padded(answer(profile, "birth_date.day"), 2);
}

// How many people a list of the answers declares: the numbers in "children.0.first_names".
std::string people_in(const Answers& answers, const std::string& list) {
    std::set<std::string_view> numbers;
    const std::string prefix = list + ".";
    for (auto each = answers.lower_bound(prefix); each != answers.end(); ++each) {
        const std::string_view key = each->first;
        if (key.substr(0, prefix.size()) != prefix)
            break;
        numbers.insert(key.substr(prefix.size(), key.find('.', prefix.size()) - prefix.size()));
    }
    return std::to_string(numbers.size());
}

std::string marks_of(const ExportRow& row) {
    std::set<std::string> codes;
    for (const store::Mark& mark : row.item.marks)
        codes.insert(mark.code);
    std::string all;
    for (const std::string& code : codes)
        all.append(all.empty() ? "" : " ").append(code);
    return all;
}

wire::Json json_of(const Answers& answers) {
    wire::Json object = wire::Json::object();
    for (const auto& [key, text] : answers)
        object.append(key, text);
    return object;
}

} // namespace

const std::vector<std::string>& csv_columns() {
    static const std::vector<std::string> COLUMNS = {
        "number",        "procedure",   "state",       "service",         "origin",     "received_at",   "filled_at",
        "due_by",        "late",        "marks",       "claimed_by",      "decided_at", "decision_code", "account",
        "civility",      "last_name",   "first_names", "birth_date",      "email",      "mobile",        "home_phone",
        "work_phone",    "address",     "apartment",   "building",        "staircase",  "floor",         "residence",
        "address_extra", "postal_code", "commune",     "representatives", "children",   "contacts"};
    return COLUMNS;
}

std::vector<std::string> csv_cells(const ExportRow& row, const std::string& today) {
    std::vector<std::string> cells;
    cells.reserve(csv_columns().size());
    if (row.erased) {
        cells = {row.item.number, {}, "erased", row.item.service};
        cells.resize(csv_columns().size());
        return cells;
    }
    const store::QueueItem& item = row.item;
    cells = {item.number,
             procedure_of(row),
             item.state,
             item.service,
             item.origin,
             rfc3339(item.received_at),
             row.filled_at,
             item.due_by,
             is_late(row, today) ? "yes" : "no",
             marks_of(row),
             item.claimed_by ? item.claimed_by->name : "",
             row.decided_at ? rfc3339(*row.decided_at) : "",
             row.decision_code,
             row.account,
             item.person.civility,
             item.person.last_name,
             item.person.first_names,
             birth_date(row.profile),
             row.email,
             phone(row.profile, "mobile"),
             phone(row.profile, "home_phone"),
             phone(row.profile, "work_phone")};
    for (const char* key : {"address", "apartment", "building", "staircase", "floor", "residence", "address_extra",
                            "postal_code", "commune"})
        cells.push_back(answer(row.profile, key));
    for (const char* list : {"representatives", "children", "contacts"})
        cells.push_back(people_in(row.answers, list));
    return cells;
}

std::string json_line(const ExportRow& row, const std::string& today) {
    const store::QueueItem& item = row.item;
    wire::Json object = wire::Json::object();
    object.set("number", item.number).set("erased", row.erased).set("service", item.service);
    if (!row.erased) {
        wire::Json marks = wire::Json::array();
        for (const store::Mark& mark : item.marks)
            marks.push(wire::Json::object().set("code", mark.code).set("field", mark.field));
        object.set("procedure", procedure_of(row))
            .set("state", item.state)
            .set("origin", item.origin)
            .set("received_at", rfc3339(item.received_at))
            .set("filled_at", row.filled_at)
            .set("due_by", item.due_by)
            .set("late", is_late(row, today))
            .set("marks", std::move(marks))
            .set("claimed_by", item.claimed_by ? wire::Json(item.claimed_by->name) : wire::Json())
            .set("decided_at", row.decided_at ? wire::Json(rfc3339(*row.decided_at)) : wire::Json())
            .set("decision_code", row.decision_code)
            .set("account", wire::Json::object()
                                .set("reference", row.account)
                                .set("civility", item.person.civility)
                                .set("last_name", item.person.last_name)
                                .set("first_names", item.person.first_names)
                                .set("email", row.email))
            .set("profile", json_of(row.profile))
            .set("answers", json_of(row.answers));
    }
    return wire::write_json(object) + "\n";
}

} // namespace foyer::server::exports
