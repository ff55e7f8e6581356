#include "wizard/family/entourage.h"

#include "household/people.h"
#include "text/fold.h"
#include "wizard/draft.h"
#include "wizard/family/household.h"
#include "wizard/family/sending.h"
#include "wizard/finder.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace foyer::wizard::family {

namespace {

using Said = Entourage::Said;

constexpr std::array<std::string_view, 3> LISTS = {form::REPRESENTATIVES, form::CHILDREN, form::CONTACTS};
constexpr std::array<std::string_view, 15> ADDRESS_KEYS = {
    "address",          "address.state", "address.number", "address.repetition", "address.street",
    "address.position", "postal_code",   "commune",        "commune.code",       "apartment",
    "building",         "staircase",     "floor",          "residence",          "address_extra"};

const form::FormDefinition& form_of(const Environment& environment) { return environment.entourage; }

std::size_t count_of(const form::Answers& draft) {
    std::size_t count = 0;
    for (const std::string_view list : LISTS)
        count += form::item_numbers(draft, list).size();
    return count;
}

unsigned rank_of(const form::Answers& draft, unsigned number) {
    return family::rank_of(form::item_answers(draft, form::CONTACTS, number));
}

// The ranks the draft may give, ascending: those of the known contacts it changes, then what comes after everybody whom
// the town calls already.
std::vector<unsigned> ranks_for(const form::Answers& draft, const std::vector<unsigned>& called,
                                const household::Known& known) {
    std::vector<unsigned> ranks;
    unsigned last = 0;
    for (const household::KnownPerson& person : known) {
        const unsigned rank = person.kind == form::PersonKind::contact ? family::rank_of(person.answers) : 0;
        last = std::max(last, rank);
        const bool is_changed = std::any_of(called.begin(), called.end(), [&](unsigned number) {
            return form::answer(draft, form::item_key(form::CONTACTS, number, "known")) == person.reference;
        });
        if (rank > 0 && is_changed)
            ranks.push_back(rank);
    }
    while (ranks.size() < called.size())
        ranks.push_back(++last);
    std::sort(ranks.begin(), ranks.end());
    return ranks;
}

// Writes the order of calling: a rank for whoever is called, in this order; none for the others.
void number_ranks(form::Answers& draft, const std::vector<unsigned>& order, const household::Known& known) {
    std::vector<unsigned> called;
    for (const unsigned number : order)
        if (is_called(form::item_answers(draft, form::CONTACTS, number)))
            called.push_back(number);
        else
            draft.erase(form::item_key(form::CONTACTS, number, "rank"));
    const std::vector<unsigned> ranks = ranks_for(draft, called, known);
    for (std::size_t i = 0; i < called.size(); ++i)
        draft[form::item_key(form::CONTACTS, called[i], "rank")] = std::to_string(ranks[i]);
}

void say(State& family, Said said, std::string name, unsigned rank = 0) {
    family.entourage.said = said;
    family.entourage.said_name = std::move(name);
    family.entourage.said_rank = rank;
}

std::string name_in_draft(const Turn& turn, std::string_view list, unsigned number) {
    return name_of(people_of(turn.state, turn.environment), list, number,
                   texts_in(turn.environment, turn.state.language));
}

// The problems of one person, with keys relative to them.
std::vector<Problem> of_person(const std::vector<Problem>& problems, std::string_view list, unsigned number) {
    std::vector<Problem> own;
    for (const Problem& problem : problems)
        if (const auto key = form::split_item_key(problem.field); key && key->list == list && key->number == number) {
            own.push_back(problem);
            own.back().field = std::string(key->key);
        }
    return own;
}

void forget_person(Entourage& entourage) {
    entourage.person = Sheet{};
    entourage.list.clear();
    entourage.number = 0;
}

// Writes somebody's page afresh: what has been declared of them, with what the server said about it.
void open_person_sheet(Entourage& entourage, std::string_view list, unsigned number) {
    Sheet sheet;
    sheet.answers = form::item_answers(entourage.draft.answers, list, number);
    sheet.from_server = of_person(entourage.draft.from_server, list, number);
    const std::string prefix = form::item_key(list, number, "");
    for (const std::string& confirmed : entourage.draft.confirmed)
        if (const auto own = after(confirmed, prefix))
            sheet.confirmed.insert(std::string(*own));
    entourage.person = std::move(sheet);
    entourage.list = list;
    entourage.number = number;
}

void leave_person(const Turn& turn) {
    const Screen back = turn.state.family.entourage.to_recap ? Screen::recap : Screen::people;
    forget_person(turn.state.family.entourage);
    go(turn, {back}, History::push);
}

// ---- adding ----

void take_over(form::Answers& answers, const form::Answers& from, const form::FormDefinition& item,
               std::string_view key) {
    if (!item.find(key))
        return;
    if (const std::string_view text = form::answer(from, key); !text.empty())
        answers[std::string(key)] = text;
    for (const std::string& reference : form::people_chosen(from, key))
        answers[std::string(key) + "." + reference] = form::YES;
}

// What a sister's or brother's page says is most often true of this child too, and a second contact is for the same
// children: it stands there already, to be looked at and changed (WCAG 2.2, 3.3.7).
form::Answers first_answers(const Turn& turn, const form::ListDefinition& list) {
    form::Answers answers;
    const form::Answers& draft = turn.state.family.entourage.draft.answers;
    const std::vector<unsigned> numbers = form::item_numbers(draft, list.key);
    if (!numbers.empty()) {
        const form::Answers last = form::item_answers(draft, list.key, numbers.back());
        if (list.key == form::CHILDREN)
            for (const std::string_view key : {"birth_name", "no_birth_name", "authority", "living_with", "collectors"})
                take_over(answers, last, list.item, key);
        else if (list.key == form::CONTACTS)
            take_over(answers, last, list.item, "contact_children");
    }
    // with one child there is no question which
    const form::FormField* const children = list.item.find("contact_children");
    if (children && answers.empty()) {
        std::vector<std::string> all = choice_ids(*children, people_of(turn.state, turn.environment));
        if (all.size() == 1)
            answers["contact_children." + all.front()] = form::YES;
    }
    return answers;
}

void open_new(const Turn& turn, std::string_view list, const form::Answers& answers) {
    Entourage& entourage = turn.state.family.entourage;
    unsigned& next = entourage.next[std::string(list)];
    const unsigned number = std::max(form::next_item_number(entourage.draft.answers, list), next);
    next = number + 1;
    Sheet sheet;
    for (const auto& [key, text] : answers)
        write_answer(sheet, key, text);
    entourage.person = std::move(sheet);
    entourage.list = list;
    entourage.number = number;
    entourage.to_recap = turn.state.screen == Screen::recap;
    entourage.said = Said::nothing;
    go(turn, {Screen::person, step_of(list, number)}, History::push);
}

// The 201st is told so before anything is typed.
bool has_room(const Turn& turn, std::string_view list) {
    Sheet& draft = turn.state.family.entourage.draft;
    const unsigned maximum = turn.environment.portal->rules.maximum_people;
    if (count_of(draft.answers) < maximum)
        return true;
    draft.summary = {
        {std::string(list), ProblemCode::too_many_people, Severity::error, {{"maximum", std::to_string(maximum)}}}};
    draft.summary_warns = false;
    focus_on(turn.state, std::string(SUMMARY), true);
    return false;
}

void add_person(const Turn& turn, std::string_view list) {
    const form::ListDefinition* const definition = form_of(turn.environment).find_list(list);
    Entourage& entourage = turn.state.family.entourage;
    // Somebody who went elsewhere in the middle finds what they had typed.
    if (definition && entourage.list == list && entourage.person.touched &&
        form::item_answers(entourage.draft.answers, list, entourage.number).empty()) {
        go(turn, {Screen::person, step_of(list, entourage.number)}, History::push);
        return;
    }
    if (definition && has_room(turn, list))
        open_new(turn, definition->key, first_answers(turn, *definition));
}

// ---- one person ----

void edit_person(const Turn& turn, std::string_view target) {
    // "children-0" or, from a line of the recap, "children-0-birth_date"
    const std::size_t list_end = target.find('-');
    const std::size_t number_end = list_end == std::string_view::npos ? list_end : target.find('-', list_end + 1);
    const auto person = person_of(target.substr(0, number_end));
    if (!person)
        return;
    Entourage& entourage = turn.state.family.entourage;
    entourage.to_recap = turn.state.screen == Screen::recap;
    entourage.said = Said::nothing;
    open_person_sheet(entourage, person->list, person->number);
    go(turn, {Screen::person, step_of(person->list, person->number)}, History::push);
    if (number_end == std::string_view::npos)
        return;
    const auto open = open_person(turn.state, turn.environment);
    const std::string key(target.substr(number_end + 1));
    if (open && open->form->find(key))
        focus_on(turn.state,
                 control_of({key, ProblemCode::required, Severity::error, {}}, turn.state, *open, turn.environment));
}

void save_person(const Turn& turn) {
    const auto open = open_person(turn.state, turn.environment);
    if (!open || !accept_form(turn))
        return;
    Entourage& entourage = turn.state.family.entourage;
    const std::string list = entourage.list;
    const unsigned number = entourage.number;
    form::put_item(entourage.draft.answers, list, number, form::submitted(*open->form, entourage.person.answers));
    if (list == form::CONTACTS)
        number_ranks(entourage.draft.answers, shown_order(entourage.draft.answers, list),
                     known_of(turn.state.family.snapshot));
    for (const std::string& confirmed : entourage.person.confirmed)
        entourage.draft.confirmed.insert(form::item_key(list, number, confirmed));
    auto& from_server = entourage.draft.from_server;
    from_server.erase(std::remove_if(from_server.begin(), from_server.end(),
                                     [&](const Problem& problem) {
                                         const auto key = form::split_item_key(problem.field);
                                         return !key || (key->list == list && key->number == number);
                                     }),
                      from_server.end());
    entourage.draft.touched = true;
    entourage.draft.summary.clear(); // it may have asked for just this person
    entourage.nobody = false;
    entourage.removal.reset();
    leave_person(turn);
    say(turn.state.family, Said::saved, name_in_draft(turn, list, number));
}

void remove_person(const Turn& turn, const PersonRoute& person) {
    Entourage& entourage = turn.state.family.entourage;
    const std::vector<unsigned> order = shown_order(entourage.draft.answers, person.list);
    const auto at = std::find(order.begin(), order.end(), person.number);
    if (at == order.end())
        return;
    Entourage::Removal removal;
    removal.list = person.list;
    removal.number = person.number;
    removal.name = name_in_draft(turn, person.list, person.number);
    removal.position = static_cast<std::size_t>(at - order.begin());
    removal.before = entourage.draft.answers;

    form::Answers& draft = entourage.draft.answers;
    form::remove_item(draft, person.list, person.number);
    // Nobody may still be named by somebody else's answers.
    const std::string gone = form::reference_to(person.list, person.number);
    for (const form::ListDefinition& list : form_of(turn.environment).lists)
        for (const unsigned number : form::item_numbers(draft, list.key)) {
            const form::Answers item = form::item_answers(draft, list.key, number);
            const auto keep = [&](std::string_view reference) {
                return reference == gone ? std::string() : std::string(reference);
            };
            form::Answers kept = form::with_references(list.item, item, keep);
            if (kept != item)
                form::put_item(draft, list.key, number, kept);
        }
    number_ranks(draft, shown_order(draft, form::CONTACTS), known_of(turn.state.family.snapshot));
    entourage.draft.summary.clear();
    say(turn.state.family, Said::removed, removal.name);
    entourage.removal = std::move(removal);
    entourage.draft.touched = true;
    focus_on(turn.state, "undo");
}

void undo_removal(const Turn& turn) {
    Entourage& entourage = turn.state.family.entourage;
    if (!entourage.removal)
        return;
    entourage.draft.answers = std::move(entourage.removal->before);
    say(turn.state.family, Said::restored, entourage.removal->name);
    // the button goes away; the person is where it was
    focus_on(turn.state, "edit-" + step_of(entourage.removal->list, entourage.removal->number));
    entourage.removal.reset();
}

void move_contact(const Turn& turn, unsigned number, bool earlier) {
    form::Answers& draft = turn.state.family.entourage.draft.answers;
    std::vector<unsigned> order = shown_order(draft, form::CONTACTS);
    order.erase(
        std::remove_if(order.begin(), order.end(),
                       [&](unsigned each) { return !is_called(form::item_answers(draft, form::CONTACTS, each)); }),
        order.end());
    const auto at = std::find(order.begin(), order.end(), number);
    if (at == order.end() || (earlier ? at == order.begin() : at + 1 == order.end()))
        return;
    const auto there = earlier ? at - 1 : at + 1;
    const bool stays = earlier ? there != order.begin() : there + 1 != order.end();
    std::iter_swap(at, there);
    number_ranks(draft, order, known_of(turn.state.family.snapshot));
    turn.state.family.entourage.removal.reset();
    turn.state.family.entourage.draft.touched = true;
    say(turn.state.family, Said::moved, name_in_draft(turn, form::CONTACTS, number), rank_of(draft, number));
    // At an end of the order the button that was pressed is gone; the other one is beside it.
    focus_on(turn.state, (earlier == stays ? "earlier-" : "later-") + step_of(form::CONTACTS, number));
}

// ---- towards the town hall ----

// What has to be mended first is shown where it can be mended. True when nothing has.
bool lead_to_errors(const Turn& turn) {
    Sheet& draft = turn.state.family.entourage.draft;
    draft.summary.clear();
    turn.state.family.entourage.nobody = false;
    const std::vector<Problem> problems = problems_of_draft(turn.state, turn.environment);
    for (const Problem& problem : problems) {
        if (problem.severity != Severity::error)
            continue;
        const auto key = form::split_item_key(problem.field);
        if (!key || !person_of(step_of(key->list, key->number)))
            continue;
        edit_person(turn, step_of(key->list, key->number));
        show_errors(turn);
        return false;
    }
    for (const Problem& problem : problems)
        if (problem.severity == Severity::error)
            draft.summary.push_back(problem);
    if (draft.summary.empty())
        return true;
    draft.summary_warns = false;
    const std::vector<Problem> errors = draft.summary;
    go(turn, {Screen::people}, History::push);
    turn.state.family.entourage.draft.summary = errors;
    focus_on(turn.state, std::string(SUMMARY), true);
    return false;
}

// What a warning is confirmed under: "children.0.birth_date generation_gap 3 11 2024".
std::string confirmation(const Turn& turn, const Problem& problem) {
    const form::Answers& draft = turn.state.family.entourage.draft.answers;
    const auto key = form::split_item_key(problem.field);
    const form::ListDefinition* const list = key ? form_of(turn.environment).find_list(key->list) : nullptr;
    if (!list)
        return confirmation_of(problem, nullptr, draft);
    Problem own = problem;
    own.field = std::string(key->key);
    return form::item_key(
        key->list, key->number,
        confirmation_of(own, list->item.find(own.field), form::item_answers(draft, key->list, key->number)));
}

// Warnings that nobody has seen yet are listed once; pressing again passes.
bool warnings_are_confirmed(const Turn& turn) {
    Sheet& draft = turn.state.family.entourage.draft;
    std::vector<Problem> unseen;
    for (const Problem& problem : problems_of_draft(turn.state, turn.environment))
        if (draft.confirmed.insert(confirmation(turn, problem)).second)
            unseen.push_back(problem);
    draft.summary = std::move(unseen);
    draft.summary_warns = !draft.summary.empty();
    if (draft.summary_warns)
        focus_on(turn.state, std::string(SUMMARY), true);
    return draft.summary.empty();
}

void to_recap(const Turn& turn) {
    Entourage& entourage = turn.state.family.entourage;
    entourage.said = Said::nothing;
    if (!lead_to_errors(turn))
        return;
    entourage.nobody = is_empty(entourage);
    if (entourage.nobody)
        focus_on(turn.state, std::string(SUMMARY), true);
    else
        go(turn, {Screen::recap}, History::push);
}

void send_entourage(const Turn& turn) {
    if (!lead_to_errors(turn) || !warnings_are_confirmed(turn))
        return;
    Entourage& entourage = turn.state.family.entourage;
    entourage.sent =
        send(turn, form::Procedure::entourage, form::submitted(form_of(turn.environment), entourage.draft.answers));
    entourage.draft.from_server.clear();
    entourage.draft.touched = false;
    entourage.removal.reset();
    go(turn, {Screen::entourage_confirmation}, History::push);
}

void mend_entourage(const Turn& turn) {
    Entourage& entourage = turn.state.family.entourage;
    const Sending* const sending = find_sending(turn.state.family, entourage.sent);
    if (!sending || sending->stage != Sending::Stage::refused)
        return;
    entourage.draft.from_server = sending->problems;
    entourage.draft.touched = true;
    entourage.sent = 0;
    if (lead_to_errors(turn))
        go(turn, {Screen::recap}, History::push);
}

bool is_under_way(const wizard::State& state) {
    const Sending* const sending = find_sending(state.family, state.family.entourage.sent);
    return sending && sending->stage != Sending::Stage::received && sending->stage != Sending::Stage::refused;
}

void open_known(const Turn& turn, std::string_view reference, bool born) {
    const household::Known known = known_of(turn.state.family.snapshot);
    const auto person = std::find_if(known.begin(), known.end(), [&](const household::KnownPerson& each) {
        return each.reference == reference && may_be_changed(each);
    });
    if (person == known.end() || form_of(turn.environment).lists.empty())
        return;
    if (is_under_way(turn.state)) {
        go(turn, {Screen::entourage_confirmation}, History::push);
        return;
    }
    Entourage& entourage = turn.state.family.entourage;
    const std::string_view list = household::list_of(person->kind);
    for (const unsigned number : form::item_numbers(entourage.draft.answers, list))
        if (form::answer(entourage.draft.answers, form::item_key(list, number, "known")) == reference) {
            edit_person(turn, step_of(list, number));
            return;
        }
    if (!has_room(turn, list)) {
        go(turn, {Screen::people}, History::push);
        (void)has_room(turn, list);
        return;
    }
    open_new(turn, list,
             born ? household::to_announce_birth(*person, form_of(turn.environment), known)
                  : household::to_change(*person, form_of(turn.environment), known));
}

} // namespace

