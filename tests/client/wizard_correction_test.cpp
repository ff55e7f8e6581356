// What the staff asks to have corrected: exactly the named fields, with its words above them.
#include "family_town.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

namespace {

const std::string ASKED = requests(
    "waiting",
    R"(,"correction":{"fields":["children.0.birth_date","contacts.1.contact_phone"],)"
    R"("message":"L'année de naissance ne peut pas être juste.","answers":{"children.0.born":"born",)"
    R"("children.0.first_names":"Léa","children.0.birth_name":"Martin","children.0.birth_date.day":"5",)"
    R"("children.0.birth_date.month":"4","children.0.birth_date.year":"2012","contacts.1.first_names":"Rose",)"
    R"("contacts.1.birth_name":"Petit","contacts.1.role":"emergency","contacts.1.contact_phone":"+33240000001"}})");

const char* const PATH = "correction/OUDON-2026-000002";

unsigned inputs(const Walk& walk) {
    unsigned count = 0;
    for (const scene::Node& node : walk.scene.nodes)
        count += node.role == scene::Role::text ? 1U : 0U;
    return count;
}

} // namespace

TEST_CASE("a correction shows exactly the named fields, filled in as they were sent, under the agent's words") {
    AtHome walk(PATH, snapshot("1", ASKED));
    CHECK(walk.title() == "Corriger votre demande OUDON-2026-000002");
    CHECK(walk.says("L'année de naissance ne peut pas être juste."));
    CHECK(inputs(walk) == 4); // day, month, year; one phone
    CHECK(walk.says("Date de naissance (Léa Martin)"));
    CHECK(walk.by_id("field-children.0.birth_date.year")->value == "2012");
    CHECK(walk.by_id("field-contacts.1.contact_phone")->value == "+33240000001");
    CHECK_FALSE(has_unsent_answers(walk.state));
}

TEST_CASE("a correction is sent with what it corrects and nothing else") {
    AtHome walk(PATH, snapshot("1", ASKED));
    walk.act(Commit{"field-children.0.birth_date.year", "2021"});
    CHECK(has_unsent_answers(walk.state));
    walk.press("ENVOYER LA CORRECTION");
    const auto sent = walk.effects_of<Submit>();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].procedure == 2);
    const auto payload = wire::read_payload(sent[0].plaintext);
    REQUIRE(payload.has_value());
    CHECK(payload->corrects == "0192aaaa-0000-7000-8000-000000000002");
    CHECK(payload->account == "a1b2c3");
    CHECK(payload->answers == form::Answers{{"children.0.birth_date.day", "5"},
                                            {"children.0.birth_date.month", "4"},
                                            {"children.0.birth_date.year", "2021"},
                                            {"contacts.1.contact_phone", "+33240000001"}});
    CHECK(walk.find("ENVOYER LA CORRECTION") == nullptr);
    CHECK(walk.says("en cours d'enregistrement sur cet appareil"));
    walk.act(SubmissionState{
        sent[0].id, SubmissionState::Kind::acknowledged,
        R"({"digest":"sha-256=:AAAA:","due_by":"2026-11-30","id":"0190f000-0000-7000-8000-000000000000",)"
        R"("number":"OUDON-2026-000010","portal":"oudon","procedure":"entourage",)"
        R"("received_at":"2026-11-21T11:00:05Z"})"});
    CHECK(walk.says("Votre correction est reçue par la mairie."));
}

TEST_CASE("a correction that is still wrong is not sent") {
    AtHome walk(PATH, snapshot("1", ASKED));
    walk.act(Commit{"field-children.0.birth_date.year", "2030"});
    walk.press("ENVOYER LA CORRECTION");
    CHECK(walk.effects_of<Submit>().empty());
    CHECK(walk.summary() == std::vector<std::string>{"field-children.0.birth_date.day"});
    walk.act(Commit{"field-children.0.birth_date.year", ""});
    walk.act(Commit{"field-children.0.birth_date.month", ""});
    walk.act(Commit{"field-children.0.birth_date.day", ""});
    walk.press("ENVOYER LA CORRECTION");
    CHECK(walk.effects_of<Submit>().empty());
}

TEST_CASE("what the server refuses of a correction leads back to it, with what was typed") {
    AtHome walk(PATH, snapshot("1", ASKED));
    walk.act(Commit{"field-children.0.birth_date.year", "2021"});
    walk.press("ENVOYER LA CORRECTION");
    walk.act(SubmissionState{
        walk.state.family.mending.sent, SubmissionState::Kind::refused,
        R"({"type":"about:blank","title":"Refusé","status":422,"detail":"Vérifiez la date.","code":"invalid","problems":)"
        R"([{"field":"children.0.birth_date","code":"date_future","severity":"error","details":{}}]})"});
    walk.press("Revoir ma correction");
    CHECK(walk.by_id("field-children.0.birth_date.year")->value == "2021");
    CHECK(walk.summary() == std::vector<std::string>{"field-children.0.birth_date.day"});
}

