// Whole SM2 keys and a small public-key infrastructure, for tests of what would otherwise need two halves.
#pragma once

#include "shield/authority/writer.h"
#include "shield/crypto/sm2.h"
#include "shield/crypto/sm2_scalar.h"
#include "shield/crypto/sm3.h"
#include "shield/ports/outside.h"
#include "shield/ports/random.h"
#include "shield/x509/chain.h"
#include "shield/x509/request.h"
#include "shield/x509/sm2_der.h"

#include <QtGlobal>
#include <string>

namespace hufu::tests {

// A key of one piece; it signs with OpenSSL, independently of what is tested.
class WholeKey
{
public:
    WholeKey()
    {
        ports::SystemRandom random;
        const auto wide = random.secret<64>("test-key");
        d = crypto::Scalar::reduceWide(wide.expose());
        point = crypto::mulBase(d);
    }

    crypto::Scalar d;
    crypto::Point point;

    x509::OwnedKey native() const
    {
        auto key = x509::privateKeyOf(d.secretBytes(), point);
        return key ? std::move(*key) : x509::OwnedKey();
    }
    Bytes signDer(ByteView message, std::string_view id = crypto::kSm2Id) const
    {
        const auto key = native();
        const x509::OwnedMdContext context(EVP_MD_CTX_new());
        EVP_PKEY_CTX *keyContext = nullptr;
        std::size_t length = 80;
        Bytes signature(length);
        if (EVP_DigestSignInit(context.get(), &keyContext, EVP_sm3(), nullptr, key.get()) != 1 ||
            EVP_PKEY_CTX_set1_id(keyContext, id.data(), static_cast<int>(id.size())) != 1 ||
            EVP_DigestSign(context.get(), signature.data(), &length, message.data(), message.size()) != 1)
            return {};
        signature.resize(length);
        return signature;
    }
    x509::Sm2Signature sign(ByteView message, std::string_view id = crypto::kSm2Id) const
    {
        const auto signature = x509::Sm2Signature::parse(signDer(message, id));
        return signature ? *signature : x509::Sm2Signature{};
    }
};

// "Seals" by XOR with a constant and a check of the context: enough for tests, no secrecy.
class PlainMasterKey final : public ports::MasterKey
{
public:
    explicit PlainMasterKey(std::uint8_t pad = 0x5a) : m_pad(pad) {}
    Result<Bytes> seal(ByteView plain, ByteView context) override
    {
        Bytes out = concat({crypto::sm3({ByteArray<1>{m_pad}, context, plain}), plain});
        for (std::size_t i = 32; i < out.size(); ++i)
            out[i] ^= m_pad;
        return out;
    }
    Result<SecretBytes> open(ByteView sealed, ByteView context) override
    {
        if (sealed.size() < 32) return Error(Errc::tampered, "sealed");
        Bytes plain = bytesOf(sealed.subspan(32));
        for (auto &byte : plain)
            byte ^= m_pad;
        if (!sameBytes(sealed.first(32), crypto::sm3({ByteArray<1>{m_pad}, context, plain})))
            return Error(Errc::tampered, "sealed");
        return SecretBytes::adopt(plain);
    }

private:
    std::uint8_t m_pad;
};

inline constexpr std::int64_t kDayMs = 86'400'000;
inline const x509::Subject kPerson{"CN", "示范建设有限公司", "投标部", "王小明", "HF-0001"};

// A root, an issuing authority, a person's two certificates; each knob of a draft can be turned.
struct Pki
{
    explicit Pki(std::int64_t now = 1'800'000'000'000) : nowMs(now) {}

    std::int64_t nowMs;
    WholeKey rootKey, issuingKey, signKey, encryptKey;
    x509::Certificate root =
        issue(authority::Profile::root, rootKey, {"CN", "Test", {}, "Root", {}}, nullptr, rootKey);
    x509::Certificate issuing =
        issue(authority::Profile::issuing, issuingKey, {"CN", "Test", {}, "Issuing", {}}, &root, rootKey);
    x509::Certificate sign = issue(authority::Profile::sign, signKey, kPerson, &issuing, issuingKey);
    x509::Certificate encrypt = issue(authority::Profile::encrypt, encryptKey, kPerson, &issuing, issuingKey);

    x509::Certificate issue(authority::Profile profile, const WholeKey &key, const x509::Subject &subject,
                            const x509::Certificate *issuer, const WholeKey &issuerKey, std::int64_t fromMs = 0,
                            std::int64_t toMs = 0) const
    {
        ports::SystemRandom random;
        auto serial = random.bytes<16>("serial");
        serial[0] = 0x41;
        const authority::Draft draft{profile,
                                     subject,
                                     key.point,
                                     serial,
                                     fromMs ? fromMs : nowMs - kDayMs,
                                     toMs ? toMs : nowMs + 365 * kDayMs,
                                     "http://localhost/ca/issuing.crl"};
        auto certificate = authority::writeCertificate(draft, issuer, issuerKey.native().get());
        if (!certificate) qFatal("certificate: %s", certificate.error().what.text());
        return *certificate;
    }
    // A sign certificate for any key.
    x509::Certificate certify(const crypto::PublicKey &key) const
    {
        const authority::Draft draft{authority::Profile::sign,
                                     kPerson,
                                     key,
                                     ByteArray<16>{0x42},
                                     nowMs - kDayMs,
                                     nowMs + 365 * kDayMs,
                                     "http://localhost/ca/issuing.crl"};
        auto certificate = authority::writeCertificate(draft, &issuing, issuingKey.native().get());
        if (!certificate) qFatal("certificate: %s", certificate.error().what.text());
        return *certificate;
    }
    x509::RevocationList list(std::vector<std::pair<Bytes, x509::Revocation>> entries, std::int64_t thisMs = 0,
                              std::int64_t nextMs = 0) const
    {
        const authority::ListDraft draft{1, thisMs ? thisMs : nowMs - kDayMs, nextMs ? nextMs : nowMs + kDayMs,
                                         std::move(entries)};
        auto list = authority::writeList(draft, issuing, issuingKey.native().get());
        if (!list) qFatal("list: %s", list.error().what.text());
        return *list;
    }
    x509::Trust trust() const { return {{root}, {issuing}, {}}; }
};

} // namespace hufu::tests
