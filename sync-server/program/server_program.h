// The commands of foyer-server. The only place where the concrete database, mail transport and HTTP library meet.
#pragma once

#include "program/command_line.h"
#include "support/log.h"

#include <functional>
#include <memory>
#include <string>

namespace foyer::server {

// A server put together and listening; the tests make one on a free port.
class RunningServer {
public:
    // The error lists what must be mended before it can start, with the exit code that says so.
    struct Refusal {
        ExitCode code = ExitCode::failure;
        std::vector<std::string> sentences;
    };
    static Result<std::unique_ptr<RunningServer>, Refusal> start(Settings settings, std::string version, Log& log);
    virtual ~RunningServer() = default;

    [[nodiscard]] virtual int port() const = 0;
    [[nodiscard]] virtual std::vector<std::string> addresses() const = 0; // to open in a browser
    virtual void run() = 0;                                               // until stop()
    virtual void stop() = 0;                                              // any thread
};

// Runs until SIGTERM or SIGINT.
[[nodiscard]] ExitCode serve(const Settings& settings, const std::string& version);
[[nodiscard]] ExitCode init(const Settings& settings, const std::string& config_file);
[[nodiscard]] ExitCode check_portals(const std::vector<std::string>& files);
[[nodiscard]] ExitCode backup(const Settings& settings, const std::string& folder);

} // namespace foyer::server
