#include "shield/base/secret.h"

#include <array>
#include <cstdlib>
#include <mutex>
#include <sodium.h>

namespace hufu {

namespace {

std::uint8_t *guarded(std::size_t size)
{
    if (sodium_init() < 0) std::abort();
    auto *data = static_cast<std::uint8_t *>(sodium_malloc(size));
    if (data == nullptr) std::abort(); // no guarded memory left: going on without it would be worse
    sodium_memzero(data, size);
    return data;
}

// Guarded memory for short secrets, kept for the next one: having it made by the system and taken back stops all
// threads of the process for a moment. Each block has locked pages and guard pages of its own, as libsodium makes
// them; a secret lies at its end, against the guard page, with zeros before it. A block that is given back holds
// zeros alone.
class ShortBlocks {
public:
    static constexpr std::size_t kBytes = 256;
    static constexpr std::size_t kSecretMax = kBytes - 16;

    // Returns: size zeros. In: size, 1 to kSecretMax.
    std::uint8_t *take(std::size_t size) { return takeWhole() + (kBytes - size); }
    void giveBack(std::uint8_t *data, std::size_t size)
    {
        sodium_memzero(data, size);
        std::uint8_t *block = data - (kBytes - size);
        if (sodium_is_zero(block, kBytes) != 1) std::abort(); // somebody has written before the secret's beginning
        {
            const std::lock_guard lock(m_mutex);
            if (m_count < m_kept.size()) {
                m_kept[m_count++] = block;
                return;
            }
        }
        sodium_free(block);
    }

private:
    std::uint8_t *takeWhole()
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_count > 0) return m_kept[--m_count];
        }
        return guarded(kBytes);
    }

    std::mutex m_mutex;
    std::array<std::uint8_t *, 32> m_kept{}; // the rest goes back to the system
    std::size_t m_count = 0;
};

// Needs neither construction nor destruction at run time: a secret may live as long as the process.
constinit ShortBlocks s_blocks;

} // namespace

void wipe(void *data, std::size_t size)
{
    sodium_memzero(data, size);
}

SecretBytes::SecretBytes(std::size_t size) : m_size(size)
{
    if (size == 0) return;
    m_data = size <= ShortBlocks::kSecretMax ? s_blocks.take(size) : guarded(size);
}

SecretBytes::SecretBytes(SecretBytes &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{}

SecretBytes &SecretBytes::operator=(SecretBytes &&other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    clear();
}

SecretBytes SecretBytes::adopt(std::span<std::uint8_t> source)
{
    SecretBytes out(source.size());
    for (std::size_t i = 0; i < source.size(); ++i)
        out.m_data[i] = source[i];
    wipe(source.data(), source.size());
    return out;
}

void SecretBytes::clear()
{
    if (m_data != nullptr && m_size <= ShortBlocks::kSecretMax)
        s_blocks.giveBack(m_data, m_size);
    else if (m_data != nullptr)
        sodium_free(m_data); // wipes
    m_data = nullptr;
    m_size = 0;
}

} // namespace hufu
