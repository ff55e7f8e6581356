#include "wizard/call.h"

#include "wire/payload.h"
#include "wizard/moment.h"

#include <utility>

namespace foyer::wizard {

namespace {

std::string api_path(const Environment& environment, std::string_view resource) {
    return "/api/v1/" + environment.portal->slug + "/" + std::string(resource);
}

} // namespace

unsigned begin_call(const Turn& turn, std::string_view method, std::string_view resource) {
    const unsigned effect = turn.state.next_effect++;
    turn.effects.push_back(Call{effect, std::string(method), api_path(turn.environment, resource), 0, {}});
    return effect;
}

unsigned begin_sealed_call(const Turn& turn, form::Procedure procedure, std::string_view resource,
                           form::Answers answers) {
    wire::Payload payload;
    payload.procedure = procedure;
    payload.language = turn.state.language;
    payload.filled_at = write_moment(turn.environment.now);
    payload.answers = std::move(answers);
    const unsigned effect = turn.state.next_effect++;
    turn.effects.push_back(Call{effect, "POST", api_path(turn.environment, resource),
                                static_cast<std::uint16_t>(procedure), wire::write_payload(payload)});
    return effect;
}

Trouble trouble_of(int status) {
    switch (status) {
    case 0:
        return Trouble::network;
    case 429:
        return Trouble::too_many;
    case 503:
        return Trouble::busy;
    default:
        return Trouble::server;
    }
}

} // namespace foyer::wizard
