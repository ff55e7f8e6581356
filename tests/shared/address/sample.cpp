#include "sample.h"

#include "address/builder.h"

#include <array>
#include <catch2/catch_test_macros.hpp>

namespace foyer::address::test {

namespace {

struct Line {
    std::uint32_t number;
    const char* repetition;
    const char* street;
    const char* postal_code;
    const char* insee;
    const char* city;
    const char* old_city;
};

constexpr std::array<Line, 26> LINES = {{
    {12, "", "Rue de l'Église", "49270", "49069", "Orée d'Anjou", "Champtoceaux"},
    {12, "bis", "Rue de l'Église", "49270", "49069", "Orée d'Anjou", "Champtoceaux"},
    {12, "", "Rue de l'Église", "49530", "49069", "Orée d'Anjou", "Drain"},
    {3, "", "Place du 8 Mai 1945", "44521", "44115", "Oudon", ""},
    {5, "", "Place du 8 Mai 1945", "44521", "44115", "Oudon", ""},
    {8, "", "Place du 8 Mai 1945", "44521", "44115", "Oudon", ""},
    {11, "", "Rue du Onze Novembre", "44521", "44115", "Oudon", ""},
    {2, "", "Rue Louis XIV", "44521", "44048", "Couffé", ""},
    {2, "", "Rue François Ier", "44521", "44048", "Couffé", ""},
    {7, "", "ZA de la Pommeraie", "44521", "44048", "Couffé", ""},
    {7, "e", "Rue des Vignes", "44521", "44048", "Couffé", ""},
    {21, "", "Avenue du Général de Gaulle", "94100", "94068", "Saint-Maur-des-Fossés", ""},
    {21, "", "Avenue du Général Leclerc", "94210", "94068", "Saint-Maur-des-Fossés", ""},
    {21, "", "Boulevard du Général Giraud", "94100", "94068", "Saint-Maur-des-Fossés", ""},
    {99, "", "Résidence Les Lilas", "94100", "94068", "Saint-Maur-des-Fossés", ""},
    {4, "", "Rond-Point de l'Europe", "94100", "94068", "Saint-Maur-des-Fossés", ""},
    {4, "", "Rue Notre-Dame des Victoires", "94100", "94068", "Saint-Maur-des-Fossés", ""},
    {10, "", "Rue du Cœur-Joyeux", "94100", "94068", "Saint-Maur-des-Fossés", ""},
    {45, "", "Rue du Dix-Neuf Mars 1962", "44521", "44115", "Oudon", ""},
    {18, "", "Rue Jean Jaurès", "44521", "44115", "Oudon", ""},
    {20, "", "Rue Jean Jaurès", "44521", "44115", "Oudon", ""},
    {18, "", "Grande Rue", "44521", "44115", "Oudon", ""},
    {12, "", "Rue de la Gare", "44521", "44115", "Oudon", ""},
    {12, "", "Rue de la Gare", "44521", "44048", "Couffé", ""},
    {14, "", "Rue de la Gare", "44521", "44048", "Couffé", ""},
    {0, "", "La Pommeraie", "44521", "44048", "Couffé", ""},
}};

} // namespace

const std::string& sample_file() {
    static const std::string FILE = [] {
        Builder builder;
        std::int32_t step = 0;
        for (const Line& line : LINES) {
            Record record;
            record.street = line.street;
            if (line.number != 0)
                record.number = line.number;
            record.repetition = line.repetition;
            record.postal_code = line.postal_code;
            record.insee = line.insee;
            record.city = line.city;
            record.old_city = line.old_city;
            if (step % 5 != 0)
                record.position = Position{-128'000 + step * 17, 4'734'000 - step * 31};
            ++step;
            (void)builder.add(record);
        }
        return builder.finish();
    }();
    return FILE;
}

Opened::Opened(const std::string& file) : index(read(file)), searcher(index) {}

Index Opened::read(const std::string& file) {
    auto index = Index::read(std::as_bytes(std::span(file)));
    REQUIRE(index.has_value());
    return *index;
}

std::string first(Opened& opened, std::string_view typed) {
    const auto list = opened.searcher.search(typed, 5);
    if (list.empty())
        return "nothing";
    return list.front().label + " | " + std::string(domain::id(list.front().state));
}

} // namespace foyer::address::test
