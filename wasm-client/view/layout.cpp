#include "view/layout.h"

#include "view/placing.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace foyer::view {

namespace {

using scene::Icon;
using scene::Node;
using scene::Role;

using Positions = std::vector<std::size_t>;

// The two groups that stand around every step (wasm-client/wizard/describe.cpp).
bool is_band(const Node& node) { return node.role == Role::group && node.id == "page-header"; }
bool is_help(const Node& node) { return node.role == Role::group && node.id == "page-help"; }

bool is_container(const Node& node) { return node.role == Role::form || node.role == Role::group; }
bool has_legend(const Node& node) { return node.role == Role::group && !is_card(node) && !node.label.empty(); }
bool is_tickable(const Node& node) { return node.role == Role::checkbox || node.role == Role::radio; }
// A field for a few characters that needs no more words than its label: a floor, a staircase.
bool is_short_field(const Node& node) {
    constexpr std::uint8_t FEW = 10;
    return node.role == Role::text && node.width > 0 && node.width <= FEW && !node.label.empty() && node.hint.empty() &&
           node.error.empty() && node.warning.empty();
}
bool is_tile(const Node& node) { return node.role == Role::radio && node.icon != Icon::none; }

bool stand_in_a_row(const Node& before, const Node& after) {
    return after.inline_row || (is_tile(before) && is_tile(after)) || (is_short_field(before) && is_short_field(after));
}

// The white between two siblings: little within a thought, much between thoughts.
float gap_between(const Node& above, const Node& below) {
    if (is_card(below))
        return above.role == Role::heading ? 14 : is_card(above) ? space::LARGE : 24;
    if (above.role == Role::heading && below.role == Role::paragraph &&
        (below.icon != Icon::none || below.emphasis == scene::Emphasis::quiet))
        return space::TINY;
    if (below.role == Role::heading)
        return above.role == Role::progress ? 20 : below.level <= 1 ? 24 : space::PART;
    if (above.role == Role::heading)
        return above.level <= 1 ? space::LARGE : space::MEDIUM;
    if (is_tickable(above) && is_tickable(below))
        return 4;
    if (above.role == Role::link && below.role == Role::link && !looks_like_button(above) && !looks_like_button(below))
        return 0;
    if (above.role == Role::paragraph && below.role == Role::paragraph)
        return space::MEDIUM;
    // A link brings white of its own, as high as a thumb.
    if (below.role == Role::link && !looks_like_button(below) && (above.role == Role::paragraph || is_framed(above)))
        return space::SMALL;
    if (above.role == Role::link && !looks_like_button(above) && below.role == Role::paragraph)
        return space::SMALL;
    if (above.role == Role::figure)
        return space::LARGE;
    if (below.role == Role::suggestion || (below.role == Role::status && !is_framed(below)))
        return 10;
    if (above.role == Role::suggestion)
        return 22;
    // What shows a password or resends a mail belongs to what stands above it.
    if (below.role == Role::button && below.emphasis == scene::Emphasis::quiet)
        return 8;
    if (looks_like_button(below) && !looks_like_button(above))
        return 32;
    if (looks_like_button(above) && looks_like_button(below))
        return 14;
    return space::FIELD;
}

// In a card everything belongs together: the frame keeps it apart from the rest.
float gap_in_card(const Node& above, const Node& below) {
    if (above.role == Role::heading)
        return below.role == Role::paragraph ? 4 : 10;
    if (below.role == Role::link && !looks_like_button(below))
        return 6; // a link has white of its own, as high as a thumb
    if (above.role == Role::paragraph && below.role == Role::paragraph)
        return 6;
    if (looks_like_button(above) && looks_like_button(below))
        return space::MEDIUM;
    return looks_like_button(below) ? 18 : 14;
}

constexpr float HELP_GAP = space::PART;
constexpr float QUIET_OUTDENT = 12;

class Flow {
public:
    Flow(const scene::Scene& scene, const TextMeasure& measure, Layout& layout)
        : m_measure(measure), m_layout(layout), m_metrics(layout.metrics), m_children(scene.nodes.size()) {
        std::map<std::string_view, std::size_t> position_of;
        layout.nodes.resize(scene.nodes.size());
        for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
            const Node& node = scene.nodes[i];
            layout.nodes[i].node = &node;
            layout.nodes[i].position = static_cast<std::uint16_t>(i);
            position_of.emplace(node.id, i);
            const auto parent = position_of.find(node.parent);
            (parent == position_of.end() ? m_roots : m_children[parent->second]).push_back(i);
            layout.nodes[i].under_legend = parent != position_of.end() && has_legend(node_at(parent->second));
        }
    }

