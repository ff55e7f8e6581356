#include "wizard/route.h"

#include <algorithm>
#include <array>

namespace foyer::wizard {

namespace {

struct Place {
    Screen screen;
    std::string_view path;
};

constexpr std::array<Place, 19> PLACES = {{
    {Screen::landing, ""},
    {Screen::welcome, "inscription"},
    {Screen::confirmation, "inscription/confirmation"},
    {Screen::login, "connexion"},
    {Screen::lost_password, "mot-de-passe-perdu"},
    {Screen::mail_not_received, "mail-non-recu"},
    {Screen::new_password, "mot-de-passe"},
    {Screen::dashboard, "tableau-de-bord"},
    {Screen::entourage, "entourage"},
    {Screen::new_people, "entourage/nouvelles-personnes"},
    {Screen::people, "entourage/personnes"},
    {Screen::recap, "entourage/recapitulatif"},
    {Screen::entourage_confirmation, "entourage/confirmation"},
    {Screen::household, "famille"},
    {Screen::profile, "profil"}, // its first step
    {Screen::profile_confirmation, "profil/confirmation"},
    {Screen::change_password, "profil/mot-de-passe"},
    {Screen::devices, "profil/appareils"},
    {Screen::unlock, "ouvrir"},
}};

// Screens of which there are several: the last part of the address says which.
constexpr std::array<Place, 5> FOLDERS = {{
    {Screen::step, "inscription/"},
    {Screen::profile, "profil/"},
    {Screen::person, "entourage/personnes/"},
    {Screen::request, "tableau-de-bord/demande/"},
    {Screen::correction, "correction/"},
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

const form::FormDefinition* steps_of(Screen screen, const Environment& environment) {
    if (screen == Screen::step)
        return &environment.registration;
    return screen == Screen::profile ? &environment.profile : nullptr;
}

// Letters, digits, hyphens: a request's number, "children-0".
bool is_name(std::string_view text) {
    constexpr std::size_t LONGEST = 64;
    const auto is_plain = [](char character) {
        return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
               (character >= 'a' && character <= 'z') || character == '-' || character == '_';
    };
    return !text.empty() && text.size() <= LONGEST && std::all_of(text.begin(), text.end(), is_plain);
}

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
    for (const Place& place : PLACES) {
        if (place.path != path)
            continue;
        const form::FormDefinition* form = steps_of(place.screen, environment);
        if (!form)
            return Route{place.screen};
        if (!form->steps.empty())
            return Route{place.screen, form->steps.front().key};
    }
    for (const Place& folder : FOLDERS) {
        if (path.substr(0, folder.path.size()) != folder.path)
            continue;
        const std::string_view rest = path.substr(folder.path.size());
        const form::FormDefinition* form = steps_of(folder.screen, environment);
        if (!form && is_name(rest))
            return Route{folder.screen, std::string(rest)};
        if (form)
            for (const form::StepDefinition& step : form->steps)
                if (segment_of(step.key) == rest)
                    return Route{folder.screen, step.key};
    }
    return std::nullopt;
}

std::string path_of(const Route& route) {
    if (!route.step.empty())
        for (const Place& folder : FOLDERS)
            if (folder.screen == route.screen) {
                const bool is_step = route.screen == Screen::step || route.screen == Screen::profile;
                return std::string(folder.path).append(is_step ? segment_of(route.step) : route.step);
            }
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
