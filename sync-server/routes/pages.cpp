#include "http/compression.h"
#include "pages/accessibility_page.h"
#include "pages/legal_page.h"
#include "pages/shell_page.h"
#include "pages/towns_page.h"
#include "routes/handlers.h"
#include "routes/signed_call.h"
#include "support/html.h"

namespace foyer::server::routes {

Reply html_reply(int status, std::string html) {
    return Reply(status, "text/html; charset=utf-8", std::move(html)).with("Vary", "Accept-Language");
}

const i18n::Texts& page_texts(const Surroundings& around, const Request& request) {
    const auto query = parse_form(request.query.value_or(""));
    if (query)
        if (const auto language = query->find("lang");
            language != query->end() && (language->second == "fr" || language->second == "en"))
            return around.languages.named(language->second);
    return http::texts_for(request, around.languages);
}

portals::Accessibility accessibility_of(const Surroundings& around, const std::string& slug) {
    const portals::PortalFile* file = around.catalogue.file_of(slug);
    return file ? file->accessibility : portals::Accessibility{};
}

pages::Frame frame_of(const Surroundings& around, const Request& request, const portal::Portal* portal) {
    pages::Frame frame = {page_texts(around, request), around.files.url_of("main.css").value_or(""), portal};
    const portals::Published* town = portal ? around.catalogue.current(portal->slug) : nullptr;
    if (town) {
        frame.conformity = accessibility_of(around, portal->slug).conformity;
        frame.edition = edition_of(around, *town);
    }
    return frame;
}

Reply problem(const Surroundings& around, const Request& request, const http::Refusal& refusal) {
    return http::problem_reply(request, refusal, around.languages);
}

Reply not_found(const Surroundings& around, const Request& request) {
    return problem(around, request, http::refusal_of_status(404));
}

Reply answers_refused(const Surroundings& around, const Request& request, std::vector<Problem> problems) {
    return problem(around, request, {422, "answers_refused", TextKey::server_error_answers, std::move(problems)});
}

Reply slow_down(const Surroundings& around, const Request& request, int retry_after_seconds) {
    return problem(around, request, {429, "slow_down", TextKey::server_error_slow_down, {}, retry_after_seconds});
}

form::Context context_of(const Surroundings& around) {
    form::Context context;
    context.today = domain::date_in_paris(around.clock.now());
    return context;
}

Reply not_found_page(const Surroundings& around, const Request& request, const portal::Portal* portal) {
    return html_reply(404, pages::message_page(frame_of(around, request, portal), TextKey::server_page_not_found_title,
                                               TextKey::server_error_not_found));
}

Reply storage_refused(const Surroundings& around, const Request& request, store::StoreError error) {
    return http::problem_reply(request, refusal_of(error), around.languages);
}

Reply show_towns(const Surroundings& around, const Request& request) {
    return html_reply(200,
                      pages::towns_page(frame_of(around, request, nullptr), around.catalogue, around.demonstration));
}

Reply show_screen(const Surroundings& around, const Request& request) {
    const std::string slug = request.path_value("slug");
    const portals::Published* town = around.catalogue.current(slug);
    if (!town)
        return not_found_page(around, request, nullptr);
    const std::string path = request.path_value("path");
    if (request.path == "/" + slug) // its relative links and its own address need the slash
        return Reply(308).with("Location", "/" + slug + "/");
    // The portal's first language has the plain address; another is asked for by ?lang=, never guessed, so that an
    // address shows the same to everybody.
    const auto query = parse_form(request.query.value_or(""));
    const bool english = query && query->count("lang") != 0 && query->find("lang")->second == "en";
    const bool english_first = !town->portal.languages.empty() && town->portal.languages.front() == "en";
    const bool french_asked = query && query->count("lang") != 0 && query->find("lang")->second == "fr";
    const i18n::Texts& texts = around.languages.named(english || (english_first && !french_asked) ? "en" : "fr");
    const auto page = pages::shell_page({town->portal, texts, path, request.query.value_or(""), around.clock.now(),
                                         [&](std::string_view name) { return around.files.url_of(name).value_or(""); },
                                         edition_of(around, *town), accessibility_of(around, slug).conformity});
    if (!page)
        return not_found_page(around, request, &town->portal);
    return http::compressed(request, Reply(200, "text/html; charset=utf-8", *page));
}

Reply show_accessibility(const Surroundings& around, const Request& request) {
    const std::string slug = request.path_value("slug");
    const portals::Published* town = around.catalogue.current(slug);
    if (!town)
        return not_found_page(around, request, nullptr);
    const portals::Accessibility said = accessibility_of(around, slug);
    return html_reply(200,
                      pages::accessibility_page(frame_of(around, request, &town->portal), {said, "/" + slug + "/"}));
}

Reply show_legal(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return not_found_page(around, request, nullptr);
    const portals::PortalFile* file = around.catalogue.file_of(town->portal.slug);
    const portals::Legal legal = file ? file->legal : portals::Legal{};
    return html_reply(200, pages::legal_page(frame_of(around, request, &town->portal), {legal, town->retention}));
}

Reply asset(const Surroundings& around, const Request& request) {
    Reply reply = around.files.reply(request, request.path_value("path"));
    return reply.status == 404 ? not_found_page(around, request, nullptr) : reply;
}

} // namespace foyer::server::routes
