// The examples of docs/scene-dom.md; the twin's tests hold the same.
#include "scene/builder.h"
#include "scene/html.h"
#include "scene/names.h"

#include <catch2/catch_test_macros.hpp>

using namespace foyer::scene;

namespace {

std::string html_of(const Node& node) {
    Scene scene;
    scene.nodes.push_back(node);
    return to_html(scene);
}

Node node_of(Role role, std::string id, std::string label = {}) {
    Node node;
    node.role = role;
    node.id = std::move(id);
    node.label = std::move(label);
    return node;
}

} // namespace

TEST_CASE("text can never become markup") {
    Node paragraph = node_of(Role::paragraph, "p", "<script>alert('x')</script> & \"quotes\"");
    CHECK(html_of(paragraph) == "<p class=\"node paragraph\" data-node=\"p\" id=\"p\">&lt;script&gt;alert(&#39;x&#39;)"
                                "&lt;/script&gt; &amp; &quot;quotes&quot;</p>");
    Node field = node_of(Role::text, "x", "Nom");
    field.value = "\"><img src=x onerror=alert(1)>";
    CHECK(html_of(field).find("<img") == std::string::npos);
    CHECK(html_of(field).find("value=\"&quot;&gt;&lt;img") != std::string::npos);
}

TEST_CASE("characters HTML cannot hold are replaced, visibly") {
    CHECK(escape_html(std::string("a\0b\x01\x7F", 5)) == "a\xEF\xBF\xBD"
                                                         "b\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(escape_html("a\tb\nc") == "a\tb\nc");
}

TEST_CASE("a field is written with its label, help, error and input") {
    Node field = node_of(Role::text, "field-email", "Adresse électronique");
    field.type = "email";
    field.name = "email";
    field.value = "jean@gmial.com";
    field.autocomplete = "email";
    field.inputmode = "email";
    field.enterkeyhint = "next";
    field.autocapitalize = "none";
    field.required = true;
    field.hint = "Par exemple…";
    field.error = "Écrivez…";
    field.warning = "Vouliez-vous…";
    field.width = 8;
    CHECK(
        html_of(field) ==
        "<div class=\"node text invalid\" data-node=\"field-email\" data-width=\"8\">"
        "<label id=\"field-email-label\" for=\"field-email\">Adresse électronique"
        "<span class=\"required\" aria-hidden=\"true\"> *</span></label>"
        "<p class=\"hint\" id=\"field-email-hint\">Par exemple…</p>"
        "<p class=\"error\" id=\"field-email-error\">Écrivez…</p>"
        "<p class=\"warning\" id=\"field-email-warning\">Vouliez-vous…</p>"
        "<input id=\"field-email\" type=\"email\" name=\"email\" value=\"jean@gmial.com\" autocomplete=\"email\" "
        "inputmode=\"email\" enterkeyhint=\"next\" autocapitalize=\"none\" spellcheck=\"false\" aria-required=\"true\" "
        "aria-invalid=\"true\" aria-describedby=\"field-email-hint field-email-error field-email-warning\"></div>");
}

TEST_CASE("a field with a list says whether it is open, and which option is active") {
    Node field = node_of(Role::combobox, "field-address", "Adresse");
    field.name = "address";
    const std::string label = "<label id=\"field-address-label\" for=\"field-address\">Adresse</label>";
    const std::string input =
        "<input id=\"field-address\" type=\"text\" name=\"address\" spellcheck=\"false\" role=\"combobox\" "
        "aria-autocomplete=\"list\" ";
    CHECK(html_of(field) == "<div class=\"node combobox\" data-node=\"field-address\">" + label + input +
                                "aria-expanded=\"false\"></div>");
    field.options = {{"0", "1 Rue du Port", false, false}, {"none", "Une autre", true, false}};
    CHECK(html_of(field) ==
          "<div class=\"node combobox\" data-node=\"field-address\">" + label + input +
              "aria-expanded=\"true\" aria-controls=\"field-address-list\" "
              "aria-activedescendant=\"field-address-option-1\">"
              "<ul id=\"field-address-list\" role=\"listbox\" aria-labelledby=\"field-address-label\">"
              "<li id=\"field-address-option-0\" role=\"option\" data-option=\"0\" aria-selected=\"false\">1 Rue du "
              "Port</li>"
              "<li id=\"field-address-option-1\" role=\"option\" data-option=\"none\" aria-selected=\"true\">Une "
              "autre</li>"
              "</ul></div>");
}

TEST_CASE("a secret is never written into a page") {
    Node field = node_of(Role::password, "field-password", "Mot de passe");
    field.value = "correct horse";
    field.secret = true;
    CHECK(html_of(field).find("horse") == std::string::npos);
    CHECK(html_of(field).find("type=\"password\"") != std::string::npos);
}

TEST_CASE("a group of radios says that it is required and invalid, its radios do not") {
    Builder page("", "fr", "");
    Node& group = page.add(Role::group, "g", "Contrôle");
    group.type = "radiogroup";
    group.required = true;
    group.error = "Répondez.";
    {
        const auto inside = page.inside("g");
        Node& radio = page.add(Role::radio, "g-house", "la maison");
        radio.name = "check";
        radio.value = "house";
        radio.icon = Icon::house;
        radio.checked = true;
        radio.required = true;
    }
    const auto scene = std::move(page).finish();
    CHECK(to_html(scene) ==
          "<fieldset class=\"node group invalid\" data-node=\"g\" id=\"g\" role=\"radiogroup\" aria-required=\"true\" "
          "aria-invalid=\"true\" aria-describedby=\"g-error\"><legend id=\"g-label\">Contrôle"
          "<span class=\"required\" aria-hidden=\"true\"> *</span></legend><p class=\"error\" "
          "id=\"g-error\">Répondez.</p>"
          "<div class=\"node radio\" data-node=\"g-house\"><input id=\"g-house\" type=\"radio\" name=\"check\" "
          "value=\"house\" "
          "checked><label id=\"g-house-label\" for=\"g-house\"><span class=\"icon icon-house\" "
          "aria-hidden=\"true\"></span>"
          "la maison<span class=\"required\" aria-hidden=\"true\"> *</span></label></div></fieldset>");
}

TEST_CASE("a group without a legend is only a row") {
    Builder page("", "fr", "");
    {
        const auto row = page.group("actions");
        page.button("previous", "PRÉCÉDENT", Emphasis::secondary).icon = Icon::arrow_left;
        page.submit("next", "SUIVANT").inline_row = true;
    }
    const auto scene = std::move(page).finish();
    CHECK(to_html(scene) ==
          "<div class=\"node group\" data-node=\"actions\" id=\"actions\">"
          "<button class=\"node button secondary\" data-node=\"previous\" id=\"previous\" type=\"button\">"
          "<span class=\"icon icon-arrow-left\" aria-hidden=\"true\"></span>PRÉCÉDENT</button>"
          "<button class=\"node button primary inline\" data-node=\"next\" id=\"next\" "
          "type=\"submit\">SUIVANT</button></div>");
}

TEST_CASE("a card is an article named by its heading; a paragraph may show a state with its picture") {
    Builder page{"", "fr", ""};
    {
        const auto card = page.card("request-1", 3, "Création", Emphasis::success);
        Node& state = page.paragraph("request-1-state", "Acceptée");
        state.icon = Icon::tick;
        state.emphasis = Emphasis::success;
    }
    const auto scene = std::move(page).finish();
    CHECK(to_html(scene) ==
          "<article class=\"node group card success\" data-node=\"request-1\" id=\"request-1\" "
          "aria-labelledby=\"request-1-title\"><h3 class=\"node heading\" data-node=\"request-1-title\" "
          "id=\"request-1-title\">Création</h3><p class=\"node paragraph success\" data-node=\"request-1-state\" "
          "id=\"request-1-state\"><span class=\"icon icon-tick\" aria-hidden=\"true\"></span>Acceptée</p></article>");
}

TEST_CASE("the paragraphs of a list are its items") {
    Builder page("", "fr", "");
    {
        const auto list = page.list("asked");
        page.paragraph("asked-1", "Votre nom");
    }
    const auto scene = std::move(page).finish();
    CHECK(to_html(scene) == "<ul class=\"node group list\" data-node=\"asked\" id=\"asked\">"
                            "<li class=\"node paragraph\" data-node=\"asked-1\" id=\"asked-1\">Votre nom</li></ul>");
}

TEST_CASE("a form never sends a password into an address") {
    CHECK(html_of(node_of(Role::form, "form")) ==
          "<form class=\"node form\" data-node=\"form\" id=\"form\" method=\"post\" novalidate></form>");
}

TEST_CASE("the first heading takes the focus of a new step") {
    Node heading = node_of(Role::heading, "title", "Votre identité");
    heading.level = 1;
    CHECK(html_of(heading) ==
          "<h1 class=\"node heading\" data-node=\"title\" id=\"title\" tabindex=\"-1\">Votre identité</h1>");
    heading.level = 2;
    CHECK(html_of(heading) == "<h2 class=\"node heading\" data-node=\"title\" id=\"title\">Votre identité</h2>");
}

TEST_CASE("the other roles are written as agreed") {
    Node select = node_of(Role::select, "s", "Civilité");
    select.name = "civility";
    select.options = {{"", "Choisir", true, false}, {"madame", "Madame", false, false}};
    CHECK(html_of(select) ==
          "<div class=\"node select\" data-node=\"s\"><label id=\"s-label\" for=\"s\">Civilité</label><select id=\"s\" "
          "name=\"civility\">"
          "<option value=\"\" selected>Choisir</option><option value=\"madame\">Madame</option></select></div>");

    Node box = node_of(Role::checkbox, "c", "J'ai lu");
    box.name = "consent";
    box.value = "yes";
    box.checked = true;
    box.required = true;
    CHECK(
        html_of(box) ==
        "<div class=\"node checkbox\" data-node=\"c\"><input id=\"c\" type=\"checkbox\" name=\"consent\" value=\"yes\" "
        "checked aria-required=\"true\"><label id=\"c-label\" for=\"c\">J&#39;ai lu"
        "<span class=\"required\" aria-hidden=\"true\"> *</span></label></div>");

    Node link = node_of(Role::link, "go-login", "Se connecter");
    link.href = "/oudon/connexion";
    CHECK(html_of(link) == "<p class=\"node link\" data-node=\"go-login\"><a id=\"go-login\" "
                           "href=\"/oudon/connexion\">Se connecter</a></p>");
    link.href.clear();
    CHECK(html_of(link) ==
          "<p class=\"node link\" data-node=\"go-login\"><button type=\"button\" class=\"as-link\" id=\"go-login\">"
          "Se connecter</button></p>");

    Node summary = node_of(Role::error_summary, "errors", "Corrigez");
    summary.rows.push_back({"Écrivez votre prénom.", "", "field-first_names", "", ""});
    CHECK(html_of(summary) == "<div class=\"node error_summary\" data-node=\"errors\" id=\"errors\" "
                              "tabindex=\"-1\"><div role=\"alert\"><h2>Corrigez</h2>"
                              "<ul><li><a href=\"#field-first_names\" data-action=\"field-first_names\">Écrivez votre "
                              "prénom.</a></li></ul></div></div>");

    CHECK(html_of(node_of(Role::status, "st")) ==
          "<p class=\"node status\" data-node=\"st\" id=\"st\" role=\"status\"></p>");

    Node progress = node_of(Role::progress, "progress", "Étape 2 sur 5");
    progress.hint = "Étape suivante";
    progress.width = 5;
    progress.fraction = 0.4;
    CHECK(html_of(progress) ==
          "<div class=\"node progress\" data-node=\"progress\" data-width=\"5\" id=\"progress\">"
          "<p class=\"label\">Étape 2 sur 5</p>"
          "<p class=\"bars\" aria-hidden=\"true\"><span class=\"done\"></span><span class=\"done\"></span>"
          "<span></span><span></span><span></span></p>"
          "<p class=\"hint\">Étape suivante</p></div>");

    Node table = node_of(Role::table, "r");
    table.rows.push_back({"Numéro", "1", "edit", "Modifier", "Modifier le numéro"});
    CHECK(html_of(table) ==
          "<dl class=\"node table\" data-node=\"r\" id=\"r\"><div><dt>Numéro</dt><dd>1</dd><dd "
          "class=\"action\"><button type=\"button\" "
          "class=\"as-link\" data-action=\"edit\" aria-label=\"Modifier le numéro\">Modifier</button></dd></div></dl>");

    Node suggestion = node_of(Role::suggestion, "g", "Communes");
    suggestion.options = {{"44115", "Oudon", true, false}};
    CHECK(html_of(suggestion) == "<div class=\"node suggestion\" data-node=\"g\" id=\"g\" role=\"group\" "
                                 "aria-labelledby=\"g-label\"><p class=\"label\" "
                                 "id=\"g-label\">Communes</p><ul><li><button type=\"button\" data-option=\"44115\" "
                                 "aria-pressed=\"true\">Oudon</button></li></ul></div>");

    Node figure = node_of(Role::figure, "f", "la maison");
    figure.icon = Icon::house;
    CHECK(html_of(figure) ==
          "<div class=\"node figure\" data-node=\"f\" id=\"f\" role=\"img\" aria-label=\"la maison\">"
          "<span class=\"icon icon-house\" aria-hidden=\"true\"></span></div>");
    figure.value = "/oudon/logo.svg";
    figure.label.clear();
    CHECK(html_of(figure) ==
          "<div class=\"node figure\" data-node=\"f\"><img id=\"f\" src=\"/oudon/logo.svg\" alt=\"\"></div>");

    Node notice = node_of(Role::notice, "n", "Enregistré");
    notice.emphasis = Emphasis::success;
    notice.icon = Icon::tick;
    CHECK(html_of(notice) == "<div class=\"node notice success\" data-node=\"n\" id=\"n\"><span class=\"icon "
                             "icon-tick\" aria-hidden=\"true\">"
                             "</span><p class=\"label\">Enregistré</p></div>");
}

TEST_CASE("the town's band and its contact are landmarks beside the page's main content") {
    Builder page("", "fr", "");
    { const auto header = page.group("page-header"); }
    page.heading("title", 1, "Titre");
    { const auto help = page.group("page-help"); }
    const auto scene = std::move(page).finish();
    CHECK(to_html(scene) == "<header class=\"node group\" data-node=\"page-header\" id=\"page-header\"></header>"
                            "<main><h1 class=\"node heading\" data-node=\"title\" id=\"title\" "
                            "tabindex=\"-1\">Titre</h1></main>"
                            "<aside class=\"node group\" data-node=\"page-help\" id=\"page-help\"></aside>");
}

TEST_CASE("a page without a contact closes its main content all the same") {
    Builder page("", "fr", "");
    { const auto header = page.group("page-header"); }
    page.heading("title", 1, "Titre");
    const std::string html = to_html(std::move(page).finish());
    REQUIRE(html.size() >= 7);
    CHECK(html.substr(html.size() - 7) == "</main>");
}
