#include "shield/crypto/sm3.h"

#include "shield/base/secret.h"

#include <array>
#include <cstdlib>
#include <openssl/evp.h>

namespace hufu::crypto {

namespace {

constexpr std::size_t kSm3BlockBytes = 64;

const EVP_MD *algorithm()
{
    static const EVP_MD *const md = EVP_MD_fetch(nullptr, "SM3", nullptr); // lives as long as the process
    return md;
}

// A build of OpenSSL without SM3, or no memory for one context: there is nothing to go on with.
void require(bool done)
{
    if (!done) std::abort();
}

} // namespace

struct Sm3::State {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool isStarted = false; // many finish once and never start again
    State() { require(context != nullptr && algorithm() != nullptr); }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { EVP_MD_CTX_free(context); } // wipes
    void start()
    {
        if (!isStarted) require(EVP_DigestInit_ex2(context, algorithm(), nullptr) == 1);
        isStarted = true;
    }
    void finish(ByteArray<kSm3Bytes> &digest)
    {
        start();
        require(EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1);
        isStarted = false;
    }
};

Sm3::Sm3() : m_state(std::make_unique<State>()) {}

Sm3::Sm3(Sm3 &&) noexcept = default;
Sm3 &Sm3::operator=(Sm3 &&) noexcept = default;
Sm3::~Sm3() = default;

Sm3 &Sm3::update(ByteView bytes)
{
    m_state->start();
    require(EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()) == 1);
    return *this;
}

ByteArray<kSm3Bytes> Sm3::finish()
{
    ByteArray<kSm3Bytes> digest;
    m_state->finish(digest);
    return digest;
}

ByteArray<kSm3Bytes> sm3(ByteView bytes)
{
    return Sm3().update(bytes).finish();
}

ByteArray<kSm3Bytes> sm3(std::initializer_list<ByteView> parts)
{
    Sm3 hash;
    for (ByteView part : parts)
        hash.update(part);
    return hash.finish();
}

ByteArray<kSm3Bytes> hmacSm3(ByteView key, std::initializer_list<ByteView> parts)
{
    Secret<kSm3BlockBytes> block; // the key, padded with zeros
    if (key.size() > kSm3BlockBytes) {
        ByteArray<kSm3Bytes> shortened = sm3(key);
        std::copy(shortened.begin(), shortened.end(), block.fill().begin());
        wipe(shortened.data(), shortened.size());
    } else {
        std::copy(key.begin(), key.end(), block.fill().begin());
    }
    const auto flip = [&block](std::uint8_t pad) {
        for (std::uint8_t &b : block.fill())
            b = static_cast<std::uint8_t>(b ^ pad);
    };
    flip(0x36);
    Sm3 inner;
    inner.update(block.expose());
    for (ByteView part : parts)
        inner.update(part);
    flip(0x36 ^ 0x5c);
    Sm3 outer;
    outer.update(block.expose());
    return outer.update(inner.finish()).finish();
}

ByteArray<kSm3Bytes> hmacSm3(ByteView key, ByteView bytes)
{
    return hmacSm3(key, {bytes});
}

} // namespace hufu::crypto
