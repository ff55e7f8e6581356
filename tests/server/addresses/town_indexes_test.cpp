#include "addresses/town_indexes.h"

#include "address/builder.h"
#include "support/brotli.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace foyer;
using namespace foyer::server;
using addresses::TownIndexes;

namespace {

class StandingClock final : public Clock {
public:
    UnixSeconds at = 1'795'428'000;
    [[nodiscard]] UnixSeconds now() const override { return at; }
};

std::string file_with(std::string_view street) {
    address::Builder builder;
    address::Record record;
    record.street = street;
    record.number = 12;
    record.postal_code = "44521";
    record.insee = "44115";
    record.city = "Oudon";
    (void)builder.add(record);
    return builder.finish();
}

// A data folder and everything said in the log.
struct Place {
    test::ScratchFolder folder;
    StandingClock clock;
    std::string lines;
    Log log{[this](std::string_view line) { lines.append(line).append("\n"); }};

    Place() { std::filesystem::create_directories(folder.file("addresses")); }
    [[nodiscard]] std::string path() const { return addresses::index_path(folder.path(), "oudon"); }
    void put(const std::string& bytes) const {
        std::ofstream(path() + ".new", std::ios::binary) << bytes;
        std::filesystem::rename(path() + ".new", path());
    }
    [[nodiscard]] bool said(std::string_view part) const { return lines.find(part) != std::string::npos; }
};

std::string first(const TownIndexes& indexes) {
    const auto index = indexes.of("oudon");
    if (!index)
        return "none";
    const auto found = index->search("12 rue", 1);
    return found.empty() ? "nothing" : found.front().label;
}

} // namespace

TEST_CASE("each town has the index that lies in its file, or none") {
    Place place;
    place.put(file_with("Rue de la Loire"));
    const TownIndexes indexes(place.folder.path(), {"oudon", "saint-maur-des-fosses"}, place.clock, place.log);
    CHECK(first(indexes) == "12 Rue de la Loire 44521 Oudon");
    CHECK(indexes.of("oudon")->hash().size() == 12);
    CHECK(indexes.with_hash("oudon", indexes.of("oudon")->hash()) == indexes.of("oudon"));
    CHECK_FALSE(indexes.with_hash("oudon", "000000000000"));
    CHECK_FALSE(indexes.of("saint-maur-des-fosses"));
    CHECK_FALSE(indexes.of("nowhere"));
    CHECK_FALSE(indexes.with_hash("nowhere", "000000000000"));
    CHECK(place.said("addresses_opened portal=oudon addresses=1"));
}

TEST_CASE("a new file is taken up within seconds, and the one before is still given to pages that name it") {
    Place place;
    place.put(file_with("Rue de la Loire"));
    const TownIndexes indexes(place.folder.path(), {"oudon"}, place.clock, place.log);
    const std::string old = indexes.of("oudon")->hash();
    place.put(file_with("Rue du Havre"));
    CHECK(first(indexes) == "12 Rue de la Loire 44521 Oudon");
    place.clock.at += TownIndexes::LOOK_AFTER;
    CHECK(first(indexes) == "12 Rue du Havre 44521 Oudon");
    CHECK(indexes.with_hash("oudon", old)->hash() == old);
    std::filesystem::remove(place.path());
    place.clock.at += TownIndexes::LOOK_AFTER;
    CHECK_FALSE(indexes.of("oudon"));
    place.clock.at -= 100'000; // somebody set the clock
    place.put(file_with("Rue de la Gare"));
    CHECK(first(indexes) == "12 Rue de la Gare 44521 Oudon");
}

TEST_CASE("a damaged file is refused with the reason, and the town goes on with what it had") {
    Place place;
    std::string damaged = file_with("Rue de la Loire");
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    place.put(damaged);
    const TownIndexes indexes(place.folder.path(), {"oudon"}, place.clock, place.log);
    CHECK_FALSE(indexes.of("oudon"));
    CHECK(place.said("error addresses_unreadable portal=oudon"));
    CHECK(place.said("foyer-server addresses build"));
    place.put(file_with("Rue de la Loire"));
    place.clock.at += TownIndexes::LOOK_AFTER;
    CHECK(first(indexes) == "12 Rue de la Loire 44521 Oudon");
    place.put("FOYERADR");
    place.clock.at += TownIndexes::LOOK_AFTER;
    CHECK(first(indexes) == "12 Rue de la Loire 44521 Oudon");
}

