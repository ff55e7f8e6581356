#include "domain/submission_state.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace foyer::domain;
using State = SubmissionState;
using Move = SubmissionMove;

namespace {

constexpr State STATES[] = {State::received, State::processing, State::waiting,
                            State::accepted, State::refused,    State::withdrawn};
constexpr Move MOVES[] = {Move::take,   Move::release, Move::ask,     Move::correction_came,
                          Move::accept, Move::refuse,  Move::withdraw};

// "take>processing ask>waiting …"
std::string ways(State state) {
    std::string text;
    for (const Move move : MOVES)
        if (const auto next = after(state, move))
            text += std::string(name(move)) + ">" + std::string(name(*next)) + " ";
    return text;
}

} // namespace

TEST_CASE("a request that nobody has taken can go every way, and only then be withdrawn") {
    CHECK(ways(State::received) == "take>processing ask>waiting accept>accepted refuse>refused withdraw>withdrawn ");
}

TEST_CASE("a request that an agent took is given back, asked about or decided") {
    CHECK(ways(State::processing) == "release>received ask>waiting accept>accepted refuse>refused ");
}

TEST_CASE("a request that waits for its family goes on with the correction, or is decided without") {
    CHECK(ways(State::waiting) == "correction_came>received accept>accepted refuse>refused ");
}

TEST_CASE("what is accepted, refused or withdrawn stays so") {
    for (const State state : STATES)
        CHECK(is_final(state) == ways(state).empty());
    CHECK(is_final(State::accepted));
    CHECK(is_final(State::refused));
    CHECK(is_final(State::withdrawn));
}

TEST_CASE("a state is stored by its name") {
    for (const State state : STATES)
        CHECK(submission_state_from(name(state)) == state);
    CHECK_FALSE(submission_state_from("lost"));
    CHECK_FALSE(submission_state_from(""));
}