// Oneself is changed in PROFIL; the other representative, of whom this account knows only the name, by that person.
bool may_be_changed(const household::KnownPerson& person) {
    return !person.self && person.kind != form::PersonKind::representative;
}

household::Known known_of(const Snapshot& snapshot) {
    household::Known known;
    if (snapshot.household)
        known = *snapshot.household;
    const bool has_self =
        std::any_of(known.begin(), known.end(), [](const household::KnownPerson& person) { return person.self; });
    if (!has_self)
        known.push_back({std::string(form::SELF), form::PersonKind::representative, true, snapshot.profile});
    return known;
}

std::vector<form::PersonChoice> people_of(const wizard::State& state, const Environment& environment) {
    return household::people_of(form_of(environment), state.family.entourage.draft.answers,
                                known_of(state.family.snapshot));
}

std::string name_of(const std::vector<form::PersonChoice>& people, std::string_view list, unsigned number,
                    const i18n::Texts& texts) {
    const form::PersonChoice* const person = form::find_person(people, form::reference_to(list, number));
    return person ? form::name_of(*person, texts) : std::string();
}

std::vector<Problem> problems_of_draft(const wizard::State& state, const Environment& environment) {
    const Sheet& draft = state.family.entourage.draft;
    std::vector<Problem> problems =
        household::check_entourage(form_of(environment), draft.answers, known_of(state.family.snapshot),
                                   environment.portal->rules, context_of(environment));
    for (const Problem& problem : draft.from_server) {
        const auto key = form::split_item_key(problem.field);
        const bool is_there = key && person_of(step_of(key->list, key->number)) &&
                              !form::item_answers(draft.answers, key->list, key->number).empty();
        const bool already = std::any_of(problems.begin(), problems.end(),
                                         [&](const Problem& other) { return other.field == problem.field; });
        if (is_there && !already)
            problems.push_back(problem);
    }
    return problems;
}

