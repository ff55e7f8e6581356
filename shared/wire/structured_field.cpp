#include "wire/structured_field.h"

#include "wire/encoding.h"

#include <algorithm>

namespace foyer::wire {

namespace {

constexpr std::int64_t LARGEST_INTEGER = 999'999'999'999'999; // RFC 9651 §3.3.1: fifteen digits

bool is_digit(char character) { return character >= '0' && character <= '9'; }
bool is_lower(char character) { return character >= 'a' && character <= 'z'; }
bool is_alpha(char character) { return is_lower(character) || (character >= 'A' && character <= 'Z'); }
bool begins_key(char character) { return is_lower(character) || character == '*'; }
bool continues_key(char character) {
    return is_lower(character) || is_digit(character) || character == '_' || character == '-' || character == '.' ||
           character == '*';
}
bool begins_token(char character) { return is_alpha(character) || character == '*'; }
bool continues_token(char character) {
    constexpr std::string_view SIGNS = "!#$%&'*+-.^_`|~:/";
    return is_alpha(character) || is_digit(character) || SIGNS.find(character) != std::string_view::npos;
}

// The algorithms of RFC 9651 §4.2, one function each. A function that fails leaves the parser anywhere: the whole
// field has failed then.
class Parser {
public:
    explicit Parser(std::string_view text) : m_rest(text) {}

    void skip_spaces() {
        while (!m_rest.empty() && m_rest.front() == ' ')
            m_rest.remove_prefix(1);
    }
    void skip_optional_whitespace() {
        while (!m_rest.empty() && (m_rest.front() == ' ' || m_rest.front() == '\t'))
            m_rest.remove_prefix(1);
    }
    [[nodiscard]] bool at_end() const { return m_rest.empty(); }

    std::optional<SfList> list() {
        SfList out;
        while (!at_end()) {
            std::optional<SfMember> next = member();
            if (!next)
                return std::nullopt;
            out.push_back(std::move(*next));
            if (!comma())
                return std::nullopt;
        }
        return out;
    }

    std::optional<SfDictionary> dictionary() {
        SfDictionary out;
        while (!at_end()) {
            const std::optional<std::string> name = key();
            if (!name)
                return std::nullopt;
            std::optional<SfMember> next;
            if (take('=')) {
                next = member();
            } else if (std::optional<SfParameters> given = parameters()) {
                next = SfItem{true, std::move(*given)};
            }
            if (!next)
                return std::nullopt;
            const auto same =
                std::find_if(out.begin(), out.end(), [&](const auto& entry) { return entry.first == *name; });
            if (same != out.end())
                same->second = std::move(*next);
            else
                out.emplace_back(*name, std::move(*next));
            if (!comma())
                return std::nullopt;
        }
        return out;
    }

