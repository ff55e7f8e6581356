// People in lists: their answers' keys, and one person's answers as a form of their own.
#include "form/list.h"

#include "portals.h"
#include "text/fold.h"
#include "texts_file.h"

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace foyer;
using namespace foyer::form;

namespace {

FormDefinition entourage() { return portal::form_of(portal_of("saint-maur-des-fosses"), Procedure::entourage); }

const FormField& field_of(const FormDefinition& form, std::string_view list, std::string_view key) {
    const FormField* const field = form.find_list(list)->item.find(key);
    REQUIRE(field);
    return *field;
}

} // namespace

TEST_CASE("a person's answer is named by list, number and field") {
    CHECK(item_key("children", 12, "birth_date.day") == "children.12.birth_date.day");
    const auto key = split_item_key("children.12.birth_date.day");
    REQUIRE(key);
    CHECK(key->list == "children");
    CHECK(key->number == 12);
    CHECK(key->key == "birth_date.day");
}

TEST_CASE("what is not list, number and field is no person's answer") {
    for (const char* wrong :
         {"", "children", "children.0", "children.0.", ".0.x", "children..x", "children.01.x", "children.-1.x",
          "children.1e3.x", "children.99999.x", "birth_date.day", "children.x.y"}) {
        INFO(wrong);
        CHECK_FALSE(split_item_key(wrong));
    }
}

TEST_CASE("numbers are listed in order, with their gaps") {
    Answers answers;
    for (const unsigned number : {10U, 2U, 0U})
        put_item(answers, "children", number, {{"first_names", "A"}, {"born", "born"}});
    put_item(answers, "contacts", 3, {{"first_names", "B"}});
    CHECK(item_numbers(answers, "children") == std::vector<unsigned>{0, 2, 10});
    CHECK(next_item_number(answers, "children") == 11);
    CHECK(next_item_number(answers, "representatives") == 0);
    remove_item(answers, "children", 10);
    CHECK(item_numbers(answers, "children") == std::vector<unsigned>{0, 2});
    CHECK(item_numbers(answers, "contacts") == std::vector<unsigned>{3});
}

TEST_CASE("a person is taken out and put back as it was") {
    Answers answers = {{"children.1.first_names", "Léa"}, {"children.10.first_names", "Zoé"}, {"x", "y"}};
    const Answers before = answers;
    const Answers item = item_answers(answers, "children", 1);
    CHECK(item == Answers{{"first_names", "Léa"}});
    remove_item(answers, "children", 1);
    CHECK(answers.size() == 2);
    put_item(answers, "children", 1, item);
    CHECK(answers == before);
}

TEST_CASE("an answer of a person is located in the list's item") {
    const FormDefinition form = entourage();
    const auto located = locate(form, "children.3.birth_date.month");
    REQUIRE(located);
    CHECK(located->field->key == "birth_date");
    CHECK(located->part->suffix == ".month");
    CHECK(locate(form, "children.0.authority.r12"));
    CHECK(locate(form, "children.0.known"));
    CHECK(locate(form, "contacts.0.rank"));
    for (const char* nowhere : {"children.0.shoe_size", "children.0.authority", "children.0.authority.", "pets.0.name",
                                "children.00.born", "first_names", "contacts.0.known.x"}) {
        INFO(nowhere);
        CHECK_FALSE(locate(form, nowhere));
    }
}

TEST_CASE("references are self, a new person of each list, or a known one") {
    for (const char* good : {"self", "r0", "c1", "p200", "k12", "k123456789012345678"})
        CHECK(is_reference(good));
    for (const char* wrong : {"", "Self", "r", "r00", "k", "k-1", "x1", "c1 ", "r99999", "k1.2"})
        CHECK_FALSE(is_reference(wrong));
    CHECK(reference_to(REPRESENTATIVES, 0) == "r0");
    CHECK(reference_to(CHILDREN, 1) == "c1");
    CHECK(reference_to(CONTACTS, 2) == "p2");
}

