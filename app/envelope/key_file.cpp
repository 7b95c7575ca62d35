#include "app/envelope/key_file.h"

#include "shield/crypto/sm2.h"
#include "shield/crypto/sm3.h"
#include "shield/documents/cms.h"
#include "shield/x509/openssl.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>

namespace hufu::envelope {

namespace {

using catalogue::Code;

// Nobody is asked for a passphrase.
int noPassphrase(char *, int, int, void *)
{
    return 0;
}

std::optional<SecretBytes> unwrap(const documents::EnvelopeRecipient &recipient, const crypto::Scalar &d)
{
    const auto cipher = x509::parseSm2Cipher(recipient.wrappedKey);
    if (!cipher) return std::nullopt;
    auto plain = crypto::sm2Decrypt(d, *cipher);
    if (!plain) return std::nullopt;
    return std::move(*plain);
}

} // namespace

Result<KeyFile> KeyFile::parse(std::string_view pem)
{
    const x509::QuietErrors quiet;
    const x509::OwnedBio source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    if (!source) return Error(Errc::internal, "memory");
    const x509::OwnedKey key(PEM_read_bio_PrivateKey(source.get(), nullptr, noPassphrase, nullptr));
    char group[32] = {};
    BIGNUM *number = nullptr;
    if (!key ||
        EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, nullptr) !=
            1 ||
        std::string_view(group) != "SM2" ||
        EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &number) != 1)
        return Error(Errc::badInput, "not an SM2 key");
    const x509::OwnedBn owned(number);
    Secret<32> bytes;
    if (BN_bn2binpad(owned.get(), bytes.fill().data(), 32) != 32)
        return Error(Errc::badInput, "not an SM2 key");
    HUFU_TRY(d, crypto::Scalar::parse(bytes.expose()));
    KeyFile out;
    out.point = crypto::mulBase(d);
    out.d = std::move(d);
    return out;
}

Outcome<SecretBytes> FileKeyOpener::open(std::span<const documents::EnvelopeRecipient> recipients)
{
    const auto keyId = x509::keyIdOf(m_key.point);
    for (const bool named : {true, false})
        for (const auto &recipient : recipients)
            if ((keyId && sameBytes(recipient.keyId, *keyId)) == named)
                if (auto key = unwrap(recipient, m_key.d)) return std::move(*key);
    return Code::keyOther;
}

Outcome<Bytes> FileSigner::sign(ByteView content)
{
    const x509::Certificate &own = m_certificates.front();
    if (!(m_key.point == own.publicKey())) return Code::keyOther;
    if (!own.allows(x509::KeyKind::sign)) return Code::certificateInvalid;
    const auto attributes = documents::buildSignedAttributes(crypto::sm3(content), m_nowMs);
    const auto key = x509::privateKeyOf(m_key.d.secretBytes(), m_key.point);
    if (!attributes || !key) return Code::internal;
    const auto context = x509::signingContext(key->get());
    Bytes der(80);
    std::size_t length = der.size();
    if (!context ||
        EVP_DigestSign(context->get(), der.data(), &length, attributes->data(), attributes->size()) != 1)
        return Code::internal;
    der.resize(length);
    const auto signature = x509::Sm2Signature::parse(der);
    if (!signature) return Code::internal;
    auto cms = documents::buildDetachedCms(*attributes, *signature, m_certificates);
    if (!cms) return Code::certificateInvalid;
    return std::move(*cms);
}

} // namespace hufu::envelope
