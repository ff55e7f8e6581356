#include "wizard/entry.h"

#include "domain/postal_code.h"
#include "domain/reference_data.h"
#include "text/fold.h"
#include "wizard/finder.h"
#include "wizard/node_id.h"
#include "wizard/security_check.h"
#include "wizard/sheet.h"

#include <algorithm>

namespace foyer::wizard {

using form::Entry;
using form::FieldKind;

namespace {

// Enough to see whether a commune's name is the only one: the exact ones come first.
constexpr std::size_t SAME_NAME_AT_MOST = 20;

struct Target {
    OpenForm open;
    const form::FormField* field = nullptr;
    const form::PartDefinition* part = nullptr;
    std::string key; // the answer's
};

std::optional<Target> target_of_key(const Turn& turn, std::string_view answer_key) {
    const std::optional<OpenForm> open = open_form(turn.state, turn.environment);
    if (!open)
        return std::nullopt;
    for (const form::FormField& field : open->step->fields) {
        // a field the town fills in, or one that is not asked at the moment, takes no answer
        if (!field.preset.empty() || !form::is_shown(field, open_sheet(turn.state).answers))
            continue;
        if (field.definition->kind == FieldKind::people) {
            // each person has a box: "authority.r0"
            const std::optional<std::string_view> reference = after(answer_key, field.key + ".");
            if (!reference)
                continue;
            for (const std::string& id : choice_ids(field, people_here(turn.state, turn.environment)))
                if (id == *reference)
                    return Target{*open, &field, &field.definition->parts[0], std::string(answer_key)};
            continue;
        }
        for (const form::PartDefinition& part : field.definition->parts)
            if (form::answer_key(field, part) == answer_key)
                return Target{*open, &field, &part, std::string(answer_key)};
    }
    return std::nullopt;
}

std::optional<Target> target_of_node(const Turn& turn, std::string_view node) {
    const std::optional<std::string_view> key = after(node, FIELD_PREFIX);
    return key ? target_of_key(turn, *key) : std::nullopt;
}

bool is_typed(Entry entry) { return entry == Entry::line || entry == Entry::secret; }

std::string bounded(std::string_view text) {
    if (text.size() <= MAXIMUM_TEXT_BYTES)
        return std::string(text);
    std::size_t end = MAXIMUM_TEXT_BYTES;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end));
}

void keep(Sheet& sheet, const std::string& key, std::string value) {
    sheet.touched = true;
    if (value.empty())
        sheet.answers.erase(key);
    else
        sheet.answers[key] = std::move(value);
}

void forget_from_server(Sheet& sheet, const form::FormField& field) {
    sheet.from_server.erase(std::remove_if(sheet.from_server.begin(), sheet.from_server.end(),
                                           [&](const Problem& problem) { return problem.field == field.key; }),
                            sheet.from_server.end());
}

std::optional<domain::PostalCode> postal_code_of(const form::Answers& answers) {
    const auto parsed = domain::PostalCode::parse(form::answer(answers, "postal_code"));
    if (!parsed)
        return std::nullopt;
    return *parsed;
}

void write_commune(Sheet& sheet, const domain::Commune& commune) {
    sheet.filled_commune = std::string(commune.name);
    write_answer(sheet, "commune", std::string(commune.name));
    keep(sheet, "commune.code", std::string(commune.code.text()));
}

// When the postal code leaves no doubt, the commune is written for the person, unless they wrote one themselves.
void fill_commune(const Turn& turn) {
    Sheet& sheet = open_sheet(turn.state);
    if (!turn.environment.reference)
        return;
    const auto postal_code = postal_code_of(sheet.answers);
    if (!postal_code)
        return;
    const std::string_view typed = form::answer(sheet.answers, "commune");
    const bool ours = typed.empty() || typed == sheet.filled_commune;
    const std::vector<domain::Commune> communes = turn.environment.reference->communes_with(*postal_code);
    if (!ours)
        return;
    if (communes.size() == 1) {
        if (typed != communes.front().name)
            write_commune(sheet, communes.front());
    } else if (!typed.empty()) {
        // what we wrote for another postal code must not stay
        const bool still_fits = std::any_of(communes.begin(), communes.end(),
                                            [&](const domain::Commune& commune) { return commune.name == typed; });
        if (!still_fits) {
            write_answer(sheet, "commune", {});
            sheet.answers.erase("commune.code");
        }
    }
}

