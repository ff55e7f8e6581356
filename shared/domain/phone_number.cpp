#include "domain/phone_number.h"

#include "text/character.h"
#include "text/utf8.h"
#include "wrong_characters.h"

#include <algorithm>
#include <array>
#include <optional>

namespace foyer::domain {

namespace {

struct CallingCode {
    std::uint16_t code;
    char country[2]; // the first country of that code; two spaces when it belongs to none
    bool trunk_zero; // a 0 is written before national numbers
    std::uint32_t lengths;
};

// A state is a row of eleven bytes: the kind of a number that ends there, then the row for each digit; row 0 is
// nowhere.
struct Plan {
    std::uint16_t code;
    std::uint8_t start;
    const std::uint8_t* rows;
};

#include "generated/domain/phone_table.inc"

constexpr std::size_t ROW_SIZE = 11;
constexpr std::size_t LONGEST_NUMBER = 17; // of any country, the calling code aside
constexpr std::size_t NOWHERE = static_cast<std::size_t>(-1);

// Metropolitan France and the territories whose numbers one dials from there as one's own, with 0 and nine digits.
constexpr std::array<unsigned, 5> DIALLED_ALIKE = {33, 262, 590, 594, 596};

bool is_dialled_alike(unsigned code) {
    return std::find(DIALLED_ALIKE.begin(), DIALLED_ALIKE.end(), code) != DIALLED_ALIKE.end();
}

const CallingCode* find_code(unsigned code) {
    for (const CallingCode& one : CALLING_CODES)
        if (one.code == code)
            return &one;
    return nullptr;
}

// The calling code that the digits begin with: no code is the beginning of another (ITU-T E.164).
const CallingCode* leading_code(std::string_view digits) {
    unsigned code = 0;
    if (!digits.empty() && digits[0] == '0')
        return nullptr;
    for (std::size_t length = 1; length <= 3 && length <= digits.size(); ++length) {
        code = code * 10 + static_cast<unsigned>(digits[length - 1] - '0');
        if (const CallingCode* found = find_code(code))
            return found;
    }
    return nullptr;
}

bool is_possible_length(const CallingCode& code, std::size_t length) {
    return length <= LONGEST_NUMBER && ((code.lengths >> length) & 1U) != 0;
}

const Plan* find_plan(unsigned code) {
    for (const Plan& plan : PLANS)
        if (plan.code == code)
            return &plan;
    return nullptr;
}

// What the number is in its plan; nothing when there is no such number. Without a plan, every possible length will do.
std::optional<PhoneKind> kind_of(const CallingCode& code, std::string_view national) {
    if (!is_possible_length(code, national.size()))
        return std::nullopt;
    const Plan* plan = find_plan(code.code);
    if (plan == nullptr)
        return PhoneKind::other;
    std::size_t row = plan->start;
    for (const char digit : national) {
        row = plan->rows[row * ROW_SIZE + 1 + static_cast<std::size_t>(digit - '0')];
        if (row == 0)
            return std::nullopt;
    }
    switch (plan->rows[row * ROW_SIZE]) {
    case 1:
        return PhoneKind::mobile;
    case 2:
        return PhoneKind::fixed;
    case 3:
        return PhoneKind::other;
    default:
        return std::nullopt;
    }
}

// Whether the number, dialled from `home` with 0 and nine digits, is this one: a freephone number of La Réunion is not,
// it would reach France's.
bool is_dialled_from(unsigned home, const CallingCode& code, std::string_view national) {
    if (code.code == home)
        return true;
    if (!is_dialled_alike(home) || !is_dialled_alike(code.code) || kind_of(*find_code(home), national))
        return false;
    for (const unsigned other : DIALLED_ALIKE)
        if (kind_of(*find_code(other), national))
            return other == code.code;
    return false;
}

struct Typed {
    std::string digits;
    bool international = false;
    std::size_t bracketed_zero = NOWHERE; // where in `digits` the 0 of "(0)" stands
};

bool is_skipped(char32_t character) {
    if (text::is_white_space(character) || text::is_hyphen(character))
        return true;
    switch (character) {
    case '.':
    case '/':
    case '(':
    case ')':
    case '[':
    case ']':
    case 0x00AD: // what address books and web pages put around numbers, unseen
    case 0x00B7:
    case 0x200B:
    case 0x200E:
    case 0x200F:
    case 0x202A:
    case 0x202B:
    case 0x202C:
    case 0x202D:
    case 0x202E:
    case 0x2060:
    case 0x2066:
    case 0x2067:
    case 0x2068:
    case 0x2069:
    case 0xFEFF:
        return true;
    default:
        return false;
    }
}

// -1 when it is no digit. Keyboards set to Arabic, Persian or Japanese give digits of their own.
int digit_value(char32_t character) {
    for (const char32_t zero : {U'0', char32_t{0x0660}, char32_t{0x06F0}, char32_t{0xFF10}})
        if (character >= zero && character <= zero + 9)
            return static_cast<int>(character - zero);
    return -1;
}

Parsed<Typed> read(std::string_view typed) {
    Typed result;
    WrongCharacters wrong;
    std::string forbidden;
    char32_t before = 0;    // the last visible character
    char32_t opened_by = 0; // the one before that
    for (const char32_t character : text::CodePoints(typed)) {
        const int digit = digit_value(character);
        if (digit >= 0) {
            if (result.digits.size() > 2 * LONGEST_NUMBER)
                continue; // far too long already: the exact length no longer matters
            result.digits.push_back(static_cast<char>('0' + digit));
        } else if ((character == '+' || character == 0xFF0B) && result.digits.empty() && !result.international) {
            result.international = true;
        } else if (character == ')' && opened_by == '(' && before == '0') {
            result.bracketed_zero = result.digits.size() - 1;
        } else if (!is_skipped(character)) {
            if (text::is_forbidden(character))
                forbidden = text::code_point_name(character);
            else
                wrong.add(character);
        }
        if (!text::is_white_space(character)) {
            opened_by = before;
            before = character;
        }
    }
    if (!forbidden.empty())
        return reject(ProblemCode::forbidden_characters, {{"characters", forbidden}});
    if (!wrong.empty())
        return reject(ProblemCode::phone_format, {{"characters", wrong.text()}});
    if (result.digits.empty())
        return reject(result.international ? ProblemCode::phone_format : ProblemCode::required);
    return result;
}

Failure<Rejection> not_a_number(const CallingCode& code, std::string_view national) {
    if (is_possible_length(code, national.size()))
        return reject(ProblemCode::phone_format);
    const std::string country = code.country[0] == ' ' ? "" : std::string(code.country, 2);
    return reject(ProblemCode::phone_length, {{"country", country}, {"calling_code", std::to_string(code.code)}});
}

void append_grouped(std::string& out, std::string_view digits, std::size_t first, std::size_t others) {
    for (std::size_t start = 0; start < digits.size();) {
        std::size_t size = start == 0 ? first : others;
        // Threes end with a four rather than with a lonely digit.
        if (others == 3 && digits.size() - start == 4)
            size = 4;
        if (!out.empty() && start != 0)
            out.push_back(' ');
        out.append(digits.substr(start, size));
        start += size;
    }
}

} // namespace

Parsed<PhoneNumber> PhoneNumber::parse(std::string_view typed, unsigned default_calling_code) {
    constexpr std::size_t LONGEST_TYPED = 400; // bytes; no way of writing a number needs more
    if (!text::is_valid(typed))
        return reject(ProblemCode::not_text);
    const CallingCode* code = find_code(default_calling_code);
    if (code == nullptr)
        return reject(ProblemCode::phone_country);
    if (typed.size() > LONGEST_TYPED)
        return not_a_number(*code, {});
    Parsed<Typed> read_result = read(typed);
    if (!read_result)
        return Failure{read_result.error()};
    auto& [digits, international, bracketed_zero] = *read_result;
    const auto accept = [](const CallingCode& of, std::string_view national, PhoneKind kind) {
        return PhoneNumber("+" + std::to_string(of.code) + std::string(national), of.code, kind);
    };

    if (!international && digits.size() > 2 && digits[0] == '0' && digits[1] == '0') {
        international = true;
        digits.erase(0, 2);
        if (bracketed_zero != NOWHERE)
            bracketed_zero -= std::min<std::size_t>(bracketed_zero, 2);
    }
    if (international) {
        code = leading_code(digits);
        if (code == nullptr)
            return reject(ProblemCode::phone_country);
        const std::size_t code_size = std::to_string(code->code).size();
        if (bracketed_zero == code_size && code->trunk_zero)
            digits.erase(bracketed_zero, 1);
        std::string_view national = std::string_view(digits).substr(code_size);
        if (const auto kind = kind_of(*code, national))
            return accept(*code, national, *kind);
        // "+33 06 12 34 56 78": the 0 stayed by habit.
        if (code->trunk_zero && !national.empty() && national[0] == '0')
            if (const auto kind = kind_of(*code, national.substr(1)))
                return accept(*code, national.substr(1), *kind);
        return not_a_number(*code, national);
    }

    std::string_view national = digits;
    const bool has_trunk_zero = code->trunk_zero && national[0] == '0';
    if (has_trunk_zero)
        national.remove_prefix(1);
    if (const auto kind = kind_of(*code, national))
        return accept(*code, national, *kind);
    if (has_trunk_zero && is_dialled_alike(code->code))
        for (const unsigned other : DIALLED_ALIKE)
            if (const CallingCode* other_code = find_code(other))
                if (const auto kind = kind_of(*other_code, national))
                    return accept(*other_code, national, *kind);
    // "33 6 12 34 56 78": the + was left out.
    const std::string own_code = std::to_string(code->code);
    if (!has_trunk_zero && national.substr(0, own_code.size()) == own_code)
        if (const auto kind = kind_of(*code, national.substr(own_code.size())))
            return accept(*code, national.substr(own_code.size()), *kind);
    return not_a_number(*code, national);
}

std::string_view PhoneNumber::national_number() const {
    return std::string_view(m_e164).substr(1 + std::to_string(m_calling_code).size());
}

std::string PhoneNumber::shown(unsigned home_calling_code) const {
    const std::string_view national = national_number();
    const CallingCode* code = find_code(m_calling_code);
    const bool at_home = is_dialled_from(home_calling_code, *code, national);
    std::string out;
    if (find_plan(m_calling_code) == nullptr) {
        // Other countries: the international way even at home, since their habits of grouping are not carried.
        out = "+" + std::to_string(m_calling_code) + " ";
        append_grouped(out, national, 3, 3);
        return out;
    }
    const bool nine = national.size() == 9;
    const bool metropolitan = m_calling_code == 33;
    if (!at_home) {
        out = "+" + std::to_string(m_calling_code) + " ";
        append_grouped(out, national, !nine ? 2 : metropolitan && national[0] != '8' ? 1 : 3, 2);
        return out;
    }
    // 06 12 34 56 78, 0 800 12 34 56, 0692 12 34 56, 41 12 34
    if (nine && code->trunk_zero) {
        out = metropolitan && national[0] == '8' ? "0 " : "0";
        append_grouped(out, national, metropolitan && national[0] != '8' ? 1 : 3, 2);
        return out;
    }
    append_grouped(out, national, nine ? 3 : 2, 2);
    return out;
}

} // namespace foyer::domain
