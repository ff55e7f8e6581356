#include "walk.h"
#include "wizard/entry.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

TEST_CASE("nothing is called wrong while a person is still typing") {
    Walk walk("oudon");
    walk.walk_to("contact");
    walk.act(Focus{walk.node("Adresse électronique").id});
    walk.type_only("Adresse électronique", "jea");
    CHECK(walk.node("Adresse électronique").error.empty());
}

TEST_CASE("an error is said on leaving the field and goes away when it is mended") {
    Walk walk("oudon");
    walk.walk_to("contact");
    walk.fill("Adresse électronique", "jean");
    CHECK_FALSE(walk.node("Adresse électronique").error.empty());
    CHECK(walk.scene.title.find("Erreur") == std::string::npos); // nobody pressed SUIVANT
    walk.type_only("Adresse électronique", "jean@exemple.fr");
    CHECK(walk.node("Adresse électronique").error.empty());
}

TEST_CASE("an empty field is not called missing before SUIVANT") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.fill("Prénom(s)", "");
    walk.fill("Jour", "");
    CHECK(walk.node("Prénom(s)").error.empty());
    CHECK(walk.by_id("field-birth_date-group")->error.empty());
}

TEST_CASE("a date is looked at when its last box is left") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.fill("Jour", "31");
    walk.fill("Mois", "2");
    CHECK(walk.by_id("field-birth_date-group")->error.empty());
    walk.fill("Année", "1985");
    CHECK_FALSE(walk.by_id("field-birth_date-group")->error.empty());
    walk.type_only("Mois", "3");
    CHECK(walk.by_id("field-birth_date-group")->error.empty());
}

TEST_CASE("day and month of a birth may be unknown, and the hint says how to write that") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.fill_step("identity");
    walk.fill("Jour", "0");
    walk.fill("Mois", "0");
    CHECK(plain(walk.by_id("field-birth_date-group")->hint).find("inconnu") != std::string::npos);
    walk.press("SUIVANT");
    CHECK(walk.state.step == "address");
}

TEST_CASE("a person without a birth name says so with a box") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.fill_step("identity");
    walk.fill("Nom de naissance", "");
    walk.press("Je n'ai pas de nom de famille");
    CHECK(walk.node("Je n'ai pas de nom de famille").checked);
    walk.press("SUIVANT");
    CHECK(walk.state.step == "address");
}

TEST_CASE("a doubt never blocks: SUIVANT pressed again passes") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.fill_step("identity");
    walk.fill("Année", "2016");
    CHECK_FALSE(walk.by_id("field-birth_date-group")->warning.empty());
    walk.press("SUIVANT");
    CHECK(walk.state.step == "identity");
    CHECK(walk.by_id("errors")->emphasis == scene::Emphasis::warning);
    CHECK(walk.scene.title.find("Erreur") == std::string::npos);
    walk.press("SUIVANT");
    CHECK(walk.state.step == "address");
    walk.press("PRÉCÉDENT");
    walk.press("SUIVANT"); // asked once, not every time
    CHECK(walk.state.step == "address");
}

TEST_CASE("a mistyped e-mail address is mended with one press") {
    Walk walk("oudon");
    walk.walk_to("contact");
    walk.fill("Téléphone mobile", "06 12 34 56 78");
    walk.fill("Adresse électronique", "jean@gmial.com");
    const std::uint32_t revision = walk.node("Adresse électronique").value_rev;
    walk.press("Utiliser jean@gmail.com");
    CHECK(walk.node("Adresse électronique").value == "jean@gmail.com");
    CHECK(walk.node("Adresse électronique").value_rev > revision);
    CHECK(walk.patch.focus == "field-email");
    CHECK(walk.find("Utiliser jean@gmail.com") == nullptr);
    walk.press("SUIVANT");
    CHECK(walk.state.step == "access");
}

TEST_CASE("one telephone of three is enough, and the question as a whole says so") {
    Walk walk("oudon");
    walk.walk_to("contact");
    walk.fill("Adresse électronique", "jean@exemple.fr");
    walk.press("SUIVANT");
    CHECK(walk.state.step == "contact");
    CHECK(walk.summary() == std::vector<std::string>{"field-mobile"});
    CHECK_FALSE(walk.by_id("group-mobile")->error.empty());
    walk.fill("Téléphone fixe", "02 40 12 34 56");
    CHECK(walk.by_id("group-mobile")->error.empty());
    walk.press("SUIVANT");
    CHECK(walk.state.step == "access");
}

TEST_CASE("the list of communes is fetched when the postal code is first needed, once") {
    Walk walk("oudon");
    walk.walk_to("address");
    CHECK(walk.effects_of<Load>().empty());
    walk.act(Focus{"field-postal_code"});
    REQUIRE(walk.effects_of<Load>().size() == 1);
    CHECK(walk.effects_of<Load>()[0].what == "communes");
    walk.act(Focus{"field-postal_code"});
    CHECK(walk.effects_of<Load>().empty());
}