// A commune written by hand gets its INSEE code when the list knows it, and loses an older one when it does not.
void recognise_commune(const Turn& turn) {
    Sheet& sheet = open_sheet(turn.state);
    sheet.answers.erase("commune.code");
    const auto postal_code = postal_code_of(sheet.answers);
    if (!turn.environment.reference || !postal_code)
        return;
    if (const auto commune = turn.environment.reference->match(*postal_code, form::answer(sheet.answers, "commune")))
        keep(sheet, "commune.code", std::string(commune->code.text()));
}

// A birth place in France gets its commune's code when there is only one commune of that name.
void recognise_birth_commune(const Turn& turn, const form::FormField& field) {
    Sheet& sheet = open_sheet(turn.state);
    const std::string_view typed = form::answer(sheet.answers, field.key + ".commune");
    const std::string_view country = form::answer(sheet.answers, field.key + ".country");
    sheet.answers.erase(field.key + ".code");
    if (!turn.environment.reference || typed.empty() || (!country.empty() && country != "FR"))
        return;
    const std::string folded = text::fold_for_place_search(typed);
    std::vector<domain::Commune> same_name;
    for (const domain::Commune& commune : turn.environment.reference->communes_like(typed, SAME_NAME_AT_MOST))
        if (text::fold_for_place_search(commune.name) == folded)
            same_name.push_back(commune);
    if (same_name.size() == 1)
        keep(sheet, field.key + ".code", same_name.front().code.text());
}

bool has_the_focus(const Turn& turn, const Target& target) { return turn.state.finder.focused == target.key; }

// Another text stands there: what was found for the one before is not said of it. A code belongs to its commune.
void forget_what_was_found(const Turn& turn, const Target& target) {
    const FieldKind kind = target.field->definition->kind;
    if (kind == FieldKind::commune || kind == FieldKind::birth_place)
        open_sheet(turn.state).answers.erase(target.field->key + ".code");
    if (target.field->key == "address" || target.field->key == "postal_code" || target.field->key == "commune")
        forget_found_address(turn);
}

// What follows from an answer wherever it came from.
void after_change(const Turn& turn, const Target& target, bool left) {
    Sheet& sheet = open_sheet(turn.state);
    forget_from_server(sheet, *target.field);
    switch (target.field->definition->kind) {
    case FieldKind::address_line:
        if (left)
            ask_for_whole_address(turn);
        break;
    case FieldKind::postal_code:
        fill_commune(turn);
        if (left || !has_the_focus(turn, target)) // a browser fills it in
            ask_for_whole_address(turn);
        break;
    case FieldKind::commune:
        if (left && target.field->key == "commune")
            recognise_commune(turn);
        if (left || !has_the_focus(turn, target))
            ask_for_whole_address(turn);
        break;
    case FieldKind::birth_place:
        if (left && form::answer(sheet.answers, target.field->key + ".code").empty())
            recognise_birth_commune(turn, *target.field);
        break;
    case FieldKind::security_check:
        turn.state.check.was_wrong = false;
        break;
    default:
        break;
    }
    forget_mended(turn.state, target.open, turn.environment, left);
}

bool says_only_that_it_is_empty(ProblemCode code) {
    return code == ProblemCode::required || code == ProblemCode::one_of_required ||
           code == ProblemCode::consent_missing;
}

// A date is looked at when its last box is left, not while the person is on the way there.
bool is_last_typed_part(const Target& target) {
    const form::PartDefinition* last = nullptr;
    for (const form::PartDefinition& part : target.field->definition->parts)
        if (is_typed(part.entry))
            last = &part;
    return last == target.part;
}

void look_at(const Turn& turn, const Target& target) {
    Sheet& sheet = open_sheet(turn.state);
    if (target.field->definition->kind == FieldKind::security_check || !is_last_typed_part(target))
        return;
    for (const Problem& problem : problems_now(turn.state, target.open, turn.environment))
        if (problem.field == target.field->key && !says_only_that_it_is_empty(problem.code))
            sheet.shown.insert(target.field->key);
}

void set_choice(const Turn& turn, const Target& target, std::string value) {
    Sheet& sheet = open_sheet(turn.state);
    if (form::answer(sheet.answers, target.key) == value)
        return;
    keep(sheet, target.key, std::move(value));
    forget_what_was_found(turn, target);
    after_change(turn, target, true);
}

