#include "accounts/device_label.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using foyer::server::device_label;

TEST_CASE("a device is called by its browser and its system, never by its version or model") {
    struct Row {
        const char* user_agent;
        const char* label;
    };
    const Row rows[] = {
        {"Mozilla/5.0 (Android 13; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", "Firefox, Android"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
         "Safari/537.36 Edg/130.0.0.0",
         "Edge, Windows"},
        {"Mozilla/5.0 (Linux; Android 10; SM-G960F) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 "
         "Chrome/122.0.0.0 Mobile Safari/537.36",
         "Samsung Internet, Android"},
        {"Mozilla/5.0 (Linux; Android 9; SM-J330F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile "
         "Safari/537.36",
         "Chrome, Android"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/17.5 Mobile/15E148 Safari/604.1",
         "Safari, iPhone"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "CriOS/130.0.6723.90 Mobile/15E148 Safari/604.1",
         "Chrome, iPhone"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 "
         "Safari/605.1.15",
         "Safari, Mac"},
        {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"},
        {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 "
         "Safari/537.36",
         "Chrome, ChromeOS"},
        {"curl/7.88.1", ""},
        {"", ""},
    };
    for (const Row& row : rows) {
        INFO(row.user_agent);
        CHECK(device_label(row.user_agent) == row.label);
    }
    CHECK(device_label(std::string(8000, '<')).empty());
}