    // Returns where the last thing ends.
    float run(float top, Rect column) {
        if (!m_roots.empty() && is_band(node_at(m_roots.front()))) {
            top += band(m_roots.front(), column);
            m_roots.erase(m_roots.begin());
        }
        column.y = top;
        return top + siblings(m_roots, column, nullptr);
    }

private:
    const Node& node_at(std::size_t position) const { return *m_layout.nodes[position].node; }

    // The town's band: logo and name at the left, the page's tools at the right, or below where it is narrow.
    float band(std::size_t position, Rect column) {
        constexpr float PADDING = 18;
        constexpr float LOGO = 48;
        constexpr float GAP = 20;
        const Positions& children = m_children[position];
        std::size_t next = 0;
        float x = column.x;
        const float top = PADDING;
        if (!children.empty() && node_at(children[0]).role == Role::figure) {
            Placed& logo = m_layout.nodes[children[0]];
            logo.control = logo.bounds = {x, top, LOGO, LOGO};
            logo.pieces.push_back({Part::control, 0, logo.control});
            x += LOGO + 14;
            ++next;
        }
        float tools = 0;
        for (std::size_t i = next + 1; i < children.size(); ++i)
            tools += text_width(m_measure, m_metrics.small, node_at(children[i]).label) + GAP;
        const bool one_row = m_layout.width >= PHONE_WIDTH;
        float bottom = top + LOGO;
        if (next < children.size()) {
            const float room = column.right() - x - (one_row ? tools : 0);
            const float height = band_link(children[next], {x, top, room, 0}, m_metrics.strong, Ink::text, false);
            move(children[next], 0, std::max(0.0F, (LOGO - height) / 2));
            bottom = std::max(bottom, top + height);
            ++next;
        }
        x = one_row ? column.right() - tools + GAP : column.x;
        const float y = one_row ? top + (LOGO - m_metrics.target) / 2 : bottom + 4;
        for (; next < children.size(); ++next) {
            const float room = std::ceil(text_width(m_measure, m_metrics.small, node_at(children[next]).label)) + 1;
            bottom = std::max(bottom, y + band_link(children[next], {x, y, room, 0}, m_metrics.small, Ink::link, true));
            x += std::max(room, m_metrics.target) + GAP;
        }
        bottom += one_row ? PADDING : 6;
        Placed& placed = m_layout.nodes[position];
        placed.bounds = {0, 0, m_layout.width, bottom};
        placed.mark = {0, bottom - 1, m_layout.width, 1};
        return bottom;
    }

    float band_link(std::size_t position, Rect column, const TextStyle& style, Ink ink, bool underlined) {
        Placing placing(m_layout.nodes[position], m_measure, m_metrics, column);
        const float height = placing.band_link(style, ink, underlined);
        m_layout.nodes[position].bounds = {column.x, column.y, column.width, height};
        return height;
    }

    // A container without a label counts as its first child when it comes to the white above it.
    const Node& first_inside(std::size_t position) const {
        const Node& node = node_at(position);
        if (is_container(node) && !is_card(node) && node.label.empty() && !m_children[position].empty())
            return first_inside(m_children[position].front());
        return node;
    }

