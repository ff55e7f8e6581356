#include "wire/digest_field.h"

#include "wire/encoding.h"
#include "wire/structured_field.h"

namespace foyer::wire {

std::optional<std::string> read_content_digest(std::string_view field) {
    const std::optional<SfDictionary> dictionary = parse_sf_dictionary(field);
    if (!dictionary)
        return std::nullopt;
    const SfMember* member = find(*dictionary, "sha-256");
    const SfItem* item = member ? std::get_if<SfItem>(member) : nullptr;
    const SfBytes* digest = item ? std::get_if<SfBytes>(&item->value) : nullptr;
    if (!digest || digest->bytes.size() != 32)
        return std::nullopt;
    return digest->bytes;
}

std::string write_content_digest(std::string_view sha256) { return "sha-256=:" + encode_base64(sha256) + ":"; }

} // namespace foyer::wire
