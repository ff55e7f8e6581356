#include "portal/portal.h"

#include <algorithm>

namespace foyer::portal {

const ProcedureDefinition* Portal::find(form::Procedure procedure) const {
    for (const ProcedureDefinition& definition : procedures)
        if (definition.procedure == procedure)
            return &definition;
    return nullptr;
}

const Service* Portal::find_service(std::string_view key) const {
    for (const Service& service : services)
        if (service.key == key)
            return &service;
    return nullptr;
}

namespace {

using form::FieldKind;
using form::Procedure;

void name_services(const Portal& portal, form::FormDefinition& form) {
    for (form::StepDefinition& step : form.steps)
        for (form::FormField& field : step.fields) {
            if (field.definition->kind != FieldKind::service_key)
                continue;
            const Service* const service = portal.find_service(field.key.substr(field.key.find('.') + 1));
            if (!service)
                continue;
            field.subject = service->name;
            if (service->key_entry == KeyEntry::automatic)
                field.preset = service->automatic_key;
        }
}

void add(form::StepDefinition& step, const form::FieldDefinition* definition, std::string key) {
    if (definition)
        step.fields.push_back(form::make_field(*definition, std::move(key)));
}

// What makes the account is asked for once; keys have a step of their own in the profile.
bool belongs_to_profile(const form::FormField& field) {
    switch (field.definition->kind) {
    case FieldKind::identifier:
    case FieldKind::password:
    case FieldKind::service_key:
    case FieldKind::consent:
    case FieldKind::security_check:
    case FieldKind::link_part:
        return false;
    default:
        return true;
    }
}

std::vector<form::StepDefinition> profile_steps(const Portal& portal) {
    std::vector<form::StepDefinition> steps;
    if (const ProcedureDefinition* const registration = portal.find(Procedure::registration))
        for (const form::StepDefinition& step : registration->steps) {
            form::StepDefinition kept = step;
            kept.fields.erase(std::remove_if(kept.fields.begin(), kept.fields.end(),
                                             [](const form::FormField& field) { return !belongs_to_profile(field); }),
                              kept.fields.end());
            if (!kept.fields.empty())
                steps.push_back(std::move(kept));
        }
    form::StepDefinition services;
    services.key = "services";
    for (const Service& service : portal.services)
        if (service.key_entry == KeyEntry::typed)
            add(services, form::find_field("service_key." + service.key), "service_key." + service.key);
    if (portal.find(Procedure::entourage))
        add(services, form::find_account_field("invitation"), "invitation");
    if (!services.fields.empty())
        steps.push_back(std::move(services));
    return steps;
}

} // namespace

form::FormDefinition form_of(const Portal& portal, form::Procedure procedure) {
    const ProcedureDefinition* const definition = portal.find(procedure);
    form::FormDefinition form;
    form.procedure = procedure;
    if (definition) {
        form.steps = definition->steps;
        form.lists = definition->lists;
    }
    switch (procedure) {
    case Procedure::registration:
        if (!form.steps.empty() && portal.find(Procedure::entourage))
            add(form.steps.back(), form::find_account_field("invitation_link"), "invitation");
        break;
    case Procedure::entourage:
        break;
    case Procedure::profile:
        if (form.steps.empty())
            form.steps = profile_steps(portal);
        break;
    default:
        return form::account_form(procedure);
    }
    name_services(portal, form);
    return form;
}

} // namespace foyer::portal