    float siblings(const Positions& positions, Rect column, const Node* parent) {
        float y = column.y;
        const Node* above = nullptr;
        for (std::size_t i = 0; i < positions.size();) {
            std::size_t end = i + 1;
            while (end < positions.size() && stand_in_a_row(node_at(positions[end - 1]), node_at(positions[end])))
                ++end;
            const Node& first = first_inside(positions[i]);
            float gap = !above                       ? 0
                        : parent && is_card(*parent) ? gap_in_card(*above, first)
                                                     : gap_between(*above, first);
            // The buttons that end a page stand apart from a button of its last part.
            if (above && !parent && looks_like_button(*above) && is_container(node_at(positions[i])) &&
                !is_card(node_at(positions[i])))
                gap = 36;
            if (parent && parent->type == "list")
                gap = above ? 6 : 0;
            const bool help = is_help(node_at(positions[i]));
            if (help)
                gap = 2 * HELP_GAP;
            const Rect rest{column.x, y + gap, column.width, 0};
            const float height = end - i > 1 || is_tile(node_at(positions[i])) ? row(positions, i, end, rest)
                                                                               : single(positions[i], rest, parent);
            if (help)
                m_layout.nodes[positions[i]].mark = {column.x, y + HELP_GAP, column.width, 1};
            // What is empty (a status that has nothing to say) takes no white either.
            if (height > 0) {
                y += gap + height;
                above = &node_at(positions[end - 1]);
            }
            i = end;
        }
        return y - column.y;
    }

    float single(std::size_t position, Rect column, const Node* parent) {
        const Node& node = node_at(position);
        if (looks_like_button(node)) {
            const float natural = Placing::natural_width(node, m_measure, m_metrics);
            // The words of a quiet one stand under those above it, its ground a little out of the column.
            const bool quiet = node.emphasis == scene::Emphasis::quiet;
            if (quiet)
                column = {column.x - QUIET_OUTDENT, column.y, column.width + 2 * QUIET_OUTDENT, 0};
            // On a phone a button of its own is as wide as the column; elsewhere as wide as its words.
            if (m_layout.width >= PHONE_WIDTH || quiet)
                column.width = std::min(column.width, natural);
        }
        if (parent && parent->type == "list") {
            m_layout.nodes[position].mark = {column.x + 6, column.y + m_metrics.body.line_height / 2 - 3, 6, 6};
            column.x += 26;
            column.width -= 26;
        }
        return place(position, column);
    }

    float place(std::size_t position, Rect column) {
        Placed& placed = m_layout.nodes[position];
        Placing placing(placed, m_measure, m_metrics, column);
        float height = 0;
        if (is_container(*placed.node)) {
            const float head = placing.container_head();
            const Positions& children = m_children[position];
            float gap = 0;
            if (head > 0 && !children.empty())
                gap = is_tickable(node_at(children.front())) && !is_tile(node_at(children.front())) ? 4 : 10;
            const float inset = is_card(*placed.node) ? m_metrics.card_padding : 0;
            const Rect inside{placing.left() + inset, column.y + head + gap + inset, placing.width() - 2 * inset, 0};
            height = head + gap + siblings(children, inside, placed.node) + 2 * inset;
        } else {
            height = placing.leaf();
        }
        placed.bounds = {column.x, column.y, column.width, height};
        return height;
    }

    void move(std::size_t position, float dx, float dy) {
        Placed& placed = m_layout.nodes[position];
        placed.bounds = placed.bounds.moved(dx, dy);
        placed.control = placed.control.moved(dx, dy);
        placed.mark = placed.mark.moved(dx, dy);
        for (TextBlock& text : placed.texts)
            text.rect = text.rect.moved(dx, dy);
        for (Piece& piece : placed.pieces)
            piece.rect = piece.rect.moved(dx, dy);
        for (const std::size_t child : m_children[position])
            move(child, dx, dy);
    }

    float row(const Positions& positions, std::size_t begin, std::size_t end, Rect column) {
        if (is_tile(node_at(positions[begin])))
            return tiles(positions, begin, end, column);
        bool only_buttons = true;
        for (std::size_t i = begin; i < end; ++i)
            only_buttons = only_buttons && looks_like_button(node_at(positions[i]));
        return only_buttons ? buttons(positions, begin, end, column) : cells(positions, begin, end, column);
    }

