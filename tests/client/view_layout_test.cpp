#include "scene/builder.h"
#include "view/layout.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>

namespace foyer::view {

namespace {

using scene::Builder;
using scene::Emphasis;
using scene::Role;

// Every letter is half as wide as the text is large.
class TypewriterMeasure final : public TextMeasure {
public:
    float advance(const TextStyle& style, char32_t) const override { return style.size / 2; }
};

scene::Scene registration_step() {
    Builder page{"Votre identité", "fr", "inscription/identite"};
    page.add(Role::progress, "progress", "Étape 1 sur 4").hint = "Étape suivante : Votre adresse";
    page.heading("title", 1, "Votre identité");
    {
        const Builder::Inside form = page.form("form");
        scene::Node& name = page.field("field-birth_name", "Nom de naissance");
        name.required = true;
        name.error = "Écrivez votre nom de naissance. Si vous n’en avez pas, cochez la case.";
        page.add(Role::checkbox, "field-no_birth_name", "Je n’ai pas de nom de famille");
        {
            const Builder::Inside date = page.group("birth_date", "Date de naissance");
            for (const char* part : {"Jour", "Mois", "Année"}) {
                scene::Node& field = page.field(std::string("field-") + part, part);
                field.width = 4;
                field.inline_row = field.id != "field-Jour";
            }
        }
        const Builder::Inside row = page.group("buttons");
        page.button("previous", "PRÉCÉDENT", Emphasis::secondary);
        page.submit("next", "SUIVANT").inline_row = true;
    }
    return std::move(page).finish();
}

const Placed& placed(const Layout& layout, std::string_view id) {
    const auto found = std::find_if(layout.nodes.begin(), layout.nodes.end(),
                                    [id](const Placed& node) { return node.node->id == id; });
    REQUIRE(found != layout.nodes.end());
    return *found;
}

scene::Scene six_pictures() {
    Builder page{"Contrôle", "fr", "inscription/acces"};
    {
        const Builder::Inside group = page.group("check", "Contrôle de sécurité");
        for (const char* id : {"a", "b", "c", "d", "e", "f"}) {
            scene::Node& tile = page.add(Role::radio, id, "Arbre");
            tile.icon = scene::Icon::tree;
            tile.inline_row = tile.id != "a";
        }
    }
    return std::move(page).finish();
}

bool is_pressed(const scene::Node& node) {
    return node.role == Role::button || node.role == Role::checkbox || node.role == Role::text;
}

} // namespace

TEST_CASE("nothing of a step reaches beyond its column, from 320 pixels on") {
    const scene::Scene scene = registration_step();
    for (const float width : {320.0F, 360.0F, 736.0F}) {
        const Layout layout = lay_out(scene, TypewriterMeasure{}, width);
        for (const Placed& node : layout.nodes)
            for (const Piece& piece : node.pieces) {
                INFO(node.node->id << " at " << width);
                CHECK(piece.rect.x >= 0);
                CHECK(piece.rect.right() <= width);
                CHECK(piece.rect.bottom() <= layout.height);
            }
    }
}

TEST_CASE("whatever is pressed or typed into is at least 44 pixels wide and high") {
    const scene::Scene scene = registration_step();
    const Layout layout = lay_out(scene, TypewriterMeasure{}, 320);
    for (const Placed& node : layout.nodes)
        if (is_pressed(*node.node)) {
            INFO(node.node->id);
            CHECK(node.control.width >= 44);
            CHECK(node.control.height >= 44);
        }
}

TEST_CASE("the label stands above the field, the error between them, and a bar runs down beside all three") {
    const scene::Scene scene = registration_step();
    const Layout layout = lay_out(scene, TypewriterMeasure{}, 360);
    const Placed& field = placed(layout, "field-birth_name");
    const auto part = [&field](Part wanted) {
        return std::find_if(field.pieces.begin(), field.pieces.end(),
                            [wanted](const Piece& piece) { return piece.part == wanted; })
            ->rect;
    };
    CHECK(part(Part::label).bottom() <= part(Part::error).y);
    CHECK(part(Part::error).bottom() <= part(Part::control).y);
    CHECK(field.error_bar);
    CHECK(part(Part::label).x >= field.bounds.x + layout.metrics.error_bar);
}

TEST_CASE("a legend is stronger than the labels under it") {
    const scene::Scene scene = registration_step();
    const Layout layout = lay_out(scene, TypewriterMeasure{}, 360);
    const auto style = [&layout](std::string_view id) { return placed(layout, id).texts.front().style; };
    CHECK(style("birth_date") == layout.metrics.strong);
    CHECK(style("field-birth_name") == layout.metrics.strong); // a question of its own
    CHECK(style("field-Jour") == layout.metrics.part);
    CHECK(layout.metrics.part.weight == Weight::regular);
}

TEST_CASE("what a title is part of stands close under it") {
    const auto gap_before = [](Emphasis emphasis) {
        Builder page{"", "fr", ""};
        page.heading("title", 1, "Votre identité");
        page.paragraph("text", "MODIFICATION DU PROFIL").emphasis = emphasis;
        const scene::Scene scene = std::move(page).finish();
        const Layout layout = lay_out(scene, TypewriterMeasure{}, 736);
        return placed(layout, "text").bounds.y - placed(layout, "title").bounds.bottom();
    };
    CHECK(gap_before(Emphasis::quiet) == space::TINY);
    CHECK(gap_before(Emphasis::normal) == space::LARGE);
}

TEST_CASE("day, month and year stand beside each other on a phone") {
    const scene::Scene scene = registration_step();
    const Layout layout = lay_out(scene, TypewriterMeasure{}, 360);
    CHECK(placed(layout, "field-Jour").control.y == placed(layout, "field-Année").control.y);
    CHECK(placed(layout, "field-Jour").control.right() < placed(layout, "field-Mois").control.x);
}

TEST_CASE("PRÉCÉDENT is bottom left and SUIVANT bottom right; too narrow, they stand under each other") {
    const scene::Scene scene = registration_step();
    const Layout wide = lay_out(scene, TypewriterMeasure{}, 736);
    CHECK(placed(wide, "previous").control.x == 48);
    CHECK(placed(wide, "next").control.right() == 736 - 48);
    const Layout narrow = lay_out(scene, TypewriterMeasure{}, 220);
    CHECK(placed(narrow, "previous").control.bottom() < placed(narrow, "next").control.y);
}

TEST_CASE("the way on never stands below the way back where its words have room on two lines beside it") {
    Builder page{"", "fr", ""};
    {
        const Builder::Inside row = page.group("actions");
        page.button("previous", "PRÉCÉDENT", Emphasis::secondary).icon = scene::Icon::arrow_left;
        page.button("next", "ALLER À L’ÉTAPE\u00a02", Emphasis::primary).inline_row = true;
    }
    const scene::Scene scene = std::move(page).finish();
    for (const float width : {320.0F, 360.0F}) {
        INFO(width);
        const Layout layout = lay_out(scene, TypewriterMeasure{}, width);
        const Placed& next = placed(layout, "next");
        const Placed& previous = placed(layout, "previous");
        CHECK(next.texts.front().lines.size() == 2);
        CHECK(next.control.y == previous.control.y);
        CHECK(next.control.height == previous.control.height);
        CHECK(next.pieces.front().rect.height == previous.pieces.front().rect.height);
        CHECK(previous.control.right() < next.control.x);
        CHECK(next.control.right() == width - 16);
        CHECK(previous.mark.center().y == previous.control.center().y);
    }
}

TEST_CASE("a status that has nothing to say takes no room") {
    const auto height_with = [](bool status) {
        Builder page{"", "fr", ""};
        page.paragraph("one", "un");
        if (status)
            page.add(Role::status, "status");
        page.paragraph("two", "deux");
        const scene::Scene scene = std::move(page).finish();
        return lay_out(scene, TypewriterMeasure{}, 360).height;
    };
    CHECK(height_with(true) == height_with(false));
}

TEST_CASE("lines break at spaces, never at no-break spaces, and inside a word only when it is wider than the line") {
    const TextStyle style{20, 30, Weight::regular}; // ten pixels a letter
    const auto lines = [&style](std::string_view text, float width) {
        return break_lines(TypewriterMeasure{}, style, text, width);
    };
    using Lines = std::vector<std::string_view>;
    CHECK(lines("un deux trois", 80) == Lines{"un deux", "trois"});
    CHECK(lines("un\u00A0deux trois", 70) == Lines{"un\u00A0deux", "trois"});
    CHECK(lines("sous le n° 12", 100) == Lines{"sous le", "n° 12"});
    CHECK(lines("sous le n° 1234567890", 100) == Lines{"sous le n°", "1234567890"});
    CHECK(lines("anticonstitutionnel", 100) == Lines{"anticonsti", "tutionnel"});
    CHECK(lines("Saint-Maur", 70) == Lines{"Saint-", "Maur"});
    CHECK(lines("a\nb", 100) == Lines{"a", "b"});
    CHECK(lines("", 100) == Lines{""});
}

TEST_CASE("the last word of a paragraph is not left alone where the lines before it can give it company") {
    const TypewriterMeasure measure;
    const TextStyle style{20, 30, Weight::regular};
    const std::string_view text = "aaaa bbbb cccc dddd";
    // Nineteen letters of ten pixels: at 150 three words stand above one, a little narrower two above two.
    REQUIRE(break_lines(measure, style, text, 150).back() == "dddd");
    const float width = width_without_orphan(measure, style, text, 150);
    CHECK(width < 150);
    CHECK(break_lines(measure, style, text, width) == std::vector<std::string_view>{"aaaa bbbb", "cccc dddd"});
    // One line stays one line, and no line is added.
    CHECK(width_without_orphan(measure, style, text, 200) == 200);
    CHECK(width_without_orphan(measure, style, "aaaaaaaaa bbbbbbbbb", 100) == 100);
}

TEST_CASE("text that is no UTF-8 is measured without running away") {
    const TextStyle style;
    for (const std::string_view text : {"\xC3", "\xF0\x9F", "\xFF\xFE", "a\x80z"})
        CHECK(text_width(TypewriterMeasure{}, style, text) > 0);
}

TEST_CASE("six pictures stand in rows of three, or of two on a phone") {
    const scene::Scene scene = six_pictures();
    const TypewriterMeasure measure;
    const auto in_first_row = [&](float width) {
        const Layout layout = lay_out(scene, measure, width);
        const float top = placed(layout, "a").control.y;
        return std::count_if(layout.nodes.begin(), layout.nodes.end(), [&](const Placed& node) {
            return node.node->role == Role::radio && node.control.y == top;
        });
    };
    CHECK(in_first_row(736) == 3);
    CHECK(in_first_row(360) == 2);
}

// A frame between two pixels is drawn on both, paler than its colour: measured 2.99 : 1 where 3 is asked for.
TEST_CASE("whatever has a frame stands on whole pixels at every width") {
    const auto is_whole = [](float value) { return value == std::floor(value); };
    for (const scene::Scene& scene : {registration_step(), six_pictures()})
        for (int width = 320; width <= 800; ++width) {
            const Layout layout = lay_out(scene, TypewriterMeasure{}, static_cast<float>(width));
            for (const Placed& node : layout.nodes)
                if (is_pressed(*node.node) || node.node->role == Role::radio) {
                    INFO(node.node->id << " at " << width << ": " << node.control.x << " to " << node.control.right());
                    CHECK((is_whole(node.control.x) && is_whole(node.control.right())));
                }
        }
}

TEST_CASE("a hyphen ends a line only where the whole word has no room on a line") {
    const TypewriterMeasure measure;
    const TextStyle style{20, 30, Weight::regular}; // ten units a letter
    using Lines = std::vector<std::string_view>;
    CHECK(break_lines(measure, style, "Ville de Saint-Maur", 160) == Lines{"Ville de", "Saint-Maur"});
    CHECK(break_lines(measure, style, "de Saint-Maur-des-Fosses", 140) == Lines{"de Saint-Maur-", "des-Fosses"});
}

TEST_CASE("a label goes on below rather than let its star pass the end of the field") {
    Builder page{"Mot de passe perdu", "fr", "mot-de-passe-perdu"};
    page.field("field-who", "Identifiant ou adresse électronique");
    page.field("field-who_else", "Identifiant ou adresse électronique").required = true;
    const scene::Scene scene = std::move(page).finish();
    const Layout phone = lay_out(scene, TypewriterMeasure{}, 360);
    CHECK(placed(phone, "field-who").texts.front().lines.size() == 1);
    CHECK(placed(phone, "field-who_else").texts.front().lines.size() == 2);
    CHECK(placed(lay_out(scene, TypewriterMeasure{}, 736), "field-who_else").texts.front().lines.size() == 1);
}

TEST_CASE("the lines of a heading are about as long as each other, and no word breaks for it") {
    const TypewriterMeasure measure;
    const TextStyle style{20, 30, Weight::regular}; // ten units a letter
    using Lines = std::vector<std::string_view>;
    const std::string_view text = "aaaa bbbb cccc dddd eeee";
    REQUIRE(break_lines(measure, style, text, 190) == Lines{"aaaa bbbb cccc dddd", "eeee"});
    const float width = balanced_width(measure, style, text, 190);
    CHECK(break_lines(measure, style, text, width) == Lines{"aaaa bbbb cccc", "dddd eeee"});
    CHECK(balanced_width(measure, style, text, 300) == 300);
    const float long_word = balanced_width(measure, style, "anticonstitutionnel ab", 200);
    CHECK(break_lines(measure, style, "anticonstitutionnel ab", long_word) == Lines{"anticonstitutionnel", "ab"});
}

TEST_CASE("fields for a few characters stand beside each other, unless one has more to say than its label") {
    Builder page{"Votre adresse", "fr", "inscription/adresse"};
    for (const char* id : {"apartment", "building", "floor"})
        page.field(id, id).width = 8;
    page.field("residence", "Residence");
    scene::Scene scene = std::move(page).finish();
    const TypewriterMeasure measure;
    const auto tops = [&] {
        const Layout layout = lay_out(scene, measure, 736);
        return std::vector<float>{placed(layout, "apartment").control.y, placed(layout, "building").control.y,
                                  placed(layout, "floor").control.y, placed(layout, "residence").control.y};
    };
    CHECK((tops()[0] == tops()[1] && tops()[1] == tops()[2] && tops()[2] < tops()[3]));
    scene.nodes[1].error = "Écrivez un numéro.";
    CHECK((tops()[0] < tops()[1] && tops()[1] < tops()[2]));
}

TEST_CASE("a line ends after a hyphen, but not within a request's number") {
    const TypewriterMeasure measure;
    const TextStyle style{20, 30, Weight::regular}; // ten units a letter
    const auto lines = break_lines(measure, style, "Demande OUDON-2026-000002", 180);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "Demande");
    CHECK(lines[1] == "OUDON-2026-000002");
    CHECK(break_lines(measure, style, "Saint-Maur-des-Fosses", 120).size() == 2);
}

