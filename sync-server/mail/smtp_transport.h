// Sends through a mail server with libcurl: STARTTLS or TLS, login, one connection kept for as long as it serves.
#pragma once

#include "mail/transport.h"
#include "settings/settings.h"

#include <memory>

namespace foyer::server::mail {

class SmtpTransport final : public Transport {
public:
    // `settings.password` holds the password, wherever it came from. `own_name`: said in EHLO.
    SmtpTransport(SmtpSettings settings, std::string own_name);
    ~SmtpTransport() override;
    Delivery send(const Outgoing& mail) override;

private:
    struct Handle;
    SmtpSettings m_settings;
    std::string m_own_name;
    std::unique_ptr<Handle> m_handle;
};

} // namespace foyer::server::mail
