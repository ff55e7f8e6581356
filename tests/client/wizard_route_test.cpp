#include "walk.h"
#include "wizard/moment.h"
#include "wizard/route.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

TEST_CASE("an address is read with or without its prefix, slashes, query and fragment") {
    CHECK(read_address("/oudon/inscription/adresse/?lang=en#x", "/oudon").path == "inscription/adresse");
    CHECK(read_address("inscription", "/oudon").path == "inscription");
    CHECK(read_address("/oudon", "/oudon").path.empty());
    CHECK(read_address("/oudonville", "/oudon").path == "oudonville");
    const Address address = read_address("mot-de-passe?id=1%202&key=a+b%zz&&x", "");
    CHECK(address.query.at("id") == "1 2");
    CHECK(address.query.at("key") == "a b%zz");
    CHECK(address.query.at("x").empty());
}

TEST_CASE("every screen has an address and every address its screen") {
    const Walk walk("saint-maur-des-fosses");
    std::vector<Route> routes;
    for (const Screen screen :
         {Screen::landing, Screen::welcome, Screen::confirmation, Screen::login, Screen::lost_password,
          Screen::mail_not_received, Screen::new_password, Screen::dashboard})
        routes.push_back({screen, {}});
    for (const Screen screen :
         {Screen::entourage, Screen::new_people, Screen::people, Screen::recap, Screen::entourage_confirmation,
          Screen::household, Screen::profile_confirmation, Screen::change_password, Screen::devices})
        routes.push_back({screen, {}});
    for (const auto& step : walk.environment.registration.steps)
        routes.push_back({Screen::step, step.key});
    for (const auto& step : walk.environment.profile.steps)
        routes.push_back({Screen::profile, step.key});
    routes.push_back({Screen::person, "children-0"});
    routes.push_back({Screen::request, "OUDON-2026-000001"});
    routes.push_back({Screen::correction, "OUDON-2026-000001"});
    for (const Route& route : routes) {
        const auto back = route_of(path_of(route), walk.environment);
        REQUIRE(back.has_value());
        CHECK(back->screen == route.screen);
        CHECK(back->step == route.step);
    }
    CHECK_FALSE(route_of("inscription/rien", walk.environment).has_value());
    CHECK_FALSE(route_of("correction/../x", walk.environment).has_value());
    CHECK_FALSE(route_of("entourage/personnes/", walk.environment).has_value());
}

TEST_CASE("a link names the language only when it is not the portal's first") {
    const Walk walk("oudon");
    CHECK(href_of({Screen::login, {}}, "fr", walk.environment) == "/oudon/connexion");
    CHECK(href_of({Screen::login, {}}, "en", walk.environment) == "/oudon/connexion?lang=en");
    CHECK(href_of({Screen::landing, {}}, "fr", walk.environment) == "/oudon/");
}

TEST_CASE("moments go over the wire in UTC and are shown on the town's clock") {
    CHECK(write_moment(0) == "1970-01-01T00:00:00Z");
    CHECK(write_moment(NOON) == "2026-11-21T11:00:00Z");
    for (const UnixSeconds moment : {UnixSeconds{0}, UnixSeconds{951782400}, UnixSeconds{4102444799}, NOON})
        CHECK(read_moment(write_moment(moment)) == moment);
    for (const char* wrong : {"", "2026-11-21", "2026-13-01T00:00:00Z", "2026-11-21T11:00:00", "xxxx-11-21T11:00:00Z"})
        CHECK_FALSE(read_moment(wrong).has_value());
}
