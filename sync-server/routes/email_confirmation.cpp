#include "pages/email_page.h"
#include "pages/layout.h"
#include "routes/handlers.h"
#include "support/html.h"

namespace foyer::server::routes {

namespace {

struct LinkParts {
    std::string id;
    std::string key;
};

// The number and the key are in the query of both: the form goes back to the link's own address.
LinkParts link_of(const Request& request) {
    const auto fields = parse_form(request.query.value_or(""));
    const auto field = [&](std::string_view name) {
        if (!fields || fields->count(name) == 0)
            return std::string();
        return fields->find(name)->second;
    };
    return {field("id"), field("key")};
}

Reply refused(const pages::Frame& frame, EmailLinkState state) {
    return html_reply(state == EmailLinkState::gone ? 410 : 404, pages::email_link_refused_page(frame, state));
}

} // namespace

// Scanners of mail open links, so opening it changes nothing.
Reply show_email_confirmation(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return not_found_page(around, request, nullptr);
    if (too_many_links(around, request))
        return slow_down_page(around, request, town->portal);
    const LinkParts parts = link_of(request);
    const auto link = around.email_changes.look_at_link(*town, parts.id, parts.key);
    if (!link)
        return storage_page(around, request, town->portal);
    const pages::Frame frame = frame_of(around, request, &town->portal);
    if (link->state != EmailLinkState::usable)
        return refused(frame, link->state);
    return html_reply(200, pages::email_form_page(frame, link->email));
}

Reply confirm_email(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return not_found_page(around, request, nullptr);
    if (too_many_links(around, request))
        return slow_down_page(around, request, town->portal);
    const LinkParts parts = link_of(request);
    const auto state = around.email_changes.confirm(*town, parts.id, parts.key);
    if (!state)
        return storage_page(around, request, town->portal);
    const pages::Frame frame = frame_of(around, request, &town->portal);
    if (*state != EmailLinkState::usable)
        return refused(frame, *state);
    return html_reply(200, pages::email_confirmed_page(frame));
}

} // namespace foyer::server::routes
