#include "scene/diff.h"

#include <map>
#include <string_view>

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

struct Place {
    const Node* node = nullptr;
    std::string_view form; // the form it stands in, or empty
};
using Places = std::map<std::string_view, Place>;

Places places_of(const Scene& scene) {
    Places places;
    for (const Node& node : scene.nodes) {
        const auto parent = places.find(node.parent);
        const std::string_view form = node.role == Role::form  ? std::string_view(node.id)
                                      : parent != places.end() ? parent->second.form
                                                               : std::string_view();
        places.emplace(node.id, Place{&node, form});
    }
    return places;
}

void diff_nodes(const Scene& previous, const Scene& next, Patch& patch) {
    if (same_structure(previous, next)) {
        for (std::size_t i = 0; i < next.nodes.size(); ++i)
            if (!(previous.nodes[i] == next.nodes[i]))
                patch.changed.push_back(next.nodes[i]);
        return;
    }
    Places before = places_of(previous);
    const Places now = places_of(next);
    std::vector<std::string>& order = patch.order.emplace();
    for (const Node& node : next.nodes) {
        order.push_back(node.id);
        const auto found = before.find(node.id);
        if (found == before.end()) {
            patch.changed.push_back(node);
            continue;
        }
        // A field that another form has under the same id is another field: what was typed in the one must not show up
        // in the other.
        const std::string_view form = now.find(node.id)->second.form;
        const bool is_another = !form.empty() && !found->second.form.empty() && form != found->second.form;
        if (is_another)
            patch.removed.push_back(node.id);
        if (is_another || !(*found->second.node == node))
            patch.changed.push_back(node);
        before.erase(found);
    }
    for (const Node& node : previous.nodes)
        if (before.find(node.id) != before.end())
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
