// What the page fetched: the portal, the texts, the communes. They arrive as bytes and stay as long as the page.
#pragma once

#include "domain/reference_data.h"
#include "i18n/texts.h"
#include "portal/portal.h"
#include "wizard/environment.h"

#include <deque>
#include <optional>
#include <span>
#include <string_view>

namespace foyer::platform {

class Files {
public:
    // Each answers whether the bytes were what they should be; if not, nothing changes.
    bool add_portal(std::string_view json);
    // A second file of a language that is there already fills what the first one left out.
    bool add_texts(std::string_view bytes);
    bool add_reference(std::span<const std::byte> bytes); // they must outlive this object

    // The portal and one language are there: the wizard can start.
    [[nodiscard]] bool complete() const { return m_portal && !m_texts.empty(); }
    // What the wizard sees of all this; call it when complete().
    [[nodiscard]] wizard::Environment environment(UnixSeconds now) const;
    [[nodiscard]] const portal::Portal* portal() const { return m_portal ? &*m_portal : nullptr; }
    [[nodiscard]] const std::deque<i18n::Texts>& texts() const { return m_texts; }
    [[nodiscard]] const domain::ReferenceData* reference() const { return m_reference ? &*m_reference : nullptr; }

private:
    std::optional<portal::Portal> m_portal;
    std::deque<i18n::Texts> m_texts; // the environment points into it
    std::optional<domain::ReferenceData> m_reference;
};

} // namespace foyer::platform
