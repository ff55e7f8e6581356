#include "accounts/device_label.h"

#include <array>

namespace foyer::server {

namespace {

struct Mark {
    std::string_view mark;
    std::string_view name;
};

// The first that is found counts: nearly every browser also says that it is Safari, and most that they are Chrome.
constexpr std::array BROWSERS = {
    Mark{"Firefox/", "Firefox"},
    Mark{"FxiOS/", "Firefox"},
    Mark{"EdgA/", "Edge"},
    Mark{"EdgiOS/", "Edge"},
    Mark{"Edg/", "Edge"},
    Mark{"OPR/", "Opera"},
    Mark{"Opera", "Opera"},
    Mark{"OPiOS/", "Opera"},
    Mark{"SamsungBrowser/", "Samsung Internet"},
    Mark{"DuckDuckGo/", "DuckDuckGo"},
    Mark{"CriOS/", "Chrome"},
    Mark{"Chromium/", "Chromium"},
    Mark{"Chrome/", "Chrome"},
    Mark{"Safari/", "Safari"},
};

// An Android device says Linux too, an iPhone Mac OS X.
constexpr std::array SYSTEMS = {
    Mark{"Android", "Android"}, Mark{"iPhone", "iPhone"}, Mark{"iPad", "iPad"},
    Mark{"Windows", "Windows"}, Mark{"CrOS", "ChromeOS"}, Mark{"Macintosh", "Mac"},
    Mark{"Mac OS X", "Mac"},    Mark{"Linux", "Linux"},   Mark{"X11", "Unix"},
};

template <std::size_t Count> std::string_view named(const std::array<Mark, Count>& marks, std::string_view text) {
    for (const Mark& mark : marks)
        if (text.find(mark.mark) != std::string_view::npos)
            return mark.name;
    return {};
}

} // namespace

std::string device_label(std::string_view user_agent) {
    const std::string_view browser = named(BROWSERS, user_agent);
    const std::string_view system = named(SYSTEMS, user_agent);
    std::string label(browser);
    if (!browser.empty() && !system.empty())
        label += ", ";
    return label.append(system);
}

} // namespace foyer::server
