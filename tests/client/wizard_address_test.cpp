// The address that finds itself: what is asked of the index, and what its answers do.
#include "form/address.h"
#include "walk.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace foyer::wizard;

namespace {

using domain::AddressState;

FoundAddress alsace(std::string number = "12", AddressState state = AddressState::matched) {
    const std::string line = number.empty() ? "Rue d'Alsace" : number + " bis Rue d'Alsace";
    return {line + " 44521 Oudon", number, number.empty() ? "" : "bis", "Rue d'Alsace", "44521", "44115", "Oudon",
            "-1.28374,47.34512",   state};
}

// On the step that asks for the address, its index fetched.
class AddressWalk : public Walk {
public:
    explicit AddressWalk(const std::string& slug = "oudon") : Walk(slug) {
        environment.addresses = true;
        walk_to("address");
        const auto loads = effects_of<Load>();
        REQUIRE(loads.size() == 1);
        CHECK(loads[0].what == "addresses");
        act(Loaded{"addresses", true});
    }

    // Types with the focus there; the question that comes of it.
    std::optional<FindAddresses> type(std::string_view text) {
        act(Focus{"field-address"});
        type_only("Adresse", text);
        return asked();
    }
    [[nodiscard]] std::optional<FindAddresses> asked() const {
        const auto questions = effects_of<FindAddresses>();
        CHECK(questions.size() <= 1); // one search for each key
        return questions.empty() ? std::nullopt : std::optional(questions.front());
    }
    void found(std::vector<FoundAddress> list) {
        for (auto effect = all_effects.rbegin(); effect != all_effects.rend(); ++effect)
            if (const auto* question = std::get_if<FindAddresses>(&*effect)) {
                act(AddressesFound{question->field, question->revision, std::move(list)});
                return;
            }
        FAIL("nothing was asked");
    }
    void key(Key::Name name) { act(Key{"field-address", name}); }
    [[nodiscard]] const scene::Node& field() const { return node("Adresse"); }
    // From 0; nothing: none.
    [[nodiscard]] std::optional<std::size_t> active() const {
        for (std::size_t i = 0; i < field().options.size(); ++i)
            if (field().options[i].selected)
                return i;
        return std::nullopt;
    }
    [[nodiscard]] form::AddressFinding finding() const { return form::address_finding(state.registration.answers); }
    [[nodiscard]] std::string value(std::string_view key) const {
        return std::string(form::answer(state.registration.answers, key));
    }
};

} // namespace

TEST_CASE("a town without an index has an ordinary field for the address") {
    Walk walk("oudon");
    walk.walk_to("address");
    CHECK(walk.node("Adresse").role == scene::Role::text);
    CHECK(walk.effects_of<Load>().empty());
    walk.fill("Adresse", "12 bis rue de la Loire");
    CHECK(walk.effects_of<FindAddresses>().empty());
    CHECK(walk.by_id("address-found") == nullptr);
}

TEST_CASE("the index is fetched when the step that asks for an address is entered, once") {
    AddressWalk walk;
    CHECK(walk.field().role == scene::Role::combobox);
    walk.act(Focus{"field-address"});
    CHECK(walk.effects_of<Load>().empty());
}

TEST_CASE("an index that does not come leaves the field as it was, and is asked for again on the next visit") {
    Walk walk("oudon");
    walk.environment.addresses = true;
    walk.walk_to("address");
    walk.act(Loaded{"addresses", false});
    walk.fill_step("address");
    CHECK(walk.effects_of<FindAddresses>().empty());
    walk.press("SUIVANT");
    CHECK(walk.state.step == "contact");
    walk.press("PRÉCÉDENT");
    REQUIRE(walk.effects_of<Load>().size() == 1);
    CHECK(walk.effects_of<Load>()[0].what == "addresses");
}

TEST_CASE("every key asks once, from the third letter on") {
    AddressWalk walk;
    CHECK_FALSE(walk.type("12"));
    const auto question = walk.type("12 b");
    REQUIRE(question);
    CHECK(question->typed == "12 b");
    CHECK_FALSE(walk.type("12 b")); // nothing new
}

TEST_CASE("a list opens under the field with what was found, and says how many there are") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    CHECK(walk.field().options.empty());
    walk.found({alsace("12"), alsace("14", AddressState::probable)});
    REQUIRE(walk.field().options.size() == 3);
    CHECK(walk.field().options[0].label == "12 bis Rue d'Alsace 44521 Oudon");
    CHECK(plain(walk.field().options[2].label) == "Mon adresse n'est pas dans la liste");
    CHECK_FALSE(walk.active());
    CHECK(plain(walk.by_id("address-found")->label) == "2 adresses proposées sous le champ.");
}

