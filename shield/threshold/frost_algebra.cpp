#include "shield/threshold/frost_algebra.h"

#include "shield/crypto/frost_hash.h"

#include <algorithm>

namespace hufu::threshold::frost::algebra {

using crypto::EdPoint;
using crypto::EdScalar;

namespace {

// Wiped: beside z the phone's nonces test PINs.
WipedArray<96> encodingOf(const Commitment &commitment)
{
    return WipedArray<96>::of(EdScalar::fromWord(commitment.id).bytes(), commitment.d.bytes(), commitment.e.bytes());
}

} // namespace

Result<Round> roundOf(const EdPoint &y, ByteView message, const std::array<Commitment, 2> &commitments)
{
    Round out{commitments, {}, {}, {}};
    const ByteArray<64> messageHash = crypto::frostH4({message});
    const ByteArray<64> commitmentHash = crypto::frostH5({encodingOf(commitments[0]), encodingOf(commitments[1])});
    for (std::size_t i = 0; i < commitments.size(); ++i) {
        const auto id = EdScalar::fromWord(commitments[i].id).bytes();
        out.rho[i] = crypto::frostH1({y.bytes(), messageHash, commitmentHash, id});
        out.nonce = out.nonce + commitments[i].d + mul(out.rho[i], commitments[i].e);
    }
    if (out.nonce.isIdentity()) return Error(Errc::tampered, "R is the identity");
    out.c = crypto::frostH2({out.nonce.bytes(), y.bytes(), message});
    return out;
}

EdScalar lagrange(std::uint8_t own, std::uint8_t other)
{
    const EdScalar x = EdScalar::fromWord(other);
    return x * (x - EdScalar::fromWord(own)).inverse();
}

EdScalar shareOf(const Round &round, std::size_t place, const EdScalar &d, const EdScalar &e, const EdScalar &s)
{
    const EdScalar lambda = lagrange(round.commitments[place].id, round.commitments[1 - place].id);
    return d + e * round.rho[place] + lambda * s * round.c;
}

bool shareFits(const Round &round, std::size_t place, const EdScalar &z, const EdPoint &y)
{
    const Commitment &own = round.commitments[place];
    const EdScalar lambda = lagrange(own.id, round.commitments[1 - place].id);
    return mulBase(z) == own.d + mul(round.rho[place], own.e) + mul(round.c * lambda, y);
}

ByteArray<64> signatureOf(const Round &round, const EdScalar &z1, const EdScalar &z2)
{
    ByteArray<64> out{};
    std::ranges::copy(round.nonce.bytes(), out.begin());
    std::ranges::copy((z1 + z2).bytes(), out.begin() + 32);
    return out;
}

} // namespace hufu::threshold::frost::algebra
