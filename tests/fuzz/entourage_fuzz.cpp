#include "fuzz.h"
#include "household/extract.h"

#include <set>

using namespace foyer;

namespace {

form::FormDefinition everything() {
    form::FormDefinition form;
    form.procedure = form::Procedure::entourage;
    for (const std::string_view list : {form::REPRESENTATIVES, form::CHILDREN, form::CONTACTS}) {
        std::vector<form::FormField> fields;
        for (const form::FieldDefinition& definition : form::list_catalogue(list))
            if (definition.parts[0].entry != form::Entry::hidden)
                fields.push_back(form::make_list_field(list, definition));
        form.lists.push_back(form::make_list(list, std::move(fields)));
    }
    return form;
}

household::Known family() {
    return {{"k1", form::PersonKind::representative, true, {{"first_names", "Anne"}, {"birth_date.year", "1985"}}},
            {"k2", form::PersonKind::child, false, {{"first_names", "Léa"}, {"authority.k1", "yes"}}},
            {"k3", form::PersonKind::expected_child, false, {}}};
}

} // namespace

// Lines "children.0.first_names=Léa".
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const form::FormDefinition FORM = everything();
    static const household::Known KNOWN = family();
    const form::Context context{{2026, 11, 22}, nullptr, nullptr};
    form::Answers answers;
    std::string_view bytes = fuzz::text(data, size);
    while (!bytes.empty()) {
        const std::string_view line = bytes.substr(0, bytes.find('\n'));
        bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
        const std::size_t equals = line.find('=');
        if (equals != std::string_view::npos)
            answers[std::string(line.substr(0, equals))] = line.substr(equals + 1);
    }

    const form::Answers sent = form::submitted(FORM, answers);
    fuzz::expect(form::submitted(FORM, sent) == sent);
    for (const auto& [key, text] : sent)
        fuzz::expect(form::locate(FORM, key).has_value());

    // Everybody has one reference of their own, unless two people claim to be the same known one, which is an error.
    std::set<std::string> references;
    bool is_twice = false;
    for (const form::PersonChoice& person : household::people_of(FORM, sent, KNOWN))
        is_twice = is_twice || !references.insert(person.reference).second;

    const auto entourage = household::entourage_from(FORM, answers, KNOWN, {}, context);
    if (entourage) {
        fuzz::expect(!is_twice);
        fuzz::expect(!form::has_errors(entourage->warnings));
        for (const household::Child& child : entourage->children)
            fuzz::expect(child.birth_date.has_value());
        for (const household::Contact& contact : entourage->contacts)
            fuzz::expect(contact.phone.has_value() && contact.first_names.has_value());
    } else {
        fuzz::expect(form::has_errors(entourage.error()));
    }
    return 0;
}
