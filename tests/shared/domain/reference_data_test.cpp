#include "domain/reference_data.h"

#include "rejected.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

using namespace foyer;
using namespace foyer::domain;

namespace {

const std::vector<std::byte>& file_bytes() {
    static const std::vector<std::byte> bytes = [] {
        std::ifstream file(FOYER_REFERENCE_DATA, std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        std::vector<std::byte> all(text.size());
        std::memcpy(all.data(), text.data(), text.size());
        return all;
    }();
    return bytes;
}

const ReferenceData& reference() {
    static const ReferenceData data = ReferenceData::read(file_bytes()).value();
    return data;
}

PostalCode postal(std::string_view text) { return PostalCode::parse(text).value(); }
InseeCode insee(std::string_view text) { return InseeCode::parse(text).value(); }

std::vector<std::string> names(const std::vector<Commune>& communes) {
    std::vector<std::string> all;
    for (const Commune& commune : communes)
        all.emplace_back(commune.name);
    return all;
}

std::vector<std::string> codes(const std::vector<PostalCode>& postal_codes) {
    std::vector<std::string> all;
    for (const PostalCode& code : postal_codes)
        all.push_back(code.text());
    return all;
}

using Texts = std::vector<std::string>;

// Writes the right checksum into a changed file, so that what lies behind it is reached.
void seal(std::vector<std::byte>& bytes) {
    std::uint32_t hash = 0x811C9DC5U;
    for (std::size_t position = 20; position < bytes.size(); ++position)
        hash = (hash ^ std::to_integer<std::uint32_t>(bytes[position])) * 0x01000193U;
    for (std::size_t place = 0; place < 4; ++place) {
        bytes[16 + place] = static_cast<std::byte>((hash >> (8 * place)) & 0xFFU);
        bytes[12 + place] = static_cast<std::byte>((bytes.size() >> (8 * place)) & 0xFFU);
    }
}

} // namespace

TEST_CASE("44521 is Oudon and Couffé") {
    CHECK(names(reference().communes_with(postal("44521"))) == Texts{"Couffé", "Oudon"});
    CHECK(reference().commune(insee("44115"))->name == "Oudon");
    CHECK(codes(reference().postal_codes_of(insee("44115"))) == Texts{"44521"});
}

TEST_CASE("Saint-Maur-des-Fossés has the postal codes 94100 and 94210") {
    CHECK(codes(reference().postal_codes_of(insee("94068"))) == Texts{"94100", "94210"});
    CHECK(reference().commune(insee("94068"))->name == "Saint-Maur-des-Fossés");
    CHECK(names(reference().communes_with(postal("94210"))) == Texts{"Saint-Maur-des-Fossés"});
}

TEST_CASE("4,205 postal codes cover several communes and 387 communes have several") {
    // The numbers of product.md, counted over communes; the 45 municipal districts share their city's codes.
    CHECK(reference().commune_count() == 34969 + 45);
    CHECK(reference().postal_code_count() == 6310);
    std::map<std::string, std::size_t> communes_of;
    std::size_t several = 0;
    for (const Commune& commune : reference().communes()) {
        if (commune.name.find(" Arrondissement") != std::string_view::npos)
            continue;
        const auto postal_codes = reference().postal_codes_of(commune.code);
        several += postal_codes.size() > 1 ? 1U : 0U;
        for (const PostalCode& code : postal_codes)
            ++communes_of[code.text()];
    }
    CHECK(several == 387);
    CHECK(communes_of.size() == 6310);
    CHECK(std::count_if(communes_of.begin(), communes_of.end(), [](const auto& one) { return one.second > 1; }) ==
          4205);
}

TEST_CASE("Corsica is 2A and 2B with postal codes that begin with 20") {
    CHECK(codes(reference().postal_codes_of(insee("2A004"))) == Texts{"20000", "20090", "20167"});
    CHECK(reference().commune(insee("2A004"))->name == "Ajaccio");
    CHECK(reference().commune(insee("2B033"))->name == "Bastia");
}

TEST_CASE("a department is never derived from a postal code") {
    bool elsewhere = false;
    for (const char* code : {"48250", "05110", "38580", "43450", "52100"})
        for (const Commune& commune : reference().communes_with(postal(code)))
            elsewhere = elsewhere || commune.code.text().substr(0, 2) != std::string_view(code).substr(0, 2);
    CHECK(elsewhere);
}

TEST_CASE("communes overseas are known") {
    CHECK(reference().commune(insee("97105"))->name == "Basse-Terre");
    CHECK(reference().commune(insee("98818"))->name == "Nouméa");
    CHECK(names(reference().communes_with(postal("97133"))) == Texts{"Saint-Barthélemy"});
}

TEST_CASE("the districts of Paris, Lyon and Marseille come after their city") {
    CHECK(names(reference().communes_with(postal("75014"))) == Texts{"Paris", "Paris 14e Arrondissement"});
    CHECK(names(reference().communes_with(postal("69003"))) == Texts{"Lyon", "Lyon 3e Arrondissement"});
    CHECK(names(reference().communes_with(postal("13001"))) == Texts{"Marseille", "Marseille 1er Arrondissement"});
}

TEST_CASE("a CEDEX code is unknown, which is no fault") {
    CHECK_FALSE(reference().knows(postal("44041")));
    CHECK(reference().communes_with(postal("44041")).empty());
    CHECK(reference().communes_with(postal("00000")).empty());
    CHECK(reference().communes_with(postal("99999")).empty());
}

TEST_CASE("a code that is no commune's is found nowhere") {
    CHECK_FALSE(reference().commune(insee("44999")).has_value());
    CHECK_FALSE(reference().commune(insee("00000")).has_value());
    CHECK_FALSE(reference().commune(insee("99999")).has_value());
    CHECK(reference().postal_codes_of(insee("44999")).empty());
    CHECK(reference().commune(insee("01001")).has_value());
}

TEST_CASE("a commune without a postal code has none") {
    CHECK(reference().commune(insee("98412")).has_value());
    CHECK(reference().postal_codes_of(insee("98412")).empty());
}

TEST_CASE("a typed town and its postal code go together whatever the accents, case and hyphens") {
    CHECK(reference().match(postal("94100"), "SAINT MAUR DES FOSSES")->code == insee("94068"));
    CHECK(reference().match(postal("94100"), "St-Maur-des-Fossés")->code == insee("94068"));
    CHECK(reference().match(postal("44521"), "oudon")->code == insee("44115"));
    CHECK_FALSE(reference().match(postal("44521"), "Ancenis").has_value());
    CHECK_FALSE(reference().match(postal("44041"), "Nantes").has_value());
    CHECK_FALSE(reference().match(postal("44521"), "").has_value());
}

TEST_CASE("a place is found by the beginning of its name, the most populous first") {
    CHECK(names(reference().communes_like("oud", 1)) == Texts{"Oudon"});
    CHECK(reference().communes_like("paris", 3)[0].code == insee("75056"));
    CHECK(reference().communes_like("Nante", 2)[0].name == "Nantes");
    CHECK(reference().communes_like("st maur des f", 5)[0].code == insee("94068"));
    CHECK(reference().communes_like("ajacc", 5)[0].code == insee("2A004"));
}

TEST_CASE("a whole name comes before longer ones, and words within names come last") {
    const auto found = names(reference().communes_like("eu", 200));
    REQUIRE(found.size() > 2);
    CHECK(found[0] == "Eu");
    const auto fosses = names(reference().communes_like("fossés", 50));
    CHECK(std::find(fosses.begin(), fosses.end(), "Saint-Maur-des-Fossés") != fosses.end());
}

TEST_CASE("an article may be left out of a place's name") {
    CHECK(reference().communes_like("mans", 10)[0].name == "Le Mans");
    CHECK(reference().communes_like("rochelle", 10)[0].name == "La Rochelle");
    CHECK(reference().communes_like("hay les roses", 10)[0].name == "L'Haÿ-les-Roses");
}

TEST_CASE("no more places than asked for, and none for nothing") {
    CHECK(reference().communes_like("sa", 8).size() == 8);
    CHECK(reference().communes_like("sa", 0).empty());
    CHECK(reference().communes_like("", 8).empty());
    CHECK(reference().communes_like(" -' ", 8).empty());
    CHECK(reference().communes_like("zzzzzz", 8).empty());
    CHECK(reference().communes_like("\xFF\xFE", 8).empty());
    CHECK(reference().communes_like(std::string(1'000'000, 'a'), 8).empty());
}

TEST_CASE("people are found to be born in communes that have become part of another one") {
    const auto found = reference().communes_like("arbignieu", 5);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == insee("01015"));
    CHECK(found[0].name == "Arbignieu");
    CHECK(found[0].today == "Arboys en Bugey");
    CHECK(reference().communes_like("Nantes", 1)[0].today.empty());
    // a code that is a commune's today is that one's
    CHECK(reference().commune(insee("01015"))->name == "Arboys en Bugey");
}

