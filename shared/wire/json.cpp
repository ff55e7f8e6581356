#include "wire/json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <set>

namespace foyer::wire {

// ---------------------------------------------------------------------------------------------------- the value

Json& Json::push(Json value) & {
    m_elements.push_back(std::move(value));
    return *this;
}

Json&& Json::push(Json value) && {
    m_elements.push_back(std::move(value));
    return std::move(*this);
}

Json& Json::set(std::string_view name, Json value) & {
    for (Member& member : m_members)
        if (member.name == name) {
            member.value = std::move(value);
            return *this;
        }
    m_members.push_back({std::string(name), std::move(value)});
    return *this;
}

Json&& Json::set(std::string_view name, Json value) && {
    set(name, std::move(value));
    return std::move(*this);
}

Json& Json::append(std::string_view name, Json value) {
    m_members.push_back({std::string(name), std::move(value)});
    return *this;
}

const Json* Json::find(std::string_view name) const {
    for (const Member& member : m_members)
        if (member.name == name)
            return &member.value;
    return nullptr;
}

bool operator==(const Json& left, const Json& right) {
    if (left.m_kind != right.m_kind)
        return false;
    if (left.m_members.size() != right.m_members.size())
        return false;
    for (const Json::Member& member : left.m_members) {
        const Json* other = right.find(member.name);
        if (!other || !(member.value == *other))
            return false;
    }
    // The same double, not a close one: this compares what was written, not what was measured.
    return left.m_integer == right.m_integer && !(left.m_number < right.m_number) &&
           !(right.m_number < left.m_number) && left.m_text == right.m_text && left.m_elements == right.m_elements;
}

// --------------------------------------------------------------------------------------------------------- writing

namespace {

// The length of the well-formed UTF-8 sequence (Unicode 3.9, table 3-7) at the start of `bytes`; 0: there is none.
std::size_t sequence_length(std::string_view bytes) {
    const auto at = [&](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
    const unsigned lead = at(0);
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (bytes.size() < length)
        return 0;
    unsigned lowest = 0x80;
    unsigned highest = 0xBF;
    if (lead == 0xE0)
        lowest = 0xA0;
    else if (lead == 0xED)
        highest = 0x9F; // surrogates
    else if (lead == 0xF0)
        lowest = 0x90;
    else if (lead == 0xF4)
        highest = 0x8F;
    if (at(1) < lowest || at(1) > highest)
        return 0;
    for (std::size_t index = 2; index < length; ++index)
        if (at(index) < 0x80 || at(index) > 0xBF)
            return 0;
    return length;
}

void write_text(std::string_view text, std::string& out) {
    static constexpr std::string_view DIGITS = "0123456789abcdef";
    out += '"';
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            out += "\xEF\xBF\xBD";
            text.remove_prefix(1);
            continue;
        }
        const char character = text.front();
        const auto code = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            out += '\\';
            out += character;
        } else if (code >= 0x20) {
            out += text.substr(0, length);
        } else if (character == '\b') {
            out += "\\b";
        } else if (character == '\t') {
            out += "\\t";
        } else if (character == '\n') {
            out += "\\n";
        } else if (character == '\f') {
            out += "\\f";
        } else if (character == '\r') {
            out += "\\r";
        } else {
            out += "\\u00";
            out += DIGITS[code >> 4];
            out += DIGITS[code & 0xF];
        }
        text.remove_prefix(length);
    }
    out += '"';
}

// RFC 8785 sorts by UTF-16 code units. UTF-8 sorts by code points; the two differ only where a code point beyond the
// basic plane (a surrogate pair, from 0xD800) meets one in U+E000…U+FFFF (lead bytes EE and EF).
bool before_in_utf16(std::string_view left, std::string_view right) {
    const auto [in_left, in_right] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    if (in_left == left.end() || in_right == right.end())
        return left.size() < right.size();
    const auto first = static_cast<unsigned char>(*in_left);
    const auto second = static_cast<unsigned char>(*in_right);
    if (first >= 0xEE && second >= 0xEE && (first >= 0xF0) != (second >= 0xF0))
        return first >= 0xF0;
    return first < second;
}

