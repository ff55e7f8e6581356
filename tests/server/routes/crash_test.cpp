#include "loopback.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace foyer;
using namespace foyer::test;

namespace {

constexpr const char* AUTHORITY = "famille.example.org";

// foyer-server as a process of its own; its first address on standard output tells the port.
class Process {
public:
    explicit Process(const server::Settings& settings) {
        int pipe_ends[2];
        REQUIRE(::pipe(pipe_ends) == 0);
        m_pid = ::fork();
        REQUIRE(m_pid >= 0);
        if (m_pid == 0) {
            ::dup2(pipe_ends[1], 1);
            const int nothing = ::open("/dev/null", O_WRONLY);
            ::dup2(nothing, 2);
            ::close(pipe_ends[0]);
            ::execl(FOYER_SERVER, FOYER_SERVER, "serve", "--port", "0", "--data", settings.data.c_str(), "--portals",
                    settings.portals.c_str(), "--assets", settings.assets.c_str(), "--limits-submissions-per-minute",
                    "1000000", "--limits-requests-per-minute", "1000000", "--authorities", AUTHORITY, nullptr);
            ::_exit(127);
        }
        ::close(pipe_ends[1]);
        std::string said;
        char c = 0;
        while (said.find("/\n") == std::string::npos && ::read(pipe_ends[0], &c, 1) == 1)
            said += c;
        ::close(pipe_ends[0]);
        const std::size_t at = said.find("http://127.0.0.1:");
        REQUIRE(at != std::string::npos);
        m_port = std::stoi(said.substr(at + 17));
    }
    ~Process() { kill(SIGTERM); }
    void kill(int signal) {
        if (m_pid <= 0)
            return;
        ::kill(m_pid, signal);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }
    [[nodiscard]] int port() const { return m_port; }

private:
    pid_t m_pid = -1;
    int m_port = 0;
};

} // namespace

TEST_CASE("after kill -9 under load every acknowledged envelope is there exactly once") {
    constexpr int FAMILIES = 48;
    constexpr int KILLED_AFTER = 16;
    const ScratchFolder folder;
    const server::Settings settings = settings_for(folder);
    std::vector<SignedRequest> envelopes;
    std::vector<std::string> receipts(FAMILIES);
    {
        Process process(settings);
        // The two runs have different ports, and signatures name the authority: one that both know.
        ServerFacts facts = facts_of(process.port(), "oudon");
        facts.authority = AUTHORITY;
        for (int i = 0; i < FAMILIES; ++i)
            envelopes.push_back(Device().envelope(facts, Device::new_envelope_id(),
                                                  registration("family" + std::to_string(i), "f@example.org")));
        for (SignedRequest& envelope : envelopes)
            envelope.headers.push_back({"Host", AUTHORITY});
        std::atomic<int> next{0};
        std::atomic<int> acknowledged{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                for (int mine = next++; mine < FAMILIES; mine = next++) {
                    const auto at = static_cast<std::size_t>(mine);
                    const Answer answer = send(process.port(), envelopes[at]);
                    if (answer.status == 201)
                        receipts[at] = answer.body;
                    if (answer.status == 201 && ++acknowledged == KILLED_AFTER)
                        process.kill(SIGKILL);
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        REQUIRE(acknowledged >= KILLED_AFTER);
        REQUIRE(acknowledged < FAMILIES);
    }
    Process process(settings);
    std::set<std::string> numbers;
    int answered = 0;
    for (std::size_t i = 0; i < envelopes.size(); ++i) {
        const Answer answer = send(process.port(), envelopes[i]);
        INFO(answer.body);
        REQUIRE((answer.status == 200 || answer.status == 201));
        if (!receipts[i].empty()) {
            CHECK(answer.status == 200);
            CHECK(answer.body == receipts[i]);
        }
        numbers.insert(answer.text("number"));
        ++answered;
    }
    CHECK(numbers.size() == static_cast<std::size_t>(answered));
    CHECK(numbers.rbegin()->substr(numbers.rbegin()->size() - 6) == "000048");
}
