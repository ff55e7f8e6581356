#include "submissions/addresses.h"

#include "form/address.h"
#include "text/fold.h"

#include <optional>
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

// The commune that was typed, as far as the table knows it. A postal code that it does not know (CEDEX) denies nothing.
std::optional<std::string> commune_code(const domain::ReferenceData& reference, const form::Answers& own) {
    const std::string_view name = form::answer(own, "commune");
    const auto postal_code = domain::PostalCode::parse(form::answer(own, "postal_code"));
    if (postal_code && reference.knows(*postal_code)) {
        const auto commune = reference.match(*postal_code, name);
        return commune ? std::optional(std::string(commune->code.text())) : std::nullopt;
    }
    const auto claimed = domain::InseeCode::parse(form::answer(own, "commune.code"));
    const auto commune = claimed ? reference.commune(*claimed) : std::nullopt;
    if (!commune || text::fold_for_place_search(commune->name) != text::fold_for_place_search(name))
        return std::nullopt;
    return std::string(commune->code.text());
}

void settle_address(const addresses::TownIndex& index, form::Answers& own, const std::string& field,
                    std::vector<store::Mark>& marks) {
    const std::string whole = form::whole_address(own);
    if (whole.empty())
        return;
    const auto code = own.find("commune.code");
    const bool covered = index.covers(code == own.end() ? std::nullopt : std::optional(code->second),
                                      form::answer(own, "postal_code"), form::answer(own, "commune"));
    const std::vector<address::Found> found = index.search(whole, 1);
    form::AddressFinding finding;
    if (!found.empty())
        finding = finding_of(found.front());
    if (finding.state == domain::AddressState::matched)
        own["commune.code"] = found.front().insee;
    else if (!covered)
        return;
    else
        marks.push_back({std::string(ADDRESS_UNVERIFIED), field});
    form::put_address_finding(own, finding);
}

void settle_birth_place(const domain::ReferenceData& reference, form::Answers& answers, const std::string& field) {
    constexpr std::size_t NAMESAKES = 64; // France has at most a dozen of one name
    const std::string code_key = field + ".code";
    const std::string_view country = form::answer(answers, field + ".country");
    const std::string_view typed = form::answer(answers, field + ".commune");
    const std::string claimed(form::answer(answers, code_key));
    answers.erase(code_key);
    if (typed.empty() || (!country.empty() && country != "FR"))
        return;
    const std::string name = text::fold_for_place_search(typed);
    std::string only;
    std::size_t namesakes = 0;
    for (const domain::Commune& commune : reference.communes_like(typed, NAMESAKES)) {
        if (text::fold_for_place_search(commune.name) != name)
            break; // whole names come first
        ++namesakes;
        only = commune.code.text();
        if (only == claimed) {
            namesakes = 1;
            break;
        }
    }
    if (namesakes == 1)
        answers[code_key] = only;
}

} // namespace

void settle_addresses(const addresses::TownIndex* index, const domain::ReferenceData* reference, form::Answers& answers,
                      std::vector<store::Mark>& marks) {
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
        const auto code = reference ? commune_code(*reference, own) : std::nullopt;
        own.erase("commune.code");
        if (code)
            own["commune.code"] = *code;
        if (index)
            settle_address(*index, own, person + std::string(LINE), marks);
        for (auto& [key, value] : own)
            answers.emplace(person + key, std::move(value));
    }
}

void settle_birth_places(const domain::ReferenceData* reference, form::Answers& answers) {
    constexpr std::string_view FIELD = "birth_place.";
    std::set<std::string> places;
    for (const auto& [key, value] : answers) {
        const std::size_t at = key.find(FIELD);
        if (at != std::string::npos && (at == 0 || key[at - 1] == '.'))
            places.insert(key.substr(0, at + FIELD.size() - 1));
    }
    for (const std::string& place : places)
        if (reference)
            settle_birth_place(*reference, answers, place);
        else
            answers.erase(place + ".code");
}

} // namespace foyer::server
