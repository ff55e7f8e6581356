#include "domain/submission_state.h"

#include <iterator>

namespace foyer::domain {

namespace {

constexpr std::string_view STATES[] = {"received", "processing", "waiting", "accepted", "refused", "withdrawn"};
constexpr std::string_view MOVES[] = {"take", "release", "ask", "correction_came", "accept", "refuse", "withdraw"};

struct Arrow {
    SubmissionState from;
    SubmissionMove move;
    SubmissionState to;
};
constexpr Arrow ARROWS[] = {
    {SubmissionState::received, SubmissionMove::take, SubmissionState::processing},
    {SubmissionState::received, SubmissionMove::ask, SubmissionState::waiting},
    {SubmissionState::received, SubmissionMove::accept, SubmissionState::accepted},
    {SubmissionState::received, SubmissionMove::refuse, SubmissionState::refused},
    {SubmissionState::received, SubmissionMove::withdraw, SubmissionState::withdrawn},
    {SubmissionState::processing, SubmissionMove::release, SubmissionState::received},
    {SubmissionState::processing, SubmissionMove::ask, SubmissionState::waiting},
    {SubmissionState::processing, SubmissionMove::accept, SubmissionState::accepted},
    {SubmissionState::processing, SubmissionMove::refuse, SubmissionState::refused},
    {SubmissionState::waiting, SubmissionMove::correction_came, SubmissionState::received},
    {SubmissionState::waiting, SubmissionMove::accept, SubmissionState::accepted},
    {SubmissionState::waiting, SubmissionMove::refuse, SubmissionState::refused},
};

} // namespace

std::string_view name(SubmissionState state) { return STATES[static_cast<std::size_t>(state)]; }
std::string_view name(SubmissionMove move) { return MOVES[static_cast<std::size_t>(move)]; }

std::optional<SubmissionState> submission_state_from(std::string_view name) {
    for (std::size_t i = 0; i < std::size(STATES); ++i)
        if (STATES[i] == name)
            return static_cast<SubmissionState>(i);
    return std::nullopt;
}

std::optional<SubmissionState> after(SubmissionState state, SubmissionMove move) {
    for (const Arrow& arrow : ARROWS)
        if (arrow.from == state && arrow.move == move)
            return arrow.to;
    return std::nullopt;
}

bool is_final(SubmissionState state) {
    return state == SubmissionState::accepted || state == SubmissionState::refused ||
           state == SubmissionState::withdrawn;
}

} // namespace foyer::domain
