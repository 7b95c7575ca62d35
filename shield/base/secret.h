// Secrets: move-only, wiped when they die or are moved from, without comparison or printing.
#pragma once

#include "shield/base/bytes.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>

namespace hufu {

// Overwrites memory in a way that the optimiser keeps.
void wipe(void *data, std::size_t size);

// N secret bytes. expose() is the one way out, and easy to grep for.
template <std::size_t N> class Secret {
public:
    Secret() = default;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    Secret(Secret &&other) noexcept : m_bytes(other.m_bytes) { other.clear(); }
    Secret &operator=(Secret &&other) noexcept
    {
        if (this != &other) {
            m_bytes = other.m_bytes;
            other.clear();
        }
        return *this;
    }
    ~Secret() { clear(); }

    // Takes over what stands in source, and wipes it there.
    static Secret adopt(std::span<std::uint8_t, N> source)
    {
        Secret out;
        for (std::size_t i = 0; i < N; ++i)
            out.m_bytes[i] = source[i];
        wipe(source.data(), N);
        return out;
    }
    // A second holder on purpose, for the rare case that one secret lives in two objects.
    Secret duplicate() const
    {
        Secret out;
        out.m_bytes = m_bytes;
        return out;
    }

    static constexpr std::size_t size() { return N; }
    std::span<const std::uint8_t, N> expose() const { return m_bytes; }
    std::span<std::uint8_t, N> fill() { return m_bytes; } // for a generator that writes in place
    void clear() { wipe(m_bytes.data(), N); }

private:
    ByteArray<N> m_bytes{};
};

// N bytes on their way from one half to the other that would give the PIN away beside the phone's storage (a share
// of a signature, a proof of the PIN, P1): used like a ByteArray, and each copy wipes itself when it dies.
template <std::size_t N> class WipedArray : public ByteArray<N> {
    template <std::size_t M> static std::span<const std::uint8_t, M> fixed(const ByteArray<M> &part);
    template <std::size_t M> static std::span<const std::uint8_t, M> fixed(std::span<const std::uint8_t, M> part);

public:
    WipedArray() : ByteArray<N>{} {}
    WipedArray(const ByteArray<N> &bytes) : ByteArray<N>(bytes) {}
    WipedArray(const WipedArray &) = default;
    WipedArray &operator=(const WipedArray &) = default;
    ~WipedArray() { wipe(this->data(), N); }

    // In: parts whose sizes their types tell, N bytes together: others do not compile.
    template <typename... Parts>
        requires((decltype(fixed(std::declval<const Parts &>()))::extent + ...) == N)
    static WipedArray of(const Parts &...parts)
    {
        WipedArray out;
        auto at = out.begin();
        ((at = std::ranges::copy(parts, at).out), ...);
        return out;
    }
};

// Wipes what it takes back.
template <typename T> struct WipingAllocator {
    using value_type = T;
    WipingAllocator() = default;
    template <typename U> WipingAllocator(const WipingAllocator<U> &) {}
    T *allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
    void deallocate(T *data, std::size_t count)
    {
        wipe(data, count * sizeof(T));
        std::allocator<T>().deallocate(data, count);
    }
    template <typename U> bool operator==(const WipingAllocator<U> &) const { return true; }
};

// Several of what WipedArray is for.
template <typename T> using WipedVector = std::vector<T, WipingAllocator<T>>;

// Secret bytes of a length known at run time, in libsodium's guarded memory, locked as far as the system allows.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size); // zeros
    SecretBytes(const SecretBytes &) = delete;
    SecretBytes &operator=(const SecretBytes &) = delete;
    SecretBytes(SecretBytes &&other) noexcept;
    SecretBytes &operator=(SecretBytes &&other) noexcept;
    ~SecretBytes();

    static SecretBytes adopt(std::span<std::uint8_t> source); // copies, then wipes the source

    std::size_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }
    ByteView expose() const { return {m_data, m_size}; }
    std::span<std::uint8_t> fill() { return {m_data, m_size}; }
    void clear();

private:
    std::uint8_t *m_data = nullptr;
    std::size_t m_size = 0;
};

} // namespace hufu
