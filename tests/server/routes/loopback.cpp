#include "loopback.h"

#include "wire/encoding.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <httplib.h>

namespace foyer::test {

namespace {

Answer answer_of(const httplib::Result& result) {
    Answer answer;
    if (!result)
        return answer;
    answer.status = result->status;
    answer.body = result->body;
    for (const auto& [name, value] : result->headers) {
        std::string lower = name;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
        answer.headers[lower] = value;
    }
    return answer;
}

} // namespace

std::string Answer::text(const std::string& member) const {
    const auto json = wire::parse_json(body);
    const wire::Json* found = json ? json->find(member) : nullptr;
    return found ? found->text() : std::string();
}

std::string said(Answer answer) {
    for (const char* own : {"request-id", "date"})
        answer.headers.erase(own);
    std::string text = std::to_string(answer.status) + "\n";
    for (const auto& [name, value] : answer.headers)
        text.append(name).append(": ").append(value).append("\n");
    return text + answer.body;
}

Answer send(int port, const SignedRequest& request) {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(30, 0);
    client.set_decompress(false);
    httplib::Request message;
    message.method = request.method;
    message.path = request.path;
    message.body = request.body;
    for (const wire::Header& header : request.headers)
        message.headers.emplace(header.name, header.value);
    return answer_of(client.send(message));
}

Answer get(int port, const std::string& path, wire::Headers headers) {
    return send(port, {"GET", path, std::move(headers), {}});
}

Answer post_form(int port, const std::string& path, const std::string& form) {
    return send(port, {"POST", path, {{"Content-Type", "application/x-www-form-urlencoded"}}, form});
}

ServerFacts facts_of(int port, const std::string& slug) {
    ServerFacts facts;
    facts.authority = "127.0.0.1:" + std::to_string(port);
    const Answer server = get(port, "/api/v1/server");
    const auto json = wire::parse_json(server.body);
    REQUIRE(json);
    const wire::Json* key = json->find("sealing_key");
    REQUIRE(key);
    facts.sealing_key_id = wire::decode_base64(key->find("id")->text()).value_or("");
    facts.sealing_key = wire::decode_base64(key->find("public_key")->text()).value_or("");
    facts.stamp_bits = static_cast<int>(json->find("stamp_bits")->integer());
    facts.now = json->find("time")->integer();
    facts.revision = wire::decode_hex(get(port, "/api/v1/portals/" + slug).headers["portal-revision"]).value_or("");
    REQUIRE(facts.revision.size() == 16);
    return facts;
}

void write_empty_assets(const std::string& folder) {
    std::filesystem::create_directories(folder + "/assets");
    std::ofstream(folder + "/manifest.json") << "{\"shell.js\":\"/assets/shell.0123.js\"}";
    std::ofstream(folder + "/assets/shell.0123.js") << "export {};";
    std::ofstream(folder + "/assets/shell.0123.js.br") << "brotli";
}

server::Settings settings_for(const ScratchFolder& folder) {
    write_empty_assets(folder.file("web"));
    server::Settings settings;
    settings.port = 0;
    settings.data = folder.file("data");
    settings.assets = folder.file("web");
    settings.portals = std::string(FOYER_SOURCE_DIR) + "/shared/portals";
    settings.demonstration = true;
    settings.workers = 16;
    settings.limits.requests_per_minute = 100000;
    settings.limits.submissions_per_minute = 100000;
    return settings;
}

Loopback::Loopback(const std::function<void(server::Settings&)>& change) : m_settings(settings_for(m_folder)) {
    change(m_settings);
    start();
}

Loopback::~Loopback() { stop(); }

void Loopback::start() {
    m_log = std::make_unique<server::Log>([this](std::string_view line) {
        const std::lock_guard lock(m_log_mutex);
        m_lines.append(line).append("\n");
    });
    auto started = server::RunningServer::start(m_settings, "test", *m_log);
    if (!started)
        for (const std::string& sentence : started.error().sentences)
            UNSCOPED_INFO(sentence);
    REQUIRE(started);
    m_server = std::move(started).value();
    m_port = m_server->port();
    m_thread = std::thread([this] { m_server->run(); });
    REQUIRE(get(m_port, "/api/v1/health").status == 200);
}

void Loopback::stop() {
    m_server->stop();
    m_thread.join();
    m_server.reset();
}

void Loopback::restart() {
    stop();
    start();
}

std::string Loopback::log() const {
    const std::lock_guard lock(m_log_mutex);
    return m_lines;
}

std::string Loopback::link_mailed_to(const std::string& recipient, int count) const {
    // Mails are queued in the background of the answer, so the page is asked until they are there.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < deadline) {
        const std::string page = get(m_port, "/courrier?lang=en").body;
        int found = 0;
        for (std::size_t at = page.find(recipient); at != std::string::npos; at = page.find(recipient, at + 1))
            ++found;
        if (found < count)
            continue;
        const std::size_t start = page.find("href=\"http", page.find(recipient));
        std::string link = page.substr(start + 6, page.find('"', start + 6) - start - 6);
        for (std::size_t amp = link.find("&amp;"); amp != std::string::npos; amp = link.find("&amp;"))
            link.replace(amp, 5, "&");
        return link.substr(link.find('/', link.find("//") + 2));
    }
    return {};
}

wire::Payload registration(const std::string& identifier, const std::string& email) {
    wire::Payload payload;
    payload.procedure = form::Procedure::registration;
    payload.language = "fr";
    payload.filled_at = "2026-11-21T12:00:00Z";
    payload.answers = {{"civility", "monsieur"},
                       {"birth_name", "Derc’hen"},
                       {"first_names", "Fañch"},
                       {"birth_date.day", "3"},
                       {"birth_date.month", "11"},
                       {"birth_date.year", "1985"},
                       {"address", "12 bis rue de la Loire"},
                       {"postal_code", "44521"},
                       {"commune", "Oudon"},
                       {"mobile", "0612345678"},
                       {"email", email},
                       {"identifier", identifier},
                       {"password", PASSWORD},
                       {"consent", "yes"},
                       {"security_check.asked", "boat"},
                       {"security_check.chosen", "boat"}};
    return payload;
}

wire::Payload login(const std::string& identifier, const std::string& password) {
    wire::Payload payload;
    payload.procedure = form::Procedure::login;
    payload.language = "fr";
    payload.filled_at = "2026-11-21T12:00:00Z";
    payload.answers = {{"identifier", identifier}, {"password", password}};
    return payload;
}

} // namespace foyer::test
