#include "shield/desk/desk_key.h"

#include "shield/crypto/sm3.h"
#include "shield/intent/frame.h"

namespace hufu::desk {

DeskKey::DeskKey(crypto::Ed25519Key key) : m_key(std::move(key)), m_id(intent::deskIdOf(m_key.publicKey())) {}

DeskKey DeskKey::generate(ports::Random &random)
{
    return DeskKey(crypto::Ed25519Key::generate(random));
}

Result<DeskKey> DeskKey::restore(SecretBytes stored)
{
    if (stored.size() != crypto::kEd25519SeedBytes) return Error(Errc::badInput, "not a desk key");
    return DeskKey(crypto::Ed25519Key::fromSeed(
        Secret<crypto::kEd25519SeedBytes>::adopt(stored.fill().first<crypto::kEd25519SeedBytes>())));
}

SecretBytes DeskKey::store() const
{
    auto seed = m_key.seed();
    return SecretBytes::adopt(seed.fill());
}

Bytes requestBytes(std::string_view method, std::string_view path, std::int64_t unixMs, ByteView body)
{
    std::string text = "HUFU-DESK-1\n";
    text.append(method).append("\n").append(path).append("\n").append(std::to_string(unixMs)).append("\n");
    text.append(toHex(crypto::sm3(body)));
    return bytesOf(viewOf(text));
}

RequestHeaders signRequest(const DeskKey &key, std::string_view method, std::string_view path,
                           std::int64_t unixMs, ByteView body)
{
    return {toHex(key.id()), std::to_string(unixMs), toHex(key.sign(requestBytes(method, path, unixMs, body)))};
}

} // namespace hufu::desk
