#include "wizard/family/describe_entourage.h"

#include "household/people.h"
#include "wizard/family/dashboard.h"
#include "wizard/family/entourage.h"
#include "wizard/family/sending.h"
#include "wizard/family/words.h"
#include "wizard/moment.h"
#include "wizard/node_id.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace foyer::wizard::family {

using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;
using Said = Entourage::Said;

namespace {

struct ListWords {
    std::string_view list;
    TextKey title, text, add, new_person, asked;
};
constexpr std::array<ListWords, 3> WORDS = {{
    {form::REPRESENTATIVES, TextKey::family_people_representatives, TextKey::family_people_representatives_text,
     TextKey::family_people_add_representative, TextKey::family_person_new_representative,
     TextKey::family_new_people_representative},
    {form::CHILDREN, TextKey::family_people_children, TextKey::family_people_children_text,
     TextKey::family_people_add_child, TextKey::family_person_new_child, TextKey::family_new_people_child},
    {form::CONTACTS, TextKey::family_people_contacts, TextKey::family_people_contacts_text,
     TextKey::family_people_add_contact, TextKey::family_person_new_contact, TextKey::family_new_people_contact},
}};

// The facts by which a family recognises somebody in a list; the rest is in the recap.
constexpr std::array<std::string_view, 7> KEY_FACTS = {"birth_date",   "expected_date", "link_to_children", "relation",
                                                       "school_level", "role",          "contact_phone"};

// The guides write their buttons in capitals: "ENFANCE". Letters of French and English only.
std::string in_capitals(std::string text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool is_accented = i > 0 && static_cast<unsigned char>(text[i - 1]) == 0xC3U && byte >= 0xA0U &&
                                 byte <= 0xBEU && byte != 0xB7U;
        if ((text[i] >= 'a' && text[i] <= 'z') || is_accented)
            text[i] = static_cast<char>(byte - 0x20U);
    }
    return text;
}

bool is_child(const form::PersonChoice& person) {
    return person.kind == form::PersonKind::child || person.kind == form::PersonKind::expected_child;
}

const Entourage& entourage_of(const Page& page) { return page.state.family.entourage; }

// Worked out once for a page: with 200 people nothing of it may be done for each of them.
struct Draft {
    const form::Answers& answers;
    std::vector<form::PersonChoice> people;
    std::map<std::string, std::string, std::less<>> names;             // by reference
    std::map<std::string, std::vector<Problem>, std::less<>> problems; // by "children-0"; of lists by "children"
    std::vector<unsigned> called;                                      // contacts, in the order of calling
    unsigned last_rank = 0;                                            // of those and of whom the town knows

    explicit Draft(const Page& page);
    [[nodiscard]] std::string name(std::string_view list, unsigned number) const {
        const auto found = names.find(form::reference_to(list, number));
        return found == names.end() ? std::string() : found->second;
    }
};

Draft::Draft(const Page& page)
    : answers(entourage_of(page).draft.answers), people(family::people_of(page.state, page.environment)) {
    for (const form::PersonChoice& person : people) {
        std::string name = form::name_of(person, page.texts);
        if (!person.also.empty())
            names.emplace(person.also, name);
        names.emplace(person.reference, std::move(name));
    }
    for (const Problem& problem : problems_of_draft(page.state, page.environment)) {
        const auto key = form::split_item_key(problem.field);
        problems[key ? step_of(key->list, key->number) : problem.field].push_back(problem);
    }
    for (const unsigned number : shown_order(answers, form::CONTACTS)) {
        const form::Answers item = form::item_answers(answers, form::CONTACTS, number);
        if (is_called(item))
            called.push_back(number);
        last_rank = std::max(last_rank, rank_of(item));
    }
    for (const household::KnownPerson& person : known_of(page.state.family.snapshot))
        if (person.kind == form::PersonKind::contact)
            last_rank = std::max(last_rank, rank_of(person.answers));
}

std::string sentence_of(const Page& page, const Problem& problem) {
    return form::sentence(page.environment.entourage, problem, page.texts);
}

