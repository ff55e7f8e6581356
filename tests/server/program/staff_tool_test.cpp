// foyer-server staff and audit, run as the person who runs the server runs them.
#include "program.h"
#include "program/tool_line.h"
#include "sqlite/connection.h"
#include "test_support/scratch_folder.h"

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

class DataFolder {
public:
    DataFolder() { REQUIRE(run("init").code == 0); }

    [[nodiscard]] Ran run(const std::string& command) const { return run_program(command, m_folder.file("data")); }
    void tamper(const char* sql) const {
        sqlite::Connection db(m_folder.file("data") + "/foyer.sqlite", sqlite::Connection::Mode::read_write);
        db.script(sql);
    }

private:
    ScratchFolder m_folder;
};

} // namespace

TEST_CASE("the first member of a town is made, listed, reset, disabled and enabled from the terminal") {
    const DataFolder folder;
    const Ran added = folder.run("staff add anne@oudon.fr --portal oudon --name 'Anne Le Goff' --role administrator");
    INFO(added.said);
    CHECK(added.code == 0);
    CHECK(holds(added.said, "temporary password: "));
    CHECK(holds(added.said, "/oudon/mairie/"));
    CHECK(folder.run("staff add luc@oudon.fr --portal oudon --name Luc --services enfance").code == 0);
    const Ran listed = folder.run("staff list --portal oudon");
    CHECK(holds(listed.said, "anne@oudon.fr;Anne Le Goff;administrator;;temporary password;no;\n"));
    CHECK(holds(listed.said, "luc@oudon.fr;Luc;agent;enfance;temporary password;no;\n"));
    CHECK_FALSE(holds(folder.run("staff list --portal saint-maur-des-fosses").said, "anne"));

    const Ran again = folder.run("staff add ANNE@oudon.fr --portal oudon --name Anne");
    CHECK(again.code == 1);
    CHECK(holds(again.said, "already"));
    const Ran reset = folder.run("staff reset Anne@Oudon.fr --portal oudon");
    CHECK(reset.code == 0);
    CHECK(holds(reset.said, "temporary password: "));
    CHECK(reset.said != added.said);
    CHECK(folder.run("staff disable anne@oudon.fr --portal oudon").code == 0);
    CHECK(holds(folder.run("staff list --portal oudon").said, "administrator;;disabled"));
    CHECK(folder.run("staff enable anne@oudon.fr --portal oudon").code == 0);
    CHECK(holds(folder.run("audit list --portal oudon --after 2 --limit 2").said, "3;20"));
    CHECK(folder.run("audit verify --portal oudon").code == 0);
}

TEST_CASE("what cannot be done says why, with the exit code that says so") {
    const DataFolder folder;
    struct Row {
        const char* command;
        int code;
        const char* says;
    };
    const Row rows[] = {
        {"staff add --portal oudon --name x", 2, "EMAIL"},
        {"staff add a@b.fr --portal oudon", 2, "--name NAME"},
        {"staff add a@b.fr --name x", 2, "--portal TOWN"},
        {"staff add a@b.fr --portal nowhere --name x", 1, "There are: oudon"},
        {"staff add nonsense --portal oudon --name x", 1, "email_format"},
        {"staff add a@b.fr --portal oudon --name x --role queen", 2, "agent, manager, administrator"},
        {"staff add a@b.fr --portal oudon --name x --services plumbing", 1, "portal.json"},
        {"staff reset a@b.fr --portal oudon", 1, "nobody of that address"},
        {"staff disable a@b.fr --portal oudon", 1, "nobody of that address"},
        {"staff fire a@b.fr --portal oudon", 2, "add, list, reset, disable, enable"},
        {"audit list --portal oudon --limit many", 2, "is not a number"},
        {"audit verify --portal oudon --noted rubbish", 2, "SEQUENCE:HASH"},
        {"audit shred --portal oudon", 2, "list, verify"},
        {"staff add --help", 0, "temporary password"},
        {"audit verify --help", 0, "exit code is 1"},
    };
    for (const Row& row : rows) {
        INFO(row.command);
        const Ran ran = folder.run(row.command);
        INFO(ran.said);
        CHECK(ran.code == row.code);
        CHECK(holds(ran.said, row.says));
    }
}

TEST_CASE("audit verify names the first line that was changed, and a noted line shows a log that was cut off") {
    const DataFolder folder;
    for (const char* email : {"a@oudon.fr", "b@oudon.fr", "c@oudon.fr"})
        REQUIRE(folder.run(std::string("staff add ") + email + " --portal oudon --name x").code == 0);
    const Ran good = folder.run("audit verify --portal oudon");
    REQUIRE(good.code == 0);
    CHECK(holds(good.said, "3 lines"));
    const std::string noted = good.said.substr(good.said.find(" 3:") + 1, 2 + 64);
    CHECK(folder.run("audit verify --portal oudon --noted " + noted).code == 0);

    folder.tamper("DROP TRIGGER audit_log_is_not_shortened; DELETE FROM audit_log WHERE sequence = 3");
    CHECK(folder.run("audit verify --portal oudon").code == 0); // what is left is whole in itself
    const Ran cut = folder.run("audit verify --portal oudon --noted " + noted);
    CHECK(cut.code == 1);
    CHECK(holds(cut.said, "line 3 is not the one that was noted"));

    folder.tamper("DROP TRIGGER audit_log_is_not_changed; UPDATE audit_log SET actor = 'staff:9' WHERE sequence = 2");
    const Ran broken = folder.run("audit verify --portal oudon");
    CHECK(broken.code == 1);
    CHECK(holds(broken.said, "broken at line 2"));
}
