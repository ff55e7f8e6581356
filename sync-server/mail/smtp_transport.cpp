#include "mail/smtp_transport.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <curl/curl.h>

namespace foyer::server::mail {

namespace {

constexpr long CONNECT_SECONDS = 15;
constexpr long WHOLE_SECONDS = 60;

struct Upload {
    const std::string* message = nullptr;
    std::size_t done = 0;
};

std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* context) {
    auto* upload = static_cast<Upload*>(context);
    const std::size_t part = std::min(size * count, upload->message->size() - upload->done);
    std::memcpy(buffer, upload->message->data() + upload->done, part);
    upload->done += part;
    return part;
}

// Which command was said last and what was answered to it, to tell a refused mail from a refused connection or login.
// The goodbye after a refusal does not count. Never the rest of a line, which may hold an address or the password.
struct Conversation {
    std::string command;
    long code = 0;
    bool goodbye = false;
};

int watch(CURL*, curl_infotype type, char* data, std::size_t size, void* context) {
    auto& conversation = *static_cast<Conversation*>(context);
    if (type == CURLINFO_HEADER_OUT) {
        const std::string command(data, std::min<std::size_t>(size, 4));
        conversation.goodbye = command == "QUIT";
        if (!conversation.goodbye) {
            conversation.command = command;
            conversation.code = 0;
        }
    } else if (type == CURLINFO_HEADER_IN && !conversation.goodbye && size >= 3) {
        conversation.code = std::strtol(std::string(data, 3).c_str(), nullptr, 10);
    }
    return 0;
}

bool belongs_to_mail(const std::string& command) { return command == "MAIL" || command == "RCPT" || command == "DATA"; }

} // namespace

struct SmtpTransport::Handle {
    CURL* curl = curl_easy_init();
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { curl_easy_cleanup(curl); }
};

SmtpTransport::SmtpTransport(SmtpSettings settings, std::string own_name)
    : m_settings(std::move(settings)), m_own_name(std::move(own_name)), m_handle(std::make_unique<Handle>()) {}

SmtpTransport::~SmtpTransport() = default;

Delivery SmtpTransport::send(const Outgoing& mail) {
    CURL* curl = m_handle->curl;
    if (!curl)
        return {Delivery::Outcome::temporary, "libcurl could not be started"};
    curl_easy_reset(curl); // the options, not the connection

    const std::string url = std::string(m_settings.security == SmtpSecurity::tls ? "smtps://" : "smtp://") +
                            m_settings.host + ":" + std::to_string(m_settings.port) + "/" + m_own_name;
    const std::string sender = "<" + mail.sender + ">";
    const std::string recipient = "<" + mail.recipient + ">";
    Upload upload{&mail.message, 0};
    Conversation conversation;
    curl_slist* recipients = curl_slist_append(nullptr, recipient.c_str());

    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, WHOLE_SECONDS);
    if (m_settings.security == SmtpSecurity::starttls)
        curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!m_settings.ca_file.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, m_settings.ca_file.c_str());
    if (!m_settings.username.empty()) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, m_settings.username.c_str());
        curl_easy_setopt(curl, CURLOPT_PASSWORD, m_settings.password.c_str());
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    // One recipient per mail, and it must be taken; libcurl 8.2 mended the spelling and keeps this one.
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 0L);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_upload);
    curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, watch);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &conversation);

    const CURLcode result = curl_easy_perform(curl);
    const long code = conversation.code;
    curl_slist_free_all(recipients);
    if (result == CURLE_OK)
        return {};

    const bool about_this_mail = belongs_to_mail(conversation.command);
    const std::string reason =
        std::string(curl_easy_strerror(result)) +
        (code > 0 ? " (" + std::to_string(code) + (about_this_mail ? " to " + conversation.command : "") + ")" : "");
    // 530 to 538 ask for another login or encryption: a matter of settings, not of this mail (RFC 4954 §6).
    const bool about_login = code >= 530 && code <= 538;
    if (about_this_mail && !about_login && code >= 500 && code < 600)
        return {Delivery::Outcome::permanent, reason};
    return {Delivery::Outcome::temporary, reason};
}

} // namespace foyer::server::mail
