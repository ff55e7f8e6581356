// What installs a town's portal and opens it without a network.
#include "loopback.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::test;

namespace {

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// The value of an attribute of <html>.
std::string attribute(const std::string& page, const std::string& name) {
    const std::size_t at = page.find(name + "=\"");
    REQUIRE(at != std::string::npos);
    const std::size_t start = at + name.size() + 2;
    return page.substr(start, page.find('"', start) - start);
}

} // namespace

TEST_CASE("each town has a manifest with its own name, colours and addresses, in its languages") {
    const Loopback server;
    const Answer oudon = get(server.port(), "/oudon/manifest.webmanifest");
    CHECK(oudon.status == 200);
    CHECK(oudon.headers.at("content-type") == "application/manifest+json");
    CHECK(oudon.text("short_name") == "Oudon");
    CHECK(oudon.text("name") == "Espace Famille – Oudon");
    CHECK(oudon.text("start_url") == "/oudon/");
    CHECK(oudon.text("scope") == "/oudon/");
    CHECK(oudon.text("theme_color") == "#14505c");
    CHECK(holds(oudon.body, "/oudon/logo.svg"));
    const Answer english = get(server.port(), "/oudon/manifest.webmanifest?lang=en");
    CHECK(english.text("name") == "Family Space – Oudon");
    CHECK(english.text("start_url") == "/oudon/?lang=en");
    CHECK(get(server.port(), "/saint-maur-des-fosses/manifest.webmanifest").text("scope") == "/saint-maur-des-fosses/");
    for (const char* path :
         {"/nowhere/manifest.webmanifest", "/nowhere/offline.json", "/nowhere/shell.html", "/nowhere/icon.png"})
        CHECK(get(server.port(), path).status == 404);
}

TEST_CASE("a page, the page without a screen and the list of what to keep name one set and one revision") {
    const Loopback server;
    const Answer page = get(server.port(), "/oudon/inscription");
    const Answer shell = get(server.port(), "/oudon/shell.html?lang=fr");
    const Answer list = get(server.port(), "/oudon/offline.json");
    const std::string set = attribute(page.body, "data-set");
    const std::string revision = attribute(page.body, "data-revision");
    CHECK(set.size() == 16);
    CHECK(attribute(shell.body, "data-set") == set);
    CHECK(attribute(shell.body, "data-revision") == revision);
    CHECK(list.text("set") == set);
    CHECK(list.text("language") == "fr");
    for (const char* kept : {"/oudon/accessibilite?lang=en", "/oudon/mentions-legales?lang=fr"}) {
        CHECK(holds(list.body, kept));
        CHECK(attribute(get(server.port(), kept).body, "data-set") == set);
    }
    CHECK(holds(list.body, "/api/v1/portals/oudon?revision=" + revision));
    CHECK(get(server.port(), "/api/v1/portals/oudon?revision=" + revision).headers.at("portal-revision") == revision);
    CHECK(get(server.port(), "/oudon/theme.css?revision=" + revision).status == 200);
    CHECK(get(server.port(), "/oudon/theme.css?revision=00").status == 404);
    // another town, another set
    CHECK(get(server.port(), "/saint-maur-des-fosses/offline.json").text("set") != set);
}

TEST_CASE("the page without a screen shows nobody's screen, in the language asked for") {
    const Loopback server;
    const Answer french = get(server.port(), "/oudon/shell.html");
    CHECK(french.status == 200);
    CHECK(attribute(french.body, "lang") == "fr");
    CHECK(holds(french.body, "Espace Famille"));
    CHECK_FALSE(holds(french.body, "Créer mon espace"));
    CHECK_FALSE(holds(french.body, "{{"));
    CHECK(attribute(get(server.port(), "/oudon/shell.html?lang=en").body, "lang") == "en");
    CHECK(attribute(get(server.port(), "/oudon/shell.html?lang=xx").body, "lang") == "fr");
}

TEST_CASE("what is unchanged is not sent again") {
    const Loopback server;
    for (const char* path : {"/oudon/manifest.webmanifest", "/oudon/offline.json"}) {
        INFO(path);
        const Answer first = get(server.port(), path);
        CHECK(first.headers.at("cache-control") == "no-cache");
        CHECK(get(server.port(), path, {{"If-None-Match", first.headers.at("etag")}}).status == 304);
    }
}
