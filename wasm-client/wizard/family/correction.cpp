#include "wizard/family/correction.h"

#include "household/people.h"
#include "wizard/draft.h"
#include "wizard/family/dashboard.h"
#include "wizard/family/entourage.h"
#include "wizard/family/sending.h"
#include "wizard/journey.h"
#include "wizard/node_id.h"

#include <algorithm>
#include <utility>

namespace foyer::wizard::family {

using scene::Emphasis;
using scene::Node;
using scene::Role;

namespace {

const Request* request_of(const wizard::State& state) { return state.family.snapshot.find_request(state.step); }

const form::FormDefinition* form_of(const Request& request, const Environment& environment) {
    for (const form::FormDefinition* form : {&environment.entourage, &environment.profile, &environment.registration})
        if (request.procedure == form::name(form->procedure))
            return form;
    return nullptr;
}

bool is_of_address(std::string_view key) {
    constexpr std::string_view ADDRESS[] = {"address", "postal_code", "commune"};
    return std::find(std::begin(ADDRESS), std::end(ADDRESS), key.substr(0, key.find('.'))) != std::end(ADDRESS);
}

std::string whose_address(const std::vector<std::string>& fields) {
    for (const std::string& key : fields)
        if (const auto item = form::split_item_key(key); item && is_of_address(item->key))
            return form::item_key(item->list, item->number, "");
    return {};
}

// The key in the form on the screen, and back.
std::string shown_key(const Mending& mending, const std::string& key) {
    const std::size_t length = mending.whose.size();
    const bool hers = length > 0 && key.compare(0, length, mending.whose) == 0 && is_of_address(key.substr(length));
    return hers ? key.substr(length) : key;
}
std::string whole_key(const Mending& mending, const std::string& key) {
    return !mending.whose.empty() && is_of_address(key) ? mending.whose + key : key;
}

form::Answers with_whole_keys(const Mending& mending, const form::Answers& answers) {
    form::Answers whole;
    for (const auto& [key, text] : answers)
        whole.emplace(whole_key(mending, key), text);
    return whole;
}

std::string asked_by(const Correction& correction) {
    std::string all = correction.message;
    for (const std::string& field : correction.fields)
        all.append("\n").append(field);
    return all;
}

// "Date de naissance (Léa Martin)": several people may be asked the same.
form::LocalText label_of(const form::FormField& field, const form::PersonChoice* person,
                         const Environment& environment) {
    form::LocalText label;
    if (!person)
        return field.label;
    for (const i18n::Texts* texts : environment.texts)
        label[std::string(texts->language())] =
            texts->format(TextKey::family_mend_label,
                          {{"label", form::label(field, *texts)}, {"name", form::name_of(*person, *texts)}});
    return label;
}

// The named fields alone, under their whole keys. They are shown whatever the others say: the agent asks for them.
form::FormDefinition named_fields(const form::FormDefinition& whole, const Correction& correction,
                                  const Mending& mending, const std::vector<form::PersonChoice>& people,
                                  const Environment& environment) {
    form::FormDefinition form;
    form.procedure = whole.procedure;
    form::StepDefinition step;
    step.key = "correction";
    for (const std::string& key : correction.fields) {
        const form::FormField* found = whole.find(key);
        form::Answers around = correction.answers;
        const form::PersonChoice* person = nullptr;
        if (const auto item = form::split_item_key(key); !found && item) {
            const form::ListDefinition* const list = whole.find_list(item->list);
            found = list ? list->item.find(item->key) : nullptr;
            around = form::item_answers(correction.answers, item->list, item->number);
            person = form::find_person(people, form::reference_to(item->list, item->number));
        }
        const std::string shown = shown_key(mending, key);
        if (!found || find_in(step, shown))
            continue;
        form::FormField field = *found;
        field.label = label_of(*found, person, environment);
        field.required = form::is_required(*found, around);
        field.required_if = {};
        field.condition = {};
        field.key = shown;
        step.fields.push_back(std::move(field));
    }
    if (!step.fields.empty())
        form.steps.push_back(std::move(step));
    return form;
}

std::vector<form::PersonChoice> people_in(const Request* request, const wizard::State& state,
                                          const Environment& environment) {
    return household::people_of(environment.entourage,
                                request && request->correction ? request->correction->answers : form::Answers{},
                                known_of(state.family.snapshot));
}

// False: the town asks for nothing.
bool prepare(const Turn& turn, const Request* request) {
    const form::FormDefinition* const whole =
        request && request->correction ? form_of(*request, turn.environment) : nullptr;
    if (!whole)
        return false;
    Mending& mending = turn.state.family.mending;
    const std::string asked = asked_by(*request->correction);
    if (mending.number != request->number || mending.asked != asked) {
        mending = Mending{};
        mending.number = request->number;
        mending.asked = asked;
        mending.whose = whose_address(request->correction->fields);
        for (const auto& [key, text] : request->correction->answers)
            if (form::belongs_to(*whole, key, request->correction->fields))
                write_answer(mending.sheet, shown_key(mending, key), text);
    }
    // anew each time: the language may have changed, or a name
    mending.form = named_fields(*whole, *request->correction, mending, people_in(request, turn.state, turn.environment),
                                turn.environment);
    return true;
}

// Another visit, or another tab, may have sent one, and the person may have erased it from the device since.
void find_sent(State& family, const Request& request) {
    Mending& mending = family.mending;
    if (mending.sent != 0 && !find_sending(family, mending.sent))
        mending.sent = 0;
    if (mending.sent != 0 || mending.sheet.touched)
        return;
    for (const Sending& sending : family.sendings)
        if (sending.corrects == request.id && is_under_way(sending))
            mending.sent = sending.effect;
}

void send_correction(const Turn& turn) {
    const Request* const request = request_of(turn.state);
    const auto open = open_correction(turn.state, turn.environment);
    if (!request || !open || !accept_form(turn))
        return;
    Mending& mending = turn.state.family.mending;
    mending.sent = send(turn, open->form->procedure,
                        with_whole_keys(mending, form::submitted(*open->form, mending.sheet.answers)), request->id);
    mending.sheet.from_server.clear();
    mending.sheet.touched = false;
    // another page under the same address
    focus_on(turn.state, std::string(TITLE), true);
}

void correct_again(const Turn& turn) {
    Mending& mending = turn.state.family.mending;
    const Sending* const sending = find_sending(turn.state.family, mending.sent);
    if (!sending || sending->stage != Sending::Stage::refused)
        return;
    mending.sheet.from_server = sending->problems;
    for (Problem& problem : mending.sheet.from_server)
        problem.field = shown_key(mending, problem.field);
    mending.sheet.touched = true;
    mending.sent = 0;
    const auto open = open_correction(turn.state, turn.environment);
    if (open && form::has_errors(problems_now(turn.state, *open, turn.environment)))
        show_errors(turn);
    else
        focus_on(turn.state, std::string(TITLE), true);
}

void describe_sent(const Page& page, const Sending& sending) {
    Node& status = page.scene.add(Role::status, "submission-status");
    switch (sending.stage) {
    case Sending::Stage::preparing:
        status.label = page.text(TextKey::family_mend_preparing);
        break;
    case Sending::Stage::on_device:
        tell(status, Emphasis::primary, page.text(TextKey::family_mend_on_device));
        break;
    case Sending::Stage::sending:
        status.label = page.text(TextKey::family_mend_sending);
        break;
    case Sending::Stage::received:
        tell(status, Emphasis::success, page.text(TextKey::family_mend_received));
        break;
    case Sending::Stage::refused:
        tell(status, Emphasis::danger, page.text(TextKey::family_mend_refused));
        if (!sending.detail.empty())
            page.scene.paragraph("refused-detail", sending.detail);
        page.scene.button("correct-again", page.text(TextKey::family_mend_again), Emphasis::primary);
        break;
    }
}

} // namespace

std::optional<OpenForm> open_correction(const wizard::State& state, const Environment&) {
    const Mending& mending = state.family.mending;
    if (mending.number != state.step || mending.sent != 0 || mending.form.steps.empty())
        return std::nullopt;
    return OpenForm{&mending.form, &mending.form.steps.front()};
}

std::vector<form::PersonChoice> people_of_correction(const wizard::State& state, const Environment& environment) {
    return people_in(request_of(state), state, environment);
}

void add_correction_problems(const wizard::State& state, const Environment& environment,
                             std::vector<Problem>& problems) {
    const Request* const request = request_of(state);
    const form::FormDefinition* const whole = request ? form_of(*request, environment) : nullptr;
    if (!whole || !request->correction)
        return;
    const Mending& mending = state.family.mending;
    const std::vector<form::PersonChoice> people = people_of_correction(state, environment);
    form::Context context = context_of(environment);
    context.people = &people;
    for (Problem& problem : form::validate_correction(*whole, request->correction->answers,
                                                      with_whole_keys(mending, mending.sheet.answers),
                                                      request->correction->fields, context)) {
        problem.field = shown_key(mending, problem.field);
        const bool already = std::any_of(problems.begin(), problems.end(), [&](const Problem& other) {
            return other.field == problem.field && other.code == problem.code;
        });
        if (!already && problem.code != ProblemCode::unknown_field)
            problems.push_back(std::move(problem));
    }
}

void settle_correction(const Turn& turn) {
    const Request* const request = request_of(turn.state);
    if (prepare(turn, request))
        find_sent(turn.state.family, *request);
}

bool resume_correction(const Turn& turn, const OwnedDraft& draft) {
    State& family = turn.state.family;
    Mending& mending = family.mending;
    if (mending.sheet.touched || !prepare(turn, family.snapshot.find_request(draft.number)) ||
        mending.asked != draft.asked)
        return false;
    for (const auto& [key, text] : draft.correction)
        if (may_be_kept(mending.form, key))
            write_answer(mending.sheet, key, text);
    mending.sheet.touched = true;
    return true;
}

bool press_correction(const Turn& turn, std::string_view node) {
    if (node == "next")
        send_correction(turn);
    else if (node == "correct-again")
        correct_again(turn);
    else
        return false;
    return true;
}

std::string title_of_correction(const Page& page) {
    return page.texts.format(TextKey::family_mend_title, {{"number", page.state.step}});
}

void describe_correction(const Page& page) {
    const Mending& mending = page.state.family.mending;
    const Sending* const sending =
        mending.number == page.state.step ? find_sending(page.state.family, mending.sent) : nullptr;
    const auto open = open_correction(page.state, page.environment);
    const std::string send = page.text(TextKey::family_mend_send);
    describe_summary(page, send);
    page.scene.heading(std::string(TITLE), 1, title_of_correction(page));
    const Request* const request = request_of(page.state);
    if (sending) {
        describe_sent(page, *sending);
    } else if (open && request && request->correction) {
        Node& words = page.scene.notice("agent", Emphasis::normal, page.text(TextKey::family_mend_agent));
        words.hint = request->correction->message;
        page.scene.paragraph("mend-text", page.text(TextKey::family_mend_text));
        describe_form(page, *open, {{}, send});
    } else if (has_snapshot(page)) {
        page.scene.paragraph("nothing", page.texts.format(TextKey::family_mend_nothing, {{"number", page.state.step}}));
    } else {
        describe_freshness(page);
    }
    describe_way_back(page);
}

} // namespace foyer::wizard::family
