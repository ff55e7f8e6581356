#include "addresses/address_file.h"

#include "address/searcher.h"
#include "addresses/csv.h"

#include <catch2/catch_test_macros.hpp>
#include <vector>

using namespace foyer;
using namespace foyer::server::addresses;

namespace {

struct Read {
    FileCounts counts;
    std::string missing;
    std::vector<std::string> reports;
    std::string file;
};

Read read(const std::vector<std::string>& lines) {
    Read result;
    address::Builder builder;
    AddressFile file(builder, nullptr, [&](std::uint64_t line, const std::string& reason) {
        result.reports.push_back(std::to_string(line) + ": " + reason);
    });
    for (const std::string& line : lines)
        if (!file.line(line))
            break;
    result.counts = file.counts();
    result.missing = file.missing();
    result.file = builder.finish();
    return result;
}

const char* const BAN = "\xEF\xBB\xBFid;numero;rep;nom_voie;code_postal;code_insee;nom_commune;"
                        "code_insee_ancienne_commune;nom_ancienne_commune;lon;lat";

} // namespace

TEST_CASE("a CSV line is cut at its separators, quotes taken off") {
    std::vector<std::string> fields;
    CHECK(split_fields("a;\"b;\"\"c\"\"\";;d", ';', fields));
    CHECK(fields == std::vector<std::string>{"a", "b;\"c\"", "", "d"});
    CHECK(split_fields("", ';', fields));
    CHECK(fields == std::vector<std::string>{""});
    CHECK_FALSE(split_fields("a;\"b", ';', fields));
    CHECK_FALSE(split_fields("a;\"b\"c;d", ';', fields));
    CHECK(separator_of("a,b,c;d") == ',');
    CHECK(separator_of("a;b") == ';');
}

TEST_CASE("lines of the Base Adresse Nationale are read, with repetitions and old communes") {
    const Read result = read({BAN, "1;12;bis;Rue de l'Église;49270;49069;Orée d'Anjou;49069;Champtoceaux;-1.26;47.33",
                              "2;12;;Rue de l'Église;49270;49069;Orée d'Anjou;49069;Champtoceaux;-1.26;47.33",
                              "3;12;;Rue de l'Église;49270;49069;Orée d'Anjou;49069;Champtoceaux;-1.27;47.34"});
    CHECK(result.reports.empty());
    CHECK(result.counts.used == 2);
    CHECK(result.counts.repeated == 1); // the same house's other position
    const auto index = address::Index::read(std::as_bytes(std::span(result.file)));
    REQUIRE(index.has_value());
    CHECK(index->place(0).old_city == "Champtoceaux");
}

TEST_CASE("lieux-dits and both layouts of BAL are read") {
    const Read places =
        read({"id;nom_lieu_dit;code_postal;code_insee;nom_commune;lon;lat", "1;La Pommeraie;44521;44048;Couffé;;"});
    CHECK(places.counts.used == 1);
    const Read bal13 = read(
        {"uid_adresse;cle_interop;commune_insee;commune_nom;voie_nom;lieudit_complement_nom;numero;suffixe;long;lat",
         ";k;94068;Saint-Maur-des-Fossés;Rue de la Varenne;;12;ter;2.49;48.79",
         ";k;94068;Saint-Maur-des-Fossés;Le Vieux Saint-Maur;;99999;;2.49;48.79"});
    CHECK(bal13.counts.used == 2);
    const Read bal14 = read(
        {"id_ban_commune,id_ban_toponyme,id_ban_adresse,cle_interop,commune_insee,commune_nom,voie_nom,numero,suffixe",
         "a,b,c,d,94068,Saint-Maur-des-Fossés,\"Rue A, dite B\",3,"});
    CHECK(bal14.counts.used == 1);
    CHECK(bal14.reports.empty());
}

