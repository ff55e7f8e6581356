#include "scene/diff.h"

#include <string_view>
#include <unordered_map>

namespace foyer::scene {

namespace {

// Steps usually keep their nodes in place: the same index is tried before the map is made.
bool same_structure(const Scene& previous, const Scene& next) {
    if (previous.nodes.size() != next.nodes.size())
        return false;
    for (std::size_t i = 0; i < next.nodes.size(); ++i)
        if (previous.nodes[i].id != next.nodes[i].id || previous.nodes[i].parent != next.nodes[i].parent)
            return false;
    return true;
}

// The form each node stands in. A field that another form has under the same id is another field: what was typed in
// the one must not show up in the other.
std::unordered_map<std::string_view, std::string_view> forms_of(const Scene& scene) {
    std::unordered_map<std::string_view, std::string_view> forms;
    for (const Node& node : scene.nodes) {
        const auto parent = forms.find(node.parent);
        if (node.role == Role::form)
            forms.emplace(node.id, node.id);
        else if (parent != forms.end())
            forms.emplace(node.id, parent->second);
    }
    return forms;
}

void diff_nodes(const Scene& previous, const Scene& next, Patch& patch) {
    if (same_structure(previous, next)) {
        for (std::size_t i = 0; i < next.nodes.size(); ++i)
            if (!(previous.nodes[i] == next.nodes[i]))
                patch.changed.push_back(next.nodes[i]);
        return;
    }
    std::unordered_map<std::string_view, const Node*> before;
    for (const Node& node : previous.nodes)
        before.emplace(node.id, &node);
    const auto forms_before = forms_of(previous);
    const auto forms = forms_of(next);
    const auto changes_form = [&](const Node& node) {
        const auto then = forms_before.find(node.id);
        const auto now = forms.find(node.id);
        return then != forms_before.end() && now != forms.end() && then->second != now->second;
    };
    std::vector<std::string>& order = patch.order.emplace();
    for (const Node& node : next.nodes) {
        order.push_back(node.id);
        const auto found = before.find(node.id);
        if (found != before.end() && changes_form(node)) {
            patch.removed.push_back(node.id);
            patch.changed.push_back(node);
        } else if (found == before.end() || !(*found->second == node))
            patch.changed.push_back(node);
        if (found != before.end())
            before.erase(found);
    }
    for (const Node& node : previous.nodes)
        if (before.count(node.id) != 0)
            patch.removed.push_back(node.id);
}

} // namespace

bool Patch::empty() const {
    return changed.empty() && !order && removed.empty() && !title && !language && !path && focus.empty() &&
           !scroll_to_top;
}

Patch diff(const Scene& previous, const Scene& next) {
    Patch patch;
    diff_nodes(previous, next, patch);
    if (previous.title != next.title)
        patch.title = next.title;
    if (previous.language != next.language)
        patch.language = next.language;
    if (previous.path != next.path)
        patch.path = next.path;
    if (previous.focus_rev != next.focus_rev) {
        patch.focus = next.focus;
        patch.scroll_to_top = next.scroll_to_top;
    }
    return patch;
}

} // namespace foyer::scene
