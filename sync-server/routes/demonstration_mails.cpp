#include "mail/message.h"
#include "pages/mails_page.h"
#include "routes/handlers.h"

#include <charconv>

namespace foyer::server::routes {

namespace {

constexpr int MAILS_SHOWN = 100;

Result<std::optional<store::QueuedMail>, store::StoreError> mail_asked_for(const Surroundings& around,
                                                                           const Request& request) {
    const std::string text = request.path_value("id");
    std::int64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size())
        return std::optional<store::QueuedMail>();
    return around.mails.find(id);
}

} // namespace

Reply list_mails(const Surroundings& around, const Request& request) {
    const auto mails = around.mails.latest(MAILS_SHOWN);
    if (!mails)
        return storage_refused(around, request, mails.error());
    return html_reply(200, pages::mails_page(frame_of(around, request, nullptr), *mails));
}

Reply show_mail(const Surroundings& around, const Request& request) {
    const auto mail = mail_asked_for(around, request);
    if (!mail || !*mail)
        return not_found_page(around, request, nullptr);
    return html_reply(200, pages::mail_page(frame_of(around, request, nullptr), **mail));
}

// Nothing in it may run or load.
Reply show_mail_html(const Surroundings& around, const Request& request) {
    const auto mail = mail_asked_for(around, request);
    if (!mail || !*mail)
        return not_found_page(around, request, nullptr);
    return html_reply(200, (*mail)->mail.html)
        .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; "
                                         "sandbox allow-popups allow-top-navigation-by-user-activation");
}

Reply download_mail(const Surroundings& around, const Request& request) {
    const auto mail = mail_asked_for(around, request);
    const auto message =
        mail && *mail ? mail::write_message((*mail)->mail, (*mail)->created_at) : std::optional<std::string>();
    if (!message)
        return not_found_page(around, request, nullptr);
    return Reply(200, "message/rfc822", *message)
        .with("Content-Disposition", "attachment; filename=\"mail-" + std::to_string((*mail)->id) + ".eml\"");
}

} // namespace foyer::server::routes
