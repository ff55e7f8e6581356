#include "domain/password.h"

#include "domain/reference_data.h"
#include "text/character.h"
#include "text/clean_line.h"
#include "text/fold.h"
#include "text/normalise.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <set>

namespace foyer::domain {

namespace {

constexpr std::size_t LENGTH_WITH_FOUR_CLASSES = 12;
constexpr std::size_t LENGTH_WITH_THREE_CLASSES = 14;
constexpr std::size_t WORDS_OF_A_PHRASE = 7;
constexpr std::size_t FEWEST_DIFFERENT_CHARACTERS = 5; // "aaaaaaaaaA1!" counts twelve and guards nothing

struct Composition {
    std::size_t characters = 0;
    std::size_t different_words = 0;
    std::array<bool, 4> has{}; // by PasswordClass

    [[nodiscard]] bool has_class(PasswordClass one) const { return has[static_cast<std::size_t>(one)]; }
};

PasswordClass class_of(char32_t character) {
    if (text::is_ascii_digit(character))
        return PasswordClass::digit;
    if (text::is_letter(character))
        return text::to_lower(character) != character ? PasswordClass::upper : PasswordClass::lower;
    return PasswordClass::special;
}

Composition composition_of(std::string_view password) {
    Composition composition;
    std::set<std::string> words;
    std::string word;
    const auto end_word = [&words, &word] {
        // Only so many matter, and a pasted megabyte must not fill the memory with them.
        const std::string folded = text::fold_for_comparison(word);
        const bool has_letter = std::any_of(folded.begin(), folded.end(), [](char one) {
            return (one >= 'a' && one <= 'z') || static_cast<unsigned char>(one) >= 0x80;
        });
        if (has_letter && words.size() < WORDS_OF_A_PHRASE)
            words.insert(folded);
        word.clear();
    };
    for (const char32_t character : text::CodePoints(password)) {
        ++composition.characters;
        if (!text::is_mark(character))
            composition.has[static_cast<std::size_t>(class_of(character))] = true;
        if (text::is_white_space(character) || text::is_hyphen(character) || character == '_' || character == '.' ||
            character == ',')
            end_word();
        else
            text::append(word, character);
    }
    end_word();
    composition.different_words = words.size();
    return composition;
}

std::vector<PasswordClass> missing_of(const Composition& composition, std::size_t class_count) {
    std::vector<PasswordClass> missing;
    constexpr std::array<PasswordClass, 4> ALL = {PasswordClass::upper, PasswordClass::lower, PasswordClass::digit,
                                                  PasswordClass::special};
    for (std::size_t index = 0; index < class_count; ++index)
        if (!composition.has_class(ALL[index]))
            missing.push_back(ALL[index]);
    return missing;
}

std::size_t up_to(std::size_t wanted, std::size_t have) { return wanted > have ? wanted - have : 0; }

// A character of a missing class also makes the password longer.
PasswordStrength with_classes(const Composition& composition, PasswordWay way, std::size_t class_count,
                              std::size_t length) {
    PasswordStrength strength;
    strength.nearest = way;
    strength.missing_classes = missing_of(composition, class_count);
    strength.missing_characters = std::max(up_to(length, composition.characters), strength.missing_classes.size());
    return strength;
}

PasswordStrength with_words(const Composition& composition) {
    constexpr std::size_t CHARACTERS_A_WORD = 4; // with its space, to compare the ways
    PasswordStrength strength;
    strength.nearest = PasswordWay::words;
    strength.missing_words = up_to(WORDS_OF_A_PHRASE, composition.different_words);
    strength.missing_characters = strength.missing_words * CHARACTERS_A_WORD;
    return strength;
}

bool is_repetitive(std::string_view password) {
    std::set<char32_t> different;
    for (const char32_t character : text::CodePoints(password)) {
        different.insert(character);
        if (different.size() >= FEWEST_DIFFERENT_CHARACTERS)
            return false;
    }
    return true;
}

bool contains_folded(const std::string& folded_password, std::string_view part) {
    const std::string folded_part = text::fold_for_comparison(part);
    return text::count_characters(folded_part) >= 3 && folded_password.find(folded_part) != std::string::npos;
}

} // namespace

PasswordStrength password_strength(std::string_view password) {
    const std::string composed = text::to_nfc(text::first_characters(password, Password::MAXIMUM_BYTES));
    const Composition composition = composition_of(composed);
    PasswordStrength best = with_classes(composition, PasswordWay::four_classes, 4, LENGTH_WITH_FOUR_CLASSES);
    for (const PasswordStrength& other :
         {with_classes(composition, PasswordWay::three_classes, 3, LENGTH_WITH_THREE_CLASSES), with_words(composition)})
        if (other.missing_characters < best.missing_characters)
            best = other;
    best.satisfies_rule = best.missing_characters == 0;
    if (best.satisfies_rule)
        best.score = 4;
    else if (composition.characters == 0)
        best.score = 0;
    else
        best.score = best.missing_characters <= 2 ? 3 : best.missing_characters <= 6 ? 2 : 1;
    return best;
}

std::string_view id(PasswordWay way) {
    switch (way) {
    case PasswordWay::three_classes:
        return "three_classes";
    case PasswordWay::words:
        return "words";
    case PasswordWay::four_classes:
        break;
    }
    return "four_classes";
}

std::string_view id(PasswordClass password_class) {
    switch (password_class) {
    case PasswordClass::upper:
        return "upper";
    case PasswordClass::lower:
        return "lower";
    case PasswordClass::digit:
        return "digit";
    case PasswordClass::special:
        break;
    }
    return "special";
}

Parsed<Password> Password::parse(std::string_view typed, std::string_view identifier, const ReferenceData* reference) {
    if (typed.empty())
        return reject(ProblemCode::required);
    if (typed.size() > MAXIMUM_BYTES)
        return reject(ProblemCode::too_long, {{"maximum", std::to_string(MAXIMUM_BYTES)}});
    const text::CleanLine line = text::clean_line(typed);
    if (!line.is_utf8)
        return reject(ProblemCode::not_text);
    if (!line.forbidden.empty())
        return reject(ProblemCode::forbidden_characters, {{"characters", text::code_point_names(line.forbidden)}});
    std::string bytes = bytes_to_hash(typed);
    const PasswordStrength strength = password_strength(bytes);
    if (!strength.satisfies_rule) {
        std::string classes;
        for (const PasswordClass missing : strength.missing_classes)
            classes += (classes.empty() ? "" : " ") + std::string(id(missing));
        return reject(ProblemCode::password_weak, {{"minimum", std::to_string(strength.missing_characters)},
                                                   {"way", std::string(id(strength.nearest))},
                                                   {"words", std::to_string(strength.missing_words)},
                                                   {"classes", classes}});
    }
    const std::string folded = text::fold_for_comparison(bytes);
    const std::string_view local_part = identifier.substr(0, identifier.find('@'));
    if (contains_folded(folded, identifier) || contains_folded(folded, local_part))
        return reject(ProblemCode::password_contains_identifier);
    if (is_repetitive(bytes) || (reference != nullptr && reference->is_common_password(bytes)))
        return reject(ProblemCode::password_common);
    return Password(std::move(bytes));
}

std::string bytes_to_hash(std::string_view typed) { return text::to_nfc(typed); }

} // namespace foyer::domain
