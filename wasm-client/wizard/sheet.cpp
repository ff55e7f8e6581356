#include "wizard/sheet.h"

#include "wizard/family/seam.h"
#include "wizard/node_id.h"

#include <algorithm>
#include <utility>

namespace foyer::wizard {

using form::FieldKind;

std::optional<OpenForm> open_form(const State& state, const Environment& environment) {
    const auto first_step_of = [](const form::FormDefinition& form) -> std::optional<OpenForm> {
        if (form.steps.empty())
            return std::nullopt;
        return OpenForm{&form, &form.steps.front()};
    };
    switch (state.screen) {
    case Screen::step: {
        const form::StepDefinition* step = environment.registration.find_step(state.step);
        if (!step)
            return std::nullopt;
        return OpenForm{&environment.registration, step};
    }
    case Screen::login:
        return first_step_of(environment.login);
    case Screen::lost_password:
        return state.answered ? std::nullopt : first_step_of(environment.password_reset);
    case Screen::mail_not_received:
        return state.answered ? std::nullopt : first_step_of(environment.resend_activation);
    case Screen::new_password:
        if (state.reset_id.empty() || state.reset_key.empty() || state.trouble == Trouble::link_used)
            return std::nullopt;
        return first_step_of(environment.new_password);
    case Screen::landing:
    case Screen::welcome:
    case Screen::confirmation:
        return std::nullopt;
    default:
        return environment.family_ready ? family::open_form(state, environment) : std::nullopt;
    }
}

const Sheet& open_sheet(const State& state) {
    switch (state.screen) {
    case Screen::step:
        return state.registration;
    case Screen::profile:
        return state.family.profile.sheet;
    case Screen::person:
        return state.family.entourage.person;
    case Screen::people:
    case Screen::recap:
        return state.family.entourage.draft;
    case Screen::correction:
        return state.family.mending.sheet;
    default:
        return state.account;
    }
}
Sheet& open_sheet(State& state) { return const_cast<Sheet&>(open_sheet(std::as_const(state))); }

const form::FormField* find_in(const form::StepDefinition& step, std::string_view key) {
    for (const form::FormField& field : step.fields)
        if (field.key == key)
            return &field;
    return nullptr;
}

bool is_visible(const form::PartDefinition& part) { return part.entry != form::Entry::hidden; }

std::size_t visible_parts(const form::FormField& field) {
    std::size_t count = 0;
    for (const form::PartDefinition& part : field.definition->parts)
        if (is_visible(part))
            ++count;
    return count;
}

std::vector<form::PersonChoice> people_here(const State& state, const Environment& environment) {
    if (!is_family(state.screen) || !environment.family_ready)
        return {};
    return family::people_here(state, environment);
}

std::vector<Problem> problems_now(const State& state, const OpenForm& open, const Environment& environment) {
    const Sheet& sheet = open_sheet(state);
    const bool of_family = is_family(state.screen) && environment.family_ready;
    const std::vector<form::PersonChoice> people = people_here(state, environment);
    form::Context context = context_of(environment);
    if (of_family)
        context.people = &people;
    std::vector<Problem> problems = form::validate_step(*open.form, *open.step, sheet.answers, context);
    if (of_family)
        family::add_problems(state, environment, problems);
    for (Problem& problem : problems) {
        const form::FormField* field = find_in(*open.step, problem.field);
        // The wrong answer has been taken away and a new question asked: say why it stands there again.
        if (field && field->definition->kind == FieldKind::security_check && state.check.was_wrong)
            problem.code = ProblemCode::security_check_wrong;
    }
    for (const Problem& problem : sheet.from_server) {
        const bool already = std::any_of(problems.begin(), problems.end(),
                                         [&](const Problem& other) { return other.field == problem.field; });
        if (!already && find_in(*open.step, problem.field))
            problems.push_back(problem);
    }
    return problems;
}

std::string control_of(const Problem& problem, const State& state, const OpenForm& open,
                       const Environment& environment) {
    const form::Answers& answers = open_sheet(state).answers;
    const form::FormField* field = find_in(*open.step, problem.field);
    if (problem.code == ProblemCode::one_of_required && !field) {
        // the problem may name the group: its first field on this step stands for it
        for (const form::FormField& candidate : open.step->fields) {
            const form::GroupDefinition* group = form::group_of(candidate.key);
            if (group && group->key == problem.field && form::is_shown(candidate, answers)) {
                field = &candidate;
                break;
            }
        }
    }
    if (!field)
        return std::string(TITLE);
    if (field->definition->kind == FieldKind::security_check) {
        if (state.check.without_picture || state.check.icons.empty())
            return field_id(field->key + ".answer");
        return option_id(field->key + ".chosen", state.check.icons.front());
    }
    for (const form::PartDefinition& part : field->definition->parts) {
        if (!is_visible(part))
            continue;
        const std::string key = form::answer_key(*field, part);
        const bool of_people = field->definition->kind == FieldKind::people;
        if (part.entry != form::Entry::radio && !of_people)
            return field_id(key);
        // a question with several controls is reached at its first
        const std::vector<form::PersonChoice> people = people_here(state, environment);
        const std::vector<std::string> choices = choice_ids(*field, people);
        if (choices.empty())
            return of_people ? std::string(TITLE) : field_id(key);
        return of_people ? field_id(key + "." + choices.front()) : option_id(key, choices.front());
    }
    return std::string(TITLE);
}

std::vector<std::string> choice_ids(const form::FormField& field, const std::vector<form::PersonChoice>& people) {
    std::vector<std::string> ids;
    for (form::Choice& choice : form::choices(field, i18n::Texts(), &people))
        ids.push_back(std::move(choice.id));
    return ids;
}

std::string confirmation_of(const Problem& problem, const form::FormField* field, const form::Answers& answers) {
    std::string text = problem.field;
    text.append(" ").append(name(problem.code));
    if (field)
        for (const form::PartDefinition& part : field->definition->parts)
            text.append(" ").append(form::answer(answers, form::answer_key(*field, part)));
    return text;
}

void forget_mended(State& state, const OpenForm& open, const Environment& environment, bool summary_too) {
    Sheet& sheet = open_sheet(state);
    if (sheet.shown.empty() && sheet.summary.empty())
        return;
    const std::vector<Problem> problems = problems_now(state, open, environment);
    const auto is_mended = [&](const std::string& key) {
        return std::none_of(problems.begin(), problems.end(),
                            [&](const Problem& problem) { return problem.field == key; });
    };
    for (const form::FormField& field : open.step->fields)
        if (is_mended(field.key))
            sheet.shown.erase(field.key);
    if (summary_too)
        sheet.summary.erase(std::remove_if(sheet.summary.begin(), sheet.summary.end(),
                                           [&](const Problem& listed) { return is_mended(listed.field); }),
                            sheet.summary.end());
}

void write_answer(Sheet& sheet, std::string_view key, std::string value) {
    ++sheet.revisions[std::string(key)];
    if (value.empty())
        sheet.answers.erase(std::string(key));
    else
        sheet.answers[std::string(key)] = std::move(value);
}

} // namespace foyer::wizard