TEST_CASE("a step that asks for a birth place fetches the countries at the first touch of a field, not before") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("identity");
    CHECK(walk.effects_of<Load>().empty());
    walk.act(Focus{"title"});
    CHECK(walk.effects_of<Load>().empty());
    walk.act(Focus{"field-birth_name"});
    CHECK(walk.effects_of<Load>().size() == 1);
}

TEST_CASE("the list of communes is fetched for a postal code that a browser fills in without going there") {
    Walk walk("oudon");
    walk.walk_to("address");
    walk.act(Input{"field-postal_code", "44521", false});
    REQUIRE(walk.effects_of<Load>().size() == 1);
    CHECK(walk.effects_of<Load>()[0].what == "communes");
}

TEST_CASE("a postal code of one commune fills the commune in") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("address");
    walk.give_communes();
    walk.fill("Code postal", "94100");
    CHECK(walk.node("Commune").value == "Saint-Maur-des-Fossés");
    CHECK(form::answer(walk.state.registration.answers, "commune.code") == "94068");
    CHECK(walk.says("Commune trouvée : Saint-Maur-des-Fossés."));
    // another postal code takes what we wrote away, not what a person wrote
    walk.fill("Code postal", "94210");
    CHECK(walk.node("Commune").value == "Saint-Maur-des-Fossés");
    walk.fill("Commune", "La Varenne");
    walk.fill("Code postal", "94100");
    CHECK(walk.node("Commune").value == "La Varenne");
}

TEST_CASE("a postal code of several communes offers them: 44521 is Oudon and Couffé") {
    Walk walk("oudon");
    walk.walk_to("address");
    walk.give_communes();
    walk.fill("Code postal", "44521");
    CHECK(walk.node("Commune").value.empty());
    CHECK(walk.says("Plusieurs communes ont ce code postal"));
    walk.suggest("Oudon");
    CHECK(walk.node("Commune").value == "Oudon");
    CHECK(form::answer(walk.state.registration.answers, "commune.code") == "44115");
    walk.fill("Commune", "Couffé"); // by hand, always
    CHECK(form::answer(walk.state.registration.answers, "commune.code") == "44048");
    walk.fill("Adresse", "1 rue du Port");
    walk.press("SUIVANT");
    CHECK(walk.state.step == "contact");
}

TEST_CASE("a commune that does not go with its postal code is a doubt, not a wall") {
    Walk walk("oudon");
    walk.walk_to("address");
    walk.give_communes();
    walk.fill("Adresse", "1 rue du Port");
    walk.fill("Code postal", "44521");
    walk.fill("Commune", "Marseille");
    CHECK_FALSE(walk.node("Commune").warning.empty());
    walk.press("SUIVANT");
    CHECK(walk.state.step == "address");
    walk.press("SUIVANT");
    CHECK(walk.state.step == "contact");
}

TEST_CASE("an address written by hand says so and goes on") {
    Walk walk("oudon");
    walk.walk_to("address");
    CHECK(walk.by_id("address-state")->label.empty());
    walk.fill_step("address");
    CHECK(walk.says("Adresse saisie à la main"));
}

TEST_CASE("a country of birth can be chosen once the list is there") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("identity");
    CHECK(walk.node("Pays de naissance").value == "FR");
    walk.give_communes();
    walk.select("Pays de naissance", "Portugal");
    CHECK(walk.node("Pays de naissance").value == "PT");
    CHECK(walk.node("Pays de naissance").options.front().id == "FR");
}

TEST_CASE("a commune of birth that exists once gets its code, one that exists twice or abroad does not") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("identity");
    walk.give_communes();
    const auto code = [&] { return form::answer(walk.state.registration.answers, "birth_place.code"); };
    walk.fill("Commune de naissance", "oudon");
    CHECK(code() == "44115");
    walk.fill("Commune de naissance", "Saint-Denis");
    CHECK(code().empty());
    walk.fill("Commune de naissance", "Oudon");
    walk.select("Pays de naissance", "Portugal");
    CHECK(code().empty());
}

TEST_CASE("a person's own text is normalised when the field is left, and the page is told") {
    Walk walk("oudon");
    walk.walk_to("contact");
    walk.type_only("Téléphone mobile", "0612345678");
    CHECK(walk.node("Téléphone mobile").value_rev == 0);
    walk.fill("Téléphone mobile", "0612345678");
    CHECK(plain(walk.node("Téléphone mobile").value) == "06 12 34 56 78");
    CHECK(walk.node("Téléphone mobile").value_rev == 1);
    walk.fill("Téléphone mobile", "06 12 34 56 78");
    CHECK(walk.node("Téléphone mobile").value_rev == 1); // nothing to write
}

TEST_CASE("the field that is being typed in is never written by the wizard") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.act(Input{"field-first_names", "  anne   lise ", false});
    CHECK(walk.node("Prénom(s)").value == "  anne   lise ");
    CHECK(walk.node("Prénom(s)").value_rev == 0);
    walk.act(Input{"field-first_names", "こ", true});
    CHECK(walk.node("Prénom(s)").value == "こ");
    CHECK(walk.node("Prénom(s)").value_rev == 0);
}

