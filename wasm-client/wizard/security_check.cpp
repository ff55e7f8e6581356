#include "wizard/security_check.h"

#include <algorithm>

namespace foyer::wizard {

namespace {

constexpr std::string_view FIELD = "security_check";

// SplitMix64 (Steele, Lea, Flood 2014): enough to shuffle eight pictures; what keeps robots out is the stamp.
std::uint64_t next_random(std::uint64_t& seed) {
    seed += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = seed;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
}

std::size_t below(std::uint64_t& seed, std::size_t bound) {
    return static_cast<std::size_t>(next_random(seed) % bound);
}

void write_question(State& state) {
    form::Answers& answers = state.registration.answers;
    for (const std::string_view part : {".asked", ".chosen", ".question", ".answer"})
        answers.erase(std::string(FIELD).append(part));
    ++state.registration.revisions[std::string(FIELD).append(".answer")];
    if (state.check.without_picture)
        answers["security_check.question"] = std::to_string(state.check.left) + "+" + std::to_string(state.check.right);
    else
        answers["security_check.asked"] =
            state.check.icons[static_cast<std::size_t>(state.check.left) % state.check.icons.size()];
}

} // namespace

bool offers(const Environment& environment, portal::SecurityCheck kind) {
    const portal::ProcedureDefinition* procedure = environment.portal->find(form::Procedure::registration);
    return procedure && std::find(procedure->security_checks.begin(), procedure->security_checks.end(), kind) !=
                            procedure->security_checks.end();
}

void draw_security_check(State& state, const Environment& environment) {
    if (!environment.registration.find(FIELD))
        return;
    SecurityCheck& check = state.check;
    check.icons.clear();
    for (const std::string_view icon : form::security_check_icons())
        check.icons.emplace_back(icon);
    for (std::size_t i = check.icons.size(); i > 1; --i)
        std::swap(check.icons[i - 1], check.icons[below(check.seed, i)]);
    check.icons.resize(std::min(check.icons.size(), ICONS_SHOWN));
    // `left` also says which icon is asked for, so both kinds of question come from one draw
    check.left = 1 + static_cast<int>(below(check.seed, 9));
    check.right = 1 + static_cast<int>(below(check.seed, 9));
    if (!offers(environment, portal::SecurityCheck::icons))
        check.without_picture = true;
    write_question(state);
}

void show_security_question(State& state, bool without_picture) {
    state.check.without_picture = without_picture;
    state.check.was_wrong = false;
    write_question(state);
}

} // namespace foyer::wizard
