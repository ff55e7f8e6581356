// The staff's commands, run as the staff runs them: the program itself, on the data of a town that is open at the same
// time.
#include "../households/town.h"
#include "households/visibility.h"
#include "program.h"
#include "program/tool_line.h"

#include <fstream>

using namespace foyer;
using namespace foyer::server;
using namespace foyer::test;

namespace {

Ran run(const Town& town, const std::string& command) { return run_program(command, town.data_folder()); }

std::string declare_lea(Town& town, const Resident& resident) {
    store::Answers answers;
    put(answers, "children.0", child_named("Léa"));
    return town.declare(resident, answers);
}

} // namespace

TEST_CASE("families are imported and get keys, and a key opens its family, while the server's data is open") {
    Town town("saint-maur-des-fosses");
    const std::string file = town.data_folder() + "/families.csv";
    std::ofstream(file) << "family_id;person_id;kind;first_names;birth_name;birth_date;authority\r\n"
                           "F1;P1;representative;Anne;Martin;03/11/1985;\r\n"
                           "F1;P2;child;Léa;Martin;07/03/2019;P1\r\n"
                           "F1;P3;child;Tom;Martin;30/02/2019;P1\r\n";
    const std::string import = "families import " + file + " --portal saint-maur-des-fosses";
    const Ran stopped = run(town, import);
    INFO(stopped.said);
    CHECK(stopped.code == 1);
    CHECK(holds(stopped.said, "families.csv: line 4: birth_date: "));
    CHECK(town.count("SELECT count(*) FROM households") == 0);
    const Ran imported = run(town, import + " --skip-bad");
    CHECK(imported.code == 0);
    CHECK(holds(imported.said, "families: 1 new, 0 changed, 0 unchanged; people: 2 new"));

    const Ran issued = run(town, "keys issue --portal saint-maur-des-fosses --service enfance --family F1");
    INFO(issued.said);
    CHECK(issued.code == 0);
    REQUIRE(holds(issued.said, "family;representative;key;expires\nF1;Anne Martin;"));
    const std::string key = issued.said.substr(issued.said.find("F1;Anne Martin;") + 15, 14);
    // The program goes by the machine's clock.
    town.clock.at = std::time(nullptr);
    const Resident anne = town.move_in("anne", {{"service_key.enfance", key}});
    REQUIRE(town.snapshot(anne).household);
    CHECK(households::visible_people(*town.snapshot(anne).household, anne.account).size() == 2);
}

TEST_CASE("requests are listed, shown, taken, given back, asked about and accepted from the terminal") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string number = declare_lea(town, anne);
    const Ran listed = run(town, "submissions list --portal oudon --state received");
    CHECK(listed.code == 0);
    CHECK(holds(listed.said, number + ";entourage;received;"));
    const Ran shown = run(town, "submissions show --portal oudon " + number);
    CHECK(shown.code == 0);
    CHECK(holds(shown.said, "children.0.first_names = Léa"));
    CHECK_FALSE(holds(shown.said, "Crêpes"));

    CHECK(run(town, "submissions take --portal oudon " + number).said == number + " is processing now.\n");
    CHECK(run(town, "submissions release --portal oudon " + number).said == number + " is received now.\n");
    const Ran unknown = run(town, "submissions ask --portal oudon --fields children.7.colour --message x " + number);
    CHECK(unknown.code == 1);
    CHECK(holds(unknown.said, "children.7.colour"));
    const Ran asked = run(town, "submissions ask --portal oudon --fields children.0.birth_date,children.0.first_names "
                                "--message 'Merci de vérifier' " +
                                    number);
    INFO(asked.said);
    CHECK(asked.code == 0);
    CHECK(town.snapshot(anne).submissions.front().correction->fields.size() == 2);
    const auto cursor = town.snapshot(anne).cursor;
    CHECK(run(town, "submissions accept --portal oudon " + number).code == 0);
    CHECK(town.snapshot(anne).household);
    CHECK(town.snapshot(anne).cursor > cursor);
    // The server's own mail thread finds what the command has queued.
    const auto mails = town.store().latest(1);
    REQUIRE(mails);
    CHECK(mails->front().state == "queued");
    CHECK(mails->front().recipient == "anne@example.org");

    const Ran again = run(town, "submissions refuse --portal oudon --reason non " + number);
    CHECK(again.code == 1);
    CHECK(holds(again.said, number + " is accepted"));
}