TEST_CASE("a commune of today comes before old ones of the same rank") {
    for (const char* typed : {"saint", "la", "val", "mont"}) {
        bool old = false;
        for (const Commune& commune : reference().communes_like(typed, 2)) {
            CHECK_FALSE((old && commune.today.empty()));
            old = old || !commune.today.empty();
        }
    }
}

TEST_CASE("every commune is found under its own code, in order") {
    std::string before;
    for (const Commune& commune : reference().communes()) {
        if (reference().commune(commune.code)->name != commune.name || commune.code.text() <= before)
            FAIL(commune.code.text());
        before = commune.code.text();
    }
    CHECK(reference().communes().size() == reference().commune_count());
}

TEST_CASE("every postal code leads to its communes and back") {
    std::size_t checked = 0;
    for (const Commune& commune : reference().communes()) {
        if (++checked % 50 != 0)
            continue;
        for (const PostalCode& code : reference().postal_codes_of(commune.code)) {
            const auto found = reference().communes_with(code);
            if (std::none_of(found.begin(), found.end(), [&](const Commune& one) { return one.code == commune.code; }))
                FAIL(commune.code.text());
        }
    }
    CHECK(checked == 35014);
}

TEST_CASE("countries have a French and an English name") {
    const auto all = reference().countries();
    CHECK(all.size() == 250); // the 249 of ISO 3166-1, and Kosovo
    CHECK(reference().country("DE")->french == "Allemagne");
    CHECK(reference().country("DE")->english == "Germany");
    CHECK(reference().country("CI")->french == "Côte d'Ivoire");
    CHECK(reference().country("DZ")->french == "Algérie");
    CHECK(reference().country("XK").has_value());
    CHECK_FALSE(reference().country("ZZ").has_value());
    CHECK_FALSE(reference().country("EU").has_value());
    CHECK_FALSE(reference().country("SU").has_value());
    CHECK_FALSE(reference().country("").has_value());
}

