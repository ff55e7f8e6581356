// What both sides look up and nobody types by heart: communes, postal codes, countries, the most used passwords. One
// file, reference.bin, made at build time by toolchains/generate/reference.mjs and read in place; the browser fetches
// it when it is first needed, so every user of this class must do without it too.
#pragma once

#include "base/result.h"
#include "domain/insee_code.h"
#include "domain/postal_code.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::domain {

// Text views point into the bytes given to ReferenceData::read.
struct Commune {
    InseeCode code;
    std::string_view name;    // "Saint-Maur-des-Fossés"
    std::string_view today{}; // of an old one: the commune it belongs to now
};

struct Country {
    std::string_view code; // ISO 3166-1 alpha-2: "FR"
    std::string_view french;
    std::string_view english;
};

enum class ReferenceFault {
    not_reference_data, // too short, or another kind of file
    other_version,      // made by another version of the program
    damaged,            // the checksum or a count does not hold
};

class ReferenceData {
public:
    // Checks the whole file (checksum, every count and offset) before giving access to any of it. The bytes must
    // outlive the returned object and everything it hands out; they are not copied. Safe to use from several threads.
    static Result<ReferenceData, ReferenceFault> read(std::span<const std::byte> bytes);

    // Communes of today and, as birth places and addresses name them, the municipal districts of Paris, Lyon and
    // Marseille.
    [[nodiscard]] std::size_t commune_count() const { return m_commune_count; }
    [[nodiscard]] std::size_t postal_code_count() const { return m_postal_code_count; }

    // All of them, in the order of their codes.
    [[nodiscard]] std::vector<Commune> communes() const;

    // In the order of their INSEE codes. Empty: an unknown code, perhaps CEDEX; nothing is wrong with that. For
    // 75001–75020, 69001–69009 and 13001–13016 the city comes first, then the district.
    [[nodiscard]] std::vector<Commune> communes_with(const PostalCode& postal_code) const;
    [[nodiscard]] bool knows(const PostalCode& postal_code) const;
    // Of an old one too, when no commune of today has its code.
    [[nodiscard]] std::optional<Commune> commune(const InseeCode& code) const;
    [[nodiscard]] std::vector<PostalCode> postal_codes_of(const InseeCode& code) const;

    // The communes of that postal code whose name is the typed one (folded as places are searched); what was typed and
    // the postal code go together when this has a value.
    [[nodiscard]] std::optional<Commune> match(const PostalCode& postal_code, std::string_view typed_name) const;

    // Communes, old ones included, whose name begins with what was typed, or has a word that does: whole names first,
    // then beginnings, then words; the most populous first among equals. Nothing for an empty text. Accents, case,
    // hyphens, "St" don't matter.
    [[nodiscard]] std::vector<Commune> communes_like(std::string_view typed, std::size_t maximum) const;

    // In the order of their codes; the screen sorts them by the name in its language.
    [[nodiscard]] std::vector<Country> countries() const;
    [[nodiscard]] std::optional<Country> country(std::string_view code) const;

    // True when the password is one of the most used, whatever its case and accents, and also when it is one of them
    // with digits and signs put before or after ("Motdepasse2024!").
    [[nodiscard]] bool is_common_password(std::string_view password) const;

private:
    // Where every 64th commune begins, found while the file is checked, so that one commune is found without walking
    // all.
    struct Block {
        std::uint32_t code = 0; // of its first commune
        std::size_t name = 0;   // where that name begins
    };
    struct Located {
        std::size_t index = 0;
        std::uint32_t code = 0; // INSEE number, see reference.mjs
        std::string_view name;
    };
    ReferenceData() = default;
    [[nodiscard]] bool check();
    template <typename Visit> void visit_communes(std::size_t first_block, std::size_t last_block, Visit visit) const;
    [[nodiscard]] std::optional<Located> locate(std::uint32_t code) const;
    [[nodiscard]] std::uint32_t postal_code_at(std::size_t position) const;
    [[nodiscard]] std::optional<std::size_t> position_of(const PostalCode& postal_code) const;
    [[nodiscard]] std::uint32_t code_step(std::size_t commune) const;
    [[nodiscard]] std::uint32_t first_postal(std::size_t commune) const;
    [[nodiscard]] std::uint32_t further_commune(std::size_t pair) const;
    [[nodiscard]] std::uint32_t further_postal(std::size_t pair) const;
    [[nodiscard]] std::uint32_t old_code(std::size_t old) const;
    [[nodiscard]] std::uint32_t old_home(std::size_t old) const; // the commune it belongs to now
    [[nodiscard]] std::string_view name_at(std::size_t commune) const;
    [[nodiscard]] Commune old_commune(std::size_t old, std::uint32_t code, std::string_view name) const;
    template <typename Visit> void visit_old(Visit visit) const;
    [[nodiscard]] bool is_listed_password(std::string_view folded) const;

    // The columns of the file, in planes of bytes as reference.mjs describes them.
    std::size_t m_commune_count = 0;
    std::size_t m_postal_code_count = 0;
    std::size_t m_further_count = 0;
    std::span<const std::byte> m_postal_codes;
    std::span<const std::byte> m_code_steps;
    std::span<const std::byte> m_sizes;
    std::span<const std::byte> m_first_postals;
    std::span<const std::byte> m_further;
    std::string_view m_names;
    std::string_view m_countries;
    std::string_view m_passwords;
    std::size_t m_old_count = 0;
    std::span<const std::byte> m_old_codes;
    std::span<const std::byte> m_old_homes;
    std::string_view m_old_names;
    std::vector<Block> m_blocks;
};

} // namespace foyer::domain
