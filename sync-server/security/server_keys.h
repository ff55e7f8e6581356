// The server's own keys: one to which devices seal, one with which receipts are signed, and older sealing keys that
// still open what waited on a device while the key was changed. They live in one file (mode 0600) in the data folder;
// without it nothing that is still sealed can be read, so it belongs into every backup.
#pragma once

#include "base/result.h"
#include "security/crypto.h"

#include <string>
#include <string_view>
#include <vector>

namespace foyer::server::security {

struct ServerKey {
    std::string id; // the first 8 bytes of the public key's thumbprint
    PrivateKey key;
};

struct KeysError {
    enum class Reason {
        unreadable,      // exists and cannot be read
        too_open,        // readable by others than its owner: make it 0600
        not_a_keys_file, // damaged, or written by a newer version
        not_writable,
    };
    Reason reason = Reason::unreadable;
    std::string path;
};
[[nodiscard]] std::string describe(const KeysError& error); // an English sentence for the one who starts the server

// Immutable once loaded: any thread.
class ServerKeys {
public:
    // Reads the file; makes it on the first start. The file and its folder's entry are synced before it returns.
    [[nodiscard]] static Result<ServerKeys, KeysError> load_or_create(const std::string& path);
    // Adds a new sealing key, keeps the old ones for opening, and stores all of them. Another server that runs with
    // this file must be started again.
    [[nodiscard]] Result<ServerKeys, KeysError> with_new_sealing_key(const std::string& path) const;
    // For tests: keys that are stored nowhere.
    [[nodiscard]] static ServerKeys generate();

    [[nodiscard]] const ServerKey& sealing_key() const { return m_sealing.front(); } // the one to publish
    [[nodiscard]] const ServerKey& signing_key() const { return m_signing; }
    // 32 bytes that only these keys give, different for each purpose; the same as long as the signing key is.
    [[nodiscard]] std::string derived_secret(std::string_view purpose) const;
    // The key with this 8-byte id, current or older; nullptr when there is none.
    [[nodiscard]] const ServerKey* find_sealing_key(std::string_view id) const;

private:
    ServerKeys(std::vector<ServerKey> sealing, ServerKey signing)
        : m_sealing(std::move(sealing)), m_signing(std::move(signing)) {}
    std::vector<ServerKey> m_sealing; // the newest first
    ServerKey m_signing;
};

} // namespace foyer::server::security