    // Pictures to choose from: equal cells, as many in a row as fit, every row as full as the others. They begin and
    // end at whole pixels: a frame between two of them is drawn on both, paler than it may be.
    float tiles(const Positions& positions, std::size_t begin, std::size_t end, Rect column) {
        constexpr float GAP = 12;
        constexpr float NARROWEST = 132;
        const auto count = end - begin;
        auto columns = static_cast<std::size_t>((column.width + GAP) / (NARROWEST + GAP));
        columns = std::clamp<std::size_t>(columns, 1, count);
        const std::size_t rows = (count + columns - 1) / columns;
        columns = (count + rows - 1) / rows;
        const float step = (column.width + GAP) / static_cast<float>(columns);
        float y = column.y;
        for (std::size_t i = 0; i < count; i += columns) {
            float tallest = 0;
            for (std::size_t j = i; j < std::min(i + columns, count); ++j) {
                const auto at = static_cast<float>(j - i);
                const float left = std::floor(at * step);
                const float width = std::floor((at + 1) * step) - GAP - left;
                tallest = std::max(tallest, place(positions[begin + j], {column.x + left, y, width, 0}));
            }
            y += tallest + GAP;
        }
        return y - GAP - column.y;
    }

    // How narrow a button may become: its longest word stays whole.
    float narrowest(const Node& button) const {
        return Placing::natural_width(button, m_measure, m_metrics) -
               text_width(m_measure, m_metrics.strong, button.label) +
               std::ceil(widest_word(m_measure, m_metrics.strong, button.label));
    }

    // What stands beside something higher is as high.
    static void stretch(Placed& button, float height) {
        const float more = height - button.bounds.height;
        button.bounds.height = button.control.height = height;
        for (Piece& piece : button.pieces)
            piece.rect.height = height;
        button.mark = button.mark.moved(0, more / 2);
        for (TextBlock& text : button.texts)
            text.rect = text.rect.moved(0, more / 2);
    }

