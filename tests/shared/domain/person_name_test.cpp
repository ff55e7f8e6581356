#include "domain/person_name.h"

#include "rejected.h"

#include <string>

using namespace foyer;
using namespace foyer::domain;

TEST_CASE("names are never rejected for their letters") {
    for (const char* name : {"Muñoz",
                             "Søren",
                             "Łukasz",
                             "Derc'hen",
                             "Derc’hen",
                             "Fañch",
                             "Le Goff--Martin",
                             "Élodie",
                             "Jean-Pierre",
                             "O",
                             "Ó",
                             "D'Artagnan",
                             "N'Guyen",
                             "Nguyễn Thị Ánh",
                             "Þórður",
                             "Ağaoğlu",
                             "İpek",
                             "Ștefan",
                             "Müller-Lüdenscheidt",
                             "Œuvrard",
                             "L'Haÿ",
                             "Ζωή",
                             "Жанна",
                             "王",
                             "محمد",
                             "שרה",
                             "Gal·la",
                             "Martin Jr.",
                             "Marie, Anne, Sophie",
                             "de la Tour d'Auvergne",
                             "M'Bappé",
                             "Kealiʻi",
                             "Xʷméθkʷəy̓əm",
                             "ỌlọrunwọlÉ",
                             "J̌an",
                             "Mª Luisa"}) {
        const auto parsed = PersonName::parse(name);
        CAPTURE(name);
        CHECK(parsed.has_value());
    }
}

TEST_CASE("a name is stored in composed form with its case and accents kept") {
    CHECK(PersonName::parse("Fan\u0303ch")->text() == "Fañch");
    CHECK(PersonName::parse("  mcGREGOR ")->text() == "mcGREGOR");
    CHECK(PersonName::parse("Jean  Luc")->text() == "Jean Luc");
    CHECK(PersonName::parse("Le Goff--Martin")->text() == "Le Goff--Martin");
}

TEST_CASE("one letter alone is a name") { CHECK(PersonName::parse("O")->text() == "O"); }

TEST_CASE("digits and symbols in a name are named") {
    CHECK(reason(PersonName::parse("Mar1e")) == ProblemCode::name_characters);
    CHECK(detail(PersonName::parse("Mar1e"), "characters") == "1");
    CHECK(detail(PersonName::parse("<b>@2@</b>"), "characters") == "< > @ 2 /");
    CHECK(detail(PersonName::parse("Zoé 😀"), "characters") == "😀");
    CHECK(detail(PersonName::parse("a1234567890bcdef!?"), "characters") == "1 2 3 4 5 6 7 8 9 0");
}

TEST_CASE("a name has at least one letter") {
    CHECK(reason(PersonName::parse("-")) == ProblemCode::name_characters);
    CHECK(detail(PersonName::parse("' -"), "characters").empty());
    CHECK(reason(PersonName::parse("\u0301")) == ProblemCode::name_characters);
}

TEST_CASE("an empty name is missing") {
    CHECK(reason(PersonName::parse("")) == ProblemCode::required);
    CHECK(reason(PersonName::parse(" \t\u00A0")) == ProblemCode::required);
}

TEST_CASE("a name of 747 letters is a name, one of 100,000 is not") {
    CHECK(PersonName::parse(std::string(747, 'a')).has_value());
    CHECK(PersonName::parse(std::string(1000, 'a')).has_value());
    CHECK(reason(PersonName::parse(std::string(1001, 'a'))) == ProblemCode::too_long);
    const auto huge = PersonName::parse(std::string(100'000, 'a'));
    CHECK(reason(huge) == ProblemCode::too_long);
    CHECK(detail(huge, "maximum") == "1000");
}

TEST_CASE("a name with characters nobody can see is refused with their names") {
    CHECK(reason(PersonName::parse("Ma\u202Erie")) == ProblemCode::forbidden_characters);
    CHECK(detail(PersonName::parse("Ma\u202Erie"), "characters") == "U+202E");
    CHECK(detail(PersonName::parse(std::string_view("A\0B", 3)), "characters") == "U+0000");
    CHECK(reason(PersonName::parse("Jos\xE9")) == ProblemCode::not_text);
}

TEST_CASE("names that differ by accents, case or apostrophe compare as one") {
    CHECK(PersonName::parse("DERC’HEN")->folded() == PersonName::parse("Derc'hen")->folded());
    CHECK(PersonName::parse("Munoz")->folded() == PersonName::parse("MUÑOZ")->folded());
    CHECK(PersonName::parse("Munoz")->folded() != PersonName::parse("Munos")->folded());
}
