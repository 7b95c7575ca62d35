// An Engine from the templates. For the sources that define one.
#pragma once

#include "shield/crypto/sm2_curve.h"
#include "shield/crypto/sm2_engine.h"
#include "shield/crypto/sm2_multiply.h"

namespace hufu::crypto {

template <class Arithmetic> struct EngineOf {
    using M = Multiplication<Sm2Curve<Arithmetic>>;
    using G = typename M::G;
    using Field = typename M::Field;
    using Projective = typename M::Projective;

    static Projective in(const Coordinates &p)
    {
        return {Field::fromStored(p.x), Field::fromStored(p.y), Field::fromStored(p.z)};
    }
    static Coordinates out(const Projective &p) { return {p.x.stored(), p.y.stored(), p.z.stored()}; }

    static Coordinates add(const Coordinates &p, const Coordinates &q) { return out(G::add(in(p), in(q))); }
    static Coordinates doubled(const Coordinates &p)
    {
        return out(G::projective(G::doubled(G::jacobian(in(p)))));
    }
    static std::uint64_t maskOfSame(const Coordinates &p, const Coordinates &q)
    {
        return G::maskOfSame(in(p), in(q));
    }
    static std::uint64_t maskOfOnCurve(const AffineCoordinates &p)
    {
        return G::maskOfOnCurve({Field::fromStored(p.x), Field::fromStored(p.y)});
    }
    static void normalise(std::span<const Coordinates> points, AffineCoordinates *to)
    {
        std::vector<Projective> projective;
        projective.reserve(points.size());
        for (const Coordinates &p : points)
            projective.push_back(in(p));
        M::store(projective, to);
        wipe(projective.data(), projective.size() * sizeof(Projective));
    }
    static Coordinates mulBase(const Limbs &k) { return out(M::mulBase(k)); }
    static Coordinates mul(const Limbs &k, const Coordinates &p) { return out(M::mul(k, in(p))); }
    static Coordinates mulComb(const Limbs &k, const CombEntries &comb) { return out(M::mul(k, comb)); }
    static void makeComb(const Coordinates &p, CombEntries &comb) { M::makeComb(in(p), comb); }
    static Coordinates sumVartime(const Limbs *base, std::span<const EngineTerm> terms)
    {
        std::vector<typename M::Term> walked;
        walked.reserve(terms.size());
        for (const EngineTerm &term : terms)
            walked.push_back({&term.scalar, term.comb, in(term.point)});
        const Coordinates sum = out(M::sumVartime(base, walked));
        wipe(walked.data(), walked.size() * sizeof(typename M::Term));
        return sum;
    }

    static constexpr Engine kEngine{add,     doubled, maskOfSame, maskOfOnCurve, normalise,
                                    mulBase, mul,     mulComb,    makeComb,      sumVartime};
};

} // namespace hufu::crypto
