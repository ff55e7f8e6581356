// The texts people read, by key, in one language. The keys are generated from shared/i18n/<language>/*.json
// ("birth_name" in fields.json is TextKey::fields_birth_name), so a text that does not exist does not compile, and the
// build fails when a language lacks a key or its {placeholders} differ.
//
// Anybody above base may use this room. Pure: nothing here reads a file, a clock or a locale.
#pragma once

#include "base/problem.h"
#include "base/result.h"
#include "i18n/text_keys.h" // generated: enum class TextKey, TEXT_KEY_COUNT, TEXT_KEYS_HASH

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::i18n {

enum class TextsMistake : std::uint8_t {
    not_texts,     // the bytes are not a texts-<language>.bin
    other_version, // made from another list of keys than this program
};

// Fills the place {name} of a text. `value` is put in as it is.
struct Argument {
    std::string_view name;
    std::string_view value;
};

class Texts {
public:
    // No text at all: get() answers with the empty string. For tests and for the moment before load().
    Texts() = default;

    // Takes a copy of a texts-<language>.bin. Fails, and changes nothing, when it is not one or was made from another
    // list of keys.
    static Result<Texts, TextsMistake> load(std::string_view bytes);

    // Adds what another file of the same language brings: files of one list of keys leave the places of texts that they
    // do not bring empty, and nobody's place is filled twice. Fails, and changes nothing, when it is not such a file.
    // Texts got before this are void.
    Result<Done, TextsMistake> add(std::string_view bytes);

    // "fr", "en"; empty for a default-constructed object.
    [[nodiscard]] std::string_view language() const { return m_language; }

    // The text with its {places} unfilled. Lives as long as this object.
    [[nodiscard]] std::string_view get(TextKey key) const;

    // The text with its places filled. A place that no argument names stays as it is, so that a mistake is seen.
    [[nodiscard]] std::string format(TextKey key, std::initializer_list<Argument> arguments) const;

    // The singular or the plural, by the language's own rule (French says "0 jour", English "0 days"), with {count}
    // filled in beside the other places.
    [[nodiscard]] std::string count(TextKey one, TextKey many, std::int64_t count,
                                    std::initializer_list<Argument> arguments = {}) const;

    // "12 345" with a no-break space in French, "12,345" in English.
    [[nodiscard]] std::string number(std::int64_t number) const;

    // "3 mars 2025", "1er mars 2025", "3 March 2025". Month or day 0: unknown, left out ("mars 1992", "1992").
    [[nodiscard]] std::string date(int year, int month, int day) const;

    // "3 mars 2025 à 14 h 05": the clock's hour and minute beside the date.
    [[nodiscard]] std::string moment(int year, int month, int day, int hour, int minute) const;

private:
    std::string m_bytes;
    std::string m_language;
    std::vector<std::uint32_t> m_ends; // m_ends[i]: where text i ends in m_bytes; it starts after the one before
    std::uint32_t m_start = 0;
};

// What to do about a problem, as a sentence: "Écrivez votre code postal en 5 chiffres, par exemple 44521." `label` is
// the field's label as the person sees it. form::sentence() knows more about a field and is to be preferred for
// fields of a form.
[[nodiscard]] std::string sentence(const Problem& problem, std::string_view label, const Texts& texts);

} // namespace foyer::i18n

namespace foyer {
using i18n::TextKey;
}
