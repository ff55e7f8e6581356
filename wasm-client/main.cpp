// The wizard in the browser. The page calls in with an event; the event becomes an action, the action a new state, the
// state a scene; the twin gets what changed in it, the view the whole. Then everything sleeps: there is no loop, and
// the page asks for a frame only after foyer_* has said that there is something new to paint.
#include "domain/reference_data.h"
#include "platform/effect_json.h"
#include "platform/event_json.h"
#include "platform/files.h"
#include "platform/page.h"
#include "scene/diff.h"
#include "twin/patch_json.h"
#include "view/step_view.h"
#include "wizard/describe.h"
#include "wizard/draft.h"
#include "wizard/update.h"

#include <cstring>
#include <memory>
#include <optional>
#include <vector>

namespace foyer {

namespace {

// web/shell/effects.ts knows the files
constexpr std::string_view EXTENDED_FONTS = "font_extended";
constexpr std::string_view FAMILY = "family";

enum class File : int { portal, texts, reference, font_regular, font_bold, font_regular_extended, font_bold_extended };

class Client {
public:
    // The page's messages and files are written here; a file's bytes stay.
    std::uint8_t* buffer(std::size_t size) {
        m_buffer.resize(size);
        return m_buffer.data();
    }
    [[nodiscard]] std::string_view message(std::size_t size) const {
        return {reinterpret_cast<const char*>(m_buffer.data()), size};
    }

    bool load(File file);
    bool start(std::size_t size);
    void event(std::size_t size);
    void resize(float width, float density);
    void colours(std::size_t size);
    void paint();
    void surface_changed() { m_view->surface_changed(); }
    [[nodiscard]] bool needs_paint() const { return m_view && m_view->needs_paint(); }
    // Writes what has been typed and not sent where messages are written; how long it is.
    std::size_t draft();
    [[nodiscard]] bool would_lose_answers() const { return m_state && wizard::has_unsent_answers(*m_state); }

private:
    bool load_font(view::Weight weight);
    void react(const wizard::Action& action);
    void take(wizard::Update update);
    void publish();
    void place();
    void tell_of_letters();
    void ask_for_letters();