TEST_CASE("Enter sends a field that was not left") {
    Walk walk("oudon");
    walk.walk_to("contact");
    walk.fill("Téléphone mobile", "0612345678");
    walk.type_only("Adresse électronique", "  jean@exemple.fr ");
    walk.press("SUIVANT");
    CHECK(walk.state.step == "access");
    CHECK(form::answer(walk.state.registration.answers, "email") == "jean@exemple.fr");
}

TEST_CASE("a keystroke changes one node, in a password two") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.type_only("Prénom(s)", "A");
    CHECK(walk.patch.changed.size() == 1);
    CHECK_FALSE(walk.patch.order.has_value());
    walk.walk_to("access");
    walk.type_only("Mot de passe", "a");
    CHECK(walk.patch.changed.size() <= 2);
    walk.type_only("Mot de passe", "ab");
    CHECK(walk.patch.changed.size() <= 2);
}

TEST_CASE("the strength of a password is said while it is typed, in words that change seldom") {
    Walk walk("oudon");
    walk.walk_to("access");
    const auto strength = [&] { return plain(walk.by_id("strength-password")->label); };
    CHECK(strength().empty());
    walk.type_only("Mot de passe", "abc");
    CHECK(strength().find("Il manque") != std::string::npos);
    walk.type_only("Mot de passe", "Couette-Brume-77!x");
    CHECK(strength() == "Mot de passe suffisant.");
}

TEST_CASE("a password is shown only while the person wants it") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.fill("Mot de passe", "Couette-Brume-77!x");
    CHECK(walk.node("Mot de passe").type == "password");
    CHECK(walk.node("Mot de passe").secret);
    walk.press("Afficher le mot de passe");
    CHECK(walk.node("Mot de passe").type == "text");
    CHECK(walk.node("Mot de passe").secret);
    walk.press("Masquer le mot de passe");
    CHECK(walk.node("Mot de passe").type == "password");
    walk.press("Afficher le mot de passe");
    walk.press("PRÉCÉDENT");
    walk.press("SUIVANT");
    CHECK(walk.node("Mot de passe").type == "password");
}

TEST_CASE("what the town fills in cannot be changed from outside") {
    Walk walk("oudon");
    walk.walk_to("access");
    walk.act(Input{"field-service_key.enfance", "AUTRE", false});
    walk.act(Commit{"field-service_key.enfance", "AUTRE"});
    CHECK(walk.node("Clé Enfance").value == "OUDON-ENFANCE");
}

TEST_CASE("answers to fields of other steps or of no form are passed over") {
    Walk walk("oudon");
    walk.walk_to("identity");
    const auto before = walk.state.registration.answers;
    walk.act(Input{"field-password", "x", false});
    walk.act(Input{"field-security_check.asked", "house", false});
    walk.act(Input{"field-commune.code", "44115", false});
    walk.act(Input{"nothing", "x", false});
    walk.act(Choose{"field-civility", "<script>"});
    walk.act(Choose{"field-first_names", "x"});
    walk.act(Activate{"field-civility--madame--x"});
    CHECK(walk.state.registration.answers == before);
}

TEST_CASE("a text far too long is told so, and nothing of it is lost in silence") {
    Walk walk("oudon");
    walk.walk_to("identity");
    walk.fill_step("identity");
    const std::string name(100000, 'a');
    walk.fill("Prénom(s)", name);
    CHECK_FALSE(walk.node("Prénom(s)").error.empty());
    CHECK(walk.node("Prénom(s)").value_rev == 0); // the page keeps what was typed
    CHECK(walk.node("Prénom(s)").value.size() == MAXIMUM_TEXT_BYTES);
    walk.press("SUIVANT");
    CHECK(walk.state.step == "identity");

    std::string wide;
    for (int i = 0; i < 40000; ++i)
        wide += "é";
    walk.fill("Prénom(s)", wide + "x"); // not cut inside a letter
    CHECK(walk.node("Prénom(s)").value.size() % 2 == 0);
}

TEST_CASE("hostile text is text") {
    for (const char* text : {"<img src=x onerror=alert(1)>", "{label}", "\xE2\x80\xAEgnp.exe", "' OR 1=1 --",
                             "\xFF\xFE", "\xED\xA0\x80", "%s%n", "\t\n\r"}) {
        Walk walk("oudon");
        walk.walk_to("identity");
        walk.fill("Nom de naissance", text);
        walk.press("SUIVANT");
        CHECK(walk.state.step == "identity");
    }
}

TEST_CASE("the names of the design all pass") {
    for (const char* name :
         {"Muñoz", "Søren", "Łukasz", "Derc'hen", "Fañch", "Derc\u2019hen", "O", "Le Goff--Martin"}) {
        Walk walk("oudon");
        walk.walk_to("identity");
        walk.fill_step("identity");
        walk.fill("Nom de naissance", name);
        walk.fill("Prénom(s)", name);
        walk.press("SUIVANT");
        INFO(name);
        CHECK(walk.state.step == "address");
    }
}
