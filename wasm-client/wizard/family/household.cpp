#include "wizard/family/household.h"

#include "wizard/account.h"
#include "wizard/call.h"
#include "wizard/family/dashboard.h"
#include "wizard/family/sync.h"
#include "wizard/family/words.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/sheet.h"

#include <algorithm>
#include <array>
#include <utility>

namespace foyer::wizard::family {

using form::PersonKind;
using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;

namespace {

constexpr std::string_view BIRTH_PREFIX = "declare-birth-"; // "declare-birth-k12"
constexpr std::string_view INVITE_PREFIX = "invite-";       // "invite-k3"

using People = std::vector<FamilyPerson>;

// A person's card: what is known of them, each fact once, nothing that is not there.
class Card {
public:
    Card(const Page& page, const People& people, const FamilyPerson& person)
        : m_page(page), m_people(people), m_person(person), m_list(household::list_of(person.kind)),
          m_choices(people_of(page.state.family.snapshot, page.texts)) {}

    void representative();
    void child();
    void contact();

private:
    void address();
    [[nodiscard]] std::string id(std::string_view part = {}) const {
        return part.empty() ? "person-" + m_person.reference : "person-" + m_person.reference + "-" + std::string(part);
    }
    [[nodiscard]] std::string name() const { return name_of(m_person, m_page.texts); }
    [[nodiscard]] std::string value_of(const FamilyPerson& person, std::string_view key) const;
    [[nodiscard]] std::string value(std::string_view key) const { return value_of(m_person, key); }
    [[nodiscard]] std::vector<std::string> values(std::initializer_list<std::string_view> keys) const;
    [[nodiscard]] std::vector<const FamilyPerson*> contacts_in(std::string_view role) const;
    void fact(TextKey term, std::string value);
    void facts();
    void invitation();