TEST_CASE("an answer to an older question is dropped") {
    AddressWalk walk;
    const auto older = walk.type("12 rue d'a");
    walk.type("12 rue de");
    walk.act(AddressesFound{older->field, older->revision, {alsace()}});
    CHECK(walk.field().options.empty());
}

TEST_CASE("a text that resembles no address opens no list") {
    AddressWalk walk;
    walk.type("zzzz");
    walk.found({});
    CHECK(walk.field().options.empty());
    CHECK(walk.by_id("address-found")->label.empty());
}

TEST_CASE("choosing fills line, postal code, town and everything the index knows") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.found({alsace()});
    walk.act(Choose{"field-address", "0"});
    CHECK(walk.field().options.empty());
    CHECK(walk.field().value == "12 bis Rue d'Alsace");
    CHECK(walk.field().value_rev > 0);
    CHECK(walk.node("Code postal").value == "44521");
    CHECK(walk.node("Commune").value == "Oudon");
    CHECK(walk.value("commune.code") == "44115");
    CHECK(walk.finding() ==
          form::AddressFinding{AddressState::matched, "12", "bis", "Rue d'Alsace", "-1.28374,47.34512"});
    CHECK(walk.field().icon == scene::Icon::tick);
    CHECK(walk.by_id("address-found")->label == "Adresse reconnue.");
    CHECK(walk.by_id("address-found")->emphasis == scene::Emphasis::success);
    CHECK(walk.by_id("address-state")->label.empty()); // nothing about by hand
    walk.press("SUIVANT");
    CHECK(walk.state.step == "contact");
}

TEST_CASE("leaving the field after choosing keeps the match") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.found({alsace()});
    walk.act(Choose{"field-address", "0"});
    walk.act(Commit{"field-address", "12 bis Rue d'Alsace"});
    walk.act(Blur{"field-address"});
    CHECK(walk.finding().state == AddressState::matched);
    CHECK_FALSE(walk.asked());
}

TEST_CASE("another line, postal code or town takes the match away") {
    for (const auto& [label, text] : {std::pair("Adresse", "14 bis Rue d'Alsace"), std::pair("Code postal", "44150"),
                                      std::pair("Commune", "Ancenis")}) {
        AddressWalk walk;
        walk.type("12 rue d'al");
        walk.found({alsace()});
        walk.act(Choose{"field-address", "0"});
        INFO(label);
        walk.type_only(label, text);
        CHECK(walk.finding() == form::AddressFinding{});
        CHECK(walk.value("address.state").empty());
        CHECK(walk.field().icon == scene::Icon::none);
        CHECK(walk.by_id("address-found")->label.empty());
    }
}

TEST_CASE("arrows move in an open list and around its ends, Enter takes") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.found({alsace("12"), alsace("14", AddressState::probable)});
    walk.key(Key::Name::down);
    CHECK(walk.active() == 0U);
    walk.key(Key::Name::up);
    CHECK(walk.active() == 2U);
    walk.key(Key::Name::down);
    walk.key(Key::Name::down);
    CHECK(walk.active() == 1U);
    walk.key(Key::Name::home);
    CHECK_FALSE(walk.active());
    walk.key(Key::Name::up);
    CHECK(walk.active() == 2U);
    walk.key(Key::Name::end);
    CHECK_FALSE(walk.active());
    walk.key(Key::Name::enter); // nothing is active: the form's business
    CHECK_FALSE(walk.field().options.empty());
    walk.key(Key::Name::down);
    walk.key(Key::Name::down);
    walk.key(Key::Name::enter);
    CHECK(walk.field().value == "14 bis Rue d'Alsace");
    CHECK(walk.field().options.empty());
}

TEST_CASE("a list that comes while the arrows move leaves them where they are") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.found({alsace("12"), alsace("14", AddressState::probable)});
    walk.type_only("Adresse", "12 rue d'als"); // its list is on its way
    walk.key(Key::Name::down);
    walk.key(Key::Name::down);
    CHECK(walk.active() == 1U);
    walk.found({alsace("14", AddressState::probable)});
    CHECK(walk.active() == 0U); // the same address
    walk.type_only("Adresse", "12 rue d'alsa");
    walk.key(Key::Name::up);
    CHECK(walk.active() == 1U); // it is not in the list
    walk.found({alsace("12"), alsace("14", AddressState::probable)});
    CHECK(walk.active() == 2U);
}

TEST_CASE("Escape closes the list and keeps what is typed; an arrow opens it again") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.found({alsace()});
    walk.key(Key::Name::escape);
    CHECK(walk.field().options.empty());
    CHECK(walk.field().value == "12 rue d'al");
    walk.key(Key::Name::down);
    CHECK(walk.active() == 0U);
}

TEST_CASE("a list that comes after Escape or after the field was left stays closed") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.act(Blur{"field-address"});
    walk.found({alsace()});
    CHECK(walk.field().options.empty());
}

