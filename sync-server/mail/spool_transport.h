// Without a mail server, each mail is a file: DATA/spool/<name>.eml, complete as soon as it has that name.
#pragma once

#include "mail/transport.h"

namespace foyer::server::mail {

class SpoolTransport final : public Transport {
public:
    explicit SpoolTransport(std::string folder) : m_folder(std::move(folder)) {}
    Delivery send(const Outgoing& mail) override;

private:
    std::string m_folder;
};

} // namespace foyer::server::mail