    std::optional<SfItem> item() {
        std::optional<SfValue> value = bare_item();
        if (!value)
            return std::nullopt;
        std::optional<SfParameters> given = parameters();
        if (!given)
            return std::nullopt;
        return SfItem{std::move(*value), std::move(*given)};
    }

private:
    bool take(char character) {
        if (m_rest.empty() || m_rest.front() != character)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    // Between two members. False: something else stands there, or the text ends with a comma.
    bool comma() {
        skip_optional_whitespace();
        if (at_end())
            return true;
        if (!take(','))
            return false;
        skip_optional_whitespace();
        return !at_end();
    }

    std::optional<SfMember> member() {
        if (!m_rest.empty() && m_rest.front() == '(') {
            std::optional<SfInnerList> inner = inner_list();
            return inner ? std::optional<SfMember>(std::move(*inner)) : std::nullopt;
        }
        std::optional<SfItem> single = item();
        return single ? std::optional<SfMember>(std::move(*single)) : std::nullopt;
    }

    std::optional<SfInnerList> inner_list() {
        SfInnerList out;
        if (!take('('))
            return std::nullopt;
        while (true) {
            skip_spaces();
            if (take(')')) {
                std::optional<SfParameters> given = parameters();
                if (!given)
                    return std::nullopt;
                out.parameters = std::move(*given);
                return out;
            }
            std::optional<SfItem> next = item();
            if (!next)
                return std::nullopt;
            out.items.push_back(std::move(*next));
            if (at_end() || (m_rest.front() != ' ' && m_rest.front() != ')'))
                return std::nullopt;
        }
    }

    std::optional<SfParameters> parameters() {
        SfParameters out;
        while (take(';')) {
            skip_spaces();
            const std::optional<std::string> name = key();
            if (!name)
                return std::nullopt;
            SfValue value = true;
            if (take('=')) {
                std::optional<SfValue> given = bare_item();
                if (!given)
                    return std::nullopt;
                value = std::move(*given);
            }
            out.set(*name, std::move(value));
        }
        return out;
    }

    std::optional<std::string> key() {
        if (at_end() || !begins_key(m_rest.front()))
            return std::nullopt;
        return take_while(continues_key);
    }

    std::optional<SfValue> bare_item() {
        if (at_end())
            return std::nullopt;
        const char first = m_rest.front();
        if (first == '-' || is_digit(first))
            return number();
        if (first == '"')
            return string();
        if (begins_token(first))
            return SfToken{take_while(continues_token)};
        if (first == ':')
            return bytes();
        if (first == '?')
            return boolean();
        return std::nullopt;
    }

    std::optional<SfValue> number() {
        const std::int64_t sign = take('-') ? -1 : 1;
        const std::string whole = take_while(is_digit);
        if (whole.empty())
            return std::nullopt;
        if (!take('.')) {
            if (whole.size() > 15)
                return std::nullopt;
            return SfValue(sign * digits(whole));
        }
        std::string fraction = take_while(is_digit);
        if (whole.size() > 12 || fraction.empty() || fraction.size() > 3)
            return std::nullopt;
        fraction.append(3 - fraction.size(), '0');
        return SfValue(SfDecimal{sign * (digits(whole) * 1000 + digits(fraction))});
    }

    // At most fifteen of them: no overflow.
    static std::int64_t digits(std::string_view text) {
        std::int64_t out = 0;
        for (const char digit : text)
            out = out * 10 + (digit - '0');
        return out;
    }

    std::optional<SfValue> string() {
        m_rest.remove_prefix(1); // the quote
        std::string out;
        while (!at_end()) {
            const char character = m_rest.front();
            m_rest.remove_prefix(1);
            if (character == '"')
                return SfValue(std::move(out));
            if (character == '\\') {
                if (at_end() || (m_rest.front() != '"' && m_rest.front() != '\\'))
                    return std::nullopt;
                out += m_rest.front();
                m_rest.remove_prefix(1);
            } else if (character < 0x20 || character > 0x7E) {
                return std::nullopt; // also every byte of 0x80 and above, where char is signed or not
            } else {
                out += character;
            }
        }
        return std::nullopt;
    }

    std::optional<SfValue> bytes() {
        m_rest.remove_prefix(1); // the colon
        const std::size_t end = m_rest.find(':');
        if (end == std::string_view::npos)
            return std::nullopt;
        std::optional<std::string> decoded = decode_base64(m_rest.substr(0, end));
        if (!decoded)
            return std::nullopt;
        m_rest.remove_prefix(end + 1);
        return SfValue(SfBytes{std::move(*decoded)});
    }

    std::optional<SfValue> boolean() {
        m_rest.remove_prefix(1); // the question mark
        if (take('1'))
            return SfValue(true);
        if (take('0'))
            return SfValue(false);
        return std::nullopt;
    }

    template <typename Predicate> std::string take_while(Predicate belongs) {
        const auto end = std::find_if_not(m_rest.begin(), m_rest.end(), belongs);
        const auto count = static_cast<std::size_t>(end - m_rest.begin());
        std::string out(m_rest.substr(0, count));
        m_rest.remove_prefix(count);
        return out;
    }

    std::string_view m_rest;
};

template <typename Read> auto parse_whole(std::string_view text, Read read) -> decltype(read(std::declval<Parser&>())) {
    Parser parser(text);
    parser.skip_spaces();
    auto out = read(parser);
    parser.skip_spaces();
    if (!parser.at_end())
        return std::nullopt;
    return out;
}

// Writing (RFC 9651 §4.1): each appends to `out` and says whether the value can be written at all.

bool write_key(std::string_view key, std::string& out) {
    if (key.empty() || !begins_key(key.front()) || !std::all_of(key.begin(), key.end(), continues_key))
        return false;
    out += key;
    return true;
}

bool write_decimal(std::int64_t thousandths, std::string& out) {
    if (thousandths > LARGEST_INTEGER || thousandths < -LARGEST_INTEGER)
        return false;
    const std::int64_t absolute = thousandths < 0 ? -thousandths : thousandths;
    std::string fraction = std::to_string(1000 + absolute % 1000).substr(1);
    while (fraction.size() > 1 && fraction.back() == '0')
        fraction.pop_back();
    out += thousandths < 0 ? "-" : "";
    out += std::to_string(absolute / 1000) + "." + fraction;
    return true;
}

bool write_bare(const SfValue& value, std::string& out) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        if (*number > LARGEST_INTEGER || *number < -LARGEST_INTEGER)
            return false;
        out += std::to_string(*number);
        return true;
    }
    if (const auto* decimal = std::get_if<SfDecimal>(&value))
        return write_decimal(decimal->thousandths, out);
    if (const auto* text = std::get_if<std::string>(&value)) {
        out += '"';
        for (const char character : *text) {
            if (character < 0x20 || character > 0x7E)
                return false;
            if (character == '"' || character == '\\')
                out += '\\';
            out += character;
        }
        out += '"';
        return true;
    }
    if (const auto* token = std::get_if<SfToken>(&value)) {
        if (token->text.empty() || !begins_token(token->text.front()) ||
            !std::all_of(token->text.begin(), token->text.end(), continues_token))
            return false;
        out += token->text;
        return true;
    }
    if (const auto* bytes = std::get_if<SfBytes>(&value)) {
        out += ":" + encode_base64(bytes->bytes) + ":";
        return true;
    }
    out += *std::get_if<bool>(&value) ? "?1" : "?0";
    return true;
}

bool write_parameters(const SfParameters& parameters, std::string& out) {
    for (const SfParameter& parameter : parameters.all()) {
        out += ';';
        if (!write_key(parameter.key, out))
            return false;
        if (const bool* flag = std::get_if<bool>(&parameter.value); flag && *flag)
            continue; // a bare key means true
        out += '=';
        if (!write_bare(parameter.value, out))
            return false;
    }
    return true;
}

bool write_item(const SfItem& item, std::string& out) {
    return write_bare(item.value, out) && write_parameters(item.parameters, out);
}

bool write_inner_list(const SfInnerList& list, std::string& out) {
    out += '(';
    bool first = true;
    for (const SfItem& item : list.items) {
        out += first ? "" : " ";
        first = false;
        if (!write_item(item, out))
            return false;
    }
    out += ')';
    return write_parameters(list.parameters, out);
}

bool write_member(const SfMember& member, std::string& out) {
    if (const auto* item = std::get_if<SfItem>(&member))
        return write_item(*item, out);
    return write_inner_list(*std::get_if<SfInnerList>(&member), out);
}

} // namespace

