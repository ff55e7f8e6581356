#include "pages/shell_page.h"

#include "form/form.h"
#include "pages/embedded.h"
#include "scene/html.h"
#include "support/html.h"
#include "wizard/describe.h"
#include "wizard/route.h"
#include "wizard/update.h"

namespace foyer::server::pages {

namespace {

std::string contact_of(const portal::Portal& portal) {
    std::string line = portal.contact.name;
    for (const std::string* part : {&portal.contact.phone, &portal.contact.email})
        if (!part->empty())
            line += (line.empty() ? "" : " · ") + *part;
    return line;
}

struct OtherLanguage {
    std::string code, name, address;
};

OtherLanguage other_language(const ShellInput& input, const std::string& path) {
    OtherLanguage other;
    other.code = input.texts.language() == "en" ? "fr" : "en";
    other.name = other.code == "en" ? "English" : "Français";
    const bool is_default = !input.portal.languages.empty() && input.portal.languages.front() == other.code;
    other.address = "/" + input.portal.slug + "/" + path + (is_default ? "" : "?lang=" + other.code);
    return other;
}

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

} // namespace

std::optional<std::string> shell_page(const ShellInput& input) {
    wizard::Environment environment = wizard::environment_of(input.portal, input.texts, input.now);
    environment.prefix = "/" + input.portal.slug;
    if (!wizard::route_of(input.path, environment))
        return std::nullopt;
    wizard::Start begin;
    begin.path = input.path;
    begin.query = input.query;
    begin.language = std::string(input.texts.language());
    const wizard::Update first = wizard::start(begin, environment);
    const scene::Scene scene = wizard::describe(first.state, environment);
    const OtherLanguage other = other_language(input, input.path);

    return fill(shell_template(), [&](std::string_view name) -> std::string {
        if (name == "scene")
            return scene::to_html(scene);
        if (name == "language")
            return escape_html(scene.language);
        if (name == "title")
            return escape_html(scene.title);
        if (name == "slug")
            return escape_html(input.portal.slug);
        if (name == "town")
            return escape_html(input.portal.name);
        if (name == "space_name")
            return escape_html(form::in_language(input.portal.space_name, input.texts.language()));
        if (name == "primary")
            return portal::text_of(input.portal.theme.primary);
        if (name == "other_language")
            return other.code;
        if (name == "other_language_name")
            return escape_html(other.name);
        if (name == "other_language_address")
            return escape_html(other.address);
        if (name == "skip_to_content")
            return escape_html(input.texts.get(TextKey::server_page_skip));
        if (name == "tools_label")
            return escape_html(input.texts.get(TextKey::server_page_tools));
        if (name == "contact")
            return escape_html(contact_of(input.portal));
        if (name == "needs_script")
            return escape_html(input.texts.get(TextKey::server_page_no_script));
        return escape_html(input.asset(name));
    });
}

} // namespace foyer::server::pages
