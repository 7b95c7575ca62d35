#include "shield/documents/encryption.h"

namespace hufu::documents {

Result<Bytes> encryptTo(const x509::Certificate &recipient, const x509::Trust &trust, std::int64_t nowMs,
                        ByteView plain, ports::Random &random)
{
    if (plain.empty() || plain.size() > kSm2PlainMax) return Error(Errc::badInput, "length of the plaintext");
    HUFU_CHECK(x509::verifyChain(recipient, trust, {x509::KeyKind::encrypt, nowMs, nowMs, false}));
    HUFU_TRY(point, recipient.publicKey().sm2());
    HUFU_TRY(ciphertext, crypto::sm2Encrypt(point, plain, random));
    return x509::sm2CipherDer(ciphertext);
}

Result<void> checkCiphertext(ByteView der)
{
    HUFU_CHECK(x509::parseSm2Cipher(der));
    return {};
}

} // namespace hufu::documents
