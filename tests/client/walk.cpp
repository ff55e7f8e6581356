#include "walk.h"

#include "scene/html.h"
#include "wire/portal_json.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <span>
#include <sstream>

namespace foyer::wizard {

namespace {

std::string file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    REQUIRE(stream.good());
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    return bytes.str();
}

i18n::Texts texts(const std::string& language) {
    return *i18n::Texts::load(file(std::string(FOYER_GENERATED) + "/i18n/texts-" + language + ".bin"));
}

portal::Portal portal_of(const std::string& slug) {
    return *wire::read_portal(file(std::string(FOYER_SOURCE_DIR) + "/shared/portals/" + slug + "/portal.json"));
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

bool takes_text(const scene::Node& node) {
    return node.role == scene::Role::text || node.role == scene::Role::password || node.role == scene::Role::combobox;
}

bool is_control(const scene::Node& node) {
    using scene::Role;
    return takes_text(node) || node.role == Role::select || node.role == Role::radio || node.role == Role::checkbox ||
           node.role == Role::button || node.role == Role::link;
}

// What no scene may break, whatever the state.
void check_rules(const scene::Scene& scene) {
    std::set<std::string> ids;
    std::set<std::string> dom_ids;
    std::size_t titles = 0;
    std::size_t submits = 0;
    for (const scene::Node& node : scene.nodes) {
        INFO("node " << node.id);
        CHECK_FALSE(node.id.empty());
        CHECK(node.id.find_first_of(" \t\n\"'<>") == std::string::npos);
        CHECK(ids.insert(node.id).second);
        if (!node.parent.empty())
            CHECK(ids.count(node.parent) == 1);
        for (const char* part : {"-label", "-hint", "-error", "-warning", ""})
            CHECK(dom_ids.insert(node.id + part).second);
        if (is_control(node) || node.role == scene::Role::heading)
            CHECK_FALSE(node.label.empty());
        CHECK(node.label.find('{') == std::string::npos);
        if (takes_text(node)) {
            CHECK_FALSE(node.name.empty());
            CHECK_FALSE(node.type.empty());
            CHECK(node.maximum_length > 0);
        }
        if (node.role == scene::Role::password)
            CHECK(node.secret);
        if (node.role == scene::Role::heading && node.level == 1)
            ++titles;
        if (node.type == "submit")
            ++submits;
        if (node.role == scene::Role::error_summary)
            for (const scene::Row& row : node.rows) {
                CHECK_FALSE(row.term.empty());
                CHECK(std::any_of(scene.nodes.begin(), scene.nodes.end(),
                                  [&](const scene::Node& target) { return target.id == row.action; }));
            }
    }
    CHECK(titles == 1);
    CHECK(submits <= 1);
    CHECK_FALSE(scene.title.empty());
    if (!scene.focus.empty() && scene.focus_rev > 0 && scene.focus == "title")
        CHECK(ids.count(scene.focus) == 1);
    CHECK(scene::to_html(scene).find("<script") == std::string::npos);
}

} // namespace

std::string plain(std::string_view text) {
    std::string out(text);
    replace_all(out, "\u2019", "'");
    replace_all(out, "\u00A0", " ");
    replace_all(out, "\u202F", " ");
    return out;
}

Walk::Walk(const std::string& slug, Start how, Device device)
    : m_device(device), m_french(texts("fr")), m_english(texts("en")), m_portal(portal_of(slug)) {
    environment = environment_of(m_portal, m_french, NOON);
    if (how.seed == 0)
        how.seed = 42;
    Update update = start(how, environment);
    state = std::move(update.state);
    effects = std::move(update.effects);
    all_effects = effects;
    look();
    answer_for_device();
}

void Walk::look() {
    scene::Scene next = describe(state, environment);
    check_rules(next);
    patch = scene::diff(scene, next);
    scene = std::move(next);
}

void Walk::give_communes() {
    m_reference_bytes = file(std::string(FOYER_GENERATED) + "/domain/reference.bin");
    m_reference = std::make_unique<domain::ReferenceData>(*domain::ReferenceData::read(
        std::as_bytes(std::span<const char>(m_reference_bytes.data(), m_reference_bytes.size()))));
    adopt(environment, *m_reference);
    act(Loaded{"communes", true});
}

void Walk::give_english() {
    environment.texts.push_back(&m_english);
    act(Loaded{"texts_en", true});
}

void Walk::act(const Action& action) {
    Update update = wizard::update(std::move(state), action, environment);
    state = std::move(update.state);
    effects = std::move(update.effects);
    all_effects.insert(all_effects.end(), effects.begin(), effects.end());
    look();
    answer_for_device();
}

void Walk::answer_for_device() {
    if (m_device == Device::answered_by_test)
        return;
    for (const Keeping& keeping : effects_of<Keeping>()) {
        if (keeping.id == 0)
            continue;
        // what a test looks at afterwards is of both
        const Effects before = effects;
        act(Kept{keeping.id});
        effects.insert(effects.begin(), before.begin(), before.end());
        return;
    }
}

void Walk::device_says(Kept kept) {
    for (auto effect = all_effects.rbegin(); effect != all_effects.rend(); ++effect)
        if (const Keeping* keeping = std::get_if<Keeping>(&*effect); keeping && keeping->id != 0) {
            kept.effect = keeping->id;
            act(kept);
            return;
        }
    FAIL("nothing waits for the device");
}

const scene::Node* Walk::by_id(std::string_view id) const {
    for (const scene::Node& node : scene.nodes)
        if (node.id == id)
            return &node;
    return nullptr;
}

const scene::Node* Walk::find(std::string_view label) const {
    for (const scene::Node& node : scene.nodes)
        if (is_control(node) && plain(node.label) == label)
            return &node;
    return nullptr;
}

const scene::Node& Walk::node(std::string_view label) const {
    const scene::Node* found = find(label);
    INFO("looking for " << label << " on " << scene.path);
    REQUIRE(found);
    return *found;
}

void Walk::type_only(std::string_view label, std::string_view text) {
    act(Input{node(label).id, std::string(text), false});
}

void Walk::fill(std::string_view label, std::string_view text) {
    const std::string id = node(label).id;
    act(Focus{id});
    act(Input{id, std::string(text), false});
    act(Commit{id, std::string(text)});
    act(Blur{id});
}

void Walk::select(std::string_view label, std::string_view option) {
    const scene::Node& list = node(label);
    for (const scene::Option& each : list.options)
        if (plain(each.label) == option) {
            act(Choose{list.id, each.id});
            return;
        }
    FAIL("no option " << option << " in " << label);
}

void Walk::press(std::string_view label) { act(Activate{node(label).id}); }

void Walk::suggest(std::string_view option) {
    for (const scene::Node& each : scene.nodes)
        if (each.role == scene::Role::suggestion)
            for (const scene::Option& choice : each.options)
                if (choice.label == option) {
                    act(Choose{each.id, choice.id});
                    return;
                }
    FAIL("no suggestion " << option);
}

void Walk::answer(int status, std::string body) {
    for (auto effect = all_effects.rbegin(); effect != all_effects.rend(); ++effect)
        if (const Call* call = std::get_if<Call>(&*effect)) {
            act(CallResult{call->id, status, std::move(body)});
            return;
        }
    FAIL("no call to answer");
}

void Walk::pass_security_check() {
    for (const scene::Node& each : scene.nodes)
        if (each.name == "security_check.chosen" &&
            each.value == form::answer(state.registration.answers, "security_check.asked")) {
            act(Activate{each.id});
            return;
        }
    FAIL("the icon asked for is not among those shown");
}

void Walk::fill_step(std::string_view step) {
    if (step == "identity") {
        select("Civilité", "Madame");
        fill("Nom de naissance", "Derc'hen");
        fill("Prénom(s)", "Anne-Lise");
        fill("Jour", "3");
        fill("Mois", "11");
        fill("Année", "1985");
        if (find("Commune de naissance"))
            fill("Commune de naissance", "Nantes");
    } else if (step == "address") {
        fill("Adresse", "12 bis rue de la Loire");
        fill("Code postal", "44521");
        fill("Commune", "Oudon");
    } else if (step == "contact") {
        fill("Téléphone mobile", "06 12 34 56 78");
        fill("Adresse électronique", "anne-lise@exemple.fr");
    } else if (step == "access") {
        fill("Identifiant", "annelise44");
        fill("Mot de passe", "Couette-Brume-77!x");
        if (find("J'ai lu comment mes données sont utilisées"))
            press("J'ai lu comment mes données sont utilisées");
        if (by_id("field-security_check-group"))
            pass_security_check();
    } else if (step == "services") {
        if (find("J'ai lu comment mes données sont utilisées"))
            press("J'ai lu comment mes données sont utilisées");
        if (by_id("field-security_check-group"))
            pass_security_check();
    }
}

void Walk::walk_to(std::string_view step) {
    if (state.screen == Screen::landing)
        press("Créer mon espace");
    if (state.screen == Screen::welcome)
        press("Je crée mon espace");
    while (state.screen == Screen::step && state.step != step) {
        const std::string before = state.step;
        fill_step(before);
        press("SUIVANT");
        INFO("stuck on " << before);
        REQUIRE(state.step != before);
    }
}

std::string Walk::title() const {
    for (const scene::Node& node : scene.nodes)
        if (node.role == scene::Role::heading && node.level == 1)
            return plain(node.label);
    return {};
}

bool Walk::says(std::string_view text) const {
    for (const scene::Node& node : scene.nodes) {
        std::string all = node.label + "\n" + node.hint + "\n" + node.error + "\n" + node.warning;
        for (const scene::Row& row : node.rows)
            all += "\n" + row.term + "\n" + row.value;
        if (plain(all).find(text) != std::string::npos)
            return true;
    }
    return false;
}

std::vector<std::string> Walk::summary() const {
    std::vector<std::string> targets;
    if (const scene::Node* errors = by_id("errors"))
        for (const scene::Row& row : errors->rows)
            targets.push_back(row.action);
    return targets;
}

std::optional<std::string> Walk::shown_path() const {
    const auto paths = effects_of<ShowPath>();
    if (paths.empty())
        return std::nullopt;
    return paths.back().path;
}

} // namespace foyer::wizard
