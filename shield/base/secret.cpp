#include "shield/base/secret.h"

#include <cstdlib>
#include <sodium.h>

namespace hufu {

void wipe(void *data, std::size_t size)
{
    sodium_memzero(data, size);
}

SecretBytes::SecretBytes(std::size_t size) : m_size(size)
{
    if (size == 0) return;
    if (sodium_init() < 0) std::abort();
    m_data = static_cast<std::uint8_t *>(sodium_malloc(size));
    if (m_data == nullptr) std::abort(); // no guarded memory left: going on without it would be worse
    sodium_memzero(m_data, size);
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
    if (m_data != nullptr) sodium_free(m_data); // wipes
    m_data = nullptr;
    m_size = 0;
}

} // namespace hufu
