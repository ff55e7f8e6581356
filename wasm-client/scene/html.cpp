#include "scene/html.h"

#include "scene/names.h"

#include <unordered_map>
#include <vector>

namespace foyer::scene {

namespace {

// The town's band and its contact are landmarks of their own; what is between them is the page's <main>.
constexpr std::string_view HEADER = "page-header";
constexpr std::string_view HELP = "page-help";

using Children = std::unordered_map<std::string_view, std::vector<const Node*>>;

class Writer {
public:
    explicit Writer(const Children& children) : m_children(children) {}

    void node(const Node& node, bool as_list_item);
    void raw(std::string_view text) { m_out.append(text); }
    std::string take() && { return std::move(m_out); }

private:
    void text(std::string_view text) { m_out.append(escape_html(text)); }
    void attribute(std::string_view name, std::string_view value);
    void attribute_if(std::string_view name, std::string_view value);
    void flag(std::string_view name, bool set);

    void open_outer(std::string_view tag, const Node& node);
    void id_of(const Node& node) { attribute("id", node.id); }
    void label(const Node& node);
    void label_text(const Node& node);
    void icon(Icon icon);
    void part(const Node& node, std::string_view name, std::string_view content);
    void parts(const Node& node);
    void states(const Node& node);
    void described_by(const Node& node);
    void children(const Node& node, bool as_list_items);
    void simple(std::string_view tag, const Node& node);

    void form(const Node& node);
    void group(const Node& node);
    void heading(const Node& node);
    void entry(const Node& node);
    void list_states(const Node& node);
    void listbox(const Node& node);
    void select(const Node& node);
    void tickable(const Node& node);
    void button(const Node& node);
    void link(const Node& node);
    void error_summary(const Node& node);
    void status(const Node& node);
    void progress(const Node& node);
    void table(const Node& node);
    void suggestion(const Node& node);
    void figure(const Node& node);
    void notice(const Node& node);

