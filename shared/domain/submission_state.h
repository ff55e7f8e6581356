// What has become of a request, and which way it may go from there. The wizard shows it, the server moves it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace foyer::domain {

enum class SubmissionState : std::uint8_t {
    received,   // nobody has looked at it
    processing, // an agent took it
    waiting,    // the family was asked for a correction
    accepted,   //
    refused,    //
    withdrawn,  // by the family, before an agent took it
};

enum class SubmissionMove : std::uint8_t {
    take,            // by an agent
    release,         // given back to the queue
    ask,             // for a correction of named fields
    correction_came, //
    accept,          //
    refuse,          //
    withdraw,        // by the family
};

// As stored and sent: "received".
[[nodiscard]] std::string_view name(SubmissionState state);
[[nodiscard]] std::string_view name(SubmissionMove move);
[[nodiscard]] std::optional<SubmissionState> submission_state_from(std::string_view name);

// Where the move leads, or nothing when it cannot be made in this state.
[[nodiscard]] std::optional<SubmissionState> after(SubmissionState state, SubmissionMove move);
// Nothing moves it any more.
[[nodiscard]] bool is_final(SubmissionState state);

} // namespace foyer::domain
