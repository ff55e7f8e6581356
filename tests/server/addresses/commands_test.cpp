#include "addresses/commands.h"
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

Said run(const std::vector<std::string>& arguments, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream trouble;
    const int code = addresses::run(arguments, in, out, trouble);
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