unsigned rank_of(const form::Answers& contact) {
    unsigned rank = 0;
    for (const char digit : form::answer(contact, "rank"))
        rank = digit >= '0' && digit <= '9' && rank < 10000 ? rank * 10 + static_cast<unsigned>(digit - '0') : rank;
    return rank;
}

bool is_called(const form::Answers& contact) {
    const std::string_view role = form::answer(contact, "role");
    return role == "emergency" || role == "both";
}

std::vector<unsigned> shown_order(const form::Answers& draft, std::string_view list) {
    std::vector<unsigned> numbers = form::item_numbers(draft, list);
    if (list != form::CONTACTS)
        return numbers;
    // Those who are called first, in their order; whoever has just become one of them comes last.
    struct Place {
        unsigned group, rank, number;
    };
    std::vector<Place> places;
    for (const unsigned number : numbers) {
        const unsigned rank = rank_of(draft, number);
        const bool called = is_called(form::item_answers(draft, list, number));
        places.push_back({called ? (rank > 0 ? 0U : 1U) : 2U, rank, number});
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        if (a.group != b.group)
            return a.group < b.group;
        return a.rank != b.rank && a.group == 0 ? a.rank < b.rank : a.number < b.number;
    });
    for (std::size_t i = 0; i < places.size(); ++i)
        numbers[i] = places[i].number;
    return numbers;
}

