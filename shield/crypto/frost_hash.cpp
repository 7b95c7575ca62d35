#include "shield/crypto/frost_hash.h"

#include "shield/crypto/sha2.h"

namespace hufu::crypto {

namespace {

constexpr std::string_view kContext = "FROST-ED25519-SHA512-v1";

ByteArray<64> digestOf(std::initializer_list<ByteView> prefix, std::initializer_list<ByteView> parts)
{
    Sha512 hash;
    for (const ByteView part : prefix)
        hash.update(part);
    for (const ByteView part : parts)
        hash.update(part);
    return hash.finish();
}

EdScalar scalarOf(ByteArray<64> digest)
{
    const EdScalar out = EdScalar::reduceWide(digest);
    wipe(digest.data(), digest.size());
    return out;
}

} // namespace

EdScalar frostH1(std::initializer_list<ByteView> parts)
{
    return scalarOf(digestOf({viewOf(kContext), viewOf("rho")}, parts));
}

EdScalar frostH2(std::initializer_list<ByteView> parts)
{
    return scalarOf(digestOf({}, parts));
}

EdScalar frostH3(std::initializer_list<ByteView> parts)
{
    return scalarOf(digestOf({viewOf(kContext), viewOf("nonce")}, parts));
}

ByteArray<64> frostH4(std::initializer_list<ByteView> parts)
{
    return digestOf({viewOf(kContext), viewOf("msg")}, parts);
}

ByteArray<64> frostH5(std::initializer_list<ByteView> parts)
{
    return digestOf({viewOf(kContext), viewOf("com")}, parts);
}

} // namespace hufu::crypto
