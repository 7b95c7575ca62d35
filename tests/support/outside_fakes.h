// Fakes of what others run, and of the master key.
#pragma once

#include "shield/crypto/aead.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

namespace hufu::tests {

// A master key that lives and dies with the test.
class MemoryMasterKey final : public ports::MasterKey {
public:
    Result<Bytes> seal(ByteView plain, ByteView context) override
    {
        if (down) return Error(Errc::unavailable, "master key down");
        return crypto::aeadSeal(m_key, plain, context, m_random);
    }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override
    {
        if (down) return Error(Errc::unavailable, "master key down");
        return crypto::aeadOpen(m_key, sealed, context);
    }
    bool down = false;

private:
    ports::SystemRandom m_random;
    crypto::AeadKey m_key = m_random.secret<32>("key");
};

// Epochs' keys that outlive a server of the test, and no more.
class MemoryEpochKeys final : public ports::EpochKeys {
public:
    Result<void> make(const Name &name) override
    {
        const std::lock_guard lock(m_mutex);
        if (down) return Error(Errc::unavailable, "epochs' keys down");
        if (find(name) != nullptr) return Error(Errc::badState, "there is one");
        m_keys.emplace_back(name, m_random.secret<32>("key"));
        return {};
    }
    Result<bool> has(const Name &name) override
    {
        const std::lock_guard lock(m_mutex);
        if (down) return Error(Errc::unavailable, "epochs' keys down");
        return find(name) != nullptr;
    }
    Result<Bytes> seal(const Name &name, ByteView plain, ByteView context) override
    {
        const std::lock_guard lock(m_mutex);
        if (down) return Error(Errc::unavailable, "epochs' keys down");
        const auto *key = find(name);
        if (key == nullptr) return Error(Errc::notFound, "no such key");
        return crypto::aeadSeal(*key, plain, context, m_random);
    }
    Result<SecretBytes> open(const Name &name, ByteView sealed, ByteView context) override
    {
        const std::lock_guard lock(m_mutex);
        if (down) return Error(Errc::unavailable, "epochs' keys down");
        const auto *key = find(name);
        if (key == nullptr) return Error(Errc::notFound, "no such key");
        return crypto::aeadOpen(*key, sealed, context);
    }
    Result<void> destroy(const Name &name) override
    {
        const std::lock_guard lock(m_mutex);
        if (down || keepsAll) return Error(Errc::unavailable, "epochs' keys down");
        std::erase_if(m_keys, [&](const auto &entry) { return entry.first == name; });
        return {};
    }
    Result<std::vector<Name>> list() override
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Name> names;
        for (const auto &[name, key] : m_keys)
            names.push_back(name);
        return names;
    }
    // What another holds, too: for a test that goes on from a copy of rows.
    void takeAll(const MemoryEpochKeys &other)
    {
        for (const auto &[name, key] : other.m_keys)
            m_keys.emplace_back(name, key.duplicate());
    }
    bool down = false, keepsAll = false;

private:
    const crypto::AeadKey *find(const Name &name) const
    {
        for (const auto &[of, key] : m_keys)
            if (of == name) return &key;
        return nullptr;
    }
    std::mutex m_mutex;
    ports::SystemRandom m_random;
    std::vector<std::pair<Name, crypto::AeadKey>> m_keys;
};

class MemorySms final : public ports::SmsGateway {
public:
    Result<void> send(std::string_view phoneNumber, std::string_view text) override
    {
        if (down) return Error(Errc::unavailable, ports::kServiceAway);
        numbers.emplace_back(phoneNumber);
        texts.emplace_back(text);
        return {};
    }
    // The six digits of the newest message.
    std::string digits() const
    {
        if (texts.empty()) return {};
        const std::string &text = texts.back();
        for (std::size_t at = 0; at + 6 <= text.size(); ++at) {
            const std::string six = text.substr(at, 6);
            if (std::all_of(six.begin(), six.end(), [](char c) { return c >= '0' && c <= '9'; })) return six;
        }
        return {};
    }
    // Six digits that are not those.
    std::string wrongDigits() const { return digits() == "123456" ? "654321" : "123456"; }

    std::vector<std::string> numbers, texts;
    bool down = false;
};

// Says what it is told to.
class MemoryFaces final : public ports::LivenessService {
public:
    Result<void> judge(std::string_view personId, ByteView) override
    {
        asked.emplace_back(personId);
        if (down) return Error(Errc::unavailable, ports::kServiceAway);
        if (!live) return Error(Errc::refused, "not live");
        return {};
    }
    std::vector<std::string> asked;
    bool down = false, live = true;
};

} // namespace hufu::tests