bool is_empty(const Entourage& entourage) { return count_of(entourage.draft.answers) == 0; }

std::optional<PersonRoute> person_of(std::string_view step) {
    for (const std::string_view list : LISTS) {
        const auto rest = after(step, list);
        if (!rest || rest->size() < 2 || rest->front() != '-')
            continue;
        const std::string key = std::string(list) + "." + std::string(rest->substr(1)) + ".x";
        if (const auto item = form::split_item_key(key); item && item->key == "x")
            return PersonRoute{list, item->number};
    }
    return std::nullopt;
}

std::string step_of(std::string_view list, unsigned number) { return std::string(list) + "-" + std::to_string(number); }

std::vector<Given> given_addresses(const wizard::State& state, const Environment& environment,
                                   const i18n::Texts& texts) {
    const Entourage& entourage = state.family.entourage;
    std::vector<Given> given;
    std::set<std::string> seen;
    const auto offer = [&](std::string id, const std::string& whose, const form::Answers& answers) {
        Given address;
        for (const std::string_view key : ADDRESS_KEYS)
            if (const std::string_view text = form::answer(answers, key); !text.empty())
                address.answers.emplace(key, text);
        if (form::answer(answers, "address").empty())
            return;
        address.text = form::answer(answers, "address");
        for (const std::string_view key : {"postal_code", "commune"})
            if (const std::string_view text = form::answer(answers, key); !text.empty())
                address.text.append(key == "commune" ? " " : ", ").append(text);
        if (!seen.insert(text::fold_for_place_search(address.text)).second)
            return;
        address.id = std::move(id);
        address.whose = whose;
        given.push_back(std::move(address));
    };
    const std::vector<form::PersonChoice> people = people_of(state, environment);
    for (const unsigned number : form::item_numbers(entourage.draft.answers, form::REPRESENTATIVES)) {
        if (entourage.list == form::REPRESENTATIVES && entourage.number == number)
            continue;
        const form::Answers item = form::item_answers(entourage.draft.answers, form::REPRESENTATIVES, number);
        if (form::answer(item, "address_choice") == "own")
            offer(form::reference_to(form::REPRESENTATIVES, number),
                  name_of(people, form::REPRESENTATIVES, number, texts), item);
    }
    for (const household::KnownPerson& person : known_of(state.family.snapshot))
        if (const form::PersonChoice* choice = form::find_person(people, person.reference))
            offer(person.reference, form::name_of(*choice, texts), person.answers);
    return given;
}

