#include "shield/crypto/sm4.h"

#include <cstdlib>
#include <memory>
#include <openssl/evp.h>

namespace hufu::crypto {

namespace {

enum class Direction { decrypt, encrypt };

struct FreeContext {
    void operator()(EVP_CIPHER_CTX *context) const { EVP_CIPHER_CTX_free(context); } // wipes
};

// Runs one message through a cipher of OpenSSL. Only an unfitting padding makes it return false; a build
// without SM4, or no memory for one context, leaves nothing to go on with.
bool run(const char *cipherName, Direction direction, const Sm4Key &key, const std::uint8_t *iv, bool padded,
         ByteView in, std::span<std::uint8_t> out, std::size_t &written)
{
    const std::unique_ptr<EVP_CIPHER_CTX, FreeContext> context(EVP_CIPHER_CTX_new());
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(nullptr, cipherName, nullptr);
    int first = 0;
    int last = 0;
    const bool begun =
        context != nullptr && cipher != nullptr &&
        EVP_CipherInit_ex2(context.get(), cipher, key.expose().data(), iv,
                           direction == Direction::encrypt ? 1 : 0, nullptr) == 1 &&
        EVP_CIPHER_CTX_set_padding(context.get(), padded ? 1 : 0) == 1 &&
        EVP_CipherUpdate(context.get(), out.data(), &first, in.data(), static_cast<int>(in.size())) == 1;
    EVP_CIPHER_free(cipher);
    if (!begun) std::abort();
    if (EVP_CipherFinal_ex(context.get(), out.data() + first, &last) != 1) return false;
    written = static_cast<std::size_t>(first) + static_cast<std::size_t>(last);
    return true;
}

Sm4Block block(Direction direction, const Sm4Key &key, const Sm4Block &in)
{
    Sm4Block out{};
    std::size_t written = 0;
    if (!run("SM4-ECB", direction, key, nullptr, false, in, out, written)) std::abort();
    return out;
}

} // namespace

Sm4Block sm4EncryptBlock(const Sm4Key &key, const Sm4Block &plain)
{
    return block(Direction::encrypt, key, plain);
}

Sm4Block sm4DecryptBlock(const Sm4Key &key, const Sm4Block &cipher)
{
    return block(Direction::decrypt, key, cipher);
}

Bytes sm4CbcEncrypt(const Sm4Key &key, const Sm4Block &iv, ByteView plain)
{
    Bytes out(plain.size() + kSm4BlockBytes);
    std::size_t written = 0;
    if (!run("SM4-CBC", Direction::encrypt, key, iv.data(), true, plain, out, written)) std::abort();
    out.resize(written);
    return out;
}

Result<SecretBytes> sm4CbcDecrypt(const Sm4Key &key, const Sm4Block &iv, ByteView cipher)
{
    if (cipher.empty() || cipher.size() % kSm4BlockBytes != 0)
        return Error(Errc::badInput, "ciphertext length");
    SecretBytes padded(cipher.size() + kSm4BlockBytes);
    std::size_t written = 0;
    if (!run("SM4-CBC", Direction::decrypt, key, iv.data(), true, cipher, padded.fill(), written))
        return Error(Errc::tampered, "padding");
    return SecretBytes::adopt(padded.fill().first(written));
}

} // namespace hufu::crypto
