#include "security/secret_box.h"

#include "security/openssl.h"

namespace foyer::server::security {

namespace {

constexpr std::size_t NONCE_BYTES = 12;
constexpr std::size_t TAG_BYTES = 16;

} // namespace

std::string SecretBox::seal(std::string_view secret, std::string_view purpose) {
    std::string out = m_random.bytes(NONCE_BYTES);
    out.resize(NONCE_BYTES + secret.size() + TAG_BYTES);
    unsigned char* const to = bytes_of(out) + NONCE_BYTES;
    const CipherContext context(EVP_CIPHER_CTX_new());
    int length = 0;
    require(context && m_key.size() == 32 &&
            EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_of(m_key), bytes_of(out)) == 1 &&
            EVP_EncryptUpdate(context.get(), nullptr, &length, bytes_of(purpose), static_cast<int>(purpose.size())) ==
                1 &&
            EVP_EncryptUpdate(context.get(), to, &length, bytes_of(secret), static_cast<int>(secret.size())) == 1 &&
            EVP_EncryptFinal_ex(context.get(), to + length, &length) == 1 &&
            EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, TAG_BYTES, to + secret.size()) == 1);
    return out;
}

std::optional<std::string> SecretBox::open(std::string_view sealed, std::string_view purpose) const {
    if (sealed.size() < NONCE_BYTES + TAG_BYTES || m_key.size() != 32)
        return std::nullopt;
    std::string tag(sealed.substr(sealed.size() - TAG_BYTES));
    const std::string_view hidden = sealed.substr(NONCE_BYTES, sealed.size() - NONCE_BYTES - TAG_BYTES);
    std::string out(hidden.size(), '\0');
    const CipherContext context(EVP_CIPHER_CTX_new());
    int length = 0;
    const bool opened =
        context &&
        EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes_of(m_key), bytes_of(sealed)) == 1 &&
        EVP_DecryptUpdate(context.get(), nullptr, &length, bytes_of(purpose), static_cast<int>(purpose.size())) == 1 &&
        EVP_DecryptUpdate(context.get(), bytes_of(out), &length, bytes_of(hidden), static_cast<int>(hidden.size())) ==
            1 &&
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag.data()) == 1 &&
        EVP_DecryptFinal_ex(context.get(), bytes_of(out) + length, &length) == 1;
    forget_errors();
    return opened ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace foyer::server::security