TEST_CASE("what stands in a card keeps away from its frame, and cards from each other") {
    Builder page{"Tableau de bord", "fr", "tableau-de-bord"};
    page.heading("title", 1, "Bonjour");
    for (const char* id : {"one", "two"}) {
        const auto card = page.card(id, 3, "Création de votre espace personnel");
        page.paragraph(std::string(id) + "-state", "Reçue par la mairie").icon = scene::Icon::tick;
        page.add(Role::table, std::string(id) + "-facts").rows = {{"Numéro", "OUDON-2026-000001", {}, {}, {}}};
    }
    const scene::Scene scene = std::move(page).finish();
    for (const float width : {320.0F, 736.0F}) {
        INFO("at " << width);
        const Layout layout = lay_out(scene, TypewriterMeasure{}, width);
        const Rect card = placed(layout, "one").bounds;
        const float padding = layout.metrics.card_padding;
        for (const char* id : {"one-title", "one-state", "one-facts"}) {
            INFO(id);
            const Rect inside = placed(layout, id).bounds;
            CHECK(inside.x >= card.x + padding);
            CHECK(inside.right() <= card.right() - padding);
            CHECK(inside.y >= card.y + padding);
            CHECK(inside.bottom() <= card.bottom() - padding);
        }
        CHECK(placed(layout, "one-state").mark.right() < placed(layout, "one-state").texts.front().rect.x);
        CHECK(placed(layout, "two").bounds.y >= card.bottom() + 12);
    }
}

} // namespace foyer::view
