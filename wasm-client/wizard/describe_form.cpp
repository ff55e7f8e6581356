#include "wizard/describe_form.h"

#include "domain/password.h"
#include "domain/postal_code.h"
#include "domain/reference_data.h"
#include "form/address.h"
#include "wizard/family/seam.h"
#include "wizard/finder.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"
#include "wizard/security_check.h"

#include <algorithm>
#include <array>
#include <utility>

namespace foyer::wizard {

using form::Entry;
using form::FieldKind;
using scene::Emphasis;
using scene::Icon;
using scene::Node;
using scene::Role;

namespace {

struct IconName {
    std::string_view id;
    Icon icon;
    TextKey label;
};
constexpr std::array<IconName, 8> ICONS = {{
    {"house", Icon::house, TextKey::wizard_icon_house},
    {"tree", Icon::tree, TextKey::wizard_icon_tree},
    {"bicycle", Icon::bicycle, TextKey::wizard_icon_bicycle},
    {"boat", Icon::boat, TextKey::wizard_icon_boat},
    {"sun", Icon::sun, TextKey::wizard_icon_sun},
    {"umbrella", Icon::umbrella, TextKey::wizard_icon_umbrella},
    {"key", Icon::key, TextKey::wizard_icon_key},
    {"book", Icon::book, TextKey::wizard_icon_book},
}};

const IconName* icon_named(std::string_view id) {
    for (const IconName& icon : ICONS)
        if (icon.id == id)
            return &icon;
    return nullptr;
}

// The fields of one step. Problems are worked out once and only where something is to be shown.
class FieldPainter {
public:
    FieldPainter(const Page& page, const OpenForm& open);
    void fields();

private:
    using Field = form::FormField;
    using Part = form::PartDefinition;

    [[nodiscard]] const Problem* shown_problem(std::string_view field_key) const;
    [[nodiscard]] std::string sentence(const Problem& problem) const {
        return form::sentence(*m_open.form, problem, m_page.texts);
    }
    [[nodiscard]] std::string value_of(const Field& field, const Part& part) const;
    [[nodiscard]] bool is_required(const Field& field) const { return form::is_required(field, m_sheet.answers); }
    void put_problem(Node& node, const Field& field) const;

    void field(const Field& field);
    void composite(const Field& field);
    Node& part(const Field& field, const Part& part, std::string label);
    Node& entry(const Field& field, const Part& part, std::string label);
    Node& select(const Field& field, const Part& part, std::string label);
    Node& checkbox(const Field& field, const Part& part, std::string label);
    void radios(const Field& field, const Part& part, std::string label);
    void people(const Field& field);
    void security_check(const Field& field);
    void security_pictures(const Field& field);

    void after_field(const Field& field);
    void email_suggestion(const Field& field);
    void password_strength(const Field& field);
    void communes(const Field& field);
    void offered_places(const std::string& key);
    [[nodiscard]] std::string list_status(std::size_t count, TextKey one, TextKey many) const;
    void found_address();
    void address_state();
    [[nodiscard]] bool address_is(domain::AddressState state) const {
        return form::address_finding(m_sheet.answers).state == state;
    }

