#include "security/crypto.h"

#include "security/openssl.h"
#include "wire/thumbprint.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/rand.h>

#include <array>
#include <cstdlib>

namespace foyer::server::security {

namespace {

constexpr std::size_t SCALAR_BYTES = 32;
constexpr std::size_t SIGNATURE_BYTES = 64;
constexpr std::size_t ED25519_KEY_BYTES = 32;
char CURVE[] = "prime256v1"; // OpenSSL's name of P-256; its parameters want a mutable pointer

// The one place where RFC 9421's (and WebCrypto's) r‖s and OpenSSL's DER meet.

std::optional<std::string> der_from_raw(std::string_view signature) {
    if (signature.size() != SIGNATURE_BYTES)
        return std::nullopt;
    const unsigned char* bytes = bytes_of(signature);
    const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> pair(ECDSA_SIG_new());
    BIGNUM* r = BN_bin2bn(bytes, 32, nullptr);
    BIGNUM* s = BN_bin2bn(bytes + 32, 32, nullptr);
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return std::nullopt;
    }
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &der);
    if (length <= 0)
        return std::nullopt;
    std::string out(reinterpret_cast<char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return out;
}

std::string raw_from_der(std::string_view der) {
    const unsigned char* at = bytes_of(der);
    const std::unique_ptr<ECDSA_SIG, Free<ECDSA_SIG_free>> pair(
        d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    std::string out(SIGNATURE_BYTES, '\0');
    require(pair != nullptr);
    require(BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes_of(out), 32) == 32);
    require(BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes_of(out) + 32, 32) == 32);
    return out;
}

std::string public_point_of(const EVP_PKEY* key) {
    std::string point(65, '\0');
    std::size_t length = 0;
    require(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, bytes_of(point), point.size(), &length) == 1);
    require(length == point.size());
    return point;
}

bool verify_with(EVP_PKEY* key, const EVP_MD* digest, std::string_view message, std::string_view signature) {
    const DigestContext context(EVP_MD_CTX_new());
    const bool good =
        context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key) == 1 &&
        EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message), message.size()) == 1;
    forget_errors();
    return good;
}

std::string hmac(const EVP_MD* digest, std::size_t size, std::string_view key, std::string_view bytes) {
    std::string out(size, '\0');
    unsigned int length = 0;
    // A null key would mean "the key of the last call".
    require(HMAC(digest, key.empty() ? "" : key.data(), static_cast<int>(key.size()), bytes_of(bytes), bytes.size(),
                 bytes_of(out), &length) != nullptr);
    return out;
}

} // namespace

std::string sha256(std::string_view bytes) {
    std::string out(32, '\0');
    unsigned int length = 0;
    require(EVP_Digest(bytes.data(), bytes.size(), bytes_of(out), &length, EVP_sha256(), nullptr) == 1);
    return out;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) { return hmac(EVP_sha256(), 32, key, bytes); }

std::string hmac_sha1(std::string_view key, std::string_view bytes) { return hmac(EVP_sha1(), 20, key, bytes); }

std::string pbkdf2_sha256(std::string_view secret, std::string_view salt, int rounds) {
    std::string out(32, '\0');
    require(PKCS5_PBKDF2_HMAC(secret.empty() ? "" : secret.data(), static_cast<int>(secret.size()), bytes_of(salt),
                              static_cast<int>(salt.size()), rounds, EVP_sha256(), static_cast<int>(out.size()),
                              bytes_of(out)) == 1);
    return out;
}

bool constant_time_equal(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string SystemRandom::bytes(std::size_t count) {
    std::string out(count, '\0');
    require(RAND_bytes(bytes_of(out), static_cast<int>(count)) == 1);
    return out;
}

// ------------------------------------------------------------------------------------------------------------ keys

KeyPointer import_p256_public(std::string_view point) {
    // Only the uncompressed form: OpenSSL would take others, and one key must have one name.
    if (point.size() != 65 || point.front() != 4)
        return nullptr;
    std::array<OSSL_PARAM, 3> parameters = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, CURVE, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, const_cast<char*>(point.data()), point.size()),
        OSSL_PARAM_construct_end()};
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    // OpenSSL refuses a point that is not on the curve; the curve's cofactor is 1, so that is all there is to check.
    if (context && EVP_PKEY_fromdata_init(context.get()) == 1)
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.data());
    forget_errors();
    return KeyPointer(key);
}