// The errors or warnings that stand in the way, each leading to the person it is about.
void describe_draft_summary(const Page& page, const Draft& draft, const std::string& next_label) {
    const Sheet& sheet = entourage_of(page).draft;
    const bool nobody = entourage_of(page).nobody;
    if (sheet.summary.empty() && !nobody)
        return;
    Node& node = page.scene.add(Role::error_summary, std::string(SUMMARY));
    node.label = sheet.summary_warns ? page.texts.format(TextKey::wizard_warnings_title, {{"button", next_label}})
                                     : page.text(TextKey::wizard_errors_title);
    node.emphasis = sheet.summary_warns ? Emphasis::warning : Emphasis::danger;
    node.icon = sheet.summary_warns ? Icon::warning : Icon::error;
    if (nobody)
        node.rows.push_back({page.text(TextKey::family_people_nobody), {}, "add-children", {}, {}});
    for (const Problem& problem : sheet.summary) {
        const auto key = form::split_item_key(problem.field);
        if (key)
            node.rows.push_back(
                {page.texts.format(TextKey::family_recap_person_problem, {{"name", draft.name(key->list, key->number)},
                                                                          {"problem", sentence_of(page, problem)}}),
                 {},
                 "edit-" + step_of(key->list, key->number),
                 {},
                 {}});
        else
            node.rows.push_back({sentence_of(page, problem), {}, "add-" + problem.field, {}, {}});
    }
}

void describe_said(const Page& page) {
    const Entourage& entourage = entourage_of(page);
    Node& status = page.scene.add(Role::status, "people-status");
    const auto say = [&](TextKey key) { return page.texts.format(key, {{"name", entourage.said_name}}); };
    switch (entourage.said) {
    case Said::saved:
        status.label = say(TextKey::family_people_saved);
        break;
    case Said::removed:
        status.label = say(TextKey::family_people_removed);
        break;
    case Said::restored:
        status.label = say(TextKey::family_people_restored);
        break;
    case Said::moved:
        status.label = page.texts.format(TextKey::family_people_moved, {{"name", entourage.said_name},
                                                                        {"rank", std::to_string(entourage.said_rank)}});
        break;
    case Said::nothing:
    case Said::address_copied:
    case Said::name_copied:
        return;
    }
    status.icon = Icon::tick;
    status.emphasis = Emphasis::success;
}

void add_row(const Page& page, Node& table, const form::FormField& field, const form::Answers& item,
             const std::vector<form::PersonChoice>& people) {
    if (!form::is_shown(field, item) || visible_parts(field) == 0)
        return;
    std::string value = form::displayed(field, item, page.texts, page.environment.reference, &people);
    if (!value.empty())
        table.rows.push_back({form::label(field, page.texts), std::move(value), {}, {}, {}});
}

std::string rank_text(const Page& page, const Draft& draft, const form::Answers& item) {
    const std::string_view rank = form::answer(item, "rank");
    if (rank.empty())
        return {};
    return page.texts.format(TextKey::family_people_rank, {{"rank", rank}, {"total", std::to_string(draft.last_rank)}});
}

void describe_problems(const Page& page, const Draft& draft, const std::string& step) {
    const auto found = draft.problems.find(step);
    if (found == draft.problems.end())
        return;
    std::size_t count = 0;
    for (const Problem& problem : found->second)
        page.scene.notice("problem-" + step + "-" + std::to_string(count++),
                          problem.severity == Severity::error ? Emphasis::danger : Emphasis::warning,
                          sentence_of(page, problem));
}

Node& named_button(const Page& page, std::string id, TextKey label, TextKey named, const std::string& name) {
    Node& button = page.scene.button(std::move(id), page.text(label), Emphasis::secondary);
    button.hint = page.texts.format(named, {{"name", name}});
    return button;
}

