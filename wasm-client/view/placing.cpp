#include "view/placing.h"

#include <algorithm>
#include <cmath>

namespace foyer::view {

namespace {

using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;

constexpr float ICON = 24;
constexpr float ICON_GAP = 10;
constexpr float ENTRY_PADDING = 14; // also in web/style/canvas.css: the typed text starts where ImGui would put it
constexpr float SELECT_ARROW = 32;
constexpr float LABEL_STAR = 16;
constexpr float TILE_HEIGHT = 116;
constexpr float TWO_COLUMNS = 480; // from this width on a table has its terms beside its values

// A field for few characters shows them all: capitals are wider than figures.
float entry_width(const Node& node, const TextMeasure& measure, const Metrics& metrics) {
    const float letter = measure.advance(metrics.body, node.width > 4 ? 'E' : '0');
    return std::ceil(letter * static_cast<float>(node.width)) + 2 * ENTRY_PADDING + 4 +
           (node.role == Role::select ? SELECT_ARROW : 0);
}

float padding_of(const Node& node, const Metrics& metrics) {
    return node.emphasis == Emphasis::quiet ? 12 : metrics.button_padding;
}

} // namespace

Placing::Placing(Placed& placed, const TextMeasure& measure, const Metrics& metrics, Rect column)
    : m_placed(placed), m_node(*placed.node), m_measure(measure), m_metrics(metrics), m_left(column.x),
      m_right(column.right()), m_top(column.y), m_y(column.y) {}

Rect Placing::text(std::string_view content, const TextStyle& style, Ink ink, Rect within) {
    TextBlock block;
    block.style = style;
    block.ink = ink;
    block.lines = break_lines(m_measure, style, content, within.width);
    block.rect = within;
    block.rect.height = style.line_height * static_cast<float>(block.lines.size());
    m_placed.texts.push_back(std::move(block));
    return last_text().rect;
}

void Placing::piece(Part part, Rect rect, std::size_t index) {
    m_placed.pieces.push_back({part, static_cast<std::uint16_t>(index), rect});
}

void Placing::labelled(Part part, std::string_view content, const TextStyle& style, Ink ink) {
    if (content.empty())
        return;
    const bool is_heading = style.size >= m_metrics.heading3.size;
    // The star of what must be filled in ends where the column does.
    const float star = part == Part::label && m_node.required ? LABEL_STAR : 0;
    const float across = width() - star;
    const float room = is_heading ? balanced_width(m_measure, style, content, across)
                                  : width_without_orphan(m_measure, style, content, across);
    const Rect rect = text(content, style, ink, {m_left, m_y, room, 0});
    piece(part, {rect.x, rect.y, rect.width + star, rect.height});
    m_y = rect.bottom();
}

void Placing::sentences() {
    if (!m_node.hint.empty()) {
        m_y += 2;
        labelled(Part::hint, m_node.hint, m_metrics.small, Ink::quiet);
    }
    if (!m_node.error.empty()) {
        m_y += 6;
        labelled(Part::error, m_node.error, m_metrics.small_strong, Ink::error);
    }
    if (!m_node.warning.empty()) {
        m_y += 6;
        labelled(Part::warning, m_node.warning, m_metrics.small_strong, Ink::warning);
    }
}

void Placing::indent_for_error() {
    if (m_node.error.empty())
        return;
    m_placed.error_bar = true;
    m_left += m_metrics.error_indent;
}

float Placing::container_head() {
    const bool has_head = !m_node.label.empty() || !m_node.error.empty() || !m_node.hint.empty();
    if (m_node.role == Role::form || !has_head)
        return 0;
    indent_for_error();
    labelled(Part::label, m_node.label, m_metrics.strong, Ink::text);
    if (m_node.required && !m_node.label.empty())
        last_text().required_mark = true;
    sentences();
    return m_y - m_top;
}

float Placing::leaf() {
    switch (m_node.role) {
    case Role::heading: {
        const TextStyle& style = m_node.level <= 1   ? m_metrics.heading1
                                 : m_node.level == 2 ? m_metrics.heading2
                                                     : m_metrics.heading3;
        labelled(Part::control, m_node.label, style, Ink::text);
        break;
    }
    case Role::paragraph:
        if (m_node.icon != Icon::none) {
            state();
            break;
        }
        labelled(Part::control, m_node.label, m_node.emphasis == Emphasis::quiet ? m_metrics.small : m_metrics.body,
                 m_node.emphasis == Emphasis::quiet ? Ink::quiet : Ink::text);
        break;
    case Role::status:
        if (is_framed(m_node)) {
            notice();
            break;
        }
        labelled(Part::control, m_node.label, m_metrics.small, Ink::quiet);
        break;
    case Role::text:
    case Role::password:
    case Role::select:
        entry();
        break;
    case Role::combobox:
        entry();
        options();
        break;
    case Role::radio:
        if (m_node.icon != Icon::none) {
            tile();
            break;
        }
        tickable();
        break;
    case Role::checkbox:
        tickable();
        break;
    case Role::button:
        button();
        break;
    case Role::link:
        if (looks_like_button(m_node))
            button();
        else
            link(m_metrics.body, Ink::link, true);
        break;
    case Role::error_summary:
        error_summary();
        break;
    case Role::progress:
        progress();
        break;
    case Role::table:
        table();
        break;
    case Role::suggestion:
        suggestion();
        break;
    case Role::figure:
        figure();
        break;
    case Role::notice:
        notice();
        break;
    case Role::form:
    case Role::group:
        break;
    }
    return m_y - m_top;
}

void Placing::entry() {
    indent_for_error();
    labelled(Part::label, m_node.label, m_placed.under_legend ? m_metrics.part : m_metrics.strong, Ink::text);
    if (m_node.required && !m_node.label.empty())
        last_text().required_mark = true;
    sentences();
    m_y += m_y > m_top ? 8 : 0;
    const float control_width =
        std::min(width(), m_node.width > 0 ? entry_width(m_node, m_measure, m_metrics) : m_metrics.entry);
    m_placed.control = {m_left, m_y, control_width, m_metrics.field_height};
    piece(Part::control, m_placed.control);
    m_y += m_metrics.field_height;
}

// The open list of a combobox: in the flow, because what is typed below it is shown by the page and would shine
// through.
void Placing::options() {
    if (m_node.options.empty())
        return;
    m_y += 8; // clear of the field's focus ring
    const float across = m_placed.control.width;
    const float list_top = m_y;
    for (std::size_t i = 0; i < m_node.options.size(); ++i) {
        const Rect label = text(m_node.options[i].label, m_metrics.body, Ink::text,
                                {m_left + ENTRY_PADDING, 0, across - 2 * ENTRY_PADDING, 0});
        const float height = std::max(m_metrics.field_height, label.height + 16);
        last_text().rect.y = m_y + (height - label.height) / 2;
        piece(Part::item, {m_left, m_y, across, height}, i);
        m_y += height;
    }
    m_placed.mark = {m_left, list_top, across, m_y - list_top};
}

void Placing::tickable() {
    indent_for_error();
    const float box = m_metrics.checkbox;
    const float line = m_metrics.body.line_height;
    const float row = m_metrics.target;
    // The square is centred on the label's first line; what can be pressed around it is as large as a thumb.
    m_placed.mark = {m_left, m_y + (row - box) / 2, box, box};
    m_placed.control = m_placed.mark.inset((box - m_metrics.target) / 2);
    piece(Part::control, m_placed.control);
    const float indent = box + 14;
    Rect label = text(m_node.label, m_metrics.body, m_node.disabled ? Ink::disabled : Ink::text,
                      {m_left + indent, m_y + (row - line) / 2, width() - indent, 0});
    last_text().required_mark = m_node.required;
    // The label is pressed too: it gets the row's height.
    piece(Part::label, {label.x, m_y, label.width, std::max(row, label.height + (row - line))});
    m_y = std::max(m_y + row, label.bottom() + (row - line) / 2);
    m_left += indent;
    sentences();
    m_left -= indent;
}

void Placing::tile() {
    m_placed.control = {m_left, m_y, width(), TILE_HEIGHT};
    m_placed.mark = {m_left + (width() - 52) / 2, m_y + 16, 52, 52};
    piece(Part::control, m_placed.control);
    const Rect label = text(m_node.label, m_metrics.small, Ink::text, {m_left + 4, m_y + 78, width() - 8, 0});
    last_text().centred = true;
    piece(Part::label, label);
    m_y = std::max(m_y + TILE_HEIGHT, label.bottom() + 10);
    m_placed.control.height = m_y - m_placed.control.y;
    m_placed.pieces.front().rect = m_placed.control;
}

void Placing::button() {
    const float icon = m_node.icon == Icon::none ? 0 : ICON + (m_node.label.empty() ? 0 : ICON_GAP);
    const float padding = padding_of(m_node, m_metrics);
    const Ink ink = m_node.disabled                        ? Ink::disabled
                    : m_node.emphasis == Emphasis::primary ? Ink::on_primary
                    : m_node.emphasis == Emphasis::danger  ? Ink::danger
                                                           : Ink::link;
    const float inner = width() - 2 * padding - icon;
    const float room = balanced_width(m_measure, m_metrics.strong, m_node.label, inner);
    const Rect label = text(m_node.label, m_metrics.strong, ink, {m_left + padding + (inner - room) / 2, m_y, room, 0});
    const float height = std::max(m_metrics.field_height, label.height + 20);
    TextBlock& block = last_text();
    block.rect.y = m_y + (height - label.height) / 2;
    // A quiet one has no frame that its words could be in the middle of.
    block.centred = m_node.emphasis != Emphasis::quiet;
    if (!block.centred)
        block.rect.x = m_left + padding;
    m_placed.control = {m_left, m_y, width(), height};
    if (m_node.icon != Icon::none) {
        float widest = 0;
        for (const std::string_view line : block.lines)
            widest = std::max(widest, text_width(m_measure, block.style, line));
        const float start = m_left + (width() - widest - icon) / 2;
        const bool follows = m_node.icon == Icon::arrow_right || m_node.icon == Icon::external;
        const float middle = m_y + (height - ICON) / 2;
        m_placed.mark = {follows ? start + widest + ICON_GAP : start, middle, ICON, ICON};
        block.rect.x = follows ? start : start + icon;
        block.rect.width = widest;
    }
    piece(Part::control, m_placed.control);
    m_y += height;
}

float Placing::band_link(const TextStyle& style, Ink ink, bool underlined) {
    link(style, ink, underlined);
    return m_y - m_top;
}

void Placing::link(const TextStyle& style, Ink ink, bool underlined) {
    const float icon = m_node.icon == Icon::none ? 0 : ICON + ICON_GAP;
    const float line = style.line_height;
    const float room = width_without_orphan(m_measure, style, m_node.label, width() - icon);
    const Rect label = text(m_node.label, style, ink, {m_left + icon, m_y, room, 0});
    TextBlock& block = last_text();
    block.underlined = underlined;
    float widest = 0;
    for (const std::string_view text_line : block.lines)
        widest = std::max(widest, text_width(m_measure, block.style, text_line));
    // A thumb finds it, however small its words are.
    const float height = std::max(m_metrics.target, label.height + 8);
    block.rect.y = m_y + (height - label.height) / 2;
    block.rect.width = widest;
    if (icon > 0)
        m_placed.mark = {m_left, block.rect.y + (line - ICON) / 2, ICON, ICON};
    m_placed.control = {m_left, m_y, std::max(widest + icon, m_metrics.target), height};
    piece(Part::control, m_placed.control);
    m_y += height;
}

// A state in words: its picture first, so that a glance down a list of cards is enough.
void Placing::state() {
    const Ink ink = m_node.emphasis == Emphasis::success   ? Ink::success
                    : m_node.emphasis == Emphasis::warning ? Ink::warning
                    : m_node.emphasis == Emphasis::danger  ? Ink::error
                                                           : Ink::text;
    m_placed.mark = {m_left, m_y + (m_metrics.strong.line_height - ICON) / 2, ICON, ICON};
    m_left += ICON + ICON_GAP;
    labelled(Part::control, m_node.label, m_metrics.strong, ink);
    m_left -= ICON + ICON_GAP;
}

void Placing::progress() {
    labelled(Part::label, m_node.label, m_metrics.small_strong, Ink::link);
    m_y += 8;
    m_placed.mark = {m_left, m_y, width(), 8};
    m_y += 8;
    if (!m_node.hint.empty()) {
        m_y += 8;
        labelled(Part::hint, m_node.hint, m_metrics.small, Ink::quiet);
    }
    piece(Part::control, {m_left, m_top, width(), m_y - m_top});
}

void Placing::error_summary() {
    constexpr float PADDING = 20;
    const float left = m_left;
    const float right = m_right;
    m_left += PADDING;
    m_right -= PADDING;
    m_y += PADDING - 2;
    labelled(Part::label, m_node.label, m_metrics.heading3, Ink::text);
    m_y += 4;
    for (std::size_t i = 0; i < m_node.rows.size(); ++i) {
        const float padding = (m_metrics.target - m_metrics.body.line_height) / 2;
        const float room = width_without_orphan(m_measure, m_metrics.body, m_node.rows[i].term, width());
        const Rect sentence = text(m_node.rows[i].term, m_metrics.body, Ink::error, {m_left, m_y + padding, room, 0});
        last_text().underlined = true;
        piece(Part::item, {m_left, m_y, width(), sentence.height + 2 * padding}, i);
        m_y = sentence.bottom() + padding;
    }
    m_y += PADDING - 8;
    m_left = left;
    m_right = right;
    m_placed.control = {m_left, m_top, width(), m_y - m_top};
    piece(Part::control, m_placed.control);
}

void Placing::table() {
    const bool side_by_side = width() >= TWO_COLUMNS;
    for (std::size_t i = 0; i < m_node.rows.size(); ++i) {
        const scene::Row& row = m_node.rows[i];
        const float action_width =
            row.action.empty()
                ? 0
                : std::max(m_metrics.target, text_width(m_measure, m_metrics.body, row.action_label) + 1);
        const float action_space = row.action.empty() ? 0 : action_width + 16;
        const float top = m_y;
        m_y += 12;
        const float term_width = side_by_side ? std::floor(width() * 0.38F) : width() - action_space;
        const Rect term = text(row.term, side_by_side ? m_metrics.strong : m_metrics.small_strong,
                               side_by_side ? Ink::text : Ink::quiet, {m_left, m_y, term_width, 0});
        piece(Part::term, term, i);
        const float value_x = side_by_side ? m_left + term_width + 16 : m_left;
        const float value_y = side_by_side ? m_y : term.bottom() + 2;
        const Rect value =
            text(row.value, m_metrics.body, Ink::text, {value_x, value_y, m_right - value_x - action_space, 0});
        piece(Part::value, value, i);
        m_y = std::max(term.bottom(), value.bottom()) + 12;
        if (!row.action.empty()) {
            const float line = m_metrics.body.line_height;
            const Rect target{m_right - action_width, top + 12 + (line - m_metrics.target) / 2, action_width,
                              m_metrics.target};
            text(row.action_label, m_metrics.body, Ink::link, {target.x, top + 12, action_width, 0});
            last_text().underlined = true;
            piece(Part::action, target, i);
            m_y = std::max(m_y, target.bottom() + 4);
        }
    }
    m_placed.control = {m_left, m_top, width(), m_y - m_top};
    piece(Part::control, m_placed.control);
}

void Placing::suggestion() {
    labelled(Part::label, m_node.label, m_metrics.small, Ink::quiet);
    m_y += m_node.label.empty() ? 0.0F : 6.0F;
    const float across = std::min(width(), m_metrics.entry);
    const float list_top = m_y;
    for (std::size_t i = 0; i < m_node.options.size(); ++i) {
        const scene::Option& option = m_node.options[i];
        const Rect label = text(option.label, option.selected ? m_metrics.strong : m_metrics.body,
                                option.disabled ? Ink::disabled : Ink::text,
                                {m_left + ENTRY_PADDING, 0, across - 3 * ENTRY_PADDING, 0});
        const float height = std::max(m_metrics.field_height, label.height + 16);
        last_text().rect.y = m_y + (height - label.height) / 2;
        piece(Part::item, {m_left, m_y, across, height}, i);
        m_y += height;
    }
    m_placed.mark = {m_left, list_top, across, m_y - list_top};
    piece(Part::control, {m_left, m_top, width(), m_y - m_top});
}

void Placing::figure() {
    const bool picture = !m_node.value.empty();
    const float side = m_node.inline_row ? m_metrics.field_height : picture ? 96 : 88;
    m_placed.control = {m_left, m_y, std::min(width(), picture ? 2 * side : side), side};
    if (!picture)
        m_placed.mark = m_placed.control.inset(side / 4);
    piece(Part::control, m_placed.control);
    m_y += side;
}

void Placing::notice() {
    constexpr float PADDING = 18;
    const float left = m_left;
    const float right = m_right;
    m_y += PADDING - 2;
    m_placed.mark = {m_left + PADDING + 2, m_y + 1, ICON, ICON};
    m_left = m_placed.mark.right() + 14;
    m_right -= PADDING;
    labelled(Part::label, m_node.label, m_node.hint.empty() ? m_metrics.body : m_metrics.strong, Ink::text);
    if (!m_node.hint.empty()) {
        m_y += 4;
        labelled(Part::hint, m_node.hint, m_metrics.body, Ink::text);
    }
    m_y += PADDING - 2;
    m_left = left;
    m_right = right;
    m_placed.control = {m_left, m_top, width(), m_y - m_top};
    piece(Part::control, m_placed.control);
}

float Placing::natural_width(const Node& node, const TextMeasure& measure, const Metrics& metrics) {
    if (looks_like_button(node))
        return std::ceil(text_width(measure, metrics.strong, node.label)) + 2 * padding_of(node, metrics) +
               (node.icon == Icon::none ? 0 : ICON + (node.label.empty() ? 0 : ICON_GAP)) + 1;
    switch (node.role) {
    case Role::text:
    case Role::password:
    case Role::combobox:
    case Role::select:
        if (node.width == 0)
            return 0;
        // A long label may break, a short one should not be narrower than it needs.
        return std::max(
            entry_width(node, measure, metrics),
            std::min(std::ceil(text_width(measure, metrics.strong, node.label)) + (node.required ? LABEL_STAR : 0.0F),
                     200.0F));
    case Role::figure:
        return metrics.field_height;
    case Role::link:
        return std::ceil(text_width(measure, metrics.body, node.label)) +
               (node.icon == Icon::none ? 0 : ICON + ICON_GAP) + 1;
    case Role::radio:
    case Role::checkbox:
        return std::ceil(text_width(measure, metrics.body, node.label)) + metrics.checkbox + 14 + 12;
    default:
        return 0;
    }
}

} // namespace foyer::view