TEST_CASE("common passwords are known whatever their case, accents and the digits around them") {
    for (const char* password : {"motdepasse", "MotDePasse", "azertyuiop", "Motdepasse2024!", "!!Password1234",
                                 "Doudoudou1234!", "Chocolat123456!", "1qaz2wsx3edc"})
        CHECK(reference().is_common_password(password));
    for (const char* password : {"", "1234", "une tortue verte lit le journal", "Xq7!pLm2#vRt", "\xFF\xFF"})
        CHECK_FALSE(reference().is_common_password(password));
}

TEST_CASE("a file of another kind or version is refused") {
    CHECK(ReferenceData::read({}).error() == ReferenceFault::not_reference_data);
    std::vector<std::byte> bytes = file_bytes();
    bytes[0] = std::byte{'X'};
    CHECK(ReferenceData::read(bytes).error() == ReferenceFault::not_reference_data);
    bytes = file_bytes();
    bytes[8] = std::byte{3};
    CHECK(ReferenceData::read(bytes).error() == ReferenceFault::other_version);
}

TEST_CASE("a file cut short anywhere is refused") {
    const auto& bytes = file_bytes();
    for (std::size_t size = 0; size < bytes.size(); size += size < 64 ? 1 : 9973)
        if (ReferenceData::read(std::span(bytes).first(size)))
            FAIL(size);
    std::vector<std::byte> longer = bytes;
    longer.push_back(std::byte{0});
    CHECK_FALSE(ReferenceData::read(longer));
}

TEST_CASE("a file with one bit flipped is refused") {
    std::vector<std::byte> bytes = file_bytes();
    for (std::size_t position = 0; position < bytes.size(); position += position < 64 ? 1 : 6007) {
        const auto bit = static_cast<std::byte>(1U << (position % 8));
        bytes[position] ^= bit;
        if (ReferenceData::read(bytes))
            FAIL(position);
        bytes[position] ^= bit;
    }
}

TEST_CASE("a file whose checksum was made to fit is refused or read within its bounds") {
    // Run under the sanitizers, this is the test that no count or offset of a forged file is believed.
    std::uint32_t random = 20250307;
    for (int round = 0; round < 150; ++round) {
        std::vector<std::byte> bytes = file_bytes();
        for (int change = 0; change < 3; ++change) {
            random = random * 1664525U + 1013904223U;
            // Half of the changes hit the counts and the first columns, where they hurt most.
            const std::size_t range = round % 2 == 0 ? 64 : bytes.size() - 20;
            bytes[20 + random % range] = static_cast<std::byte>(random >> 24U);
        }
        seal(bytes);
        const auto data = ReferenceData::read(bytes);
        if (!data)
            continue;
        static_cast<void>(data->communes_with(postal("44521")));
        static_cast<void>(data->postal_codes_of(insee("94068")));
        static_cast<void>(data->is_common_password("Motdepasse2024!"));
        static_cast<void>(data->country("FR"));
        if (round % 25 == 0)
            static_cast<void>(data->communes_like("sa", 5));
    }
    SUCCEED();
}
