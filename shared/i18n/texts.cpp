#include "i18n/texts.h"

#include <algorithm>
#include <utility>

namespace foyer::i18n {

Result<Texts, TextsMistake> Texts::load(std::string_view bytes) {
    constexpr std::string_view MAGIC = "foyer-texts ";
    const std::size_t line_end = bytes.find('\n');
    if (bytes.substr(0, MAGIC.size()) != MAGIC || line_end == std::string_view::npos)
        return Failure{TextsMistake::not_texts};
    const std::string_view header = bytes.substr(MAGIC.size(), line_end - MAGIC.size());
    const std::size_t space = header.find(' ');
    if (space == std::string_view::npos || space == 0)
        return Failure{TextsMistake::not_texts};
    if (header.substr(space + 1) != TEXT_KEYS_HASH)
        return Failure{TextsMistake::other_version};

    Texts texts;
    texts.m_language = header.substr(0, space);
    texts.m_bytes = bytes;
    texts.m_start = static_cast<std::uint32_t>(line_end + 1);
    texts.m_ends.reserve(TEXT_KEY_COUNT);
    std::size_t start = line_end + 1;
    while (texts.m_ends.size() < TEXT_KEY_COUNT) {
        const std::size_t end = bytes.find('\0', start);
        if (end == std::string_view::npos)
            return Failure{TextsMistake::not_texts};
        texts.m_ends.push_back(static_cast<std::uint32_t>(end));
        start = end + 1;
    }
    if (start != bytes.size())
        return Failure{TextsMistake::not_texts};
    return texts;
}

Result<Done, TextsMistake> Texts::add(std::string_view bytes) {
    auto loaded = load(bytes);
    if (!loaded)
        return Failure{loaded.error()};
    const Texts& more = loaded.value();
    if (more.m_language != m_language)
        return Failure{TextsMistake::not_texts};
    std::string both;
    both.reserve(m_bytes.size() + more.m_bytes.size());
    std::vector<std::uint32_t> ends;
    ends.reserve(m_ends.size());
    for (std::size_t index = 0; index < m_ends.size(); ++index) {
        const auto key = static_cast<TextKey>(index);
        both += get(key).empty() ? more.get(key) : get(key);
        ends.push_back(static_cast<std::uint32_t>(both.size()));
        both += '\0';
    }
    m_bytes = std::move(both);
    m_ends = std::move(ends);
    m_start = 0;
    return Done{};
}

std::string_view Texts::get(TextKey key) const {
    const auto index = static_cast<std::size_t>(key);
    if (index >= m_ends.size())
        return {};
    const std::size_t start = index == 0 ? m_start : m_ends[index - 1] + std::size_t{1};
    return std::string_view(m_bytes).substr(start, m_ends[index] - start);
}

namespace {

std::string fill(std::string_view text, const Argument* arguments, std::size_t count) {
    std::string filled;
    filled.reserve(text.size() + 16);
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        filled += text.substr(0, open);
        if (open == std::string_view::npos)
            break;
        text.remove_prefix(open);
        const std::size_t close = text.find('}');
        const std::string_view name = close == std::string_view::npos ? std::string_view() : text.substr(1, close - 1);
        const Argument* const argument = std::find_if(
            arguments, arguments + count, [&](const Argument& candidate) { return candidate.name == name; });
        if (name.empty() || argument == arguments + count) {
            filled += '{';
            text.remove_prefix(1);
        } else {
            filled += argument->value;
            text.remove_prefix(close + 1);
        }
    }
    return filled;
}

} // namespace

std::string Texts::format(TextKey key, std::initializer_list<Argument> arguments) const {
    return fill(get(key), arguments.begin(), arguments.size());
}

std::string Texts::count(TextKey one, TextKey many, std::int64_t count,
                         std::initializer_list<Argument> arguments) const {
    const bool singular = m_language == "fr" ? count > -2 && count < 2 : count == 1;
    const std::string in_digits = number(count);
    std::vector<Argument> all(arguments);
    all.push_back({"count", in_digits});
    return fill(get(singular ? one : many), all.data(), all.size());
}

std::string Texts::number(std::int64_t number) const {
    // From the negative side, where every integer has a place.
    std::string digits;
    std::int64_t rest = number > 0 ? -number : number;
    do {
        digits.insert(digits.begin(), static_cast<char>('0' - rest % 10));
        rest /= 10;
    } while (rest != 0);

    std::string grouped = number < 0 ? "-" : "";
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            grouped += get(TextKey::dates_thousands);
        grouped += digits[i];
    }
    return grouped;
}

std::string Texts::date(int year, int month, int day) const {
    const std::string year_text = std::to_string(year);
    if (month < 1 || month > 12)
        return year_text;
    const auto first_month = static_cast<unsigned>(TextKey::dates_month_01);
    const std::string_view month_text = get(static_cast<TextKey>(first_month + static_cast<unsigned>(month - 1)));
    if (day < 1)
        return format(TextKey::dates_month_year, {{"month", month_text}, {"year", year_text}});
    const std::string day_text = day == 1 ? std::string(get(TextKey::dates_first_day)) : std::to_string(day);
    return format(TextKey::dates_day_month_year, {{"day", day_text}, {"month", month_text}, {"year", year_text}});
}

std::string Texts::moment(int year, int month, int day, int hour, int minute) const {
    const std::string day_text = date(year, month, day);
    const std::string hour_text = std::to_string(hour);
    const std::string minute_text = (minute < 10 ? "0" : "") + std::to_string(minute);
    return format(TextKey::dates_moment, {{"date", day_text}, {"hour", hour_text}, {"minute", minute_text}});
}

} // namespace foyer::i18n
