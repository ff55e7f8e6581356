#include "text/fold.h"

#include "text/character.h"
#include "text/normalise.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>

namespace foyer::text {

namespace {

struct Opened {
    char32_t letter;
    std::string_view as;
};

// Letters that Unicode does not decompose but people replace, as civil registers, e-mail addresses and keyboards do.
constexpr std::array<Opened, 25> OPENED = {{
    {0x00AA, "a"},  // ª
    {0x00BA, "o"},  // º
    {0x00DF, "ss"}, // ß
    {0x00E6, "ae"}, // æ
    {0x00F0, "d"},  // ð
    {0x00F8, "o"},  // ø
    {0x00FE, "th"}, // þ
    {0x0111, "d"},  // đ
    {0x0127, "h"},  // ħ
    {0x0131, "i"},  // ı
    {0x0133, "ij"}, // ĳ
    {0x0142, "l"},  // ł
    {0x0149, "'n"}, // ŉ
    {0x0153, "oe"}, // œ
    {0x0167, "t"},  // ŧ
    {0x017F, "s"},  // ſ
    {0x03C2, "σ"},  // ς
    {0x1E9E, "ss"}, // ẞ
    {0xFB00, "ff"}, // what comes along when one copies from a PDF
    {0xFB01, "fi"}, {0xFB02, "fl"}, {0xFB03, "ffi"}, {0xFB04, "ffl"}, {0xFB05, "st"}, {0xFB06, "st"},
}};

// An accent: a mark of its own, as opposed to those that change a letter of Indic scripts or kana (classes below 10).
bool is_accent(char32_t code_point) { return combining_class(code_point) >= 10; }

bool is_invisible(char32_t code_point) {
    return is_forbidden(code_point) || code_point == 0xAD || (code_point >= 0x200B && code_point <= 0x200D) ||
           code_point == 0x2060;
}

void append_folded(std::string& out, char32_t code_point) {
    if (code_point >= 0xFF01 && code_point <= 0xFF5E)
        code_point -= 0xFEE0; // full-width forms
    code_point = to_lower(code_point);
    if (is_apostrophe(code_point)) {
        out.push_back('\'');
    } else if (is_hyphen(code_point)) {
        out.push_back('-');
    } else if (code_point < 0x80) {
        append(out, code_point);
    } else if (!is_invisible(code_point) && !is_accent(code_point)) {
        for (const Opened& one : OPENED)
            if (one.letter == code_point) {
                out.append(one.as);
                return;
            }
        append(out, code_point);
    }
}

std::string collapse_spaces(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char character : text) {
        if (character != ' ')
            out.push_back(character);
        else if (!out.empty() && out.back() != ' ')
            out.push_back(' ');
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

} // namespace

std::string fold_for_comparison(std::string_view text) {
    std::string folded;
    folded.reserve(text.size());
    // Decomposed twice, around the change to small letters: some capitals only become accented letters there.
    std::string small;
    const std::string decomposed = to_nfd(text);
    for (const char32_t code_point : CodePoints(decomposed)) {
        if (is_white_space(code_point))
            small.push_back(' ');
        else if (!is_invisible(code_point))
            append(small, to_lower(code_point));
    }
    const std::string small_decomposed = to_nfd(small);
    for (const char32_t code_point : CodePoints(small_decomposed))
        append_folded(folded, code_point);
    return to_nfc(collapse_spaces(folded));
}

std::string fold_for_place_search(std::string_view text) {
    std::string folded = fold_for_comparison(text);
    for (char& character : folded)
        if (character == '\'' || character == '-' || character == '.')
            character = ' ';
    const std::string words = collapse_spaces(folded);
    std::string out;
    for (std::size_t start = 0; start < words.size();) {
        const std::size_t end = std::min(words.find(' ', start), words.size());
        const std::string_view word = std::string_view(words).substr(start, end - start);
        if (!out.empty())
            out.push_back(' ');
        // Only a word that something follows: "St" alone may be the beginning of "Strasbourg".
        if (word == "st" && end < words.size())
            out.append("saint");
        else if (word == "ste" && end < words.size())
            out.append("sainte");
        else
            out.append(word);
        start = end + 1;
    }
    return out;
}

} // namespace foyer::text
