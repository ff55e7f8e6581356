// Makes an index out of addresses. The same addresses in the same order give the same bytes.
#pragma once

#include "address/index.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace foyer::address {

// One line of a file of addresses, checked by whoever read it. Text is UTF-8; empty where there is none.
struct Record {
    std::string_view street;             // or lieu-dit; as it is to be shown
    std::optional<std::uint32_t> number; // nothing: the street or lieu-dit itself; at most MAXIMUM_NUMBER
    std::string_view repetition;         // "bis"
    std::string_view postal_code;        // five digits
    std::string_view insee;              // five characters
    std::string_view city;
    std::string_view old_insee; // of the merged commune it lies in
    std::string_view old_city;
    std::optional<Position> position;
};

class Builder {
public:
    static constexpr std::uint32_t MAXIMUM_NUMBER = 99'999;

    Builder();
    ~Builder();
    Builder(const Builder&) = delete;
    Builder& operator=(const Builder&) = delete;

    // An address that is there already (another position of the same house) is left out. Returns whether it was new.
    bool add(const Record& record);

    // A postal code of the commune that no record need have: it is taken for right when somebody types it.
    void add_postal_code(std::string_view insee, std::string_view postal_code);

    // The file. Ends the builder's work. Empty when it would be larger than its 32-bit offsets reach.
    [[nodiscard]] std::string finish();

private:
    struct Content;
    std::unique_ptr<Content> m_content;
};

} // namespace foyer::address
