// What makes a portal unfit to publish. Every rule names the member as portal.json writes it, and says what to do.
#include "domain/email_address.h"
#include "domain/insee_code.h"
#include "domain/phone_number.h"
#include "domain/postal_code.h"
#include "domain/service_key.h"
#include "portal/portal.h"
#include "portal/tokens.h"

#include <algorithm>
#include <set>

namespace foyer::portal {

namespace {

constexpr std::string_view KNOWN_LANGUAGES[] = {"fr", "en"};
// First segments of addresses that the server answers itself.
constexpr std::string_view RESERVED_SLUGS[] = {"api", "assets", "courrier", "admin", "agent", "static"};
// Steps for which the house has a title and an address in every language.
constexpr std::string_view HOUSE_STEPS[] = {"identity", "address", "contact", "access", "services"};
constexpr std::size_t MOST_ADDRESS_COMMUNES = 400; // a department; more is too much for a telephone
constexpr double TEXT_CONTRAST = 4.5;              // WCAG 2.2, 1.4.3
constexpr double INTERFACE_CONTRAST = 3.0;         // WCAG 2.2, 1.4.11

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <typename List, typename Value> bool contains(const List& list, const Value& value) {
    return std::find(std::begin(list), std::end(list), value) != std::end(list);
}

// "saint-maur": lower-case letters, digits, single hyphens inside.
bool is_slug(std::string_view text) {
    if (text.empty() || text.size() > 64 || text.front() == '-' || text.back() == '-' ||
        text.find("--") != std::string_view::npos)
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

// "enfance", "accueil_loisirs"
bool is_key(std::string_view text) {
    return !text.empty() && text.size() <= 40 && is_lower(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

// "example.fr", "example.fr:8443"
bool is_authority(std::string_view text) {
    return !text.empty() && text.size() <= 255 && text.front() != ':' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_lower(c) || is_digit(c) || c == '.' || c == '-' || c == ':'; });
}

bool is_one_line(std::string_view text) { return domain::parse_line(text, 200).has_value(); }

// Asked for once, when the account is made.
bool is_of_account(form::FieldKind kind) {
    return kind == form::FieldKind::identifier || kind == form::FieldKind::password ||
           kind == form::FieldKind::consent || kind == form::FieldKind::security_check;
}

std::string rounded(double ratio) {
    const int tenths = static_cast<int>(ratio * 10); // downwards: 4.49 must not read as 4.5
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

class Inspection {
public:
    explicit Inspection(const Portal& portal) : m_portal(portal) {}

    std::vector<PortalMistake> run() {
        town();
        theme();
        mail();
        contact();
        services();
        procedures();
        refusal_reasons();
        privacy();
        technical();
        return std::move(m_mistakes);
    }

private:
    void add(std::string path, std::string reason) { m_mistakes.push_back({std::move(path), std::move(reason)}); }
    void line(const std::string& path, std::string_view text) {
        if (!is_one_line(text))
            add(path, "must be one line of text, 1 to 200 characters");
    }
    // A text of the town in every language of the portal.
    void local(const std::string& path, const LocalText& text, bool required) {
        if (text.empty()) {
            if (required)
                add(path, "is missing");
            return;
        }
        for (const std::string& language : m_portal.languages)
            if (contains(KNOWN_LANGUAGES, language) && !text.count(language))
                add(path + "." + language, "the translation is missing: the portal is offered in " + language);
        for (const auto& [language, words] : text) {
            if (!contains(m_portal.languages, language))
                add(path + "." + language, "is not one of the portal's languages");
            else if (words.find_first_not_of(" \t\r\n") == std::string::npos)
                add(path + "." + language, "is empty");
        }
    }
    void email(const std::string& path, std::string_view text) {
        if (!domain::EmailAddress::parse(text))
            add(path, "must be an e-mail address");
    }
    void phone(const std::string& path, std::string_view text) {
        if (!domain::PhoneNumber::parse(text))
            add(path, "must be a telephone number, such as \"02 40 00 00 00\"");
    }

    void town();
    void theme();
    void mail();
    void contact();
    void services();
    void procedures();
    void refusal_reasons();
    void steps(const ProcedureDefinition& procedure, const std::string& path);
    void entourage(const ProcedureDefinition& procedure, const std::string& path);
    void people(const form::ListDefinition& list, const std::string& path);
    void rules(const ProcedureDefinition& procedure, const std::string& path);
    void field(const form::FormField& field, const std::string& path);
    void condition(const form::Condition& condition, const form::FormDefinition& form, const std::string& path);
    void privacy();
    void technical();

    const Portal& m_portal;
    std::vector<PortalMistake> m_mistakes;
};

void Inspection::town() {
    if (!is_slug(m_portal.slug))
        add("slug", "must be lower-case letters, digits and single hyphens, such as \"saint-maur-des-fosses\"");
    else if (contains(RESERVED_SLUGS, m_portal.slug))
        add("slug", "is an address of the server's own");
    line("name", m_portal.name);
    line("town_hall", m_portal.town_hall);
    if (!domain::InseeCode::parse(m_portal.insee))
        add("insee", "must be INSEE's code of the commune: five characters, such as \"94068\" or \"2A004\"");

    if (m_portal.postal_codes.empty())
        add("postal_codes", "must hold at least one postal code");
    std::set<std::string> postal_codes;
    for (std::size_t i = 0; i < m_portal.postal_codes.size(); ++i) {
        const std::string path = "postal_codes[" + std::to_string(i) + "]";
        const auto code = domain::PostalCode::parse(m_portal.postal_codes[i]);
        if (!code || code->text() != m_portal.postal_codes[i])
            add(path, "must be a postal code of five digits");
        if (!postal_codes.insert(m_portal.postal_codes[i]).second)
            add(path, "is there twice");
    }

    std::set<std::string> communes;
    for (std::size_t i = 0; i < m_portal.address_communes.size(); ++i) {
        const std::string path = "addresses.communes[" + std::to_string(i) + "]";
        if (!domain::InseeCode::parse(m_portal.address_communes[i]))
            add(path, "must be INSEE's code of a commune: five characters, such as \"94068\" or \"2A004\"");
        if (!communes.insert(m_portal.address_communes[i]).second)
            add(path, "is there twice");
    }
    if (!communes.empty() && communes.count(m_portal.insee) == 0 && domain::InseeCode::parse(m_portal.insee))
        add("addresses.communes", "must hold the town's own code, \"" + m_portal.insee + "\"");
    if (m_portal.address_communes.size() > MOST_ADDRESS_COMMUNES)
        add("addresses.communes", "must be at most " + std::to_string(MOST_ADDRESS_COMMUNES) + " communes");

    if (m_portal.languages.empty())
        add("languages", "must hold at least one of \"fr\", \"en\"");
    std::set<std::string> languages;
    for (std::size_t i = 0; i < m_portal.languages.size(); ++i) {
        const std::string path = "languages[" + std::to_string(i) + "]";
        if (!contains(KNOWN_LANGUAGES, m_portal.languages[i]))
            add(path, "is not a language this version speaks: \"fr\", \"en\"");
        if (!languages.insert(m_portal.languages[i]).second)
            add(path, "is there twice");
    }

    const std::string& prefix = m_portal.number_prefix;
    if (prefix.size() < 2 || prefix.size() > 20 ||
        !std::all_of(prefix.begin(), prefix.end(), [](char c) { return is_upper(c) || is_digit(c); }))
        add("number_prefix", "must be 2 to 20 capital letters and digits: it begins every request's number");
    local("space_name", m_portal.space_name, true);

    const std::string& logo = m_portal.logo;
    const bool is_svg = logo.size() > 4 && logo.substr(logo.size() - 4) == ".svg";
    if (!is_svg || logo.front() == '.' || logo.find_first_of("/\\") != std::string::npos)
        add("logo", "must name an .svg file beside portal.json, without a folder");
    local("logo_label", m_portal.logo_label, true);
    if (!m_portal.website.empty() && m_portal.website.rfind("https://", 0) != 0)
        add("website", "must begin with https://");
}

void Inspection::theme() {
    const Theme& t = m_portal.theme;
    struct Pair {
        const char* path;
        Colour colour;
        const char* behind;
        Colour background;
        double least;
    };
    const Pair pairs[] = {
        {"theme.text", t.text, "background", t.background, TEXT_CONTRAST},
        {"theme.text", t.text, "surface", t.surface, TEXT_CONTRAST},
        {"theme.muted_text", t.muted_text, "background", t.background, TEXT_CONTRAST},
        {"theme.muted_text", t.muted_text, "surface", t.surface, TEXT_CONTRAST},
        {"theme.primary", t.primary, "background", t.background, TEXT_CONTRAST},
        {"theme.primary", t.primary, "surface", t.surface, TEXT_CONTRAST},
        {"theme.primary_text", t.primary_text, "primary", t.primary, TEXT_CONTRAST},
        {"theme.button_text", t.button_text, "button", t.button, TEXT_CONTRAST},
        {"theme.button", t.button, "background", t.background, INTERFACE_CONTRAST},
        {"theme.button", t.button, "surface", t.surface, INTERFACE_CONTRAST},
        {"theme.border", t.border, "background", t.background, INTERFACE_CONTRAST},
        {"theme.border", t.border, "surface", t.surface, INTERFACE_CONTRAST},
        {"theme.focus", t.focus, "background", t.background, INTERFACE_CONTRAST},
        {"theme.focus", t.focus, "surface", t.surface, INTERFACE_CONTRAST},
        {"theme.error", t.error, "background", t.background, TEXT_CONTRAST},
        {"theme.error", t.error, "surface", t.surface, TEXT_CONTRAST},
        {"theme.success", t.success, "background", t.background, TEXT_CONTRAST},
        {"theme.success", t.success, "surface", t.surface, TEXT_CONTRAST},
        {"theme.warning", t.warning, "background", t.background, TEXT_CONTRAST},
        {"theme.warning", t.warning, "surface", t.surface, TEXT_CONTRAST},
    };
    bool readable = true;
    for (const Pair& pair : pairs) {
        const double ratio = contrast(pair.colour, pair.background);
        readable = readable && ratio >= pair.least;
        if (ratio < pair.least)
            add(pair.path, "its contrast with " + std::string(pair.behind) + " is " + rounded(ratio) +
                               ", and must be " + rounded(pair.least) + " at least");
    }
    // What is drawn from those colours, for both lights; after a mistake it would only say the same again.
    if (!readable)
        return;
    for (const Light light : {Light::day, Light::night})
        for (const TokenPair& poor : poor_contrasts(tokens_of(t, light)))
            add("theme", std::string(light == Light::day ? "by day" : "in the dark") + " the contrast of " + poor.name +
                             " with " + poor.behind + " is " + rounded(poor.ratio) + ", and must be " +
                             rounded(poor.least) + " at least");
}

void Inspection::mail() {
    email("mail.from", m_portal.mail.from);
    line("mail.from_name", m_portal.mail.from_name);
    local("mail.subject_prefix", m_portal.mail.subject_prefix, true);
    for (const auto& [language, words] : m_portal.mail.subject_prefix)
        if (words.find_first_of("\r\n") != std::string::npos)
            add("mail.subject_prefix." + language, "must be one line");
}

void Inspection::contact() {
    line("contact.name", m_portal.contact.name);
    if (m_portal.contact.phone.empty() && m_portal.contact.email.empty())
        add("contact", "must give a phone number or an e-mail address: families in trouble need one");
    if (!m_portal.contact.phone.empty())
        phone("contact.phone", m_portal.contact.phone);
    if (!m_portal.contact.email.empty())
        email("contact.email", m_portal.contact.email);
    local("contact.hours", m_portal.contact.hours, false);
}

void Inspection::refusal_reasons() {
    constexpr std::size_t MOST_REASONS = 50;
    std::set<std::string> keys;
    for (std::size_t i = 0; i < m_portal.refusal_reasons.size(); ++i) {
        const RefusalReason& reason = m_portal.refusal_reasons[i];
        const std::string path = "refusal_reasons[" + std::to_string(i) + "]";
        if (!is_key(reason.key))
            add(path + ".key", "must be lower-case letters, digits and _, such as \"outside_town\"");
        if (!keys.insert(reason.key).second)
            add(path + ".key", "is there twice");
        local(path + ".text", reason.text, true);
        for (const auto& [language, words] : reason.text)
            if (words.size() > 500)
                add(path + ".text." + language, "must be at most 500 bytes: the agent's own words come after it");
    }
    if (m_portal.refusal_reasons.size() > MOST_REASONS)
        add("refusal_reasons", "must be at most " + std::to_string(MOST_REASONS) + " reasons");
}

void Inspection::services() {
    std::set<std::string> keys;
    const ProcedureDefinition* const registration = m_portal.find(form::Procedure::registration);
    for (std::size_t i = 0; i < m_portal.services.size(); ++i) {
        const Service& service = m_portal.services[i];
        const std::string path = "services[" + std::to_string(i) + "]";
        if (!is_key(service.key))
            add(path + ".key", "must be lower-case letters, digits and _, such as \"enfance\"");
        if (!keys.insert(service.key).second)
            add(path + ".key", "is there twice");
        local(path + ".name", service.name, true);
        if (service.key_entry == KeyEntry::automatic) {
            const auto key = domain::ServiceKey::parse(service.automatic_key);
            if (!key || key->text() != service.automatic_key)
                add(path + ".automatic_key", "must be 4 to 40 capital letters, digits and hyphens");
        } else if (!service.automatic_key.empty()) {
            add(path + ".automatic_key", "has no meaning unless key_entry is \"automatic\"");
        }
        if (!service.phone.empty())
            phone(path + ".phone", service.phone);
        if (!service.email.empty())
            email(path + ".email", service.email);

        bool is_asked = false;
        if (registration)
            for (const form::StepDefinition& step : registration->steps)
                for (const form::FormField& field : step.fields)
                    is_asked = is_asked || field.key == "service_key." + service.key;
        if (registration && service.key_entry != KeyEntry::none && !is_asked)
            add(path + ".key_entry",
                "no step has the field \"service_key." + service.key + "\"; ask for it, or say \"none\"");
    }
}

void Inspection::procedures() {
    if (!m_portal.find(form::Procedure::registration))
        add("procedures.registration", "is missing");
    for (const ProcedureDefinition& procedure : m_portal.procedures) {
        const std::string path = "procedures." + std::string(form::name(procedure.procedure));
        if (procedure.processing_days.minimum > procedure.processing_days.maximum)
            add(path + ".processing_days", "min is greater than max");
        if (procedure.procedure == form::Procedure::entourage) {
            entourage(procedure, path);
            continue;
        }
        if (procedure.procedure == form::Procedure::registration) {
            const auto& checks = procedure.security_checks;
            if (!contains(checks, SecurityCheck::question))
                add(path + ".security_checks", "must hold \"question\": some people cannot see a picture");
            if (std::set<SecurityCheck>(checks.begin(), checks.end()).size() != checks.size())
                add(path + ".security_checks", "the same kind is there twice");
        }
        steps(procedure, path + ".steps");
    }
}

void Inspection::entourage(const ProcedureDefinition& procedure, const std::string& path) {
    if (!procedure.service.empty() && !m_portal.find_service(procedure.service))
        add(path + ".service", "there is no service \"" + procedure.service + "\"");
    for (std::size_t i = 0; i < procedure.introduction.size(); ++i)
        local(path + ".introduction[" + std::to_string(i) + "]", procedure.introduction[i], true);
    std::set<std::string> schools;
    for (std::size_t i = 0; i < procedure.schools.size(); ++i) {
        const std::string school_path = path + ".schools[" + std::to_string(i) + "]";
        if (!is_key(procedure.schools[i].id))
            add(school_path + ".key", "must be lower-case letters, digits and _, such as \"jules_verne\"");
        if (!schools.insert(procedure.schools[i].id).second)
            add(school_path + ".key", "is there twice");
        local(school_path + ".name", procedure.schools[i].label, true);
    }
    constexpr std::string_view MEMBERS[] = {"representative", "child", "contact"};
    bool asks_school = false;
    for (std::size_t i = 0; i < procedure.lists.size() && i < std::size(MEMBERS); ++i) {
        people(procedure.lists[i], path + "." + std::string(MEMBERS[i]) + ".fields");
        asks_school = asks_school || procedure.lists[i].item.find("school");
    }
    if (!procedure.schools.empty() && !asks_school)
        add(path + ".schools", "no field of \"child\" asks for the \"school\"");
    rules(procedure, path);
}

void Inspection::people(const form::ListDefinition& list, const std::string& path) {
    const form::FormDefinition& item = list.item;
    std::set<std::string> keys;
    std::size_t place = 0;
    std::size_t phones = 0;
    for (const form::FormField& asked : item.steps.front().fields) {
        if (asked.definition->parts.size() == 1 && asked.definition->parts[0].entry == form::Entry::hidden)
            continue; // the house's own
        const std::string field_path = path + "[" + std::to_string(place++) + "]";
        if (!keys.insert(asked.key).second)
            add(field_path, "the field \"" + asked.key + "\" is asked for twice");
        local(field_path + ".label", asked.label, false);
        local(field_path + ".hint", asked.hint, false);
        if (asked.definition->requirement == form::Requirement::indispensable && !asked.required)
            add(field_path + ".required", "\"" + asked.key + "\" cannot be optional");
        condition(asked.condition, item, field_path + ".shown_if");
        if (asked.key == "birth_name" && asked.required && !item.find("no_birth_name"))
            add(field_path, "a required \"birth_name\" needs \"no_birth_name\" beside it: some people have none");
        phones += asked.key == "mobile" || asked.key == "home_phone" || asked.key == "work_phone" ? 1U : 0U;
    }
    for (const form::FieldDefinition& definition : form::list_catalogue(list.key))
        if (definition.requirement == form::Requirement::indispensable && !keys.count(std::string(definition.key)))
            add(path, "must ask for \"" + std::string(definition.key) + "\"");
    if (list.key != form::REPRESENTATIVES)
        return;
    if (phones == 0)
        add(path, "must ask for a phone: \"mobile\", \"home_phone\" or \"work_phone\"");
    const std::size_t address = keys.count("address") + keys.count("postal_code") + keys.count("commune");
    if (address != 0 && address != 3)
        add(path, "\"address\", \"postal_code\" and \"commune\" go together");
    if ((address != 0) != (keys.count("address_choice") != 0))
        add(path, "\"address_choice\" goes together with \"address\", \"postal_code\" and \"commune\"");
}

void Inspection::rules(const ProcedureDefinition& procedure, const std::string& path) {
    const household::Rules& rules = m_portal.rules;
    if (rules.generation_minimum > rules.generation_maximum)
        add(path + ".rules.generation_minimum", "is greater than generation_maximum");
    const form::ListDefinition* const contacts = [&]() -> const form::ListDefinition* {
        for (const form::ListDefinition& list : procedure.lists)
            if (list.key == form::CONTACTS)
                return &list;
        return nullptr;
    }();
    if (rules.collector_minimum_age > 0 && contacts && !contacts->item.find("birth_date"))
        add(path + ".rules.collector_minimum_age",
            "cannot be checked: \"contact\" does not ask for the \"birth_date\"; ask for it, or allow 0");
}

void Inspection::steps(const ProcedureDefinition& procedure, const std::string& path) {
    const form::FormDefinition form = form_of(m_portal, procedure.procedure);
    std::set<std::string> step_keys;
    std::set<std::string> fields;
    std::size_t phones = 0;
    const bool is_profile = procedure.procedure == form::Procedure::profile;
    for (std::size_t i = 0; i < procedure.steps.size(); ++i) {
        const form::StepDefinition& step = procedure.steps[i];
        const std::string step_path = path + "[" + std::to_string(i) + "]";
        if (!is_key(step.key))
            add(step_path + ".key", "must be lower-case letters, digits and _");
        if (!step_keys.insert(step.key).second)
            add(step_path + ".key", "is there twice");
        local(step_path + ".title", step.title, is_key(step.key) && !contains(HOUSE_STEPS, step.key));
        for (std::size_t j = 0; j < step.introduction.size(); ++j)
            local(step_path + ".introduction[" + std::to_string(j) + "]", step.introduction[j], true);
        if (step.fields.empty())
            add(step_path + ".fields", "must hold at least one field");
        bool has_birth_name = false;
        bool has_no_birth_name = false;
        for (std::size_t j = 0; j < step.fields.size(); ++j) {
            const form::FormField& asked = step.fields[j];
            const std::string field_path = step_path + ".fields[" + std::to_string(j) + "]";
            if (!fields.insert(asked.key).second)
                add(field_path, "the field \"" + asked.key + "\" is asked for twice");
            field(asked, field_path);
            condition(asked.condition, form, field_path + ".shown_if");
            has_birth_name = has_birth_name || asked.key == "birth_name";
            has_no_birth_name = has_no_birth_name || asked.key == "no_birth_name";
            phones += asked.definition->kind == form::FieldKind::phone ? 1 : 0;
            const bool is_last = i + 1 == procedure.steps.size();
            if (is_profile && is_of_account(asked.definition->kind))
                add(field_path, "\"" + asked.key + "\" is not part of a profile");
            else if (!is_last && (asked.key == "consent" || asked.key == "security_check"))
                add(field_path, "\"" + asked.key + "\" belongs into the last step, beside the button that sends");
        }
        if (has_birth_name && !has_no_birth_name)
            add(step_path + ".fields",
                "\"birth_name\" needs \"no_birth_name\" in the same step: some people have none");
    }
    if (procedure.steps.empty())
        add(path, "must hold at least one step");
    for (const form::FieldDefinition& definition : form::catalogue())
        if (definition.requirement == form::Requirement::indispensable &&
            !(is_profile && is_of_account(definition.kind)) && !fields.count(std::string(definition.key)))
            add(path, "no step asks for \"" + std::string(definition.key) + "\", without which there is no account");
    if (phones == 0)
        add(path, "no step asks for a phone: \"mobile\", \"home_phone\" or \"work_phone\"");
    const std::size_t address = fields.count("address") + fields.count("postal_code") + fields.count("commune");
    if (address != 0 && address != 3)
        add(path, "\"address\", \"postal_code\" and \"commune\" go together");
}

void Inspection::field(const form::FormField& field, const std::string& path) {
    local(path + ".label", field.label, false);
    local(path + ".hint", field.hint, false);
    if (field.definition->requirement == form::Requirement::indispensable && !field.required)
        add(path + ".required", "\"" + field.key + "\" cannot be optional: without it there is no account");
    if (field.definition->kind != form::FieldKind::service_key)
        return;
    const std::string service_key = field.key.substr(field.key.find('.') + 1);
    const Service* const service = m_portal.find_service(service_key);
    if (!service)
        add(path, "there is no service \"" + service_key + "\"");
    else if (service->key_entry == KeyEntry::none)
        add(path, "the service \"" + service_key + "\" gives no keys (its key_entry is \"none\")");
}

void Inspection::condition(const form::Condition& condition, const form::FormDefinition& form,
                           const std::string& path) {
    // The answers of the house's own conditions are asked for by rules of their own above.
    constexpr std::string_view HOUSE[] = {"no_birth_name", "address_choice", "born", "role"};
    if (!condition.key.empty() && !contains(HOUSE, condition.key) && !form::locate(form, condition.key))
        add(path, "the form has no answer \"" + condition.key + "\"");
    for (const form::Condition& child : condition.children)
        this->condition(child, form, path);
}

void Inspection::privacy() {
    if (m_portal.privacy.paragraphs.empty())
        add("privacy.paragraphs", "must say in at least one paragraph how the data is used");
    for (std::size_t i = 0; i < m_portal.privacy.paragraphs.size(); ++i)
        local("privacy.paragraphs[" + std::to_string(i) + "]", m_portal.privacy.paragraphs[i], true);
    email("privacy.contact", m_portal.privacy.contact);
}

void Inspection::technical() {
    for (std::size_t i = 0; i < m_portal.authorities.size(); ++i)
        if (!is_authority(m_portal.authorities[i]))
            add("authorities[" + std::to_string(i) + "]", "must be a host in lower case, such as \"famille.oudon.fr\"");
}

} // namespace

std::vector<PortalMistake> mistakes_of(const Portal& portal) { return Inspection(portal).run(); }

} // namespace foyer::portal
