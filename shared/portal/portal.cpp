#include "portal/portal.h"

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

form::FormDefinition form_of(const Portal& portal, form::Procedure procedure) {
    const ProcedureDefinition* const definition = portal.find(procedure);
    if (!definition)
        return form::account_form(procedure);

    form::FormDefinition form;
    form.procedure = procedure;
    form.steps = definition->steps;
    for (form::StepDefinition& step : form.steps)
        for (form::FormField& field : step.fields) {
            if (field.definition->kind != form::FieldKind::service_key)
                continue;
            const Service* const service = portal.find_service(field.key.substr(field.key.find('.') + 1));
            if (!service)
                continue;
            field.subject = service->name;
            if (service->key_entry == KeyEntry::automatic)
                field.preset = service->automatic_key;
        }
    return form;
}

} // namespace foyer::portal
