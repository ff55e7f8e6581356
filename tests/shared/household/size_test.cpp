// Two hundred people, as large as families get: that they are checked, sealed and read back within the limits.
#include "family.h"
#include "household/extract.h"
#include "wire/envelope.h"
#include "wire/payload.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer;
using namespace family;
using form::put_item;

namespace {

Answers full_representative(unsigned number) {
    Answers answers = paul();
    answers["first_names"] = "Jean-Baptiste Alexandre " + std::string(1, static_cast<char>('A' + number % 26));
    answers["usage_name"] = "de La Rochefoucauld-Martin";
    answers["home_phone"] = "01 48 86 41 15";
    answers["work_phone"] = "01 48 86 41 16";
    answers["email"] = "jean-baptiste." + std::to_string(number) + "@exemple-de-domaine.fr";
    answers["address_choice"] = "own";
    answers["address"] = "128 bis avenue du Maréchal de Lattre de Tassigny";
    answers["postal_code"] = "94100";
    answers["commune"] = "Saint-Maur-des-Fossés";
    answers["commune.code"] = "94068";
    answers["apartment"] = "1204";
    answers["building"] = "C";
    answers["staircase"] = "2";
    answers["floor"] = "12";
    answers["residence"] = "Résidence des Bords de Marne";
    return answers;
}
Answers full_child(unsigned number, unsigned representatives) {
    Answers answers = lea();
    answers["first_names"] = "Léopoldine Marguerite " + std::string(1, static_cast<char>('A' + number % 26));
    answers["birth_date.day"] = std::to_string(1 + number % 28);
    answers["birth_place.commune"] = "Saint-Maur-des-Fossés";
    answers["birth_place.code"] = "94068";
    answers["birth_place.country"] = "FR";
    answers["school"] = "varenne";
    answers["school_level"] = "cp";
    for (unsigned each = 0; each < representatives; ++each) {
        answers["authority.r" + std::to_string(each)] = "yes";
        answers["collectors.r" + std::to_string(each)] = "yes";
    }
    return answers;
}
Answers full_contact(unsigned number, unsigned children) {
    Answers answers = jeanne();
    answers["civility"] = "madame";
    answers["first_names"] = "Bernadette Marie-Thérèse " + std::string(1, static_cast<char>('A' + number % 26));
    answers["birth_name"] = "Vandenbroucke-Lefebvre";
    answers["other_phone"] = "06 12 34 56 78";
    answers["rank"] = std::to_string(number + 1);
    for (unsigned each = 0; each < children; ++each)
        answers["contact_children.c" + std::to_string(each)] = "yes";
    return answers;
}

Answers people(unsigned representatives, unsigned children, unsigned contacts, unsigned children_of_a_contact) {
    Answers answers;
    for (unsigned number = 0; number < representatives; ++number)
        put_item(answers, "representatives", number, full_representative(number));
    for (unsigned number = 0; number < children; ++number)
        put_item(answers, "children", number, full_child(number, std::min(representatives, 3U)));
    for (unsigned number = 0; number < contacts; ++number)
        put_item(answers, "contacts", number, full_contact(number, std::min(children, children_of_a_contact)));
    return answers;
}

std::size_t sealed_size(const Answers& answers) {
    wire::Payload payload;
    payload.procedure = form::Procedure::entourage;
    payload.language = "fr";
    payload.filled_at = "2026-11-22T12:00:00Z";
    payload.account = std::string(32, 'a');
    payload.answers = answers;
    const std::string plain = wire::write_payload(payload);
    const auto read = wire::read_payload(plain);
    REQUIRE(read);
    CHECK(*read == payload);
    return 4 + wire::SERVER_KEY_ID_BYTES + wire::REVISION_BYTES + 2 + wire::ENC_BYTES + plain.size() +
           wire::SEAL_TAG_BYTES;
}

} // namespace

TEST_CASE("two hundred people fit into a payload and an envelope, every field filled in") {
    struct Family {
        unsigned representatives, children, contacts, children_of_a_contact;
    };
    // The last is the most answers there can be: a hundred children, each of a hundred contacts for every one of them.
    for (const Family& family : {Family{3, 97, 100, 4}, Family{66, 67, 67, 4}, Family{0, 100, 100, 100}}) {
        const Answers raw =
            people(family.representatives, family.children, family.contacts, family.children_of_a_contact);
        const auto form = entourage_form("saint-maur-des-fosses");
        const Answers answers = form::submitted(form, raw);
        const std::size_t size = sealed_size(answers);
        UNSCOPED_INFO(answers.size() << " answers, " << size << " bytes");
        CHECK(answers.size() <= wire::MAXIMUM_ANSWERS);
        CHECK(size <= wire::MAXIMUM_ENVELOPE_BYTES);
    }
}

TEST_CASE("two hundred people are read as people") {
    const auto entourage = household::entourage_from(entourage_form("saint-maur-des-fosses"), people(3, 97, 100, 97),
                                                     only_self(), {}, on_the_day());
    REQUIRE(entourage);
    CHECK(entourage->children.size() == 97);
    CHECK(entourage->contacts.back().children.size() == 97);
}
