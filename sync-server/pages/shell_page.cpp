#include "pages/shell_page.h"

#include "pages/accessibility_page.h"
#include "pages/embedded.h"
#include "pages/foot.h"
#include "scene/html.h"
#include "support/html.h"
#include "wizard/describe.h"
#include "wizard/route.h"
#include "wizard/update.h"

namespace foyer::server::pages {

namespace {

std::string fill(std::string_view text, const std::function<std::string(std::string_view)>& value) {
    std::string filled;
    while (true) {
        const std::size_t open = text.find("{{");
        const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
        if (close == std::string_view::npos)
            return filled.append(text);
        filled.append(text.substr(0, open)).append(value(text.substr(open + 2, close - open - 2)));
        text.remove_prefix(close + 2);
    }
}

// What the page shows, and in which language.
struct Shown {
    std::string language, title, scene;
};

std::string page_around(const ShellInput& input, const Shown& shown) {
    return fill(shell_template(), [&](std::string_view name) -> std::string {
        if (name == "scene")
            return shown.scene;
        if (name == "language")
            return escape_html(shown.language);
        if (name == "title")
            return escape_html(shown.title);
        if (name == "slug")
            return escape_html(input.portal.slug);
        if (name == "set")
            return escape_html(input.edition.set);
        if (name == "revision")
            return escape_html(input.edition.revision);
        if (name == "addresses")
            return escape_html(input.edition.addresses);
        if (name == "primary")
            return portal::text_of(input.portal.theme.primary);
        if (name == "skip_to_content")
            return escape_html(input.texts.get(TextKey::server_page_skip));
        if (name == "foot")
            return foot(input.portal, input.texts, input.conformity);
        if (name == "otherwise")
            return escape_html(otherwise(input.portal, input.texts));
        if (name == "needs_script")
            return escape_html(input.texts.get(TextKey::server_page_no_script));
        return escape_html(input.asset(name));
    });
}

} // namespace

std::optional<std::string> shell_page(const ShellInput& input) {
    wizard::Environment environment = wizard::environment_of(input.portal, input.texts, input.now);
    environment.prefix = "/" + input.portal.slug;
    environment.addresses = !input.edition.addresses.empty();
    if (!wizard::route_of(input.path, environment))
        return std::nullopt;
    wizard::Start begin;
    begin.path = input.path;
    begin.query = input.query;
    begin.language = std::string(input.texts.language());
    const wizard::Update first = wizard::start(begin, environment);
    const scene::Scene scene = wizard::describe(first.state, environment);

    return page_around(input, {scene.language, scene.title, scene::to_html(scene)});
}

std::string bare_shell_page(const ShellInput& input) {
    const std::string language(input.texts.language());
    const std::string space(form::in_language(input.portal.space_name, language));
    // The twin takes it away with the first scene, as it does with all that the scene does not have.
    return page_around(input, {language, space + " – " + input.portal.name,
                               "<main><h1 id=\"title\" data-node=\"title\" class=\"node heading\" tabindex=\"-1\">" +
                                   escape_html(space) + "</h1></main>"});
}

} // namespace foyer::server::pages
