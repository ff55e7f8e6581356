#include "platform/files.h"

#include "wire/portal_json.h"

namespace foyer::platform {

bool Files::add_portal(std::string_view json) {
    auto portal = wire::read_published_portal(json);
    if (!portal)
        return false;
    m_portal = std::move(*portal);
    return true;
}

bool Files::add_texts(std::string_view bytes) {
    auto texts = i18n::Texts::load(bytes);
    if (!texts)
        return false;
    for (i18n::Texts& known : m_texts)
        if (known.language() == texts->language())
            return known.add(bytes).has_value();
    m_texts.push_back(std::move(texts).value());
    return true;
}

bool Files::add_reference(std::span<const std::byte> bytes) {
    auto reference = domain::ReferenceData::read(bytes);
    if (!reference)
        return false;
    m_reference = std::move(reference).value();
    return true;
}

wizard::Environment Files::environment(UnixSeconds now) const {
    wizard::Environment environment = wizard::environment_of(*m_portal, m_texts.front(), now);
    environment.prefix = "/" + m_portal->slug;
    environment.texts.clear();
    for (const i18n::Texts& texts : m_texts)
        environment.texts.push_back(&texts);
    if (m_reference)
        wizard::adopt(environment, *m_reference);
    return environment;
}

} // namespace foyer::platform