std::vector<Given> given_names(const wizard::State& state) {
    const Entourage& entourage = state.family.entourage;
    std::vector<Given> given;
    std::set<std::string> seen;
    const auto offer = [&](const form::Answers& answers, std::string_view key) {
        const std::string name(form::answer(answers, key));
        if (name.empty() || !seen.insert(name).second)
            return;
        given.push_back({std::to_string(given.size()), name, {}, {{"birth_name", name}}});
    };
    for (const household::KnownPerson& person : known_of(state.family.snapshot))
        if (person.kind == form::PersonKind::representative)
            for (const std::string_view key : {"birth_name", "usage_name"})
                offer(person.answers, key);
    for (const std::string_view list : {form::REPRESENTATIVES, form::CHILDREN})
        for (const unsigned number : form::item_numbers(entourage.draft.answers, list)) {
            const form::Answers item = form::item_answers(entourage.draft.answers, list, number);
            for (const std::string_view key : {"birth_name", "usage_name"})
                offer(item, key);
        }
    return given;
}

std::optional<OpenForm> open_person(const wizard::State& state, const Environment& environment) {
    const form::ListDefinition* const list = form_of(environment).find_list(state.family.entourage.list);
    if (state.screen != Screen::person || !list || list->item.steps.empty())
        return std::nullopt;
    return OpenForm{&list->item, &list->item.steps.front()};
}

