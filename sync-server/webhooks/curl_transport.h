// Posts over https with libcurl: no redirects, no proxy of the environment, no answer's body, no machine that
// destination.h does not allow, whatever its name resolves to at this moment.
#pragma once

#include "webhooks/transport.h"

#include <atomic>
#include <string>

namespace foyer::server::webhooks {

struct CurlOptions {
    std::string ca_file; // certificates to trust instead of the machine's; empty: those
    long connect_seconds = 5;
    long whole_seconds = 15;
};

class CurlTransport final : public Transport {
public:
    explicit CurlTransport(CurlOptions options = {}) : m_options(std::move(options)) {}
    Response post(const OutgoingEvent& event) override;
    void stop() override { m_stopping = true; }

private:
    CurlOptions m_options;
    std::atomic<bool> m_stopping = false;
};

} // namespace foyer::server::webhooks
