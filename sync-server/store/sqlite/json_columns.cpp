#include "sqlite/json_columns.h"

#include "sqlite/connection.h"
#include "wire/json.h"

#include <sqlite3.h>

namespace foyer::server::sqlite {

namespace {

wire::Json read(const std::string& column) {
    // Longer than anything that could have been sent.
    auto parsed = wire::parse_json(column, {std::size_t{64} << 20U, 8});
    if (!parsed)
        throw SqliteError(SQLITE_CORRUPT, "a column that should hold JSON does not");
    return std::move(parsed).value();
}

std::string text_at(const wire::Json& object, std::string_view name) {
    const wire::Json* member = object.find(name);
    return member ? member->text() : std::string();
}

} // namespace

std::string json_of(const store::Answers& answers) {
    wire::Json object = wire::Json::object();
    for (const auto& [key, value] : answers)
        object.set(key, value);
    return wire::write_json(object);
}

std::string json_of(const std::vector<store::Mark>& marks) {
    wire::Json list = wire::Json::array();
    for (const store::Mark& mark : marks)
        list.push(wire::Json::object().set("code", mark.code).set("field", mark.field));
    return wire::write_json(list);
}

std::string json_of(const std::vector<std::string>& texts) {
    wire::Json list = wire::Json::array();
    for (const std::string& text : texts)
        list.push(text);
    return wire::write_json(list);
}

store::Answers answers_from(const std::string& column) {
    store::Answers answers;
    const wire::Json object = read(column);
    for (const wire::Json::Member& member : object.members())
        answers.emplace(member.name, member.value.text());
    return answers;
}

std::vector<store::Mark> marks_from(const std::string& column) {
    std::vector<store::Mark> marks;
    const wire::Json list = read(column);
    for (const wire::Json& mark : list.elements())
        marks.push_back({text_at(mark, "code"), text_at(mark, "field")});
    return marks;
}

std::vector<std::string> texts_from(const std::string& column) {
    std::vector<std::string> texts;
    const wire::Json list = read(column);
    for (const wire::Json& text : list.elements())
        texts.push_back(text.text());
    return texts;
}

} // namespace foyer::server::sqlite
