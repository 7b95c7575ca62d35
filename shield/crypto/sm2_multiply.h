// Scalar multiplication for any curve of sm2_group.h. Constant time in scalars and points, unless the name ends
// in Vartime.
//
// Why no addition meets a special case. Digits are odd, so a running sum is m P with m odd, never O, and an
// addend is d 2^i P with another size than the sum's: as integers they are neither equal nor opposite. Modulo n
// that stays so while |m| + |d 2^i| is below n. Where it may reach n, the additions are complete: the last one
// of windows, the last kCompleteColumns of a comb. P = O makes every Z zero, from the first to the last.
#pragma once

#include "shield/base/secret.h"
#include "shield/crypto/sm2_coordinates.h"
#include "shield/crypto/sm2_group.h"
#include "shield/crypto/sm2_recoding.h"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace hufu::crypto {

// Curve brings, beside what Group needs: generatorX() and generatorY(); order(), as Limbs; and the sizes
//   kBits           the order is at least 2^(kBits - 1) and below 2^kBits
//   kWidth          of a window over any point
//   kBaseWidth      of a window over G, at most 8
//   kTeeth          of a comb over a point that is multiplied often
template <class Curve> class Multiplication {
public:
    using G = Group<Curve>;
    using Field = typename G::Field;
    using Affine = typename G::Affine;
    using Projective = typename G::Projective;
    using Jacobian = typename G::Jacobian;
    using Cached = typename G::Cached;
    using Stored = typename Field::Stored;
    using Entry = StoredAffine<Stored>;

    static constexpr std::size_t kMultiples = std::size_t{1} << (Curve::kWidth - 1);
    static constexpr std::size_t kWindows = (Curve::kBits + Curve::kWidth - 1) / Curve::kWidth;
    static constexpr std::size_t kBaseMultiples = std::size_t{1} << (Curve::kBaseWidth - 1);
    static constexpr std::size_t kBaseWindows = (Curve::kBits + Curve::kBaseWidth - 1) / Curve::kBaseWidth;
    static constexpr std::size_t kSpacing = (Curve::kBits + Curve::kTeeth - 1) / Curve::kTeeth;
    static constexpr std::size_t kCombEntries = std::size_t{1} << (Curve::kTeeth - 1);
    // Column c is reached with sums below 2^(teeth spacing - c).
    static constexpr std::size_t kCompleteColumns = Curve::kTeeth * kSpacing - Curve::kBits + 1;
    static constexpr std::size_t kSparseWidth = 5; // of a sparse digit over any point
    // What the argument above rests on; and no entry of a comb may be O.
    static_assert(Curve::kWidth + 3 <= Curve::kBits && Curve::kTeeth * kSpacing - Curve::kBits + 1 < kSpacing);

    // All signed sums of P, 2^spacing P, 2^(2 spacing) P, ... in which the highest is positive.
    using Comb = std::array<Entry, kCombEntries>;

    // One product of a sum of public values: by a comb, or by a point of its own.
    struct Term {
        const Limbs *scalar;
        const Comb *comb; // nullptr: point
        Projective point;
    };

    static Projective mulBase(const Limbs &k)
    {
        const BaseTable &table = baseTable();
        const OddScalar odd(k, Curve::order());
        Wiped<Jacobian> sum;
        sum.value = G::jacobian(lookUp(table[0], odd.window(0, Curve::kBaseWidth, kBaseWindows == 1)));
        for (std::size_t i = 1; i + 1 < kBaseWindows; ++i)
            sum.value = G::addDistinct(sum.value, lookUp(table[i], odd.window(i, Curve::kBaseWidth, false)));
        Projective out = G::projective(sum.value);
        if constexpr (kBaseWindows > 1)
            out = G::add(
                out, lookUp(table[kBaseWindows - 1], odd.window(kBaseWindows - 1, Curve::kBaseWidth, true)));
        negateIf(odd.negated(), out.y);
        return out;
    }

    static Projective mul(const Limbs &k, const Projective &p)
    {
        Wiped<std::array<Cached, kMultiples>> table;
        G::oddMultiples(p, table.value);
        const OddScalar odd(k, Curve::order());
        Wiped<Jacobian> sum;
        sum.value = G::jacobian(lookUp(table.value, odd.window(kWindows - 1, Curve::kWidth, true)));
        for (std::size_t i = kWindows - 1; i-- > 1;)
            sum.value = G::addDistinct(G::doubled(sum.value, Curve::kWidth),
                                       lookUp(table.value, odd.window(i, Curve::kWidth, false)));
        Projective out = G::projective(sum.value);
        if constexpr (kWindows > 1)
            out = G::add(G::projective(G::doubled(sum.value, Curve::kWidth)),
                         G::projective(lookUp(table.value, odd.window(0, Curve::kWidth, false))));
        negateIf(odd.negated(), out.y);
        return out;
    }

    // Timing: constant in k. Source: Lim, Lee, "More flexible exponentiation with precomputation", with the signs of
    // OddScalar::column.
    static Projective mul(const Limbs &k, const Comb &comb)
    {
        const OddScalar odd(k, Curve::order());
        const auto entry = [&](std::size_t i) { return lookUp(comb, odd.column(i, Curve::kTeeth, kSpacing)); };
        Wiped<Jacobian> sum;
        sum.value = G::jacobian(entry(kSpacing - 1));
        std::size_t i = kSpacing - 1;
        for (; i > kCompleteColumns; --i)
            sum.value = G::addDistinct(G::doubled(sum.value), entry(i - 1));
        for (; i > 0; --i)
            sum.value = G::jacobian(G::add(G::projective(G::doubled(sum.value)), entry(i - 1)));
        Projective out = G::projective(sum.value);
        negateIf(odd.negated(), out.y);
        return out;
    }

    // In: p, not O.
    static void makeComb(const Projective &p, Comb &comb)
    {
        std::array<Projective, kCombEntries> sums;
        std::array<Projective, Curve::kTeeth> teeth;
        Jacobian tooth = G::jacobian(p);
        for (std::size_t t = 0; t < Curve::kTeeth; ++t) {
            teeth[t] = G::projective(tooth);
            tooth = G::doubled(tooth, kSpacing);
        }
        sums[0] = teeth.back();
        for (std::size_t t = 0; t + 1 < Curve::kTeeth; ++t) {
            Projective minus = teeth[t];
            minus.y = -minus.y;
            sums[0] = G::add(sums[0], minus);
        }
        for (std::size_t t = 0; t + 1 < Curve::kTeeth; ++t) {
            const Projective twice = G::add(teeth[t], teeth[t]);
            for (std::size_t i = 0; i < (std::size_t{1} << t); ++i)
                sums[i + (std::size_t{1} << t)] = G::add(sums[i], twice);
        }
        store(sums, comb.data());
        wipe(sums.data(), sizeof sums);
        wipe(teeth.data(), sizeof teeth);
    }

    // base G + the terms' sum. Timing: depends on the scalars, which are public; not on the points.
    static Projective sumVartime(const Limbs *base, std::span<const Term> terms)
    {
        std::vector<Walk> walks;
        walks.reserve(terms.size());
        std::size_t length = base ? Curve::kBaseWidth : 0;
        for (const Term &term : terms) {
            walks.emplace_back(term);
            length = std::max(length, walks.back().length());
        }
        const SparseDigits baseDigits(base ? *base : Limbs{}, Curve::kBaseWidth + 1);
        Jacobian sum{Field::one(), Field::one(), Field()}; // O
        for (std::size_t i = length; i-- > 0;) {
            if (!G::isInfinityVartime(sum)) sum = G::doubled(sum);
            for (const Walk &walk : walks)
                walk.addVartime(sum, i);
            // What is left to double brings place i to i + kBaseWidth w for every table w.
            if (i < Curve::kBaseWidth)
                for (std::size_t w = 0; w < kBaseWindows + 1; ++w)
                    addBaseVartime(sum, baseDigits, i, w);
        }
        return G::projective(sum);
    }

    // All points as a table has them. In: none is O.
    static void store(std::span<const Projective> points, Entry *out)
    {
        std::vector<Affine> affine(points.size());
        G::normalise(points, affine);
        for (std::size_t i = 0; i < points.size(); ++i)
            out[i] = {affine[i].x.stored(), affine[i].y.stored()};
        wipe(affine.data(), affine.size() * sizeof(Affine));
    }

private:
    // For window i the odd multiples of 2^(kBaseWidth i) G; one window more than the bits need, for the carry
    // out of sparse digits.
    using BaseTable = std::array<std::array<Entry, kBaseMultiples>, kBaseWindows + 1>;

    template <typename T> struct Wiped {
        T value;
        ~Wiped() { wipe(&value, sizeof value); }
    };

    static const BaseTable &baseTable()
    {
        static const std::unique_ptr<const BaseTable> table = makeBaseTable();
        return *table;
    }

    static std::unique_ptr<const BaseTable> makeBaseTable()
    {
        std::vector<Projective> points;
        points.reserve(BaseTable().size() * kBaseMultiples);
        Projective unit = G::projective(Affine{Curve::generatorX(), Curve::generatorY()});
        for (std::size_t i = 0; i < kBaseWindows + 1; ++i) {
            const Projective twice = G::add(unit, unit);
            points.push_back(unit);
            for (std::size_t j = 1; j < kBaseMultiples; ++j)
                points.push_back(G::add(points.back(), twice));
            unit = G::projective(G::doubled(G::jacobian(unit), Curve::kBaseWidth));
        }
        auto table = std::make_unique<BaseTable>();
        store(points, table->front().data());
        return table;
    }

    static void negateIf(std::uint64_t mask, Field &y) { y = Field::select(mask, -y, y); }

    static Affine lookUp(std::span<const Entry> table, const SignedDigit &digit)
    {
        constexpr std::size_t kWords = sizeof(Entry) / sizeof(std::uint64_t);
        Entry entry;
        Field::Arithmetic::template scan<kWords>(words(table.data()), table.size(), digit.index, words(&entry));
        Affine out{Field::fromStored(entry.x), Field::fromStored(entry.y)};
        negateIf(digit.negative, out.y);
        return out;
    }
    static Cached lookUp(const std::array<Cached, kMultiples> &table, const SignedDigit &digit)
    {
        constexpr std::size_t kWords = sizeof(Cached) / sizeof(std::uint64_t);
        Cached out;
        Field::Arithmetic::template scan<kWords>(words(table.data()), table.size(), digit.index, words(&out));
        negateIf(digit.negative, out.y);
        return out;
    }
    // Tables are limbs and nothing else.
    template <typename T> static const std::uint64_t *words(const T *entries)
    {
        static_assert(std::is_standard_layout_v<T> && sizeof(T) % sizeof(std::uint64_t) == 0);
        return reinterpret_cast<const std::uint64_t *>(entries);
    }
    template <typename T> static std::uint64_t *words(T *entry)
    {
        return const_cast<std::uint64_t *>(words(static_cast<const T *>(entry)));
    }

    static Affine entryVartime(const Entry &entry, bool negative)
    {
        const Field y = Field::fromStored(entry.y);
        return {Field::fromStored(entry.x), negative ? -y : y};
    }

    static void addBaseVartime(Jacobian &sum, const SparseDigits &digits, std::size_t place, std::size_t window)
    {
        const std::size_t at = place + Curve::kBaseWidth * window;
        if (at >= digits.length || digits.digit[at] == 0) return;
        const int digit = digits.digit[at];
        const std::size_t index = static_cast<std::size_t>(digit < 0 ? -digit : digit) / 2;
        sum = G::addVartime(sum, entryVartime(baseTable()[window][index], digit < 0));
    }

    // A term with its scalar's digits, asked from the highest place down.
    class Walk {
    public:
        explicit Walk(const Term &term) : m_comb(term.comb)
        {
            if (m_comb) {
                m_odd = std::make_unique<OddScalar>(*term.scalar, Curve::order());
            } else {
                m_sparse = std::make_unique<SparseDigits>(*term.scalar, kSparseWidth);
                G::oddMultiples(term.point, m_multiples);
            }
        }
        Walk(Walk &&) noexcept = default;
        ~Walk() { wipe(m_multiples.data(), sizeof m_multiples); }
        std::size_t length() const { return m_comb ? kSpacing : m_sparse->length; }
        void addVartime(Jacobian &sum, std::size_t place) const
        {
            if (place >= length()) return;
            if (m_comb) {
                const SignedDigit digit = m_odd->column(place, Curve::kTeeth, kSpacing);
                sum = G::addVartime(sum,
                                    entryVartime((*m_comb)[digit.index], digit.negative != m_odd->negated()));
                return;
            }
            const int digit = m_sparse->digit[place];
            if (digit == 0) return;
            Cached multiple = m_multiples[static_cast<std::size_t>(digit < 0 ? -digit : digit) / 2];
            if (digit < 0) multiple.y = -multiple.y;
            sum = G::addVartime(sum, multiple);
        }

    private:
        const Comb *m_comb;
        std::unique_ptr<OddScalar> m_odd;
        std::unique_ptr<SparseDigits> m_sparse;
        std::array<Cached, std::size_t{1} << (kSparseWidth - 2)> m_multiples{};
    };
};

} // namespace hufu::crypto
