// OpenSSL's objects with owners. Private to this room's sources; nobody else includes it.
#pragma once

#include "security/crypto.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace foyer::server::security {

template <auto Function> struct Free {
    template <typename T> void operator()(T* pointer) const { Function(pointer); }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

struct PrivateKey::Handle {
    KeyPointer key;
};

// For what cannot fail on any input, only for want of memory or randomness, or by a programmer's mistake.
inline void require(bool condition) {
    if (!condition)
        std::abort();
}

// A refused input leaves entries in the thread's error queue, which would grow and be blamed on somebody else.
inline void forget_errors() { ERR_clear_error(); }

inline const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// Nothing when the 65 bytes are no point of the curve.
KeyPointer import_p256_public(std::string_view point);

} // namespace foyer::server::security