    // PRÉCÉDENT at the left edge, SUIVANT at the right one. Where there is too little room the words of the way on take
    // another line, so that it never stands below the way back; under each other only where that is not enough.
    float buttons(const Positions& positions, std::size_t begin, std::size_t end, Rect column) {
        constexpr float GAP = 12;
        const auto count = static_cast<float>(end - begin);
        float needed = GAP * (count - 1);
        for (std::size_t i = begin; i < end; ++i)
            needed += Placing::natural_width(node_at(positions[i]), m_measure, m_metrics);
        const Node& last = node_at(positions[end - 1]);
        const bool last_right = last.emphasis == scene::Emphasis::primary;
        const float missing = std::max(0.0F, needed - column.width);
        const float last_width = Placing::natural_width(last, m_measure, m_metrics) - missing;
        if (missing > 0 && (!last_right || last_width < narrowest(last))) {
            float y = column.y;
            for (std::size_t i = begin; i < end; ++i)
                y += place(positions[i], {column.x, y, column.width, 0}) + GAP;
            return y - GAP - column.y;
        }
        const float spare =
            m_layout.width < PHONE_WIDTH && missing == 0 ? std::floor((column.width - needed) / count) : 0;
        float x = column.x;
        float tallest = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const bool is_last = i + 1 == end;
            const float width =
                (is_last ? last_width : Placing::natural_width(node_at(positions[i]), m_measure, m_metrics)) + spare;
            if (is_last && last_right)
                x = column.right() - width;
            tallest = std::max(tallest, place(positions[i], {x, column.y, width, 0}));
            x += width + GAP;
        }
        for (std::size_t i = begin; i < end; ++i)
            stretch(m_layout.nodes[positions[i]], tallest);
        return tallest;
    }

    // Fields and what belongs beside them, standing on one line at the bottom; the rest goes to the next line.
    float cells(const Positions& positions, std::size_t begin, std::size_t end, Rect column) {
        constexpr float GAP = 16;
        constexpr float BETWEEN_LINES = 20;
        constexpr float NARROWEST = 160; // of a field that takes what is left
        // What needs several lines stands in columns.
        float all = -GAP;
        float widest = 0;
        bool may_be_columns = true;
        for (std::size_t i = begin; i < end; ++i) {
            const float natural = Placing::natural_width(node_at(positions[i]), m_measure, m_metrics);
            may_be_columns = may_be_columns && natural > 0;
            all += natural + GAP;
            widest = std::max(widest, natural);
        }
        const float cell =
            may_be_columns && all > column.width ? std::min(widest, std::floor((column.width - GAP) / 2)) : 0;
        float y = column.y;
        std::size_t i = begin;
        while (i < end) {
            std::vector<float> widths;
            float used = 0;
            std::size_t flexible = 0;
            std::size_t line_end = i;
            for (; line_end < end; ++line_end) {
                const float natural =
                    cell > 0 ? cell : Placing::natural_width(node_at(positions[line_end]), m_measure, m_metrics);
                const float least = (natural > 0 ? std::min(natural, column.width) : NARROWEST);
                if (line_end > i && used + GAP + least > column.width)
                    break;
                used += (line_end > i ? GAP : 0) + least;
                flexible += natural > 0 ? 0 : 1;
                widths.push_back(natural > 0 ? least : 0);
            }
            const float spare =
                flexible ? NARROWEST + std::floor((column.width - used) / static_cast<float>(flexible)) : 0;
            std::vector<float> heights;
            float x = column.x;
            float tallest = 0;
            for (std::size_t j = i; j < line_end; ++j) {
                const float width = widths[j - i] > 0 ? widths[j - i] : spare;
                heights.push_back(place(positions[j], {x, y, width, 0}));
                tallest = std::max(tallest, heights.back());
                x += width + GAP;
            }
            for (std::size_t j = i; j < line_end; ++j)
                move(positions[j], 0, tallest - heights[j - i]);
            y += tallest + BETWEEN_LINES;
            i = line_end;
        }
        return y - BETWEEN_LINES - column.y;
    }

    const TextMeasure& m_measure;
    Layout& m_layout;
    const Metrics& m_metrics;
    std::vector<Positions> m_children;
    Positions m_roots;
};

} // namespace

Layout lay_out(const scene::Scene& scene, const TextMeasure& measure, float width) {
    Layout layout;
    layout.width = width;
    layout.metrics = metrics_for(width);
    const Metrics& metrics = layout.metrics;
    const float top = width < PHONE_WIDTH ? 24 : 40;
    const float bottom = width < PHONE_WIDTH ? 32 : 48;
    const float column = std::min(metrics.column, width - 2 * metrics.margin);
    Flow flow(scene, measure, layout);
    layout.height = flow.run(top, {std::floor((width - column) / 2), 0, column, 0}) + bottom;
    return layout;
}

std::vector<float> flat_rectangles(const Layout& layout) {
    std::vector<float> flat;
    for (const Placed& placed : layout.nodes)
        for (const Piece& piece : placed.pieces)
            flat.insert(flat.end(), {static_cast<float>(placed.position), static_cast<float>(piece.part),
                                     static_cast<float>(piece.index), piece.rect.x, piece.rect.y, piece.rect.width,
                                     piece.rect.height});
    return flat;
}

bool looks_like_button(const scene::Node& node) {
    return node.role == Role::button || (node.role == Role::link && (node.emphasis == scene::Emphasis::primary ||
                                                                     node.emphasis == scene::Emphasis::secondary));
}

bool is_card(const scene::Node& node) { return node.role == Role::group && node.type == "card"; }

bool is_framed(const scene::Node& node) {
    using scene::Emphasis;
    return node.role == Role::notice ||
           (node.role == Role::status && (node.emphasis == Emphasis::primary || node.emphasis == Emphasis::success ||
                                          node.emphasis == Emphasis::warning || node.emphasis == Emphasis::danger));
}

bool is_invalid(const scene::Node& node) { return node.invalid || !node.error.empty(); }

} // namespace foyer::view