bool is_option(const Turn& turn, const Target& target, std::string_view option) {
    switch (target.field->definition->kind) {
    case FieldKind::security_check:
        return std::find(turn.state.check.icons.begin(), turn.state.check.icons.end(), option) !=
               turn.state.check.icons.end();
    case FieldKind::birth_place:
        return option == "FR" ||
               (turn.environment.reference && turn.environment.reference->country(option).has_value());
    default:
        break;
    }
    if (option.empty())
        return target.part->entry == Entry::select;
    const std::vector<std::string> ids = choice_ids(*target.field, people_here(turn.state, turn.environment));
    return std::find(ids.begin(), ids.end(), option) != ids.end();
}

void choose_commune(const Turn& turn, std::string_view code) {
    const auto target = target_of_key(turn, "commune");
    const auto parsed = domain::InseeCode::parse(code);
    if (!target || !turn.environment.reference || !parsed)
        return;
    if (const auto commune = turn.environment.reference->commune(*parsed)) {
        Sheet& sheet = open_sheet(turn.state);
        write_commune(sheet, *commune);
        forget_from_server(sheet, *target->field);
        forget_mended(turn.state, target->open, turn.environment, true);
        forget_found_address(turn);
        ask_for_whole_address(turn);
    }
}

bool take_suggestion(const Turn& turn, std::string_view field_key) {
    const auto target = target_of_key(turn, field_key);
    if (!target)
        return false;
    for (const Problem& problem : problems_now(turn.state, target->open, turn.environment)) {
        if (problem.field != target->field->key || problem.code != ProblemCode::email_typo)
            continue;
        for (const Problem::Detail& detail : problem.details)
            if (detail.key == "suggestion") {
                write_answer(open_sheet(turn.state), target->key, detail.value);
                after_change(turn, *target, true);
                // the button goes away with the doubt; the person should not be left nowhere
                focus_on(turn.state, field_id(target->key));
                return true;
            }
    }
    return true;
}

bool names_places(FieldKind kind) {
    return kind == FieldKind::postal_code || kind == FieldKind::commune || kind == FieldKind::birth_place;
}

bool needs_reference(FieldKind kind) {
    // passwords: the list of the most used ones lies in the same file
    return names_places(kind) || kind == FieldKind::password;
}

// The list of countries has to be there before it is opened: a system's list does not grow under the finger. So a step
// that asks for a birth place fetches it at the person's first touch of any field, not before.
bool asks_for_birth_place(const form::StepDefinition& step) {
    return std::any_of(step.fields.begin(), step.fields.end(),
                       [](const form::FormField& field) { return field.definition->kind == FieldKind::birth_place; });
}

} // namespace

void want_communes(const Turn& turn) {
    if (turn.environment.reference || turn.state.communes != Wanted::not_yet)
        return;
    turn.state.communes = Wanted::asked;
    turn.effects.push_back(Load{"communes"});
}

void communes_arrived(const Turn& turn, bool available) {
    turn.state.communes = available ? Wanted::there : Wanted::unavailable;
    if (available && target_of_key(turn, "commune") && target_of_key(turn, "postal_code"))
        fill_commune(turn);
    const std::string focused = turn.state.finder.focused;
    if (const auto target = target_of_key(turn, focused);
        available && target && target->field->definition->kind == FieldKind::birth_place)
        list_typed(turn, focused);
}

void type(const Turn& turn, const Input& input) {
    turn.state.composing = input.composing ? input.node : std::string();
    const auto target = target_of_node(turn, input.node);
    if (!target || !is_typed(target->part->entry))
        return;
    const bool changed = form::answer(open_sheet(turn.state).answers, target->key) != input.value;
    keep(open_sheet(turn.state), target->key, bounded(input.value));
    // a browser fills in an address without the focus ever being there
    if (names_places(target->field->definition->kind))
        want_communes(turn);
    if (changed)
        forget_what_was_found(turn, *target);
    if (!input.composing)
        after_change(turn, *target, false);
    // Telephones compose every word: a list that waited for the end of it would never come.
    if (changed && has_list(turn.environment, open_sheet(turn.state).answers, *target->field, *target->part))
        list_typed(turn, target->key);
}

void leave(const Turn& turn, const Commit& commit) {
    turn.state.composing.clear();
    const auto target = target_of_node(turn, commit.node);
    if (!target || !is_typed(target->part->entry))
        return;
    Sheet& sheet = open_sheet(turn.state);
    const std::string before(form::answer(sheet.answers, target->key));
    keep(sheet, target->key, bounded(commit.value));
    if (commit.value.size() <= MAXIMUM_TEXT_BYTES) {
        std::string normalised = form::normalise(*target->field->definition, *target->part, commit.value);
        if (normalised != commit.value)
            write_answer(sheet, target->key, std::move(normalised));
    }
    if (form::answer(sheet.answers, target->key) != before)
        forget_what_was_found(turn, *target);
    after_change(turn, *target, true);
    look_at(turn, *target);
}

