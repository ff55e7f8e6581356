// The town's word that it has a submission. The response that carries it is signed; only a verified one allows the
// device to delete its copy.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace foyer::wire {

struct Receipt {
    std::string id;     // the envelope's UUID
    std::string digest; // the envelope's Content-Digest: "sha-256=:…:"
    std::string number; // "OUDON-2026-000001"
    std::string portal; // the town's slug
    std::string procedure;
    std::string received_at; // RFC 3339, UTC
    std::string due_by;      // YYYY-MM-DD
    friend bool operator==(const Receipt&, const Receipt&) = default;
};

enum class ReceiptError { not_json, wrong_shape };

[[nodiscard]] std::string write_receipt(const Receipt& receipt); // canonical JSON
[[nodiscard]] Result<Receipt, ReceiptError> read_receipt(std::string_view bytes);

} // namespace foyer::wire
