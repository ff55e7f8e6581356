// Where everything of a step stands. Pure: from a scene, a width and the fonts' advances to rectangles; the painters
// and the DOM twin both use these and nothing else, so they cannot disagree.
#pragma once

#include "scene/node.h"
#include "view/geometry.h"
#include "view/text_measure.h"
#include "view/theme.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace foyer::view {

// The pieces of a node that are elements of their own in the page (docs/scene-dom.md). The numbers are sent to the
// twin.
enum class Part : std::uint8_t {
    control = 0, // the element that carries the node's id
    label = 1,
    hint = 2,
    error = 3,
    warning = 4,
    item = 5,   // the n-th link of an error summary, button of a suggestion, option of a combobox
    term = 6,   // of the n-th row of a table
    value = 7,  // of the n-th row of a table
    action = 8, // of the n-th row of a table
};

enum class Ink : std::uint8_t { text, quiet, error, warning, success, link, on_primary, danger, disabled };

// Text with its line breaks decided. The lines point into the scene's strings.
struct TextBlock {
    Rect rect;
    TextStyle style;
    Ink ink = Ink::text;
    std::vector<std::string_view> lines;
    bool centred = false;
    bool underlined = false;
    bool required_mark = false; // a red star after the last line
};

struct Piece {
    Part part = Part::control;
    std::uint16_t index = 0; // which row or item
    Rect rect;
};

// One node in its place.
struct Placed {
    const scene::Node* node = nullptr;
    std::uint16_t position = 0; // in the scene's list
    Rect bounds;                // everything of the node, its children included
    Rect control;               // what is pressed or typed into; empty for plain text
    Rect mark;                  // a checkbox's square, a radio's circle, an icon
    bool error_bar = false;     // a red bar runs down the left of `bounds`
    bool under_legend = false;  // its label is a part of what a legend asks
    std::vector<TextBlock> texts;
    std::vector<Piece> pieces;
};

struct Layout {
    std::vector<Placed> nodes; // in the scene's order
    float width = 0;
    float height = 0;
    Metrics metrics;
};

// The scene must outlive the layout.
[[nodiscard]] Layout lay_out(const scene::Scene& scene, const TextMeasure& measure, float width);

// What the twin is sent: seven numbers for every piece: position of the node, part, index, x, y, width, height.
[[nodiscard]] std::vector<float> flat_rectangles(const Layout& layout);

// A button, or a link that looks like one because it is the way on.
[[nodiscard]] bool looks_like_button(const scene::Node& node);

// A group that stands in a frame.
[[nodiscard]] bool is_card(const scene::Node& node);

// A notice, and a status that tells how something ended.
[[nodiscard]] bool is_framed(const scene::Node& node);

// A node is invalid when it says so or carries an error.
[[nodiscard]] bool is_invalid(const scene::Node& node);

} // namespace foyer::view