TEST_CASE("a file that is written over in its place harms nobody") {
    Place place;
    place.put(file_with("Rue de la Loire"));
    const TownIndexes indexes(place.folder.path(), {"oudon"}, place.clock, place.log);
    std::filesystem::resize_file(place.path(), 10);
    CHECK(first(indexes) == "12 Rue de la Loire 44521 Oudon");
}

TEST_CASE("the brotli beside an index is served only where it is that index's") {
    Place place;
    const std::string file = file_with("Rue de la Loire");
    const auto write = [&](const std::string& packed) {
        std::ofstream(addresses::brotli_path(place.path()), std::ios::binary) << packed;
        const auto opened = addresses::TownIndex::open(place.path());
        REQUIRE(opened);
        CHECK((*opened)->bytes() == file);
        CHECK_FALSE((*opened)->gzipped().empty());
        return (*opened)->brotli();
    };
    place.put(file);
    const std::string packed = *brotli(file);
    CHECK(packed.size() < file.size());
    CHECK(write(packed) == packed);
    CHECK(write(*brotli(file_with("Rue du Havre"))).empty());
    CHECK(write(*brotli(file + "and more")).empty());
    CHECK(write(*brotli(std::string(10'000'000, 'a'))).empty());
    CHECK(write(packed.substr(0, packed.size() - 1)).empty());
    CHECK(write("").empty());
    std::filesystem::remove(addresses::brotli_path(place.path()));
    CHECK((*addresses::TownIndex::open(place.path()))->brotli().empty());
}

TEST_CASE("an index says which communes it covers, by code, by postal code, or by name") {
    Place place;
    address::Builder builder;
    address::Record record;
    record.street = "Rue du Bourg";
    record.number = 3;
    record.postal_code = "44150";
    record.insee = "44003";
    record.city = "Ancenis-Saint-Géréon";
    record.old_insee = "44160";
    record.old_city = "Saint-Géréon";
    (void)builder.add(record);
    record = {};
    record.street = "Rue du Louvre";
    record.postal_code = "75001";
    record.insee = "75101";
    record.city = "Paris";
    (void)builder.add(record);
    place.put(builder.finish());
    const auto opened = addresses::TownIndex::open(place.path());
    REQUIRE(opened);
    const addresses::TownIndex& index = **opened;
    CHECK(index.covers("44003", "", ""));
    CHECK(index.covers("44160", "", ""));
    CHECK_FALSE(index.covers("44213", "44150", "Vair-sur-Loire")); // another commune of the same postal code
    CHECK(index.covers("75056", "75001", "Paris"));                // the city, by one of its districts
    CHECK_FALSE(index.covers("75056", "75011", "Rennes"));
    CHECK(index.covers(std::nullopt, "44150", "Ancni"));
    CHECK(index.covers(std::nullopt, "44051", "ST GEREON"));
    CHECK_FALSE(index.covers(std::nullopt, "35000", "Rennes"));
    CHECK(index.covers(std::nullopt, "", "")); // nothing says that it is elsewhere
}

TEST_CASE("many threads search and notice a new file at once") {
    Place place;
    place.put(file_with("Rue de la Loire"));
    const TownIndexes indexes(place.folder.path(), {"oudon"}, place.clock, place.log);
    place.put(file_with("Rue de la Loire Atlantique"));
    place.clock.at += TownIndexes::LOOK_AFTER;
    std::vector<std::string> answers(8);
    std::vector<std::thread> threads;
    threads.reserve(answers.size());
    for (std::string& answer : answers)
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round)
                answer = first(indexes);
        });
    for (std::thread& thread : threads)
        thread.join();
    CHECK(first(indexes) == "12 Rue de la Loire Atlantique 44521 Oudon");
    for (const std::string& answer : answers)
        CHECK(answer.starts_with("12 Rue de la Loire"));
}
