#include "shield/crypto/sm4_gcm.h"

#include <cstdlib>
#include <gcrypt.h>

namespace hufu::crypto {

namespace {

// A build of libgcrypt without SM4, or no memory for one context: there is nothing to go on with.
void require(bool done)
{
    if (!done) std::abort();
}

// Once in a process, unless another library was first. Its own locked memory is not used: keys come from ours.
void initialize()
{
    static const bool done = [] {
        if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P) != 0) return true;
        if (gcry_check_version(nullptr) == nullptr) return false;
        gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
        return true;
    }();
    require(done);
}

} // namespace

struct Sm4Gcm::State {
    gcry_cipher_hd_t handle = nullptr;

    explicit State(const Sm4Key &key)
    {
        initialize();
        require(gcry_cipher_open(&handle, GCRY_CIPHER_SM4, GCRY_CIPHER_MODE_GCM, 0) == 0);
        require(gcry_cipher_setkey(handle, key.expose().data(), kSm4KeyBytes) == 0);
    }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State() { gcry_cipher_close(handle); } // wipes

    void start(const GcmNonce &nonce, ByteView context) const
    {
        require(gcry_cipher_reset(handle) == 0);
        require(gcry_cipher_setiv(handle, nonce.data(), nonce.size()) == 0);
        if (!context.empty()) require(gcry_cipher_authenticate(handle, context.data(), context.size()) == 0);
    }
};

Sm4Gcm::Sm4Gcm(const Sm4Key &key) : m_state(std::make_unique<State>(key)) {}
Sm4Gcm::Sm4Gcm(Sm4Gcm &&) noexcept = default;
Sm4Gcm &Sm4Gcm::operator=(Sm4Gcm &&) noexcept = default;
Sm4Gcm::~Sm4Gcm() = default;

GcmTag Sm4Gcm::seal(const GcmNonce &nonce, ByteView context, std::span<std::uint8_t> bytes)
{
    m_state->start(nonce, context);
    if (!bytes.empty())
        require(gcry_cipher_encrypt(m_state->handle, bytes.data(), bytes.size(), nullptr, 0) == 0);
    GcmTag tag;
    require(gcry_cipher_gettag(m_state->handle, tag.data(), tag.size()) == 0);
    return tag;
}

Result<void> Sm4Gcm::open(const GcmNonce &nonce, ByteView context, std::span<std::uint8_t> bytes,
                          const GcmTag &tag)
{
    m_state->start(nonce, context);
    if (!bytes.empty())
        require(gcry_cipher_decrypt(m_state->handle, bytes.data(), bytes.size(), nullptr, 0) == 0);
    // Compared by libgcrypt in constant time.
    if (gcry_cipher_checktag(m_state->handle, tag.data(), tag.size()) == 0) return {};
    wipe(bytes.data(), bytes.size());
    return Error(Errc::tampered, "SM4-GCM tag");
}

} // namespace hufu::crypto
