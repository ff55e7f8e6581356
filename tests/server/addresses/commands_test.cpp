#include "addresses/commands.h"
#include "support/brotli.h"
#include "support/files.h"
#include "test_support/scratch_folder.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <zlib.h>

using namespace foyer::server;

namespace {

struct Said {
    int code = 0;
    std::string out;
    std::string trouble;
};

foyer::Result<addresses::Town, std::string> nowhere(const std::string&, const std::map<std::string, std::string>&) {
    return foyer::Failure{std::string("there is no such town")};
}

Said run(const std::vector<std::string>& arguments, const std::string& input = {},
         const addresses::FindTown& find_town = nowhere) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream trouble;
    const int code = addresses::run(arguments, find_town, in, out, trouble);
    return {code, out.str(), trouble.str()};
}

const std::string CSV = "numero;rep;nom_voie;code_postal;code_insee;nom_commune;lon;lat\n"
                        "18;;Rue Jean Jaurès;44521;44115;Oudon;-1.28;47.34\n"
                        "x;;Rue Jean Jaurès;44521;44115;Oudon;-1.28;47.34\n";

} // namespace

TEST_CASE("addresses are built, described and searched from the command line") {
    const foyer::test::ScratchFolder folder;
    const std::string csv = folder.path() + "/a.csv";
    const std::string index = folder.path() + "/a.idx";
    std::ofstream(csv) << CSV;
    const Said built = run({"build", csv, "--out", index});
    CHECK(built.code == 0);
    CHECK(built.trouble == csv + ": line 3: its number “x” is not made of digits\n");
    CHECK(built.out.find("1 addresses in 1 streets") != std::string::npos);
    CHECK(run({"info", index}).out.find("44115 Oudon") != std::string::npos);
    const Said found =
        run({"search", index, "--queries", "-", "--limit=3"}, "18 rue jean jaures\r\n\nnulle \"part\"\n");
    CHECK(found.code == 0);
    CHECK(found.out.starts_with(
        R"({"query":"18 rue jean jaures","results":[{"label":"18 Rue Jean Jaurès 44521 Oudon","number":"18","repetition":"",)"
        R"("street":"Rue Jean Jaurès","postcode":"44521","insee":"44115","city":"Oudon","score":1.000,"state":"matched"}],"micros":)"));
    CHECK(found.out.find(R"({"query":"","results":[],)") != std::string::npos);
    CHECK(found.out.find(R"({"query":"nulle \"part\"","results":[],)") != std::string::npos);
}

TEST_CASE("a gzipped file is read as it is, and a damaged one refused") {
    const foyer::test::ScratchFolder folder;
    const std::string path = folder.path() + "/a.csv.gz";
    gzFile file = gzopen(path.c_str(), "wb");
    REQUIRE(gzwrite(file, CSV.data(), static_cast<unsigned>(CSV.size())) > 0);
    REQUIRE(gzclose(file) == Z_OK);
    CHECK(run({"build", path, "--out", folder.path() + "/a.idx"}).code == 0);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 12);
    CHECK(run({"build", path, "--out", folder.path() + "/b.idx"}).code == 1);
    CHECK_FALSE(std::filesystem::exists(folder.path() + "/b.idx"));
}

TEST_CASE("what the command line cannot do is said, with an exit code") {
    const foyer::test::ScratchFolder folder;
    const std::string bad = folder.path() + "/bad.idx";
    std::ofstream(bad) << "FOYERADR and nothing else";
    CHECK(run({"search", bad, "--queries", "-"}).code == 1);
    CHECK(run({"info", folder.path() + "/missing.idx"}).code == 1);
    CHECK(run({"build", folder.path() + "/missing.csv", "--out", bad}).code == 1);
    CHECK(run({"build"}).code == 2);
    CHECK(run({"search", bad}).code == 2);
    CHECK(run({"search", bad, "--queries", "-", "--limit", "many"}).code == 2);
    CHECK(run({"search", bad, "--wrong", "1"}).code == 2);
    CHECK(run({"dance"}).code == 2);
    CHECK(run({"--help"}).code == 0);
}