void describe_card(const Page& page, const Draft& draft, const form::ListDefinition& list, unsigned number) {
    const std::string step = step_of(list.key, number);
    const std::string name = draft.name(list.key, number);
    const form::Answers item = form::item_answers(draft.answers, list.key, number);
    const auto card = page.scene.card("card-" + step, 3, name);
    describe_problems(page, draft, step);
    Node& facts = page.scene.add(Role::table, "facts-" + step);
    for (const std::string_view key : KEY_FACTS)
        if (const form::FormField* field = list.item.find(key))
            add_row(page, facts, *field, item, draft.people);
    const std::string rank = rank_text(page, draft, item);
    if (!rank.empty())
        facts.rows.push_back({page.text(TextKey::family_recap_rank), rank, {}, {}, {}});
    const bool is_called = list.key == form::CONTACTS && family::is_called(item);
    const bool is_first = is_called && draft.called.front() == number;
    const auto row = page.scene.group("actions-" + step);
    named_button(page, "edit-" + step, TextKey::family_entourage_modify, TextKey::family_entourage_modify_name, name);
    named_button(page, "remove-" + step, TextKey::family_entourage_remove, TextKey::family_entourage_remove_name, name)
        .inline_row = true;
    if (is_called && !is_first)
        named_button(page, "earlier-" + step, TextKey::family_people_earlier, TextKey::family_people_earlier_name,
                     name);
    if (is_called && draft.called.back() != number)
        named_button(page, "later-" + step, TextKey::family_people_later, TextKey::family_people_later_name, name)
            .inline_row = !is_first;
}

// Where the person stood, so that the way back is under the finger that went there.
void describe_undo(const Page& page) {
    const Entourage::Removal& removal = *entourage_of(page).removal;
    named_button(page, "undo", TextKey::family_people_undo, TextKey::family_people_undo_name, removal.name);
}

void describe_list(const Page& page, const Draft& draft, const form::ListDefinition& list, const ListWords& words) {
    page.scene.heading("list-" + list.key, 2, page.text(words.title));
    page.scene.paragraph("list-text-" + list.key, page.text(words.text));
    const auto& removal = entourage_of(page).removal;
    const bool has_undo = removal && removal->list == list.key;
    std::size_t position = 0;
    for (const unsigned number : shown_order(draft.answers, list.key)) {
        if (has_undo && position++ == removal->position)
            describe_undo(page);
        describe_card(page, draft, list, number);
    }
    if (has_undo && position <= removal->position)
        describe_undo(page);
    Node& add = page.scene.button("add-" + list.key, page.text(words.add), Emphasis::secondary);
    if (list.key == form::CHILDREN)
        add.hint = page.text(TextKey::family_people_add_child_hint);
}

void describe_actions(const Page& page, std::string previous, std::string next) {
    const auto actions = page.scene.group("actions");
    Node& back = page.scene.button("previous", std::move(previous), Emphasis::secondary);
    back.icon = Icon::arrow_left;
    page.scene.button("next", std::move(next), Emphasis::primary).inline_row = true;
}

void describe_progress(const Page& page, TextKey step, TextKey following, double fraction) {
    Node& progress = page.scene.add(Role::progress, "progress", page.text(step));
    progress.hint = page.text(following);
    progress.fraction = fraction;
    progress.width = 2;
}

// A question among the names of other fields: "Où habite l'enfant", without its mark and the blank before it.
std::string in_a_list(std::string label) {
    for (const std::string_view end : {"?", " ", "\u00A0", "\u202F"})
        if (label.size() > end.size() && label.compare(label.size() - end.size(), end.size(), end) == 0)
            label.resize(label.size() - end.size());
    return label;
}

// "Nom de naissance, Prénom(s), …": what must be answered for somebody of this list.
std::string asked_of(const Page& page, const form::ListDefinition& list) {
    std::vector<std::string> labels;
    for (const form::StepDefinition& step : list.item.steps)
        for (const form::FormField& field : step.fields) {
            const form::GroupDefinition* group = form::group_of(field.key);
            const bool one_of = group && group->rule == form::GroupDefinition::Rule::one_of;
            // an address of one's own is the exception; one of the two dates is always asked for
            const bool is_exception =
                field.condition.kind == form::Condition::Kind::equals && !form::is_date(field.definition->kind);
            if ((!field.required && !one_of) || is_exception || visible_parts(field) == 0)
                continue;
            std::string label = in_a_list(one_of ? page.text(group->legend) : form::label(field, page.texts));
            if (std::find(labels.begin(), labels.end(), label) == labels.end())
                labels.push_back(std::move(label));
        }
    return joined(labels, page.texts);
}

const portal::ProcedureDefinition* procedure_of(const Page& page) {
    return page.environment.portal->find(form::Procedure::entourage);
}

