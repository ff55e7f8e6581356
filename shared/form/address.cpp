#include "form/address.h"

namespace foyer::form {

namespace {

constexpr std::string_view FIELD = "address";

std::string key(std::string_view part) { return std::string(FIELD) + std::string(part); }

void put(Answers& answers, std::string_view part, std::string_view text) {
    if (text.empty())
        answers.erase(key(part));
    else
        answers[key(part)] = text;
}

} // namespace

AddressFinding address_finding(const Answers& answers) {
    AddressFinding finding;
    if (const auto state = domain::parse_address_state(answer(answers, key(ADDRESS_STATE))))
        finding.state = *state;
    if (finding.state != domain::AddressState::matched)
        return finding;
    finding.number = answer(answers, key(ADDRESS_NUMBER));
    finding.repetition = answer(answers, key(ADDRESS_REPETITION));
    finding.street = answer(answers, key(ADDRESS_STREET));
    finding.position = answer(answers, key(ADDRESS_POSITION));
    return finding;
}

void put_address_finding(Answers& answers, const AddressFinding& finding) {
    forget_address_finding(answers);
    put(answers, ADDRESS_STATE, domain::id(finding.state));
    if (finding.state != domain::AddressState::matched)
        return;
    put(answers, ADDRESS_NUMBER, finding.number);
    put(answers, ADDRESS_REPETITION, finding.repetition);
    put(answers, ADDRESS_STREET, finding.street);
    put(answers, ADDRESS_POSITION, finding.position);
}

void forget_address_finding(Answers& answers) {
    for (const std::string_view part :
         {ADDRESS_STATE, ADDRESS_NUMBER, ADDRESS_REPETITION, ADDRESS_STREET, ADDRESS_POSITION})
        answers.erase(key(part));
}

std::string whole_address(const Answers& answers) {
    std::string whole(answer(answers, FIELD));
    if (whole.empty())
        return whole;
    for (const std::string_view part : {"postal_code", "commune"})
        if (const std::string_view text = answer(answers, part); !text.empty())
            whole += " " + std::string(text);
    return whole;
}

} // namespace foyer::form
