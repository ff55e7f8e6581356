#include "settings/settings.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

using namespace foyer::server;

namespace {
bool has(const std::vector<SettingMistake>& mistakes, const std::string& place) {
    return std::any_of(mistakes.begin(), mistakes.end(), [&](const auto& mistake) { return mistake.place == place; });
}
} // namespace

TEST_CASE("a flag wins over a variable, a variable over the file") {
    SettingSources sources;
    sources.file_name = "foyer.conf";
    sources.file_text = R"({"port": 1, "host": "a", "data": "d", "smtp": {"port": 25}})";
    sources.environment = {{"FOYER_PORT", "2"}, {"FOYER_HOST", "b"}};
    sources.flags = {{"--port", "3"}};
    const auto settings = read_settings(sources);
    REQUIRE(settings);
    CHECK(settings->port == 3);
    CHECK(settings->host == "b");
    CHECK(settings->data == "d");
    CHECK(settings->smtp.port == 25);
}

TEST_CASE("every wrong value is named with its place, all at once") {
    SettingSources sources;
    sources.file_name = "foyer.conf";
    sources.file_text =
        R"({"port": "8080", "colour": 1, "smtp": {"port": 70000, "hots": ""}, "authorities": [1], "limits": 3})";
    sources.environment = {{"FOYER_DEMONSTRATION", "maybe"}, {"FOYER_NONSENSE", "1"}};
    sources.flags = {{"--workers", "0"}, {"--language", "de"}, {"--origin", "famille.oudon.fr"}};
    const auto settings = read_settings(sources);
    REQUIRE_FALSE(settings);
    for (const char* place : {"foyer.conf: port", "foyer.conf: colour", "foyer.conf: smtp.port",
                              "foyer.conf: smtp.hots", "foyer.conf: authorities", "foyer.conf: limits",
                              "FOYER_DEMONSTRATION", "FOYER_NONSENSE", "--workers", "--language", "--origin"})
        CHECK(has(settings.error(), place));
}

TEST_CASE("a password is never sent over the network in clear") {
    SettingSources sources;
    sources.flags = {{"--smtp-host", "mail.example.org"},
                     {"--smtp-security", "none"},
                     {"--smtp-username", "a"},
                     {"--smtp-password", "b"}};
    const auto settings = read_settings(sources);
    REQUIRE_FALSE(settings);
    CHECK(has(settings.error(), "--smtp-security"));
}

TEST_CASE("what is wrong only together is named with the place of the value that won") {
    SettingSources sources;
    sources.file_name = "foyer.conf";
    sources.file_text = R"({"origin": "https://famille.oudon.fr", "host": "", "smtp": {"username": "a"}})";
    sources.environment = {{"FOYER_ORIGIN", "https://famille.oudon.fr/portail"}, {"FOYER_DATA", ""}};
    const auto settings = read_settings(sources);
    REQUIRE_FALSE(settings);
    for (const char* place : {"FOYER_ORIGIN", "foyer.conf: host", "FOYER_DATA", "smtp.password_file"})
        CHECK(has(settings.error(), place));
    CHECK(settings.error().size() == 4);
}

TEST_CASE("the example configuration can be read") {
    SettingSources sources;
    sources.file_name = "foyer.conf";
    sources.file_text = example_configuration(Settings());
    const auto settings = read_settings(sources);
    REQUIRE(settings);
    CHECK(settings->port == 8080);
}
