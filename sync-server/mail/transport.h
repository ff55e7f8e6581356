// Where a finished message goes: a mail server (smtp_transport.h) or a folder (spool_transport.h).
#pragma once

#include <string>

namespace foyer::server::mail {

struct Delivery {
    enum class Outcome {
        sent,
        temporary, // may work later: no connection, a 4xx answer, a dropped connection, a refused login
        permanent, // will never work for this message: a 5xx answer to its sender, recipient or content
    };
    Outcome outcome = Outcome::sent;
    std::string reason; // for the log and the staff: a code and a phase, no address
};

struct Outgoing {
    std::string sender;
    std::string recipient;
    std::string message;   // RFC 5322, CR LF
    std::string file_name; // without folder or ending: unique for this mail and the same at every attempt
};

class Transport {
public:
    virtual ~Transport() = default;
    // Called by one thread at a time. Sending the same mail again is allowed: its Message-ID stays.
    virtual Delivery send(const Outgoing& mail) = 0;
};

} // namespace foyer::server::mail