void add_people_problems(const wizard::State& state, const Environment& environment, std::vector<Problem>& problems) {
    const Entourage& entourage = state.family.entourage;
    form::Answers together = entourage.draft.answers;
    form::put_item(together, entourage.list, entourage.number, entourage.person.answers);
    const std::vector<Problem> all =
        household::check_entourage(form_of(environment), together, known_of(state.family.snapshot),
                                   environment.portal->rules, context_of(environment));
    for (Problem& problem : of_person(all, entourage.list, entourage.number)) {
        const bool already = std::any_of(problems.begin(), problems.end(), [&](const Problem& other) {
            return other.field == problem.field && other.code == problem.code;
        });
        if (!already && problem.code != ProblemCode::unknown_field)
            problems.push_back(std::move(problem));
    }
}

Route resolved_entourage(const wizard::State& state, const Environment& environment, const Route& wanted) {
    const Entourage& entourage = state.family.entourage;
    if (form_of(environment).lists.empty())
        return {Screen::entourage};
    switch (wanted.screen) {
    case Screen::new_people:
    case Screen::people:
        return is_under_way(state) ? Route{Screen::entourage_confirmation} : wanted;
    case Screen::person: {
        if (is_under_way(state))
            return {Screen::entourage_confirmation};
        const auto person = person_of(wanted.step);
        if (!person)
            return {Screen::people};
        const bool is_open = entourage.list == person->list && entourage.number == person->number;
        const bool is_there = !form::item_answers(entourage.draft.answers, person->list, person->number).empty();
        return is_open || is_there ? wanted : Route{Screen::people};
    }
    case Screen::recap:
        if (is_under_way(state))
            return {Screen::entourage_confirmation};
        return is_empty(entourage) ? Route{Screen::people} : wanted;
    case Screen::entourage_confirmation:
        return find_sending(state.family, entourage.sent) ? wanted : Route{Screen::entourage};
    default:
        return wanted;
    }
}