TEST_CASE("Saint-Maur asks for school, level and place of birth; Oudon does not") {
    const FormDefinition oudon = portal::form_of(portal_of("oudon"), Procedure::entourage);
    for (const char* key : {"school", "school_level", "birth_place"}) {
        CHECK(entourage().find_list("children")->item.find(key));
        CHECK_FALSE(oudon.find_list("children")->item.find(key));
    }
}

TEST_CASE("a town's schools are a choice in the family's language; without them the school is a line") {
    const FormDefinition form = entourage();
    const FormField& school = field_of(form, "children", "school");
    CHECK(school.definition->kind == FieldKind::choice);
    const auto in_english = choices(school, texts_in("en"));
    REQUIRE(in_english.size() >= 2);
    CHECK(in_english.back().id == "other_town");
    CHECK(in_english.back().label == "School in another town");
    CHECK(displayed(school, {{"school", "varenne"}}, texts_in("fr")) == "École de La Varenne");
    const auto problems_with = [&](const char* answer) {
        return validate_field(form.find_list("children")->item, school, {{"born", "born"}, {"school", answer}},
                              on_the_day());
    };
    CHECK(problems_with("varenne").empty());
    CHECK(problems_with("hogwarts").at(0).code == ProblemCode::unknown_choice);
    CHECK(find_list_field(CHILDREN, "school")->kind == FieldKind::text);
}

TEST_CASE("meals and care are asked as what has to be done: without pork, a care plan yes or no") {
    const auto ids = [](std::string_view key) {
        std::string all;
        for (const OptionDefinition& option : find_list_field(CHILDREN, key)->options)
            all += std::string(option.id) + " ";
        return all;
    };
    CHECK(ids("meals") == "any without_pork without_meat ");
    CHECK(ids("care_plan") == "yes no ");
    for (const char* key : {"meals", "care_plan"}) {
        const FormField field = make_list_field(CHILDREN, *find_list_field(CHILDREN, key));
        CHECK_FALSE(field.required);
        CHECK(is_shown(field, {{"born", "born"}}));
        CHECK_FALSE(is_shown(field, {{"born", "expected"}}));
    }
}

TEST_CASE("no field asks for a religion or for the nature of an illness") {
    std::vector<const FieldDefinition*> fields;
    for (const FieldDefinition& field : catalogue())
        fields.push_back(&field);
    for (const std::string_view list : {REPRESENTATIVES, CHILDREN, CONTACTS})
        for (const FieldDefinition& field : list_catalogue(list))
            fields.push_back(&field);
    for (const char* language : {"fr", "en"}) {
        const i18n::Texts texts = texts_in(language);
        for (const FieldDefinition* field : fields) {
            std::string words = text::fold_for_comparison(texts.get(field->label)) + " " +
                                text::fold_for_comparison(texts.get(field->hint));
            for (const OptionDefinition& option : field->options)
                words += " " + text::fold_for_comparison(texts.get(option.label));
            for (const char* forbidden : {"relig", "confession", "culte", "halal", "casher", "kosher", "maladie",
                                          "illness", "disease", "allerg", "diagnos", "handicap", "disab", "sante"}) {
                INFO(field->key << ": " << words);
                CHECK(words.find(forbidden) == std::string::npos);
            }
        }
    }
}

TEST_CASE("the people to choose among stand before the other answers, and are shown by name") {
    const FormDefinition form = entourage();
    const std::vector<PersonChoice> people = {{"self", "Anne Le Goff", PersonKind::representative, "k1", 0},
                                              {"r0", "Paul Martin", PersonKind::representative, {}, 0},
                                              {"c0", "Léa Martin", PersonKind::child, {}, 0}};
    const FormField& home = field_of(form, "children", "living_with");
    std::string ids;
    for (const Choice& choice : choices(home, texts_in("fr"), &people))
        ids += choice.id + " ";
    CHECK(ids == "self r0 alternating other ");
    CHECK(displayed(home, {{"living_with", "r0"}}, texts_in("fr"), nullptr, &people) == "Paul Martin");
    CHECK(displayed(home, {{"living_with", "alternating"}}, texts_in("fr"), nullptr, &people) ==
          "En alternance chez ses représentants");
    const FormField& authority = field_of(form, "children", "authority");
    CHECK(displayed(authority, {{"authority.r0", "yes"}, {"authority.k1", "yes"}}, texts_in("fr"), nullptr, &people) ==
          "Anne Le Goff, Paul Martin");
    CHECK(displayed(authority, {{"authority.r0", "yes"}}, texts_in("fr")).empty());
    const FormField& children = field_of(form, "contacts", "contact_children");
    CHECK(choices(children, texts_in("fr"), &people).size() == 1);
}