std::string add_label(const Page& page) {
    const portal::ProcedureDefinition* const procedure = procedure_of(page);
    const portal::Service* const service =
        procedure ? page.environment.portal->find_service(procedure->service) : nullptr;
    if (!service)
        return page.text(TextKey::family_entourage_add_plain);
    return page.texts.format(TextKey::family_entourage_add, {{"service", in_capitals(page.local(service->name))}});
}

void describe_known_people(const Page& page) {
    const household::Known known = known_of(page.state.family.snapshot);
    const std::vector<form::PersonChoice> people = household::people_of(page.environment.entourage, {}, known);
    page.scene.heading("known-title", 2, page.text(TextKey::family_entourage_known_title));
    const bool only_self =
        std::all_of(known.begin(), known.end(), [](const household::KnownPerson& person) { return person.self; });
    if (only_self) {
        page.scene.paragraph("known-none", page.text(TextKey::family_entourage_known_none));
        return;
    }
    for (const household::KnownPerson& person : known) {
        const form::PersonChoice* const choice = form::find_person(people, person.reference);
        const form::ListDefinition* const list = page.environment.entourage.find_list(household::list_of(person.kind));
        if (person.self || !choice || !list)
            continue;
        const std::string name = form::name_of(*choice, page.texts);
        const auto card = page.scene.card("known-" + person.reference, 3, name);
        Node& facts = page.scene.add(Role::table, "known-facts-" + person.reference);
        for (const std::string_view key : KEY_FACTS)
            if (const form::FormField* field = list->item.find(key))
                add_row(page, facts, *field, person.answers, people);
        if (may_be_changed(person))
            named_button(page, "change-" + person.reference, TextKey::family_entourage_modify,
                         TextKey::family_entourage_modify_name, name);
    }
}

void describe_requests(const Page& page) {
    std::vector<const Request*> open;
    for (const Request& request : page.state.family.snapshot.requests)
        if (request.procedure == "entourage" &&
            (request.state == "received" || request.state == "processing" || request.state == "waiting"))
            open.push_back(&request);
    if (open.empty())
        return;
    page.scene.heading("requests-title", 2, page.text(TextKey::family_entourage_requests_title));
    for (const Request* request : open) {
        const auto card =
            page.scene.card("request-" + request->number, 3,
                            page.texts.format(TextKey::family_request_title, {{"number", request->number}}));
        describe_state(page, "request-state-" + request->number, request->state);
        if (!request->due_by.empty())
            page.scene.paragraph(
                "request-due-" + request->number,
                page.texts.format(TextKey::family_due_by, {{"date", shown_date(request->due_by, page.texts)}}));
        describe_way(page, "open-" + request->number, {Screen::request, request->number},
                     page.text(TextKey::family_request_open))
            .hint = page.texts.format(TextKey::family_request_open_name, {{"number", request->number}});
    }
}

std::string processing_text(const Page& page) {
    const portal::ProcedureDefinition* const procedure = procedure_of(page);
    const portal::ProcessingDays days = procedure ? procedure->processing_days : portal::ProcessingDays{};
    const std::string minimum = std::to_string(days.minimum);
    const std::string maximum = std::to_string(days.maximum);
    if (days.minimum >= days.maximum)
        return page.texts.format(TextKey::family_declared_received_one, {{"maximum", maximum}});
    return page.texts.format(TextKey::family_declared_received, {{"minimum", minimum}, {"maximum", maximum}});
}

void describe_receipt(const Page& page, const Sending& sending) {
    scene::Builder& scene = page.scene;
    const portal::Portal& portal = *page.environment.portal;
    scene.heading("receipt-title", 2, page.text(TextKey::wizard_receipt_title));
    Node& table = scene.add(Role::table, "receipt");
    const auto add = [&](TextKey term, std::string value) {
        if (!value.empty())
            table.rows.push_back({page.text(term), std::move(value), {}, {}, {}});
    };
    add(TextKey::wizard_receipt_number, sending.number);
    add(TextKey::wizard_receipt_procedure, procedure_text("entourage", page.texts));
    add(TextKey::wizard_receipt_received, shown_moment(sending.received_at, page.texts));
    add(TextKey::wizard_receipt_due, shown_date(sending.due_by, page.texts));
    add(TextKey::wizard_receipt_service, portal.contact.name.empty() ? portal.town_hall : portal.contact.name);
    std::vector<std::string> contact;
    for (const std::string& each : {portal.contact.phone, portal.contact.email})
        if (!each.empty())
            contact.push_back(each);
    add(TextKey::wizard_receipt_contact, joined(contact, page.texts));
    scene.button("print", page.text(TextKey::wizard_receipt_print), Emphasis::secondary);
}

} // namespace

