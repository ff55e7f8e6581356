#include "wizard/finder.h"

#include "domain/reference_data.h"
#include "form/address.h"
#include "text/utf8.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/sheet.h"

#include <algorithm>
#include <charconv>

namespace foyer::wizard {

using form::FieldKind;
using i18n::TextKey;

namespace {

constexpr std::string_view ADDRESS = "address";
constexpr std::size_t FEWEST_LETTERS = 3; // of an address; there are communes of one letter
constexpr std::size_t PLACES = 6;

std::size_t letters_in(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

void close(Finder& finder) {
    finder.open = false;
    finder.wanted = false;
    finder.active = 0;
}

void forget_list(Finder& finder) {
    close(finder);
    finder.addresses.clear();
    finder.places.clear();
}

std::size_t size_of(const Finder& finder) { return finder.addresses.size() + finder.places.size(); }

// The step's field for addresses, when it is asked at the moment.
bool asks_for_address(const Turn& turn) {
    const auto open = open_form(turn.state, turn.environment);
    if (!open)
        return false;
    const form::FormField* const field = find_in(*open->step, ADDRESS);
    return field && form::is_shown(*field, open_sheet(turn.state).answers);
}

void forget_problems(const Turn& turn) {
    if (const auto open = open_form(turn.state, turn.environment))
        forget_mended(turn.state, *open, turn.environment, true);
}

void write_when_new(const Turn& turn, std::string_view key, const std::string& text) {
    Sheet& sheet = open_sheet(turn.state);
    const auto open = open_form(turn.state, turn.environment);
    if (open && !text.empty() && form::locate(*open->form, key) && form::answer(sheet.answers, key) != text)
        write_answer(sheet, key, text);
}

std::string line_of(const FoundAddress& address) {
    std::string line = address.number;
    for (const std::string& part : {address.repetition, address.street})
        if (!part.empty())
            line += line.empty() ? part : " " + part;
    return line;
}

// `whole_line`: the line is written as the index has it; else the person's own words stay.
void take(const Turn& turn, const FoundAddress& address, bool whole_line) {
    Sheet& sheet = open_sheet(turn.state);
    if (whole_line)
        write_when_new(turn, ADDRESS, line_of(address));
    write_when_new(turn, "postal_code", address.postal_code);
    write_when_new(turn, "commune", address.city);
    write_when_new(turn, "commune.code", address.insee);
    sheet.filled_commune = address.city;
    sheet.touched = true;
    form::put_address_finding(sheet.answers, {domain::AddressState::matched, address.number, address.repetition,
                                              address.street, address.position});
    turn.state.finder.closest.reset();
    forget_problems(turn);
}

void ask(const Turn& turn, std::string text, bool whole) {
    Finder& finder = turn.state.finder;
    ++finder.revision; // whatever is on its way answers an older question
    finder.key = ADDRESS;
    finder.whole = whole;
    if (finder.index != Wanted::there || letters_in(text) < FEWEST_LETTERS) {
        forget_list(finder);
        return;
    }
    finder.wanted = !whole;
    turn.effects.push_back(FindAddresses{std::string(ADDRESS), std::move(text), finder.revision});
}

void judge(const Turn& turn, const std::vector<FoundAddress>& found) {
    Finder& finder = turn.state.finder;
    Sheet& sheet = open_sheet(turn.state);
    finder.closest.reset();
    domain::AddressState state = found.empty() ? domain::AddressState::entered_by_hand : found.front().state;
    if (state == domain::AddressState::matched) {
        const bool incomplete =
            form::answer(sheet.answers, "postal_code").empty() || form::answer(sheet.answers, "commune").empty();
        take(turn, found.front(), incomplete);
        return;
    }
    if (state == domain::AddressState::probable && finder.by_hand)
        state = domain::AddressState::entered_by_hand;
    // A street that has no such number is no question: a new house, which the town hall will look at.
    const std::string_view line = form::answer(sheet.answers, ADDRESS);
    const bool has_number = !line.empty() && line[0] >= '0' && line[0] <= '9';
    if (state == domain::AddressState::probable && !(has_number && found.front().number.empty()))
        finder.closest = found.front();
    form::put_address_finding(sheet.answers, {state, {}, {}, {}, {}});
}

void find_places(const Turn& turn, std::string_view key) {
    Finder& finder = turn.state.finder;
    finder.places.clear();
    finder.active = 0;
    const std::string_view typed = form::answer(open_sheet(turn.state).answers, key);
    if (turn.environment.reference && !typed.empty())
        for (const domain::Commune& commune : turn.environment.reference->communes_like(typed, PLACES))
            finder.places.push_back({commune.code.text(), std::string(commune.name), std::string(commune.today)});
    finder.open = finder.focused == key && !finder.places.empty();
}

} // namespace

bool has_list(const Environment& environment, const form::Answers& answers, const form::FormField& field,
              const form::PartDefinition& part) {
    if (part.entry != form::Entry::line || !field.preset.empty())
        return false;
    if (field.definition->kind == FieldKind::address_line)
        return environment.addresses && field.key == ADDRESS;
    if (field.definition->kind != FieldKind::birth_place)
        return false;
    const std::string_view country = form::answer(answers, field.key + ".country");
    return country.empty() || country == "FR";
}

void list_entered(const Turn& turn, std::string_view key) {
    turn.state.finder.focused = key;
    close(turn.state.finder);
}

void list_typed(const Turn& turn, std::string_view key) {
    Finder& finder = turn.state.finder;
    if (finder.key != key)
        forget_list(finder);
    finder.key = key;
    finder.active = 0;
    finder.by_hand = false;
    if (key != ADDRESS)
        find_places(turn, key);
    else if (finder.focused == key)
        ask(turn, std::string(form::answer(open_sheet(turn.state).answers, ADDRESS)), false);
    else // a browser fills it in
        ask_for_whole_address(turn);
}

void list_left(const Turn& turn) {
    turn.state.finder.focused.clear();
    close(turn.state.finder);
}

void list_key(const Turn& turn, const Key& key) {
    Finder& finder = turn.state.finder;
    const auto answer_key = after(key.node, FIELD_PREFIX);
    if (!answer_key || *answer_key != finder.focused)
        return;
    const std::size_t last = size_of(finder) + 1; // NOT_LISTED
    const bool down = key.name == Key::Name::down;
    if (!finder.open) {
        if (!down && key.name != Key::Name::up)
            return;
        if (finder.key != finder.focused || size_of(finder) == 0) {
            const std::string focused = finder.focused;
            list_typed(turn, focused);
            return;
        }
        finder.open = true;
        finder.active = down ? 1 : last;
        return;
    }
    switch (key.name) {
    case Key::Name::down:
        finder.active = finder.active % last + 1;
        break;
    case Key::Name::up:
        finder.active = finder.active <= 1 ? last : finder.active - 1;
        break;
    case Key::Name::home: // the cursor moves in what is typed
    case Key::Name::end:
        finder.active = 0;
        break;
    case Key::Name::escape:
        close(finder);
        break;
    case Key::Name::enter:
        if (finder.active > 0)
            list_choose(turn, finder.active == last ? std::string(NOT_LISTED) : std::to_string(finder.active - 1));
        break;
    }
}

void list_choose(const Turn& turn, std::string_view option) {
    Finder& finder = turn.state.finder;
    Sheet& sheet = open_sheet(turn.state);
    if (!finder.open)
        return;
    const bool is_address = finder.key == ADDRESS;
    if (option == NOT_LISTED) {
        close(finder);
        if (is_address)
            keep_typed_address(turn);
        return;
    }
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(option.data(), option.data() + option.size(), number);
    if (error != std::errc() || end != option.data() + option.size() || number >= size_of(finder))
        return;
    if (is_address) {
        const FoundAddress chosen = finder.addresses[number];
        take(turn, chosen, true);
        // A street without a number may still want one: the index says so.
        if (chosen.number.empty()) {
            form::forget_address_finding(sheet.answers);
            ask_for_whole_address(turn);
        }
    } else {
        const Finder::Place chosen = finder.places[number];
        const std::string_view field = std::string_view(finder.key).substr(0, finder.key.rfind('.'));
        if (form::answer(sheet.answers, finder.key) != chosen.name)
            write_answer(sheet, finder.key, chosen.name);
        write_answer(sheet, join(field, ".code"), chosen.code);
        sheet.touched = true;
        forget_problems(turn);
    }
    forget_list(finder);
}

void ask_for_whole_address(const Turn& turn) {
    const form::Answers& answers = open_sheet(turn.state).answers;
    if (turn.environment.addresses && asks_for_address(turn) &&
        form::address_finding(answers).state != domain::AddressState::matched)
        ask(turn, form::whole_address(answers), true);
}

void forget_found_address(const Turn& turn) {
    form::forget_address_finding(open_sheet(turn.state).answers);
    turn.state.finder.closest.reset();
}

void addresses_found(const Turn& turn, const AddressesFound& answer) {
    Finder& finder = turn.state.finder;
    if (answer.revision != finder.revision || answer.field != ADDRESS || finder.key != ADDRESS ||
        !asks_for_address(turn))
        return;
    if (finder.whole) {
        judge(turn, answer.found);
        return;
    }
    // What the arrows have come to meanwhile stays, where it is still there.
    const std::string active =
        finder.active > 0 && finder.active <= finder.addresses.size() ? finder.addresses[finder.active - 1].label : "";
    const bool at_not_listed = finder.open && finder.active == size_of(finder) + 1;
    finder.addresses = answer.found;
    finder.active = at_not_listed && !answer.found.empty() ? size_of(finder) + 1 : 0;
    for (std::size_t i = 0; !active.empty() && i < answer.found.size(); ++i)
        if (answer.found[i].label == active)
            finder.active = i + 1;
    finder.open = finder.wanted && finder.focused == ADDRESS && !answer.found.empty();
}

void addresses_arrived(const Turn& turn, bool available) {
    Finder& finder = turn.state.finder;
    finder.index = available ? Wanted::there : Wanted::unavailable;
    if (!available || !asks_for_address(turn))
        return;
    if (finder.focused == ADDRESS)
        list_typed(turn, ADDRESS);
    else
        ask_for_whole_address(turn);
}

void take_closest_address(const Turn& turn) {
    if (!turn.state.finder.closest)
        return;
    const FoundAddress closest = *turn.state.finder.closest;
    take(turn, closest, true);
    focus_on(turn.state, field_id(ADDRESS)); // the button goes away
}

void keep_typed_address(const Turn& turn) {
    Finder& finder = turn.state.finder;
    const bool was_asked = finder.closest.has_value();
    finder.by_hand = true;
    finder.closest.reset();
    ++finder.revision;
    form::put_address_finding(open_sheet(turn.state).answers, {});
    if (was_asked)
        focus_on(turn.state, field_id(ADDRESS));
}

void settle_finder(const Turn& turn) {
    Finder& finder = turn.state.finder;
    const Route route = current_route(turn.state);
    const bool arrived = finder.where != route;
    if (arrived) {
        Finder fresh;
        fresh.where = route;
        fresh.index = finder.index;
        fresh.revision = finder.revision + 1;
        finder = std::move(fresh);
    }
    if (!turn.environment.addresses || !asks_for_address(turn))
        return;
    if (finder.index == Wanted::not_yet || (arrived && finder.index == Wanted::unavailable)) {
        finder.index = Wanted::asked;
        turn.effects.push_back(Load{std::string("addresses")});
    } else if (arrived) {
        ask_for_whole_address(turn);
    }
}

std::vector<scene::Option> offered(const State& state, std::string_view key, const i18n::Texts& texts) {
    const Finder& finder = state.finder;
    std::vector<scene::Option> options;
    if (!finder.open || finder.key != key)
        return options;
    const auto add = [&](std::string id, std::string label) {
        options.push_back({std::move(id), std::move(label), options.size() + 1 == finder.active, false});
    };
    for (std::size_t i = 0; i < finder.addresses.size(); ++i)
        add(std::to_string(i), finder.addresses[i].label);
    for (std::size_t i = 0; i < finder.places.size(); ++i) {
        const Finder::Place& place = finder.places[i];
        // Overseas a department has three characters.
        const std::string department = place.code.substr(0, place.code[0] == '9' && place.code[1] >= '7' ? 3 : 2);
        add(std::to_string(i),
            place.today.empty()
                ? texts.format(TextKey::address_place, {{"name", place.name}, {"department", department}})
                : texts.format(TextKey::address_place_old,
                               {{"name", place.name}, {"department", department}, {"today", place.today}}));
    }
    add(std::string(NOT_LISTED),
        std::string(texts.get(key == ADDRESS ? TextKey::address_not_listed : TextKey::address_place_not_listed)));
    return options;
}

} // namespace foyer::wizard