TEST_CASE("every bad line is reported with its number and reason, and the rest is used") {
    const Read result =
        read({BAN, "1;12;;Rue A;44521;44115;Oudon;;;;", "2;12", "3;1x;;Rue A;44521;44115;Oudon;;;;",
              "4;13;;Rue A;4452;44115;Oudon;;;;", "5;14;;;44521;44115;Oudon;;;;", "6;15;;Rue A;44521;9;Oudon;;;;",
              "7;;;Rue A;44521;44115;Oudon;;;;", "8;16;;\xFF;44521;44115;Oudon;;;;",
              "9;17;;\"Rue A;44521;44115;Oudon;;;;", "", "10;18;;Rue A;44521;44115;Oudon;;;-abc;47",
              "11;19;;Rue A;44521;44115;;;;;", "12;20;;Rue A;44521;44115;Oudon;xx;Y;;"});
    CHECK(result.counts.used == 2);
    CHECK(result.counts.left_out == 10);
    CHECK(result.counts.without_position == 1);
    REQUIRE(result.reports.size() == 11);
    CHECK(result.reports[0] == "3: it has 2 fields, the header 11");
    CHECK(result.reports[1] == "4: its number “1x” is not made of digits");
    CHECK(result.reports[2] == "5: its postal code “4452” is not five digits");
    CHECK(result.reports[3] == "6: it has no street (nom_voie)");
    CHECK(result.reports[8].starts_with("12: kept without its position"));
}

TEST_CASE("a file that is no file of addresses says which column it lacks") {
    CHECK(read({"a;b;c", "1;2;3"}).missing == "it has no column nom_voie, voie_nom or nom_lieu_dit");
    CHECK(read({"nom_voie;code_insee", "1;2"}).missing == "it has no column numero");
    CHECK(read({"nom_voie;numero", "1;2"}).missing == "it has no column code_insee or commune_insee");
}

TEST_CASE("plane coordinates give the position where longitude and latitude are missing") {
    const char* const header = "numero;nom_voie;code_postal;code_insee;nom_commune;x;y;lon;lat";
    const Read result =
        read({header, "12;Rue de la Loire;44521;44115;Oudon;376715.24;6702858.58;;",
              "14;Rue de la Loire;44521;44115;Oudon;376715.24;6702858.58;-1.28;47.35",
              "16;Rue de la Loire;44521;44115;Oudon;12;12;;", "18;Rue de la Loire;44521;44115;Oudon;;;;"});
    CHECK(result.counts.used == 4);
    CHECK(result.counts.without_position == 1);
    REQUIRE(result.reports.size() == 1);
    CHECK(result.reports.front().find("4: kept without its position: x “12” and y “12”") == 0);
    const auto index = address::Index::read(std::as_bytes(std::span(result.file)));
    REQUIRE(index);
    address::Searcher searcher(*index);
    CHECK(searcher.search("12 rue de la loire", 1).front().position == address::Position{-128412, 4734711});
    CHECK(searcher.search("14 rue de la loire", 1).front().position == address::Position{-128000, 4735000});
    CHECK_FALSE(searcher.search("16 rue de la loire", 1).front().position);
}

TEST_CASE("the lieu-dit beside a street is found with it and by itself") {
    const char* const header = "numero;nom_voie;code_postal;code_insee;nom_commune;nom_ld";
    const Read result =
        read({header, "12;Route de la Vallée;44521;44048;Couffé;La Pommeraie",
              "14;Route de la Vallée;44521;44048;Couffé;La Pommeraie", "3;Rue de la Gare;44521;44048;Couffé;"});
    CHECK(result.counts.used == 3);
    CHECK(result.counts.repeated == 0);
    const auto index = address::Index::read(std::as_bytes(std::span(result.file)));
    REQUIRE(index);
    address::Searcher searcher(*index);
    const auto first = [&](std::string_view typed) {
        const auto list = searcher.search(typed, 5);
        return list.empty() ? std::string("nothing")
                            : list.front().label + " | " + std::string(domain::id(list.front().state));
    };
    CHECK(first("la pommeraie couffé") == "La Pommeraie 44521 Couffé | matched");
    CHECK(first("12 route de la vallée couffé") == "12 Route de la Vallée 44521 Couffé | matched");
    CHECK(first("12 route de la vallée la pommeraie 44521 couffé") == "12 Route de la Vallée 44521 Couffé | matched");
    CHECK(first("la pommeraie 12 route de la vallée") == "12 Route de la Vallée 44521 Couffé | matched");
    CHECK(first("12 route de la vallée la pommerie couffé") == "12 Route de la Vallée 44521 Couffé | probable");
}
