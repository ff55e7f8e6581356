// The server's own pages: scenes as the wizard's screens are, in the same card and by the same style sheet (its version
// texte), with no script. A page is written from top to bottom and then finished:
//
//   PageWriter page(frame, "Votre espace est activé");
//   page.heading();
//   page.scene().paragraph("text", "…");
//   return std::move(page).finish();
#pragma once

#include "pages/layout.h"
#include "scene/builder.h"

#include <string>

namespace foyer::server::pages {

class PageWriter {
public:
    // The title is the page's heading too. In error, the document's title says so first.
    // The list of towns is where the others lead back to.
    enum class Standing { plain, in_error, list_of_towns };
    PageWriter(const Frame& frame, std::string title, Standing standing = Standing::plain);

    [[nodiscard]] scene::Builder& scene() { return m_scene; }
    // The page's title as a heading; after a summary of errors, where there is one.
    void heading();
    // A link that looks like a button.
    void way_on(std::string id, TextKey text, std::string address, scene::Emphasis emphasis);
    std::string finish() &&;

private:
    const Frame& m_frame;
    std::string m_title;
    scene::Builder m_scene;
};

} // namespace foyer::server::pages