TEST_CASE("dates of all kinds are shown in words") {
    const FormDefinition form = entourage();
    const Answers answers = {{"born", "expected"},
                             {"expected_date.day", "15"},
                             {"expected_date.month", "2"},
                             {"expected_date.year", "2027"}};
    CHECK(displayed(field_of(form, "children", "expected_date"), answers, texts_in("fr")) == "15 février 2027");
}

TEST_CASE("a problem of a person is said with the field's own words") {
    const FormDefinition form = entourage();
    const i18n::Texts texts = texts_in("fr");
    CHECK(sentence(form, {"children.0.first_names", ProblemCode::required, Severity::error, {}}, texts) ==
          "Écrivez «\u00a0Prénom(s)\u00a0», par exemple Camille.");
    CHECK(sentence(form, {"children", ProblemCode::child_missing, Severity::error, {}}, texts) ==
          "Ajoutez au moins un enfant, né ou à naître.");
    CHECK(sentence(form, {"representatives.0.birth_date", ProblemCode::age_unlikely, Severity::warning, {}}, texts) ==
          "Vérifiez l’année de naissance. Si elle est juste, continuez.");
    CHECK(sentence(
              form,
              {"representatives.0.email", ProblemCode::email_typo, Severity::warning, {{"suggestion", "a@gmail.com"}}},
              texts) == "Vouliez-vous écrire a@gmail.com\u00a0? Si l’adresse est juste, continuez.");
}

TEST_CASE("the browser fills in nothing of its own user for somebody else") {
    const FormDefinition form = entourage();
    for (const ListDefinition& list : form.lists)
        for (const FormField& field : list.item.steps.front().fields)
            for (const PartDefinition& part : field.definition->parts) {
                INFO(list.key << " " << field.key);
                CHECK(autocomplete(list.item, field, part) == "off");
            }
}

TEST_CASE("every field of a person has its own key, a label and the words for when it is missing") {
    for (const char* language : {"fr", "en"}) {
        const i18n::Texts texts = texts_in(language);
        for (const std::string_view list : {REPRESENTATIVES, CHILDREN, CONTACTS}) {
            std::set<std::string_view> keys;
            CHECK_FALSE(list_label(list, texts).empty());
            for (const FieldDefinition& field : list_catalogue(list)) {
                INFO(list << " " << field.key);
                CHECK(keys.insert(field.key).second);
                CHECK(find_list_field(list, field.key) == &field);
                CHECK_FALSE(texts.get(field.label).empty());
                CHECK_FALSE(texts.get(field.missing).empty());
                REQUIRE(field.parts.size() > 0);
                const bool chooses = field.kind == FieldKind::people || field.kind == FieldKind::person;
                CHECK(chooses == (field.people != People::none));
                for (const OptionDefinition& option : field.options)
                    CHECK_FALSE(texts.get(option.label).empty());
            }
        }
    }
    CHECK(find_list_field("pets", "name") == nullptr);
}

TEST_CASE("what is not asked for a second time is not sent: an expected child has no birth date") {
    const FormDefinition form = entourage();
    Answers answers = {{"children.0.born", "expected"},
                       {"children.0.birth_date.day", "3"},
                       {"children.0.expected_date.day", "15"},
                       {"children.0.authority.self", "yes"},
                       {"children.0.authority.r0", " "}};
    const Answers sent = submitted(form, answers);
    CHECK(sent == Answers{{"children.0.born", "expected"},
                          {"children.0.expected_date.day", "15"},
                          {"children.0.authority.self", "yes"}});
    CHECK(submitted(form, sent) == sent);
}
