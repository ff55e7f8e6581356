#include "wire/http_signature.h"

#include <algorithm>

namespace foyer::wire {

namespace {

char lower(char character) {
    return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char character) { return lower(character); });
    return out;
}

bool same_name(std::string_view left, std::string_view right) {
    return left.size() == right.size() &&
           std::equal(left.begin(), left.end(), right.begin(), [](char a, char b) { return lower(a) == lower(b); });
}

bool is_space(char character) {
    return character == ' ' || character == '\t' || character == '\r' || character == '\n';
}

// RFC 9421 §2.1, steps 2 to 4 for one line.
std::string canonical_line(std::string_view value) {
    std::string out;
    for (std::size_t at = 0; at < value.size(); ++at) {
        // Obsolete line folding: the whitespace around the line break becomes one space.
        if (value[at] == '\r' || value[at] == '\n') {
            while (!out.empty() && is_space(out.back()))
                out.pop_back();
            while (at + 1 < value.size() && is_space(value[at + 1]))
                ++at;
            out += ' ';
        } else {
            out += value[at];
        }
    }
    while (!out.empty() && is_space(out.back()))
        out.pop_back();
    const auto start = std::find_if_not(out.begin(), out.end(), is_space);
    out.erase(out.begin(), start);
    return out;
}

std::optional<std::string> derived_value(const HttpMessage& message, std::string_view name) {
    if (name == "@status")
        return message.status ? std::optional(std::to_string(*message.status)) : std::nullopt;
    if (message.method.empty())
        return std::nullopt; // a response has no other
    const std::string path = message.path.empty() ? "/" : message.path;
    const std::string query = message.query ? "?" + *message.query : std::string();
    if (name == "@method")
        return message.method;
    if (name == "@scheme")
        return lower(message.scheme);
    if (name == "@authority")
        return normalise_authority(message.authority, message.scheme);
    if (name == "@path")
        return path;
    if (name == "@query")
        return query.empty() ? "?" : query; // §2.2.7: an absent query is the lone question mark
    if (name == "@request-target")
        return path + query;
    if (name == "@target-uri")
        return lower(message.scheme) + "://" + normalise_authority(message.authority, message.scheme) + path + query;
    return std::nullopt;
}

constexpr std::string_view DERIVED[] = {"@method", "@target-uri",     "@authority", "@scheme",
                                        "@path",   "@request-target", "@query",     "@status"};

bool is_field_name(std::string_view name) {
    constexpr std::string_view SIGNS = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char character) {
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
               SIGNS.find(character) != std::string_view::npos;
    });
}

} // namespace

std::optional<std::string> field_value(const Headers& headers, std::string_view name) {
    std::optional<std::string> out;
    for (const Header& header : headers) {
        if (!same_name(header.name, name))
            continue;
        if (out)
            *out += ", " + canonical_line(header.value);
        else
            out = canonical_line(header.value);
    }
    return out;
}

std::string normalise_authority(std::string_view authority, std::string_view scheme) {
    std::string out = lower(authority);
    const std::string_view standard_port = scheme == "http" ? ":80" : ":443";
    // In an IPv6 literal the last ":80" may be part of the address; then it stands before the bracket.
    if (out.size() > standard_port.size() &&
        std::string_view(out).substr(out.size() - standard_port.size()) == standard_port)
        out.resize(out.size() - standard_port.size());
    return out;
}

Result<std::vector<MessageSignature>, SignatureError> read_signatures(const Headers& headers) {
    const std::optional<std::string> input = field_value(headers, "signature-input");
    const std::optional<std::string> signature = field_value(headers, "signature");
    if (!input || !signature)
        return Failure{SignatureError::missing};
    std::optional<SfDictionary> inputs = parse_sf_dictionary(*input);
    const std::optional<SfDictionary> signatures = parse_sf_dictionary(*signature);
    if (!inputs || !signatures || inputs->empty() || inputs->size() != signatures->size())
        return Failure{SignatureError::malformed};

    std::vector<MessageSignature> out;
    for (auto& [label, member] : *inputs) {
        auto* covered = std::get_if<SfInnerList>(&member);
        const SfMember* counterpart = find(*signatures, label);
        const SfItem* item = counterpart ? std::get_if<SfItem>(counterpart) : nullptr;
        const SfBytes* bytes = item ? std::get_if<SfBytes>(&item->value) : nullptr;
        if (!covered || !bytes)
            return Failure{SignatureError::malformed};
        for (const SfItem& component : covered->items)
            if (!std::holds_alternative<std::string>(component.value))
                return Failure{SignatureError::malformed};
        out.push_back({label, std::move(*covered), bytes->bytes});
    }
    return out;
}

Result<std::string, SignatureError> signature_base(const HttpMessage& message, const SfInnerList& covered) {
    std::string out;
    for (auto item = covered.items.begin(); item != covered.items.end(); ++item) {
        if (std::find(covered.items.begin(), item, *item) != item)
            return Failure{SignatureError::component_twice};
        const auto* name = std::get_if<std::string>(&item->value);
        const std::optional<std::string> identifier = write_sf_item(*item);
        if (!name || !identifier)
            return Failure{SignatureError::malformed};

        const bool of_request = item->parameters.flag("req");
        if (item->parameters.all().size() != (of_request ? 1U : 0U))
            return Failure{SignatureError::unsupported};
        const HttpMessage* source = of_request ? message.request : &message;
        if (!source)
            return Failure{SignatureError::component_missing};

        std::optional<std::string> value;
        if (name->substr(0, 1) == "@") {
            if (std::find(std::begin(DERIVED), std::end(DERIVED), *name) == std::end(DERIVED))
                return Failure{SignatureError::unsupported};
            value = derived_value(*source, *name);
        } else {
            if (!is_field_name(*name))
                return Failure{SignatureError::malformed};
            value = field_value(source->headers, *name);
        }
        if (!value)
            return Failure{SignatureError::component_missing};
        // A line break in a value would let it forge another line of the base.
        if (value->find_first_of("\r\n") != std::string::npos)
            return Failure{SignatureError::malformed};
        out += *identifier + ": " + *value + "\n";
    }
    const std::optional<std::string> parameters = write_sf_inner_list(covered);
    if (!parameters)
        return Failure{SignatureError::malformed};
    out += "\"@signature-params\": " + *parameters;
    return out;
}

Headers write_signature(const MessageSignature& signature) {
    SfDictionary inputs;
    inputs.emplace_back(signature.label, signature.covered);
    SfDictionary signatures;
    signatures.emplace_back(signature.label, SfItem{SfBytes{signature.signature}, {}});
    // The labels, components and parameters are our own: they can be written.
    return {{"Signature-Input", write_sf_dictionary(inputs).value_or("")},
            {"Signature", write_sf_dictionary(signatures).value_or("")}};
}

SfItem component(std::string_view name, bool of_request) {
    SfItem item{std::string(name), {}};
    if (of_request)
        item.parameters.set("req", true);
    return item;
}

} // namespace foyer::wire