TEST_CASE("a question about people is corrected among those of the request and those known") {
    AtHome walk(
        PATH,
        snapshot("1", requests("waiting",
                               R"(,"correction":{"fields":["children.0.authority","children.0.living_with"],)"
                               R"("message":"Qui exerce l'autorité parentale ?","answers":{)"
                               R"("representatives.0.first_names":"Paul","representatives.0.birth_name":"Martin",)"
                               R"("children.0.born":"born","children.0.first_names":"Léa",)"
                               R"("children.0.authority.r0":"yes","children.0.living_with":"r0"}})")));
    CHECK(inputs(walk) == 0);
    const scene::Node* paul = walk.by_id("field-children.0.authority.r0");
    REQUIRE(paul);
    CHECK(paul->label == "Paul Martin");
    CHECK(paul->checked);
    walk.act(Activate{"field-children.0.authority.self"});
    walk.act(Activate{"field-children.0.living_with--alternating"});
    walk.press("ENVOYER LA CORRECTION");
    const auto sent = walk.effects_of<Submit>();
    REQUIRE(sent.size() == 1);
    CHECK(wire::read_payload(sent[0].plaintext)->answers == form::Answers{{"children.0.authority.r0", "yes"},
                                                                          {"children.0.authority.self", "yes"},
                                                                          {"children.0.living_with", "alternating"}});
}

TEST_CASE("somebody else's address is found while it is corrected, and sent as that person's") {
    AtHome walk(
        PATH,
        snapshot("1",
                 requests("waiting",
                          R"(,"correction":{"fields":["representatives.1.first_names",)"
                          R"("representatives.1.address","representatives.1.postal_code",)"
                          R"("representatives.1.commune"],"message":"Quel numéro ?","answers":{)"
                          R"("representatives.1.first_names":"Paul","representatives.1.birth_name":"Martin",)"
                          R"("representatives.1.address_choice":"own",)"
                          R"("representatives.1.address":"rue d'Alsace","representatives.1.address.state":"probable",)"
                          R"("representatives.1.postal_code":"44521","representatives.1.commune":"Oudon"}})")));
    walk.environment.addresses = true;
    walk.act(Focus{"field-address"});
    walk.act(Loaded{"addresses", true});
    const scene::Node* line = walk.by_id("field-address");
    REQUIRE(line);
    CHECK(line->role == scene::Role::combobox);
    CHECK(line->label.find("Paul Martin") != std::string::npos);
    CHECK(line->value == "rue d'Alsace");
    CHECK(walk.by_id("field-commune")->value == "Oudon");
    walk.act(Input{"field-address", "12 rue d'al"});
    const auto asked = walk.effects_of<FindAddresses>();
    REQUIRE(asked.size() == 1);
    walk.act(AddressesFound{asked[0].field,
                            asked[0].revision,
                            {{"12 Rue d'Alsace 44521 Oudon", "12", "", "Rue d'Alsace", "44521", "44115", "Oudon",
                              "-1.28374,47.34512", domain::AddressState::matched}}});
    walk.act(Choose{"field-address", "0"});
    walk.press("ENVOYER LA CORRECTION");
    const auto sent = walk.effects_of<Submit>();
    REQUIRE(sent.size() == 1);
    CHECK(wire::read_payload(sent[0].plaintext)->answers ==
          form::Answers{{"representatives.1.address", "12 Rue d'Alsace"},
                        {"representatives.1.address.number", "12"},
                        {"representatives.1.address.position", "-1.28374,47.34512"},
                        {"representatives.1.address.state", "matched"},
                        {"representatives.1.address.street", "Rue d'Alsace"},
                        {"representatives.1.commune", "Oudon"},
                        {"representatives.1.commune.code", "44115"},
                        {"representatives.1.first_names", "Paul"},
                        {"representatives.1.postal_code", "44521"}});
    walk.act(SubmissionState{
        walk.state.family.mending.sent, SubmissionState::Kind::refused,
        R"({"type":"about:blank","title":"Refusé","status":422,"detail":"Vérifiez l'adresse.","code":"invalid","problems":)"
        R"([{"field":"representatives.1.postal_code","code":"postal_code_format","severity":"error","details":{}}]})"});
    walk.press("Revoir ma correction");
    CHECK(walk.by_id("field-address")->value == "12 Rue d'Alsace");
    CHECK(walk.summary() == std::vector<std::string>{"field-postal_code"});
}

TEST_CASE("a change of the profile is corrected the same way, under its own number") {
    AtHome walk(PATH, snapshot("1", R"(,"submissions":[{"id":"0192aaaa-0000-7000-8000-000000000002",)"
                                    R"("number":"OUDON-2026-000002","procedure":"profile","state":"waiting",)"
                                    R"("received_at":"2026-11-20T10:00:00Z","due_by":"2026-11-30","history":[],)"
                                    R"("correction":{"fields":["mobile"],"message":"Ce numéro ne répond pas.",)"
                                    R"("answers":{"mobile":"+33612345678"}}}])"));
    CHECK(inputs(walk) == 1);
    walk.fill("Téléphone mobile", "06 99 88 77 66");
    walk.press("ENVOYER LA CORRECTION");
    const auto sent = walk.effects_of<Submit>();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].procedure == 3);
    CHECK(wire::read_payload(sent[0].plaintext)->answers == form::Answers{{"mobile", "+33699887766"}});
}

TEST_CASE("a request without a correction has nothing to be corrected, an unknown one neither") {
    for (const std::string& body : {snapshot("1", requests("received")), snapshot("1")}) {
        const AtHome walk(PATH, body);
        CHECK(walk.says("Il n'y a rien à corriger"));
        CHECK(walk.by_id("next") == nullptr);
    }
}

TEST_CASE("a correction can be read in English as well") {
    AtHome walk(PATH, snapshot("1", ASKED));
    walk.press("English");
    walk.give_english();
    CHECK(walk.says("Date of birth (Léa Martin)"));
    CHECK(walk.find("SEND THE CORRECTION"));
}
