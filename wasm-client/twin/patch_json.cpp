#include "twin/patch_json.h"

#include "scene/names.h"
#include "wire/json.h"

namespace foyer::twin {

namespace {

using wire::Json;

class NodeWriter {
public:
    explicit NodeWriter(Json& json) : m_json(json) {}
    void text(std::string_view name, const std::string& value) {
        if (!value.empty())
            m_json.set(name, value);
    }
    void flag(std::string_view name, bool value) {
        if (value)
            m_json.set(name, true);
    }
    void number(std::string_view name, std::uint32_t value) {
        if (value != 0)
            m_json.set(name, value);
    }

private:
    Json& m_json;
};

Json options_json(const std::vector<scene::Option>& options) {
    Json list = Json::array();
    for (const scene::Option& option : options) {
        Json json = Json::object();
        NodeWriter writer(json);
        writer.text("id", option.id);
        writer.text("label", option.label);
        writer.flag("selected", option.selected);
        writer.flag("disabled", option.disabled);
        list.push(std::move(json));
    }
    return list;
}

Json rows_json(const std::vector<scene::Row>& rows) {
    Json list = Json::array();
    for (const scene::Row& row : rows) {
        Json json = Json::object();
        NodeWriter writer(json);
        writer.text("term", row.term);
        writer.text("value", row.value);
        writer.text("action", row.action);
        writer.text("action_label", row.action_label);
        writer.text("action_name", row.action_name);
        list.push(std::move(json));
    }
    return list;
}

Json node_json(const scene::Node& node) {
    Json json = Json::object();
    json.set("id", node.id);
    json.set("role", scene::name(node.role));
    NodeWriter writer(json);
    writer.text("parent", node.parent);
    writer.number("level", node.level);
    writer.text("lang", node.lang);
    writer.text("label", node.label);
    writer.text("hint", node.hint);
    writer.text("error", node.error);
    writer.text("warning", node.warning);
    writer.flag("invalid", node.invalid);
    writer.text("value", node.value);
    writer.number("value_rev", node.value_rev);
    if (!node.options.empty())
        json.set("options", options_json(node.options));
    if (!node.rows.empty())
        json.set("rows", rows_json(node.rows));
    writer.flag("checked", node.checked);
    writer.flag("required", node.required);
    writer.flag("disabled", node.disabled);
    writer.flag("readonly", node.readonly);
    writer.text("type", node.type);
    writer.text("autocomplete", node.autocomplete);
    writer.text("inputmode", node.inputmode);
    writer.text("enterkeyhint", node.enterkeyhint);
    writer.text("autocapitalize", node.autocapitalize);
    writer.flag("spellcheck", node.spellcheck);
    writer.text("name", node.name);
    writer.text("href", node.href);
    if (node.emphasis != scene::Emphasis::normal)
        json.set("emphasis", scene::name(node.emphasis));
    if (node.icon != scene::Icon::none)
        json.set("icon", scene::name(node.icon));
    writer.number("width", node.width);
    if (node.role == scene::Role::progress)
        writer.number("done", static_cast<std::uint32_t>(scene::bars_done(node)));
    writer.flag("inline_row", node.inline_row);
    return json;
}

Json text_list(const std::vector<std::string>& texts) {
    Json list = Json::array();
    for (const std::string& text : texts)
        list.push(text);
    return list;
}

} // namespace

std::string patch_json(const scene::Patch& patch) {
    Json json = Json::object();
    Json nodes = Json::array();
    for (const scene::Node& node : patch.changed)
        nodes.push(node_json(node));
    json.set("nodes", std::move(nodes));
    if (patch.order)
        json.set("order", text_list(*patch.order));
    if (!patch.removed.empty())
        json.set("removed", text_list(patch.removed));
    if (patch.title)
        json.set("title", *patch.title);
    if (patch.language)
        json.set("language", *patch.language);
    NodeWriter writer(json);
    writer.text("focus", patch.focus);
    writer.flag("scroll_to_top", patch.scroll_to_top);
    return wire::write_json(json);
}

} // namespace foyer::twin
