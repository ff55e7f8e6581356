#include "pages/page_writer.h"

#include "pages/foot.h"
#include "scene/html.h"
#include "support/html.h"
#include "wizard/town_frame.h"
#include "wizard/unbroken.h"

#include <utility>

namespace foyer::server::pages {

namespace {

std::string document_title(const Frame& frame, const std::string& title, PageWriter::Standing standing) {
    std::string whole = frame.portal ? title + " – " + frame.portal->town_hall : title;
    if (standing == PageWriter::Standing::in_error)
        whole = frame.texts.format(TextKey::wizard_title_error, {{"title", whole}});
    return whole;
}

} // namespace

PageWriter::PageWriter(const Frame& frame, std::string title, Standing standing)
    : m_frame(frame), m_title(std::move(title)),
      m_scene(document_title(frame, m_title, standing), std::string(frame.texts.language()), {}) {
    const auto header = m_scene.group("page-header");
    if (frame.portal)
        wizard::describe_town(m_scene, *frame.portal, frame.texts, "/" + frame.portal->slug,
                              "/" + frame.portal->slug + "/");
    else if (standing != Standing::list_of_towns)
        m_scene.link("home", std::string(frame.texts.get(TextKey::server_page_towns_title)), "/");
}

void PageWriter::heading() { m_scene.heading("title", 1, m_title); }

void PageWriter::way_on(std::string id, TextKey text, std::string address, scene::Emphasis emphasis) {
    m_scene.link(std::move(id), std::string(m_frame.texts.get(text)), std::move(address)).emphasis = emphasis;
}

std::string PageWriter::finish() && {
    if (m_frame.portal)
        wizard::describe_help(m_scene, *m_frame.portal, m_frame.texts);
    scene::Scene scene = std::move(m_scene).finish();
    for (scene::Node& node : scene.nodes)
        wizard::keep_numbers_whole(node);
    const std::string set =
        m_frame.edition.set.empty() ? std::string() : " data-set=\"" + escape_html(m_frame.edition.set) + "\"";
    std::string html = "<!doctype html>\n<html lang=\"" + escape_html(scene.language) + "\" data-view=\"texte\"" + set +
                       ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                       "content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" "
                       "content=\"noindex\">\n<title>" +
                       escape_html(scene.title) + "</title>\n<link rel=\"stylesheet\" href=\"" +
                       escape_html(m_frame.style_sheet) + "\">\n";
    if (m_frame.portal)
        html += "<link rel=\"stylesheet\" href=\"/" + m_frame.portal->slug +
                "/theme.css?revision=" + escape_html(m_frame.edition.revision) + "\">\n<link rel=\"icon\" href=\"/" +
                m_frame.portal->slug + "/logo.svg\" type=\"image/svg+xml\">\n";
    const std::string below =
        m_frame.portal ? foot(*m_frame.portal, m_frame.texts, m_frame.conformity) + "\n" : std::string();
    return html + "</head>\n<body>\n<a class=\"skip\" href=\"#title\">" +
           escape_html(m_frame.texts.get(TextKey::server_page_skip)) + "</a>\n<div id=\"stage\"><div id=\"scene\">" +
           scene::to_html(scene) + "</div></div>\n" + below + "</body>\n</html>\n";
}

} // namespace foyer::server::pages
