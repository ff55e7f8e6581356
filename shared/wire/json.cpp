#include "wire/json.h"

#include "wire/json_number.h"

#include <algorithm>

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

// In the order in which they are written.
std::vector<const Json::Member*> sorted_members(const Json& object) {
    std::vector<const Json::Member*> sorted;
    sorted.reserve(object.members().size());
    for (const Json::Member& member : object.members())
        sorted.push_back(&member);
    std::sort(sorted.begin(), sorted.end(), [](const Json::Member* left, const Json::Member* right) {
        return before_in_utf16(left->name, right->name);
    });
    return sorted;
}

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
        write_json_number(value.number(), out);
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
        out += '{';
        bool first = true;
        for (const Json::Member* member : sorted_members(value)) {
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

// RFC 8259, and nothing beside it: no comments, no trailing commas, no text after the end. It calls itself for each
// array and object inside another, and `maximum_depth` bounds that.
class JsonTreeBuilder {
public:
    JsonTreeBuilder(std::string_view bytes, std::size_t maximum_depth) : m_bytes(bytes), m_depth_left(maximum_depth) {}

    bool document(Json& value) {
        if (m_bytes.substr(0, 3) == "\xEF\xBB\xBF") // some editors put it there; RFC 8259, 8.1 lets us pass over it
            m_at = 3;
        skip_spaces();
        if (!this->value(value))
            return false;
        skip_spaces();
        return m_at == m_bytes.size();
    }

    // What was wrong, after document() has said so.
    JsonError::Reason m_reason = JsonError::Reason::syntax;
    std::string m_detail;
    std::size_t m_at = 0; // the first byte that was not understood

private:
    [[nodiscard]] char here() const { return m_at < m_bytes.size() ? m_bytes[m_at] : '\0'; }
    bool take(char expected) {
        if (here() != expected)
            return false;
        ++m_at;
        return true;
    }
    void skip_spaces() {
        while (here() == ' ' || here() == '\n' || here() == '\r' || here() == '\t')
            ++m_at;
    }

    bool value(Json& value) {
        switch (here()) {
        case '{':
            return container(value, Json::Kind::object, '}');
        case '[':
            return container(value, Json::Kind::array, ']');
        case '"':
            value = Json(Json::Kind::text);
            return text(value.m_text);
        case 't':
            value = Json(true);
            return word("true");
        case 'f':
            value = Json(false);
            return word("false");
        case 'n':
            value = Json();
            return word("null");
        default:
            return number(value);
        }
    }

    bool word(std::string_view word) {
        for (const char letter : word)
            if (!take(letter))
                return false;
        return true;
    }

    bool container(Json& value, Json::Kind kind, char closing) {
        if (m_depth_left == 0) {
            m_reason = JsonError::Reason::too_deep;
            return false;
        }
        --m_depth_left;
        value = Json(kind);
        ++m_at;
        skip_spaces();
        bool more = here() != closing;
        while (more) {
            if (!(kind == Json::Kind::object ? member(value) : element(value)))
                return false;
            skip_spaces();
            more = take(',');
            skip_spaces();
        }
        ++m_depth_left;
        return take(closing) && (kind == Json::Kind::array || names_differ(value));
    }

    bool element(Json& array) {
        const std::size_t index = array.m_elements.size();
        if (value(array.m_elements.emplace_back()))
            return true;
        if (m_reason == JsonError::Reason::duplicate_member)
            lead_with(element_path({}, index));
        return false;
    }

    bool member(Json& object) {
        Json::Member& member = object.m_members.emplace_back();
        if (!text(member.name))
            return false;
        skip_spaces();
        if (!take(':'))
            return false;
        skip_spaces();
        if (value(member.value))
            return true;
        if (m_reason == JsonError::Reason::duplicate_member)
            lead_with(member.name);
        return false;
    }

    // Found by sorting, since whoever sends thousands of members must not cost their square.
    bool names_differ(const Json& object) {
        const auto sorted = sorted_members(object);
        const auto twice =
            std::adjacent_find(sorted.begin(), sorted.end(), [](const Json::Member* left, const Json::Member* right) {
                return left->name == right->name;
            });
        if (twice == sorted.end())
            return true;
        m_reason = JsonError::Reason::duplicate_member;
        m_detail = (*twice)->name;
        return false;
    }

    // The path of what is twice there is known from the inside out.
    void lead_with(std::string outer) {
        if (m_detail.front() != '[')
            outer += '.';
        m_detail.insert(0, outer);
    }

    bool text(std::string& out) {
        if (!take('"'))
            return false;
        while (here() != '"') {
            if (m_at == m_bytes.size() || static_cast<unsigned char>(here()) < 0x20)
                return false;
            if (here() == '\\') {
                if (!escape(out))
                    return false;
                continue;
            }
            const std::size_t length = sequence_length(m_bytes.substr(m_at));
            if (length == 0)
                return false;
            out += m_bytes.substr(m_at, length);
            m_at += length;
        }
        ++m_at;
        return true;
    }

    bool escape(std::string& out) {
        static constexpr std::string_view NAMES = "\"\\/bfnrt";
        static constexpr std::string_view MEANT = "\"\\/\b\f\n\r\t";
        ++m_at;
        if (const std::size_t which = NAMES.find(here()); m_at < m_bytes.size() && which != std::string_view::npos) {
            ++m_at;
            out += MEANT[which];
            return true;
        }
        std::uint32_t code = 0;
        if (!code_unit(code))
            return false;
        if (code >= 0xD800 && code < 0xDC00) { // the first half of a pair
            std::uint32_t second = 0;
            if (!take('\\') || !code_unit(second) || second < 0xDC00 || second > 0xDFFF)
                return false;
            code = 0x10000 + ((code - 0xD800) << 10) + (second - 0xDC00);
        } else if (code >= 0xDC00 && code < 0xE000) {
            return false;
        }
        append_utf8(code, out);
        return true;
    }

    // "u00e9", after its backslash
    bool code_unit(std::uint32_t& code) {
        if (!take('u'))
            return false;
        code = 0;
        for (int i = 0; i < 4; ++i) {
            const char digit = here();
            const char lower = static_cast<char>(digit | 0x20);
            if (digit >= '0' && digit <= '9')
                code = code * 16 + static_cast<std::uint32_t>(digit - '0');
            else if (lower >= 'a' && lower <= 'f')
                code = code * 16 + static_cast<std::uint32_t>(lower - 'a' + 10);
            else
                return false;
            ++m_at;
        }
        return true;
    }

    static void append_utf8(std::uint32_t code, std::string& out) {
        if (code < 0x80) {
            out += static_cast<char>(code);
            return;
        }
        const int following = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        static constexpr std::uint32_t LEADS[] = {0, 0xC0, 0xE0, 0xF0};
        out += static_cast<char>(LEADS[following] | (code >> (6 * following)));
        for (int i = following - 1; i >= 0; --i)
            out += static_cast<char>(0x80 | ((code >> (6 * i)) & 0x3F));
    }

    bool digits() {
        const std::size_t start = m_at;
        while (here() >= '0' && here() <= '9')
            ++m_at;
        return m_at > start;
    }

    bool number(Json& value) {
        const std::size_t start = m_at;
        const bool negative = take('-');
        const std::size_t first = m_at;
        if (!digits() || (m_bytes[first] == '0' && m_at > first + 1)) // no leading zeros
            return false;
        const std::string_view whole = m_bytes.substr(first, m_at - first);
        bool fraction = false;
        if (take('.')) {
            fraction = true;
            if (!digits())
                return false;
        }
        if (here() == 'e' || here() == 'E') {
            fraction = true;
            ++m_at;
            if (here() == '+' || here() == '-')
                ++m_at;
            if (!digits())
                return false;
        }
        if (!fraction && integer(whole, negative, value))
            return true;
        const std::optional<double> read = read_json_number(m_bytes.substr(start, m_at - start));
        if (read)
            value = Json(*read);
        return read.has_value();
    }

    // False: it has too many digits for us, and is taken as a number with a fraction would be.
    static bool integer(std::string_view digits, bool negative, Json& value) {
        std::uint64_t magnitude = 0;
        for (const char digit : digits) {
            const auto add = static_cast<std::uint64_t>(digit - '0');
            if (magnitude > (UINT64_MAX - add) / 10)
                return false;
            magnitude = magnitude * 10 + add;
        }
        constexpr auto LARGEST = static_cast<std::uint64_t>(INT64_MAX);
        if (magnitude > LARGEST + (negative ? 1 : 0))
            return false;
        value = Json(negative ? static_cast<std::int64_t>(0 - magnitude) : static_cast<std::int64_t>(magnitude));
        return true;
    }

    std::string_view m_bytes;
    std::size_t m_depth_left;
};

Result<Json, JsonError> parse_json(std::string_view bytes, const JsonLimits& limits) {
    JsonError error;
    if (bytes.size() > limits.maximum_bytes) {
        error.reason = JsonError::Reason::too_large;
        error.detail = std::to_string(limits.maximum_bytes);
        return Failure{std::move(error)};
    }
    JsonTreeBuilder parser(bytes, limits.maximum_depth);
    Json value;
    if (parser.document(value))
        return value;
    error.reason = parser.m_reason;
    error.detail = parser.m_reason == JsonError::Reason::too_deep ? std::to_string(limits.maximum_depth)
                                                                  : std::move(parser.m_detail);
    const std::string_view before = bytes.substr(0, parser.m_at);
    const std::size_t line_start = before.rfind('\n');
    error.line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    error.column = line_start == std::string_view::npos ? before.size() + 1 : before.size() - line_start;
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
