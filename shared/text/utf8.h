// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF. Everything else in shared/
// works on text that has passed is_valid(); the iteration below never reads out of bounds on text that has not.
// All functions are linear in the text and allocate nothing unless they return a string.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace foyer::text {

// What stands for a byte that is not UTF-8.
inline constexpr char32_t REPLACEMENT_CHARACTER = 0xFFFD;

struct Decoded {
    char32_t code_point = REPLACEMENT_CHARACTER;
    std::size_t size = 1; // bytes consumed; at least 1
    bool valid = false;   // when false, code_point is REPLACEMENT_CHARACTER
};

// Decodes the character that begins at `offset`, which must be smaller than text.size().
[[nodiscard]] Decoded decode_at(std::string_view text, std::size_t offset);

[[nodiscard]] bool is_valid(std::string_view text);

// Appends the code point; one that cannot be written (a surrogate, above U+10FFFF) becomes U+FFFD.
void append(std::string& text, char32_t code_point);

// Characters as Unicode counts them (code points), not bytes. An invalid byte counts as one.
[[nodiscard]] std::size_t count_characters(std::string_view text);

// The longest beginning of `text` with at most `maximum` characters; never cuts inside a character.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t maximum);

// for (char32_t character : CodePoints(text)): an invalid byte is seen as U+FFFD.
class CodePoints {
public:
    explicit CodePoints(std::string_view text) : m_text(text) {}

    class Iterator {
    public:
        Iterator(std::string_view text, std::size_t offset) : m_text(text), m_offset(offset) { load(); }
        [[nodiscard]] char32_t operator*() const { return m_decoded.code_point; }
        Iterator& operator++() {
            m_offset += m_decoded.size;
            load();
            return *this;
        }
        [[nodiscard]] bool operator!=(const Iterator& other) const { return m_offset != other.m_offset; }
        [[nodiscard]] bool operator==(const Iterator& other) const { return m_offset == other.m_offset; }
        // The byte offset of the current character.
        [[nodiscard]] std::size_t offset() const { return m_offset; }

    private:
        void load() {
            if (m_offset < m_text.size())
                m_decoded = decode_at(m_text, m_offset);
        }
        std::string_view m_text;
        std::size_t m_offset;
        Decoded m_decoded;
    };

    [[nodiscard]] Iterator begin() const { return {m_text, 0}; }
    [[nodiscard]] Iterator end() const { return {m_text, m_text.size()}; }

private:
    std::string_view m_text;
};

} // namespace foyer::text
