#include "domain/email_address.h"

#include "text/character.h"
#include "text/utf8.h"

#include <algorithm>
#include <array>
#include <vector>

namespace foyer::domain {

namespace {

constexpr std::size_t MAXIMUM_BYTES = 254; // RFC 5321, 4.5.3.1.3: a path of 256 with its brackets
constexpr std::size_t MAXIMUM_LOCAL_BYTES = 64;
constexpr std::size_t MAXIMUM_LABEL_BYTES = 63;

// Where families in France have their boxes. The order decides between equally near ones.
constexpr std::array<std::string_view, 40> PROVIDERS = {
    "gmail.com",      "orange.fr",      "hotmail.fr",     "hotmail.com",      "outlook.fr",   "outlook.com",
    "yahoo.fr",       "yahoo.com",      "free.fr",        "sfr.fr",           "wanadoo.fr",   "laposte.net",
    "icloud.com",     "live.fr",        "bbox.fr",        "neuf.fr",          "live.com",     "msn.com",
    "numericable.fr", "aol.com",        "aliceadsl.fr",   "club-internet.fr", "ymail.com",    "me.com",
    "mac.com",        "gmx.fr",         "gmx.com",        "protonmail.com",   "proton.me",    "cegetel.net",
    "noos.fr",        "voila.fr",       "dbmail.com",     "mailo.com",        "tutanota.com", "nordnet.fr",
    "ozone.net",      "googlemail.com", "rocketmail.com", "hotmail.be"};

// Near a provider's name, and real.
constexpr std::array<std::string_view, 8> NEIGHBOURS = {"email.com", "mail.com",   "mail.fr",    "orange.com",
                                                        "sfr.com",   "laposte.fr", "hotmail.ca", "line.fr"};

// Providers with one domain: the same name under another one is a slip ("gmail.fr", "wanadoo.com").
constexpr std::array<std::string_view, 8> ONE_DOMAIN = {"gmail.com",  "wanadoo.fr", "free.fr", "orange.fr",
                                                        "icloud.com", "neuf.fr",    "bbox.fr", "laposte.net"};

bool is_atom_character(char32_t character) {
    if (character >= 0x80)
        return !text::is_white_space(character) && !text::is_forbidden(character);
    constexpr std::string_view SIGNS = "!#$%&'*+-/=?^_`{|}~";
    return text::is_letter(character) || text::is_ascii_digit(character) ||
           SIGNS.find(static_cast<char>(character)) != std::string_view::npos;
}

bool is_dot_atom(std::string_view local) {
    if (local.empty() || local.size() > MAXIMUM_LOCAL_BYTES || local.front() == '.' || local.back() == '.' ||
        local.find("..") != std::string_view::npos)
        return false;
    for (const char32_t character : text::CodePoints(local))
        if (character != '.' && !is_atom_character(character))
            return false;
    return true;
}

bool is_label(std::string_view label) {
    if (label.empty() || label.size() > MAXIMUM_LABEL_BYTES || label.front() == '-' || label.back() == '-')
        return false;
    for (const char32_t character : text::CodePoints(label))
        if (character != '-' && !text::is_letter(character) && !text::is_mark(character) &&
            !text::is_ascii_digit(character))
            return false;
    return true;
}

bool is_domain(std::string_view domain) {
    std::size_t labels = 0;
    std::string_view last;
    for (std::size_t start = 0; start <= domain.size();) {
        const std::size_t end = std::min(domain.find('.', start), domain.size());
        last = domain.substr(start, end - start);
        if (!is_label(last))
            return false;
        ++labels;
        start = end + 1;
    }
    const bool numeric = std::all_of(last.begin(), last.end(), [](char one) { return one >= '0' && one <= '9'; });
    return labels >= 2 && !numeric && text::count_characters(last) >= 2;
}

std::string in_lower_case(std::string_view text) {
    std::string lower;
    for (const char32_t character : text::CodePoints(text))
        text::append(lower, text::to_lower(character));
    return lower;
}

// Slips of the finger between two words: a letter too many, too few, another one, or two exchanged (optimal string
// alignment). Words longer than any provider's are far from all of them.
std::size_t slips(std::string_view left, std::string_view right) {
    constexpr std::size_t LONGEST = 24;
    if (left.size() > LONGEST || right.size() > LONGEST)
        return LONGEST;
    std::array<std::array<std::size_t, LONGEST + 1>, LONGEST + 1> cost{};
    for (std::size_t row = 0; row <= left.size(); ++row)
        for (std::size_t column = 0; column <= right.size(); ++column) {
            std::size_t& best = cost[row][column];
            if (row == 0 || column == 0) {
                best = row + column;
                continue;
            }
            const bool same = left[row - 1] == right[column - 1];
            best = std::min(
                {cost[row - 1][column] + 1, cost[row][column - 1] + 1, cost[row - 1][column - 1] + (same ? 0U : 1U)});
            if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1])
                best = std::min(best, cost[row - 2][column - 2] + 1);
        }
    return cost[left.size()][right.size()];
}