TEST_CASE("leaving the field keeps what is typed and closes the list") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.found({alsace()});
    walk.key(Key::Name::down);
    walk.act(Commit{"field-address", "12 rue d'al"});
    walk.act(Blur{"field-address"});
    CHECK(walk.field().options.empty());
    CHECK(walk.field().value == "12 rue d'al");
}

TEST_CASE("an address written without the list is matched when the index leaves no doubt") {
    AddressWalk walk;
    walk.fill("Code postal", "44521");
    walk.fill("Commune", "Oudon");
    walk.fill("Adresse", "12 BIS RUE D ALSACE");
    const auto questions = walk.all_effects;
    walk.found({alsace()});
    CHECK(walk.finding().state == AddressState::matched);
    CHECK(walk.field().value == "12 BIS RUE D ALSACE"); // the person's own words stay
    CHECK(walk.by_id("address-found")->label == "Adresse reconnue.");
}

TEST_CASE("a line that names its town is put in order") {
    AddressWalk walk;
    walk.fill("Adresse", "12 bis rue d'Alsace Oudon");
    walk.found({alsace()});
    CHECK(walk.field().value == "12 bis Rue d'Alsace");
    CHECK(walk.node("Code postal").value == "44521");
    CHECK(walk.node("Commune").value == "Oudon");
}

TEST_CASE("what a browser fills in without going there is asked about as a whole") {
    AddressWalk walk;
    walk.act(Focus{"field-postal_code"}); // the suggestion was taken there
    walk.act(Input{"field-address", "12 bis rue d'Alsace", false});
    walk.act(Input{"field-commune", "Oudon", false});
    walk.act(Input{"field-postal_code", "44521", false});
    walk.act(Commit{"field-postal_code", "44521"});
    const auto question = walk.asked();
    REQUIRE(question);
    CHECK(question->typed == "12 bis rue d'Alsace 44521 Oudon");
    walk.found({alsace()});
    CHECK(walk.field().options.empty());
    CHECK(walk.finding().state == AddressState::matched);
}

TEST_CASE("the closest address is offered as a question with two answers") {
    AddressWalk walk;
    walk.fill_step("address");
    walk.found({alsace("12", AddressState::probable)});
    CHECK(walk.finding().state == AddressState::probable);
    CHECK(walk.says("Vouliez-vous dire : 12 bis Rue d'Alsace 44521 Oudon"));
    SECTION("yes") {
        walk.press("Oui, c'est cette adresse");
        CHECK(walk.field().value == "12 bis Rue d'Alsace");
        CHECK(walk.finding().state == AddressState::matched);
        CHECK(walk.patch.focus == "field-address");
    }
    SECTION("no") {
        walk.press("Mon adresse n'est pas dans la liste");
        CHECK(walk.field().value == "12 bis rue de la Loire");
        CHECK(walk.finding().state == AddressState::entered_by_hand);
        CHECK(walk.patch.focus == "field-address");
        CHECK(walk.says("saisie à la main"));
        CHECK(walk.find("Oui, c'est cette adresse") == nullptr);
    }
    walk.press("SUIVANT"); // none blocks
    CHECK(walk.state.step == "contact");
}

TEST_CASE("who says that theirs is not in the list is not asked again about the same line") {
    AddressWalk walk;
    walk.fill("Code postal", "44521");
    walk.fill("Commune", "Oudon");
    walk.type("12 rue d'al");
    walk.found({alsace()});
    walk.act(Choose{"field-address", "none"});
    CHECK(walk.field().options.empty());
    CHECK(walk.field().value == "12 rue d'al");
    CHECK(walk.value("address.state") == "entered_by_hand");
    walk.act(Commit{"field-address", "12 rue d'al"});
    walk.found({alsace("12", AddressState::probable)});
    CHECK(walk.find("Oui, c'est cette adresse") == nullptr);
    CHECK(walk.value("address.state") == "entered_by_hand");
}

TEST_CASE("a street without a number is filled in and asks for the number") {
    AddressWalk walk;
    walk.type("rue d'alsace");
    walk.found({alsace("", AddressState::probable)});
    walk.act(Choose{"field-address", "0"});
    CHECK(walk.field().value == "Rue d'Alsace");
    CHECK(walk.node("Commune").value == "Oudon");
    CHECK(walk.finding().state == AddressState::entered_by_hand);
    const auto question = walk.asked();
    REQUIRE(question);
    CHECK(question->typed == "Rue d'Alsace 44521 Oudon");
    walk.found({alsace("", AddressState::probable)});
    CHECK(walk.says("Écrivez le numéro devant"));
}

