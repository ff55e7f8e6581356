#include "webhooks/curl_transport.h"

#include <curl/curl.h>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>

namespace foyer::server::webhooks {

namespace {

constexpr std::size_t MOST_OF_AN_ANSWER = 65536; // read and dropped

struct Call {
    bool may_be_private = false;
    bool forbidden = false; // the name led to a machine that this may not be
    std::size_t received = 0;
    const std::atomic<bool>* stopping = nullptr;
};

// The address is judged where it is used: a name that was public a moment ago may be another machine's now.
curl_socket_t open_socket(void* context, curlsocktype, curl_sockaddr* address) {
    auto& call = *static_cast<Call*>(context);
    const bool allowed = call.may_be_private || is_public(address->addr);
    if (!allowed) {
        call.forbidden = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t drop(char*, std::size_t size, std::size_t count, void* context) {
    auto& call = *static_cast<Call*>(context);
    call.received += size * count;
    return call.received > MOST_OF_AN_ANSWER ? 0 : size * count;
}

int look_whether_to_stop(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return *static_cast<Call*>(context)->stopping ? 1 : 0;
}

} // namespace

Response CurlTransport::post(const OutgoingEvent& event) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
    if (!handle)
        return {0, "libcurl could not be started"};
    CURL* curl = handle.get();
    Call call{event.to.may_be_private, false, 0, &m_stopping};
    const std::string url = event.to.scheme + "://" + event.to.authority + event.to.target;
    // Without "Expect", which makes some receivers wait, and without curl's own type of body.
    curl_slist* lines = curl_slist_append(nullptr, "Expect:");
    for (const wire::Header& header : event.headers)
        lines = curl_slist_append(lines, (header.name + ": " + header.value).c_str());
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(lines, curl_slist_free_all);

    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L); // what was signed is what is asked for
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, event.to.scheme.c_str());
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, m_options.connect_seconds);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, m_options.whole_seconds);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!m_options.ca_file.empty())
        curl_easy_setopt(curl, CURLOPT_CAINFO, m_options.ca_file.c_str());
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &call);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &call);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, look_whether_to_stop);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &call);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "Foyer");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(event.body.size()));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, event.body.c_str());

    const CURLcode result = curl_easy_perform(curl);
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    // Whoever answers too much has answered all the same.
    if (result == CURLE_OK || (result == CURLE_WRITE_ERROR && status != 0))
        return {static_cast<int>(status), {}};
    return {0, call.forbidden ? "its address is not a public one" : curl_easy_strerror(result)};
}

} // namespace foyer::server::webhooks