void enter_entourage(const Turn& turn) {
    wizard::State& state = turn.state;
    Entourage& entourage = state.family.entourage;
    entourage.nobody = false;
    // What comes now is another declaration, not the one that the town has.
    const Sending* const sending = find_sending(state.family, entourage.sent);
    if (state.screen != Screen::entourage_confirmation && sending && sending->stage == Sending::Stage::received)
        entourage.sent = 0;
    if (state.screen != Screen::people && state.screen != Screen::recap) {
        entourage.removal.reset();
        entourage.said = Said::nothing;
    }
    if (state.screen != Screen::person)
        return;
    const auto person = person_of(state.step);
    if (person && (entourage.list != person->list || entourage.number != person->number))
        open_person_sheet(entourage, person->list, person->number);
}

bool press_entourage(const Turn& turn, std::string_view node) {
    Entourage& entourage = turn.state.family.entourage;
    const Screen screen = turn.state.screen;
    if (const auto list = after(node, "add-")) {
        add_person(turn, *list);
    } else if (const auto target = after(node, "edit-")) {
        edit_person(turn, *target);
    } else if (const auto known = after(node, "change-")) {
        change_known(turn, *known);
    } else if (const auto gone = after(node, "remove-")) {
        if (const auto person = person_of(*gone))
            remove_person(turn, *person);
    } else if (const auto sooner = after(node, "earlier-")) {
        if (const auto person = person_of(*sooner))
            move_contact(turn, person->number, true);
    } else if (const auto later = after(node, "later-")) {
        if (const auto person = person_of(*later))
            move_contact(turn, person->number, false);
    } else if (node == "undo") {
        undo_removal(turn);
    } else if (node == "new-people") {
        go(turn, {Screen::new_people}, History::push);
    } else if (node == "begin") {
        go(turn, {Screen::people}, History::push);
    } else if (node == "next" && screen == Screen::people) {
        to_recap(turn);
    } else if (node == "previous" && screen == Screen::people) {
        go(turn, {Screen::new_people}, History::push);
    } else if (node == "next" && screen == Screen::person) {
        save_person(turn);
    } else if (node == "previous" && screen == Screen::person) {
        leave_person(turn);
    } else if (node == "next" && screen == Screen::recap) {
        send_entourage(turn);
    } else if (node == "previous" && screen == Screen::recap) {
        entourage.to_recap = false;
        go(turn, {Screen::people}, History::push);
    } else if (node == "mend-entourage") {
        mend_entourage(turn);
    } else {
        return false;
    }
    return true;
}

