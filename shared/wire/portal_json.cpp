#include "wire/portal_json.h"

#include "wire/json.h"

#include <algorithm>
#include <array>
#include <utility>

namespace foyer::wire {

namespace {

using form::LocalText;
using portal::Portal;

constexpr std::size_t LONGEST_TEXT = 4000; // bytes; a portal's texts are short
constexpr std::size_t LONGEST_LINE = 400;

// For whoever writes the file, and for the server alone (sync-server/portals: retention.h, accessibility.h and legal.h
// read it).
constexpr std::array<std::string_view, 4> NOT_PUBLISHED = {"$schema", "retention", "accessibility", "legal"};

// Stands where a field's name is not known, so that the places of those after it stay right. Never leaves this file:
// an unknown field is a mistake.
constexpr form::FieldDefinition UNKNOWN_FIELD = {"",
                                                 form::FieldKind::text,
                                                 form::Requirement::optional,
                                                 TextKey::fields_no_hint,
                                                 TextKey::fields_no_hint,
                                                 TextKey::fields_no_hint,
                                                 {},
                                                 {}};

// As portal.json calls one person of a list.
std::string singular(std::string_view list) {
    if (list == form::REPRESENTATIVES)
        return "representative";
    return list == form::CHILDREN ? "child" : "contact";
}

class PortalReading {
public:
    PortalReading(const Json& json, std::vector<JsonMistake>& mistakes) : m_root(json, mistakes) {}

    Portal run();

private:
    LocalText local(JsonReader reader);
    portal::Colour colour(JsonReader reader, portal::Colour otherwise);
    portal::Theme theme(JsonReader reader);
    portal::Mail mail(JsonReader reader);
    portal::Contact contact(JsonReader reader);
    portal::Service service(JsonReader& reader);
    portal::Privacy privacy(JsonReader reader);
    portal::ProcedureDefinition registration(JsonReader reader);
    portal::ProcedureDefinition entourage(JsonReader reader, household::Rules& rules);
    portal::ProcedureDefinition profile(JsonReader reader);
    void processing_days(JsonReader reader, portal::ProcedureDefinition& procedure);
    household::Rules rules(JsonReader reader);
    form::ListDefinition people(JsonReader reader, std::string_view list);
    form::StepDefinition step(JsonReader& reader);
    form::FormField field(JsonReader& reader, std::string_view list = {});
    form::Condition condition(JsonReader reader);
    std::vector<form::Condition> conditions(JsonReader reader);
    std::vector<std::string> texts(JsonReader reader);