void enter(const Turn& turn, const Focus& focus) {
    const auto target = target_of_node(turn, focus.node);
    if (!target)
        return;
    const auto open = open_form(turn.state, turn.environment);
    list_entered(turn, target->key);
    if (needs_reference(target->field->definition->kind) || (open && asks_for_birth_place(*open->step)))
        want_communes(turn);
}

void choose(const Turn& turn, const Choose& choice) {
    if (choice.node == COMMUNE_SUGGESTIONS) {
        choose_commune(turn, choice.option);
        return;
    }
    const auto target = target_of_node(turn, choice.node);
    if (!target)
        return;
    if (has_list(turn.environment, open_sheet(turn.state).answers, *target->field, *target->part)) {
        if (turn.state.finder.key == target->key)
            list_choose(turn, choice.option);
    } else if (target->part->entry == Entry::checkbox)
        set_choice(turn, *target, choice.option.empty() ? std::string() : std::string(form::YES));
    else if (!is_typed(target->part->entry) && is_option(turn, *target, choice.option))
        set_choice(turn, *target, choice.option);
}

bool press_in_form(const Turn& turn, std::string_view node) {
    if (const auto key = after(node, USE_PREFIX)) {
        if (*key == "address")
            take_closest_address(turn);
        else
            return take_suggestion(turn, *key);
        return true;
    }
    if (node == "keep-address") {
        keep_typed_address(turn);
        return true;
    }
    if (const auto key = after(node, REVEAL_PREFIX)) {
        Sheet& sheet = open_sheet(turn.state);
        if (!sheet.revealed.insert(std::string(*key)).second)
            sheet.revealed.erase(std::string(*key));
        return true;
    }
    if (node == "check-question" || node == "check-icons") {
        show_security_question(turn.state, node == "check-question");
        if (const auto open = open_form(turn.state, turn.environment))
            forget_mended(turn.state, *open, turn.environment, true);
        focus_on(turn.state, node == "check-question" ? field_id("security_check.answer")
                             : turn.state.check.icons.empty()
                                 ? std::string(TITLE)
                                 : option_id("security_check.chosen", turn.state.check.icons.front()));
        return true;
    }
    if (node == "privacy-link") {
        turn.state.privacy_open = !turn.state.privacy_open;
        return true;
    }
    const auto key = after(node, FIELD_PREFIX);
    if (!key)
        return false;
    if (const std::size_t dashes = key->rfind("--"); dashes != std::string_view::npos) {
        const auto target = target_of_key(turn, key->substr(0, dashes));
        const std::string_view option = key->substr(dashes + 2);
        if (target && target->part->entry != Entry::checkbox && !is_typed(target->part->entry) &&
            is_option(turn, *target, option))
            set_choice(turn, *target, std::string(option));
        return true;
    }
    if (const auto target = target_of_key(turn, *key); target && target->part->entry == Entry::checkbox)
        set_choice(turn, *target,
                   form::answer(open_sheet(turn.state).answers, target->key) == form::YES ? std::string()
                                                                                          : std::string(form::YES));
    return true;
}

void normalise_step(const Turn& turn) {
    const auto open = open_form(turn.state, turn.environment);
    if (!open)
        return;
    Sheet& sheet = open_sheet(turn.state);
    for (const form::FormField& field : open->step->fields) {
        if (!field.preset.empty())
            continue;
        for (const form::PartDefinition& part : field.definition->parts) {
            if (!is_typed(part.entry))
                continue;
            const std::string key = form::answer_key(field, part);
            const std::string typed(form::answer(sheet.answers, key));
            std::string normalised =
                typed.size() < MAXIMUM_TEXT_BYTES ? form::normalise(*field.definition, part, typed) : typed;
            if (normalised != typed)
                write_answer(sheet, key, std::move(normalised));
        }
        if (field.definition->kind == FieldKind::commune && form::is_shown(field, sheet.answers) &&
            form::answer(sheet.answers, "commune.code").empty() && !form::answer(sheet.answers, "commune").empty())
            recognise_commune(turn);
    }
}

} // namespace foyer::wizard