// ------------------------------------------------------------------------------------------------------ parameters

const SfValue* SfParameters::find(std::string_view key) const {
    for (const SfParameter& parameter : m_parameters)
        if (parameter.key == key)
            return &parameter.value;
    return nullptr;
}

std::optional<std::string> SfParameters::text(std::string_view key) const {
    const SfValue* value = find(key);
    const auto* text = value ? std::get_if<std::string>(value) : nullptr;
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

std::optional<std::int64_t> SfParameters::integer(std::string_view key) const {
    const SfValue* value = find(key);
    const auto* number = value ? std::get_if<std::int64_t>(value) : nullptr;
    return number ? std::optional<std::int64_t>(*number) : std::nullopt;
}

bool SfParameters::flag(std::string_view key) const {
    const SfValue* value = find(key);
    const bool* flag = value ? std::get_if<bool>(value) : nullptr;
    return flag && *flag;
}

SfParameters& SfParameters::set(std::string_view key, SfValue value) {
    for (SfParameter& parameter : m_parameters)
        if (parameter.key == key) {
            parameter.value = std::move(value);
            return *this;
        }
    m_parameters.push_back({std::string(key), std::move(value)});
    return *this;
}

// --------------------------------------------------------------------------------------------------- parse and write

std::optional<SfItem> parse_sf_item(std::string_view text) {
    return parse_whole(text, [](Parser& parser) { return parser.item(); });
}

std::optional<SfList> parse_sf_list(std::string_view text) {
    return parse_whole(text, [](Parser& parser) { return parser.list(); });
}

std::optional<SfDictionary> parse_sf_dictionary(std::string_view text) {
    return parse_whole(text, [](Parser& parser) { return parser.dictionary(); });
}

const SfMember* find(const SfDictionary& dictionary, std::string_view key) {
    for (const auto& [name, member] : dictionary)
        if (name == key)
            return &member;
    return nullptr;
}

std::optional<std::string> parse_sf_bytes(std::string_view text) {
    std::optional<SfItem> item = parse_sf_item(text);
    SfBytes* bytes = item && item->parameters.all().empty() ? std::get_if<SfBytes>(&item->value) : nullptr;
    if (!bytes)
        return std::nullopt;
    return std::move(bytes->bytes);
}

std::optional<std::string> write_sf_item(const SfItem& item) {
    std::string out;
    if (!write_item(item, out))
        return std::nullopt;
    return out;
}

std::optional<std::string> write_sf_inner_list(const SfInnerList& list) {
    std::string out;
    if (!write_inner_list(list, out))
        return std::nullopt;
    return out;
}

std::optional<std::string> write_sf_list(const SfList& list) {
    std::string out;
    for (const SfMember& member : list) {
        out += out.empty() ? "" : ", ";
        if (!write_member(member, out))
            return std::nullopt;
    }
    return out;
}

std::optional<std::string> write_sf_dictionary(const SfDictionary& dictionary) {
    std::string out;
    for (const auto& [name, member] : dictionary) {
        out += out.empty() ? "" : ", ";
        if (!write_key(name, out))
            return std::nullopt;
        const auto* item = std::get_if<SfItem>(&member);
        const bool* flag = item ? std::get_if<bool>(&item->value) : nullptr;
        if (flag && *flag) { // a bare key means true
            if (!write_parameters(item->parameters, out))
                return std::nullopt;
            continue;
        }
        out += '=';
        if (!write_member(member, out))
            return std::nullopt;
    }
    return out;
}

} // namespace foyer::wire
