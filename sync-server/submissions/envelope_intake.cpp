#include "submissions/envelope_intake.h"

#include "submissions/arrivals.h"
#include "wire/envelope.h"

namespace foyer::server {

namespace {

Result<store::Accepted, IntakeRefusal> receive_by_procedure(const IntakeSurroundings& around, const Arrival& arrival) {
    if (!arrival.form.payload.corrects.empty())
        return receive_correction(around, arrival);
    switch (arrival.form.payload.procedure) {
    case form::Procedure::registration:
        return receive_registration(around, arrival);
    case form::Procedure::entourage:
        return receive_entourage(around, arrival);
    case form::Procedure::profile:
        return receive_profile(around, arrival);
    default: // the others are calls, with an answer and nothing to keep
        return Failure{IntakeRefusal{SealedRefusal{SealedRefusal::Kind::malformed, "procedure_not_an_envelope"}}};
    }
}

} // namespace

struct EnvelopeIntake::Way {
    std::optional<std::string> stamp;
    bool costs_stamp = true;
    const store::Reception& reception;
};

Result<Receipted, IntakeRefusal> EnvelopeIntake::receive(const wire::Uuid& id, const std::string& body,
                                                         const security::VerifiedRequest& sender,
                                                         const std::optional<std::string>& stamp,
                                                         const store::Reception& reception) const {
    return take(id, body, sender, {stamp, true, reception});
}

Result<Receipted, IntakeRefusal> EnvelopeIntake::hand_in(const wire::Uuid& id, const std::string& body,
                                                         const security::VerifiedRequest& sender,
                                                         const HandIn& by) const {
    // Before a replay is answered: a receipt is another town's business too.
    const std::string town = town_of(body);
    if (!town.empty() && town != by.town)
        return Failure{IntakeRefusal{IntakeObstacle::other_town}};
    return take(id, body, sender, {{}, false, by.reception});
}

std::string EnvelopeIntake::town_of(std::string_view body) const {
    const auto envelope = wire::parse_envelope(body);
    const portals::Published* published = envelope ? m_around.catalogue.find(envelope->revision) : nullptr;
    return published ? published->portal.slug : std::string();
}

Result<Receipted, IntakeRefusal> EnvelopeIntake::take(const wire::Uuid& id, const std::string& body,
                                                      const security::VerifiedRequest& sender, const Way& way) const {
    // A replay is answered before anything is judged: whatever has changed since, what was stored stays stored.
    const auto before = m_around.submissions.find_envelope(id.bytes());
    if (!before)
        return Failure{IntakeRefusal{before.error()}};
    if (*before) {
        // The digest alone is no proof: somebody else may have got hold of the sealed bytes and signed them anew.
        if ((*before)->digest != sender.digest || (*before)->device != sender.thumbprint)
            return Failure{IntakeRefusal{IntakeObstacle::other_digest}};
        return Receipted{(*before)->receipt, false, (*before)->origin};
    }

    auto opened = open_form({body, id.bytes(), sender.digest, sender.thumbprint, way.stamp, way.costs_stamp},
                            m_around.keys, m_around.catalogue);
    if (!opened)
        return Failure{IntakeRefusal{opened.error()}};
    const UnixSeconds now = m_around.clock.now();
    auto accepted = receive_by_procedure(
        m_around, {id, body, sender, std::move(*opened), now, domain::date_in_paris(now), way.reception});
    if (!accepted)
        return Failure{accepted.error()};
    switch (accepted->kind) {
    case store::Accepted::Kind::conflict:
        return Failure{IntakeRefusal{IntakeObstacle::other_digest}};
    case store::Accepted::Kind::unknown:
        return Failure{IntakeRefusal{IntakeObstacle::correction_unknown}};
    case store::Accepted::Kind::not_awaited:
        return Failure{IntakeRefusal{IntakeObstacle::correction_not_awaited}};
    case store::Accepted::Kind::stored:
        m_around.on_stored();
        break;
    case store::Accepted::Kind::replayed:
        break;
    }
    const bool fresh = accepted->kind == store::Accepted::Kind::stored;
    return Receipted{std::move(accepted->receipt), fresh, fresh ? way.reception.origin : std::string()};
}

} // namespace foyer::server
