// The same arithmetic by OpenSSL, to compare with: integers modulo n and p, points of its SM2 group.
#pragma once

#include "shield/crypto/sm2.h"
#include "tests/support/fakes.h"

#include <algorithm>
#include <memory>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>

namespace hufu::tests {

struct Free {
    void operator()(BIGNUM *p) const { BN_free(p); }
    void operator()(BN_CTX *p) const { BN_CTX_free(p); }
    void operator()(EC_POINT *p) const { EC_POINT_free(p); }
    void operator()(EC_GROUP *p) const { EC_GROUP_free(p); }
};
using Number = std::unique_ptr<BIGNUM, Free>;
using Element = std::unique_ptr<EC_POINT, Free>;

class Reference {
public:
    Number number(ByteView bytes) const
    {
        return Number(BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr));
    }
    Number number(const char *hexadecimal) const
    {
        BIGNUM *n = nullptr;
        BN_hex2bn(&n, hexadecimal);
        return Number(n);
    }
    Bytes bytes(const Number &n) const
    {
        Bytes out(32);
        BN_bn2binpad(n.get(), out.data(), 32);
        return out;
    }
    const BIGNUM *order() const { return EC_GROUP_get0_order(m_group.get()); }
    const BIGNUM *prime() const { return EC_GROUP_get0_field(m_group.get()); }
    const EC_GROUP *group() const { return m_group.get(); }
    BN_CTX *context() const { return m_context.get(); }

    Bytes sum(const Number &a, const Number &b, const BIGNUM *m) const
    {
        Number out(BN_new());
        BN_mod_add(out.get(), a.get(), b.get(), m, context());
        return bytes(out);
    }
    Bytes difference(const Number &a, const Number &b, const BIGNUM *m) const
    {
        Number out(BN_new());
        BN_mod_sub(out.get(), a.get(), b.get(), m, context());
        return bytes(out);
    }
    Bytes product(const Number &a, const Number &b, const BIGNUM *m) const
    {
        Number out(BN_new());
        BN_mod_mul(out.get(), a.get(), b.get(), m, context());
        return bytes(out);
    }
    Bytes remainder(const Number &a, const BIGNUM *m) const
    {
        Number out(BN_new());
        BN_nnmod(out.get(), a.get(), m, context());
        return bytes(out);
    }
    Bytes inverse(const Number &a, const BIGNUM *m) const
    {
        Number out(BN_new());
        BN_mod_inverse(out.get(), a.get(), m, context());
        return bytes(out);
    }

    // The encoding, or one zero byte for O.
    Bytes encoded(const Element &p) const
    {
        Bytes out(65);
        out.resize(EC_POINT_point2oct(group(), p.get(), POINT_CONVERSION_UNCOMPRESSED, out.data(), out.size(),
                                      context()));
        return out;
    }
    static Bytes encoded(const crypto::Point &p)
    {
        const auto bytes = p.encode();
        return bytes ? bytesOf(*bytes) : Bytes{0};
    }
    Element element(const crypto::Point &p) const
    {
        Element out(EC_POINT_new(group()));
        const Bytes bytes = encoded(p);
        EC_POINT_oct2point(group(), out.get(), bytes.data(), bytes.size(), context());
        return out;
    }
    // a G + b P; a or p may be missing.
    Bytes multiple(const BIGNUM *a, const EC_POINT *p, const BIGNUM *b) const
    {
        Element out(EC_POINT_new(group()));
        EC_POINT_mul(group(), out.get(), a, p, b, context());
        return encoded(out);
    }
    Element product(const Element &p, const Number &k) const
    {
        Element out(EC_POINT_new(group()));
        EC_POINT_mul(group(), out.get(), nullptr, p.get(), k.get(), context());
        return out;
    }
    Element doubled(const Element &p) const
    {
        Element out(EC_POINT_new(group()));
        EC_POINT_dbl(group(), out.get(), p.get(), context());
        return out;
    }
    Element difference(const Element &p, const Element &q) const
    {
        Element negative(EC_POINT_dup(q.get(), group())), out(EC_POINT_new(group()));
        EC_POINT_invert(group(), negative.get(), context());
        EC_POINT_add(group(), out.get(), p.get(), negative.get(), context());
        return out;
    }
    Bytes sum(const Element &p, const Element &q) const
    {
        Element out(EC_POINT_new(group()));
        EC_POINT_add(group(), out.get(), p.get(), q.get(), context());
        return encoded(out);
    }

private:
    std::unique_ptr<EC_GROUP, Free> m_group{EC_GROUP_new_by_curve_name(NID_sm2)};
    std::unique_ptr<BN_CTX, Free> m_context{BN_CTX_new()};
};

} // namespace hufu::tests
