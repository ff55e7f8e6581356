#include "wizard/route.h"

#include <array>

namespace foyer::wizard {

namespace {

struct Place {
    Screen screen;
    std::string_view path;
};

constexpr std::array<Place, 8> PLACES = {{
    {Screen::landing, ""},
    {Screen::welcome, "inscription"},
    {Screen::confirmation, "inscription/confirmation"},
    {Screen::login, "connexion"},
    {Screen::lost_password, "mot-de-passe-perdu"},
    {Screen::mail_not_received, "mail-non-recu"},
    {Screen::new_password, "mot-de-passe"},
    {Screen::dashboard, "tableau-de-bord"},
}};

struct StepName {
    std::string_view key;
    std::string_view path;
};

// A town may have a step of its own: its key is its address then.
constexpr std::array<StepName, 6> STEPS = {{
    {"identity", "identite"},
    {"address", "adresse"},
    {"contact", "contact"},
    {"access", "acces"},
    {"services", "services"},
    {"recap", "recapitulatif"},
}};

constexpr std::string_view STEP_FOLDER = "inscription/";

std::string_view segment_of(std::string_view step) {
    for (const StepName& name : STEPS)
        if (name.key == step)
            return name.path;
    return step;
}

int hex_digit(char character) {
    if (character >= '0' && character <= '9')
        return character - '0';
    if (character >= 'a' && character <= 'f')
        return character - 'a' + 10;
    if (character >= 'A' && character <= 'F')
        return character - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        } else {
            out += text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

Query read_query(std::string_view text) {
    Query query;
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (!pair.empty())
            query.emplace(decode(pair.substr(0, equals)),
                          equals == std::string_view::npos ? std::string() : decode(pair.substr(equals + 1)));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return query;
}

} // namespace

Address read_address(std::string_view text, std::string_view prefix) {
    Address address;
    text = text.substr(0, text.find('#'));
    const std::size_t question = text.find('?');
    if (question != std::string_view::npos) {
        address.query = read_query(text.substr(question + 1));
        text = text.substr(0, question);
    }
    if (!prefix.empty() && text.substr(0, prefix.size()) == prefix &&
        (text.size() == prefix.size() || text[prefix.size()] == '/'))
        text.remove_prefix(prefix.size());
    while (!text.empty() && text.front() == '/')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == '/')
        text.remove_suffix(1);
    address.path = std::string(text);
    return address;
}

std::optional<Route> route_of(std::string_view path, const Environment& environment) {
    for (const Place& place : PLACES)
        if (place.path == path)
            return Route{place.screen, {}};
    if (path.substr(0, STEP_FOLDER.size()) == STEP_FOLDER) {
        const std::string_view segment = path.substr(STEP_FOLDER.size());
        for (const form::StepDefinition& step : environment.registration.steps)
            if (segment_of(step.key) == segment)
                return Route{Screen::step, step.key};
    }
    return std::nullopt;
}

std::string path_of(const Route& route) {
    if (route.screen == Screen::step)
        return std::string(STEP_FOLDER) + std::string(segment_of(route.step));
    for (const Place& place : PLACES)
        if (place.screen == route.screen)
            return std::string(place.path);
    return {};
}

std::string path_of(const Route& route, std::string_view language, const Environment& environment) {
    std::string path = path_of(route);
    if (language != default_language(environment))
        path += "?lang=" + std::string(language);
    return path;
}

std::string href_of(const Route& route, std::string_view language, const Environment& environment) {
    return environment.prefix + "/" + path_of(route, language, environment);
}

} // namespace foyer::wizard