std::string title_of_entourage(const Page& page) {
    switch (page.state.screen) {
    case Screen::new_people:
        return page.text(TextKey::family_new_people_title);
    case Screen::people:
        return page.text(TextKey::family_people_title);
    case Screen::person: {
        const Entourage& entourage = entourage_of(page);
        if (!form::item_answers(entourage.draft.answers, entourage.list, entourage.number).empty())
            return name_of(family::people_of(page.state, page.environment), entourage.list, entourage.number,
                           page.texts);
        // announced or changed: the town has a name for this person already
        if (const std::string_view known = form::answer(entourage.person.answers, "known"); !known.empty())
            if (const FamilyPerson* person = page.state.family.snapshot.find_person(known))
                return name_of(*person, page.texts);
        for (const ListWords& words : WORDS)
            if (words.list == entourage.list)
                return page.text(words.new_person);
        return page.text(TextKey::family_people_title);
    }
    case Screen::recap:
        return page.text(TextKey::family_recap_title);
    case Screen::entourage_confirmation: {
        const Sending* const sending = find_sending(page.state.family, entourage_of(page).sent);
        return page.text(sending && sending->stage == Sending::Stage::received
                             ? TextKey::family_declared_title
                             : TextKey::family_declared_title_waiting);
    }
    default:
        return page.text(TextKey::family_entourage_title);
    }
}

void describe_entourage(const Page& page) {
    scene::Builder& scene = page.scene;
    scene.heading(std::string(TITLE), 1, title_of_entourage(page));
    if (page.environment.entourage.lists.empty()) {
        scene.paragraph("not-offered", page.text(TextKey::family_entourage_not_offered));
        describe_way_back(page);
        return;
    }
    describe_freshness(page);
    describe_under_way(page, form::Procedure::entourage);
    scene.paragraph("entourage-text", page.text(TextKey::family_entourage_text));
    const Entourage& entourage = entourage_of(page);
    std::int64_t count = 0;
    for (const ListWords& words : WORDS)
        count += static_cast<std::int64_t>(form::item_numbers(entourage.draft.answers, words.list).size());
    const Sending* const sending = find_sending(page.state.family, entourage.sent);
    if (count > 0 && !sending) {
        scene.notice("draft", Emphasis::normal, page.text(TextKey::family_entourage_draft_title));
        scene.paragraph("draft-text", page.texts.count(TextKey::family_entourage_draft_one,
                                                       TextKey::family_entourage_draft_many, count));
        describe_way(page, "go-people", {Screen::people}, page.text(TextKey::family_entourage_resume),
                     Emphasis::primary);
    } else {
        scene.button("new-people", add_label(page), Emphasis::primary);
    }
    if (sending && sending->stage != Sending::Stage::received)
        describe_way(page, "go-entourage-confirmation", {Screen::entourage_confirmation},
                     page.text(TextKey::wizard_landing_pending_link));
    if (has_snapshot(page)) {
        describe_requests(page);
        describe_known_people(page);
    }
    describe_way_back(page);
}

