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
    std::vector<std::string>& order = patch.order.emplace();
    for (const Node& node : next.nodes) {
        order.push_back(node.id);
        const auto found = before.find(node.id);
        if (found == before.end() || !(*found->second == node))
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