    const Page& m_page;
    const People& m_people;
    const FamilyPerson& m_person;
    std::string_view m_list;
    std::vector<form::PersonChoice> m_choices;
    std::vector<scene::Row> m_rows;
};

// As the form that asks for it would show it, whether this town still asks for it or not.
std::string Card::value_of(const FamilyPerson& person, std::string_view key) const {
    const std::string_view list = household::list_of(person.kind);
    const form::ListDefinition* const known = m_page.environment.entourage.find_list(list);
    if (const form::FormField* const asked = known ? known->item.find(key) : nullptr)
        return form::displayed(*asked, person.answers, m_page.texts, m_page.environment.reference, &m_choices);
    const form::FieldDefinition* const definition = form::find_list_field(list, key);
    if (!definition)
        return std::string(form::answer(person.answers, key));
    return form::displayed(form::make_list_field(list, *definition), person.answers, m_page.texts,
                           m_page.environment.reference, &m_choices);
}

std::vector<std::string> Card::values(std::initializer_list<std::string_view> keys) const {
    std::vector<std::string> found;
    for (const std::string_view key : keys)
        if (std::string text = value(key); !text.empty())
            found.push_back(std::move(text));
    return found;
}

void Card::fact(TextKey term, std::string value) {
    if (!value.empty())
        m_rows.push_back({m_page.text(term), std::move(value), {}, {}, {}});
}

void Card::facts() {
    if (!m_rows.empty())
        m_page.scene.add(Role::table, id("facts")).rows = std::move(m_rows);
    m_rows.clear();
}

// Those of this child's contacts who may do this, in the order in which to call them.
std::vector<const FamilyPerson*> Card::contacts_in(std::string_view role) const {
    std::vector<const FamilyPerson*> found;
    for (const FamilyPerson& contact : m_people) {
        if (contact.kind != PersonKind::contact)
            continue;
        const std::string_view may = form::answer(contact.answers, "role");
        const std::vector<std::string> children = form::people_chosen(contact.answers, "contact_children");
        if ((may == role || may == "both") &&
            std::find(children.begin(), children.end(), m_person.reference) != children.end())
            found.push_back(&contact);
    }
    // a rank is a number without leading zeros: the shorter one is the smaller one
    const auto rank = [](const FamilyPerson* contact) { return form::answer(contact->answers, "rank"); };
    std::stable_sort(found.begin(), found.end(), [&](const FamilyPerson* a, const FamilyPerson* b) {
        const std::string_view left = rank(a);
        const std::string_view right = rank(b);
        if (left.empty() || right.empty())
            return !left.empty();
        return left.size() != right.size() ? left.size() < right.size() : left < right;
    });
    return found;
}

void Card::invitation() {
    const State& family = m_page.state.family;
    if (m_person.self)
        return;
    const Invitation* last = nullptr;
    for (const Invitation& each : family.snapshot.invitations)
        if (each.person == m_person.reference)
            last = &each;
    if (last) {
        const bool used = last->state == "used";
        const bool expired = last->state == "expired";
        Node& state =
            m_page.scene.paragraph(id("invitation"), m_page.texts.format(used      ? TextKey::family_invitation_used
                                                                         : expired ? TextKey::family_invitation_expired
                                                                                   : TextKey::family_invitation_sent,
                                                                         {{"email", last->email}}));
        state.icon = used ? Icon::tick : expired ? Icon::warning : Icon::information;
        state.emphasis = used ? Emphasis::success : expired ? Emphasis::warning : Emphasis::normal;
        if (used)
            return;
    }
    if (family.invited != m_person.reference) {
        Node& invite = m_page.scene.button(join(INVITE_PREFIX, m_person.reference),
                                           m_page.text(last ? TextKey::family_invite_again : TextKey::family_invite),
                                           Emphasis::secondary);
        invite.hint = m_page.texts.format(last ? TextKey::family_invite_again_name : TextKey::family_invite_name,
                                          {{"name", name()}});
        return;
    }
    m_page.scene.paragraph("invite-text", m_page.text(TextKey::family_invite_text));
    if (const auto open = open_invitation(m_page.state, m_page.environment))
        describe_form(m_page, *open, {{}, m_page.text(TextKey::family_invite_send)});
    m_page.scene.button("invite-cancel", m_page.text(TextKey::family_invite_cancel), Emphasis::quiet);
}

void Card::representative() {
    const auto card = m_page.scene.card(id(), 3, name());
    if (m_person.self)
        m_page.scene.paragraph(id("self"), m_page.text(TextKey::family_self)).emphasis = Emphasis::quiet;
    fact(TextKey::fields_link_to_children, value("link_to_children"));
    fact(TextKey::family_fact_birth_date, value("birth_date"));
    fact(TextKey::family_fact_phones, joined(values({"mobile", "home_phone", "work_phone"}), m_page.texts));
    fact(TextKey::fields_email, value("email"));
    address();
    facts();
    invitation();
}

void Card::address() {
    std::string town = value("postal_code");
    if (const std::string commune = value("commune"); !commune.empty())
        town += (town.empty() ? "" : " ") + commune;
    std::vector<std::string> lines = values({"address", "address_extra"});
    if (!town.empty())
        lines.push_back(town);
    fact(TextKey::family_fact_address, joined(lines, m_page.texts));
}

void Card::child() {
    const bool expected = m_person.kind == PersonKind::expected_child;
    const auto card = m_page.scene.card(id(), 3, name(), Emphasis::primary);
    if (expected && !form::answer(m_person.answers, "first_names").empty())
        m_page.scene.paragraph(id("expected"), m_page.text(TextKey::family_expected_child)).emphasis = Emphasis::quiet;
    if (expected)
        fact(TextKey::family_fact_expected_date, value("expected_date"));
    else
        fact(TextKey::family_fact_birth_date, value("birth_date"));
    fact(TextKey::family_fact_birth_place, value("birth_place"));
    fact(TextKey::family_fact_school, joined(values({"school", "school_level"}), m_page.texts));
    fact(TextKey::family_fact_authority, value("authority"));
    fact(TextKey::family_fact_living_with, value("living_with"));
    std::vector<std::string> collectors;
    for (const std::string& reference : form::people_chosen(m_person.answers, "collectors"))
        if (const form::PersonChoice* choice = form::find_person(m_choices, reference))
            collectors.push_back(choice->name);
    for (const FamilyPerson* contact : contacts_in("collect"))
        collectors.push_back(name_of(*contact, m_page.texts));
    fact(TextKey::family_fact_collectors, joined(collectors, m_page.texts));
    std::size_t rank = 0;
    for (const FamilyPerson* contact : contacts_in("emergency")) {
        std::vector<std::string> line = {name_of(*contact, m_page.texts)};
        for (const std::string_view key : {"relation", "contact_phone", "other_phone"})
            if (std::string text = value_of(*contact, key); !text.empty())
                line.push_back(std::move(text));
        m_rows.push_back({m_page.texts.format(TextKey::family_fact_emergency, {{"rank", std::to_string(++rank)}}),
                          joined(line, m_page.texts),
                          {},
                          {},
                          {}});
    }
    facts();
    if (expected) {
        Node& birth = m_page.scene.button(join(BIRTH_PREFIX, m_person.reference),
                                          m_page.text(TextKey::family_declare_birth), Emphasis::primary);
        birth.hint = m_page.texts.format(TextKey::family_declare_birth_name, {{"name", name()}});
    }
}

void Card::contact() {
    const auto card = m_page.scene.card(id(), 3, name());
    fact(TextKey::fields_relation, value("relation"));
    fact(TextKey::family_fact_role,
         form::answer(m_person.answers, "role") == "both"
             ? joined({m_page.text(TextKey::fields_role_collect), m_page.text(TextKey::fields_role_emergency)},
                      m_page.texts)
             : value("role"));
    fact(TextKey::family_fact_phones, joined(values({"contact_phone", "other_phone"}), m_page.texts));
    fact(TextKey::family_fact_children, value("contact_children"));
    address();
    facts();
}

void describe_people(const Page& page, const People& people, std::string_view id, TextKey title, PersonKind kind,
                     PersonKind also) {
    const auto belongs = [&](const FamilyPerson& person) { return person.kind == kind || person.kind == also; };
    const bool none = std::none_of(people.begin(), people.end(), belongs);
    if (none && kind != PersonKind::contact)
        return;
    page.scene.heading(std::string(id) + "-title", 2, page.text(title));
    if (none)
        page.scene.paragraph(std::string(id) + "-none", page.text(TextKey::family_contacts_none));
    for (const FamilyPerson& person : people) {
        if (!belongs(person))
            continue;
        Card card(page, people, person);
        switch (person.kind) {
        case PersonKind::representative:
            card.representative();
            break;
        case PersonKind::child:
        case PersonKind::expected_child:
            card.child();
            break;
        case PersonKind::contact:
            card.contact();
            break;
        }
    }
}

void describe_invitation_status(const Page& page) {
    Node& status = page.scene.add(Role::status, "invite-status");
    switch (page.state.family.invitation) {
    case Asked::working:
        status.label = page.text(TextKey::family_invite_working);
        break;
    case Asked::done:
        tell(status, Emphasis::success, page.text(TextKey::family_invite_done));
        break;
    default:
        break;
    }
}

void begin_invitation(const Turn& turn, std::string_view reference) {
    wizard::State& state = turn.state;
    const FamilyPerson* person = state.family.snapshot.find_person(reference);
    if (!person || person->self || person->kind != PersonKind::representative)
        return;
    state.family.invited = reference;
    state.family.invitation = Asked::question;
    state.account = Sheet{};
    write_answer(state.account, "person", std::string(reference));
    // whoever declared this person has typed the address already
    write_answer(state.account, "email", std::string(form::answer(person->answers, "email")));
    focus_on(state, field_id("email"));
}

void end_invitation(const Turn& turn, Asked how) {
    wizard::State& state = turn.state;
    const std::string button = join(INVITE_PREFIX, state.family.invited);
    state.family.invited.clear();
    state.family.invitation = how;
    state.trouble = Trouble::none;
    state.account = Sheet{};
    focus_on(state, button);
}

void send_invitation(const Turn& turn) {
    wizard::State& state = turn.state;
    if (state.family.invitation == Asked::working || !accept_form(turn))
        return;
    state.family.invitation = Asked::working;
    state.family.invitation_call =
        begin_sealed_call(turn, form::Procedure::invitation, "invitations",
                          form::submitted(turn.environment.invitation, state.account.answers));
}

} // namespace

std::optional<OpenForm> open_invitation(const wizard::State& state, const Environment& environment) {
    if (state.family.invited.empty() || environment.invitation.steps.empty())
        return std::nullopt;
    return OpenForm{&environment.invitation, &environment.invitation.steps.front()};
}

void describe_household(const Page& page) {
    describe_summary(page, page.text(TextKey::family_invite_send));
    page.scene.heading(std::string(TITLE), 1, page.text(TextKey::family_household_title));
    describe_freshness(page);
    describe_invitation_status(page);
    const Snapshot& snapshot = page.state.family.snapshot;
    if (snapshot.household) {
        describe_people(page, *snapshot.household, "children", TextKey::family_children_title, PersonKind::child,
                        PersonKind::expected_child);
        describe_people(page, *snapshot.household, "representatives", TextKey::family_representatives_title,
                        PersonKind::representative, PersonKind::representative);
        describe_people(page, *snapshot.household, "contacts", TextKey::family_contacts_title, PersonKind::contact,
                        PersonKind::contact);
    } else if (has_snapshot(page)) {
        page.scene.paragraph("household-none", page.text(TextKey::family_household_none));
    }
    if (has_snapshot(page) && !page.environment.entourage.lists.empty())
        describe_way(page, "go-entourage", {Screen::entourage}, page.text(TextKey::family_change_entourage),
                     Emphasis::secondary);
    describe_way_back(page);
}

bool press_household(const Turn& turn, std::string_view node) {
    if (node == "invite-cancel") {
        end_invitation(turn, Asked::nothing);
    } else if (node == "next") {
        send_invitation(turn);
    } else if (const auto person = after(node, BIRTH_PREFIX)) {
        declare_birth(turn, *person);
    } else if (const auto invited = after(node, INVITE_PREFIX)) {
        begin_invitation(turn, *invited);
    } else {
        return false;
    }
    return true;
}

bool invitation_answered(const Turn& turn, const CallResult& result) {
    State& family = turn.state.family;
    if (family.invitation != Asked::working || result.effect != family.invitation_call)
        return false;
    if (result.status == 401) {
        session_ended(turn);
        return true;
    }
    family.invitation = Asked::question;
    if (turn.state.screen != Screen::household || family.invited.empty())
        return true;
    if (result.status == 202) {
        end_invitation(turn, Asked::done);
        ask_now(turn);
    } else if (result.status != 422 || !take_problems(turn, result)) {
        turn.state.trouble = result.status == 409 ? Trouble::has_account : trouble_of(result.status);
        focus_on(turn.state, std::string(SUMMARY), true);
    }
    return true;
}

} // namespace foyer::wizard::family
