// All that is held about a person, as one archive: everything of theirs, nothing of the other parent's.
#include "persons.h"

#include "privacy/archive.h"
#include "privacy/zip.h"
#include "wire/json.h"

#include <zlib.h>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

store::PersonFile file_of(Town& town, const Resident& resident) {
    auto file = town.store().person_file("oudon", resident.reference, town.clock.at);
    REQUIRE(file);
    REQUIRE(*file);
    return std::move(**file);
}

portals::Catalogue catalogue_of(Town& town) {
    const auto files = portals::read_portal_files(std::string(FOYER_SOURCE_DIR) + "/shared/portals");
    REQUIRE(files);
    std::vector<std::string> unreadable;
    auto catalogue = portals::Catalogue::open(*files, town.store(), town.clock.at, unreadable);
    REQUIRE(catalogue);
    return std::move(catalogue).value();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

TEST_CASE(
    "the archive holds the answers, the decisions, the mails, the notes and who looked when; no markup from them") {
    Town town;
    const Resident anne = town.move_in("annick", {{"birth_name", "Kermadec"}});
    activate(town, anne);
    const std::string number = one_child(town, anne);
    REQUIRE(town.decide(number, {households::Decision::Kind::refuse, "Hors de la commune", {}, {}}));
    REQUIRE(town.store().add_note(town.record(number).id, {town.clock.at, JEANNE, "A rappelé <b>mardi</b> & midi"},
                                  line_of(town, "submission.note")));
    store::NewAuditLine look = line_of(town, "submission.view");
    look.object = "submission:" + number;
    REQUIRE(town.store().add_audit_line(look));
    const auto catalogue = catalogue_of(town);
    const auto file = file_of(town, anne);
    const std::string json = privacy::archive_json(file, {town.portal(), catalogue, town.texts()}, town.clock.at);
    const std::string page = privacy::archive_page(file, {town.portal(), catalogue, town.texts()}, town.clock.at);
    REQUIRE(wire::parse_json(json));
    for (const std::string& part : {std::string("Léa"), number, std::string("Hors de la commune"),
                                    std::string("A rappelé "), std::string("annick@example.org")}) {
        CHECK(has(json, part));
        CHECK(has(page, part));
    }
    CHECK(has(json, "submission.view"));
    CHECK(has(json, "\"consents\":[{"));
    CHECK(has(page, "&lt;b&gt;mardi&lt;/b&gt; &amp; midi"));
    CHECK(has(page, "une demande (" + number + ")"));
    CHECK_FALSE(has(page, "<b>"));
    // Of the staff, no name; of the account, no password.
    CHECK_FALSE(has(json, "Jeanne"));
    CHECK_FALSE(has(json, "password"));
}

TEST_CASE("the other parent's address, phone and e-mail are in nobody else's archive") {
    Town town;
    const Resident anne = town.move_in("anne");
    const Resident jean = town.move_in("jean", {{"birth_name", "Durand"}, {"address", "9 quai secret"}});
    town.accept(one_child(town, anne));
    town.accept(one_child(town, jean));
    REQUIRE(town.store()
                .merge({"oudon", anne.reference, jean.reference, false, JEANNE, town.clock.at,
                        line_of(town, "family.merge")})
                ->outcome == store::MergeOutcome::done);
    const auto catalogue = catalogue_of(town);
    const auto file = file_of(town, anne);
    const privacy::ArchiveTown around{town.portal(), catalogue, town.texts()};
    for (const std::string& text :
         {privacy::archive_json(file, around, town.clock.at), privacy::archive_page(file, around, town.clock.at)}) {
        CHECK(has(text, "Léa"));
        CHECK_FALSE(has(text, "quai secret"));
        CHECK_FALSE(has(text, "jean@example.org"));
    }
}

TEST_CASE("a zip has each entry under its name with its own checksum, and a directory at its end") {
    const std::string zip = privacy::make_zip({{"é.txt", "bonjour"}, {"empty", ""}}, 1'795'428'000);
    CHECK(zip.substr(0, 4) == std::string("PK\x03\x04"));
    CHECK(has(zip, "é.txtbonjour"));
    CHECK(zip.substr(zip.size() - 22, 4) == std::string("PK\x05\x06"));
    const std::string text = "bonjour";
    const auto sum = crc32_z(0, reinterpret_cast<const Bytef*>(text.data()), text.size());
    std::string bytes;
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<char>((sum >> shift) & 0xff));
    CHECK(zip.substr(14, 4) == bytes);
}