#ifdef __EMSCRIPTEN__
// Nothing that the browser writes has a fraction: six digits of one will do, and spare each first visit the tables by
// which the library finds the fewest.
void write_number(double number, std::string& out) {
    constexpr double LARGEST = 9e12;
    if (!(std::fabs(number) < LARGEST)) {
        out += "null";
        return;
    }
    const auto millionths = static_cast<std::int64_t>(std::floor(std::fabs(number) * 1e6 + 0.5));
    if (number < 0 && millionths != 0)
        out += '-';
    out += std::to_string(millionths / 1000000);
    std::string digits = std::to_string(1000000 + millionths % 1000000);
    digits.front() = '.';
    while (digits.back() == '0')
        digits.pop_back();
    if (digits.size() > 1)
        out += digits;
}
#else
void write_number(double number, std::string& out) {
    if (!std::isfinite(number)) { // JSON has no word for these
        out += "null";
        return;
    }
    std::array<char, 64> buffer{};
    const char* end = nlohmann::detail::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    std::string_view digits(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    if (digits.size() > 2 && digits.substr(digits.size() - 2) == ".0")
        digits.remove_suffix(2);
    out += digits == "-0" ? std::string_view("0") : digits;
}
#endif

void write_value(const Json& value, std::string& out) {
    switch (value.kind()) {
    case Json::Kind::null:
        out += "null";
        return;
    case Json::Kind::boolean:
        out += value.boolean() ? "true" : "false";
        return;
    case Json::Kind::integer:
        out += std::to_string(value.integer());
        return;
    case Json::Kind::number:
        write_number(value.number(), out);
        return;
    case Json::Kind::text:
        write_text(value.text(), out);
        return;
    case Json::Kind::array: {
        out += '[';
        bool first = true;
        for (const Json& element : value.elements()) {
            if (!first)
                out += ',';
            first = false;
            write_value(element, out);
        }
        out += ']';
        return;
    }
    case Json::Kind::object: {
        std::vector<const Json::Member*> sorted;
        sorted.reserve(value.members().size());
        for (const Json::Member& member : value.members())
            sorted.push_back(&member);
        std::sort(sorted.begin(), sorted.end(), [](const Json::Member* left, const Json::Member* right) {
            return before_in_utf16(left->name, right->name);
        });
        out += '{';
        bool first = true;
        for (const Json::Member* member : sorted) {
            if (!first)
                out += ',';
            first = false;
            write_text(member->name, out);
            out += ':';
            write_value(member->value, out);
        }
        out += '}';
        return;
    }
    }
}

} // namespace

std::string write_json(const Json& value) {
    std::string out;
    write_value(value, out);
    return out;
}

// --------------------------------------------------------------------------------------------------------- parsing

namespace {

std::string child_path(const std::string& path, std::string_view name) {
    std::string out = path;
    if (!out.empty())
        out += '.';
    out += name;
    return out;
}

std::string element_path(const std::string& path, std::size_t index) {
    return path + "[" + std::to_string(index) + "]";
}

} // namespace

// Builds our tree from the library's events. The library's parser keeps its own stack on the heap, so a deep document
// cannot exhaust ours; ours is bounded by `maximum_depth`.
class JsonTreeBuilder {
public:
    explicit JsonTreeBuilder(std::size_t maximum_depth) : m_maximum_depth(maximum_depth) {}