    JsonReader m_root;
    std::vector<std::string> m_languages;
};

// A text by language; a plain text is the same in every language of the portal ("Enfance").
LocalText PortalReading::local(JsonReader reader) {
    LocalText text;
    if (reader.kind() == Json::Kind::text) {
        const std::string same = reader.text_of(1, LONGEST_TEXT);
        for (const std::string& language : m_languages)
            text[language] = same;
        return text;
    }
    for (auto& [language, translation] : reader.members())
        text[language] = translation.text_of(1, LONGEST_TEXT);
    return text;
}

std::vector<std::string> PortalReading::texts(JsonReader reader) {
    std::vector<std::string> texts;
    for (JsonReader& element : reader.elements())
        texts.push_back(element.text_of(1, LONGEST_LINE));
    return texts;
}

portal::Colour PortalReading::colour(JsonReader reader, portal::Colour otherwise) {
    if (!reader.present())
        return otherwise;
    const auto colour = portal::colour_from(reader.text());
    if (!colour && reader.kind() == Json::Kind::text)
        reader.mistake("must be a colour such as \"#1b4f8a\"");
    return colour.value_or(otherwise);
}

portal::Theme PortalReading::theme(JsonReader reader) {
    portal::Theme theme;
    theme.primary = colour(reader.member("primary"), theme.primary);
    theme.primary_text = colour(reader.member("primary_text"), theme.primary_text);
    theme.button = colour(reader.member("button"), theme.button);
    theme.button_text = colour(reader.member("button_text"), theme.button_text);
    theme.background = colour(reader.optional_member("background"), theme.background);
    theme.surface = colour(reader.optional_member("surface"), theme.surface);
    theme.text = colour(reader.optional_member("text"), theme.text);
    theme.muted_text = colour(reader.optional_member("muted_text"), theme.muted_text);
    theme.border = colour(reader.optional_member("border"), theme.border);
    theme.focus = colour(reader.optional_member("focus"), theme.focus);
    theme.error = colour(reader.optional_member("error"), theme.error);
    theme.success = colour(reader.optional_member("success"), theme.success);
    theme.warning = colour(reader.optional_member("warning"), theme.warning);
    reader.refuse_unknown_members();
    return theme;
}

portal::Mail PortalReading::mail(JsonReader reader) {
    portal::Mail mail;
    mail.from = reader.member("from").text_of(1, LONGEST_LINE);
    mail.from_name = reader.member("from_name").text_of(1, LONGEST_LINE);
    mail.subject_prefix = local(reader.member("subject_prefix"));
    reader.refuse_unknown_members();
    return mail;
}

portal::Contact PortalReading::contact(JsonReader reader) {
    portal::Contact contact;
    contact.name = reader.member("name").text_of(1, LONGEST_LINE);
    contact.address = reader.optional_member("address").text_or("");
    contact.phone = reader.optional_member("phone").text_or("");
    contact.email = reader.optional_member("email").text_or("");
    contact.hours = local(reader.optional_member("hours"));
    reader.refuse_unknown_members();
    return contact;
}

portal::Service PortalReading::service(JsonReader& reader) {
    portal::Service service;
    service.key = reader.member("key").text_of(1, LONGEST_LINE);
    service.name = local(reader.member("name"));
    switch (reader.member("key_entry").one_of({"none", "automatic", "typed"}).value_or(0)) {
    case 1:
        service.key_entry = portal::KeyEntry::automatic;
        break;
    case 2:
        service.key_entry = portal::KeyEntry::typed;
        break;
    default:
        service.key_entry = portal::KeyEntry::none;
    }
    service.automatic_key = reader.optional_member("automatic_key").text_or("");
    service.phone = reader.optional_member("phone").text_or("");
    service.email = reader.optional_member("email").text_or("");
    reader.refuse_unknown_members();
    return service;
}

portal::Privacy PortalReading::privacy(JsonReader reader) {
    portal::Privacy privacy;
    for (JsonReader& paragraph : reader.member("paragraphs").elements())
        privacy.paragraphs.push_back(local(paragraph));
    privacy.contact = reader.member("contact").text_of(1, LONGEST_LINE);
    reader.refuse_unknown_members();
    return privacy;
}

std::vector<form::Condition> PortalReading::conditions(JsonReader reader) {
    std::vector<form::Condition> conditions;
    for (JsonReader& element : reader.elements())
        conditions.push_back(condition(element));
    return conditions;
}

// {"answer": …, "equals": …} | {"answer": …, "is_set": true} | {"not": {…}} | {"all": […]} | {"any": […]}
form::Condition PortalReading::condition(JsonReader reader) {
    form::Condition condition;
    if (!reader.present())
        return condition;
    JsonReader answer = reader.optional_member("answer");
    JsonReader equals = reader.optional_member("equals");
    JsonReader is_set = reader.optional_member("is_set");
    JsonReader negated = reader.optional_member("not");
    JsonReader all = reader.optional_member("all");
    JsonReader any = reader.optional_member("any");
    if (answer.present() && equals.present()) {
        condition = form::Condition::equals(answer.text(), equals.text());
    } else if (answer.present() && is_set.present()) {
        condition = form::Condition::is_set(answer.text());
        if (!is_set.boolean())
            condition = form::Condition::negation(std::move(condition));
    } else if (negated.present()) {
        condition = form::Condition::negation(this->condition(negated));
    } else if (all.present()) {
        condition = {form::Condition::Kind::all, {}, {}, conditions(all)};
    } else if (any.present()) {
        condition = {form::Condition::Kind::any, {}, {}, conditions(any)};
    } else {
        reader.mistake("must be \"answer\" with \"equals\" or \"is_set\", or \"not\", \"all\" or \"any\"");
    }
    reader.refuse_unknown_members();
    return condition;
}

// "birth_name", or {"key": "birth_place", "required": true, "label": …, "hint": …, "shown_if": …}
// `list`: a field of the people in that list.
form::FormField PortalReading::field(JsonReader& reader, std::string_view list) {
    const bool is_short = reader.kind() == Json::Kind::text;
    JsonReader key_reader = is_short ? reader : reader.member("key");
    const std::string key = key_reader.text_of(1, LONGEST_LINE);
    const form::FieldDefinition* definition = list.empty() ? form::find_field(key) : form::find_list_field(list, key);
    if (definition && !list.empty() && definition->parts[0].entry == form::Entry::hidden)
        definition = nullptr; // the house's own
    if (!definition && !key.empty())
        key_reader.mistake(list.empty() ? "there is no field \"" + key + "\""
                                        : "there is no field \"" + key + "\" of a " + singular(list));
    form::FormField field = definition && !list.empty()
                                ? form::make_list_field(list, *definition)
                                : form::make_field(definition ? *definition : UNKNOWN_FIELD, key);
    if (is_short)
        return field;

    field.required = reader.optional_member("required").boolean_or(field.required);
    field.label = local(reader.optional_member("label"));
    field.hint = local(reader.optional_member("hint"));
    JsonReader shown_if = reader.optional_member("shown_if");
    if (shown_if.present()) {
        form::Condition town = condition(shown_if);
        if (field.condition.kind == form::Condition::Kind::always)
            field.condition = std::move(town);
        else
            field.condition = {form::Condition::Kind::all, {}, {}, {field.condition, std::move(town)}};
    }
    reader.refuse_unknown_members();
    return field;
}

form::StepDefinition PortalReading::step(JsonReader& reader) {
    form::StepDefinition step;
    step.key = reader.member("key").text_of(1, LONGEST_LINE);
    step.title = local(reader.optional_member("title"));
    for (JsonReader& paragraph : reader.optional_member("introduction").elements())
        step.introduction.push_back(local(paragraph));
    for (JsonReader& element : reader.member("fields").elements())
        step.fields.push_back(field(element));
    reader.refuse_unknown_members();
    return step;
}

portal::ProcedureDefinition PortalReading::registration(JsonReader reader) {
    portal::ProcedureDefinition procedure;
    for (JsonReader& element : reader.member("steps").elements())
        procedure.steps.push_back(step(element));
    processing_days(reader.member("processing_days"), procedure);
    for (JsonReader& kind : reader.member("security_checks").elements())
        if (const auto which = kind.one_of({"icons", "question"}))
            procedure.security_checks.push_back(*which == 0 ? portal::SecurityCheck::icons
                                                            : portal::SecurityCheck::question);
    reader.refuse_unknown_members();
    return procedure;
}

void PortalReading::processing_days(JsonReader reader, portal::ProcedureDefinition& procedure) {
    if (!reader.present())
        return;
    procedure.processing_days.minimum = static_cast<int>(reader.member("min").integer(0, 365));
    procedure.processing_days.maximum = static_cast<int>(reader.member("max").integer(0, 365));
    reader.refuse_unknown_members();
}

household::Rules PortalReading::rules(JsonReader reader) {
    household::Rules rules;
    const auto years = [&](std::string_view name, int otherwise, int maximum) {
        return static_cast<int>(reader.optional_member(name).integer_or(otherwise, 0, maximum));
    };
    rules.collector_minimum_age = years("collector_minimum_age", rules.collector_minimum_age, 21);
    rules.generation_minimum = years("generation_minimum", rules.generation_minimum, 120);
    rules.generation_maximum = years("generation_maximum", rules.generation_maximum, 120);
    rules.child_required = reader.optional_member("child_required").boolean_or(rules.child_required);
    rules.maximum_people =
        static_cast<unsigned>(reader.optional_member("maximum_people").integer_or(rules.maximum_people, 1, 200));
    reader.refuse_unknown_members();
    return rules;
}

form::ListDefinition PortalReading::people(JsonReader reader, std::string_view list) {
    std::vector<form::FormField> fields;
    for (JsonReader& element : reader.member("fields").elements())
        fields.push_back(field(element, list));
    reader.refuse_unknown_members();
    return form::make_list(list, std::move(fields));
}

portal::ProcedureDefinition PortalReading::entourage(JsonReader reader, household::Rules& rules) {
    portal::ProcedureDefinition procedure;
    procedure.procedure = form::Procedure::entourage;
    procedure.service = reader.optional_member("service").text_or("");
    for (JsonReader& paragraph : reader.optional_member("introduction").elements())
        procedure.introduction.push_back(local(paragraph));
    for (JsonReader& school : reader.optional_member("schools").elements()) {
        const std::string key = school.member("key").text_of(1, LONGEST_LINE);
        procedure.schools.push_back({key, local(school.member("name"))});
        school.refuse_unknown_members();
    }
    procedure.lists.push_back(people(reader.member("representative"), form::REPRESENTATIVES));
    procedure.lists.push_back(people(reader.member("child"), form::CHILDREN));
    procedure.lists.push_back(people(reader.member("contact"), form::CONTACTS));
    for (form::FormField& field : procedure.lists[1].item.steps.front().fields)
        form::offer_schools(field, procedure.schools);
    if (JsonReader own = reader.optional_member("rules"); own.present())
        rules = this->rules(own);
    processing_days(reader.member("processing_days"), procedure);
    reader.refuse_unknown_members();
    return procedure;
}

portal::ProcedureDefinition PortalReading::profile(JsonReader reader) {
    portal::ProcedureDefinition procedure;
    procedure.procedure = form::Procedure::profile;
    for (JsonReader& element : reader.member("steps").elements())
        procedure.steps.push_back(step(element));
    processing_days(reader.optional_member("processing_days"), procedure);
    reader.refuse_unknown_members();
    return procedure;
}

Portal PortalReading::run() {
    Portal portal;
    for (const std::string_view member : NOT_PUBLISHED)
        (void)m_root.optional_member(member);
    (void)m_root.optional_member("$schema").text_or("");
    portal.languages = texts(m_root.member("languages"));
    m_languages = portal.languages;

    portal.slug = m_root.member("slug").text_of(1, LONGEST_LINE);
    portal.name = m_root.member("name").text_of(1, LONGEST_LINE);
    portal.town_hall = m_root.member("town_hall").text_of(1, LONGEST_LINE);
    portal.insee = m_root.member("insee").text_of(1, LONGEST_LINE);
    portal.postal_codes = texts(m_root.member("postal_codes"));
    if (JsonReader addresses = m_root.optional_member("addresses"); addresses.present()) {
        JsonReader communes = addresses.member("communes");
        portal.address_communes = texts(communes);
        if (communes.kind() == Json::Kind::array && communes.value()->elements().empty())
            communes.mistake(
                "must hold at least one commune; without \"addresses\" they are the town and its neighbours");
        addresses.refuse_unknown_members();
    }
    portal.number_prefix = m_root.member("number_prefix").text_of(1, LONGEST_LINE);
    portal.space_name = local(m_root.member("space_name"));
    portal.website = m_root.optional_member("website").text_or("");
    portal.theme = theme(m_root.member("theme"));
    portal.logo = m_root.member("logo").text_of(1, LONGEST_LINE);
    portal.logo_label = local(m_root.member("logo_label"));
    portal.mail = mail(m_root.member("mail"));
    portal.contact = contact(m_root.member("contact"));
    for (JsonReader& element : m_root.member("services").elements())
        portal.services.push_back(service(element));
    for (JsonReader& reason : m_root.optional_member("refusal_reasons").elements()) {
        const std::string key = reason.member("key").text_of(1, LONGEST_LINE);
        portal.refusal_reasons.push_back({key, local(reason.member("text"))});
        reason.refuse_unknown_members();
    }
    JsonReader procedures = m_root.member("procedures");
    JsonReader registration_reader = procedures.member("registration");
    if (registration_reader.present())
        portal.procedures.push_back(registration(registration_reader));
    if (JsonReader entourage_reader = procedures.optional_member("entourage"); entourage_reader.present())
        portal.procedures.push_back(entourage(entourage_reader, portal.rules));
    if (JsonReader profile_reader = procedures.optional_member("profile"); profile_reader.present())
        portal.procedures.push_back(profile(profile_reader));
    procedures.refuse_unknown_members();
    portal.privacy = privacy(m_root.member("privacy"));
    portal.stamp_bits = static_cast<int>(m_root.member("stamp_bits").integer(0, 24));
    portal.activation_link_hours = static_cast<int>(m_root.member("activation_link_hours").integer(1, 720));
    if (JsonReader holidays = m_root.optional_member("holidays"); holidays.present())
        if (const auto which = holidays.one_of({"france", "alsace_moselle"}))
            portal.holidays = *which == 0 ? portal::Holidays::france : portal::Holidays::alsace_moselle;
    portal.authorities = texts(m_root.optional_member("authorities"));
    m_root.refuse_unknown_members();
    return portal;
}

// True when one path lies inside the other: "theme" and "theme.button", "services[0]" and "services[0].key".
bool touches(std::string_view one, std::string_view other) {
    if (one.size() > other.size())
        std::swap(one, other);
    if (other.substr(0, one.size()) != one)
        return false;
    return one.empty() || one.size() == other.size() || other[one.size()] == '.' || other[one.size()] == '[';
}

} // namespace

Result<Portal, std::vector<portal::PortalMistake>> read_portal(std::string_view bytes) {
    const auto json = parse_json(bytes);
    if (!json)
        return Failure{std::vector<portal::PortalMistake>{{"", describe(json.error())}}};

    std::vector<JsonMistake> shape;
    Portal portal = PortalReading(*json, shape).run();
    std::vector<portal::PortalMistake> mistakes;
    for (JsonMistake& mistake : shape)
        mistakes.push_back({std::move(mistake.path), std::move(mistake.reason)});

    // What has no proper shape has been given a neutral value: that this value breaks a rule is no second mistake.
    const auto shape_end = static_cast<std::ptrdiff_t>(mistakes.size());
    for (portal::PortalMistake& found : portal::mistakes_of(portal)) {
        const bool is_known =
            std::any_of(mistakes.begin(), mistakes.begin() + shape_end,
                        [&](const portal::PortalMistake& known) { return touches(known.path, found.path); });
        if (!is_known)
            mistakes.push_back(std::move(found));
    }
    if (!mistakes.empty())
        return Failure{std::move(mistakes)};
    return portal;
}

std::optional<Portal> read_published_portal(std::string_view bytes) {
    const auto json = parse_json(bytes);
    if (!json)
        return std::nullopt;
    std::vector<JsonMistake> shape;
    Portal portal = PortalReading(*json, shape).run();
    if (!shape.empty())
        return std::nullopt;
    return portal;
}

std::string canonical_portal(std::string_view bytes) {
    const auto json = parse_json(bytes);
    if (!json || json->kind() != Json::Kind::object)
        return {};
    Json published = Json::object();
    for (const Json::Member& member : json->members())
        if (std::find(NOT_PUBLISHED.begin(), NOT_PUBLISHED.end(), member.name) == NOT_PUBLISHED.end())
            published.set(member.name, member.value);
    return write_json(published);
}

} // namespace foyer::wire