TEST_CASE("another town's request, town or service is unknown, and says so") {
    Town town;
    const Resident anne = town.move_in("anne");
    const std::string number = declare_lea(town, anne);
    CHECK(run(town, "submissions accept --portal saint-maur-des-fosses " + number).code == 1);
    CHECK(town.record(number).state == "received");
    const Ran nowhere = run(town, "submissions list --portal nowhere");
    CHECK(nowhere.code == 1);
    CHECK(holds(nowhere.said, "There are: oudon, saint-maur-des-fosses."));
    CHECK(run(town, "keys issue --portal oudon --service plumbing --all").code == 1);
    CHECK(run(town, "submissions list --portal oudon --state asleep").code == 2);
    CHECK(run(town, "submissions shred --portal oudon " + number).code == 2);
}

TEST_CASE("a command that lacks something says what, and its form") {
    for (const auto& [words, missing] :
         {std::pair(std::vector<std::string>{"keys", "issue", "--portal", "oudon", "--all"}, "--service SERVICE"),
          std::pair(std::vector<std::string>{"keys", "issue", "--portal", "oudon", "--service", "enfance"}, "--all"),
          std::pair(std::vector<std::string>{"keys", "issue", "--portal=o", "--service=e", "--all", "--family=F1"},
                    "either"),
          std::pair(std::vector<std::string>{"families", "import", "--portal", "oudon"}, "FILE.csv"),
          std::pair(std::vector<std::string>{"submissions", "accept", "A-1", "A-2", "--portal", "o"}, "A-2"),
          std::pair(std::vector<std::string>{"submissions", "refuse", "A-1", "--portal", "o"}, "--reason TEXT"),
          std::pair(std::vector<std::string>{"submissions", "take", "A-1", "--portal", "o", "--loud"}, "--loud"),
          std::pair(std::vector<std::string>{"submissions", "take", "A-1", "--portal"}, "--portal needs a value"),
          std::pair(std::vector<std::string>{"submissions"}, "list, show, take"),
          std::pair(std::vector<std::string>{"submissions", "eat"}, "eat")}) {
        const auto line = read_tool_line(words);
        REQUIRE_FALSE(line);
        INFO(line.error());
        CHECK(holds(line.error(), missing));
    }
}

TEST_CASE("flags may stand anywhere, with or without =, beside the server's own") {
    const auto line = read_tool_line({"submissions", "refuse", "--data=/tmp/x", "A-1", "--reason", "trop tard",
                                      "--portal=oudon", "--config", "foyer.conf"});
    REQUIRE(line);
    CHECK(line->operands == std::vector<std::string>{"A-1"});
    CHECK(line->option("--reason") == "trop tard");
    CHECK(line->option("--portal") == "oudon");
    CHECK(line->flags == std::vector<std::pair<std::string, std::string>>{{"--data", "/tmp/x"}});
    CHECK(line->config_file == "foyer.conf");
}

TEST_CASE("every command explains itself") {
    for (const char* group : {"keys", "families", "submissions"}) {
        CHECK(is_tool_group(group));
        const auto line = read_tool_line({group, "--help"});
        REQUIRE(line);
        CHECK(line->help);
        CHECK(holds(tool_help(*line), std::string("foyer-server ") + group));
    }
    const auto ask = read_tool_line({"submissions", "ask", "-h"});
    REQUIRE(ask);
    CHECK(holds(tool_help(*ask), "--fields"));
    CHECK(holds(tool_help(*ask), "Exit codes"));
    CHECK(holds(tool_summaries(), "families import"));
}