    bool null() { return add(Json()); }
    bool boolean(bool value) { return add(Json(value)); }
    bool number_integer(std::int64_t value) { return add(Json(value)); }
    bool number_unsigned(std::uint64_t value) {
        constexpr std::uint64_t LARGEST = INT64_MAX;
        return add(value > LARGEST ? Json(static_cast<double>(value)) : Json(value));
    }
    bool number_float(double value, const std::string&) { return add(Json(value)); }
    bool string(std::string& value) { return add(Json(std::move(value))); }
    bool binary(nlohmann::json::binary_t&) { return false; } // JSON text has no such thing
    bool start_object(std::size_t) { return open(Json::object()); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool key(std::string& name) {
        if (!m_open.back().names.insert(name).second) {
            m_reason = JsonError::Reason::duplicate_member;
            m_detail = child_path(path(), name);
            return false;
        }
        m_open.back().name = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    template <typename Exception> bool parse_error(std::size_t position, const std::string&, const Exception&) {
        m_position = position;
        return false;
    }

    JsonError::Reason m_reason = JsonError::Reason::syntax;
    std::string m_detail;
    std::optional<std::size_t> m_position;
    Json m_root;

private:
    // A container that is not closed yet.
    struct Open {
        Json value;
        std::string name; // of the member that comes next
        std::set<std::string, std::less<>> names;
    };

    bool add(Json value) {
        if (m_open.empty()) {
            m_root = std::move(value);
            return true;
        }
        Open& parent = m_open.back();
        if (parent.value.kind() == Json::Kind::array)
            parent.value.push(std::move(value));
        else
            append_member(parent, std::move(value));
        return true;
    }
    // Json::set looks for an earlier member of the name, which is quadratic over a large object; here the set of names
    // has already answered that.
    static void append_member(Open& parent, Json value) {
        parent.value.m_members.push_back({std::move(parent.name), std::move(value)});
    }
    bool open(Json container) {
        if (m_open.size() >= m_maximum_depth) {
            m_reason = JsonError::Reason::too_deep;
            m_detail = std::to_string(m_maximum_depth);
            return false;
        }
        m_open.push_back({std::move(container), {}, {}});
        return true;
    }
    bool close() {
        Json closed = std::move(m_open.back().value);
        m_open.pop_back();
        return add(std::move(closed));
    }
    [[nodiscard]] std::string path() const {
        std::string out;
        for (std::size_t index = 0; index + 1 < m_open.size(); ++index)
            out = m_open[index].value.kind() == Json::Kind::array
                      ? element_path(out, m_open[index].value.elements().size())
                      : child_path(out, m_open[index].name);
        return out;
    }

    std::size_t m_maximum_depth;
    std::vector<Open> m_open;
};

Result<Json, JsonError> parse_json(std::string_view bytes, const JsonLimits& limits) {
    JsonError error;
    if (bytes.size() > limits.maximum_bytes) {
        error.reason = JsonError::Reason::too_large;
        error.detail = std::to_string(limits.maximum_bytes);
        return Failure{std::move(error)};
    }
    JsonTreeBuilder builder(limits.maximum_depth);
    const char* begin = bytes.data() ? bytes.data() : "";
    if (nlohmann::json::sax_parse(begin, begin + bytes.size(), &builder))
        return std::move(builder.m_root);
    error.reason = builder.m_reason;
    error.detail = std::move(builder.m_detail);
    if (builder.m_position) {
        const std::size_t end = std::min(*builder.m_position, bytes.size());
        const std::string_view before = bytes.substr(0, end == 0 ? 0 : end - 1);
        const std::size_t line_start = before.rfind('\n');
        error.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
        error.column = line_start == std::string_view::npos ? before.size() + 1 : before.size() - line_start;
    }
    return Failure{std::move(error)};
}

std::string describe(const JsonError& error) {
    switch (error.reason) {
    case JsonError::Reason::too_large:
        return "is larger than " + error.detail + " bytes";
    case JsonError::Reason::too_deep:
        return "has more than " + error.detail + " arrays and objects inside one another";
    case JsonError::Reason::duplicate_member:
        return "has the member \"" + error.detail + "\" twice";
    case JsonError::Reason::syntax:
        break;
    }
    return "is not JSON in UTF-8: see line " + std::to_string(error.line) + ", column " + std::to_string(error.column);
}

// --------------------------------------------------------------------------------------------------------- reading

void JsonReader::mistake(std::string reason) { m_mistakes->push_back({m_path, std::move(reason)}); }

bool JsonReader::is(Json::Kind kind, const char* expected) {
    if (!m_value)
        return false;
    if (m_value->kind() == kind)
        return true;
    mistake(expected);
    return false;
}

JsonReader JsonReader::child(const Json* value, std::string_view name) const {
    return JsonReader(value, *m_mistakes, child_path(m_path, name));
}

JsonReader JsonReader::member(std::string_view name) {
    JsonReader found = optional_member(name);
    if (!found.present() && kind() == Json::Kind::object)
        found.mistake("is missing");
    return found;
}

JsonReader JsonReader::optional_member(std::string_view name) {
    // A value that is no object is reported once, not once per member.
    if (m_value && m_value->kind() != Json::Kind::object) {
        if (m_asked.empty())
            mistake("must be an object");
        m_asked.emplace_back(name);
        return child(nullptr, name);
    }
    m_asked.emplace_back(name);
    return child(m_value ? m_value->find(name) : nullptr, name);
}

std::vector<std::pair<std::string, JsonReader>> JsonReader::members() {
    std::vector<std::pair<std::string, JsonReader>> out;
    m_all_asked = true;
    if (!is(Json::Kind::object, "must be an object"))
        return out;
    for (const Json::Member& member : m_value->members())
        out.emplace_back(member.name, child(&member.value, member.name));
    return out;
}

std::vector<JsonReader> JsonReader::elements() {
    std::vector<JsonReader> out;
    if (!is(Json::Kind::array, "must be a list"))
        return out;
    std::size_t index = 0;
    for (const Json& element : m_value->elements())
        out.push_back(JsonReader(&element, *m_mistakes, element_path(m_path, index++)));
    return out;
}

void JsonReader::refuse_unknown_members() {
    if (m_all_asked || kind() != Json::Kind::object)
        return;
    for (const Json::Member& member : m_value->members())
        if (std::find(m_asked.begin(), m_asked.end(), member.name) == m_asked.end())
            child(&member.value, member.name).mistake("is not a known member");
}

std::string JsonReader::text() { return is(Json::Kind::text, "must be text") ? m_value->text() : std::string(); }

std::string JsonReader::text_or(std::string otherwise) { return present() ? text() : std::move(otherwise); }

std::string JsonReader::text_of(std::size_t minimum_bytes, std::size_t maximum_bytes) {
    std::string out = text();
    if (kind() != Json::Kind::text)
        return out;
    if (out.size() < minimum_bytes)
        mistake(minimum_bytes == 1 ? "must not be empty"
                                   : "must be at least " + std::to_string(minimum_bytes) + " bytes long");
    if (out.size() > maximum_bytes) {
        mistake("must be at most " + std::to_string(maximum_bytes) + " bytes long");
        return {};
    }
    return out;
}

std::int64_t JsonReader::integer(std::int64_t minimum, std::int64_t maximum) {
    if (!is(Json::Kind::integer, "must be a whole number"))
        return 0;
    const std::int64_t value = m_value->integer();
    if (value >= minimum && value <= maximum)
        return value;
    mistake("must be a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    return 0;
}

std::int64_t JsonReader::integer_or(std::int64_t otherwise, std::int64_t minimum, std::int64_t maximum) {
    return present() ? integer(minimum, maximum) : otherwise;
}

double JsonReader::number() {
    if (kind() == Json::Kind::integer)
        return m_value->number();
    return is(Json::Kind::number, "must be a number") ? m_value->number() : 0;
}

double JsonReader::number_or(double otherwise) { return present() ? number() : otherwise; }

bool JsonReader::boolean() { return is(Json::Kind::boolean, "must be true or false") && m_value->boolean(); }

bool JsonReader::boolean_or(bool otherwise) { return present() ? boolean() : otherwise; }

std::optional<std::size_t> JsonReader::one_of(const std::vector<std::string_view>& names) {
    if (!present())
        return std::nullopt;
    const std::string_view found = m_value->text();
    if (kind() == Json::Kind::text)
        for (std::size_t index = 0; index < names.size(); ++index)
            if (names[index] == found)
                return index;
    std::string reason = "must be one of";
    for (std::string_view name : names)
        reason.append(" \"").append(name).append("\"");
    mistake(std::move(reason));
    return std::nullopt;
}

} // namespace foyer::wire
