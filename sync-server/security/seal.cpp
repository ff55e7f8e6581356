#include "security/seal.h"

#include "security/openssl.h"

#include <openssl/opensslv.h>

#include <array>

#if OPENSSL_VERSION_NUMBER >= 0x30200000L
#define FOYER_OPENSSL_HAS_HPKE 1
#include <openssl/hpke.h>
#endif

namespace foyer::server::security {

// RFC 9180, with its own names for the steps.
namespace {

constexpr std::size_t ENC_BYTES = 65;
constexpr std::size_t SECRET_BYTES = 32;
constexpr std::size_t KEY_BYTES = 16;   // Nk of AES-128-GCM
constexpr std::size_t NONCE_BYTES = 12; // Nn
constexpr std::size_t TAG_BYTES = 16;   // Nt

// §4.1 and §5.1: the identifiers of KEM 0x0010, KDF 0x0001 and AEAD 0x0001, big endian.
const std::string KEM_SUITE("KEM\x00\x10", 5);
const std::string HPKE_SUITE("HPKE\x00\x10\x00\x01\x00\x01", 10);

std::string extract(std::string_view salt, std::string_view input) { return hmac_sha256(salt, input); }

std::string expand(std::string_view pseudo_random_key, std::string_view info, std::size_t length) {
    std::string out;
    std::string block;
    for (char counter = 1; out.size() < length; ++counter) {
        block = hmac_sha256(pseudo_random_key, block + std::string(info) + counter);
        out += block;
    }
    out.resize(length);
    return out;
}

std::string labeled_extract(std::string_view suite, std::string_view salt, std::string_view label,
                            std::string_view input) {
    std::string labeled = "HPKE-v1";
    labeled.append(suite).append(label).append(input);
    return extract(salt, labeled);
}

std::string labeled_expand(std::string_view suite, std::string_view key, std::string_view label, std::string_view info,
                           std::size_t length) {
    std::string labeled{static_cast<char>(length >> 8), static_cast<char>(length & 0xFF)};
    labeled.append("HPKE-v1").append(suite).append(label).append(info);
    return expand(key, labeled, length);
}

// The x coordinate; nothing when `point` is not on the curve.
std::optional<std::string> diffie_hellman(const PrivateKey& key, std::string_view point) {
    const KeyPointer peer = import_p256_public(point);
    if (!peer)
        return std::nullopt;
    const KeyContext context(EVP_PKEY_CTX_new(key.handle().key.get(), nullptr));
    std::string secret(SECRET_BYTES, '\0');
    std::size_t length = secret.size();
    const bool agreed = context && EVP_PKEY_derive_init(context.get()) == 1 &&
                        EVP_PKEY_derive_set_peer(context.get(), peer.get()) == 1 &&
                        EVP_PKEY_derive(context.get(), bytes_of(secret), &length) == 1 && length == SECRET_BYTES;
    forget_errors();
    return agreed ? std::optional(secret) : std::nullopt;
}

struct Schedule {
    std::string key;
    std::string nonce;
};

// ExtractAndExpand of §4.1 and KeySchedule of §5.1 in base mode.
Schedule key_schedule(std::string_view shared_point, std::string_view enc, std::string_view recipient,
                      std::string_view info) {
    std::string kem_context(enc);
    kem_context += recipient;
    const std::string eae = labeled_extract(KEM_SUITE, "", "eae_prk", shared_point);
    const std::string shared_secret = labeled_expand(KEM_SUITE, eae, "shared_secret", kem_context, SECRET_BYTES);

    std::string context(1, '\0'); // mode_base
    context += labeled_extract(HPKE_SUITE, "", "psk_id_hash", "");
    context += labeled_extract(HPKE_SUITE, "", "info_hash", info);
    const std::string secret = labeled_extract(HPKE_SUITE, shared_secret, "secret", "");
    return {labeled_expand(HPKE_SUITE, secret, "key", context, KEY_BYTES),
            labeled_expand(HPKE_SUITE, secret, "base_nonce", context, NONCE_BYTES)};
}

std::optional<std::string> decrypt(const Schedule& schedule, std::string_view ciphertext,
                                   std::string_view additional_data) {
    if (ciphertext.size() < TAG_BYTES)
        return std::nullopt;
    std::string tag(ciphertext.substr(ciphertext.size() - TAG_BYTES));
    ciphertext.remove_suffix(TAG_BYTES);
    const CipherContext context(EVP_CIPHER_CTX_new());
    std::string out(ciphertext.size(), '\0');
    int length = 0;
    const bool opened = context &&
                        EVP_DecryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(schedule.key),
                                           bytes_of(schedule.nonce)) == 1 &&
                        EVP_DecryptUpdate(context.get(), nullptr, &length, bytes_of(additional_data),
                                          static_cast<int>(additional_data.size())) == 1 &&
                        EVP_DecryptUpdate(context.get(), bytes_of(out), &length, bytes_of(ciphertext),
                                          static_cast<int>(ciphertext.size())) == 1 &&
                        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag.data()) == 1 &&
                        EVP_DecryptFinal_ex(context.get(), bytes_of(out) + length, &length) == 1;
    forget_errors();
    return opened ? std::optional(std::move(out)) : std::nullopt;
}