TEST_CASE("a street that has no such number is not asked for its number again") {
    AddressWalk walk;
    walk.type("3333 rue d'alsace");
    walk.found({alsace("", AddressState::probable)});
    walk.act(Input{"field-postal_code", "44521"});
    walk.act(Input{"field-commune", "Oudon"});
    walk.act(Commit{"field-commune", "Oudon"});
    walk.found({alsace("", AddressState::probable)});
    CHECK(walk.value("address.state") == "probable");
    CHECK_FALSE(walk.says("Écrivez le numéro devant"));
    CHECK(walk.says("la mairie la vérifiera"));
    CHECK(walk.find("Oui, c'est cette adresse") == nullptr);
}

TEST_CASE("while an input method composes, a telephone's list is searched, and nothing is written into the field") {
    AddressWalk walk;
    walk.act(Focus{"field-address"});
    walk.act(Input{"field-address", "rue d'al", true});
    REQUIRE(walk.asked());
    walk.found({alsace()});
    CHECK(walk.field().options.size() == 2);
    CHECK(walk.field().value_rev == 0);
}

TEST_CASE("an answer that comes when another screen is shown changes nothing") {
    AddressWalk walk;
    walk.fill_step("address");
    const auto questions = walk.effects_of<FindAddresses>();
    walk.press("SUIVANT");
    walk.found({alsace("12", AddressState::probable)});
    CHECK(walk.state.step == "contact");
    CHECK(walk.value("address.state").empty());
    walk.press("PRÉCÉDENT"); // asked again on the way back
    REQUIRE(walk.asked());
    CHECK(walk.asked()->typed == "12 bis rue de la Loire 44521 Oudon");
}

TEST_CASE("what a device claims of the address is sent with it") {
    AddressWalk walk;
    walk.type("12 rue d'al");
    walk.found({alsace()});
    walk.act(Choose{"field-address", "0"});
    const form::Answers sent = form::submitted(walk.environment.registration, walk.state.registration.answers);
    CHECK(form::answer(sent, "address.state") == "matched");
    CHECK(form::answer(sent, "address.position") == "-1.28374,47.34512");
}

TEST_CASE("options that do not exist are not chosen") {
    AddressWalk walk;
    walk.act(Choose{"field-address", "0"});
    walk.type("12 rue d'al");
    walk.found({alsace()});
    for (const char* option : {"1", "-1", "x", "", "99999999999999999999"})
        walk.act(Choose{"field-address", option});
    CHECK(walk.field().value == "12 rue d'al");
    walk.act(Key{"field-commune", Key::Name::down});
    walk.act(Key{"title", Key::Name::enter});
    CHECK_FALSE(walk.active());
}

TEST_CASE("a birth place is found among the communes, with its department") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("identity");
    walk.give_communes();
    const std::string id = "field-birth_place.commune";
    walk.act(Focus{id});
    walk.act(Input{id, "saint-den", false});
    const scene::Node& field = walk.node("Commune de naissance");
    CHECK(field.role == scene::Role::combobox);
    REQUIRE(field.options.size() >= 3);
    CHECK(field.options[0].label == "Saint-Denis (93)");
    CHECK(plain(field.options.back().label) == "Ma commune n'est pas dans la liste");
    walk.act(Key{id, Key::Name::down});
    walk.act(Key{id, Key::Name::down});
    const std::string second = walk.node("Commune de naissance").options[1].label;
    walk.act(Key{id, Key::Name::enter});
    CHECK(walk.node("Commune de naissance").value == "Saint-Denis");
    CHECK(form::answer(walk.state.registration.answers, "birth_place.code") == "97411");
    CHECK(second == "Saint-Denis (974)");
    walk.act(Commit{id, "Saint-Denis"}); // two communes have that name: the chosen one stays
    walk.act(Blur{id});
    CHECK(form::answer(walk.state.registration.answers, "birth_place.code") == "97411");
    walk.act(Input{id, "Saint-Denise", false});
    CHECK(form::answer(walk.state.registration.answers, "birth_place.code").empty());
}

TEST_CASE("a birth place abroad is typed by hand, without a list") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("identity");
    walk.give_communes();
    walk.select("Pays de naissance", "Portugal");
    CHECK(walk.node("Commune de naissance").role == scene::Role::text);
    walk.act(Focus{"field-birth_place.commune"});
    walk.act(Input{"field-birth_place.commune", "Par", false});
    CHECK(walk.node("Commune de naissance").options.empty());
}

TEST_CASE("the communes that arrive while somebody types their birth place open the list") {
    Walk walk("saint-maur-des-fosses");
    walk.walk_to("identity");
    walk.act(Focus{"field-birth_place.commune"});
    walk.act(Input{"field-birth_place.commune", "Oudo", false});
    CHECK(walk.node("Commune de naissance").options.empty());
    walk.give_communes();
    REQUIRE(walk.node("Commune de naissance").options.size() >= 2);
    CHECK(walk.node("Commune de naissance").options[0].label == "Oudon (44)");
}
