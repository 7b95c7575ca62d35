#include "tests/bench/openssl.h"

#include <cstdio>
#include <cstdlib>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>

namespace hufu::bench {

namespace {

void require(bool done)
{
    if (done) return;
    std::fputs("OpenSSL refused an operation that is to be compared with\n", stderr);
    std::exit(1);
}

} // namespace

struct OpenSslCurve::State {
    EC_GROUP *group;
    BN_CTX *context = BN_CTX_new();
    BIGNUM *a = BN_new();
    BIGNUM *b = BN_new();
    EC_POINT *p;
    EC_POINT *out;
    EVP_PKEY *key;
    ByteArray<32> digest{1, 2, 3};
    Bytes signature = Bytes(80);

    explicit State(const std::string &name)
        : group(EC_GROUP_new_by_curve_name(name == "SM2" ? NID_sm2 : NID_X9_62_prime256v1)),
          p(EC_POINT_new(group)), out(EC_POINT_new(group)),
          key(name == "SM2" ? EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2")
                            : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", name.c_str()))
    {
        require(group != nullptr && key != nullptr);
        require(BN_rand_range(a, EC_GROUP_get0_order(group)) == 1);
        require(BN_rand_range(b, EC_GROUP_get0_order(group)) == 1);
        require(EC_POINT_mul(group, p, a, nullptr, nullptr, context) == 1);
    }
    State(const State &) = delete;
    State &operator=(const State &) = delete;
    ~State()
    {
        EVP_PKEY_free(key);
        EC_POINT_free(out);
        EC_POINT_free(p);
        BN_free(b);
        BN_free(a);
        BN_CTX_free(context);
        EC_GROUP_free(group);
    }
};

OpenSslCurve::OpenSslCurve(const std::string &name) : m_state(std::make_unique<State>(name))
{
    sign(); // so that there is something to verify
}

OpenSslCurve::OpenSslCurve(OpenSslCurve &&) noexcept = default;
OpenSslCurve::~OpenSslCurve() = default;

void OpenSslCurve::fixedBase() const
{
    require(EC_POINT_mul(m_state->group, m_state->out, m_state->a, nullptr, nullptr, m_state->context) == 1);
}

void OpenSslCurve::variableBase() const
{
    require(EC_POINT_mul(m_state->group, m_state->out, nullptr, m_state->p, m_state->b, m_state->context) == 1);
}

void OpenSslCurve::doubleScalar() const
{
    require(EC_POINT_mul(m_state->group, m_state->out, m_state->a, m_state->p, m_state->b, m_state->context) ==
            1);
}

void OpenSslCurve::sign() const
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(m_state->key, nullptr);
    m_state->signature.resize(80);
    std::size_t length = m_state->signature.size();
    require(EVP_PKEY_sign_init(context) == 1 &&
            EVP_PKEY_sign(context, m_state->signature.data(), &length, m_state->digest.data(),
                          m_state->digest.size()) == 1);
    m_state->signature.resize(length);
    EVP_PKEY_CTX_free(context);
}

void OpenSslCurve::verify() const
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(m_state->key, nullptr);
    require(EVP_PKEY_verify_init(context) == 1 &&
            EVP_PKEY_verify(context, m_state->signature.data(), m_state->signature.size(),
                            m_state->digest.data(), m_state->digest.size()) == 1);
    EVP_PKEY_CTX_free(context);
}

} // namespace hufu::bench
