#include "scene/builder.h"

#include <utility>

namespace foyer::scene {

Builder::Builder(std::string title, std::string language, std::string path) {
    m_scene.title = std::move(title);
    m_scene.language = std::move(language);
    m_scene.path = std::move(path);
}

Builder::Inside::Inside(Builder& builder, std::string id) : m_builder(builder) {
    m_builder.m_open.push_back(std::move(id));
}

Builder::Inside::~Inside() { m_builder.m_open.pop_back(); }

Node& Builder::add(Role role, std::string id, std::string label) {
    Node& node = m_scene.nodes.emplace_back();
    node.id = std::move(id);
    node.role = role;
    node.label = std::move(label);
    if (!m_open.empty())
        node.parent = m_open.back();
    return node;
}

Builder::Inside Builder::form(std::string id) {
    add(Role::form, id);
    return Inside(*this, std::move(id));
}

Builder::Inside Builder::group(std::string id, std::string legend) {
    add(Role::group, id, std::move(legend));
    return Inside(*this, std::move(id));
}

Builder::Inside Builder::list(std::string id) {
    add(Role::group, id).type = "list";
    return Inside(*this, std::move(id));
}

Builder::Inside Builder::card(std::string id, std::uint8_t level, std::string title, Emphasis emphasis) {
    Node& node = add(Role::group, id);
    node.type = "card";
    node.emphasis = emphasis;
    // returned as it is made: it cannot be moved, its end closes the container
    Node& heading = add(Role::heading, id + "-title", std::move(title));
    heading.level = level;
    heading.parent = id;
    return Inside(*this, std::move(id));
}

Builder::Inside Builder::inside(std::string id) { return Inside(*this, std::move(id)); }

Node& Builder::heading(std::string id, std::uint8_t level, std::string text) {
    Node& node = add(Role::heading, std::move(id), std::move(text));
    node.level = level;
    return node;
}

Node& Builder::paragraph(std::string id, std::string text) {
    return add(Role::paragraph, std::move(id), std::move(text));
}

void tell(Node& node, Emphasis emphasis, std::string sentence) {
    node.label = std::move(sentence);
    node.emphasis = emphasis;
    switch (emphasis) {
    case Emphasis::success:
        node.icon = Icon::tick;
        break;
    case Emphasis::warning:
        node.icon = Icon::warning;
        break;
    case Emphasis::danger:
        node.icon = Icon::error;
        break;
    default:
        node.icon = Icon::information;
        break;
    }
}

Node& Builder::notice(std::string id, Emphasis emphasis, std::string text) {
    Node& node = add(Role::notice, std::move(id));
    tell(node, emphasis, std::move(text));
    return node;
}

Node& Builder::field(std::string id, std::string label) {
    Node& node = add(Role::text, std::move(id), std::move(label));
    node.type = "text";
    node.enterkeyhint = "next";
    return node;
}

Node& Builder::button(std::string id, std::string label, Emphasis emphasis) {
    Node& node = add(Role::button, std::move(id), std::move(label));
    node.type = "button";
    node.emphasis = emphasis;
    return node;
}

Node& Builder::submit(std::string id, std::string label) {
    Node& node = button(std::move(id), std::move(label), Emphasis::primary);
    node.type = "submit";
    return node;
}

Node& Builder::link(std::string id, std::string label, std::string href) {
    Node& node = add(Role::link, std::move(id), std::move(label));
    node.href = std::move(href);
    return node;
}

void Builder::focus(std::string id, std::uint32_t revision, bool scroll_to_top) {
    m_scene.focus = std::move(id);
    m_scene.focus_rev = revision;
    m_scene.scroll_to_top = scroll_to_top;
}

Scene Builder::finish() && { return std::move(m_scene); }

} // namespace foyer::scene
