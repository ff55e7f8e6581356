// Two agents at their desks, in a town of tests/server/households/town.h.
#pragma once

#include "desk/bulk.h"
#include "town.h"

namespace foyer::test {

inline const server::store::Colleague JEANNE{server::store::StaffId(1), "Jeanne"};
inline const server::store::Colleague PAUL{server::store::StaffId(2), "Paul"};

using DecisionKind = server::households::Decision::Kind;
using RefusalKind = server::households::DecisionRefusal::Kind;

inline server::store::NewAuditLine line_of(const Town& town, const std::string& action) {
    return {"oudon", town.clock.at, "staff:1", action, {}, {}};
}

// As a route makes it.
inline server::households::Decision by(const Town& town, const server::store::Colleague& who, DecisionKind kind) {
    server::households::Decision decision;
    decision.kind = kind;
    decision.by = who;
    decision.line = line_of(town, "submission." + std::string(server::households::name(kind)));
    return decision;
}

inline std::string one_child(Town& town, const Resident& resident, const std::string& name = "Léa") {
    server::store::Answers answers;
    put(answers, "children.0", child_named(name));
    return town.declare(resident, answers);
}

} // namespace foyer::test