bool choose_in_entourage(const Turn& turn, const Choose& choice) {
    wizard::State& state = turn.state;
    if (state.screen != Screen::person || (choice.node != GIVEN_ADDRESSES && choice.node != GIVEN_NAMES))
        return false;
    const bool is_address = choice.node == GIVEN_ADDRESSES;
    const std::vector<Given> all =
        is_address ? given_addresses(state, turn.environment, texts_in(turn.environment, state.language))
                   : given_names(state);
    const auto open = open_person(state, turn.environment);
    for (const Given& given : all) {
        if (given.id != choice.option || !open)
            continue;
        Sheet& sheet = state.family.entourage.person;
        if (is_address)
            for (const std::string_view key : ADDRESS_KEYS)
                if (form::locate(*open->form, key))
                    write_answer(sheet, key, std::string(form::answer(given.answers, key)));
        if (is_address)
            ask_for_whole_address(turn);
        if (!is_address)
            for (const auto& [key, text] : given.answers)
                write_answer(sheet, key, text);
        sheet.touched = true;
        sheet.filled_commune.clear();
        forget_mended(state, *open, turn.environment, true);
        say(state.family, is_address ? Said::address_copied : Said::name_copied, is_address ? given.whose : given.text);
        break;
    }
    return true;
}

form::Answers unsent_people(const wizard::State& state, const Environment& environment) {
    const Entourage& entourage = state.family.entourage;
    if (entourage.sent != 0 || !(entourage.draft.touched || entourage.person.touched))
        return {};
    form::Answers all = entourage.draft.answers;
    if (!entourage.list.empty() && entourage.person.touched)
        form::put_item(all, entourage.list, entourage.number, entourage.person.answers);
    return keepable(environment.entourage, all);
}

bool resume_people(const Turn& turn, const form::Answers& people) {
    Entourage& entourage = turn.state.family.entourage;
    if (entourage.draft.touched || entourage.sent != 0)
        return false;
    take_up(entourage.draft, turn.environment.entourage, people);
    return true;
}

// The town has the answers now: on a library's computer nothing should remain.
void settle_entourage(const Turn& turn) {
    Entourage& entourage = turn.state.family.entourage;
    const Sending* const sending = find_sending(turn.state.family, entourage.sent);
    if (!sending || sending->stage != Sending::Stage::received || is_empty(entourage))
        return;
    const unsigned sent = entourage.sent;
    entourage = Entourage{};
    entourage.sent = sent;
}

void declare_birth(const Turn& turn, std::string_view reference) { open_known(turn, reference, true); }
void change_known(const Turn& turn, std::string_view reference) { open_known(turn, reference, false); }

} // namespace foyer::wizard::family