    const Children& m_children;
    std::string m_out;
};

bool is_invalid(const Node& node) { return node.invalid || !node.error.empty(); }

bool icon_follows(Icon icon) { return icon == Icon::arrow_right || icon == Icon::external; }

void Writer::attribute(std::string_view name, std::string_view value) {
    raw(" ");
    raw(name);
    raw("=\"");
    text(value);
    raw("\"");
}

void Writer::attribute_if(std::string_view name, std::string_view value) {
    if (!value.empty())
        attribute(name, value);
}

void Writer::flag(std::string_view name, bool set) {
    if (set) {
        raw(" ");
        raw(name);
    }
}

// <tag class="node role emphasis inline invalid" data-node="id" lang data-width — left open for more attributes.
void Writer::open_outer(std::string_view tag, const Node& node) {
    raw("<");
    raw(tag);
    std::string classes = "node ";
    classes += name(node.role);
    if (node.role == Role::group && (node.type == "list" || node.type == "card"))
        classes.append(" ").append(node.type);
    if (node.emphasis != Emphasis::normal) {
        classes += ' ';
        classes += name(node.emphasis);
    }
    if (node.inline_row)
        classes += " inline";
    if (is_invalid(node))
        classes += " invalid";
    attribute("class", classes);
    attribute("data-node", node.id);
    attribute_if("lang", node.lang);
    if (node.width > 0)
        attribute("data-width", std::to_string(node.width));
}

void Writer::icon(Icon icon) {
    if (icon == Icon::none)
        return;
    raw("<span class=\"icon icon-");
    raw(name(icon));
    raw("\" aria-hidden=\"true\"></span>");
}

void Writer::label_text(const Node& node) {
    text(node.label);
    if (node.required)
        raw("<span class=\"required\" aria-hidden=\"true\"> *</span>");
}

void Writer::label(const Node& node) {
    raw("<label");
    attribute("id", node.id + "-label");
    attribute("for", node.id);
    raw(">");
    if (node.role == Role::checkbox || node.role == Role::radio)
        icon(node.icon);
    label_text(node);
    raw("</label>");
}

void Writer::part(const Node& node, std::string_view name, std::string_view content) {
    if (content.empty())
        return;
    raw("<p");
    attribute("class", name);
    attribute("id", node.id + "-" + std::string(name));
    raw(">");
    text(content);
    raw("</p>");
}

void Writer::parts(const Node& node) {
    part(node, "hint", node.hint);
    part(node, "error", node.error);
    part(node, "warning", node.warning);
}

void Writer::described_by(const Node& node) {
    std::string ids;
    const auto add = [&](std::string_view content, std::string_view suffix) {
        if (content.empty())
            return;
        if (!ids.empty())
            ids += ' ';
        ids += node.id;
        ids += suffix;
    };
    add(node.hint, "-hint");
    add(node.error, "-error");
    add(node.warning, "-warning");
    attribute_if("aria-describedby", ids);
}

void Writer::states(const Node& node) {
    const bool group_speaks = node.role == Role::radio;
    if (node.required && !group_speaks)
        attribute("aria-required", "true");
    if (is_invalid(node) && !group_speaks)
        attribute("aria-invalid", "true");
    described_by(node);
}

void Writer::children(const Node& parent, bool as_list_items) {
    const auto found = m_children.find(parent.id);
    if (found == m_children.end())
        return;
    for (const Node* child : found->second)
        node(*child, as_list_items);
}

void Writer::simple(std::string_view tag, const Node& node) {
    open_outer(tag, node);
    id_of(node);
    raw(">");
    icon(node.icon);
    text(node.label);
    raw("</");
    raw(tag);
    raw(">");
}

void Writer::form(const Node& node) {
    open_outer("form", node);
    id_of(node);
    raw(" method=\"post\" novalidate>");
    children(node, false);
    raw("</form>");
}

void Writer::group(const Node& node) {
    if (node.type == "list") {
        open_outer("ul", node);
        id_of(node);
        raw(">");
        children(node, true);
        raw("</ul>");
        return;
    }
    if (node.type == "card") {
        open_outer("article", node);
        id_of(node);
        attribute("aria-labelledby", node.id + "-title");
        raw(">");
        children(node, false);
        raw("</article>");
        return;
    }
    if (node.label.empty()) {
        const std::string_view tag = node.id == HEADER ? "header" : node.id == HELP ? "aside" : "div";
        open_outer(tag, node);
        id_of(node);
        raw(">");
        children(node, false);
        raw("</");
        raw(tag);
        raw(">");
        return;
    }
    open_outer("fieldset", node);
    id_of(node);
    if (node.type == "radiogroup") {
        attribute("role", "radiogroup");
        states(node);
    } else {
        described_by(node);
    }
    raw("><legend");
    attribute("id", node.id + "-label");
    raw(">");
    label_text(node);
    raw("</legend>");
    parts(node);
    children(node, false);
    raw("</fieldset>");
}

void Writer::heading(const Node& node) {
    const std::string tag = "h" + std::to_string(node.level == 0 ? 1 : node.level);
    open_outer(tag, node);
    id_of(node);
    if (node.level <= 1)
        attribute("tabindex", "-1");
    raw(">");
    text(node.label);
    raw("</" + tag + ">");
}

void Writer::entry(const Node& node) {
    open_outer("div", node);
    raw(">");
    label(node);
    parts(node);
    raw("<input");
    id_of(node);
    attribute("type", !node.type.empty() ? node.type : node.role == Role::password ? "password" : "text");
    attribute_if("name", node.name);
    if (!node.secret)
        attribute_if("value", node.value);
    attribute_if("autocomplete", node.autocomplete);
    attribute_if("inputmode", node.inputmode);
    attribute_if("enterkeyhint", node.enterkeyhint);
    attribute_if("autocapitalize", node.autocapitalize);
    attribute("spellcheck", node.spellcheck ? "true" : "false");
    states(node);
    flag("readonly", node.readonly);
    flag("disabled", node.disabled);
    if (node.role == Role::combobox)
        list_states(node);
    raw(">");
    icon(node.icon);
    if (node.role == Role::combobox && !node.options.empty())
        listbox(node);
    raw("</div>");
}

void Writer::list_states(const Node& node) {
    attribute("role", "combobox");
    attribute("aria-autocomplete", "list");
    attribute("aria-expanded", node.options.empty() ? "false" : "true");
    if (!node.options.empty())
        attribute("aria-controls", node.id + "-list");
    for (std::size_t i = 0; i < node.options.size(); ++i)
        if (node.options[i].selected)
            attribute("aria-activedescendant", node.id + "-option-" + std::to_string(i));
}

void Writer::listbox(const Node& node) {
    raw("<ul");
    attribute("id", node.id + "-list");
    attribute("role", "listbox");
    attribute("aria-labelledby", node.id + "-label");
    raw(">");
    for (std::size_t i = 0; i < node.options.size(); ++i) {
        raw("<li");
        attribute("id", node.id + "-option-" + std::to_string(i));
        attribute("role", "option");
        attribute("data-option", node.options[i].id);
        attribute("aria-selected", node.options[i].selected ? "true" : "false");
        raw(">");
        text(node.options[i].label);
        raw("</li>");
    }
    raw("</ul>");
}

void Writer::select(const Node& node) {
    open_outer("div", node);
    raw(">");
    label(node);
    parts(node);
    raw("<select");
    id_of(node);
    attribute_if("name", node.name);
    attribute_if("autocomplete", node.autocomplete);
    states(node);
    flag("disabled", node.disabled);
    raw(">");
    for (const Option& option : node.options) {
        raw("<option");
        attribute("value", option.id);
        flag("selected", option.selected);
        flag("disabled", option.disabled);
        raw(">");
        text(option.label);
        raw("</option>");
    }
    raw("</select></div>");
}

void Writer::tickable(const Node& node) {
    open_outer("div", node);
    raw("><input");
    id_of(node);
    attribute("type", name(node.role));
    attribute_if("name", node.name);
    attribute_if("value", node.value);
    flag("checked", node.checked);
    states(node);
    flag("disabled", node.disabled);
    raw(">");
    label(node);
    parts(node);
    raw("</div>");
}

void Writer::button(const Node& node) {
    open_outer("button", node);
    id_of(node);
    attribute("type", node.type.empty() ? "button" : node.type);
    attribute_if("aria-label", node.hint);
    flag("disabled", node.disabled);
    raw(">");
    if (!icon_follows(node.icon))
        icon(node.icon);
    text(node.label);
    if (icon_follows(node.icon))
        icon(node.icon);
    raw("</button>");
}

void Writer::link(const Node& node) {
    open_outer("p", node);
    raw(">");
    const bool leads = !node.href.empty();
    raw(leads ? "<a" : "<button type=\"button\" class=\"as-link\"");
    id_of(node);
    if (leads)
        attribute("href", node.href);
    attribute_if("aria-label", node.hint);
    raw(">");
    if (!icon_follows(node.icon))
        icon(node.icon);
    text(node.label);
    if (icon_follows(node.icon))
        icon(node.icon);
    raw(leads ? "</a></p>" : "</button></p>");
}

void Writer::error_summary(const Node& node) {
    open_outer("div", node);
    id_of(node);
    raw(" tabindex=\"-1\"><div role=\"alert\"><h2>");
    text(node.label);
    raw("</h2><ul>");
    for (const Row& row : node.rows) {
        raw("<li><a");
        attribute("href", "#" + row.action);
        attribute("data-action", row.action);
        raw(">");
        text(row.term);
        raw("</a></li>");
    }
    raw("</ul></div></div>");
}

void Writer::status(const Node& node) {
    open_outer("p", node);
    id_of(node);
    raw(" role=\"status\">");
    text(node.label);
    raw("</p>");
}

void Writer::progress(const Node& node) {
    open_outer("div", node);
    id_of(node);
    raw("><p class=\"label\">");
    text(node.label);
    raw("</p>");
    if (node.width > 0) {
        raw("<p class=\"bars\" aria-hidden=\"true\">");
        for (int bar = 0; bar < node.width; ++bar)
            raw(bar < bars_done(node) ? "<span class=\"done\"></span>" : "<span></span>");
        raw("</p>");
    }
    if (!node.hint.empty()) {
        raw("<p class=\"hint\">");
        text(node.hint);
        raw("</p>");
    }
    raw("</div>");
}

void Writer::table(const Node& node) {
    open_outer("dl", node);
    id_of(node);
    raw(">");
    for (const Row& row : node.rows) {
        raw("<div><dt>");
        text(row.term);
        raw("</dt><dd>");
        text(row.value);
        raw("</dd>");
        if (!row.action.empty()) {
            raw("<dd class=\"action\"><button type=\"button\" class=\"as-link\"");
            attribute("data-action", row.action);
            attribute_if("aria-label", row.action_name);
            raw(">");
            text(row.action_label);
            raw("</button></dd>");
        }
        raw("</div>");
    }
    raw("</dl>");
}

void Writer::suggestion(const Node& node) {
    open_outer("div", node);
    id_of(node);
    attribute("role", "group");
    attribute("aria-labelledby", node.id + "-label");
    raw("><p class=\"label\"");
    attribute("id", node.id + "-label");
    raw(">");
    text(node.label);
    raw("</p><ul>");
    for (const Option& option : node.options) {
        raw("<li><button type=\"button\"");
        attribute("data-option", option.id);
        if (option.selected)
            attribute("aria-pressed", "true");
        flag("disabled", option.disabled);
        raw(">");
        text(option.label);
        raw("</button></li>");
    }
    raw("</ul></div>");
}

void Writer::figure(const Node& node) {
    open_outer("div", node);
    if (!node.value.empty()) {
        raw("><img");
        id_of(node);
        attribute("src", node.value);
        attribute("alt", node.label);
        raw("></div>");
        return;
    }
    id_of(node);
    if (node.label.empty()) {
        attribute("aria-hidden", "true");
    } else {
        attribute("role", "img");
        attribute("aria-label", node.label);
    }
    raw(">");
    icon(node.icon);
    raw("</div>");
}

void Writer::notice(const Node& node) {
    open_outer("div", node);
    id_of(node);
    raw(">");
    icon(node.icon);
    raw("<p class=\"label\">");
    text(node.label);
    raw("</p>");
    if (!node.hint.empty()) {
        raw("<p class=\"hint\">");
        text(node.hint);
        raw("</p>");
    }
    raw("</div>");
}

void Writer::node(const Node& node, bool as_list_item) {
    switch (node.role) {
    case Role::form:
        return form(node);
    case Role::group:
        return group(node);
    case Role::heading:
        return heading(node);
    case Role::paragraph:
        return simple(as_list_item ? "li" : "p", node);
    case Role::text:
    case Role::combobox:
    case Role::password:
        return entry(node);
    case Role::select:
        return select(node);
    case Role::radio:
    case Role::checkbox:
        return tickable(node);
    case Role::button:
        return button(node);
    case Role::link:
        return link(node);
    case Role::error_summary:
        return error_summary(node);
    case Role::status:
        return status(node);
    case Role::progress:
        return progress(node);
    case Role::table:
        return table(node);
    case Role::suggestion:
        return suggestion(node);
    case Role::figure:
        return figure(node);
    case Role::notice:
        return notice(node);
    }
}

} // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char character : text) {
        switch (character) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        case '\t':
        case '\n':
            out += character;
            break;
        default:
            if (static_cast<unsigned char>(character) < 0x20 || character == 0x7F)
                out += "\xEF\xBF\xBD";
            else
                out += character;
        }
    }
    return out;
}

std::string to_html(const Scene& scene) {
    Children children;
    for (const Node& node : scene.nodes)
        children[node.parent].push_back(&node);
    const std::vector<const Node*>& top = children[""];
    const bool is_page = !top.empty() && top.front()->id == HEADER;
    Writer writer(children);
    bool in_main = false;
    for (const Node* node : top) {
        const bool is_landmark = node->id == HEADER || node->id == HELP;
        if (is_page && is_landmark == in_main) {
            writer.raw(in_main ? "</main>" : "<main>");
            in_main = !in_main;
        }
        writer.node(*node, false);
    }
    if (in_main)
        writer.raw("</main>");
    return std::move(writer).take();
}

} // namespace foyer::scene
