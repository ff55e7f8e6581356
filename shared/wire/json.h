// JSON in and out, for everything that crosses a border: portal.json, payloads, receipts, problem documents, the
// messages between page and module. Nothing in here throws, aborts or recurses without bound on any input, and no
// type of the JSON library shows: json.cpp is the only file that sees it.
//
//   Result<Json, JsonError> parsed = parse_json(bytes);
//   std::vector<JsonMistake> mistakes;
//   JsonReader root(*parsed, mistakes);
//   std::string slug = root.member("slug").text();
//   for (JsonReader& service : root.member("services").elements()) …
//   root.refuse_unknown_members();
//   if (!mistakes.empty()) …every one of them, each with its path
#pragma once

#include "base/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foyer::wire {

// A template, so that a Json may hold a vector of them while it is itself being declared.
template <typename Value> struct JsonMember {
    std::string name;
    Value value;
};

// A JSON value one can build and look at. Members keep the order in which they were set or read; writing sorts them.
class Json {
public:
    enum class Kind { null, boolean, integer, number, text, array, object };
    using Member = JsonMember<Json>;

    Json() = default; // null
    template <std::same_as<bool> Boolean> Json(Boolean value) : m_kind(Kind::boolean), m_integer(value ? 1 : 0) {}
    template <std::integral Integer>
    requires(!std::same_as<Integer, bool>) Json(Integer value)
        : m_kind(Kind::integer), m_integer(static_cast<std::int64_t>(value)) {}
    Json(double value) : m_kind(Kind::number), m_number(value) {}
    Json(std::string value) : m_kind(Kind::text), m_text(std::move(value)) {}
    Json(std::string_view value) : m_kind(Kind::text), m_text(value) {}
    Json(const char* value) : m_kind(Kind::text), m_text(value) {}

    static Json array() { return Json(Kind::array); }
    static Json object() { return Json(Kind::object); }

    // Appends to an array. Returns the array, so that calls can be chained.
    Json& push(Json value) &;
    Json&& push(Json value) &&;
    // Sets a member of an object; an earlier value of that name is replaced.
    Json& set(std::string_view name, Json value) &;
    Json&& set(std::string_view name, Json value) &&;
    // Sets a member of which the caller knows that there is none of that name: set() looks, which takes its time when
    // there are thousands.
    Json& append(std::string_view name, Json value);

    [[nodiscard]] Kind kind() const { return m_kind; }
    // Each gives a neutral value ("", 0, false, nothing) when the value is of another kind.
    [[nodiscard]] const std::string& text() const { return m_text; }
    [[nodiscard]] std::int64_t integer() const { return m_kind == Kind::integer ? m_integer : 0; }
    [[nodiscard]] double number() const { return m_kind == Kind::integer ? static_cast<double>(m_integer) : m_number; }
    [[nodiscard]] bool boolean() const { return m_kind == Kind::boolean && m_integer != 0; }
    [[nodiscard]] const std::vector<Json>& elements() const { return m_elements; }
    [[nodiscard]] const std::vector<Member>& members() const { return m_members; }
    // The member of that name, or nullptr.
    [[nodiscard]] const Json* find(std::string_view name) const;

    friend bool operator==(const Json& left, const Json& right);

private:
    friend class JsonTreeBuilder; // json.cpp's
    explicit Json(Kind kind) : m_kind(kind) {}

    Kind m_kind = Kind::null;
    std::int64_t m_integer = 0;
    double m_number = 0;
    std::string m_text;
    std::vector<Json> m_elements;
    std::vector<Member> m_members;
};

// Canonical text in the manner of RFC 8785: no spaces, members sorted by UTF-16 code units, the shortest escapes,
// no escape where none is needed. Bytes that are not UTF-8 become U+FFFD, so the result is always valid JSON.
[[nodiscard]] std::string write_json(const Json& value);

struct JsonLimits {
    std::size_t maximum_bytes = 1024 * 1024;
    std::size_t maximum_depth = 32; // of arrays and objects inside one another
};