void describe_new_people(const Page& page) {
    scene::Builder& scene = page.scene;
    scene.heading(std::string(TITLE), 1, title_of_entourage(page));
    describe_under_way(page, form::Procedure::entourage);
    std::size_t number = 0;
    if (const portal::ProcedureDefinition* procedure = procedure_of(page))
        for (const form::LocalText& text : procedure->introduction)
            scene.paragraph("introduction-" + std::to_string(number++), page.local(text));
    scene.paragraph("why", page.text(TextKey::family_new_people_why));
    scene.paragraph("minutes", page.text(TextKey::family_new_people_minutes));
    // in sight on a telephone too, as on the welcome
    scene.button("begin", page.text(TextKey::family_new_people_begin), Emphasis::primary);
    scene.heading("asked-title", 2, page.text(TextKey::family_new_people_asked));
    {
        const auto list = scene.list("asked");
        for (const ListWords& words : WORDS)
            if (const form::ListDefinition* definition = page.environment.entourage.find_list(words.list))
                scene.paragraph("asked-" + definition->key,
                                page.texts.format(words.asked, {{"fields", asked_of(page, *definition)}}));
    }
    scene.paragraph("offline", page.text(TextKey::family_new_people_offline));
    scene.paragraph("not-kept", page.text(TextKey::wizard_welcome_not_kept));
    describe_way(page, "go-entourage", {Screen::entourage}, page.text(TextKey::family_entourage_title));
}

void describe_people(const Page& page) {
    scene::Builder& scene = page.scene;
    const Draft draft(page);
    const std::string next = page.text(TextKey::family_people_next);
    describe_draft_summary(page, draft, next);
    describe_progress(page, TextKey::family_people_step, TextKey::family_people_step_next, 0.5);
    scene.heading(std::string(TITLE), 1, title_of_entourage(page));
    describe_said(page);
    if (draft.answers.empty())
        scene.add(Role::figure, "people-picture").icon = Icon::house;
    scene.paragraph("people-text", page.text(TextKey::family_people_text));
    for (const ListWords& words : WORDS)
        if (const form::ListDefinition* list = page.environment.entourage.find_list(words.list))
            describe_list(page, draft, *list, words);
    describe_actions(page, page.text(TextKey::wizard_previous), next);
}

void describe_person(const Page& page) {
    const auto open = open_person(page.state, page.environment);
    const std::string save = page.text(TextKey::family_person_save);
    describe_summary(page, save);
    describe_progress(page, TextKey::family_people_step, TextKey::family_people_step_next, 0.5);
    page.scene.heading(std::string(TITLE), 1, title_of_entourage(page));
    Node& status = page.scene.add(Role::status, "person-status");
    const Entourage& entourage = entourage_of(page);
    if (entourage.said == Said::address_copied || entourage.said == Said::name_copied)
        status.label = page.texts.format(entourage.said == Said::address_copied ? TextKey::family_given_copied
                                                                                : TextKey::family_given_name_copied,
                                         {{"name", entourage.said_name}});
    if (open && entourage.list == form::CONTACTS)
        page.scene.paragraph("self-hint", page.text(TextKey::family_person_self_hint));
    const std::vector<form::PersonChoice> people = family::people_of(page.state, page.environment);
    if (open && entourage.list == form::CONTACTS && std::none_of(people.begin(), people.end(), is_child))
        page.scene.notice("no-child-yet", Emphasis::warning, page.text(TextKey::family_person_no_child_yet));
    if (open)
        describe_form(page, *open, {page.text(TextKey::family_person_cancel), save});
}

void describe_given(const Page& page, const form::FormField& field) {
    const Entourage& entourage = entourage_of(page);
    if (page.state.screen != Screen::person)
        return;
    const form::Answers& answers = entourage.person.answers;
    const bool asks_for_address = entourage.list == form::REPRESENTATIVES && field.key == "address_choice" &&
                                  form::answer(answers, "address_choice") == "own";
    const bool asks_for_name = entourage.list == form::CHILDREN && field.key == "birth_name";
    if (!asks_for_address && !asks_for_name)
        return;
    const std::vector<Given> given =
        asks_for_address ? given_addresses(page.state, page.environment, page.texts) : given_names(page.state);
    if (given.empty())
        return;
    Node& list =
        page.scene.add(Role::suggestion, std::string(asks_for_address ? GIVEN_ADDRESSES : GIVEN_NAMES),
                       page.text(asks_for_address ? TextKey::family_given_addresses : TextKey::family_given_names));
    for (const Given& each : given) {
        std::string label = asks_for_address ? page.texts.format(TextKey::family_given_address,
                                                                 {{"name", each.whose}, {"address", each.text}})
                                             : each.text;
        const bool is_taken = std::all_of(each.answers.begin(), each.answers.end(), [&](const auto& entry) {
            return form::answer(answers, entry.first) == entry.second;
        });
        list.options.push_back({each.id, std::move(label), is_taken, false});
    }
}