    platform::Page m_page;
    platform::Files m_files;
    std::vector<std::uint8_t> m_buffer;
    std::vector<std::vector<std::uint8_t>> m_kept; // bytes that fonts and communes are read from in place
    std::unique_ptr<view::StepView> m_view;
    std::optional<wizard::Environment> m_environment;
    std::optional<wizard::State> m_state;
    scene::Scene m_scene; // what the twin shows
    bool m_letters_asked = false;
    bool m_letters_answered = false; // the files came, or did not
    bool m_painting_fails = false;
};

bool Client::load(File file) {
    const std::string_view bytes = message(m_buffer.size());
    switch (file) {
    case File::portal:
        if (!m_files.add_portal(bytes))
            return false;
        m_view = std::make_unique<view::StepView>();
        return true;
    case File::texts:
        if (!m_files.add_texts(bytes))
            return false;
        if (m_environment && m_environment->texts.size() < m_files.texts().size())
            m_environment->texts.push_back(&m_files.texts().back());
        return true;
    case File::reference:
        m_kept.push_back(std::move(m_buffer));
        if (!m_files.add_reference(std::as_bytes(std::span(m_kept.back()))))
            return false;
        if (m_environment)
            wizard::adopt(*m_environment, *m_files.reference());
        return true;
    case File::font_regular:
    case File::font_regular_extended:
        return load_font(view::Weight::regular);
    case File::font_bold:
    case File::font_bold_extended:
        return load_font(view::Weight::bold);
    }
    return false;
}

bool Client::load_font(view::Weight weight) {
    m_kept.push_back(std::move(m_buffer));
    if (!m_view || !m_view->canvas().fonts().add(weight, m_kept.back()))
        return false;
    m_view->fonts_changed();
    if (m_state)
        place();
    return true;
}

bool Client::start(std::size_t size) {
    const std::optional<wizard::Start> start = platform::read_start(message(size));
    if (!start || !m_files.complete())
        return false;
    m_environment = m_files.environment(m_page.now());
    m_environment->family_ready = false; // its code is another file
    m_environment->addresses = start->addresses;
    take(wizard::start(*start, *m_environment));
    return true;
}

void Client::event(std::size_t size) {
    const std::optional<platform::Event> event = platform::read_event(message(size));
    if (!event || !m_state)
        return;
    if (const auto* action = std::get_if<wizard::Action>(&*event))
        react(*action);
    else if (const auto* pointer = std::get_if<platform::PointerMoved>(&*event))
        m_view->point({pointer->node, pointer->index, pointer->pressed});
}

std::size_t Client::draft() {
    const std::string draft = m_state ? wizard::draft_of(*m_state, *m_environment) : std::string();
    m_buffer.assign(draft.begin(), draft.end());
    return draft.size();
}

void Client::react(const wizard::Action& action) {
    m_environment->now = m_page.now();
    const auto* loaded = std::get_if<wizard::Loaded>(&action);
    if (loaded && loaded->what == EXTENDED_FONTS) {
        m_letters_asked = loaded->available; // the network may be back the next time
        m_letters_answered = true;
    }
    if (loaded && loaded->what == FAMILY && loaded->available)
        m_environment->family_ready = true;
    take(wizard::update(std::move(*m_state), action, *m_environment));
    tell_of_letters();
}

void Client::take(wizard::Update update) {
    m_state = std::move(update.state);
    publish();
    if (!update.effects.empty())
        m_page.carry_out(platform::effects_json(update.effects));
}

void Client::publish() {
    scene::Scene next = wizard::describe(*m_state, *m_environment);
    const scene::Patch patch = scene::diff(m_scene, next);
    m_scene = std::move(next);
    if (!patch.empty())
        m_page.apply(twin::patch_json(patch));
    if (m_view->show(m_scene))
        place();
}

void Client::resize(float width, float density) {
    if (m_view && m_view->resize(width, density))
        place();
}

void Client::place() {
    const view::Layout& layout = m_view->layout();
    m_page.place(layout.width, layout.height, view::flat_rectangles(layout));
    ask_for_letters();
    tell_of_letters();
}

// Written by the page as view::Palette has them (web/shell/colours.ts).
void Client::colours(std::size_t size) {
    view::Palette palette;
    if (m_view && size == sizeof(palette)) {
        std::memcpy(&palette, m_buffer.data(), size);
        m_view->set_palette(palette);
    }
}

// Few names need them, so they come when the first one is to be painted.
void Client::ask_for_letters() {
    if (m_letters_asked || !m_view->lacks_letters())
        return;
    m_letters_asked = true;
    m_page.carry_out(platform::effects_json({wizard::Load{std::string(EXTENDED_FONTS)}}));
}

// A name in letters that no file of ours has is the page's to show, by the fonts of the device: in the version texte.
void Client::tell_of_letters() {
    const bool fails = m_letters_answered && m_view->lacks_letters();
    if (fails != m_painting_fails)
        m_page.letters_missing(fails);
    m_painting_fails = fails;
}

void Client::paint() {
    if (needs_paint())
        m_view->paint(m_page);
}

Client& client() {
    static Client the_client;
    return the_client;
}

} // namespace

} // namespace foyer

// What web/shell/module.ts calls. Those that answer `int` say whether a frame should be asked for (foyer_load and
// foyer_start: whether it worked).
#define FOYER_EXPORT(name) __attribute__((export_name(#name)))

extern "C" {
// Room for `size` bytes, to be filled before foyer_load, foyer_start or foyer_event.
FOYER_EXPORT(foyer_buffer) std::uint8_t* foyer_buffer(std::size_t size) { return foyer::client().buffer(size); }
FOYER_EXPORT(foyer_load) int foyer_load(int file) { return foyer::client().load(static_cast<foyer::File>(file)); }
FOYER_EXPORT(foyer_start) int foyer_start(std::size_t size) { return foyer::client().start(size); }
FOYER_EXPORT(foyer_event) int foyer_event(std::size_t size) {
    foyer::client().event(size);
    return foyer::client().needs_paint();
}
FOYER_EXPORT(foyer_resize) int foyer_resize(float width, float density) {
    foyer::client().resize(width, density);
    return foyer::client().needs_paint();
}
FOYER_EXPORT(foyer_colours) int foyer_colours(std::size_t size) {
    foyer::client().colours(size);
    return foyer::client().needs_paint();
}
FOYER_EXPORT(foyer_paint) void foyer_paint() { foyer::client().paint(); }
FOYER_EXPORT(foyer_surface_changed) void foyer_surface_changed() { foyer::client().surface_changed(); }
// The text is at foyer_buffer(its size).
FOYER_EXPORT(foyer_draft) std::size_t foyer_draft() { return foyer::client().draft(); }
FOYER_EXPORT(foyer_would_lose_answers) int foyer_would_lose_answers() { return foyer::client().would_lose_answers(); }
}
