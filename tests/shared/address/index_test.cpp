#include "address/builder.h"
#include "address/index.h"
#include "sample.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::address;

namespace {

IndexFault fault_of(const std::string& file) {
    const auto index = Index::read(std::as_bytes(std::span(file)));
    REQUIRE_FALSE(index.has_value());
    return index.error();
}

} // namespace

TEST_CASE("an index says how much it holds") {
    const test::Opened opened(test::sample_file());
    CHECK(opened.index.count(Count::addresses) == 26);
    CHECK(opened.index.count(Count::places) == 6);
    CHECK(opened.index.size() == test::sample_file().size());
}

TEST_CASE("every address can be read back, with its position") {
    Builder builder;
    Record record;
    record.street = "Rue du Port";
    record.insee = "2A004";
    record.postal_code = "20000";
    record.city = "Ajaccio";
    for (std::uint32_t number = 1; number <= 50; ++number) {
        record.number = number;
        record.position.reset();
        if (number % 3 != 0)
            record.position = Position{873'000 + static_cast<std::int32_t>(number * number), 4'192'000 - 7};
        CHECK(builder.add(record));
    }
    CHECK_FALSE(builder.add(record));
    const std::string file = builder.finish();
    const test::Opened opened(file);
    std::uint32_t seen = 0;
    opened.index.visit_houses(0, [&](const House& house, std::uint32_t at) {
        CHECK(house.number == ++seen + 1);
        const auto position = opened.index.position_of(0, at);
        CHECK(position.has_value() == (seen % 3 != 0));
        if (position)
            CHECK(position->longitude == 873'000 + static_cast<std::int32_t>(seen * seen));
        return true;
    });
    CHECK(seen == 50);
    CHECK(opened.index.name_text(0) == "Rue du Port");
    CHECK(insee_text(opened.index.place(0).insee) == "2A004");
    CHECK(postal_code_text(opened.index.place(0).postal_code) == "20000");
}

TEST_CASE("a file of another kind, of another version or cut short is refused") {
    std::string file = test::sample_file();
    CHECK(fault_of("") == IndexFault::not_an_index);
    CHECK(fault_of("FOYERREF") == IndexFault::not_an_index);
    CHECK(fault_of(file.substr(0, 8)) == IndexFault::other_version);
    for (std::size_t size = 12; size < file.size(); ++size)
        CHECK(fault_of(file.substr(0, size)) == IndexFault::damaged);
    file[AT_VERSION] = 2;
    CHECK(fault_of(file) == IndexFault::other_version);
}

TEST_CASE("every changed byte is noticed") {
    for (std::size_t at = AT_LENGTH; at < test::sample_file().size(); ++at) {
        std::string file = test::sample_file();
        file[at] = static_cast<char>(file[at] ^ 0x10);
        CHECK(fault_of(file) == IndexFault::damaged);
    }
}

TEST_CASE("the same addresses give the same file") {
    const auto build = [] {
        Builder builder;
        Record record;
        record.insee = "44115";
        record.city = "Oudon";
        for (const char* street : {"Rue B", "Rue A", "Rue C"}) {
            record.street = street;
            (void)builder.add(record);
        }
        return builder.finish();
    };
    CHECK(build() == build());
}

TEST_CASE("an index of nothing can be searched") {
    Builder builder;
    const std::string file = builder.finish();
    test::Opened opened(file);
    CHECK(opened.searcher.search("12 rue de la gare", 5).empty());
}