struct Halves {
    std::string_view name; // "gmail"
    std::string_view end;  // "com"
};

Halves halves(std::string_view domain) {
    const std::size_t dot = domain.rfind('.');
    return {domain.substr(0, dot), domain.substr(dot + 1)};
}

// How many slips in a provider's name still look like it: short names have too many neighbours.
std::size_t tolerated(std::string_view name) { return name.size() < 5 ? 0 : name.size() < 7 ? 1 : 2; }

template <std::size_t N> bool contains(const std::array<std::string_view, N>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

std::string_view meant(std::string_view domain) {
    if (contains(PROVIDERS, domain) || contains(NEIGHBOURS, domain))
        return {};
    const Halves typed = halves(domain);
    for (const std::string_view provider : ONE_DOMAIN)
        if (halves(provider).name == typed.name)
            return provider;
    std::string_view nearest;
    std::size_t fewest = 3;
    for (const std::string_view provider : PROVIDERS) {
        const Halves known = halves(provider);
        const std::size_t in_name = slips(typed.name, known.name);
        const std::size_t in_end = slips(typed.end, known.end);
        if (in_name <= tolerated(known.name) && in_end <= 1 && in_name + in_end < fewest) {
            fewest = in_name + in_end;
            nearest = provider;
        }
    }
    return nearest;
}

} // namespace

Parsed<EmailAddress> EmailAddress::parse(std::string_view typed) {
    const auto wrong = [](std::string_view part) {
        return reject(ProblemCode::email_format, {{"part", std::string(part)}});
    };
    Parsed<std::string> line = parse_line(typed, 2 * MAXIMUM_BYTES);
    if (!line)
        return line.error().code == ProblemCode::too_long
                   ? reject(ProblemCode::too_long, {{"maximum", std::to_string(MAXIMUM_BYTES)}})
                   : Failure{line.error()};
    std::string_view address = *line;
    if (address.size() > 2 && address.front() == '<' && address.back() == '>')
        address = address.substr(1, address.size() - 2);
    constexpr std::string_view MAILTO = "mailto:";
    if (in_lower_case(address.substr(0, MAILTO.size())) == MAILTO)
        address.remove_prefix(MAILTO.size());
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos || address.find('@', at + 1) != std::string_view::npos)
        return wrong("at");
    if (address.size() > MAXIMUM_BYTES)
        return reject(ProblemCode::too_long, {{"maximum", std::to_string(MAXIMUM_BYTES)}});
    const std::string_view local = address.substr(0, at);
    const std::string domain = in_lower_case(address.substr(at + 1));
    if (!is_dot_atom(local))
        return wrong("local");
    if (!is_domain(domain))
        return wrong("domain");
    return EmailAddress(std::string(local) + "@" + domain, at);
}

std::optional<std::string> EmailAddress::suggestion() const {
    const std::string_view domain_meant = meant(domain());
    if (domain_meant.empty())
        return std::nullopt;
    return std::string(local_part()) + "@" + std::string(domain_meant);
}

std::string EmailAddress::folded() const { return in_lower_case(m_text); }

} // namespace foyer::domain
