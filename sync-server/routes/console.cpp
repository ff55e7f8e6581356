// The page of the town hall's console. It is the same for everybody: who may see what is the staff endpoints' matter.
#include "http/compression.h"
#include "pages/console_page.h"
#include "routes/handlers.h"

namespace foyer::server::routes {

Reply show_console(const Surroundings& around, const Request& request) {
    const std::string slug = request.path_value("slug");
    const portals::Published* town = around.catalogue.current(slug);
    if (!town)
        return not_found_page(around, request, nullptr);
    if (request.path == "/" + slug + "/mairie") // its own addresses need the slash
        return Reply(308).with("Location", "/" + slug + "/mairie/");
    const auto asset = [&](std::string_view name) { return around.files.url_of(name).value_or(""); };
    Reply reply(200, "text/html; charset=utf-8",
                pages::console_page(town->portal, around.languages.named("fr"), asset));
    return http::compressed(request, std::move(reply).with("Content-Security-Policy", pages::CONSOLE_POLICY));
}

} // namespace foyer::server::routes
