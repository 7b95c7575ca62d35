#include "shield/crypto/ed25519_point.h"

#include "shield/base/ct.h"

#include <algorithm>
#include <sodium.h>

namespace hufu::crypto {

static_assert(crypto_core_ed25519_BYTES == kEdPointBytes && crypto_scalarmult_ed25519_BYTES == kEdPointBytes);

namespace {

// For the constant-time check the marks end here: libsodium decides on the validity of each point that it
// decodes, which holds for every EdPoint, and is parse's public answer. What it does with the point then has no branches.
EdPoint decodable(const EdPoint &p)
{
    EdPoint out = p;
    ct::declassify(&out, sizeof out);
    return out;
}

} // namespace

const EdPoint &EdPoint::generator()
{
    static const EdPoint kGenerator = mulBase(EdScalar::fromWord(1));
    return kGenerator;
}

Result<EdPoint> EdPoint::parse(ByteView bytes)
{
    if (bytes.size() != kEdPointBytes) return Error(Errc::badInput, "point length");
    EdPoint out;
    std::ranges::copy(bytes, out.m_bytes.begin());
    // libsodium 1.0.18 before Debian's deb12u1 let a point of order 2 L through (CVE-2025-69277).
    if (crypto_core_ed25519_is_valid_point(decodable(out).m_bytes.data()) != 1)
        return Error(Errc::badInput, "point");
    return out;
}

bool EdPoint::isIdentity() const
{
    return *this == EdPoint();
}

EdPoint operator+(const EdPoint &a, const EdPoint &b)
{
    const EdPoint p = decodable(a), q = decodable(b);
    EdPoint out;
    // Fails for what is not on the curve only, which no EdPoint is.
    crypto_core_ed25519_add(out.m_bytes.data(), p.m_bytes.data(), q.m_bytes.data());
    return out;
}

EdPoint operator-(const EdPoint &a, const EdPoint &b)
{
    const EdPoint p = decodable(a), q = decodable(b);
    EdPoint out;
    crypto_core_ed25519_sub(out.m_bytes.data(), p.m_bytes.data(), q.m_bytes.data());
    return out;
}

bool operator==(const EdPoint &a, const EdPoint &b)
{
    return ct::equal(a.m_bytes, b.m_bytes);
}

EdPoint mulBase(const EdScalar &k)
{
    const Secret<32> scalar = k.secretBytes();
    EdPoint out;
    // Complains about the identity, but has written it.
    [[maybe_unused]] const int answer =
        crypto_scalarmult_ed25519_base_noclamp(out.m_bytes.data(), scalar.expose().data());
    return out;
}

EdPoint mul(const EdScalar &k, const EdPoint &p)
{
    if (p.isIdentity()) return p; // which libsodium would not take
    const Secret<32> scalar = k.secretBytes();
    const EdPoint point = decodable(p);
    EdPoint out;
    [[maybe_unused]] const int answer =
        crypto_scalarmult_ed25519_noclamp(out.m_bytes.data(), scalar.expose().data(), point.m_bytes.data());
    return out;
}

} // namespace hufu::crypto
