// The scene: what a step is, said the way a screen reader would want to know it. The wizard describes it, the view
// paints it, the twin keeps DOM elements in the very same places. It knows neither Dear ImGui nor the DOM.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace foyer::scene {

enum class Role : std::uint8_t {
    form,    // one per step at most; holds the fields so that browsers fill them together
    group,   // fieldset with a legend (label); radios and birth dates live in one
    heading, // level 1 is the step's title and takes the focus on a step change
    paragraph,
    text, // one-line entry; also e-mail, phone and numbers through `type` and `inputmode`
    password,
    combobox, // an entry with a list of what it may mean; open while there are options, the selected one is active
    select,
    radio, // one option; its parent group is the question
    checkbox,
    button,
    link,
    error_summary, // a titled list of links to the fields in error
    status,        // a polite announcement
    progress,      // the step indicator: "Étape 2 sur 5"
    table,         // rows of term and value: recap and receipt
    suggestion,    // a list of buttons that fill a field (communes now, matched addresses later)
    figure,        // a picture with a text label: the icons of the security check, the town's logo, the green tick
    notice,        // a framed paragraph: information, success, warning
};

// How a button, link, notice, card or a paragraph with an icon looks; the meaning is in the role.
enum class Emphasis : std::uint8_t { normal, primary, secondary, quiet, success, warning, danger };

enum class Icon : std::uint8_t {
    none,
    tick,
    arrow_left,
    arrow_right,
    eye,
    eye_off,
    information,
    warning,
    error,
    external,
    clock,
    // the security check's pictures
    house,
    tree,
    bicycle,
    boat,
    sun,
    umbrella,
    key,
    book
};

struct Option {
    std::string id; // the value
    std::string label;
    bool selected = false;
    bool disabled = false;
    friend bool operator==(const Option&, const Option&) = default;
};

struct Row {
    std::string term;
    std::string value;
    std::string action;       // id sent by `activate` when the row has a link such as "Modifier"; empty: none
    std::string action_label; // visible text of that link
    std::string action_name;  // its accessible name, "Modifier le nom de naissance"
    friend bool operator==(const Row&, const Row&) = default;
};

struct Node {
    // structure: the list is in document order; `parent` is the id of an earlier node or empty
    std::string id; // stable within a step and valid as a DOM id: "field-birth_name"
    std::string parent;
    Role role = Role::paragraph;
    std::uint8_t level = 0; // headings only, 1 to 3
    std::string lang;       // only when it differs from the page's

    // name and help
    std::string label; // a paragraph's or heading's text too
    std::string hint;
    std::string error; // set: the field is invalid and says so beside itself
    std::string warning;
    bool invalid = false; // invalid without a sentence of its own: its group says why (day, month, year)

    // value
    std::string value;
    std::uint32_t value_rev = 0; // raised when the wizard itself changed the value; the twin drops echoes by it
    std::vector<Option> options; // select, suggestion, combobox
    std::vector<Row> rows;       // table; error_summary: term = sentence, action = id of the node to focus
    bool checked = false;

    // constraints
    bool required = false;
    bool disabled = false;
    bool readonly = false;
    std::uint32_t maximum_length = 0; // characters; 0: the kind's own limit

    // input: HTML's own vocabulary
    // "text", "email", "tel", "password"; buttons: "submit" or "button"; groups: "", "radiogroup", "list" for a
    // bulleted list of paragraphs, or "card" for a framed thing of its own, named by the heading "<id>-title" that it
    // begins with
    std::string type;
    std::string autocomplete;
    std::string inputmode;
    std::string enterkeyhint;
    std::string autocapitalize;
    bool spellcheck = false;
    std::string name; // the answer's key: what a form without script would send
    std::string
        href; // links that lead to an address; empty: the link is an action. docs/scene-dom.md says who follows it

    // looks
    Emphasis emphasis = Emphasis::normal;
    Icon icon = Icon::none;
    std::uint8_t width = 0;  // a field's width in characters when shorter than the column (day: 3, postal code: 8)
    bool inline_row = false; // stands beside the previous sibling (day, month, year; PRÉCÉDENT and SUIVANT)
    bool secret = false;     // never logged, never drafted
    double fraction = 0;     // progress: 0 to 1

    friend bool operator==(const Node&, const Node&) = default;
};

// How many of the `width` bars of a progress are filled in.
[[nodiscard]] inline int bars_done(const Node& node) {
    int bars = 0;
    while (bars < node.width && bars + 0.5 < node.fraction * node.width)
        ++bars;
    return bars;
}

// One step, whole. `title` is the document's title, "Erreur : …" included.
struct Scene {
    std::string title;
    std::string language; // "fr"
    std::string path;     // address of this screen under the portal: "inscription/identite"
    std::string focus;    // id to focus once for each new `focus_rev`, or empty
    std::uint32_t focus_rev = 0;
    bool scroll_to_top = false;
    std::vector<Node> nodes;
    friend bool operator==(const Scene&, const Scene&) = default;
};

} // namespace foyer::scene