PrivateKey::PrivateKey(std::shared_ptr<const Handle> handle, std::string public_point)
    : m_handle(std::move(handle)), m_public_point(std::move(public_point)) {}

PrivateKey PrivateKey::generate() {
    KeyPointer key(EVP_EC_gen(CURVE));
    require(key != nullptr);
    std::string point = public_point_of(key.get());
    return PrivateKey(std::make_shared<const Handle>(Handle{std::move(key)}), std::move(point));
}

std::optional<PrivateKey> PrivateKey::from_bytes(std::string_view scalar) {
    if (scalar.size() != SCALAR_BYTES)
        return std::nullopt;
    const std::unique_ptr<BIGNUM, Free<BN_clear_free>> number(BN_bin2bn(bytes_of(scalar), 32, nullptr));
    const std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>> group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    require(number && group);
    if (BN_is_zero(number.get()) || BN_cmp(number.get(), EC_GROUP_get0_order(group.get())) >= 0)
        return std::nullopt;

    // EVP_PKEY_fromdata does not compute the public half of an EC key.
    const std::unique_ptr<EC_POINT, Free<EC_POINT_free>> point(EC_POINT_new(group.get()));
    require(point && EC_POINT_mul(group.get(), point.get(), number.get(), nullptr, nullptr, nullptr) == 1);
    std::string public_point(65, '\0');
    require(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, bytes_of(public_point), 65,
                               nullptr) == 65);

    const std::unique_ptr<OSSL_PARAM_BLD, Free<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    require(builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, CURVE, 0) == 1 &&
            OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) == 1 &&
            OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, public_point.data(), 65) == 1);
    const std::unique_ptr<OSSL_PARAM, Free<OSSL_PARAM_free>> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* key = nullptr;
    require(parameters && context && EVP_PKEY_fromdata_init(context.get()) == 1 &&
            EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) == 1);
    return PrivateKey(std::make_shared<const Handle>(Handle{KeyPointer(key)}), std::move(public_point));
}

std::string PrivateKey::private_bytes() const {
    BIGNUM* number = nullptr;
    require(EVP_PKEY_get_bn_param(m_handle->key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1);
    std::string out(SCALAR_BYTES, '\0');
    const int written = BN_bn2binpad(number, bytes_of(out), 32);
    BN_clear_free(number);
    require(written == 32);
    return out;
}

std::string PrivateKey::sign(std::string_view message) const {
    const DigestContext context(EVP_MD_CTX_new());
    require(context && EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_handle->key.get()) == 1);
    std::array<unsigned char, 80> der{};
    std::size_t length = der.size();
    require(EVP_DigestSign(context.get(), der.data(), &length, bytes_of(message), message.size()) == 1);
    return raw_from_der({reinterpret_cast<const char*>(der.data()), length});
}

bool verify_p256(std::string_view point, std::string_view message, std::string_view signature) {
    const KeyPointer key = import_p256_public(point);
    const std::optional<std::string> der = der_from_raw(signature);
    return key && der && verify_with(key.get(), EVP_sha256(), message, *der);
}

bool verify_ed25519(std::string_view key, std::string_view message, std::string_view signature) {
    if (key.size() != ED25519_KEY_BYTES || signature.size() != SIGNATURE_BYTES)
        return false;
    const KeyPointer imported(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytes_of(key), key.size()));
    forget_errors();
    return imported && verify_with(imported.get(), nullptr, message, signature);
}

std::optional<std::string> thumbprint(std::string_view public_key) {
    const std::optional<std::string> text = public_key.size() == ED25519_KEY_BYTES
                                                ? wire::ed25519_thumbprint_text(public_key)
                                                : wire::p256_thumbprint_text(public_key);
    return text ? std::optional(sha256(*text)) : std::nullopt;
}

} // namespace foyer::server::security
