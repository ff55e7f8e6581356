// A whole server on a free port of this machine, a family's device in front of it, and answers to look at.
#pragma once

#include "program/server_program.h"
#include "test_support/device.h"
#include "test_support/scratch_folder.h"
#include "wire/json.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace foyer::test {

struct Answer {
    int status = 0;
    std::map<std::string, std::string> headers; // names in lower case
    std::string body;

    // A text member of a JSON body, "" when there is none.
    [[nodiscard]] std::string text(const std::string& member) const;
};

// Everything an answer says, without what differs between any two answers.
[[nodiscard]] std::string said(Answer answer);

// Sends to 127.0.0.1. status 0: no answer came.
[[nodiscard]] Answer send(int port, const SignedRequest& request);
[[nodiscard]] Answer get(int port, const std::string& path, wire::Headers headers = {});
[[nodiscard]] Answer post_form(int port, const std::string& path, const std::string& form);

// Everything a device must know, asked from the server as a device does.
[[nodiscard]] ServerFacts facts_of(int port, const std::string& slug);

// The assets folder a server needs at least.
void write_empty_assets(const std::string& folder);
[[nodiscard]] server::Settings settings_for(const ScratchFolder& folder);

class Loopback {
public:
    explicit Loopback(const std::function<void(server::Settings&)>& change = [](server::Settings&) {});
    ~Loopback();

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string log() const;
    // The folder of its database, for a second connection to it, as the town's command line has one.
    [[nodiscard]] const std::string& data() const { return m_settings.data; }
    // Stops and starts on the same data.
    void restart();

    // The link in the newest mail of this kind and recipient, without scheme and host; waits for it to be there.
    [[nodiscard]] std::string link_mailed_to(const std::string& recipient, int count = 1) const;

private:
    void start();
    void stop();
    ScratchFolder m_folder;
    server::Settings m_settings;
    mutable std::mutex m_log_mutex;
    std::string m_lines;
    std::unique_ptr<server::Log> m_log;
    std::unique_ptr<server::RunningServer> m_server;
    std::thread m_thread;
    int m_port = 0;
};

// A registration at Oudon that is good.
[[nodiscard]] wire::Payload registration(const std::string& identifier, const std::string& email);
[[nodiscard]] wire::Payload login(const std::string& identifier, const std::string& password);
inline const std::string PASSWORD = "Crêpes-au-beurre-29";

} // namespace foyer::test
