// The field's arithmetic with mulx, adcx and adox: two independent carry chains, which no compiler of Debian 12
// makes of the portable code. Only for processors that have them; sm2_engine.cpp asks. Same results, limb by
// limb, as PortableArithmetic, which tests hold it to. Constant time: no branch, and no address from a value.
#pragma once

#include "shield/crypto/sm2_field.h"

namespace hufu::crypto {

// clang-format off
// One step of PortableArithmetic::reduce on the four limbs m, a, b, c; then a is the lowest and m the highest.
#define HUFU_REDUCE_STEP(m, a, b, c)                                                                        \
    "movq %[" m "], %[u]\n\t movq %[" m "], %[v]\n\t shlq $32, %[u]\n\t shrq $32, %[v]\n\t"                 \
    "addq %[" m "], %[" a "]\n\t adcq $0, %[" b "]\n\t adcq $0, %[" c "]\n\t adcq $0, %[" m "]\n\t"         \
    "subq %[u], %[" a "]\n\t sbbq %[v], %[" b "]\n\t sbbq %[u], %[" c "]\n\t sbbq %[v], %[" m "]\n\t"
// From t0 to t7 to t0 to t3: four steps, the upper half added, p subtracted unless that borrows.
#define HUFU_REDUCE                                                                                         \
    HUFU_REDUCE_STEP("t0", "t1", "t2", "t3") HUFU_REDUCE_STEP("t1", "t2", "t3", "t0")                       \
    HUFU_REDUCE_STEP("t2", "t3", "t0", "t1") HUFU_REDUCE_STEP("t3", "t0", "t1", "t2")                       \
    "xorl %%edx, %%edx\n\t addq %[t0], %[t4]\n\t adcq %[t1], %[t5]\n\t adcq %[t2], %[t6]\n\t"               \
    "adcq %[t3], %[t7]\n\t adcq $0, %%rdx\n\t"                                                              \
    "movq $0xffffffff00000000, %[u]\n\t movq $0xfffffffeffffffff, %[v]\n\t"                                 \
    "movq %[t4], %[t0]\n\t movq %[t5], %[t1]\n\t movq %[t6], %[t2]\n\t movq %[t7], %[t3]\n\t"               \
    "subq $-1, %[t0]\n\t sbbq %[u], %[t1]\n\t sbbq $-1, %[t2]\n\t sbbq %[v], %[t3]\n\t sbbq $0, %%rdx\n\t"  \
    "cmovcq %[t4], %[t0]\n\t cmovcq %[t5], %[t1]\n\t cmovcq %[t6], %[t2]\n\t cmovcq %[t7], %[t3]\n\t"
// Adds a times limb i of b at r0.
#define HUFU_ROW(i, r0, r1, r2, r3, r4)                                                                     \
    "xorl %k[u], %k[u]\n\t movq 8*" #i "(%[b]), %%rdx\n\t"                                                  \
    "mulxq (%[a]), %[u], %[v]\n\t adcxq %[u], %[" r0 "]\n\t adoxq %[v], %[" r1 "]\n\t"                      \
    "mulxq 8(%[a]), %[u], %[v]\n\t adcxq %[u], %[" r1 "]\n\t adoxq %[v], %[" r2 "]\n\t"                     \
    "mulxq 16(%[a]), %[u], %[v]\n\t adcxq %[u], %[" r2 "]\n\t adoxq %[v], %[" r3 "]\n\t"                    \
    "mulxq 24(%[a]), %[u], %[" r4 "]\n\t adcxq %[u], %[" r3 "]\n\t movl $0, %k[u]\n\t"                      \
    "adoxq %[u], %[" r4 "]\n\t adcxq %[u], %[" r4 "]\n\t"
// Doubles t1 and t2, or any two limbs, and adds the square of limb i of a there.
#define HUFU_DOUBLE_AND_SQUARE(i, r0, r1)                                                                   \
    "movq 8*" #i "(%[a]), %%rdx\n\t mulxq %%rdx, %[u], %[v]\n\t"                                            \
    "adcxq %[" r0 "], %[" r0 "]\n\t adoxq %[u], %[" r0 "]\n\t adcxq %[" r1 "], %[" r1 "]\n\t adoxq %[v], %[" r1 "]\n\t"
// Operands lie in memory that is named by a pointer, not by operands of their own: those would want more registers than there are in
// a build without optimisation.
#define HUFU_WIDE_OUTPUTS                                                                                   \
    [t0] "=&r"(t0), [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [t4] "=&r"(t4), [t5] "=&r"(t5),         \
    [t6] "=&r"(t6), [t7] "=&r"(t7), [u] "=&r"(u), [v] "=&r"(v)

struct AdxArithmetic {
    static void mul(Limbs &out, const Limbs &a, const Limbs &b)
    {
        std::uint64_t t0, t1, t2, t3, t4, t5, t6, t7, u, v;
        __asm__("movq (%[b]), %%rdx\n\t mulxq (%[a]), %[t0], %[t1]\n\t"
                "mulxq 8(%[a]), %[u], %[t2]\n\t addq %[u], %[t1]\n\t"
                "mulxq 16(%[a]), %[u], %[t3]\n\t adcq %[u], %[t2]\n\t"
                "mulxq 24(%[a]), %[u], %[t4]\n\t adcq %[u], %[t3]\n\t adcq $0, %[t4]\n\t"
                HUFU_ROW(1, "t1", "t2", "t3", "t4", "t5")
                HUFU_ROW(2, "t2", "t3", "t4", "t5", "t6")
                HUFU_ROW(3, "t3", "t4", "t5", "t6", "t7")
                HUFU_REDUCE
                : HUFU_WIDE_OUTPUTS
                : [a] "r"(a.data()), [b] "r"(b.data())
                : "rdx", "cc", "memory");
        storeLimbs(out, {t0, t1, t2, t3});
    }

    static void square(Limbs &out, const Limbs &a)
    {
        std::uint64_t t0, t1, t2, t3, t4, t5, t6, t7, u, v;
        __asm__("movq (%[a]), %%rdx\n\t mulxq 8(%[a]), %[t1], %[t2]\n\t" // the products of different limbs
                "mulxq 16(%[a]), %[u], %[t3]\n\t addq %[u], %[t2]\n\t"
                "mulxq 24(%[a]), %[u], %[t4]\n\t adcq %[u], %[t3]\n\t adcq $0, %[t4]\n\t"
                "xorl %k[t7], %k[t7]\n\t movq 8(%[a]), %%rdx\n\t"
                "mulxq 16(%[a]), %[u], %[v]\n\t adcxq %[u], %[t3]\n\t adoxq %[v], %[t4]\n\t"
                "mulxq 24(%[a]), %[u], %[t5]\n\t adcxq %[u], %[t4]\n\t adoxq %[t7], %[t5]\n\t adcxq %[t7], %[t5]\n\t"
                "movq 16(%[a]), %%rdx\n\t mulxq 24(%[a]), %[u], %[t6]\n\t addq %[u], %[t5]\n\t adcq $0, %[t6]\n\t"
                "xorl %k[t7], %k[t7]\n\t movq (%[a]), %%rdx\n\t" // doubled, and the squares
                "mulxq %%rdx, %[t0], %[v]\n\t adcxq %[t1], %[t1]\n\t adoxq %[v], %[t1]\n\t"
                HUFU_DOUBLE_AND_SQUARE(1, "t2", "t3")
                HUFU_DOUBLE_AND_SQUARE(2, "t4", "t5")
                HUFU_DOUBLE_AND_SQUARE(3, "t6", "t7")
                HUFU_REDUCE
                : HUFU_WIDE_OUTPUTS
                : [a] "r"(a.data())
                : "rdx", "cc", "memory");
        storeLimbs(out, {t0, t1, t2, t3});
    }

    static void add(Limbs &out, const Limbs &a, const Limbs &b)
    {
        std::uint64_t r0 = a[0], r1 = a[1], r2 = a[2], r3 = a[3], s0, s1, s2, s3, carry;
        __asm__("xorl %k[c], %k[c]\n\t addq (%[b]), %[r0]\n\t adcq 8(%[b]), %[r1]\n\t adcq 16(%[b]), %[r2]\n\t"
                "adcq 24(%[b]), %[r3]\n\t adcq $0, %[c]\n\t"
                "movq %[r0], %[s0]\n\t movq %[r1], %[s1]\n\t movq %[r2], %[s2]\n\t movq %[r3], %[s3]\n\t"
                "subq $-1, %[r0]\n\t sbbq %[p1], %[r1]\n\t sbbq $-1, %[r2]\n\t sbbq %[p3], %[r3]\n\t sbbq $0, %[c]\n\t"
                "cmovcq %[s0], %[r0]\n\t cmovcq %[s1], %[r1]\n\t cmovcq %[s2], %[r2]\n\t cmovcq %[s3], %[r3]\n\t"
                : [r0] "+&r"(r0), [r1] "+&r"(r1), [r2] "+&r"(r2), [r3] "+&r"(r3), [s0] "=&r"(s0),
                  [s1] "=&r"(s1), [s2] "=&r"(s2), [s3] "=&r"(s3), [c] "=&r"(carry)
                : [b] "r"(b.data()), [p1] "r"(kSm2Prime[1]),
                  [p3] "r"(kSm2Prime[3])
                : "cc", "memory");
        storeLimbs(out, {r0, r1, r2, r3});
    }

    static void sub(Limbs &out, const Limbs &a, const Limbs &b)
    {
        std::uint64_t r0 = a[0], r1 = a[1], r2 = a[2], r3 = a[3], m, m1, m3;
        __asm__("subq (%[b]), %[r0]\n\t sbbq 8(%[b]), %[r1]\n\t sbbq 16(%[b]), %[r2]\n\t sbbq 24(%[b]), %[r3]\n\t"
                "sbbq %[m], %[m]\n\t movq %[m], %[m1]\n\t shlq $32, %[m1]\n\t" // p, or zero
                "movq %[m], %[m3]\n\t btrq $32, %[m3]\n\t"
                "addq %[m], %[r0]\n\t adcq %[m1], %[r1]\n\t adcq %[m], %[r2]\n\t adcq %[m3], %[r3]\n\t"
                : [r0] "+&r"(r0), [r1] "+&r"(r1), [r2] "+&r"(r2), [r3] "+&r"(r3), [m] "=&r"(m),
                  [m1] "=&r"(m1), [m3] "=&r"(m3)
                : [b] "r"(b.data())
                : "cc", "memory");
        storeLimbs(out, {r0, r1, r2, r3});
    }

    template <std::size_t Words>
    __attribute__((target("avx2"))) static void scan(const std::uint64_t *table, std::size_t entries,
                                                     std::uint64_t index, std::uint64_t *out)
    {
        typedef std::uint32_t Vector __attribute__((vector_size(32)));
        scanTableBy<Words, Vector>(table, entries, index, out);
    }
};
// clang-format on

#undef HUFU_REDUCE_STEP
#undef HUFU_REDUCE
#undef HUFU_ROW
#undef HUFU_DOUBLE_AND_SQUARE
#undef HUFU_WIDE_OUTPUTS

} // namespace hufu::crypto
