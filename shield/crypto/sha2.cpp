#include "shield/crypto/sha2.h"

#include <cstdlib>
#include <openssl/evp.h>

namespace hufu::crypto {

namespace {

template <std::size_t N> const EVP_MD *algorithm()
{
    static const EVP_MD *const md = EVP_MD_fetch(nullptr, N == 64 ? "SHA2-512" : "SHA2-512/256", nullptr);
    return md; // lives as long as the process
}

// A build of OpenSSL without the hash, or no memory for one context: there is nothing to go on with.
void require(bool done)
{
    if (!done) std::abort();
}

} // namespace

template <std::size_t N> struct Sha2<N>::State {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    State() { require(context != nullptr && algorithm<N>() != nullptr); }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { EVP_MD_CTX_free(context); } // wipes
    void start() { require(EVP_DigestInit_ex2(context, algorithm<N>(), nullptr) == 1); }
};

template <std::size_t N> Sha2<N>::Sha2() : m_state(std::make_unique<State>())
{
    m_state->start();
}

template <std::size_t N> Sha2<N>::Sha2(Sha2 &&) noexcept = default;
template <std::size_t N> Sha2<N> &Sha2<N>::operator=(Sha2 &&) noexcept = default;
template <std::size_t N> Sha2<N>::~Sha2() = default;

template <std::size_t N> Sha2<N> &Sha2<N>::update(ByteView bytes)
{
    require(EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size()) == 1);
    return *this;
}

template <std::size_t N> ByteArray<N> Sha2<N>::finish()
{
    ByteArray<N> digest;
    require(EVP_DigestFinal_ex(m_state->context, digest.data(), nullptr) == 1);
    m_state->start();
    return digest;
}

template class Sha2<64>;
template class Sha2<32>;

ByteArray<64> sha512(std::initializer_list<ByteView> parts)
{
    Sha512 hash;
    for (const ByteView part : parts)
        hash.update(part);
    return hash.finish();
}

} // namespace hufu::crypto
