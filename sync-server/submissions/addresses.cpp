#include "submissions/addresses.h"

#include "form/address.h"

#include <set>
#include <string>

namespace foyer::server {

namespace {

constexpr std::string_view LINE = "address";
constexpr std::string_view FIELDS[] = {"address", "postal_code", "commune"};

bool belongs(std::string_view key, std::string_view field) {
    return key.substr(0, field.size()) == field && (key.size() == field.size() || key[field.size()] == '.');
}

// Of "representatives.0.address": the beginning, "representatives.0."; of "address": nothing.
std::optional<std::string> whose(std::string_view key) {
    if (key == LINE)
        return std::string();
    const std::size_t before = key.size() - std::min(key.size(), LINE.size());
    if (key.substr(before) != LINE || before == 0 || key[before - 1] != '.')
        return std::nullopt;
    return std::string(key.substr(0, before));
}

std::string decimal(std::int32_t hundred_thousandths) {
    constexpr std::int32_t UNIT = 100'000;
    const std::int32_t size = hundred_thousandths < 0 ? -hundred_thousandths : hundred_thousandths;
    std::string part = std::to_string(UNIT + size % UNIT);
    part.front() = '.';
    return (hundred_thousandths < 0 ? "-" : "") + std::to_string(size / UNIT) + part;
}

form::AddressFinding finding_of(const address::Found& found) {
    form::AddressFinding finding;
    finding.state = found.state;
    finding.number = found.number;
    finding.repetition = found.repetition;
    finding.street = found.street;
    if (found.position)
        finding.position = decimal(found.position->longitude) + "," + decimal(found.position->latitude);
    return finding;
}

} // namespace

void settle_addresses(const addresses::TownIndex* index, form::Answers& answers, std::vector<store::Mark>& marks) {
    std::set<std::string> people;
    for (const auto& [key, value] : answers)
        for (std::size_t end = key.find(LINE); end != std::string::npos; end = key.find(LINE, end + 1))
            // Also where a device sent what it claims to have found and no address.
            if (const auto person = whose(std::string_view(key).substr(0, end + LINE.size()));
                person && belongs(std::string_view(key).substr(person->size()), LINE))
                people.insert(*person);

    for (const std::string& person : people) {
        form::Answers own;
        for (const std::string_view field : FIELDS)
            for (auto at = answers.lower_bound(person + std::string(field));
                 at != answers.end() && at->first.compare(0, person.size(), person) == 0 &&
                 belongs(std::string_view(at->first).substr(person.size()), field);) {
                own.emplace(at->first.substr(person.size()), at->second);
                at = answers.erase(at);
            }
        form::forget_address_finding(own);
        const std::string whole = form::whole_address(own);
        if (index && !whole.empty()) {
            const std::vector<address::Found> found = index->search(whole, 1);
            form::AddressFinding finding;
            if (!found.empty())
                finding = finding_of(found.front());
            form::put_address_finding(own, finding);
            if (finding.state == domain::AddressState::matched)
                own["commune.code"] = found.front().insee;
            else
                marks.push_back({std::string(ADDRESS_UNVERIFIED), person + std::string(LINE)});
        }
        for (auto& [key, value] : own)
            answers.emplace(person + key, std::move(value));
    }
}

} // namespace foyer::server