std::string encrypt(const Schedule& schedule, std::string_view plaintext, std::string_view additional_data) {
    const CipherContext context(EVP_CIPHER_CTX_new());
    std::string out(plaintext.size() + TAG_BYTES, '\0');
    int length = 0;
    require(context &&
            EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(schedule.key),
                               bytes_of(schedule.nonce)) == 1 &&
            EVP_EncryptUpdate(context.get(), nullptr, &length, bytes_of(additional_data),
                              static_cast<int>(additional_data.size())) == 1 &&
            EVP_EncryptUpdate(context.get(), bytes_of(out), &length, bytes_of(plaintext),
                              static_cast<int>(plaintext.size())) == 1 &&
            EVP_EncryptFinal_ex(context.get(), bytes_of(out) + length, &length) == 1 &&
            EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, out.data() + plaintext.size()) == 1);
    return out;
}

} // namespace

namespace composed {

std::optional<std::string> open_sealed(const PrivateKey& key, std::string_view enc, std::string_view ciphertext,
                                       std::string_view info, std::string_view additional_data) {
    const std::optional<std::string> shared = diffie_hellman(key, enc);
    if (!shared)
        return std::nullopt;
    return decrypt(key_schedule(*shared, enc, key.public_point(), info), ciphertext, additional_data);
}

std::optional<Sealed> seal(const PrivateKey& ephemeral, std::string_view recipient, std::string_view plaintext,
                           std::string_view info, std::string_view additional_data) {
    const std::optional<std::string> shared = diffie_hellman(ephemeral, recipient);
    if (!shared)
        return std::nullopt;
    const Schedule schedule = key_schedule(*shared, ephemeral.public_point(), recipient, info);
    return Sealed{ephemeral.public_point(), encrypt(schedule, plaintext, additional_data)};
}

} // namespace composed

#ifdef FOYER_OPENSSL_HAS_HPKE

std::optional<std::string> open_sealed(const PrivateKey& key, std::string_view enc, std::string_view ciphertext,
                                       std::string_view info, std::string_view additional_data) {
    if (enc.size() != ENC_BYTES || ciphertext.size() < TAG_BYTES)
        return std::nullopt;
    // OpenSSL does not open an empty plaintext, which RFC 9180 allows.
    if (ciphertext.size() == TAG_BYTES)
        return composed::open_sealed(key, enc, ciphertext, info, additional_data);
    constexpr OSSL_HPKE_SUITE SUITE = {OSSL_HPKE_KEM_ID_P256, OSSL_HPKE_KDF_ID_HKDF_SHA256,
                                       OSSL_HPKE_AEAD_ID_AES_GCM_128};
    const std::unique_ptr<OSSL_HPKE_CTX, Free<OSSL_HPKE_CTX_free>> context(
        OSSL_HPKE_CTX_new(OSSL_HPKE_MODE_BASE, SUITE, OSSL_HPKE_ROLE_RECEIVER, nullptr, nullptr));
    std::string out(ciphertext.size(), '\0');
    std::size_t length = out.size();
    const bool opened = context &&
                        OSSL_HPKE_decap(context.get(), bytes_of(enc), enc.size(), key.handle().key.get(),
                                        bytes_of(info), info.size()) == 1 &&
                        OSSL_HPKE_open(context.get(), bytes_of(out), &length, bytes_of(additional_data),
                                       additional_data.size(), bytes_of(ciphertext), ciphertext.size()) == 1;
    forget_errors();
    if (!opened)
        return std::nullopt;
    out.resize(length);
    return out;
}

#else

std::optional<std::string> open_sealed(const PrivateKey& key, std::string_view enc, std::string_view ciphertext,
                                       std::string_view info, std::string_view additional_data) {
    if (enc.size() != ENC_BYTES)
        return std::nullopt;
    return composed::open_sealed(key, enc, ciphertext, info, additional_data);
}

#endif

std::optional<Sealed> seal(std::string_view recipient, std::string_view plaintext, std::string_view info,
                           std::string_view additional_data) {
    return composed::seal(PrivateKey::generate(), recipient, plaintext, info, additional_data);
}

} // namespace foyer::server::security
