// Structured field values (RFC 9651), strictly: what the RFC says must fail fails. Dictionaries, lists, inner lists,
// items and parameters; integers, decimals, strings, tokens, byte sequences and booleans. The types the RFC adds for
// dates and display strings have no use here and are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace foyer::wire {

struct SfToken {
    std::string text;
    friend bool operator==(const SfToken&, const SfToken&) = default;
};
struct SfBytes {
    std::string bytes;
    friend bool operator==(const SfBytes&, const SfBytes&) = default;
};
// A decimal has at most three digits after the point: it is kept as thousandths.
struct SfDecimal {
    std::int64_t thousandths = 0;
    friend bool operator==(const SfDecimal&, const SfDecimal&) = default;
};
// std::string is the RFC's String.
using SfValue = std::variant<std::int64_t, SfDecimal, std::string, SfToken, SfBytes, bool>;

struct SfParameter {
    std::string key;
    SfValue value;
    friend bool operator==(const SfParameter&, const SfParameter&) = default;
};

// In their order. A key given twice keeps its first place and its last value (RFC 9651 §4.2.3.2).
class SfParameters {
public:
    [[nodiscard]] const SfValue* find(std::string_view key) const;
    // The parameter's value if it is there and of that type.
    [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;
    // Present and true.
    [[nodiscard]] bool flag(std::string_view key) const;
    SfParameters& set(std::string_view key, SfValue value);
    [[nodiscard]] const std::vector<SfParameter>& all() const { return m_parameters; }
    friend bool operator==(const SfParameters&, const SfParameters&) = default;

private:
    std::vector<SfParameter> m_parameters;
};

struct SfItem {
    SfValue value;
    SfParameters parameters;
    friend bool operator==(const SfItem&, const SfItem&) = default;
};
struct SfInnerList {
    std::vector<SfItem> items;
    SfParameters parameters;
    friend bool operator==(const SfInnerList&, const SfInnerList&) = default;
};
using SfMember = std::variant<SfItem, SfInnerList>;
using SfList = std::vector<SfMember>;
using SfDictionary = std::vector<std::pair<std::string, SfMember>>; // each key once

[[nodiscard]] std::optional<SfItem> parse_sf_item(std::string_view text);
[[nodiscard]] std::optional<SfList> parse_sf_list(std::string_view text);
[[nodiscard]] std::optional<SfDictionary> parse_sf_dictionary(std::string_view text);
[[nodiscard]] const SfMember* find(const SfDictionary& dictionary, std::string_view key);
// An item that is a byte sequence without parameters, such as `:AAEC:`.
[[nodiscard]] std::optional<std::string> parse_sf_bytes(std::string_view text);

// Nothing when a value cannot be written (a string beyond ASCII, an integer of 16 digits, a token with a space).
[[nodiscard]] std::optional<std::string> write_sf_item(const SfItem& item);
[[nodiscard]] std::optional<std::string> write_sf_inner_list(const SfInnerList& list);
[[nodiscard]] std::optional<std::string> write_sf_list(const SfList& list);
[[nodiscard]] std::optional<std::string> write_sf_dictionary(const SfDictionary& dictionary);

} // namespace foyer::wire
