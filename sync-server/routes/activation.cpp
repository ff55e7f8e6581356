#include "pages/activation_page.h"
#include "pages/layout.h"
#include "routes/handlers.h"
#include "support/html.h"

namespace foyer::server::routes {

namespace {

using Fields = std::map<std::string, std::string, std::less<>>;

std::string field(const Fields& fields, std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

int status_of(LinkState state) {
    switch (state) {
    case LinkState::usable:
    case LinkState::needs_identifier:
        return 200;
    case LinkState::already_active:
        return 200;
    case LinkState::revoked:
    case LinkState::expired:
        return 410;
    case LinkState::wrong_key:
        return 403;
    case LinkState::unknown:
        return 404;
    }
    return 404;
}

} // namespace

Reply storage_page(const Surroundings& around, const Request& request, const portal::Portal& portal) {
    return html_reply(503, pages::message_page(frame_of(around, request, &portal), TextKey::server_page_storage_title,
                                               TextKey::server_page_storage_text))
        .with("Retry-After", "30");
}

// Guessing keys and walking through ids is limited per address; 128 random bits do the rest.
bool too_many_links(const Surroundings& around, const Request& request) {
    return !around.submissions_per_address
                .take(security::rate_key_of_address(request.client_address), around.clock.now())
                .allowed;
}

Reply slow_down_page(const Surroundings& around, const Request& request, const portal::Portal& portal) {
    return html_reply(429, pages::message_page(frame_of(around, request, &portal), TextKey::server_page_slow_down_title,
                                               TextKey::server_page_slow_down_text))
        .with("Retry-After", "60");
}

// Scanners of mail open links, so opening it changes nothing.
Reply show_activation(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return not_found_page(around, request, nullptr);
    if (too_many_links(around, request))
        return slow_down_page(around, request, town->portal);
    const pages::Frame frame = frame_of(around, request, &town->portal);
    const Fields fields = parse_form(request.query.value_or("")).value_or(Fields());
    const std::string id = field(fields, "id");
    const std::string key = field(fields, "key");
    const auto link = around.accounts.look_at_link(*town, id, key);
    if (!link)
        return storage_page(around, request, town->portal);
    if (link->state != LinkState::usable && link->state != LinkState::needs_identifier)
        return html_reply(status_of(link->state), pages::link_refused_page(frame, link->state));
    return html_reply(200, pages::activation_form_page(frame, *link->account));
}

Reply activate(const Surroundings& around, const Request& request) {
    const portals::Published* town = around.catalogue.current(request.path_value("slug"));
    if (!town)
        return not_found_page(around, request, nullptr);
    if (too_many_links(around, request))
        return slow_down_page(around, request, town->portal);
    const pages::Frame frame = frame_of(around, request, &town->portal);
    // The form goes back to the link's own address: number and key are in the query, what was typed in the body.
    Fields fields = parse_form(request.body).value_or(Fields());
    fields.merge(parse_form(request.query.value_or("")).value_or(Fields()));
    const std::string id = field(fields, "id");
    const std::string key = field(fields, "key");
    const std::string identifier = field(fields, "identifier");
    const auto result = around.accounts.activate(*town, id, key, identifier);
    const auto link = around.accounts.look_at_link(*town, id, key);
    if (!result || !link)
        return storage_page(around, request, town->portal);

    using Mistake = pages::IdentifierMistake;
    Mistake mistake = Mistake::none;
    switch (*result) {
    case ActivationResult::activated:
        return html_reply(200,
                          pages::activated_page(frame, link->account ? link->account->identifier.value_or("") : ""));
    case ActivationResult::already_active:
        return html_reply(200, pages::link_refused_page(frame, LinkState::already_active));
    case ActivationResult::revoked:
        return html_reply(410, pages::link_refused_page(frame, LinkState::revoked));
    case ActivationResult::expired:
        return html_reply(410, pages::link_refused_page(frame, LinkState::expired));
    case ActivationResult::wrong_key:
        return html_reply(403, pages::link_refused_page(frame, LinkState::wrong_key));
    case ActivationResult::unknown:
        return html_reply(404, pages::link_refused_page(frame, LinkState::unknown));
    case ActivationResult::identifier_needed:
        mistake = Mistake::needed;
        break;
    case ActivationResult::identifier_wrong:
        mistake = Mistake::wrong;
        break;
    case ActivationResult::identifier_taken:
        mistake = Mistake::taken;
        break;
    }
    if (!link->account) // gone in between
        return html_reply(404, pages::link_refused_page(frame, LinkState::unknown));
    return html_reply(422, pages::activation_form_page(frame, *link->account, identifier, mistake));
}

} // namespace foyer::server::routes
