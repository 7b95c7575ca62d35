#include "shield/crypto/pin_stretch.h"

#include <sodium.h>

namespace hufu::crypto {

namespace {

constexpr std::uint32_t kMemoryKiBMin = 8;
constexpr std::uint32_t kMemoryKiBMax = 1024 * 1024;
constexpr std::uint32_t kPassesMax = 64;

static_assert(kPinSaltBytes == crypto_pwhash_argon2id_SALTBYTES);
static_assert(kMemoryKiBMin * 1024 == crypto_pwhash_argon2id_MEMLIMIT_MIN);

} // namespace

Result<Secret<32>> stretchPin(const Secret<32> &password, const ByteArray<kPinSaltBytes> &salt,
                              const PinStretch &parameters)
{
    const auto [memoryKiB, passes] = parameters;
    if (memoryKiB < kMemoryKiBMin || memoryKiB > kMemoryKiBMax) return Error(Errc::badInput, "Argon2 memory");
    if (passes == 0 || passes > kPassesMax) return Error(Errc::badInput, "Argon2 passes");
    Secret<32> out;
    if (crypto_pwhash_argon2id(out.fill().data(), out.size(),
                               reinterpret_cast<const char *>(password.expose().data()), password.size(),
                               salt.data(), passes, std::size_t{memoryKiB} * 1024,
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        return Error(Errc::unavailable, "no memory to stretch the PIN");
    return out;
}

} // namespace hufu::crypto