namespace {

// Oudon; Couffé two streets away from it; Le Cellier beyond the next hill; Paris.
const std::string DEPARTMENT = "numero;rep;nom_voie;code_postal;code_insee;nom_commune;lon;lat\n"
                               "18;;Rue Jean Jaurès;44521;44115;Oudon;-1.2800;47.3400\n"
                               "2;;Rue de la Loire;44521;44048;Couffé;-1.2800;47.3510\n"
                               "3;;Rue du Port;44850;44028;Le Cellier;-1.3800;47.3100\n"
                               "x;;Rue du Port;44850;44028;Le Cellier;-1.3800;47.3100\n"
                               "y;;Rue Jean Jaurès;44521;44115;Oudon;-1.2800;47.3400\n"
                               "4;;Rue de Rivoli;75001;75056;Paris;2.3400;48.8600\n";

// A town of the test's own.
addresses::FindTown town_of(const foyer::test::ScratchFolder& folder, const std::vector<std::string>& communes,
                            const std::string& insee = "44115") {
    return [&folder, communes,
            insee](const std::string& slug,
                   const std::map<std::string, std::string>& flags) -> foyer::Result<addresses::Town, std::string> {
        if (slug != "oudon")
            return foyer::Failure{std::string("--portal: there is no town “" + slug + "”")};
        CHECK(flags.count("--data") == 1);
        return addresses::Town{"Oudon", insee, communes, folder.file("addresses/oudon.idx"), ""};
    };
}

} // namespace

TEST_CASE("a town's index holds its own addresses and its neighbours', out of a whole department") {
    const foyer::test::ScratchFolder folder;
    const std::string csv = folder.file("44.csv");
    std::ofstream(csv) << DEPARTMENT;
    const Said built = run({"build", csv, "--portal", "oudon", "--data", "x"}, {}, town_of(folder, {}));
    CHECK(built.code == 0);
    CHECK(built.out.find("Oudon and its neighbours in these files: 44048 44115\n") != std::string::npos);
    CHECK(built.out.find("6 lines, 2 used, 0 repeated, 1 left out, 3 of other communes") != std::string::npos);
    CHECK(built.trouble == csv + ": line 6: its number “y” is not made of digits\n"); // other communes' are not ours
    const auto file = foyer::server::read_file(folder.file("addresses/oudon.idx"));
    const auto packed = foyer::server::read_file(folder.file("addresses/oudon.idx.br"));
    REQUIRE(file);
    REQUIRE(packed);
    CHECK(foyer::server::unpacks_to(*packed, *file));
    const Said info = run({"info", folder.file("addresses/oudon.idx")});
    CHECK(info.out.find("44048 Couffé") != std::string::npos);
    CHECK(info.out.find("44028") == std::string::npos);
}

TEST_CASE("a town's own list of communes is taken, and what the files lack of it is said") {
    const foyer::test::ScratchFolder folder;
    const std::string csv = folder.file("44.csv");
    std::ofstream(csv) << DEPARTMENT;
    const Said built =
        run({"build", csv, "--portal", "oudon", "--data", "x"}, {}, town_of(folder, {"44115", "44028", "49126"}));
    CHECK(built.code == 0);
    CHECK(built.trouble.find("hold no address of 49126") != std::string::npos);
    CHECK(run({"info", folder.file("addresses/oudon.idx")}).out.find("44028 Le Cellier") != std::string::npos);
}

TEST_CASE("files of another department, another town and flags without a town are refused, and nothing is written") {
    const foyer::test::ScratchFolder folder;
    const std::string csv = folder.file("44.csv");
    std::ofstream(csv) << DEPARTMENT;
    const Said elsewhere = run({"build", csv, "--portal", "oudon", "--data", "x"}, {}, town_of(folder, {}, "94068"));
    CHECK(elsewhere.code == 1);
    CHECK(elsewhere.trouble.find("no address of Oudon (94068)") != std::string::npos);
    CHECK(run({"build", csv, "--portal", "paris", "--data", "x"}, {}, town_of(folder, {})).code == 1);
    CHECK(run({"build", csv, "--out", folder.file("a.idx"), "--data", "x"}).code == 2);
    CHECK_FALSE(std::filesystem::exists(folder.file("addresses/oudon.idx")));
    CHECK_FALSE(std::filesystem::exists(folder.file("a.idx")));
}
