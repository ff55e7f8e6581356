#include "support/time_text.h"

#include <ctime>

namespace foyer::server {

namespace {
// Names are English in HTTP and in mails whatever the machine's locale is, so strftime's own names are not asked for.
constexpr const char* DAYS[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* MONTHS[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::tm utc(UnixSeconds moment) {
    const std::time_t time = moment;
    std::tm parts{};
    gmtime_r(&time, &parts);
    return parts;
}

std::string formatted(const char* format, const std::tm& parts) {
    char text[64];
    return std::string(text, std::strftime(text, sizeof text, format, &parts));
}

std::string english_date(const std::tm& parts) {
    return std::string(DAYS[parts.tm_wday]) + formatted(", %d ", parts) + MONTHS[parts.tm_mon] +
           formatted(" %Y %H:%M:%S ", parts);
}
} // namespace

std::string rfc3339(UnixSeconds moment) { return formatted("%Y-%m-%dT%H:%M:%SZ", utc(moment)); }

std::optional<UnixSeconds> parse_rfc3339(std::string_view text) {
    const std::string copy(text);
    std::tm parts{};
    if (strptime(copy.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr)
        return std::nullopt;
    const UnixSeconds moment = timegm(&parts);
    // Written again it must be the same text: so no 31st of February, and one text for one moment.
    return rfc3339(moment) == text ? std::optional(moment) : std::nullopt;
}

std::string http_date(UnixSeconds moment) { return english_date(utc(moment)) + "GMT"; }
std::string mail_date(UnixSeconds moment) { return english_date(utc(moment)) + "+0000"; }

} // namespace foyer::server
