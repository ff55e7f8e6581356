#include "mail/spool_transport.h"

#include "support/files.h"

namespace foyer::server::mail {

Delivery SpoolTransport::send(const Outgoing& mail) {
    const auto written =
        write_file_atomically(m_folder + "/" + mail.file_name + ".eml", mail.message, FileMode::owner_only);
    if (!written)
        return {Delivery::Outcome::temporary, "the spool folder cannot be written"};
    return {};
}

} // namespace foyer::server::mail