    const Page& m_page;
    const OpenForm& m_open;
    const Sheet& m_sheet;
    std::vector<form::PersonChoice> m_people; // who can be chosen
    std::vector<Problem> m_problems;
};

FieldPainter::FieldPainter(const Page& page, const OpenForm& open)
    : m_page(page), m_open(open), m_sheet(open_sheet(page.state)), m_people(people_here(page.state, page.environment)) {
    if (!m_sheet.shown.empty())
        m_problems = problems_now(page.state, open, page.environment);
}

const Problem* FieldPainter::shown_problem(std::string_view field_key) const {
    if (m_sheet.shown.find(field_key) == m_sheet.shown.end())
        return nullptr;
    const Problem* found = nullptr;
    for (const Problem& problem : m_problems)
        if (problem.field == field_key &&
            (!found || (found->severity == Severity::warning && problem.severity == Severity::error)))
            found = &problem;
    return found;
}

std::string FieldPainter::value_of(const Field& field, const Part& part) const {
    if (!field.preset.empty())
        return field.preset;
    return std::string(form::answer(m_sheet.answers, form::answer_key(field, part)));
}

void FieldPainter::put_problem(Node& node, const Field& field) const {
    const Problem* problem = shown_problem(field.key);
    if (!problem || problem->code == ProblemCode::one_of_required)
        return; // the group says that one
    (problem->severity == Severity::error ? node.error : node.warning) = sentence(*problem);
}

Node& FieldPainter::entry(const Field& field, const Part& part, std::string label) {
    const std::string key = form::answer_key(field, part);
    Node& node = m_page.scene.field(field_id(key), std::move(label));
    const bool secret = part.entry == Entry::secret;
    if (secret)
        node.role = Role::password;
    node.name = key;
    node.value = value_of(field, part);
    if (const auto revision = m_sheet.revisions.find(key); revision != m_sheet.revisions.end())
        node.value_rev = revision->second;
    node.type = secret && m_sheet.revealed.count(key) != 0 ? "text" : std::string(part.type);
    node.autocomplete = form::autocomplete(*m_open.form, field, part);
    node.inputmode = part.inputmode == "text" ? std::string() : std::string(part.inputmode);
    node.autocapitalize = part.autocapitalize;
    node.spellcheck = part.spellcheck;
    node.maximum_length = part.maximum;
    node.width = part.width;
    node.secret = secret;
    node.readonly = !field.preset.empty();
    node.required = is_required(field) && !node.readonly;
    if (has_list(m_page.environment, m_sheet.answers, field, part)) {
        node.role = Role::combobox;
        node.options = offered(m_page.state, key, m_page.texts);
    }
    if (field.definition->kind == FieldKind::address_line && address_is(domain::AddressState::matched))
        node.icon = Icon::tick;
    return node;
}

Node& FieldPainter::select(const Field& field, const Part& part, std::string label) {
    const std::string key = form::answer_key(field, part);
    const std::string chosen = value_of(field, part);
    Node& node = m_page.scene.add(Role::select, field_id(key), std::move(label));
    node.name = key;
    node.autocomplete = form::autocomplete(*m_open.form, field, part);
    node.required = is_required(field);
    if (field.definition->kind == FieldKind::birth_place) {
        const std::string country = chosen.empty() ? std::string("FR") : chosen;
        const auto names = m_page.environment.countries.find(m_page.state.language);
        if (names == m_page.environment.countries.end())
            node.options.push_back({"FR", m_page.text(TextKey::wizard_country_france), true, false});
        else
            for (const Environment::CountryName& name : names->second)
                node.options.push_back({name.code, name.name, name.code == country, false});
        node.value = country;
        return node;
    }
    node.options.push_back({"", m_page.text(TextKey::wizard_choose_option), chosen.empty(), false});
    for (form::Choice& choice : form::choices(field, m_page.texts, &m_people)) {
        const bool is_chosen = choice.id == chosen;
        node.options.push_back({std::move(choice.id), std::move(choice.label), is_chosen, false});
    }
    node.value = chosen;
    return node;
}

Node& FieldPainter::checkbox(const Field& field, const Part& part, std::string label) {
    const std::string key = form::answer_key(field, part);
    Node& node = m_page.scene.add(Role::checkbox, field_id(key), std::move(label));
    node.name = key;
    node.value = form::YES;
    node.checked = value_of(field, part) == form::YES;
    node.required = is_required(field);
    return node;
}

void FieldPainter::radios(const Field& field, const Part& part, std::string label) {
    const std::string key = form::answer_key(field, part);
    const std::string chosen = value_of(field, part);
    Node& question = m_page.scene.add(Role::group, field_id(key) + "-group", std::move(label));
    question.type = "radiogroup";
    question.hint = form::hint(field, m_page.texts);
    question.required = is_required(field);
    put_problem(question, field);
    const auto inside = m_page.scene.inside(question.id);
    for (form::Choice& choice : form::choices(field, m_page.texts, &m_people)) {
        Node& node = m_page.scene.add(Role::radio, option_id(key, choice.id), std::move(choice.label));
        node.name = key;
        node.checked = choice.id == chosen;
        node.value = std::move(choice.id);
    }
}

// One question, a box for each person.
void FieldPainter::people(const Field& field) {
    std::vector<form::Choice> choices = form::choices(field, m_page.texts, &m_people);
    Node& question = m_page.scene.add(Role::group, field_id(field.key) + "-group", form::label(field, m_page.texts));
    // A question with nobody to choose from says why.
    const bool says_why = choices.empty() && field.definition->nobody != TextKey::fields_no_hint;
    question.hint = says_why ? m_page.text(field.definition->nobody) : form::hint(field, m_page.texts);
    question.required = is_required(field);
    put_problem(question, field);
    const bool wrong = !question.error.empty();
    const auto inside = m_page.scene.inside(question.id);
    for (form::Choice& choice : choices) {
        const std::string key = field.key + "." + choice.id;
        Node& node = m_page.scene.add(Role::checkbox, field_id(key), std::move(choice.label));
        node.name = key;
        node.value = form::YES;
        node.checked = form::answer(m_sheet.answers, key) == form::YES;
        node.invalid = wrong;
    }
}

Node& FieldPainter::part(const Field& field, const Part& part, std::string label) {
    switch (part.entry) {
    case Entry::select:
        return select(field, part, std::move(label));
    case Entry::checkbox:
        return checkbox(field, part, std::move(label));
    case Entry::line:
    case Entry::secret:
    case Entry::radio:
    case Entry::hidden:
        break;
    }
    return entry(field, part, std::move(label));
}

// A date, a place: several boxes that answer one question.
void FieldPainter::composite(const Field& field) {
    Node& group = m_page.scene.add(Role::group, field_id(field.key) + "-group", form::label(field, m_page.texts));
    group.hint = form::hint(field, m_page.texts);
    const bool required = is_required(field);
    group.required = required;
    put_problem(group, field);
    const bool wrong = !group.error.empty(); // the group itself is out of reach once its boxes are made
    const bool in_a_row = form::is_date(field.definition->kind);
    const auto inside = m_page.scene.inside(group.id);
    bool first = true;
    for (const Part& each : field.definition->parts) {
        if (!is_visible(each))
            continue;
        Node& node = part(field, each, m_page.text(each.label));
        node.invalid = wrong;
        node.inline_row = in_a_row && !first;
        // Of a date each box must be filled in (a day or a month that nobody knows is written 0); a country is always
        // chosen, so of a place only the commune can be missing.
        node.required = required && (in_a_row || each.suffix == ".commune");
        first = false;
        if (has_list(m_page.environment, m_sheet.answers, field, each))
            offered_places(form::answer_key(field, each));
    }
}

void FieldPainter::offered_places(const std::string& key) {
    const Finder& finder = m_page.state.finder;
    Node& status = m_page.scene.add(Role::status, "found-" + key);
    if (finder.key == key && finder.open)
        status.label = list_status(finder.places.size(), TextKey::address_places_offered_one,
                                   TextKey::address_places_offered_many);
}

void FieldPainter::security_pictures(const Field& field) {
    const IconName* asked = icon_named(form::answer(m_sheet.answers, field.key + ".asked"));
    Node& question = m_page.scene.add(Role::group, field_id(field.key) + "-group", form::label(field, m_page.texts));
    question.type = "radiogroup";
    question.required = true;
    if (asked)
        question.hint = m_page.texts.format(TextKey::wizard_check_ask, {{"icon", m_page.texts.get(asked->label)}});
    put_problem(question, field);
    const std::string key = field.key + ".chosen";
    const std::string_view chosen = form::answer(m_sheet.answers, key);
    const auto inside = m_page.scene.inside(question.id);
    bool first = true;
    for (const std::string& id : m_page.state.check.icons) {
        const IconName* icon = icon_named(id);
        if (!icon)
            continue;
        Node& node = m_page.scene.add(Role::radio, option_id(key, id), m_page.text(icon->label));
        node.name = key;
        node.value = id;
        node.checked = chosen == id;
        node.icon = icon->icon;
        node.inline_row = !first;
        first = false;
    }
}

void FieldPainter::security_check(const Field& field) {
    const bool without_picture = m_page.state.check.without_picture;
    if (!without_picture) {
        security_pictures(field);
    } else {
        for (const Part& each : field.definition->parts) {
            if (each.suffix != ".answer")
                continue;
            Node& node = entry(
                field, each,
                m_page.texts.format(TextKey::wizard_check_sum, {{"left", std::to_string(m_page.state.check.left)},
                                                                {"right", std::to_string(m_page.state.check.right)}}));
            node.hint = form::label(field, m_page.texts);
            put_problem(node, field);
        }
    }
    const bool other_kind = without_picture ? offers(m_page.environment, portal::SecurityCheck::icons)
                                            : offers(m_page.environment, portal::SecurityCheck::question);
    if (!other_kind)
        return;
    if (without_picture)
        m_page.scene.button("check-icons", m_page.text(TextKey::wizard_check_icons), Emphasis::quiet);
    else
        m_page.scene.button("check-question", m_page.text(TextKey::wizard_check_alternative), Emphasis::quiet);
}

void FieldPainter::email_suggestion(const Field& field) {
    const Problem* problem = shown_problem(field.key);
    if (!problem || problem->code != ProblemCode::email_typo)
        return;
    for (const Problem::Detail& detail : problem->details)
        if (detail.key == "suggestion")
            m_page.scene.button(join(USE_PREFIX, field.key),
                                m_page.texts.format(TextKey::wizard_use_suggestion, {{"suggestion", detail.value}}),
                                Emphasis::secondary);
}

// Said in coarse words, so that a screen reader is not interrupted at every letter.
void FieldPainter::password_strength(const Field& field) {
    const domain::PasswordStrength strength = domain::password_strength(form::answer(m_sheet.answers, field.key));
    std::string missing;
    const auto add = [&](TextKey key) {
        if (!missing.empty())
            missing += m_page.texts.get(TextKey::wizard_separator);
        missing += m_page.texts.get(key);
    };
    if (strength.missing_words > 0)
        add(TextKey::wizard_password_missing_words);
    else if (strength.missing_characters > 0)
        add(TextKey::wizard_password_missing_characters);
    for (const domain::PasswordClass missing_class : strength.missing_classes)
        switch (missing_class) {
        case domain::PasswordClass::upper:
            add(TextKey::wizard_password_missing_upper);
            break;
        case domain::PasswordClass::lower:
            add(TextKey::wizard_password_missing_lower);
            break;
        case domain::PasswordClass::digit:
            add(TextKey::wizard_password_missing_digit);
            break;
        case domain::PasswordClass::special:
            add(TextKey::wizard_password_missing_special);
            break;
        }
    Node& node = m_page.scene.add(Role::status, "strength-" + field.key);
    node.fraction = static_cast<double>(strength.score) / 4;
    if (strength.score >= 4) {
        tell(node, Emphasis::success, m_page.text(TextKey::wizard_password_strength_good));
    } else if (strength.score > 0) {
        const TextKey key = strength.score == 1   ? TextKey::wizard_password_strength_weak
                            : strength.score == 2 ? TextKey::wizard_password_strength_fair
                                                  : TextKey::wizard_password_strength_nearly;
        node.label = m_page.texts.format(key, {{"missing", missing}});
    }
}

void FieldPainter::communes(const Field& field) {
    Node& status = m_page.scene.add(Role::status, "commune-status");
    const auto postal_code = domain::PostalCode::parse(form::answer(m_sheet.answers, field.key));
    if (!m_page.environment.reference || !postal_code)
        return;
    const std::vector<domain::Commune> found = m_page.environment.reference->communes_with(*postal_code);
    if (found.empty())
        return;
    if (found.size() == 1) {
        if (form::answer(m_sheet.answers, "commune") == found.front().name) {
            tell(status, Emphasis::success,
                 m_page.texts.format(TextKey::wizard_commune_filled, {{"commune", found.front().name}}));
        }
        return;
    }
    status.label = m_page.text(TextKey::wizard_communes_found);
    Node& list = m_page.scene.add(
        Role::suggestion, std::string(COMMUNE_SUGGESTIONS),
        m_page.texts.format(TextKey::wizard_commune_suggestions, {{"postal_code", postal_code->text()}}));
    const std::string_view chosen = form::answer(m_sheet.answers, "commune.code");
    for (const domain::Commune& commune : found)
        list.options.push_back({commune.code.text(), std::string(commune.name), commune.code.text() == chosen, false});
}

// How many there are, and what the index says of the one that stands there.
void FieldPainter::found_address() {
    const Finder& finder = m_page.state.finder;
    const bool matched = address_is(domain::AddressState::matched);
    if (!m_page.environment.addresses && !matched)
        return;
    Node& status = m_page.scene.add(Role::status, "address-found");
    if (matched) {
        tell(status, Emphasis::success, m_page.text(TextKey::address_matched));
        return;
    }
    if (finder.key == "address" && finder.open) {
        status.label =
            list_status(finder.addresses.size(), TextKey::address_offered_one, TextKey::address_offered_many);
        return;
    }
    if (!finder.closest)
        return;
    const FoundAddress& closest = *finder.closest;
    if (closest.number.empty()) {
        status.label = m_page.texts.format(TextKey::address_street_found, {{"street", closest.street}});
        return;
    }
    status.label = m_page.texts.format(TextKey::address_did_you_mean, {{"address", closest.label}});
    m_page.scene.button(join(USE_PREFIX, "address"), m_page.text(TextKey::address_take), Emphasis::secondary);
    m_page.scene.button("keep-address", m_page.text(TextKey::address_not_listed), Emphasis::quiet);
}

std::string FieldPainter::list_status(std::size_t count, TextKey one, TextKey many) const {
    return m_page.texts.format(count == 1 ? one : many, {{"count", std::to_string(count)}});
}

// By hand is a state like the others, and said so.
void FieldPainter::address_state() {
    Node& node = m_page.scene.add(Role::status, "address-state");
    if (address_is(domain::AddressState::matched) || m_page.state.finder.closest)
        return;
    for (const std::string_view key : {"address", "postal_code", "commune"})
        if (form::answer(m_sheet.answers, key).empty())
            return;
    node.label = m_page.text(TextKey::wizard_caution_address);
    node.icon = Icon::information;
}

void FieldPainter::after_field(const Field& field) {
    switch (field.definition->kind) {
    case FieldKind::email:
        email_suggestion(field);
        break;
    case FieldKind::password:
        describe_reveal(m_page, field.key);
        password_strength(field);
        break;
    case FieldKind::known_password:
        describe_reveal(m_page, field.key);
        break;
    case FieldKind::address_line:
        found_address();
        break;
    case FieldKind::postal_code:
        if (find_in(*m_open.step, "commune"))
            communes(field);
        break;
    case FieldKind::commune:
        if (find_in(*m_open.step, "address"))
            address_state();
        break;
    default:
        break;
    }
    if (is_family(m_page.state.screen) && m_page.environment.family_ready)
        family::describe_after_field(m_page, field);
}

void FieldPainter::field(const Field& field) {
    if (field.definition->kind == FieldKind::security_check) {
        security_check(field);
        return;
    }
    if (field.definition->kind == FieldKind::people) {
        people(field);
        after_field(field);
        return;
    }
    const std::size_t visible = visible_parts(field);
    if (visible == 0)
        return;
    if (visible > 1) {
        composite(field);
    } else {
        if (field.definition->kind == FieldKind::consent)
            describe_privacy(m_page);
        for (const Part& each : field.definition->parts) {
            if (!is_visible(each))
                continue;
            if (each.entry == Entry::radio) {
                radios(field, each, form::label(field, m_page.texts));
                break;
            }
            Node& node = part(field, each, form::label(field, m_page.texts));
            node.hint = form::hint(field, m_page.texts);
            put_problem(node, field);
        }
    }
    after_field(field);
}

void FieldPainter::fields() {
    const auto& fields = m_open.step->fields;
    for (std::size_t i = 0; i < fields.size();) {
        if (!form::is_shown(fields[i], m_sheet.answers)) {
            ++i;
            continue;
        }
        const form::GroupDefinition* group = form::group_of(fields[i].key);
        if (!group) {
            field(fields[i++]);
            continue;
        }
        // neighbours of one group share a fieldset
        Node& node = m_page.scene.add(Role::group, "group-" + fields[i].key, m_page.text(group->legend));
        node.hint = m_page.text(group->hint);
        node.required = group->rule == form::GroupDefinition::Rule::one_of;
        const auto inside = m_page.scene.inside(node.id);
        for (const std::string_view member : group->members)
            if (const Problem* problem = shown_problem(member);
                problem && problem->code == ProblemCode::one_of_required)
                node.error = sentence(*problem);
        for (; i < fields.size() && form::group_of(fields[i].key) == group; ++i)
            if (form::is_shown(fields[i], m_sheet.answers))
                field(fields[i]);
    }
}

TextKey trouble_text(Trouble trouble) {
    switch (trouble) {
    case Trouble::network:
        return TextKey::wizard_trouble_network;
    case Trouble::too_many:
        return TextKey::wizard_trouble_too_many;
    case Trouble::busy:
        return TextKey::wizard_trouble_busy;
    case Trouble::login_failed:
        return TextKey::wizard_login_failed;
    case Trouble::link_used:
        return TextKey::wizard_new_password_used;
    case Trouble::log_out_failed:
        return TextKey::wizard_log_out_failed;
    case Trouble::old_password_wrong:
        return TextKey::wizard_old_password_wrong;
    case Trouble::has_account:
        return TextKey::wizard_has_account;
    case Trouble::none:
    case Trouble::server:
        break;
    }
    return TextKey::wizard_trouble_server;
}

} // namespace

void describe_reveal(const Page& page, const std::string& answer_key) {
    const bool revealed = open_sheet(page.state).revealed.count(answer_key) != 0;
    Node& node = page.scene.button(
        join(REVEAL_PREFIX, answer_key),
        page.text(revealed ? TextKey::wizard_hide_password : TextKey::wizard_reveal_password), Emphasis::quiet);
    node.icon = revealed ? Icon::eye_off : Icon::eye;
}

std::string step_title(const Page& page, const form::StepDefinition& step) {
    struct HouseTitle {
        std::string_view key;
        TextKey title;
    };
    constexpr std::array<HouseTitle, 6> TITLES = {{
        {"identity", TextKey::wizard_step_identity},
        {"address", TextKey::wizard_step_address},
        {"contact", TextKey::wizard_step_contact},
        {"access", TextKey::wizard_step_access},
        {"services", TextKey::wizard_step_services},
        {"recap", TextKey::wizard_step_recap},
    }};
    if (std::string own = page.local(step.title); !own.empty())
        return own;
    for (const HouseTitle& title : TITLES)
        if (title.key == step.key)
            return page.text(title.title);
    const auto run = open_run(page.state, page.environment);
    const std::size_t number = step_number(run ? *run->form : page.environment.registration, step.key);
    return page.texts.format(TextKey::wizard_step_other, {{"number", std::to_string(number + 1)}});
}

void describe_summary(const Page& page, const std::string& next_label) {
    const auto open = open_form(page.state, page.environment);
    if (!open)
        return;
    const Sheet& sheet = open_sheet(page.state);
    if (page.state.trouble == Trouble::none && sheet.summary.empty())
        return;
    Node& node = page.scene.add(Role::error_summary, std::string(SUMMARY));
    const bool warns = page.state.trouble == Trouble::none && sheet.summary_warns;
    node.label = warns ? page.texts.format(TextKey::wizard_warnings_title, {{"button", next_label}})
                       : page.text(TextKey::wizard_errors_title);
    node.emphasis = warns ? Emphasis::warning : Emphasis::danger;
    node.icon = warns ? Icon::warning : Icon::error;
    if (page.state.trouble != Trouble::none) {
        const std::string about = page.state.trouble == Trouble::login_failed         ? field_id("identifier")
                                  : page.state.trouble == Trouble::old_password_wrong ? field_id("old_password")
                                  : page.state.trouble == Trouble::has_account        ? field_id("email")
                                                                                      : std::string("next");
        node.rows.push_back({page.text(trouble_text(page.state.trouble)), {}, about, {}, {}});
        return;
    }
    for (const Problem& problem : sheet.summary)
        node.rows.push_back({form::sentence(*open->form, problem, page.texts),
                             {},
                             control_of(problem, page.state, *open, page.environment),
                             {},
                             {}});
}

void describe_privacy(const Page& page) {
    if (page.environment.portal->privacy.paragraphs.empty())
        return;
    page.scene.link("privacy-link",
                    page.text(page.state.privacy_open ? TextKey::wizard_privacy_hide : TextKey::wizard_privacy_show),
                    {});
    if (!page.state.privacy_open)
        return;
    std::size_t number = 0;
    for (const form::LocalText& paragraph : page.environment.portal->privacy.paragraphs)
        page.scene.paragraph("privacy-" + std::to_string(number++), page.local(paragraph));
}

void describe_form(const Page& page, const OpenForm& open, const FormButtons& buttons) {
    const std::string where = page.state.step.empty() ? std::string("account") : page.state.step;
    const auto form = page.scene.form("form-" + where);
    const bool any_required =
        std::any_of(open.step->fields.begin(), open.step->fields.end(), [&](const form::FormField& field) {
            const form::GroupDefinition* group = form::group_of(field.key);
            return form::is_required(field, open_sheet(page.state).answers) ||
                   (group && group->rule == form::GroupDefinition::Rule::one_of);
        });
    if (any_required)
        page.scene.paragraph("mandatory", page.text(TextKey::wizard_mandatory));
    FieldPainter(page, open).fields();

    const auto actions = page.scene.group("actions");
    if (!buttons.previous.empty()) {
        Node& previous = page.scene.button("previous", buttons.previous, Emphasis::secondary);
        previous.icon = Icon::arrow_left;
    }
    Node& next = page.scene.submit("next", buttons.next);
    next.inline_row = !buttons.previous.empty();
}

} // namespace foyer::wizard
