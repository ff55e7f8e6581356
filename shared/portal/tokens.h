// The colours of every screen, drawn from the town's theme: as the town wrote it, and for people whose device is set to
// dark. The server publishes both in /{slug}/theme.css; the canvas paints with what the page's styles say, so that the
// painted step and the version texte cannot differ.
#pragma once

#include "portal/portal.h"

#include <vector>

namespace foyer::portal {

enum class Light : std::uint8_t { day, night };

struct Tokens {
    // the town's
    Colour primary = 0;    // links, marks, the town's band
    Colour on_primary = 0; // text on it
    Colour button = 0;
    Colour on_button = 0;
    Colour button_hover = 0;
    Colour button_pressed = 0;
    Colour tint = 0; // pale ground of what is chosen or under the pointer
    Colour focus = 0;
    // surfaces
    Colour ground = 0;     // around the page
    Colour background = 0; // of the page
    Colour surface = 0;    // of fields
    Colour fixed = 0;      // of what cannot be changed
    Colour track = 0;      // of a bar that fills, of a button that is off
    // lines
    Colour border = 0;
    Colour separator = 0;
    // words
    Colour text = 0;
    Colour muted = 0;
    Colour disabled = 0;
    // what is to be said, and the pale ground it stands on
    Colour error = 0;
    Colour error_tint = 0;
    Colour warning = 0;
    Colour warning_tint = 0;
    Colour success = 0;
    Colour success_tint = 0;
    Colour information = 0;
    Colour information_tint = 0;
};

// For every theme whose day is readable the night is readable too: its colours are made lighter until they are. Of the
// tints both lights have only as much as their words allow.
[[nodiscard]] Tokens tokens_of(const Theme& theme, Light light);

// The name of each in style sheets ("on-primary"), in the order in which the canvas reads them
// (web/shell/colours.ts, wasm-client/view/theme.h).
struct NamedToken {
    const char* name;
    Colour Tokens::*colour;
};
[[nodiscard]] const std::vector<NamedToken>& named_tokens();

// Two colours that meet on a screen and how well they must be told apart: 4.5 for words, 3 for parts of the interface
// (WCAG 2.2, 1.4.3 and 1.4.11).
struct TokenPair {
    const char* name;   // of the colour in front
    const char* behind; // of the colour behind it
    double least;
    double ratio;
};
// All such pairs of both colours' lights that are not told apart well enough; none for a theme that was accepted.
[[nodiscard]] std::vector<TokenPair> poor_contrasts(const Tokens& tokens);

} // namespace foyer::portal
