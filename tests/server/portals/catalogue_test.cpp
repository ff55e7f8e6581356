#include "portals/catalogue.h"

#include "support/files.h"
#include "test_support/scratch_folder.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>

using namespace foyer;
using namespace foyer::server;

namespace {

std::string oudon() { return read_file(std::string(FOYER_SOURCE_DIR) + "/shared/portals/oudon/portal.json").value(); }

std::string replaced(std::string text, const std::string& part, const std::string& by) {
    return text.replace(text.find(part), part.size(), by);
}

// A town in the folder; gives the path of its file.
std::string put_town(const test::ScratchFolder& folder, const std::string& name, const std::string& document,
                     bool with_logo) {
    std::filesystem::create_directory(folder.file(name));
    std::ofstream(folder.file(name + "/portal.json")) << document;
    if (with_logo)
        std::ofstream(folder.file(name + "/logo.svg")) << "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    return folder.file(name + "/portal.json");
}

bool has(const std::vector<std::string>& sentences, const std::string& begin) {
    return std::any_of(sentences.begin(), sentences.end(),
                       [&](const std::string& sentence) { return sentence.compare(0, begin.size(), begin) == 0; });
}

} // namespace

TEST_CASE("a town's file is refused with every mistake at once, the logo that is not there among them") {
    const test::ScratchFolder folder;
    const std::string wrong = replaced(replaced(oudon(), "\"slug\": \"oudon\"", "\"slug\": \"Oudon!\""),
                                       "\"insee\": \"44115\"", "\"insee\": \"4411\", \"colour\": \"red\"");
    const std::string path = put_town(folder, "oudon", wrong, false);
    const auto mistakes = portals::mistakes_in(path);
    for (const char* place : {": slug: ", ": insee: ", ": colour: ", ": logo: "})
        CHECK(has(mistakes, path + place));
    CHECK(mistakes.size() == 4);
    CHECK(portals::mistakes_in(put_town(folder, "good", oudon(), true)).empty());
}

TEST_CASE("a file that cannot be read, or is no JSON, is one mistake with its place") {
    const test::ScratchFolder folder;
    const std::string missing = folder.file("nowhere.json");
    CHECK(portals::mistakes_in(missing).size() == 1);
    CHECK(has(portals::mistakes_in(missing), missing + ": "));
    const std::string path = put_town(folder, "town", "{\n  \"slug\": oudon\n}", false);
    const auto mistakes = portals::mistakes_in(path);
    REQUIRE(mistakes.size() == 1);
    CHECK(mistakes[0].find("line 2") != std::string::npos);
}

TEST_CASE("a folder of towns is read whole or refused whole") {
    const test::ScratchFolder folder;
    CHECK_FALSE(portals::read_portal_files(folder.path()));
    CHECK_FALSE(portals::read_portal_files(folder.file("nowhere")));
    put_town(folder, "a", oudon(), true);
    REQUIRE(portals::read_portal_files(folder.path()));
    CHECK(portals::read_portal_files(folder.path())->size() == 1);
    const std::string twin = put_town(folder, "b", oudon(), true);
    const auto twice = portals::read_portal_files(folder.path());
    REQUIRE_FALSE(twice);
    CHECK(has(twice.error(), twin + ": slug: "));
}
