// The server's own command line, run as the person who runs the server runs it.
#pragma once

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <string>
#include <sys/wait.h>

namespace foyer::test {

struct Ran {
    int code = -1;
    std::string said; // both its outputs
};

// `command`: what follows the program's name; the towns are the repository's.
inline Ran run_program(const std::string& command, const std::string& data_folder) {
    const std::string line = std::string(FOYER_SERVER) + " " + command + " --data " + data_folder + " --portals " +
                             FOYER_SOURCE_DIR + "/shared/portals 2>&1";
    Ran ran;
    FILE* const pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe);
    std::array<char, 4096> part{};
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), pipe))
        ran.said.append(part.data(), count);
    const int status = ::pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace foyer::test
