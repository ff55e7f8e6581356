// Writes a scene from top to bottom. A node goes into the container that is open when it is made:
//
//   Builder page{"Votre identité – Oudon", "fr", "inscription/identite"};
//   page.heading("title", 1, "Votre identité");
//   {
//       const Builder::Inside form = page.form("form");
//       page.field("field-email", "Adresse électronique").autocomplete = "email";
//       page.submit("next", "SUIVANT");
//   }
//   return std::move(page).finish();
//
// A reference that is handed out is good until the next node is made.
#pragma once

#include "scene/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::scene {

class Builder {
public:
    Builder(std::string title, std::string language, std::string path);

    // While it lives, nodes go into this container.
    class [[nodiscard]] Inside {
    public:
        Inside(Builder& builder, std::string id);
        ~Inside();
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;

    private:
        Builder& m_builder;
    };

    Node& add(Role role, std::string id, std::string label = {});

    Inside form(std::string id);
    Inside group(std::string id, std::string legend = {});
    Inside list(std::string id);
    // A framed thing of its own; its heading has the id "<id>-title".
    Inside card(std::string id, std::uint8_t level, std::string title, Emphasis emphasis = Emphasis::normal);
    // Opens a container that has just been added, so that its hint or error could be set first.
    Inside inside(std::string id);

    Node& heading(std::string id, std::uint8_t level, std::string text);
    Node& paragraph(std::string id, std::string text);
    Node& notice(std::string id, Emphasis emphasis, std::string text);
    Node& field(std::string id, std::string label); // one line of text
    Node& button(std::string id, std::string label, Emphasis emphasis);
    Node& submit(std::string id, std::string label); // the form's main button: Enter in a field presses it
    Node& link(std::string id, std::string label, std::string href);

    void focus(std::string id, std::uint32_t revision, bool scroll_to_top);
    Scene finish() &&;

private:
    Scene m_scene;
    std::vector<std::string> m_open;
};

// How something stands, in a sentence with the sign that goes with it: a tick for success, a cross for danger…
void tell(Node& node, Emphasis emphasis, std::string sentence);

} // namespace foyer::scene