// Why a text is not JSON that we take.
struct JsonError {
    enum class Reason {
        too_large,
        too_deep,
        syntax, // also: not UTF-8, a lone surrogate, a number out of range, text after the end
        duplicate_member,
    };
    Reason reason = Reason::syntax;
    std::size_t line = 0; // from 1
    std::size_t column = 0;
    std::string detail; // too_deep: the limit; duplicate_member: the member's path
};

[[nodiscard]] Result<Json, JsonError> parse_json(std::string_view bytes, const JsonLimits& limits = {});
// One English sentence for a log or a command line.
[[nodiscard]] std::string describe(const JsonError& error);

// Something in well-formed JSON that is not as it should be. The path reads like "services[0].label"; "" is the whole.
struct JsonMistake {
    std::string path;
    std::string reason; // English, without the path: "is missing", "must be text"
    friend bool operator==(const JsonMistake&, const JsonMistake&) = default;
};

// Reads a value of a known shape. Whatever is wrong is added to `mistakes` with its path, and the reading goes on with
// a neutral value, so that one pass reports everything. A reader of something absent stays silent.
// The value and the list must outlive the reader.
class JsonReader {
public:
    JsonReader(const Json& value, std::vector<JsonMistake>& mistakes, std::string path = {})
        : m_value(&value), m_mistakes(&mistakes), m_path(std::move(path)) {}

    // False: an optional member that is not there (or one whose absence was already reported).
    [[nodiscard]] bool present() const { return m_value != nullptr; }
    [[nodiscard]] const std::string& path() const { return m_path; }
    // For what must be looked at before it can be read ("a text or an object").
    [[nodiscard]] Json::Kind kind() const { return m_value ? m_value->kind() : Json::Kind::null; }
    [[nodiscard]] const Json* value() const { return m_value; }

    // A member that must be there; and one that may.
    [[nodiscard]] JsonReader member(std::string_view name);
    [[nodiscard]] JsonReader optional_member(std::string_view name);
    // Every member, for objects whose names are data ({"fr": …, "en": …}); none of them counts as unknown afterwards.
    [[nodiscard]] std::vector<std::pair<std::string, JsonReader>> members();
    // Every element of an array.
    [[nodiscard]] std::vector<JsonReader> elements();
    // Reports each member that nobody has asked for. Call it last.
    void refuse_unknown_members();

    // The value, or a reported mistake and the neutral value ("", 0, false).
    [[nodiscard]] std::string text();
    [[nodiscard]] std::string text_or(std::string otherwise); // absent: `otherwise`
    // Text between these lengths, counted in bytes.
    [[nodiscard]] std::string text_of(std::size_t minimum_bytes, std::size_t maximum_bytes);
    [[nodiscard]] std::int64_t integer(std::int64_t minimum, std::int64_t maximum);
    [[nodiscard]] std::int64_t integer_or(std::int64_t otherwise, std::int64_t minimum, std::int64_t maximum);
    [[nodiscard]] double number();
    [[nodiscard]] double number_or(double otherwise);
    [[nodiscard]] bool boolean();
    [[nodiscard]] bool boolean_or(bool otherwise);
    // The position in `names` of the text, or nothing and a mistake that lists what may stand there.
    [[nodiscard]] std::optional<std::size_t> one_of(const std::vector<std::string_view>& names);

    // For rules that are the caller's own: "must have a contrast of at least 4.5".
    void mistake(std::string reason);

private:
    JsonReader(const Json* value, std::vector<JsonMistake>& mistakes, std::string path)
        : m_value(value), m_mistakes(&mistakes), m_path(std::move(path)) {}
    bool is(Json::Kind kind, const char* expected);
    JsonReader child(const Json* value, std::string_view name) const;

    const Json* m_value;
    std::vector<JsonMistake>* m_mistakes;
    std::string m_path;
    std::vector<std::string> m_asked; // the names of the members asked for
    bool m_all_asked = false;
};

} // namespace foyer::wire