void describe_recap(const Page& page) {
    scene::Builder& scene = page.scene;
    const Draft draft(page);
    const std::string next = page.text(TextKey::wizard_validate);
    describe_draft_summary(page, draft, next);
    describe_progress(page, TextKey::family_recap_step, TextKey::family_recap_step_last, 1);
    scene.heading(std::string(TITLE), 1, title_of_entourage(page));
    describe_said(page);
    scene.paragraph("recap-text", page.text(TextKey::family_recap_text));
    const std::string modify = page.text(TextKey::family_recap_line);
    for (const ListWords& words : WORDS) {
        const form::ListDefinition* const list = page.environment.entourage.find_list(words.list);
        if (!list)
            continue;
        const std::vector<unsigned> numbers = shown_order(draft.answers, list->key);
        if (numbers.empty())
            continue;
        scene.heading("list-" + list->key, 2, page.text(words.title));
        for (const unsigned number : numbers) {
            const std::string step = step_of(list->key, number);
            const std::string name = draft.name(list->key, number);
            const form::Answers item = form::item_answers(draft.answers, list->key, number);
            const auto card = scene.card("card-" + step, 3, name);
            describe_problems(page, draft, step);
            Node& table = scene.add(Role::table, "recap-" + step);
            for (const form::FormField& field : list->item.steps.front().fields) {
                const std::size_t before = table.rows.size();
                add_row(page, table, field, item, draft.people);
                if (table.rows.size() == before)
                    continue;
                scene::Row& row = table.rows.back();
                row.action = "edit-" + step + "-" + field.key;
                row.action_label = modify;
                row.action_name =
                    page.texts.format(TextKey::family_recap_line_name, {{"label", row.term}, {"name", name}});
            }
            if (std::string rank = rank_text(page, draft, item); !rank.empty())
                table.rows.push_back({page.text(TextKey::family_recap_rank), std::move(rank), {}, {}, {}});
            named_button(page, "edit-" + step, TextKey::family_entourage_modify, TextKey::family_entourage_modify_name,
                         name);
        }
    }
    describe_actions(page, page.text(TextKey::wizard_previous), next);
}

void describe_entourage_confirmation(const Page& page) {
    scene::Builder& scene = page.scene;
    scene.heading(std::string(TITLE), 1, title_of_entourage(page));
    const Sending* const sending = find_sending(page.state.family, entourage_of(page).sent);
    // One live line says where the request is, and it never says more than is true.
    Node& status = scene.add(Role::status, "submission-status");
    switch (sending ? sending->stage : Sending::Stage::preparing) {
    case Sending::Stage::preparing:
        status.label = page.text(TextKey::family_declared_preparing);
        break;
    case Sending::Stage::on_device:
        tell(status, Emphasis::primary, page.text(TextKey::family_declared_on_device));
        scene.paragraph("on-device-next", page.text(TextKey::family_declared_on_device_next));
        break;
    case Sending::Stage::sending:
        status.label = page.text(TextKey::family_declared_sending);
        break;
    case Sending::Stage::received:
        tell(status, Emphasis::success, processing_text(page));
        scene.paragraph("number", page.texts.format(TextKey::family_declared_number, {{"number", sending->number}}));
        if (!sending->due_by.empty())
            scene.paragraph("due", page.texts.format(TextKey::family_declared_due,
                                                     {{"date", shown_date(sending->due_by, page.texts)}}));
        scene.paragraph("mail", page.text(TextKey::family_declared_mail));
        describe_receipt(page, *sending);
        break;
    case Sending::Stage::refused:
        tell(status, Emphasis::danger, page.text(TextKey::family_declared_refused));
        if (!sending->detail.empty())
            scene.paragraph("refused-detail", sending->detail);
        scene.paragraph("refused-next", page.text(TextKey::family_declared_refused_next));
        scene.button("mend-entourage", page.text(TextKey::family_declared_mend), Emphasis::primary);
        break;
    }
    describe_way_back(page);
}

} // namespace foyer::wizard::family
